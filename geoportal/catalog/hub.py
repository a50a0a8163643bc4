"""``data.json`` for hubs: the US Project Open Data schema 1.1, which ArcGIS Hub and CKAN harvest."""

from __future__ import annotations

from typing import Any

from geoportal.catalog.dataset import Catalog, Dataset, Distribution

_SCHEMA = "https://project-open-data.cio.gov/v1.1/schema"
# ISO 8601 repeating intervals, as the schema wants them, of codes of the EU frequency table.
_INTERVALS = {
    "ANNUAL": "R/P1Y", "ANNUAL_2": "R/P6M", "BIENNIAL": "R/P2Y", "BIMONTHLY": "R/P2M", "BIWEEKLY": "R/P2W",
    "DAILY": "R/P1D", "DECENNIAL": "R/P10Y", "HOURLY": "R/PT1H", "IRREG": "irregular", "MONTHLY": "R/P1M",
    "QUARTERLY": "R/P3M", "TRIENNIAL": "R/P3Y", "UPDATE_CONT": "R/PT1S", "WEEKLY": "R/P1W",
}  # fmt: skip


def hub_document(catalog: Catalog) -> dict[str, Any]:
    """The whole catalogue in one document, in Czech."""
    return {
        "@context": f"{_SCHEMA}/catalog.jsonld",
        "@type": "dcat:Catalog",
        "@id": catalog.iri,
        "conformsTo": _SCHEMA,
        "describedBy": f"{_SCHEMA}/catalog.json",
        "dataset": [_dataset(dataset, catalog) for dataset in catalog.datasets],
    }


def _dataset(dataset: Dataset, catalog: Catalog) -> dict[str, Any]:
    contact, period, interval = catalog.contact, dataset.period, _INTERVALS.get(dataset.frequency)
    return {
        "@type": "dcat:Dataset",
        "identifier": dataset.iri,
        "title": dataset.title.cs,
        "description": dataset.description.cs,
        "keyword": list(dataset.keywords["cs"]),
        "modified": dataset.modified,
        "publisher": {"@type": "org:Organization", "name": catalog.publisher_name},
        "contactPoint": {
            "@type": "vcard:Contact",
            "fn": contact.name,
            "hasEmail": f"mailto:{contact.email}" if contact.email else contact.page,
        },
        "accessLevel": "public",
        "license": dataset.terms.licence,
        "rights": dataset.attribution,
        "spatial": ",".join(map(str, dataset.bounds)),
        **({"temporal": f"{period.start}/{period.end}"} if period else {}),
        **({"accrualPeriodicity": interval} if interval else {}),
        "language": ["cs"],
        "landingPage": dataset.page,
        "theme": list(dataset.themes),
        "distribution": [_distribution(one) for one in dataset.distributions],
    }


def _distribution(one: Distribution) -> dict[str, Any]:
    told = {"@type": "dcat:Distribution", "title": one.title.cs}
    if one.service:
        described = {"describedBy": one.service.description, "conformsTo": one.service.standard}
        return {**told, "accessURL": one.access_url, "format": "API", **described}
    assert one.media_type is not None  # what is no service is a file
    media_type = one.media_type.partition(";")[0]
    told |= {"downloadURL": one.access_url, "mediaType": media_type, "format": one.name}
    return {**told, "byteSize": one.bytes} if one.bytes is not None else told
