"""One build from end to end: everything joined in memory, then written and published."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from geoportal.build.hub import build_hub
from geoportal.build.indicators import BuiltIndicator, build_indicators
from geoportal.build.inputs import Inputs
from geoportal.build.layers import BuiltLayer, build_layers, settle_notes
from geoportal.build.levels import build_territory
from geoportal.build.roads import BuiltRoads, add_reach, build_roads
from geoportal.build.services import BuiltServices, build_services, with_notes
from geoportal.build.sources import SourceReader
from geoportal.errors import Problems
from geoportal.settings import Settings
from geoportal.snapshot.hub import HubCatalogue
from geoportal.snapshot.store import building, publish
from geoportal.territory.units import Territory

Say = Callable[[str], None]


@dataclass(frozen=True)
class Joined:
    """All that a snapshot will hold. ``absent_*``: id -> why it can't be built from what is at hand.

    ``roads`` is the reason where there is no network, ``hub`` None where no catalogue of the hub is at hand.
    """

    inputs: Inputs
    sources: SourceReader
    territory: Territory
    layers: Mapping[str, BuiltLayer]
    indicators: Mapping[str, BuiltIndicator]
    services: BuiltServices
    roads: BuiltRoads | str
    absent_layers: Mapping[str, str]
    absent_indicators: Mapping[str, str]
    hub: HubCatalogue | None = None


def join_all(inputs: Inputs, say: Say = lambda line: None) -> Joined:
    """Reads, checks and joins everything, writing nothing. Raises ``Problems`` with everything that is wrong."""
    sources = SourceReader(inputs)
    problems: list[str] = []
    say("území …")
    territory, layers = build_territory(sources)
    say("vrstvy …")
    absent_layers = build_layers(sources, territory, layers, problems)
    services = build_services(sources, territory, layers, problems)
    say("silniční síť …")
    roads = build_roads(sources, territory, layers, problems)
    add_reach(roads, sources, territory, layers, absent_layers)
    say("ukazatele …")
    indicators, absent_indicators = build_indicators(sources, territory, layers, roads, problems)
    hub = build_hub(sources, problems)
    if problems:
        raise Problems(problems)
    layers = with_notes({name: settle_notes(layer) for name, layer in layers.items()}, services)
    return Joined(
        inputs, sources, territory, layers, indicators, services, roads, absent_layers, absent_indicators, hub
    )


def run(inputs: Inputs, settings: Settings, say: Say) -> str:
    """Builds, writes and publishes a snapshot; returns its id. Raises ``Problems``."""
    from geoportal.build.content import prepare_content
    from geoportal.build.manifest import describe
    from geoportal.build.outlines import write_outlines
    from geoportal.build.road_files import write_roads
    from geoportal.build.search import write_search
    from geoportal.build.tiles import write_tilesets
    from geoportal.build.values import write_values
    from geoportal.build.write import write_codes, write_indicators, write_layers, write_units
    from geoportal.services.book import write_book
    from geoportal.snapshot.hub import write_hub

    joined = join_all(inputs, say)
    with building(settings.build) as folder, ThreadPoolExecutor(1) as beside:
        say("soubory a dlaždice …")
        contents = {name: prepare_content(layer) for name, layer in sorted(joined.layers.items())}
        # GEOS, which cuts the tiles, releases the lock that the writing of the other files holds most of the time.
        tilesets = beside.submit(write_tilesets, folder, joined, {name: held for name, (held, _) in contents.items()})
        entries = write_layers(folder, contents)
        write_units(folder, joined.territory)
        write_codes(folder, joined.sources.crosswalk)
        write_outlines(folder, joined.territory)
        write_indicators(folder, joined.indicators)
        write_values(folder, joined)
        write_search(folder, joined)
        write_book(folder, joined.services.book())
        if joined.hub:
            write_hub(folder, joined.hub)
        roads = None if isinstance(joined.roads, str) else write_roads(folder / "roads", joined.roads)
        return publish(settings.build, folder, describe(joined, entries, roads, tilesets.result()))
