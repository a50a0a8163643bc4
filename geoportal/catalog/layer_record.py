"""A layer as a dataset: its files in every format, the API and the tiles that serve it."""

from __future__ import annotations

from collections.abc import Iterator

from geoportal.catalog.authorities import OFN_PLACES, OGC_FEATURES
from geoportal.catalog.dataset import Dataset, Distribution, Field, Service
from geoportal.catalog.moments import covered, latest
from geoportal.catalog.record import API, Origin, joined, through, warned
from geoportal.catalog.tileset_record import tile_distributions
from geoportal.schema import Text
from geoportal.snapshot.collection import READY, Collection

_PACKED = (".zip",)


def layer_record(origin: Origin, collection: Collection) -> Dataset:
    """The record of a layer. A layer with schematic boundaries is no high-value dataset, whatever its card says."""
    card, theme, addresses = collection.card, origin.site.theme(collection.theme), origin.addresses
    concepts = origin.concepts(theme, card.concepts)
    return Dataset(
        iri=addresses.dataset(collection.id),
        id=collection.id,
        kind="layer",
        title=collection.title,
        description=warned(collection.description, collection.schematic),
        page=addresses.at(f"/collections/{collection.id}"),
        theme=theme.id,
        themes=theme.eu,
        keywords=origin.keywords(theme, card.keywords, collection.title, concepts),
        frequency=origin.frequency([collection.entry["source"]]),
        modified=latest(collection.date),
        bounds=collection.bounds,
        period=covered([collection.date]),
        terms=origin.terms([collection.licence], collection.attribution),
        attribution=collection.attribution,
        distributions=tuple(_distributions(origin, collection)),
        fields=tuple(Field(name, field.title, field.unit) for name, field in collection.fields.items()),
        crs=tuple(READY),
        high_value=None if collection.schematic else card.high_value,
        inspire=card.inspire,
        concepts=concepts,
        hub=collection.hub,
    )


def _distributions(origin: Origin, collection: Collection) -> Iterator[Distribution]:
    yield from _files(origin, collection)
    if collection.service:
        yield _in_terms_of_the_state(origin, collection)
    yield _features(origin, collection)
    yield from _tiles(origin, collection)


def _in_terms_of_the_state(origin: Origin, collection: Collection) -> Distribution:
    """The services as JSON-LD; its hours name the holidays of the year, so it is made when asked for."""
    return Distribution(
        iri=origin.addresses.part(collection.id, "file", "jsonld"),
        name="jsonld",
        title=joined(collection.title, Text(cs="JSON-LD (OFN)")),
        access_url=origin.addresses.at(f"/layers/{collection.id}.jsonld"),
        media_type="application/ld+json",
        form="jsonld",
        crs="OGC:CRS84",
        standard=OFN_PLACES,
    )


def _files(origin: Origin, collection: Collection) -> list[Distribution]:
    found = []
    for name, file in collection.files.items():
        filename = f"{collection.id}.{file.get('extension', name)}"
        address = origin.addresses.at(f"/layers/{filename}")
        found.append(
            Distribution(
                iri=origin.addresses.part(collection.id, "file", name),
                name=name,
                title=joined(collection.title, Text(cs=file["title"])),
                access_url=address,
                media_type=file["media_type"],
                form=name,
                crs=file["crs"],
                packed=filename.endswith(_PACKED),
                **origin.written(f"layers/{collection.id}/{filename}"),
            )
        )
    return found


def _features(origin: Origin, collection: Collection) -> Distribution:
    addresses = origin.addresses
    service = Service(
        iri=addresses.part(collection.id, "service", "features"),
        title=joined(collection.title, Text(cs=f"OGC {API.cs} – Features")),
        endpoint=addresses.at(f"/collections/{collection.id}"),
        description=addresses.at("/api"),
        documentation=addresses.at("/api?f=html"),
        standard=OGC_FEATURES,
    )
    return through(service, "features", addresses.part(collection.id, "access", "features"))


def _tiles(origin: Origin, collection: Collection) -> list[Distribution]:
    tileset = origin.snapshot.tilesets.get(collection.id)
    return tile_distributions(origin, tileset, collection.title) if tileset else []
