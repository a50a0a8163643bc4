"""What can be found by name: units, parts of obce, postcodes, services, layers, indicators, and what cards declare."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geoportal.build.layers import BuiltLayer
from geoportal.build.run import Joined
from geoportal.cards import LayerCard
from geoportal.crs import CRS84, KROVAK, project_geometries
from geoportal.schema import Text
from geoportal.search.entry import INDICATOR, LAYER, PART, POSTCODE, Entry, Place, unit_path
from geoportal.search.files import write_index
from geoportal.search.folding import words
from geoportal.services.service import Service
from geoportal.site import LEVELS, Level
from geoportal.territory.units import CODE_FIELD

# How much the kinds weigh among things that fit alike. An obec goes before all else, a large one before a small one;
# what shares the name of its obec comes after it.
_OBEC, _MORE_IF_LARGE = 0.6, 0.4
_UNITS: dict[Level, float] = {"kraj": 0.5, "okres": 0.48, "orp": 0.46, "pou": 0.3}
_SERVICE, _LAYER, _INDICATOR, _BELOW_OBEC, _FEATURE = 0.45, 0.42, 0.4, 0.35, 0.2
_LARGEST = 1_500_000  # inhabitants
FINDER = "/mapa/pohotovosti"
_STEM = 3  # letters that forms of a word share: děti, dětská
_DEGREES = 6  # decimals of a degree kept: a tenth of a metre


@dataclass(frozen=True)
class Obec:
    """What entries that lie in an obec need of it. ``size``: 0 to 1 by its inhabitants."""

    name: str
    okres: str | None
    place: Place
    size: float


def write_search(folder: Path, joined: Joined) -> None:
    """Writes the search index of ``joined`` into ``folder/search``."""
    entries = list(Entries(joined).all())
    names = Counter((entry.kind, entry.name["cs"]) for entry in entries)
    marked = [replace(entry, repeated=names[entry.kind, entry.name["cs"]] > 1) for entry in entries]
    write_index(folder / "search", marked, {"attribution": "; ".join(dict.fromkeys(_credits(joined)))})


def search_sources(joined: Joined) -> list[str]:
    """The sources that are read for search alone and are at hand."""
    named = joined.inputs.inventory.site.search.sources
    return [name for name in named if joined.inputs.hindrance(name) is None]


def _credits(joined: Joined) -> Iterator[str]:
    """How the sources of the entries want to be named."""
    for layer in joined.layers.values():
        if layer.card.territory or layer.card.search or layer.card.service:
            yield layer.source.attribution
    for name in search_sources(joined):
        yield joined.inputs.source(name).attribution
    for service in joined.services.services:
        if service.fid is None:
            yield from (joined.inputs.source(record.source).attribution for record in service.records)


class Entries:
    """The entries of everything in ``joined`` that has a name."""

    def __init__(self, joined: Joined) -> None:
        self._joined = joined
        self._search = joined.inputs.inventory.site.search

    def all(self) -> Iterator[Entry]:
        """Every entry."""
        for level in LEVELS:
            yield from self._units(level)
        yield from self._parts()
        yield from self._postcodes()
        for layer in self._joined.layers.values():
            yield _titled(LAYER, layer.card.id, layer.card.title, f"/collections/{layer.card.id}", _LAYER, layer.card)
            if layer.card.search or (layer.card.service and layer.card.id_field):
                yield from self._features(layer)
        for service in self._joined.services.services:
            if service.fid is None:
                yield self._told_elsewhere(service)
        for name, indicator in self._joined.indicators.items():
            entry = _titled(INDICATOR, name, indicator.card.title, "/mapa/indikatory", _INDICATOR)
            yield replace(entry, query={"ukazatel": name})

    @cached_property
    def obce(self) -> dict[str, Obec]:
        """What is needed of each obec, by code."""
        base, territory = self._joined.territory.base, self._joined.territory
        okresy = territory.levels["okres"]["name"] if "okres" in territory.levels else {}
        codes = base[CODE_FIELD["okres"]] if CODE_FIELD["okres"] in base.columns else [None] * len(base)
        places = _places(base, territory.seats.to_numpy())
        rows = zip(base.index, base["name"], codes, places, self._sizes(), strict=True)
        return {code: Obec(name, okresy.get(okres), place, size) for code, name, okres, place, size in rows}

    def _sizes(self) -> list[float]:
        indicator = self._joined.indicators.get(self._search.population or "")
        if indicator is None:
            return [0.0] * len(self._joined.territory.base)
        inhabitants = np.nan_to_num(indicator.base.values[-1])
        return np.clip(np.log1p(inhabitants) / math.log1p(_LARGEST), 0, 1).round(4).tolist()

    def _units(self, level: Level) -> Iterator[Entry]:
        frame = self._joined.territory.levels.get(level)
        if frame is None:
            return
        for code, name, place in zip(frame.index, frame["name"], _places(frame), strict=True):
            entry = Entry(level, code, {"cs": name}, unit_path(level, code), _UNITS.get(level, 0), around=(level, code))
            if level == "obec":
                held = self.obce[code]
                near = filter(None, (*entry.around, held.okres))
                weight = _OBEC + _MORE_IF_LARGE * held.size
                yield replace(entry, weight=weight, okres=held.okres, around=tuple(near), place=held.place)
            else:
                yield replace(entry, place=place)

    def _parts(self) -> Iterator[Entry]:
        """Parts of obce, but for the one that is called as its obec is."""
        for row in self._rows(self._search.parts):
            held = self.obce[row["kod_obce"]]
            if words(row["nazev"]) != words(held.name):
                given = _position(row.get("lon"), row.get("lat"))
                yield self._below(PART, row["kod"], row["nazev"], row["kod_obce"], given or _roughly(held.place))

    def _postcodes(self) -> Iterator[Entry]:
        for row in self._rows(self._search.postcodes):
            code, place = row["kod_obce"], _roughly(self.obce[row["kod_obce"]].place)
            shown = f"{row['psc'][:3]} {row['psc'][3:]}"
            yield replace(self._below(POSTCODE, f"{row['psc']}-{code}", shown, code, place), around=self._around(code))

    def _rows(self, source_id: str | None) -> Iterator[dict[str, Any]]:
        """The rows of a table by obec; those of obce outside the territory are left out."""
        if source_id in search_sources(self._joined):
            frame = self._joined.sources.read(source_id).frame
            yield from frame[frame["kod_obce"].isin(self.obce)].to_dict("records")

    def _below(self, kind: str, code: str, name: str, obec: str, place: Place) -> Entry:
        """Something that lies in an obec and leads to its page."""
        held = self.obce[obec]
        weight = _BELOW_OBEC + 0.1 * held.size
        path = unit_path("obec", obec)
        around = (*self._around(obec), code)
        return Entry(kind, code, {"cs": name}, path, weight, {}, held.name, held.okres, around, place)

    def _around(self, obec: str | None) -> tuple[str, ...]:
        held = self.obce.get(obec or "")
        return tuple(filter(None, (held.name, held.okres))) if held else ()

    def _features(self, layer: BuiltLayer) -> Iterator[Entry]:
        card = layer.card
        named, around = _fields(card)
        base = _SERVICE if card.service else _FEATURE
        rows = zip(layer.frame.to_dict("records"), _places(layer.frame), strict=True)
        for row, place in rows:
            code, obec = str(row[card.id_field]), row.get(CODE_FIELD["obec"])
            held = self.obce.get(obec)
            name = " ".join(_filled(row, named))
            if name:
                yield Entry(
                    card.id, code, {"cs": name}, f"/collections/{card.id}/items/{code}",
                    base + 0.1 * (held.size if held else 0), {}, held.name if held else None,
                    held.okres if held else None, (*_filled(row, around), *_said(card, row), *self._around(obec)),
                    place, detail=_kind(card, row),
                )  # fmt: skip

    def _told_elsewhere(self, service: Service) -> Entry:
        """A service that only a source beside its layer knows; it has no page but in the finder, seen from itself."""
        card = self._joined.layers[service.layer].card
        named = [value for kind in card.kinds if kind.id in service.kinds for value in kind.values[:1]]
        row = {card.kind_field: named[0]} if card.kind_field and named else {}
        lies_in = (service.municipality, service.district)
        held = next((obec for obec in self.obce.values() if (obec.name, obec.okres) == lies_in), None)
        around = (*named, service.address, *_said(card, row), *lies_in)
        return Entry(
            card.id, service.id, {"cs": service.name}, FINDER, _SERVICE + 0.1 * (held.size if held else 0),
            {"bod": f"{service.lon},{service.lat}", "druh": ",".join(service.kinds)}, service.municipality or None,
            service.district or None, tuple(filter(None, around)), Place(service.lon, service.lat),
            detail=_kind(card, row),
        )  # fmt: skip


def _titled(kind: str, code: str, title: Text, path: str, weight: float, card: LayerCard | None = None) -> Entry:
    names = {language: text for language, text in title.model_dump().items() if text}
    return Entry(kind, code, names, path, weight, around=(code, *(card.keywords if card else ())))


def _kind(card: LayerCard, row: dict[str, Any]) -> str | None:
    return next(iter(_filled(row, [card.kind_field or ""])), None)


def _said(card: LayerCard, row: dict[str, Any]) -> Iterator[str]:
    """What the card of a layer of services says of one of them: its title, and the keywords that fit its kind."""
    if not card.search:
        yield from filter(None, card.title.model_dump().values())
        begins = {word[:_STEM] for word in words(_kind(card, row) or "")}
        fits = (any(word[:_STEM] in begins for word in words(keyword)) for keyword in card.keywords)
        yield from (keyword for keyword, fit in zip(card.keywords, fits, strict=True) if fit or not begins)


def _fields(card: LayerCard) -> tuple[list[str], list[str]]:
    """The fields that make the name of a feature, and those that tell it apart."""
    if card.search:
        return list(card.search.name) or [card.label], list(card.search.around)
    return [card.label], [*filter(None, [card.kind_field]), *card.place.fields]


def _filled(row: dict[str, Any], fields: Iterable[str]) -> list[str]:
    """The texts of the fields that have one."""
    found = (row.get(field) for field in fields)
    return [str(text) for text in found if text is not None and text == text and str(text).strip()]


def _places(frame: gpd.GeoDataFrame, points: np.ndarray | None = None) -> list[Place]:
    """Where each feature of ``frame`` (EPSG:5514) lies; ``points`` stand for it where a better one is known."""
    shapes = project_geometries(frame.geometry.to_numpy(), KROVAK, CRS84)
    middles = shapely.point_on_surface(shapes) if points is None else project_geometries(points, KROVAK, CRS84)
    lonlat = shapely.get_coordinates(middles).round(_DEGREES).tolist()
    if (shapely.get_type_id(shapes) == shapely.GeometryType.POINT).all():
        return [Place(lon, lat) for lon, lat in lonlat]
    boxes = shapely.bounds(shapes).round(_DEGREES).tolist()
    return [Place(lon, lat, tuple(box)) for (lon, lat), box in zip(lonlat, boxes, strict=True)]


def _position(lon: str | None, lat: str | None) -> Place | None:
    return Place(float(lon), float(lat)) if lon and lat and lon == lon else None


def _roughly(place: Place) -> Place:
    return replace(place, exact=False)
