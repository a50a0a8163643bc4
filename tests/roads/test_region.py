"""The real roads: plausible, agreeing with an independent engine, with areas that agree with the times."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import networkx as nx
import numpy as np
import pytest
import shapely

from geoportal.build.roads import BuiltRoads
from geoportal.roads.engine import journeys_to, seconds_between
from geoportal.roads.places import place
from geoportal.settings import Settings
from geoportal.snapshot.reader import Follower
from tests.roads.conftest import Country, join
from tests.roads.test_engine import assert_agrees_with_networkx
from tests.roads.test_reach import assert_agrees_with_sampling


def test_times_between_nodes_are_those_of_networkx(built: BuiltRoads) -> None:
    assert_agrees_with_networkx(built.network, np.random.default_rng(1), 400)
    assert_agrees_with_networkx(built.network.in_metres(), np.random.default_rng(2), 400)


def test_times_are_those_of_networkx_on_the_file_itself(mirror: Path, built: BuiltRoads) -> None:
    """The graph made anew from ends of lines, which in this file meet exactly but for two."""
    frame = (
        gpd.read_file(mirror / "geoportal.cuzk.cz/data200/silnice.gpkg").to_crs("EPSG:5514").explode(ignore_index=True)
    )
    speeds = frame["TRIDA"].map({name: speed.kmh / 3.6 for name, speed in built.card.speeds.items()})
    graph = nx.Graph()
    for road, speed in zip(frame.geometry, speeds, strict=True):
        ends = [tuple(round(value) for value in road.coords[at]) for at in (0, -1)]
        seconds = min(road.length / speed, graph.get_edge_data(*ends, {"seconds": np.inf})["seconds"])
        graph.add_edge(*ends, seconds=seconds)
    main = max(nx.connected_components(graph), key=len)
    ends = np.random.default_rng(4).permutation(np.array(sorted(main)))[:40]
    places = place(built.network, ends.astype(float), built.off_road)
    entered = places.access_m < 2  # a node of motorways alone is no place to begin
    places, chosen = places[entered], [tuple(end) for end in ends[entered].tolist()]
    no_short_cuts = replace(built.off_road, limit_m=1.0)  # NetworkX knows of none
    journeys = journeys_to(built.network, places, built.off_road)
    ours = seconds_between(journeys, places, places, no_short_cuts)
    theirs = np.array([[nx.dijkstra_path_length(graph, a, b, "seconds") for b in chosen] for a in chosen])
    assert len(chosen) > 30
    assert (ours - theirs).max() < 0.5
    assert (ours - theirs > -0.5).mean() > 0.9  # faster only by the two junctions


def test_all_but_a_few_stubs_at_the_border_hang_together(built: BuiltRoads) -> None:
    lengths = built.network.lengths_by_component()
    assert lengths[0] / lengths.sum() > 0.995
    assert "apart" in [note.code for note in built.notes]


@pytest.mark.parametrize(
    ("one", "other", "fastest", "slowest"),
    [("Liberec", "Frýdlant", 18, 32), ("Liberec", "Jablonec nad Nisou", 11, 24), ("Česká Lípa", "Liberec", 42, 65)],
)
def test_journeys_between_towns_take_what_people_know(
    country: Country, built: BuiltRoads, one: str, other: str, fastest: float, slowest: float
) -> None:
    names = country.territory.base["name"]
    seats = shapely.get_coordinates(country.territory.seats[[names[names == name].index[0] for name in (one, other)]])
    places = place(built.network, seats, built.off_road)
    found = seconds_between(journeys_to(built.network, places, built.off_road), places, places, built.off_road) / 60
    assert fastest < found[0, 1] < slowest
    assert found[0, 1] == pytest.approx(found[1, 0])


def test_every_obec_reaches_care_and_none_faster_than_the_crow_on_a_motorway(
    country: Country, built: BuiltRoads
) -> None:
    chosen = built.chosen("pohotovosti", {"cilova_skupina": "dospělí"})
    minutes = built.minutes_from_units(chosen)
    seats = shapely.get_coordinates(country.territory.seats.to_numpy())
    away = np.hypot(*(seats[:, None] - built.places.points[chosen]).transpose(2, 0, 1)).min(axis=1)
    assert np.isfinite(minutes).all()
    assert (minutes >= away / 1000 / 110 * 60).all()
    assert 10 < np.median(minutes) < 25


def test_areas_hold_one_another_and_agree_with_the_times(country: Country, built: BuiltRoads) -> None:
    frame = country.layers["dojezd"].frame
    assert len(frame) == 16
    assert frame.geometry.is_valid.all()
    for _, areas in frame.groupby("druh"):
        for smaller, larger in pairwise(areas.sort_values("minuty").geometry):
            assert shapely.difference(smaller, larger).area < 1
    region = country.territory.region()
    assert shapely.difference(frame.geometry.union_all(), region).area < 1


def test_areas_agree_with_times_told_by_brute_force(built: BuiltRoads) -> None:
    from geoportal.roads.reach import areas_in_reach

    chosen = built.chosen("pohotovosti", {"cilova_skupina": "dospělí"})
    nearest = built.journeys.to_service[:, chosen].min(axis=1).astype(float)
    areas = areas_in_reach(built.network, nearest, built.places[chosen], (10, 20), built.off_road)
    pace, limit = built.off_road.pace, built.off_road.limit_m
    assert_agrees_with_sampling(built.network, built.places[chosen], nearest, areas, (10, 20), pace, limit, slack_s=20)


def test_areas_name_all_whose_figures_they_are_made_from(country: Country) -> None:
    source = country.layers["dojezd"].source
    assert "Data200" in source.attribution
    assert "Liberecký kraj" in source.attribution
    assert source.date > "2025"


def test_without_roads_everything_else_is_there_and_says_why(tmp_path: Path, home: Path) -> None:
    country = join(Settings(home=home, data=tmp_path))
    assert country.roads == "chybí síť silnic: zdroj data200-silnice není stažen"
    assert country.absent["dojezd"] == country.roads
    assert "dojezd" not in country.layers
    assert country.problems == []


def test_a_snapshot_has_times_where_it_has_roads(built_settings: Settings) -> None:
    held = Follower(built_settings.build)()
    absent = {one["id"]: one["reason"] for one in held.manifest["absent"]}
    if "silnice" in held.collections:
        assert held.roads is not None
        travel = held.roads.from_point(15.0584, 50.7699)
        assert travel is not None
        for name, collection in held.collections.items():
            columns = [held.roads.column(name, position) for position in range(collection.count)]
            assert (None in columns) == (not collection.service), name
            if collection.service:
                assert all(0 <= travel.seconds(column, 50_000) < 3 * 3600 for column in columns), name
        assert held.collections["dojezd"].count == 16
        assert "dojezd-pohotovost" in held.indicators
    else:
        assert held.roads is None
        assert "síť silnic" in absent["dojezd"]
        assert "síť silnic" in absent["dojezd-pohotovost"]
