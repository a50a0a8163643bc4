"""The sign of the service as pictures, for phones that keep the finder among their applications."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import resvg_py

SIGN = "icon.svg"
SIZES = (180, 192, 512)  # px; 180 is what iOS asks for
GROUND = "#0b6e4f"  # of the sign's own square, so that its round corners are filled and the system may cut others


def icon_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Name and content (PNG) of each size of the sign in ``folder``."""
    sign = (folder / SIGN).read_text(encoding="utf-8")
    for size in SIZES:
        drawn = resvg_py.svg_to_bytes(
            svg_string=sign, width=size, height=size, background=GROUND, skip_system_fonts=True
        )
        yield f"icon-{size}.png", bytes(drawn)
