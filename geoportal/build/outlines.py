"""The outlines of units for pictures: simplified once for print, the same line on both sides of a border."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import orjson
import shapely

from geoportal.crs import north_up
from geoportal.snapshot.outlines import FOLDER, MIDDLE, PLACES
from geoportal.territory.units import Territory
from geoportal.tiling.generalise import simplify

ACROSS = 4000  # the widest picture is printed with about so many dots; a bend smaller than one is not seen


def write_outlines(snapshot: Path, territory: Territory) -> None:
    """Writes for each level rings, the unit of each, and where its circle stands; and the seats of coarser units."""
    folder = snapshot / FOLDER
    folder.mkdir()
    base = territory.base.geometry.to_numpy()
    west, south, east, north = shapely.total_bounds(base)
    middle = ((west + east) / 2, (south + north) / 2)
    np.save(folder / MIDDLE, middle)
    turn = north_up(*middle)
    units = shapely.transform(simplify(base, max(east - west, north - south) / ACROSS), turn)
    seats = shapely.transform(territory.seats.to_numpy(), turn)
    for level in territory.levels:
        members = territory.members(level)
        merged = [shapely.union_all(units[members == unit]) for unit in range(len(territory.levels[level]))]
        shapes = units if level == "obec" else np.array(merged, dtype=object)
        middles = _middles(shapes)
        if level == "obec":
            inside = shapely.contains(shapes, seats)
            middles[inside] = shapely.get_coordinates(seats[inside])
        _write_level(folder, level, shapes, middles)
    (folder / PLACES).write_bytes(orjson.dumps(_seats(territory, seats)))


def _middles(shapes: np.ndarray) -> np.ndarray:
    """The middle of the widest part of each polygon (n x 2)."""
    return shapely.get_coordinates([shapely.get_point(line, 0) for line in shapely.maximum_inscribed_circle(shapes)])


def _write_level(folder: Path, level: str, shapes: np.ndarray, middles: np.ndarray) -> None:
    parts, unit = shapely.get_parts(shapes, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    ends = np.concatenate(([0], np.cumsum(np.bincount(ring, minlength=len(rings)))))
    for name, array in {"points": coordinates, "rings": ends, "units": unit[part], "middles": middles}.items():
        np.save(folder / f"{level}.{name}.npy", np.rint(array).astype(np.int32))


def _seats(territory: Territory, places: np.ndarray) -> dict[str, list[list[object]]]:
    """For each coarser level the obce that share the name of the unit they lie in: name, x, y."""
    seats: dict[str, list[list[object]]] = {}
    for level, frame in territory.levels.items():
        if level == "obec":
            continue
        names = frame["name"].to_numpy()[territory.members(level)]
        found = territory.base["name"].to_numpy() == names
        points = shapely.get_coordinates(places[found]).round().astype(int).tolist()
        seats[level] = [[name, *point] for name, point in zip(names[found].tolist(), points, strict=True)]
    return seats
