"""A question for help and its answer, as plain values: what the page, the API and the lists are made from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from geoportal.hours.schedule import Day
from geoportal.schema import Text
from geoportal.services.service import Kind

OpenState = Literal["open", "closed", "unknown"]


@dataclass(frozen=True)
class Question:
    """Where, when and what is looked for.

    ``at`` is zone-aware. ``kinds`` are ids of kinds or of layers of services; none of them means every place that one
    can walk into. ``only_open``: leave out what is not certainly open at ``at``.
    """

    lon: float
    lat: float
    at: dt.datetime
    kinds: tuple[str, ...] = ()
    only_open: bool = False
    limit: int = 3


@dataclass(frozen=True)
class Opening:
    """Hours seen at one moment, in Europe/Prague.

    ``until``: when the present state ends, None where it does not within a year. ``opens``: the next opening, None
    where it is open now, where none is known, or where none comes within a year. ``comment``: what the source says of
    just this time. ``week``: seven days from today.
    """

    state: OpenState
    until: dt.datetime | None
    opens: dt.datetime | None
    comment: str
    today: Day
    week: tuple[Day, ...]


@dataclass(frozen=True)
class Statement:
    """What one source says of a place.

    ``verified`` is the day that the source's state is of; ``old`` whether that is longer ago than ``geoportal.toml``
    allows. ``opening`` and ``osm`` (hours in the syntax of OpenStreetMap) are None where the source has no hours.
    ``name`` is what the source calls the place.
    """

    source: str
    source_title: Text
    publisher: str
    attribution: str
    url: str | None
    verified: dt.date
    old: bool
    name: str
    phones: tuple[str, ...]
    opening: Opening | None
    osm: str | None


@dataclass(frozen=True)
class Nearby:
    """A place where help is, seen from a position at a moment.

    ``layer``, ``position`` and ``fid`` name the feature; ``position`` and ``fid`` are None where only a source beside
    the layer knows the place. ``address`` and ``where`` (floor, pavilion) are empty where they are not known; ``ruian``
    is the code of the address place. ``phones`` (``+420…``) are those of all statements, the deciding one's first.
    ``distance_m`` is geodesic, None in a list without a position; ``travel_s`` by road, None where no road is loaded
    or leads there.

    ``statements``: the deciding one first, which is the freshest that has hours; ``opening`` is its own.
    ``disagree``: they differ within the week from ``at``. ``disputed``: they differ about the very moment, so that the
    state is not certain. ``stale``: the deciding statement is old. ``hub``: the dataset's page on the hub.
    """

    id: str
    layer: str
    position: int | None
    fid: str | None
    name: str
    kinds: tuple[Kind, ...]
    lon: float
    lat: float
    municipality: str
    district: str
    address: str
    where: str
    ruian: str | None
    phones: tuple[str, ...]
    web: str | None
    distance_m: float | None
    travel_s: float | None
    opening: Opening | None
    statements: tuple[Statement, ...]
    disagree: bool
    disputed: bool
    stale: bool
    hub: str | None

    @property
    def state(self) -> OpenState:
        """Open, closed or unknown by the deciding statement; a place without hours is never open."""
        return self.opening.state if self.opening else "unknown"

    @property
    def walk_in(self) -> bool:
        """Whether one can go there for help."""
        return any(kind.walk_in for kind in self.kinds)


RemarkCode = Literal[
    "outside-region", "outside-country", "swapped", "past", "far-future", "clock-gap", "clock-twice",
    "nothing-open", "far-open", "no-service", "no-road", "coarse-roads",
]  # fmt: skip


@dataclass(frozen=True)
class Remark:
    """Something to know about an answer. The sentence for people is the text ``remark.<code>`` with ``values``."""

    code: RemarkCode
    values: Mapping[str, str | float | Text] = field(default_factory=dict, hash=False)

    @property
    def tells_position(self) -> bool:
        """Whether the position that was asked about can be read in ``values``, which therefore nobody may keep."""
        return self.code == "swapped"


@dataclass(frozen=True)
class Answer:
    """What was found. ``nearest`` are the nearest of the chosen kinds, the nearest first.

    ``next_to_open``: those of the chosen kinds that open next, where none of them is open within reach, or only far
    away. ``urgent``: the nearest urgent care, open or with hours unknown. ``emergency``: numbers to call first.
    ``by_road``: whether travel times were computed.
    """

    question: Question
    nearest: tuple[Nearby, ...]
    next_to_open: tuple[Nearby, ...]
    urgent: tuple[Nearby, ...]
    emergency: tuple[str, ...]
    remarks: tuple[Remark, ...]
    by_road: bool
