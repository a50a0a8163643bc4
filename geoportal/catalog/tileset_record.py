"""A tileset of several layers as a dataset; and the tiles of one layer as distributions of that layer."""

from __future__ import annotations

from geoportal.catalog.authorities import OGC_TILES
from geoportal.catalog.dataset import Dataset, Distribution, Service
from geoportal.catalog.moments import covered, latest
from geoportal.catalog.record import TILES, Origin, joined, through, warned
from geoportal.schema import Text
from geoportal.site import Theme
from geoportal.snapshot.tileset import Tileset

PMTILES = "application/vnd.pmtiles"
_MERCATOR = "EPSG:3857"


def tileset_record(origin: Origin, tileset: Tileset) -> Dataset:
    """The record of a tileset that brings several layers together; its theme is that of the territory."""
    addresses, theme = origin.addresses, _territory_theme(origin)
    concepts = origin.concepts(theme)
    drawn = {layer["id"] for layer in tileset.layers}
    sources = [held.entry["source"] for name, held in origin.snapshot.collections.items() if name in drawn]
    return Dataset(
        iri=addresses.dataset(tileset.id),
        id=tileset.id,
        kind="tileset",
        title=tileset.title,
        description=warned(tileset.description, tileset.schematic),
        page=addresses.at(f"/tiles/{tileset.id}"),
        theme=theme.id,
        themes=theme.eu,
        keywords=origin.keywords(theme, (TILES.cs.lower(),), tileset.title, concepts),
        frequency=origin.frequency(sources),
        modified=latest(tileset.entry["date"]),
        bounds=tuple(tileset.bounds),  # type: ignore[arg-type]
        period=covered([tileset.entry["date"]]),
        terms=origin.terms(tileset.entry["licences"], tileset.attribution),
        attribution=tileset.attribution,
        distributions=tuple(tile_distributions(origin, tileset, tileset.title)),
        crs=(_MERCATOR,),
        concepts=concepts,
    )


def tile_distributions(origin: Origin, tileset: Tileset, title: Text) -> list[Distribution]:
    """The archive of all tiles, and the way to single ones."""
    addresses = origin.addresses
    archive = Distribution(
        iri=addresses.part(tileset.id, "file", "pmtiles"),
        name="pmtiles",
        title=joined(title, Text(cs="PMTiles")),
        access_url=addresses.at(f"/tiles/{tileset.id}.pmtiles"),
        media_type=PMTILES,
        form="pmtiles",
        crs=_MERCATOR,
        **origin.written(f"tiles/{tileset.id}.pmtiles"),
    )
    service = Service(
        iri=addresses.part(tileset.id, "service", "tiles"),
        title=joined(title, TILES),
        endpoint=addresses.at(f"/tiles/{tileset.id}"),
        description=addresses.at("/api"),
        documentation=addresses.at("/api?f=html"),
        standard=OGC_TILES,
    )
    return [archive, through(service, "tiles", addresses.part(tileset.id, "access", "tiles"))]


def _territory_theme(origin: Origin) -> Theme:
    """The theme of the layers of units, else the first one."""
    units = [held.theme for held in origin.snapshot.collections.values() if held.level]
    return origin.site.theme(units[0]) if units else origin.site.themes[0]
