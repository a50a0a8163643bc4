from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph
from rdflib import Literal as Held

from geoportal.catalog.triples import Iri, Literal, Triple, rdf_xml, turtle

# XML 1.0 can't hold control characters, and reads a carriage return as a line feed.
READABLE = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=40
)


@settings(max_examples=40)
@given(READABLE)
def test_any_text_survives_both_notations(text: str) -> None:
    triples = [Triple("https://a.test/x", "dct:title", Literal(text, "cs"))]
    for body, form in ((turtle(triples), "turtle"), (rdf_xml(triples), "xml")):
        (held,) = Graph().parse(data=body, format=form).objects()
        assert held == Held(text, lang="cs"), form


@settings(max_examples=40)
@given(READABLE)
def test_no_address_can_end_the_term_it_stands_in(text: str) -> None:
    triples = [Triple("https://a.test/x", "dcat:accessURL", Iri(f"https://a.test/{text}"))]
    for body, form in ((turtle(triples), "turtle"), (rdf_xml(triples), "xml")):
        assert len(Graph().parse(data=body, format=form)) == 1, form


def test_a_statement_that_is_made_twice_stands_once() -> None:
    triple = Triple("https://a.test/x", "dct:title", Literal("x"))
    assert turtle([triple, triple]).count('"x"') == 1


def test_nothing_at_all_is_an_empty_graph() -> None:
    assert len(Graph().parse(data=turtle([]), format="turtle")) == 0
    assert len(Graph().parse(data=rdf_xml([]), format="xml")) == 0
