"""The catalogue as a local catalogue of open data: DCAT-AP-CZ (OFN of 2024-05-28), JSON-LD in the state's terms.

What the norm has no word for is named after the vocabularies whose prefixes its context declares. Everything has an
IRI: the norm allows no blank nodes.
"""

from __future__ import annotations

from typing import Any

from geoportal.catalog.authorities import (
    EUROVOC,
    HIGH_VALUE,
    HVD_LAW,
    crs_iri,
    file_type_iri,
    frequency_iri,
    inspire_iri,
    media_type_iri,
    theme_iri,
)
from geoportal.catalog.dataset import Catalog, Contact, Dataset, Distribution, Service, said
from geoportal.catalog.graph import SHA256, box, contact_parts, standards_of
from geoportal.catalog.terms import Terms

CONTEXT = (
    "https://ofn.gov.cz/dcat-ap-cz-rozhraní-katalogů-otevřených-dat/2024-05-28/kontexty/"
    "rozhraní-katalogů-otevřených-dat.jsonld"
)


def catalog_document(catalog: Catalog) -> dict[str, Any]:
    """The catalogue with the IRIs of its datasets, whose records are documents of their own."""
    return {
        "@context": CONTEXT,
        "typ": "Katalog",
        "iri": catalog.iri,
        "název": said(catalog.title),
        "popis": said(catalog.description),
        "poskytovatel": catalog.publisher,
        "domovská_stránka": catalog.home,
        "kontaktní_bod": _contact(catalog.contact),
        "datová_sada": [dataset.iri for dataset in catalog.datasets],
    }


def dataset_document(dataset: Dataset, catalog: Catalog) -> dict[str, Any]:
    """The whole record of a dataset; concepts of EuroVoc have a word of their own, others are among the themes."""
    eurovoc = [one.iri for one in dataset.concepts if one.iri.startswith(EUROVOC)]
    others = [one.iri for one in dataset.concepts if not one.iri.startswith(EUROVOC)]
    inspire = [inspire_iri(dataset.inspire)] if dataset.inspire else []
    return {
        "@context": CONTEXT,
        "typ": "Datová sada",
        "iri": dataset.iri,
        "název": said(dataset.title),
        "popis": said(dataset.description),
        "poskytovatel": catalog.publisher,
        "téma": [*map(theme_iri, dataset.themes), *inspire, *others],
        **({"koncept_euroVoc": eurovoc} if eurovoc else {}),
        "periodicita_aktualizace": frequency_iri(dataset.frequency),
        "klíčové_slovo": {language: list(words) for language, words in dataset.keywords.items()},
        "prvek_rúian": [catalog.territory],
        "dcterms:spatial": {
            "iri": f"{dataset.iri}#extent",
            "typ": "dcterms:Location",
            "dcat:bbox": {"@type": "http://www.opengis.net/ont/geosparql#wktLiteral", "@value": box(dataset.bounds)},
        },
        **_period(dataset),
        "kontaktní_bod": _contact(catalog.contact),
        "dokumentace": dataset.page,
        "specifikace": [crs_iri(crs) for crs in dataset.crs],
        **_high_value(dataset),
        "distribuce": [_distribution(one, dataset, catalog) for one in dataset.distributions],
    }


def _period(dataset: Dataset) -> dict[str, Any]:
    if dataset.period is None:
        return {}
    whole = {"začátek": dataset.period.start, "konec": dataset.period.end}
    return {"časové_pokrytí": {"typ": "Časový interval", "iri": f"{dataset.iri}#period", **whole}}


def _contact(contact: Contact) -> dict[str, Any]:
    address, page = contact_parts(contact)
    return {
        "typ": "Organizace",
        "iri": contact.iri,
        "jméno": {"cs": contact.name},
        **({"e-mail": address} if address else {}),
        "vcard:hasURL": {"@id": page},
    }


def _law(dataset: Dataset) -> dict[str, Any]:
    return {"právní_předpis": [HVD_LAW]} if dataset.high_value else {}


def _high_value(dataset: Dataset) -> dict[str, Any]:
    return {**_law(dataset), "kategorie_hvd": [HIGH_VALUE[dataset.high_value][0]]} if dataset.high_value else {}


def _distribution(one: Distribution, dataset: Dataset, catalog: Catalog) -> dict[str, Any]:
    return {
        "typ": "Distribuce",
        "iri": one.iri,
        "název": said(one.title),
        "podmínky_užití": _terms(dataset.terms, dataset.iri),
        "přístupové_url": one.access_url,
        **_law(dataset),
        **(_file(one) if one.service is None else {}),
        **({"přístupová_služba": _service(one.service, dataset, catalog)} if one.service else {}),
    }


def _terms(terms: Terms, dataset_iri: str) -> dict[str, Any]:
    authors = {"autor": {"cs": terms.author}, "autor_databáze": {"cs": terms.author}} if terms.author else {}
    return {
        "typ": "Specifikace podmínek užití",
        "iri": f"{dataset_iri}#terms",
        "autorské_dílo": terms.work,
        "databáze_jako_autorské_dílo": terms.database_work,
        "databáze_chráněná_zvláštními_právy": terms.database_right,
        "osobní_údaje": terms.personal,
        **authors,
    }


def _file(one: Distribution) -> dict[str, Any]:
    assert one.form is not None  # what is no service is a file
    assert one.media_type is not None
    return {
        "soubor_ke_stažení": one.access_url,
        "formát": file_type_iri(one.form),
        "typ_média": media_type_iri(one.media_type),
        **({"typ_média_balíčku": media_type_iri(one.media_type)} if one.packed else {}),
        **({"specifikace": standards} if (standards := standards_of(one)) else {}),
        **(_fingerprint(one) if one.sha256 else {}),
    }


def _fingerprint(one: Distribution) -> dict[str, Any]:
    return {
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(one.bytes)},
        "spdx:checksum": {
            "iri": f"{one.iri}-checksum",
            "typ": "spdx:Checksum",
            "spdx:algorithm": {"@id": SHA256},
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": one.sha256},
        },
    }


def _service(service: Service, dataset: Dataset, catalog: Catalog) -> dict[str, Any]:
    return {
        "typ": "Datová služba",
        "iri": service.iri,
        "název": said(service.title),
        "přístupový_bod": service.endpoint,
        "popis_přístupového_bodu": service.description,
        "dokumentace": [service.documentation],
        "specifikace": [service.standard],
        "poskytuje_datovou_sadu": dataset.iri,
        "kontaktní_bod": _contact(catalog.contact),
        **_high_value(dataset),
    }
