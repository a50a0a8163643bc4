"""One build from end to end: everything joined in memory, then written and published."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from geoportal.build.indicators import BuiltIndicator, build_indicators
from geoportal.build.inputs import Inputs
from geoportal.build.layers import BuiltLayer, build_layers, settle_notes
from geoportal.build.levels import build_territory
from geoportal.build.sources import SourceReader
from geoportal.errors import Problems
from geoportal.settings import Settings
from geoportal.snapshot.store import building, publish
from geoportal.territory.units import Territory

Say = Callable[[str], None]


@dataclass(frozen=True)
class Joined:
    """All that a snapshot will hold. ``absent_*``: id -> why it can't be built from what is at hand."""

    inputs: Inputs
    sources: SourceReader
    territory: Territory
    layers: Mapping[str, BuiltLayer]
    indicators: Mapping[str, BuiltIndicator]
    absent_layers: Mapping[str, str]
    absent_indicators: Mapping[str, str]


def join_all(inputs: Inputs, say: Say = lambda line: None) -> Joined:
    """Reads, checks and joins everything, writing nothing. Raises ``Problems`` with everything that is wrong."""
    sources = SourceReader(inputs)
    problems: list[str] = []
    say("území …")
    territory, layers = build_territory(sources)
    say("vrstvy …")
    absent_layers = build_layers(sources, territory, layers, problems)
    say("ukazatele …")
    indicators, absent_indicators = build_indicators(sources, territory, layers, problems)
    if problems:
        raise Problems(problems)
    layers = {name: settle_notes(layer) for name, layer in layers.items()}
    return Joined(inputs, sources, territory, layers, indicators, absent_layers, absent_indicators)


def run(inputs: Inputs, settings: Settings, say: Say) -> str:
    """Builds, writes and publishes a snapshot; returns its id. Raises ``Problems``."""
    from geoportal.build.manifest import describe
    from geoportal.build.write import write_indicators, write_layers, write_units

    joined = join_all(inputs, say)
    with building(settings.build) as folder:
        say("soubory …")
        entries = write_layers(folder, joined.layers)
        write_units(folder, joined.territory)
        write_indicators(folder, joined.indicators)
        return publish(settings.build, folder, describe(joined, entries))
