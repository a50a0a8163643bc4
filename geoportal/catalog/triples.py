"""RDF: triples without blank nodes, written as Turtle and as RDF/XML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from xml.sax.saxutils import escape, quoteattr

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "dcat": "http://www.w3.org/ns/dcat#",
        "dcatap": "http://data.europa.eu/r5r/",
        "dct": "http://purl.org/dc/terms/",
        "eli": "http://data.europa.eu/eli/ontology#",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "pu": "https://data.gov.cz/slovník/podmínky-užití/",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "spdx": "http://spdx.org/rdf/terms#",
        "vcard": "http://www.w3.org/2006/vcard/ns#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_NO_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')


@dataclass(frozen=True)
class Iri:
    """A resource, by its IRI."""

    value: str


@dataclass(frozen=True)
class Literal:
    """A text in ``language``, or a value of the datatype with that IRI."""

    value: str
    language: str | None = None
    datatype: str | None = None


@dataclass(frozen=True)
class Triple:
    """``predicate`` is a name with one of the prefixes."""

    subject: str
    predicate: str
    object: Iri | Literal


def turtle(triples: Iterable[Triple]) -> str:
    """The triples as Turtle, subject by subject in the order in which they come."""
    lines = [f"@prefix {name}: <{_safe(iri)}> ." for name, iri in PREFIXES.items()]
    for subject, predicates in _grouped(triples).items():
        said = [
            f"  {'a' if predicate == 'rdf:type' else predicate} {', '.join(map(_turtle_object, objects))}"
            for predicate, objects in predicates.items()
        ]
        lines.append(f"\n<{_safe(subject)}>\n" + " ;\n".join(said) + " .")
    return "\n".join(lines) + "\n"


def rdf_xml(triples: Iterable[Triple]) -> str:
    """The triples as RDF/XML."""
    spaces = "".join(f"\n  xmlns:{name}={quoteattr(iri)}" for name, iri in PREFIXES.items())
    lines = ['<?xml version="1.0" encoding="utf-8"?>', f"<rdf:RDF{spaces}>"]
    for subject, predicates in _grouped(triples).items():
        lines.append(f"<rdf:Description rdf:about={quoteattr(_safe(subject))}>")
        lines += [_element(predicate, held) for predicate, objects in predicates.items() for held in objects]
        lines.append("</rdf:Description>")
    return "\n".join([*lines, "</rdf:RDF>", ""])


def _grouped(triples: Iterable[Triple]) -> dict[str, dict[str, list[Iri | Literal]]]:
    grouped: dict[str, dict[str, list[Iri | Literal]]] = {}
    for triple in dict.fromkeys(triples):
        grouped.setdefault(triple.subject, {}).setdefault(triple.predicate, []).append(triple.object)
    return grouped


def _turtle_object(held: Iri | Literal) -> str:
    if isinstance(held, Iri):
        return f"<{_safe(held.value)}>"
    text = f'"{held.value.translate(_ESCAPES)}"'
    if held.language:
        return f"{text}@{held.language}"
    return f"{text}^^<{held.datatype}>" if held.datatype else text


def _element(predicate: str, held: Iri | Literal) -> str:
    if isinstance(held, Iri):
        return f"  <{predicate} rdf:resource={quoteattr(_safe(held.value))}/>"
    kind = f" xml:lang={quoteattr(held.language)}" if held.language else ""
    kind += f" rdf:datatype={quoteattr(held.datatype)}" if held.datatype else ""
    return f"  <{predicate}{kind}>{escape(held.value)}</{predicate}>"


def _safe(iri: str) -> str:
    """``iri`` with what an IRI may not hold written in percent, so that no address can end the term it stands in."""
    return _NO_IRI.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), iri)
