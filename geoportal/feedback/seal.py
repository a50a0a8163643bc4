"""Seals: each form that is handed out carries one, so that only what came from our form is taken, and only once."""

from __future__ import annotations

import hmac
import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from geoportal.errors import StoreUnavailable

_KEY_BYTES = 32


@dataclass(frozen=True)
class Form:
    """A form that was handed out: its name, by which a second sending is known, and when it was."""

    name: str
    issued_s: int

    def age_s(self, now: datetime) -> int:
        """Seconds since it was handed out."""
        return int(now.timestamp()) - self.issued_s


@dataclass(frozen=True)
class Seal:
    """Makes and verifies seals with the key of this service."""

    key: bytes

    def issue(self, now: datetime) -> str:
        """A seal for a form that is handed out ``now``."""
        content = f"{secrets.token_urlsafe(12)}.{int(now.timestamp())}"
        return f"{content}.{self._signature(content)}"

    def verify(self, text: str) -> Form | None:
        """The form that ``text`` seals, or None where it is not a seal of ours."""
        content, _, signature = text.rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._signature(content).encode()):
            return None
        name, _, issued = content.partition(".")
        return Form(name, int(issued))

    def _signature(self, content: str) -> str:
        return hmac.digest(self.key, content.encode("utf-8", "replace"), "sha256").hex()


def load_seal(folder: Path) -> Seal:
    """The seal with the key in ``folder``, made by whichever process comes first. Raises ``StoreUnavailable``."""
    path = folder / "key"
    try:
        if not path.exists():
            _make(path)
        key = path.read_bytes()
    except OSError as error:
        raise StoreUnavailable(f"{folder} can't hold the key of the form: {error.strerror}") from error
    if len(key) != _KEY_BYTES:
        raise StoreUnavailable(f"{path} has {len(key)} bytes instead of {_KEY_BYTES}; delete it and a new one is made")
    return Seal(key)


def _make(path: Path) -> None:
    """Writes a key beside ``path`` and links it there, so that no process ever reads half of one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"key.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as stream:
            stream.write(secrets.token_bytes(_KEY_BYTES))
        path.hardlink_to(draft)
    except FileExistsError:
        return  # another process was first
    finally:
        draft.unlink(missing_ok=True)
