"""The catalogue as a graph after DCAT-AP 3 and DCAT-AP HVD.

Concepts of other authorities that are named are typed and, where their class demands it, labelled, so that the graph
is valid on its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from geoportal.catalog.authorities import (
    CZECH,
    ENGLISH,
    HIGH_VALUE,
    HVD_LAW,
    INSPIRE_LABELS,
    PUBLIC,
    THEME_LABELS,
    THEMES,
    crs_iri,
    file_type_iri,
    frequency_iri,
    inspire_iri,
    media_type_iri,
    theme_iri,
)
from geoportal.catalog.dataset import Catalog, Contact, Dataset, Distribution, Service, said
from geoportal.catalog.triples import PREFIXES, Iri, Literal, Triple
from geoportal.schema import Text
from geoportal.site import Bounds

SHA256 = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"
_WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"
_XSD = PREFIXES["xsd"]
_CLASSES = {4: "gYear", 7: "gYearMonth", 10: "date"}  # of a date, by its length


def catalog_graph(catalog: Catalog) -> Iterator[Triple]:
    """Every statement about the catalogue and its datasets."""
    yield from _catalog(catalog)
    for dataset in catalog.datasets:
        yield from dataset_graph(dataset, catalog)


def dataset_graph(dataset: Dataset, catalog: Catalog) -> Iterator[Triple]:
    """Every statement about a dataset, its distributions, its services and whom to ask."""
    iri = dataset.iri
    yield from _links(iri, "rdf:type", PREFIXES["dcat"] + "Dataset")
    yield from _texts(iri, "dct:title", dataset.title)
    yield from _texts(iri, "dct:description", dataset.description)
    yield Triple(iri, "dct:identifier", Literal(iri))
    yield Triple(iri, "dct:modified", Literal(dataset.modified, datatype=_XSD + _CLASSES[len(dataset.modified)]))
    for language, words in dataset.keywords.items():
        yield from (Triple(iri, "dcat:keyword", Literal(word, language)) for word in words)
    yield from _links(iri, "dct:publisher", catalog.publisher)
    yield from _links(iri, "dcat:contactPoint", catalog.contact.iri)
    yield from _links(iri, "dct:accrualPeriodicity", frequency_iri(dataset.frequency), kind="dct:Frequency")
    yield from _links(iri, "dct:accessRights", PUBLIC, kind="dct:RightsStatement")
    yield from _links(iri, "dct:language", CZECH, kind="dct:LinguisticSystem")
    yield from _links(iri, "dct:conformsTo", *map(crs_iri, dataset.crs), kind="dct:Standard")
    yield from _links(iri, "dcat:landingPage", dataset.page, kind="foaf:Document")
    yield from _links(iri, "foaf:page", dataset.page, *filter(None, [dataset.hub]), kind="foaf:Document")
    yield from _themes(dataset)
    yield from _where_and_when(dataset, catalog)
    yield from _high_value(iri, dataset)
    yield from _agents(catalog)
    yield from _terms(dataset)
    for one in dataset.distributions:
        yield from _distribution(one, dataset, catalog)


def box(bounds: Bounds) -> str:
    """A box in degrees as WKT in CRS84: a ring from the lower left corner, counter-clockwise."""
    west, south, east, north = bounds
    ring = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return f"POLYGON(({', '.join(f'{lon} {lat}' for lon, lat in ring)}))"


def standards_of(one: Distribution) -> list[str]:
    """What a file conforms to: its CRS, and the norm that its content follows."""
    return [*([crs_iri(one.crs)] if one.crs else []), *filter(None, [one.standard])]


def contact_parts(contact: Contact) -> tuple[str | None, str]:
    """The address for letters, None without one, and the page for messages."""
    return (f"mailto:{contact.email}" if contact.email else None), contact.page


def _catalog(catalog: Catalog) -> Iterator[Triple]:
    iri = catalog.iri
    yield from _links(iri, "rdf:type", PREFIXES["dcat"] + "Catalog")
    yield from _texts(iri, "dct:title", catalog.title)
    yield from _texts(iri, "dct:description", catalog.description)
    yield from _links(iri, "dct:publisher", catalog.publisher)
    yield from _links(iri, "foaf:homepage", catalog.home, kind="foaf:Document")
    yield from _links(iri, "dct:language", CZECH, ENGLISH, kind="dct:LinguisticSystem")
    yield from _links(iri, "dct:spatial", catalog.territory, kind="dct:Location")
    yield from _links(iri, "dcat:contactPoint", catalog.contact.iri)
    yield from _links(iri, "dcat:themeTaxonomy", THEMES, kind="skos:ConceptScheme")
    yield from _texts(THEMES, "dct:title", Text(cs="Datové téma", en="Data theme"))
    yield from _links(iri, "dcat:dataset", *(dataset.iri for dataset in catalog.datasets))
    services = [one.service.iri for dataset in catalog.datasets for one in dataset.distributions if one.service]
    yield from _links(iri, "dcat:service", *services)


def _agents(catalog: Catalog) -> Iterator[Triple]:
    publisher, contact = catalog.publisher, catalog.contact
    yield from _links(publisher, "rdf:type", PREFIXES["foaf"] + "Agent")
    yield Triple(publisher, "foaf:name", Literal(catalog.publisher_name, "cs"))
    yield from _links(contact.iri, "rdf:type", PREFIXES["vcard"] + "Organization", PREFIXES["vcard"] + "Kind")
    yield Triple(contact.iri, "vcard:fn", Literal(contact.name, "cs"))
    address, page = contact_parts(contact)
    yield from _links(contact.iri, "vcard:hasEmail", *filter(None, [address]))
    yield from _links(contact.iri, "vcard:hasURL", page)


def _themes(dataset: Dataset) -> Iterator[Triple]:
    for code in dataset.themes:
        yield from _links(dataset.iri, "dcat:theme", theme_iri(code), kind="skos:Concept")
        czech, english = THEME_LABELS[code]
        yield from _texts(theme_iri(code), "skos:prefLabel", Text(cs=czech, en=english))
        yield from _links(theme_iri(code), "skos:inScheme", THEMES)
    if dataset.inspire:
        yield from _links(dataset.iri, "dcat:theme", inspire_iri(dataset.inspire), kind="skos:Concept")
        label = Literal(INSPIRE_LABELS[dataset.inspire], "en")
        yield Triple(inspire_iri(dataset.inspire), "skos:prefLabel", label)
    for concept in dataset.concepts:
        yield from _links(dataset.iri, "dcat:theme", concept.iri, kind="skos:Concept")
        yield Triple(concept.iri, "skos:prefLabel", Literal(concept.label.into("en"), "en"))


def _where_and_when(dataset: Dataset, catalog: Catalog) -> Iterator[Triple]:
    extent, period = f"{dataset.iri}#extent", f"{dataset.iri}#period"
    yield from _links(dataset.iri, "dct:spatial", catalog.territory, extent, kind="dct:Location")
    yield Triple(extent, "dcat:bbox", Literal(box(dataset.bounds), datatype=_WKT))
    if dataset.period:
        yield from _links(dataset.iri, "dct:temporal", period, kind="dct:PeriodOfTime")
        yield Triple(period, "dcat:startDate", Literal(dataset.period.start, datatype=f"{_XSD}date"))
        yield Triple(period, "dcat:endDate", Literal(dataset.period.end, datatype=f"{_XSD}date"))


def _high_value(iri: str, dataset: Dataset) -> Iterator[Triple]:
    """The marks of a high-value dataset on ``iri``, the dataset itself or a service."""
    if dataset.high_value:
        concept, label = HIGH_VALUE[dataset.high_value]
        yield from _links(iri, "dcatap:hvdCategory", concept, kind="skos:Concept")
        yield Triple(concept, "skos:prefLabel", Literal(label, "en"))
        yield from _law(iri)


def _law(iri: str) -> Iterator[Triple]:
    yield from _links(iri, "dcatap:applicableLegislation", HVD_LAW, kind="eli:LegalResource")


def _terms(dataset: Dataset) -> Iterator[Triple]:
    terms, iri = dataset.terms, f"{dataset.iri}#terms"
    yield from _links(iri, "rdf:type", PREFIXES["pu"] + "Specifikace")
    yield from _links(iri, "pu:autorské-dílo", terms.work)
    yield from _links(iri, "pu:databáze-jako-autorské-dílo", terms.database_work)
    yield from _links(iri, "pu:databáze-chráněná-zvláštními-právy", terms.database_right)
    yield from _links(iri, "pu:osobní-údaje", terms.personal)
    if terms.author:
        yield Triple(iri, "pu:autor", Literal(terms.author, "cs"))
        yield Triple(iri, "pu:autor-databáze", Literal(terms.author, "cs"))


def _distribution(one: Distribution, dataset: Dataset, catalog: Catalog) -> Iterator[Triple]:
    yield from _links(dataset.iri, "dcat:distribution", one.iri)
    yield from _links(one.iri, "rdf:type", PREFIXES["dcat"] + "Distribution")
    yield from _texts(one.iri, "dct:title", one.title)
    yield from _links(one.iri, "dcat:accessURL", one.access_url)
    yield from _links(one.iri, "dct:license", dataset.terms.licence, kind="dct:LicenseDocument")
    yield from _links(one.iri, "pu:specifikace", f"{dataset.iri}#terms")
    if dataset.high_value:
        yield from _law(one.iri)
    if one.service:
        yield from _links(one.iri, "dcat:accessService", one.service.iri)
        yield from _service(one.service, dataset, catalog)
    else:
        yield from _file(one)


def _file(one: Distribution) -> Iterator[Triple]:
    assert one.form is not None  # what is no service is a file
    assert one.media_type is not None
    yield from _links(one.iri, "dcat:downloadURL", one.access_url)
    yield from _links(one.iri, "dct:format", file_type_iri(one.form), kind="dct:MediaTypeOrExtent")
    yield from _links(one.iri, "dcat:mediaType", media_type_iri(one.media_type), kind="dct:MediaType")
    if one.packed:
        yield from _links(one.iri, "dcat:packageFormat", media_type_iri(one.media_type), kind="dct:MediaType")
    yield from _links(one.iri, "dct:conformsTo", *standards_of(one), kind="dct:Standard")
    if one.sha256:
        yield from _fingerprint(one, one.sha256)


def _fingerprint(one: Distribution, sha256: str) -> Iterator[Triple]:
    checksum = f"{one.iri}-checksum"
    yield Triple(one.iri, "dcat:byteSize", Literal(str(one.bytes), datatype=f"{_XSD}nonNegativeInteger"))
    yield from _links(one.iri, "spdx:checksum", checksum, kind="spdx:Checksum")
    yield from _links(checksum, "spdx:algorithm", SHA256, kind="spdx:ChecksumAlgorithm")
    yield Triple(checksum, "spdx:checksumValue", Literal(sha256, datatype=f"{_XSD}hexBinary"))


def _service(service: Service, dataset: Dataset, catalog: Catalog) -> Iterator[Triple]:
    iri = service.iri
    yield from _links(iri, "rdf:type", PREFIXES["dcat"] + "DataService")
    yield from _texts(iri, "dct:title", service.title)
    yield from _links(iri, "dcat:endpointURL", service.endpoint)
    yield from _links(iri, "dcat:endpointDescription", service.description)
    yield from _links(iri, "dcat:servesDataset", dataset.iri)
    yield from _links(iri, "dct:conformsTo", service.standard, kind="dct:Standard")
    yield from _links(iri, "dct:license", dataset.terms.licence)
    yield from _links(iri, "dct:publisher", catalog.publisher)
    yield from _links(iri, "dcat:contactPoint", catalog.contact.iri)
    yield from _links(iri, "foaf:page", service.documentation, kind="foaf:Document")
    yield from _high_value(iri, dataset)


def _links(subject: str, predicate: str, *objects: str, kind: str | None = None) -> Iterator[Triple]:
    """A statement for each of ``objects``, and of which class each of them is."""
    for held in objects:
        yield Triple(subject, predicate, Iri(held))
        if kind:
            prefix, _, name = kind.partition(":")
            yield Triple(held, "rdf:type", Iri(PREFIXES[prefix] + name))


def _texts(subject: str, predicate: str, text: Text) -> Iterable[Triple]:
    return [Triple(subject, predicate, Literal(word, language)) for language, word in said(text).items()]
