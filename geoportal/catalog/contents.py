"""The whole catalogue of a snapshot: every layer, every indicator, and the tilesets that are of no single layer."""

from __future__ import annotations

from geoportal.catalog.addresses import Addresses
from geoportal.catalog.dataset import Catalog, Contact
from geoportal.catalog.indicator_record import indicator_record
from geoportal.catalog.layer_record import layer_record
from geoportal.catalog.record import Origin
from geoportal.catalog.tileset_record import tileset_record
from geoportal.schema import Text
from geoportal.site import Site
from geoportal.snapshot.reader import Snapshot


def read_catalog(snapshot: Snapshot, site: Site, addresses: Addresses) -> Catalog:
    """The catalogue of what ``snapshot`` publishes; records stand in the order of their ids, layers first."""
    origin = Origin(snapshot, site, addresses)
    layers = [layer_record(origin, collection) for collection in snapshot.collections.values()]
    indicators = [indicator_record(origin, table) for table in snapshot.indicators.values()]
    tilesets = [
        tileset_record(origin, tileset)
        for name, tileset in snapshot.tilesets.items()
        if name not in snapshot.collections
    ]
    return Catalog(
        iri=addresses.catalog,
        title=_title(site),
        description=_description(site),
        home=addresses.at("/"),
        publisher=site.publisher.iri,
        publisher_name=site.publisher.name,
        territory=site.region.iri,
        contact=_contact(site, addresses),
        datasets=(*layers, *indicators, *tilesets),
    )


def _contact(site: Site, addresses: Addresses) -> Contact:
    page = addresses.at("/zpetna-vazba")
    return Contact(f"{addresses.catalog}#contact", site.publisher.name, site.publisher.email, page)


def _title(site: Site) -> Text:
    title = site.title
    return Text(cs=f"{title.cs}: katalog otevřených dat", en=f"{title.into('en')}: open-data catalogue")


def _description(site: Site) -> Text:
    region = site.region.name
    return Text(
        cs=f"Mapové vrstvy a ukazatele ({region.cs}): soubory ke stažení, rozhraní pro programy, licence a původ dat.",
        en=f"Map layers and indicators ({region.into('en')}): files, interfaces for programs, licences and provenance.",
    )
