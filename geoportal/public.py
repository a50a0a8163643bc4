"""What ``geoportal.toml`` says of the form for the public, the declaration of accessibility, and frames elsewhere."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

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
