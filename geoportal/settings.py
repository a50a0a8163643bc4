"""Where the service runs: one frozen object, read from the environment once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from geoportal.errors import Problems

PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Settings:
    """Each field is the environment variable ``GEOPORTAL_<FIELD>``; ``.env.example`` explains them."""

    home: Path
    data: Path
    mirror: str | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    base_url: str | None = None
    hub_url: str | None = None
    smtp: str | None = field(default=None, repr=False)  # may hold a password
    feedback_to: str | None = None

    @property
    def feedback(self) -> Path:
        """Where messages from the public are kept."""
        return self.data / "feedback"

    @property
    def raw(self) -> Path:
        """Where fetched files are kept."""
        return self.data / "raw"

    @property
    def build(self) -> Path:
        """Where snapshots are kept."""
        return self.data / "build"

    @property
    def run(self) -> Path:
        """Where running workers keep what they share."""
        return self.data / "run"

    def page_file(self, name: str) -> Path:
        """A file or folder that pages load, such as ``css/geoportal.css``: the home's own, else the installed one."""
        own = self.home / "static" / name
        return own if own.exists() else default_home() / "static" / name


def _notice_problems(settings: Settings) -> list[str]:
    """What is wrong with the two settings of the notice; the address is not repeated, since it may hold a password."""
    if (settings.smtp is None) != (settings.feedback_to is None):
        return ["GEOPORTAL_SMTP and GEOPORTAL_FEEDBACK_TO go together: a notice needs a server and an address"]
    if settings.smtp and settings.smtp.partition("://")[0] not in ("smtp", "smtps"):
        return ["GEOPORTAL_SMTP is not an address such as smtp://user:password@mail.example.org:587 or smtps://…"]
    return []


def default_home() -> Path:
    """The checkout when run from one, otherwise the copy inside the installed package."""
    checkout = PACKAGE.parent
    return checkout if (checkout / "geoportal.toml").is_file() else PACKAGE / "home"


def load_settings(env: Mapping[str, str] | None = None) -> Settings:
    """Settings from ``env`` (default: the process environment); an empty variable counts as unset."""
    given = {k: v.strip() for k, v in (os.environ if env is None else env).items() if v.strip()}
    home = Path(given.get("GEOPORTAL_HOME", default_home())).expanduser().resolve()
    mirror = given.get("GEOPORTAL_MIRROR")
    if mirror and "://" not in mirror:
        mirror = str(Path(mirror).expanduser().resolve())
    problems: list[str] = []

    def whole(name: str, default: int, low: int, high: int) -> int:
        text = given.get(name, str(default))
        if text.isdecimal() and low <= int(text) <= high:
            return int(text)
        problems.append(f"{name}={text!r} is not a whole number from {low} to {high}")
        return default

    settings = Settings(
        home=home,
        data=Path(given.get("GEOPORTAL_DATA", home / "data")).expanduser().resolve(),
        mirror=mirror,
        host=given.get("GEOPORTAL_HOST", "127.0.0.1"),
        port=whole("GEOPORTAL_PORT", 8000, 0, 65535),
        workers=whole("GEOPORTAL_WORKERS", 2, 1, 64),
        base_url=given.get("GEOPORTAL_BASE_URL", "").rstrip("/") or None,
        hub_url=given.get("GEOPORTAL_HUB_URL"),
        smtp=given.get("GEOPORTAL_SMTP"),
        feedback_to=given.get("GEOPORTAL_FEEDBACK_TO"),
    )
    problems += _notice_problems(settings)
    if not (home / "geoportal.toml").is_file():
        problems.append(f"GEOPORTAL_HOME={str(home)!r} has no geoportal.toml")
    if problems:
        raise Problems(problems)
    return settings
