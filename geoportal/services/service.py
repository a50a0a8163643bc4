"""A service as a snapshot holds it: one place with the statements of all sources that speak of it."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from geoportal.schema import Text


@dataclass(frozen=True)
class Kind:
    """A kind of service. ``walk_in``: a place to go to. ``urgent``: offered whenever nothing else is open."""

    id: str
    title: Text
    walk_in: bool
    urgent: bool


@dataclass(frozen=True)
class Origin:
    """A source of statements. ``date`` is the state of the world it shows: a day, a month or a year in ISO 8601."""

    title: Text
    publisher: str
    attribution: str
    date: str
    url: str | None

    @property
    def verified(self) -> dt.date:
        """The day its state is of; of a month or a year the last one."""
        return last_day(self.date)


@dataclass(frozen=True)
class Record:
    """What one source says of a service; ``osm`` are its hours in the syntax of OpenStreetMap, None if not known."""

    source: str
    name: str
    phones: tuple[str, ...]
    url: str | None
    osm: str | None


@dataclass(frozen=True)
class Service:
    """One place. ``fid`` is the feature of ``layer``, None where only another source knows the place.

    ``lon`` and ``lat`` are as published by the layer. ``records``: the layer's own first, then the others.
    """

    id: str
    layer: str
    fid: str | None
    name: str
    kinds: tuple[str, ...]
    lon: float
    lat: float
    municipality: str
    district: str
    address: str
    where: str
    ruian: str | None
    web: str | None
    records: tuple[Record, ...]


@dataclass(frozen=True)
class Book:
    """All services of a snapshot, their kinds by id and the sources of their records by id."""

    kinds: Mapping[str, Kind]
    origins: Mapping[str, Origin]
    services: tuple[Service, ...]

    def as_dict(self) -> dict[str, Any]:
        """The book as plain values, which ``read_book`` takes back."""
        return {
            "kinds": {name: _plain(kind) for name, kind in self.kinds.items()},
            "origins": {name: _plain(origin) for name, origin in sorted(self.origins.items())},
            "services": [asdict(service) for service in self.services],
        }


def read_book(content: Mapping[str, Any]) -> Book:
    """The book that ``Book.as_dict`` gave."""
    return Book(
        {name: Kind(**{**kind, "title": Text(**kind["title"])}) for name, kind in content["kinds"].items()},
        {name: Origin(**{**one, "title": Text(**one["title"])}) for name, one in content["origins"].items()},
        tuple(_service(one) for one in content["services"]),
    )


def last_day(date: str) -> dt.date:
    """The last day of an ISO date that may be a year or a month only; long ago where it says nothing."""
    found = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", date)
    if not found:
        return dt.date.min
    year, month = int(found[1]), int(found[2] or 12)
    return dt.date(year, month, int(found[3]) if found[3] else calendar.monthrange(year, month)[1])


def phone_numbers(text: str | None) -> tuple[str, ...]:
    """The numbers in ``text`` as they are dialled (E.164), Czech where no country is given, each once."""
    numbers = (re.sub(r"[^\d+]", "", part) for part in re.split(r"[,;/]|\ba\b", text or ""))
    return tuple(dict.fromkeys(_dialled(number) for number in numbers if len(number) >= 3))


def _dialled(number: str) -> str:
    if number.startswith("00"):
        return f"+{number[2:]}"
    return number if number.startswith("+") or len(number) != 9 else f"+420{number}"


def _plain(one: Kind | Origin) -> dict[str, Any]:
    return {**asdict(one), "title": one.title.model_dump(exclude_none=True)}


def _service(content: Mapping[str, Any]) -> Service:
    records = tuple(Record(**{**one, "phones": tuple(one["phones"])}) for one in content["records"])
    return Service(**{**content, "kinds": tuple(content["kinds"]), "records": records})
