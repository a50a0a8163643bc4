"""Zip archives whose bytes depend on their content only."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip can say


def write_zip(path: Path | IO[bytes], members: Iterable[tuple[str, bytes | Iterator[bytes]]]) -> None:
    """Writes ``members`` (name, and bytes whole or one after the other) in order, deflated, with the same date."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            with archive.open(entry, "w") as member:
                for part in [content] if isinstance(content, bytes) else content:
                    member.write(part)
