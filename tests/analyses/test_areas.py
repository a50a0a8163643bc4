"""Sums in areas: parts of the region add up to the whole, and agree with an overlay made independently."""

from __future__ import annotations

import time

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely.ops import split

from geoportal.analyses.areas import AreaFigure, Summing, content_of, positions_in
from geoportal.analyses.drawn import Area, circle, read_area
from geoportal.analyses.shares import obce_of
from geoportal.crs import CRS84, KROVAK, project, project_geometries
from geoportal.settings import Settings
from geoportal.site import Bounds, load_site
from geoportal.snapshot.reader import Follower, Snapshot
from tests.conftest import ROOT

BOX: Bounds = load_site(ROOT).region.bounds
LIBEREC = (15.0584, 50.7699)
SUMS = ("weighted", "counted")


@pytest.fixture(scope="module")
def snapshot(mirror_settings: Settings) -> Snapshot:
    return Follower(mirror_settings.build)()


def in_degrees(metres: shapely.Geometry) -> Area:
    degrees = project_geometries(np.array([metres], dtype=object), KROVAK, CRS84)[0]
    return Area(degrees, metres)


def figures(snapshot: Snapshot, area: Area) -> dict[str, AreaFigure]:
    return {one.table.id: one for one in content_of(snapshot, area).figures}


def cut_up(whole: shapely.Geometry, cuts: int, seed: int) -> list[shapely.Geometry]:
    """``whole`` (a box) cut by random lines across it."""
    random = np.random.default_rng(seed)
    west, south, east, north = whole.bounds
    parts = [whole]
    for _ in range(cuts):
        ends = random.random((2, 2)) * (east - west, north - south) + (west, south)
        far = ends + np.array([[-1], [1]]) * (ends[1] - ends[0]) * 100
        line = shapely.LineString(far)
        parts = [piece for part in parts for piece in split(part, line).geoms]
    return parts


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_parts_of_the_region_add_up_to_the_whole(snapshot: Snapshot, seed: int) -> None:
    region = shapely.box(*shapely.total_bounds(obce_of(snapshot).shapes)).buffer(10, join_style="mitre")
    parts = [figures(snapshot, in_degrees(part)) for part in cut_up(region, 6, seed)]
    assert len(parts) > 6
    for table in snapshot.indicators.values():
        if table.aggregate != "sum" or "kraj" not in table.levels:
            continue
        held = [part[table.id] for part in parts]
        expected = table.values("kraj", held[0].period)[0].value
        assert expected is not None
        total = sum(one.value or 0.0 for one in held)
        assert total == pytest.approx(expected, rel=1e-9), table.id


def test_every_figure_of_the_whole_region_is_that_of_the_region(snapshot: Snapshot) -> None:
    content = content_of(snapshot, circle(15.0, 50.75, 150, BOX))
    assert (content.whole, content.partly, content.beyond) == (215, 0, True)
    compared = 0
    for one in content.figures:
        if "kraj" in one.table.levels:
            expected = one.table.values("kraj", one.period)[0]
            assert one.value == pytest.approx(expected.value, rel=1e-9), one.table.id
            assert one.status == expected.status, one.table.id
            compared += 1
    assert compared > 40


def test_areas_drawn_in_degrees_add_up_too(snapshot: Snapshot) -> None:
    west, south, east, north = BOX
    pieces = cut_up(shapely.box(west, south, east, north), 5, 7)
    totals = [figures(snapshot, read_area(piece.wkt, "oblast", BOX))["obyvatel"].value or 0.0 for piece in pieces]
    assert len(totals) > 5
    assert sum(totals) == pytest.approx(449_377, rel=1e-6)


@pytest.mark.parametrize("radius", [3.0, 17.0])
def test_sums_are_those_of_an_overlay_of_the_published_file(
    mirror_settings: Settings, snapshot: Snapshot, radius: float
) -> None:
    obce = gpd.read_file(snapshot.folder / "layers/obce/obce.geojson").to_crs("EPSG:5514")
    people = {one.code: one.value for one in snapshot.indicators["obyvatel"].values("obec", "2024")}
    obce["people"], obce["whole"] = obce["kod"].map(people), obce.area
    middle = gpd.GeoSeries.from_xy([LIBEREC[0]], [LIBEREC[1]], crs="EPSG:4326").to_crs("EPSG:5514")
    disc = gpd.GeoDataFrame(geometry=middle.buffer(radius * 1000, quad_segs=64), crs="EPSG:5514")
    cut = gpd.overlay(obce, disc, how="intersection")
    expected = float((cut["people"] * cut.area / cut["whole"]).sum())
    found = figures(snapshot, circle(*LIBEREC, radius, BOX))["obyvatel"]
    assert found.value == pytest.approx(expected, rel=1e-5)
    assert found.method == "weighted"
    assert 0 < found.estimated <= (found.value or 0)


