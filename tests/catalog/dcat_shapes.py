"""The constraints of DCAT-AP 3.0 and DCAT-AP HVD 3.0 on what the catalogue says, as SHACL shapes.

Each class has its properties with how often they may stand, and what may stand there: a class, a datatype, an IRI or a
literal. Written after the tables of the two specifications.
"""

from __future__ import annotations

_HEAD = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcatap: <http://data.europa.eu/r5r/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix eli: <http://data.europa.eu/eli/ontology#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix spdx: <http://spdx.org/rdf/terms#> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://shapes.test/> .
:Temporal sh:or (
  [sh:datatype xsd:date] [sh:datatype xsd:dateTime] [sh:datatype xsd:gYear] [sh:datatype xsd:gYearMonth]
) .
"""
_DCAT_AP = {
    "dcat:Catalog": """
        dct:title 1 - literal; dct:description 1 - literal; dct:publisher 1 1 foaf:Agent; dcat:dataset 1 - dcat:Dataset;
        dcat:service 0 - dcat:DataService; foaf:homepage 0 1 foaf:Document; dct:language 0 - dct:LinguisticSystem;
        dct:license 0 1 dct:LicenseDocument; dct:spatial 0 - dct:Location; dct:issued 0 1 :Temporal;
        dct:modified 0 1 :Temporal; dct:rights 0 1 dct:RightsStatement; dcat:themeTaxonomy 0 - skos:ConceptScheme;
        dcatap:applicableLegislation 0 - eli:LegalResource""",
    "dcat:Dataset": """
        dct:title 1 - literal; dct:description 1 - literal; dcat:contactPoint 0 - vcard:Kind;
        dcat:distribution 0 - dcat:Distribution; dcat:keyword 0 - literal; dct:publisher 0 1 foaf:Agent;
        dct:spatial 0 - dct:Location; dct:temporal 0 - dct:PeriodOfTime; dcat:theme 0 - skos:Concept;
        dct:accessRights 0 1 dct:RightsStatement; dct:accrualPeriodicity 0 1 dct:Frequency;
        dct:conformsTo 0 - dct:Standard; foaf:page 0 - foaf:Document; dcat:landingPage 0 - foaf:Document;
        dct:language 0 - dct:LinguisticSystem; dct:identifier 0 - literal; dct:issued 0 1 :Temporal;
        dct:modified 0 1 :Temporal; dcatap:applicableLegislation 0 - eli:LegalResource;
        dcatap:hvdCategory 0 - skos:Concept; dcat:version 0 1 literal""",
    "dcat:Distribution": """
        dcat:accessURL 1 - iri; dcat:downloadURL 0 - iri; dcat:accessService 0 - dcat:DataService;
        dct:license 0 1 dct:LicenseDocument; dct:format 0 1 dct:MediaTypeOrExtent; dcat:mediaType 0 1 dct:MediaType;
        dcat:packageFormat 0 1 dct:MediaType; dcat:compressFormat 0 1 dct:MediaType;
        dcat:byteSize 0 1 xsd:nonNegativeInteger; spdx:checksum 0 1 spdx:Checksum; dct:title 0 - literal;
        dct:conformsTo 0 - dct:Standard; dct:rights 0 1 dct:RightsStatement;
        dcatap:applicableLegislation 0 - eli:LegalResource""",
    "dcat:DataService": """
        dct:title 1 - literal; dcat:endpointURL 1 - iri; dcat:endpointDescription 0 - iri;
        dcat:servesDataset 0 - dcat:Dataset; dct:license 0 1 dct:LicenseDocument; dct:publisher 0 1 foaf:Agent;
        dcat:contactPoint 0 - vcard:Kind; foaf:page 0 - foaf:Document; dct:conformsTo 0 - dct:Standard;
        dct:accessRights 0 1 dct:RightsStatement""",
    "spdx:Checksum": "spdx:algorithm 1 1 spdx:ChecksumAlgorithm; spdx:checksumValue 1 1 xsd:hexBinary",
    "foaf:Agent": "foaf:name 1 - literal; dct:type 0 1 skos:Concept",
    "skos:Concept": "skos:prefLabel 1 - literal",
    "skos:ConceptScheme": "dct:title 1 - literal",
    "dct:PeriodOfTime": "dcat:startDate 0 1 :Temporal; dcat:endDate 0 1 :Temporal",
    "dct:Location": "dcat:bbox 0 1 literal; dcat:centroid 0 1 literal",
}
_HVD = {
    "dcat:Dataset": """
        dcatap:hvdCategory 1 - iri; dcatap:applicableLegislation 1 - iri; dcat:distribution 1 - iri""",
    "dcat:DataService": """
        dcatap:hvdCategory 1 - iri; dcatap:applicableLegislation 1 - iri; dcat:contactPoint 1 - iri;
        foaf:page 1 - iri; dcat:endpointURL 1 - iri; dcat:servesDataset 1 - iri""",
    "dcat:Distribution": "dcatap:applicableLegislation 1 - iri; dcat:accessURL 1 - iri; dct:license 1 1 iri",
}


def dcat_ap() -> str:
    """The shapes of DCAT-AP 3.0, which everything must fit."""
    return _HEAD + "".join(_shape(name, rules, f"sh:targetClass {name}") for name, rules in _DCAT_AP.items())


def high_value() -> str:
    """The shapes of DCAT-AP HVD 3.0, for a graph of high-value datasets alone."""
    return _HEAD + "".join(_shape(name, rules, f"sh:targetClass {name}") for name, rules in _HVD.items())


def no_blank_nodes() -> str:
    """Everything that is described has an IRI."""
    classes = ", ".join(_DCAT_AP)
    return f"{_HEAD}\n:Named a sh:NodeShape ; sh:targetClass {classes} ; sh:nodeKind sh:IRI ."


def _shape(name: str, rules: str, target: str) -> str:
    properties = " ;\n".join(f"  sh:property [ {_property(*rule.split())} ]" for rule in rules.split(";"))
    return f"\n:{name.replace(':', '-')} a sh:NodeShape ; {target} ;\n{properties} .\n"


def _property(path: str, least: str, most: str, kind: str) -> str:
    parts = [f"sh:path {path}", f"sh:minCount {least}", *([] if most == "-" else [f"sh:maxCount {most}"])]
    match kind.partition(":"):
        case ("literal", *_):
            parts.append("sh:nodeKind sh:Literal")
        case ("iri", *_):
            parts.append("sh:nodeKind sh:IRI")
        case ("xsd", *_):
            parts.append(f"sh:datatype {kind}")
        case ("", *_):
            parts.append(f"sh:node {kind}")
        case _:
            parts.append(f"sh:class {kind}")
    return " ; ".join(parts)
