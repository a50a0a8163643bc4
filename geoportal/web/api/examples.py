"""Values with which the operations of the API document give an answer worth looking at, taken from the snapshot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geoportal.site import LEVELS, Site
from geoportal.snapshot.collection import Collection
from geoportal.snapshot.reader import Snapshot
from geoportal.web.tiles import matrix as tile_matrix

_FEW = 3
_MIDDLE_ZOOM = 10
_RADIUS_KM = 5
_RADIUS_KM = 10


@dataclass(frozen=True)
class Examples:
    """``parts``: name of a part of a path -> value. ``query``: view -> name of its parameter -> value.

    ``own``: view -> parts that must have another value there.
    """

    parts: Mapping[str, str]
    query: Mapping[str, Mapping[str, Any]]
    own: Mapping[str, Mapping[str, str]]

    def part(self, view: str, name: str) -> str | None:
        """The value of a part of a path; None where the snapshot has nothing to show there."""
        return self.own.get(view, {}).get(name, self.parts.get(name))

    def parameter(self, view: str, name: str, schema: Mapping[str, Any]) -> Any | None:
        """The value of a parameter; where both a page and a form for programs can be had, the latter."""
        given = self.query.get(view, {}).get(name, schema.get("example"))
        words = schema.get("enum", [])
        if given is None and name == "f" and "html" in words:
            return next(word for word in words if word != "html")
        return given


def read_examples(held: Snapshot, site: Site, styles: Sequence[str]) -> Examples:
    """The examples for what a snapshot holds and for the map ``styles``."""
    layer, services = _first_layer(held), [one.id for one in held.collections.values() if one.service]
    parts = {
        "ext": "svg",
        "tileMatrixSetId": tile_matrix.ID,
        "style_id": next(iter(styles), None),
        "indicator_id": _first_indicator(held, site),
        **_of_layer(layer),
        **_of_tiles(held, layer),
    }
    return Examples(
        parts={name: value for name, value in parts.items() if value is not None},
        query=_queries(held, site),
        own={"layer_in_ofn": {"layer_id": services[0]}} if services else {},
    )


def _first_layer(held: Snapshot) -> Collection | None:
    """The layer of the finest units, which every region has; else any."""
    layers = list(held.collections.values())
    return min(layers, key=lambda one: LEVELS.index(one.level) if one.level else len(LEVELS), default=None)


def _first_indicator(held: Snapshot, site: Site) -> str | None:
    return next((name for name in (*site.atlas.default, *held.indicators) if name in held.indicators), None)


def _of_layer(layer: Collection | None) -> dict[str, str]:
    if layer is None:
        return {}
    fid = str(layer.feature(0)["id"])
    return {"layer_id": layer.id, "dataset_id": layer.id, "fid": fid, "filename": f"{layer.id}.gpkg"}


def _of_tiles(held: Snapshot, layer: Collection | None) -> dict[str, str]:
    """The tile in the middle of a tileset."""
    if not held.tilesets:
        return {}
    tileset = held.tilesets.get(layer.id if layer else "") or next(iter(held.tilesets.values()))
    lon, lat = tileset.center[:2]
    zoom = max(tileset.minzoom, min(tileset.maxzoom, _MIDDLE_ZOOM))
    x, y = map(str, tile_matrix.address(lon, lat, zoom))
    return {
        "tileset_id": tileset.id, "z": str(zoom), "x": x, "y": y,
        "tileMatrix": str(zoom), "tileRow": y, "tileCol": x,
    }  # fmt: skip


def _queries(held: Snapshot, site: Site) -> dict[str, dict[str, Any]]:
    west, south, east, north = site.region.bounds
    middle = {"lon": round((west + east) / 2, 3), "lat": round((south + north) / 2, 3)}
    coarse = next((level for level in reversed(LEVELS) if len(held.units.get(level, ())) > 1), LEVELS[0])
    names = [name for _, name in held.units.get(coarse, ())]
    return {
        "nearest": {**middle, "limit": _FEW},
        "search": {"q": names[0] if names else site.region.name.cs, "limit": _FEW},
        "items": {"limit": _FEW},
        "values": {"level": coarse},
        "picture": {"level": coarse},
        "area": {**middle, "radius": _RADIUS_KM},
        "area_sent": {"area": f"{west},{south};{east},{south};{east},{north}"},
        "programs": {"text": _table(held), "f": "geojson"},
        **_of_indicator(held),
    }


def _of_indicator(held: Snapshot) -> dict[str, dict[str, Any]]:
    """For the analyses: an indicator that is known of the finest units, where it can be of two periods."""
    level = LEVELS[0]
    fine = [table for table in held.indicators.values() if level in table.levels]
    changing = next((table.id for table in fine if len(table.periods(level)) > 1), None)
    codes = [code for code, _ in held.units.get(level, ())]
    if not fine or not codes:
        return {}
    one = changing or fine[0].id
    return {
        **({"change": {"indicator": changing}} if changing else {}),
        "neighbours": {"indicator": one, "code": codes[len(codes) // 2]},
        "outliers": {"indicator": one},
    }


def _table(held: Snapshot) -> str:
    """A table of somebody's own, with the codes of two units."""
    codes = [code for code, _ in held.units.get(LEVELS[0], ())[:2]]
    return "\n".join(("kod,hodnota", *(f"{code},{number}" for number, code in enumerate(codes, 1))))
