"""The outlines of pictures: one line on both sides of a border, coarser units made of the finer ones, north up."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely

from geoportal.build.outlines import write_outlines
from geoportal.crs import CRS84, KROVAK, project
from geoportal.settings import Settings
from geoportal.snapshot.outlines import Outlines, Seat, read_outlines, read_seats
from geoportal.snapshot.reader import Snapshot
from geoportal.snapshot.store import current_id
from tests.squares import SIDE, territory


def shapes(outlines: Outlines) -> list[shapely.Geometry]:
    """The units as polygons, by the even-odd rule."""
    rings = [shapely.LineString(ring) for ring in np.split(np.asarray(outlines.points), outlines.rings[1:-1])]
    owners = np.asarray(outlines.units)
    owned = ([rings[ring] for ring in np.flatnonzero(owners == unit)] for unit in range(len(outlines.middles)))
    return [shapely.build_area(shapely.MultiLineString(held)) for held in owned]


@pytest.fixture
def squares(tmp_path: Path) -> Path:
    write_outlines(tmp_path, territory())
    return tmp_path


def test_each_level_has_its_units_in_the_order_of_codes(squares: Path) -> None:
    obce, okresy, kraj = (read_outlines(squares, level) for level in ("obec", "okres", "kraj"))
    assert obce
    assert okresy
    assert kraj
    assert [len(shapes(one)) for one in (obce, okresy, kraj)] == [4, 2, 1]
    assert shapely.area(shapes(obce)) == pytest.approx([SIDE**2] * 4, rel=0.01)
    assert shapely.area(shapes(okresy)) == pytest.approx([2 * SIDE**2] * 2, rel=0.01)
    assert read_outlines(squares, "orp") is None


def test_north_is_up(squares: Path) -> None:
    """Between two obce of one column the line from one middle to the other runs as much off north as in the world."""
    obce = read_outlines(squares, "obec")
    assert obce
    (x0, y0), (x1, y1) = obce.middles[0].tolist(), obce.middles[2].tolist()
    seats = shapely.get_coordinates(territory().seats.to_numpy())
    (lon0, lat0), (lon1, lat1) = project(seats, KROVAK, CRS84)[[0, 2]].tolist()
    world = np.arctan2((lon1 - lon0) * np.cos(np.radians(lat0)), lat1 - lat0)
    assert abs(world) > np.radians(5)
    assert np.arctan2(x1 - x0, y1 - y0) == pytest.approx(world, abs=0.005)


def test_neighbours_keep_one_line_and_middles_lie_inside(mirror_settings: Settings) -> None:
    folder = Snapshot(mirror_settings.build, current_id(mirror_settings.build) or "").folder
    obce, okresy = read_outlines(folder, "obec"), read_outlines(folder, "okres")
    assert obce
    assert okresy
    held = np.array(shapes(obce))
    assert len(held) == 215
    assert shapely.is_valid(held).all()
    assert shapely.coverage_is_valid(held)
    assert shapely.contains(held, shapely.points(np.asarray(obce.middles))).all()
    whole = shapely.union_all(held)
    assert shapely.area(shapely.symmetric_difference(whole, shapely.union_all(shapes(okresy)))) == pytest.approx(0)
    assert len(obce.points) < 20_000


def test_seats_are_the_towns_that_units_are_named_after(mirror_settings: Settings) -> None:
    folder = Snapshot(mirror_settings.build, current_id(mirror_settings.build) or "").folder
    okresy, orp = read_seats(folder, "okres"), read_seats(folder, "orp")
    assert [seat.name for seat in okresy] == ["Česká Lípa", "Jablonec nad Nisou", "Liberec", "Semily"]
    assert len(orp) == 10
    assert set(okresy) < set(orp)
    assert isinstance(okresy[0], Seat)
    assert read_seats(folder, "kraj") == []