def test_ratios_and_means_are_computed_of_the_sums(snapshot: Snapshot) -> None:
    held = figures(snapshot, circle(*LIBEREC, 12, BOX))
    value = {name: float(one.value or 0) for name, one in held.items()}
    assert value["podil-65-plus"] == pytest.approx(100 * value["obyvatel-65-plus"] / people_2020(snapshot))
    assert value["hustota-obyvatel"] == pytest.approx(value["obyvatel"] / value["rozloha"], rel=1e-6)
    shares = obce_of(snapshot).shares(circle(*LIBEREC, 12, BOX))
    rate, weight = (
        np.array(
            [one.value if one.value is not None else np.nan for one in snapshot.indicators[name].values("obec", year)]
        )
        for name, year in (("nezamestnanost", "2024"), ("obyvatel-15-64", "2020"))
    )
    known = ~np.isnan(rate)
    expected = (shares * rate * weight)[known].sum() / (shares * weight)[known].sum()
    assert value["nezamestnanost"] == pytest.approx(expected)


def people_2020(snapshot: Snapshot) -> float:
    shares = obce_of(snapshot).shares(circle(*LIBEREC, 12, BOX))
    return float(shares @ np.array([one.value for one in snapshot.indicators["obyvatel"].values("obec", "2020")]))


def test_points_are_counted_one_by_one(snapshot: Snapshot) -> None:
    area = circle(*LIBEREC, 20, BOX)
    for layer, count in content_of(snapshot, area).counts:
        metres = project(np.asarray(layer.points), CRS84, KROVAK)
        middle = project(np.array([LIBEREC]), CRS84, KROVAK)
        assert count == int((np.hypot(*(metres - middle).T) <= 20_000).sum()), layer.id
    held = figures(snapshot, area)
    stations = snapshot.collections["zzs"]
    assert held["pocet-zzs"].value == len(positions_in(stations, area)) > 0
    assert held["pocet-zzs"].method == "counted"


def test_a_count_with_a_condition_counts_what_meets_it(snapshot: Snapshot) -> None:
    area = circle(*LIBEREC, 20, BOX)
    spatial = snapshot.indicators["vzdalenost-detske-pohotovosti"].card.spatial
    assert spatial is not None
    assert spatial.keep
    summing = Summing(snapshot, area, obce_of(snapshot).shares(area))
    surgeries = snapshot.collections["pohotovosti"]
    expected = [
        at for at in positions_in(surgeries, area).tolist()
        if surgeries.feature(at)["properties"]["cilova_skupina"] == "děti"
    ]  # fmt: skip
    assert summing._counted(spatial) == len(expected) > 0


def test_an_area_without_obce_sums_to_zero(snapshot: Snapshot) -> None:
    content = content_of(snapshot, read_area("1,1;2,1;2,2", "oblast", BOX))
    assert content.empty
    assert content.beyond
    by_method = {one.method: one for one in content.figures}
    assert by_method["weighted"].value == 0
    assert by_method["weighted"].status == "ok"
    assert by_method["ratio"].value is None
    assert by_method["ratio"].status == "missing"


def test_an_obec_without_a_value_makes_a_sum_incomplete(snapshot: Snapshot) -> None:
    held = snapshot.indicators["nezamestnanost"].values("obec", "2024")
    at = next(place for place, one in enumerate(held) if one.value is None)
    alone = in_degrees(obce_of(snapshot).shapes[at].buffer(-50))
    found = figures(snapshot, alone)["nezamestnanost"]
    assert (found.value, found.status, found.unknown) == (None, "missing", 1)
    around = figures(snapshot, in_degrees(obce_of(snapshot).shapes[at].buffer(5000)))["nezamestnanost"]
    assert around.status == "incomplete"
    assert around.value is not None


def test_boundaries_drawn_around_seats_count_whole_obce_by_their_seat(facts_settings: Settings) -> None:
    snapshot = Follower(facts_settings.build)()
    content = content_of(snapshot, circle(*LIBEREC, 10, BOX))
    assert content.km2 is None
    assert content.partly == 0
    assert content.whole > 3
    people = next(one for one in content.figures if one.table.id == "obyvatel")
    seats = obce_of(snapshot).shares(circle(*LIBEREC, 10, BOX))
    expected = sum(
        one.value or 0 for one, inside in zip(people.table.values("obec", people.period), seats, strict=True) if inside
    )
    assert (people.value, people.method, people.estimated) == (expected, "seats", 0)
    parts = [
        figures(snapshot, read_area(piece.wkt, "oblast", BOX))["obyvatel"].value or 0.0
        for piece in cut_up(shapely.box(*BOX), 5, 3)
    ]
    whole = people.table.values("kraj", people.period)[0].value
    assert sum(parts) == whole


def test_an_answer_takes_a_few_milliseconds(snapshot: Snapshot) -> None:
    turns = np.linspace(0, 2 * np.pi, 1500, endpoint=False)
    wavy = 0.2 * (1 + 0.05 * np.sin(40 * turns))
    text = ";".join(f"{15 + r * np.cos(t):.6f},{50.75 + r * np.sin(t):.6f}" for t, r in zip(turns, wavy, strict=True))
    content_of(snapshot, read_area(text, "oblast", BOX))
    start = time.process_time()
    content_of(snapshot, read_area(text, "oblast", BOX))
    assert time.process_time() - start < 0.1
