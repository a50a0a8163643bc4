from __future__ import annotations

import json
import re
from dataclasses import replace

import pyshacl
import pytest
from rdflib import DCAT, DCTERMS, RDF, SKOS, BNode, Graph, Literal, URIRef
from shapely import from_wkt

from geoportal.catalog.dataset import Catalog
from geoportal.catalog.graph import catalog_graph, dataset_graph
from geoportal.catalog.ofn import catalog_document, dataset_document
from geoportal.catalog.triples import rdf_xml, turtle
from tests.catalog.dcat_shapes import dcat_ap, high_value, no_blank_nodes
from tests.catalog.ofn_schema import CONTEXT, TERMS_OF_CONTEXT


@pytest.fixture(scope="module")
def graph(catalog: Catalog) -> Graph:
    return Graph().parse(data=turtle(catalog_graph(catalog)), format="turtle")


def problems(graph: Graph, shapes: str) -> str:
    conforms, _, report = pyshacl.validate(graph, shacl_graph=Graph().parse(data=shapes, format="turtle"))
    return "" if conforms else report


def test_the_whole_graph_fits_dcat_ap(graph: Graph) -> None:
    assert problems(graph, dcat_ap()) == ""


def test_nothing_that_is_described_is_a_blank_node(graph: Graph) -> None:
    assert problems(graph, no_blank_nodes()) == ""
    assert not [node for triple in graph for node in triple if isinstance(node, BNode)]


@pytest.mark.parametrize("what", [DCTERMS.title, DCAT.accessURL, DCAT.endpointURL, DCTERMS.publisher])
def test_the_shapes_notice_what_is_missing(catalog: Catalog, what: URIRef) -> None:
    alone = replace(catalog, datasets=(catalog.record("obce"),))
    graph = Graph().parse(data=turtle(catalog_graph(alone)), format="turtle")
    graph.remove((None, what, None))
    assert f":{re.split('[/#]', what)[-1]}" in problems(graph, dcat_ap())


def test_the_shapes_notice_an_untyped_concept(graph: Graph) -> None:
    untyped = graph - Graph()
    untyped.remove((None, RDF.type, DCTERMS.Frequency))
    assert "dct:Frequency" in problems(untyped, dcat_ap())


def test_high_value_datasets_fit_their_profile(catalog: Catalog) -> None:
    marked = [dataset for dataset in catalog.datasets if dataset.high_value]
    for dataset in marked:
        alone = Graph().parse(data=turtle(dataset_graph(dataset, catalog)), format="turtle")
        assert problems(alone, high_value()) == "", dataset.id


def test_a_dataset_without_mark_does_not_fit_the_profile_of_high_value(catalog: Catalog) -> None:
    alone = dataset_graph(catalog.record("pohotovosti"), catalog)
    assert "hvdCategory" in problems(Graph().parse(data=turtle(alone), format="turtle"), high_value())


def test_turtle_and_rdf_xml_say_the_same(catalog: Catalog, graph: Graph) -> None:
    assert set(Graph().parse(data=rdf_xml(catalog_graph(catalog)), format="xml")) == set(graph)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own reader of JSON-LD uses it
def test_what_the_czech_record_says_the_graph_says_too(catalog: Catalog, graph: Graph) -> None:
    documents = [catalog_document(catalog), *(dataset_document(dataset, catalog) for dataset in catalog.datasets)]
    said = Graph()
    for document in documents:
        assert document["@context"] == CONTEXT
        said.parse(data=json_ld(document), format="json-ld")
    assert len(said) > 20 * len(catalog.datasets)
    assert set(said) - set(graph) == set()


def json_ld(document: dict) -> str:
    """The document with the terms of its context in place of the context's address."""
    return json.dumps({**document, "@context": TERMS_OF_CONTEXT})


def test_every_dataset_has_a_title_in_both_languages(catalog: Catalog, graph: Graph) -> None:
    for dataset in catalog.datasets:
        titles = {title.language for title in graph.objects(URIRef(dataset.iri), DCTERMS.title)}
        assert titles == {"cs", "en"}, dataset.id


def test_a_concept_of_a_thesaurus_is_a_theme_with_its_label(catalog: Catalog, graph: Graph) -> None:
    concept = URIRef("http://eurovoc.europa.eu/6741")
    assert (URIRef(catalog.record("pohotovosti").iri), DCAT.theme, concept) in graph
    assert list(graph.objects(concept, SKOS.prefLabel)) == [Literal("emergency medical treatment", lang="en")]


def test_a_box_lies_around_its_layer(catalog: Catalog, graph: Graph) -> None:
    dataset = catalog.record("obce")
    wkt = graph.value(URIRef(f"{dataset.iri}#extent"), DCAT.bbox)
    assert isinstance(wkt, Literal)
    assert from_wkt(str(wkt)).bounds == pytest.approx(tuple(dataset.bounds))
    assert from_wkt(str(wkt)).exterior.is_ccw
