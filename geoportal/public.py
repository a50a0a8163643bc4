"""What ``geoportal.toml`` says of the form for the public, of accessibility, frames elsewhere and maps of others."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from geoportal.errors import alternatives
from geoportal.schema import Declaration, Text


class Topic(Declaration):
    """What a message can be about."""

    id: Annotated[str, Field(pattern="^[a-z0-9-]+$")]
    title: Text


class Feedback(Declaration):
    """The form for messages. ``most_per_hour`` are taken from everybody together, so nobody's address is looked at.

    ``controller`` answers for the personal data, where that is not the publisher; ``officer`` tells how to reach its
    data protection officer.
    """

    topics: tuple[Topic, ...] = ()
    keep_days: Annotated[int, Field(ge=1)] = 365
    most_per_hour: Annotated[int, Field(ge=1)] = 60
    controller: str | None = None
    officer: Text | None = None


class Embed(Declaration):
    """Whose pages may show ours in a frame, besides the hub's: sources as a Content-Security-Policy names them."""

    hosts: tuple[Annotated[str, Field(pattern=r"^(\*|https?://(\*\.)?[a-z0-9.-]+(:[0-9]+)?)$")], ...] = ()


class Enforcement(Declaration):
    """The body that watches over the accessibility of public pages."""

    name: Text
    address: str | None = None
    url: Annotated[str, Field(pattern="^https?://")] | None = None
    email: str | None = None


class Accessibility(Declaration):
    """What the accessibility declaration says of the publisher; what is absent is shown as still to be filled in."""

    prepared: date | None = None
    reviewed: date | None = None
    email: str | None = None
    phone: str | None = None
    post: str | None = None
    enforcement: Enforcement | None = None


class ExternalMap(Declaration):
    """Picture tiles of another service, in Web Mercator. ``url`` has ``{z}``, ``{x}``, ``{y}`` and maybe ``{key}``.

    ``attribution`` is the text that its owner asks for, leading to ``link``; ``logo`` a picture that must be shown.
    """

    id: Annotated[str, Field(pattern="^[a-z0-9-]+$")]
    title: Text
    url: Annotated[str, Field(pattern=r"^https://[a-z0-9.-]+/.*\{z\}")]
    key: str | None = None
    attribution: str
    link: Annotated[str, Field(pattern="^https://")]
    zooms: tuple[int, int] = (0, 19)
    logo: Annotated[str, Field(pattern="^https://")] | None = None
    logo_link: Annotated[str, Field(pattern="^https://")] | None = None

    @property
    def address(self) -> str:
        """The template of its tiles' addresses, with the key filled in."""
        return self.url.replace("{key}", self.key or "")


class BasemapChoice(Declaration):
    """``use`` names the ``known`` maps of others that visitors may choose in place of our own; none by default."""

    use: tuple[str, ...] = ()
    known: tuple[ExternalMap, ...] = ()

    @model_validator(mode="after")
    def _knows_what_it_uses(self) -> BasemapChoice:
        known = {one.id: one for one in self.known}
        for name in self.use:
            if name not in known:
                raise ValueError(f"use: '{name}' is not a known map; {alternatives(name, known)}")
            if "{key}" in known[name].url and not known[name].key:
                raise ValueError(f"use: '{name}' needs a key, which its owner gives; set 'key' in its table")
        return self

    @property
    def chosen(self) -> tuple[ExternalMap, ...]:
        """The maps in use, in the order of ``use``."""
        return tuple(one for name in self.use for one in self.known if one.id == name)

    @property
    def origins(self) -> list[str]:
        """The hosts that pictures come from, as a Content-Security-Policy names them."""
        urls = [url for one in self.chosen for url in (one.url, one.logo) if url]
        return list(dict.fromkeys("/".join(url.split("/")[:3]) for url in urls))
