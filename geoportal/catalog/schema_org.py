"""Datasets as schema.org has them, for the pages that search engines read."""

from __future__ import annotations

from typing import Any

from geoportal.catalog.dataset import Catalog, Dataset, Distribution


def dataset_markup(dataset: Dataset, catalog: Catalog, language: str) -> dict[str, Any]:
    """The record as a schema.org Dataset in ``language``."""
    west, south, east, north = dataset.bounds
    period = dataset.period
    described = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": dataset.iri,
        "url": dataset.page,
        "identifier": dataset.id,
        "name": dataset.title.into(language),
        "description": dataset.description.into(language),
        "inLanguage": "cs",
        "keywords": list(dataset.keywords.get(language) or dataset.keywords["cs"]),
        "license": dataset.terms.licence,
        "creditText": dataset.attribution,
        "dateModified": dataset.modified,
        "isAccessibleForFree": True,
        "publisher": {"@type": "Organization", "name": catalog.publisher_name, "identifier": catalog.publisher},
        "includedInDataCatalog": {"@type": "DataCatalog", "name": catalog.title.into(language), "url": catalog.iri},
        "spatialCoverage": {
            "@type": "Place",
            "identifier": catalog.territory,
            "geo": {"@type": "GeoShape", "box": f"{south} {west} {north} {east}"},
        },
        **({"temporalCoverage": f"{period.start}/{period.end}"} if period else {}),
        "variableMeasured": [
            {"@type": "PropertyValue", "name": field.name, "description": field.title.into(language)}
            | ({"unitText": field.unit} if field.unit else {})
            for field in dataset.fields
        ],
        "distribution": [_download(one, language) for one in dataset.distributions if one.service is None],
    }
    return described | ({"sameAs": dataset.hub} if dataset.hub else {})


def catalog_markup(catalog: Catalog, language: str) -> dict[str, Any]:
    """The catalogue as a schema.org DataCatalog with its datasets by name and address."""
    return {
        "@context": "https://schema.org/",
        "@type": "DataCatalog",
        "@id": catalog.iri,
        "name": catalog.title.into(language),
        "description": catalog.description.into(language),
        "publisher": {"@type": "Organization", "name": catalog.publisher_name, "identifier": catalog.publisher},
        "dataset": [
            {"@type": "Dataset", "@id": dataset.iri, "name": dataset.title.into(language), "url": dataset.page}
            for dataset in catalog.datasets
        ],
    }


def _download(one: Distribution, language: str) -> dict[str, Any]:
    assert one.media_type is not None  # what is no service is a file
    return {
        "@type": "DataDownload",
        "name": one.title.into(language),
        "encodingFormat": one.media_type.partition(";")[0],
        "contentUrl": one.access_url,
        **({"contentSize": f"{one.bytes} B", "sha256": one.sha256} if one.sha256 else {}),
    }
