"""What DCAT-AP-CZ (OFN of 2024-05-28) demands of a catalogue and a dataset, as JSON Schema; and its context's terms.

Written after the text, the schemas and the context of the norm.
"""

from __future__ import annotations

from typing import Any

CONTEXT = (
    "https://ofn.gov.cz/dcat-ap-cz-rozhraní-katalogů-otevřených-dat/2024-05-28/kontexty/"
    "rozhraní-katalogů-otevřených-dat.jsonld"
)
EU = r"^http://publications\.europa\.eu/resource/authority"
HVD_LAW = "http://data.europa.eu/eli/reg_impl/2023/138/oj"


def iri(pattern: str = "^https?://") -> dict[str, Any]:
    return {"type": "string", "format": "iri", "minLength": 8, "pattern": pattern}


def many(items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": items, "minItems": 1, **more}


def thing(required: str, /, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required.split(), "properties": properties}


WORD = {"type": "string", "minLength": 1}
TEXT = {"type": "object", "required": ["cs"], "properties": {"cs": WORD, "en": WORD}, "additionalProperties": False}
WORDS = {"type": "object", "required": ["cs"], "properties": {"cs": many(WORD), "en": many(WORD)}}
LAW = many(iri(), contains={"const": HVD_LAW})
CATEGORY = many(iri(r"^http://data\.europa\.eu/bna/c_"))
CONTACT = thing(
    "typ", **{"typ": {"const": "Organizace"}, "jméno": TEXT, "e-mail": {"type": "string", "pattern": "^mailto:"}}
)
TERMS = thing(
    "typ autorské_dílo databáze_jako_autorské_dílo databáze_chráněná_zvláštními_právy osobní_údaje",
    typ={"const": "Specifikace podmínek užití"},
    autorské_dílo=iri(),
    databáze_jako_autorské_dílo=iri(),
    databáze_chráněná_zvláštními_právy=iri(),
    osobní_údaje={
        "enum": [
            "https://data.gov.cz/podmínky-užití/neobsahuje-osobní-údaje/",
            "https://data.gov.cz/podmínky-užití/obsahuje-osobní-údaje/",
        ]
    },
    autor=TEXT,
    autor_databáze=TEXT,
)
SERVICE = thing(
    "typ název přístupový_bod iri",
    typ={"const": "Datová služba"},
    iri=iri(),
    název=TEXT,
    přístupový_bod=iri("^https://"),
    popis_přístupového_bodu=iri("^https://"),
    specifikace=many(iri("^https://")),
    dokumentace=many(iri("^https://")),
    kontaktní_bod=CONTACT,
    právní_předpis=many(iri()),
    kategorie_hvd=CATEGORY,
)
FILE = thing(
    "formát typ_média soubor_ke_stažení",
    formát=iri(f"{EU}/file-type/"),
    typ_média=iri(r"^http://www\.iana\.org/assignments/media-types/"),
    typ_média_balíčku=iri(r"^http://www\.iana\.org/assignments/media-types/"),
    soubor_ke_stažení=iri("^https://"),
)
DISTRIBUTION = {
    "allOf": [
        thing(
            "typ iri podmínky_užití přístupové_url",
            typ={"const": "Distribuce"},
            iri=iri(),
            podmínky_užití=TERMS,
            přístupové_url=iri("^https://"),
            název=TEXT,
            právní_předpis=many(iri()),
        ),
        {"oneOf": [thing("přístupová_služba", přístupová_služba=SERVICE), FILE]},
    ]
}
DATASET = thing(
    "@context typ iri název popis poskytovatel téma periodicita_aktualizace klíčové_slovo prvek_rúian",
    **{
        "@context": {"const": CONTEXT},
        "typ": {"const": "Datová sada"},
        "iri": iri("^https://"),
        "název": TEXT,
        "popis": TEXT,
        "poskytovatel": iri(),
        "téma": many(iri(), contains=iri(f"{EU}/data-theme/")),
        "koncept_euroVoc": many(iri(r"^http://eurovoc\.europa\.eu/\d+$"), uniqueItems=True),
        "periodicita_aktualizace": iri(f"{EU}/frequency/"),
        "klíčové_slovo": WORDS,
        "prvek_rúian": many(iri(r"^https://linked\.cuzk\.cz/resource/ruian/")),
        "geografické_území": {"type": "array", "items": iri()},
        "prostorové_pokrytí": {"type": "array", "items": iri()},
        "časové_pokrytí": thing(
            "typ",
            typ={"const": "Časový interval"},
            začátek={"type": "string", "format": "date"},
            konec={"type": "string", "format": "date"},
        ),
        "kontaktní_bod": CONTACT,
        "dokumentace": iri(),
        "specifikace": {"type": "array", "items": iri()},
        "distribuce": many(DISTRIBUTION),
    },
)
_HVD_FILE = thing("přístupové_url soubor_ke_stažení právní_předpis", právní_předpis=LAW)
_HVD_SERVICE = thing(
    "právní_předpis kontaktní_bod dokumentace kategorie_hvd přístupový_bod", právní_předpis=LAW, kategorie_hvd=CATEGORY
)
_HVD_API = thing("přístupové_url právní_předpis přístupová_služba", právní_předpis=LAW, přístupová_služba=_HVD_SERVICE)
HIGH_VALUE = {
    "allOf": [
        DATASET,
        thing(
            "právní_předpis kategorie_hvd distribuce",
            právní_předpis=LAW,
            kategorie_hvd=CATEGORY,
            # the law wants both: a file with everything, and an interface
            distribuce={"allOf": [{"contains": _HVD_FILE}, {"contains": _HVD_API}]},
        ),
    ]
}
CATALOG = thing(
    "@context typ iri název popis poskytovatel datová_sada",
    **{
        "@context": {"const": CONTEXT},
        "typ": {"const": "Katalog"},
        "iri": iri(),
        "název": TEXT,
        "popis": TEXT,
        "poskytovatel": iri(),
        "kontaktní_bod": CONTACT,
        "domovská_stránka": iri("^https://"),
        "datová_sada": many(iri("^https://"), uniqueItems=True),
    },
)

_ID, _WORDS = {"@type": "@id"}, {"@container": "@language"}
TERMS_OF_CONTEXT: dict[str, Any] = {
    "@language": "cs",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "pu": "https://data.gov.cz/slovník/podmínky-užití/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "iri": "@id",
    "typ": "@type",
    "Katalog": "dcat:Catalog",
    "Datová sada": "dcat:Dataset",
    "Distribuce": "dcat:Distribution",
    "Datová služba": "dcat:DataService",
    "Organizace": "vcard:Organization",
    "Časový interval": "dcterms:PeriodOfTime",
    "Specifikace podmínek užití": "pu:Specifikace",
    **{
        term: {"@id": name, **_WORDS}
        for term, name in {
            "název": "dcterms:title",
            "popis": "dcterms:description",
            "klíčové_slovo": "dcat:keyword",
            "jméno": "vcard:fn",
            "autor": "pu:autor",
            "autor_databáze": "pu:autor-databáze",
        }.items()
    },
    **{
        term: {"@id": name, **_ID}
        for term, name in {
            "poskytovatel": "dcterms:publisher",
            "datová_sada": "dcat:dataset",
            "domovská_stránka": "foaf:homepage",
            "téma": "dcat:theme",
            "koncept_euroVoc": "dcat:theme",
            "periodicita_aktualizace": "dcterms:accrualPeriodicity",
            "prvek_rúian": "dcterms:spatial",
            "prostorové_pokrytí": "dcterms:spatial",
            "časové_pokrytí": "dcterms:temporal",
            "kontaktní_bod": "dcat:contactPoint",
            "e-mail": "vcard:hasEmail",
            "dokumentace": "foaf:page",
            "specifikace": "dcterms:conformsTo",
            "distribuce": "dcat:distribution",
            "podmínky_užití": "pu:specifikace",
            "autorské_dílo": "pu:autorské-dílo",
            "databáze_jako_autorské_dílo": "pu:databáze-jako-autorské-dílo",
            "databáze_chráněná_zvláštními_právy": "pu:databáze-chráněná-zvláštními-právy",
            "osobní_údaje": "pu:osobní-údaje",
            "přístupové_url": "dcat:accessURL",
            "soubor_ke_stažení": "dcat:downloadURL",
            "formát": "dcterms:format",
            "typ_média": "dcat:mediaType",
            "typ_média_balíčku": "dcat:packageFormat",
            "přístupová_služba": "dcat:accessService",
            "přístupový_bod": "dcat:endpointURL",
            "popis_přístupového_bodu": "dcat:endpointDescription",
            "poskytuje_datovou_sadu": "dcat:servesDataset",
            "právní_předpis": "dcatap:applicableLegislation",
            "kategorie_hvd": "dcatap:hvdCategory",
        }.items()
    },
    "začátek": {"@id": "dcat:startDate", "@type": "xsd:date"},
    "konec": {"@id": "dcat:endDate", "@type": "xsd:date"},
}
