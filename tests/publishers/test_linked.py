import json
import warnings

import pytest
from rdflib import Graph
from rdflib.namespace import DCTERMS, PROV, RDF, SDO, XSD, ClosedNamespace

from onrecord.annotation import Annotations
from onrecord.document import Document
from onrecord.publishers import linked
from onrecord.story import Story

# The terms of https://www.w3.org/TR/annotation-vocab/ that a text can need; rdflib ships the others' lists.
OA = ClosedNamespace(
    "http://www.w3.org/ns/oa#",
    """Annotation Motivation SpecificResource TextPositionSelector TextQuoteSelector TextualBody hasBody hasPurpose
    hasSelector hasSource hasTarget motivatedBy exact prefix suffix start end classifying describing
    identifying""".split(),
)


VOCABULARIES = (OA, PROV, SDO, DCTERMS, RDF, XSD)
"""As rdflib ships them: closed lists of the published terms, so that an unknown one is found without a network."""


def published(term) -> bool:
    for vocabulary in VOCABULARIES:
        if str(term).startswith(str(vocabulary)):
            return term in vocabulary
    return False


@pytest.fixture
def graph(made, monkeypatch):
    import socket

    def no_network(*_args, **_named):
        raise AssertionError("reading the document asked for the network")

    monkeypatch.setattr(socket, "create_connection", no_network)
    with warnings.catch_warnings():
        # rdflib's own parser uses a class that rdflib itself has put out of favour
        warnings.filterwarnings("ignore", "ConjunctiveGraph", DeprecationWarning)
        return Graph().parse(data=linked.encode(made.made_story()), format="json-ld")


def test_every_class_and_property_is_in_a_published_vocabulary(graph):
    unknown = {p for p in graph.predicates() if not published(p)}
    unknown |= {o for o in graph.objects(predicate=RDF.type) if not published(o)}
    assert not unknown


def test_nothing_written_falls_out_for_want_of_a_term(made):
    keys = set()

    def walk(node):
        if isinstance(node, dict):
            keys.update(node)
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(linked.story_jsonld(made.made_story())["graph"])
    assert keys <= set(linked.CONTEXT)


def test_each_telling_is_anchored_by_both_selectors(made, graph):
    story = made.made_story()
    versions = sum(len(s.variants) for s in story.statements)
    assert len(set(graph.subjects(RDF.type, OA.Annotation))) == versions
    quotes, positions = (set(graph.subjects(RDF.type, t)) for t in (OA.TextQuoteSelector, OA.TextPositionSelector))
    assert len(quotes) == len(positions) == versions


def test_selectors_find_the_words_again(made):
    story = made.made_story()
    texts = {name: story.documents[n].text for n, name in enumerate(linked._document_names(story.documents).values())}
    seen = 0
    for node in linked.story_jsonld(story)["graph"]:
        for target in node.get("target", ()):
            quote, position = target["selector"]
            text = texts[target["source"]]
            assert text[position["start"] : position["end"]] == quote["exact"]
            assert quote["prefix"] + quote["exact"] + quote["suffix"] in text
            seen += 1
    assert seen


def test_quotations_lead_to_the_transcript_and_along_the_chain(made, graph):
    transcript = linked._document_names(made.made_story().documents)["briefing"]
    assert any(str(o) == transcript for o in graph.objects(predicate=PROV.wasQuotedFrom))
    assert set(graph.subjects(PROV.hadPrimarySource))
    assert set(graph.subjects(RDF.type, SDO.Quotation))
    assert set(graph.subjects(RDF.type, SDO.Claim))


def test_names_are_the_same_each_time_and_whatever_the_order(made):
    story = made.made_story()
    assert linked.encode(story) == linked.encode(made.made_story())
    turned = linked.story_jsonld(Story(tuple(reversed(story.documents)), story.speakers, story.statements))
    ids = {n["id"] for n in linked.story_jsonld(story)["graph"] if "Claim" in n.get("type", ())}
    assert {n["id"] for n in turned["graph"] if "Claim" in n.get("type", ())} == ids


def test_hostile_addresses_and_broken_text_stay_data():
    hostile = Document("a", "half \ud800", url="javascript:alert(1)", title='"><script>', outlet="x\ud800")
    twin = Document("b", "half \ud800", url="javascript:alert(1)")
    found = json.loads(linked.encode(Story((Annotations(hostile), Annotations(twin)))))
    names = [node["id"] for node in found["graph"]]
    assert len(set(names)) == 2
    assert all(name.startswith(("ni:///", "urn:uuid:")) for name in names)
