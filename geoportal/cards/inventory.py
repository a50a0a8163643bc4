"""The inventory: every card of a home folder, loaded and checked against each other in one run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TypeVar

from geoportal.cards.derived import wrong_formulas
from geoportal.cards.indicator import IndicatorCard
from geoportal.cards.layer import LayerCard
from geoportal.cards.source import SourceCard
from geoportal.cards.style import load_styles
from geoportal.cards.tileset import TileLayerCard, TilesetCard, own_tileset
from geoportal.errors import Problems, alternatives
from geoportal.formula import names
from geoportal.schema import Declaration, load_toml
from geoportal.site import Site, load_site

CardT = TypeVar("CardT", bound=Declaration)

SOURCES, LAYERS, INDICATORS = Path("data/sources"), Path("layers"), Path("layers/indicators")
TILES = Path("tiles")
_FORMS = {"point": ("point",), "line": ("line",), "polygon": ("polygon", "line", "label")}


@dataclass(frozen=True)
class Inventory:
    """All that is declared. Mappings are by id, in alphabetical order; ``indicators`` come after what they need.

    ``tilesets``: those with a card, and one for each layer that has none of its own.
    """

    home: Path
    site: Site
    sources: Mapping[str, SourceCard]
    layers: Mapping[str, LayerCard]
    indicators: Mapping[str, IndicatorCard]
    tilesets: Mapping[str, TilesetCard]

    def files(self) -> list[Path]:
        """Every file the inventory was read from, for the digest of a build's input."""
        folders = [self.home / folder for folder in (SOURCES, LAYERS, INDICATORS, TILES)]
        return [self.home / "geoportal.toml", *(path for folder in folders for path in sorted(folder.glob("*.toml")))]


def load_inventory(home: Path) -> Inventory:
    """The checked inventory of ``home``. Raises ``Problems`` that lists every mistake in every card."""
    problems: list[str] = []
    site = None
    try:
        site = load_site(home)
    except Problems as error:
        problems += error.problems
    sources = _load_folder(SourceCard, home, SOURCES, problems)
    layers = _load_folder(LayerCard, home, LAYERS, problems)
    indicators = _load_folder(IndicatorCard, home, INDICATORS, problems)
    tilesets = _load_folder(TilesetCard, home, TILES, problems)
    try:
        load_styles(home)
    except Problems as error:
        problems += error.problems
    if site is not None:
        problems += _wrong_references(Inventory(home, site, sources, layers, indicators, tilesets))
    if problems or site is None:
        raise Problems(problems)
    tilesets = {name: own_tileset(layer) for name, layer in layers.items()} | tilesets
    return Inventory(home, site, sources, layers, _in_order(indicators), dict(sorted(tilesets.items())))


def _load_folder(model: type[CardT], home: Path, folder: Path, problems: list[str]) -> dict[str, CardT]:
    cards: dict[str, CardT] = {}
    for path in sorted((home / folder).glob("*.toml"), key=lambda path: path.stem):
        try:
            cards[path.stem] = load_toml(model, path, str(folder / path.name), id=path.stem)
        except Problems as error:
            problems += error.problems
    return cards


def _wrong_references(inventory: Inventory) -> Iterator[str]:
    yield from _site_references(inventory)
    for source in inventory.sources.values():
        if source.file and not (inventory.home / source.file).is_file():
            yield f"{SOURCES}/{source.id}.toml: file: '{source.file}' does not exist"
    themes = {theme.id for theme in inventory.site.themes}
    sources = _ids(inventory.home, SOURCES)
    for layer in inventory.layers.values():
        shown = f"{LAYERS}/{layer.id}.toml"
        yield from _unknown(shown, "theme", [layer.theme], themes)
        yield from _unknown(shown, "concepts", layer.concepts, inventory.site.catalog.concepts)
        yield from _unknown(shown, "from.source", [entry.source for entry in layer.sources], sources)
        yield from _unknown(shown, "statements.source", [entry.source for entry in layer.statements], sources)
        yield from _unknown_systems(shown, [entry.codes for entry in layer.sources], inventory)
        yield from _reach_references(inventory, layer, shown)
    for indicator in inventory.indicators.values():
        yield from _indicator_references(inventory, indicator, themes)
    for tileset in inventory.tilesets.values():
        yield from _tileset_references(inventory, tileset)
    yield from _shared_ids(inventory)
    yield from _cycles(inventory.indicators)


