"""What can be found: one thing with its names, its place, and where it leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from geoportal.site import Bounds

LAYER, INDICATOR, PART, POSTCODE = "layer", "indicator", "cast_obce", "psc"


@dataclass(frozen=True)
class Place:
    """Where an entry lies, in degrees. ``exact`` is False where the position is that of its obec."""

    lon: float
    lat: float
    bbox: Bounds | None = None
    exact: bool = True


@dataclass(frozen=True)
class Entry:
    """One thing that can be found.

    ``kind`` is a level of the territory, one of the constants above, or the id of the layer that the thing is a
    feature of. ``name`` is by language where it has more than one, Czech always there. ``around`` are words that are
    not its name but tell it apart: its obec, its okres, its codes. ``path`` and ``query`` are the page it leads to.
    ``weight`` (0 to 1) ranks what fits a query alike. ``repeated``: another of its kind has the same name.
    ``detail`` says more of its kind, such as whom a surgery is for.
    """

    kind: str
    code: str
    name: Mapping[str, str]
    path: str
    weight: float
    query: Mapping[str, str] = field(default_factory=dict)
    obec: str | None = None
    okres: str | None = None
    around: tuple[str, ...] = ()
    place: Place | None = None
    repeated: bool = False
    detail: str | None = None

    @property
    def id(self) -> str:
        """An id that is unique in the index."""
        return f"{self.kind}:{self.code}"

    def title(self, language: str) -> str:
        """The name in ``language``; where it has none there in English, or else in Czech."""
        return self.name.get(language) or (self.name.get("en") if language != "cs" else None) or self.name["cs"]


def unit_path(level: str, code: str) -> str:
    """The path of the page of a territorial unit."""
    return "/kraj" if level == "kraj" else f"/{level}/{code}"


def as_json(entry: Entry) -> dict[str, Any]:
    """The entry as it is kept, without what is empty."""
    return {key: value for key, value in asdict(entry).items() if value or key == "weight"}


def from_json(held: Mapping[str, Any]) -> Entry:
    """The entry that was kept as ``held``."""
    place = held.get("place")
    return Entry(**{**held, "around": tuple(held.get("around", ())), "place": _place(place) if place else None})


def _place(held: Mapping[str, Any]) -> Place:
    bbox = held["bbox"]
    return Place(held["lon"], held["lat"], tuple(bbox) if bbox else None, held["exact"])
