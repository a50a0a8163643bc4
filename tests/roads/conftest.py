"""The real roads with everything on them, joined and not yet written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from geoportal.build.inputs import gather_inputs
from geoportal.build.layers import BuiltLayer, build_layers
from geoportal.build.levels import build_territory
from geoportal.build.road_files import write_roads
from geoportal.build.roads import BuiltRoads, add_reach, build_roads
from geoportal.build.sources import SourceReader
from geoportal.cards import load_inventory
from geoportal.intake.fetch import fetch
from geoportal.settings import Settings
from geoportal.snapshot.road_times import RoadTimes
from geoportal.territory.units import Territory
from tests.conftest import ROOT


@dataclass(frozen=True)
class Country:
    """What is joined up to the roads. ``roads`` is the reason where there are none."""

    territory: Territory
    layers: dict[str, BuiltLayer]
    roads: BuiltRoads | str
    absent: dict[str, str]
    problems: list[str]


def join(settings: Settings) -> Country:
    """All up to the roads from what is at hand."""
    sources, problems = SourceReader(gather_inputs(settings)), []
    territory, layers = build_territory(sources)
    absent = build_layers(sources, territory, layers, problems)
    roads = build_roads(sources, territory, layers, problems)
    add_reach(roads, sources, territory, layers, absent)
    return Country(territory, layers, roads, absent, problems)


@pytest.fixture(scope="session")
def country(mirror: Path, tmp_path_factory: pytest.TempPathFactory) -> Country:
    """The region with what its roads need."""
    settings = Settings(home=ROOT, data=tmp_path_factory.mktemp("roads"), mirror=str(mirror))
    inventory = load_inventory(ROOT)
    wanted = {"silnice", "pohotovosti", "nemocnice", "zzs", "obce", "pou", "orp", "okresy", "kraj"}
    sources = [entry.source for name in wanted for entry in inventory.layers[name].sources]
    named = [*dict.fromkeys(sources), *inventory.site.territory.crosswalk]
    results = fetch([inventory.sources[name] for name in named if inventory.sources[name].url], settings)
    assert [result.message for result in results if result.status == "failed"] == []
    return join(settings)


@pytest.fixture(scope="session")
def built(country: Country) -> BuiltRoads:
    """The real roads."""
    assert isinstance(country.roads, BuiltRoads), country.roads
    return country.roads


@pytest.fixture(scope="session")
def times(country: Country, built: BuiltRoads, tmp_path_factory: pytest.TempPathFactory) -> RoadTimes:
    """The real roads as a server opens them."""
    folder = tmp_path_factory.mktemp("times") / "roads"
    return RoadTimes(folder, write_roads(folder, built), list(country.territory.base.index))