def _shared_ids(inventory: Inventory) -> Iterator[str]:
    """The catalogue knows layers, indicators and tilesets of several layers as datasets, by their ids."""
    for name in _ids(inventory.home, INDICATORS):
        for folder in (LAYERS, TILES):
            if name in _ids(inventory.home, folder):
                yield f"{INDICATORS}/{name}.toml: id '{name}' is that of {folder}/{name}.toml; datasets need their own"


def _reach_references(inventory: Inventory, card: LayerCard, shown: str) -> Iterator[str]:
    for entry in card.reach.services if card.reach else ():
        yield from _unknown(shown, "reach.to.layer", [entry.layer], _ids(inventory.home, LAYERS))
        if layer := inventory.layers.get(entry.layer):
            yield from _unknown(shown, "reach.to.keep", entry.keep, layer.fields)
            if not layer.service:
                yield f"{shown}: reach.to.layer: '{entry.layer}' holds no services; set service = true in its card"


def _site_references(inventory: Inventory) -> Iterator[str]:
    site = inventory.site
    sources = _ids(inventory.home, SOURCES)
    yield from _unknown("geoportal.toml", "territory.crosswalk", site.territory.crosswalk, sources)
    for source_id in site.territory.crosswalk:
        source = inventory.sources.get(source_id)
        if source and source.crosswalk is None:
            yield f"geoportal.toml: territory.crosswalk: source '{source_id}' has no [crosswalk] in its card"
    yield from _unknown("geoportal.toml", "territory.seats", filter(None, [site.territory.seats]), sources)
    yield from _unknown("geoportal.toml", "finder.exceptions", filter(None, [site.finder.exceptions]), sources)
    yield from _unknown("geoportal.toml", "publication.allow", site.publication.allow, sources)
    yield from _unknown("geoportal.toml", "search", site.search.sources, sources)
    yield from _unknown("geoportal.toml", "hub.catalogue", site.hub.catalogue, sources)
    indicators = _ids(inventory.home, INDICATORS)
    yield from _unknown("geoportal.toml", "search.population", filter(None, [site.search.population]), indicators)
    yield from _unknown("geoportal.toml", "atlas.default", site.atlas.default, _ids(inventory.home, INDICATORS))
    yield from _unknown("geoportal.toml", "profiles.lead", site.profiles.lead, indicators)
    yield from _unknown("geoportal.toml", "profiles.similar", [s.indicator for s in site.profiles.similar], indicators)
    twice = {t.id for t in site.themes if sum(t.id == other.id for other in site.themes) > 1}
    yield from (f"geoportal.toml: themes: id '{theme}' is used twice" for theme in sorted(twice))
    for theme in site.themes:
        yield from _unknown("geoportal.toml", f"themes: {theme.id}: concepts", theme.concepts, site.catalog.concepts)
    levels = [layer.territory.level for layer in inventory.layers.values() if layer.territory]
    yield from (
        f"{LAYERS}: level '{lv}' has more than one layer" for lv in sorted({v for v in levels if levels.count(v) > 1})
    )


def _indicator_references(inventory: Inventory, card: IndicatorCard, themes: set[str]) -> Iterator[str]:
    shown = f"{INDICATORS}/{card.id}.toml"
    sources, layers, indicators = (_ids(inventory.home, folder) for folder in (SOURCES, LAYERS, INDICATORS))
    yield from _unknown(shown, "theme", [card.theme], themes)
    yield from _unknown(shown, "from.source", [entry.source for entry in card.sources], sources)
    yield from _unknown_systems(shown, [entry.codes for entry in card.sources], inventory)
    yield from _unknown(shown, "formula", names(card.tree) if card.tree else (), indicators)
    yield from _unknown(shown, "country.source", [card.country.source] if card.country else (), sources)
    if card.weight:
        yield from _unknown(shown, "weight", [card.weight], indicators)
    if card.spatial and card.spatial.layer:
        yield from _unknown(shown, "spatial.layer", [card.spatial.layer], layers)
        if layer := inventory.layers.get(card.spatial.layer):
            yield from _unknown(shown, "spatial.keep", card.spatial.keep, layer.fields)
            yield from _unknown(shown, "spatial.field", filter(None, [card.spatial.field]), layer.fields)
    if card.travel:
        yield from _unknown(shown, "travel.layer", [card.travel.layer], layers)
        if layer := inventory.layers.get(card.travel.layer):
            yield from _unknown(shown, "travel.keep", card.travel.keep, layer.fields)
            if not layer.service:
                yield f"{shown}: travel.layer: '{layer.id}' holds no services; set service = true in its card"


def _tileset_references(inventory: Inventory, card: TilesetCard) -> Iterator[str]:
    shown = f"{TILES}/{card.id}.toml"
    yield from _unknown(shown, "drop", card.drop, [layer.id for layer in card.layers])
    layers = _ids(inventory.home, LAYERS)
    sources = [layer.source for layer in card.layers]
    yield from _unknown(shown, "layers.from", sources, layers)
    if card.id in layers and sources != [card.id]:
        yield f"{shown}: layers: a tileset named as a layer holds that layer alone, not {', '.join(sources)}"
    for drawn in card.layers:
        if layer := inventory.layers.get(drawn.source):
            yield from _tile_layer_references(inventory, f"{shown}: layer '{drawn.id}'", drawn, layer)


def _tile_layer_references(inventory: Inventory, shown: str, drawn: TileLayerCard, layer: LayerCard) -> Iterator[str]:
    if drawn.form not in _FORMS[layer.geometry]:
        allowed = alternatives(drawn.form, _FORMS[layer.geometry])
        yield f"{shown}: as: '{drawn.form}' can't be made of a layer of {layer.geometry}s; {allowed}"
    if (drawn.form == "line" and layer.geometry == "polygon") != bool(drawn.levels):
        yield f"{shown}: levels: borders of polygons (as = 'line') need 'levels', and nothing else has them"
    for rules in drawn.rules:
        yield from _unknown(shown, "fields", rules.fields or (), layer.fields)
        yield from _unknown(shown, "where", rules.where or (), [*layer.fields, *drawn.added])
    yield from _unknown(shown, "levels", drawn.levels.values(), layer.fields)
    yield from _unknown(shown, "drop", filter(None, [drawn.drop]), [*layer.fields, *drawn.added])
    yield from _unknown(shown, "rank", filter(None, [drawn.rank]), _ids(inventory.home, INDICATORS))
    if drawn.seats:
        yield from _unknown(shown, "seats.source", [drawn.seats.source], _ids(inventory.home, SOURCES))
    if (drawn.rank or drawn.seats) and not layer.territory:
        yield f"{shown}: rank and seats: layer '{layer.id}' is not a level of the territory, its features have none"


def _ids(home: Path, folder: Path) -> list[str]:
    """The ids of all cards in ``folder``: one with a mistake is there all the same."""
    return sorted(path.stem for path in (home / folder).glob("*.toml"))


def _unknown_systems(shown: str, named: Iterable[str], inventory: Inventory) -> Iterator[str]:
    if len(inventory.sources) < len(_ids(inventory.home, SOURCES)):
        return  # a source with a mistake may be the one that has the code system
    crosswalks = [source.crosswalk for source in inventory.sources.values() if source.crosswalk]
    known = {"code", *(system for crosswalk in crosswalks for system in crosswalk.others)}
    yield from _unknown(shown, "from.codes", named, known)


def _unknown(shown: str, key: str, named: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    for name in named:
        if name not in known:
            yield f"{shown}: {key}: '{name}' does not exist; {alternatives(name, known)}"


def _cycles(indicators: Mapping[str, IndicatorCard]) -> Iterator[str]:
    try:
        _in_order(indicators)
    except CycleError as error:
        yield f"{INDICATORS}: indicators need each other in a circle: {' -> '.join(reversed(error.args[1]))}"
    else:
        for said in wrong_formulas(_in_order(indicators)):
            name, _, sentence = said.partition(": ")
            yield f"{INDICATORS}/{name}.toml: {sentence}"


def _in_order(indicators: Mapping[str, IndicatorCard]) -> dict[str, IndicatorCard]:
    graph = {name: sorted(card.depends_on) for name, card in indicators.items()}
    return {name: indicators[name] for name in TopologicalSorter(graph).static_order() if name in indicators}
