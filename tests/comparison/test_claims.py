from __future__ import annotations

import random

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotation import Annotations, Attribution
from onrecord.annotators.layout.blocks import find_blocks
from onrecord.comparison.claims import joining as claims
from onrecord.comparison.claims.own_voice import own_voice
from onrecord.document import Block, Document, Span

FIRST = """The brick kiln at Orrey burned down on Tuesday night, killing 4 night watchmen.
The kiln had baked tiles for the royal stables since 1840.
Firemen pumped river water from two barges."""
SECOND = """A fire destroyed the Orrey brick kiln on Tuesday night and killed 5 watchmen.
Tiles for the royal stables had been baked in the kiln since 1840."""
THIRD = """Cattle prices fell again at the autumn market.
Firemen pumped river water from two barges."""


def plain(name: str, text: str, *attributions: Attribution) -> Annotations:
    at, spans = 0, []
    for line in text.split("\n"):
        spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    return Annotations(Document(name, text), sentences=tuple(spans), attributions=attributions)


STORY = [plain("one", FIRST), plain("two", SECOND), plain("three", THIRD)]


def reported(documents: list[Annotations]) -> set[frozenset[tuple[str, int]]]:
    return {frozenset((m.document, m.start) for m in k.members) for k in claims.group(documents, None)}


def test_one_fact_in_two_reports_is_one_claim():
    found = reported(STORY)
    assert frozenset({("one", 0), ("two", 0)}) in found
    assert frozenset({("one", FIRST.index("The kiln")), ("two", SECOND.index("Tiles"))}) in found


def test_what_one_report_alone_tells_is_an_claim():
    assert frozenset({("three", 0)}) in reported(STORY)


def test_equal_sentences_are_one_claim():
    line = "Firemen pumped"
    assert frozenset({("one", FIRST.index(line)), ("three", THIRD.index(line))}) in reported(STORY)


def test_another_number_of_the_same_things_is_told_as_a_difference():
    members = next(k.members for k in claims.group(STORY, None) if len(k.members) == 2 and k.members[0].start == 0)
    assert sorted(m.differs or "" for m in members) == ["", "number"]


def test_quoted_and_credited_sentences_are_not_own_voice():
    text = """The harbour froze over, said the pilot of the last steamer.
“We walked home across the ice,” he said.
Ice closed the harbour for three weeks."""
    credited = [
        Attribution("a1", (Span(0, 23),), cue=Span(24, 28), source=Span(29, 58)),
        Attribution("a2", (Span(60, 92),), form="direct"),
    ]
    found = own_voice(plain("x", text, *credited))
    assert [p.span.of(text) for p in found] == ["Ice closed the harbour for three weeks."]


@pytest.mark.parametrize(
    ("text", "claims_made"),
    [
        ("Wardens urged drivers to stay away from the ford.", 0),
        ("The harbour board warned small craft not to cross the bar.", 0),
        ("The warden asked skaters to leave the frozen lake.", 0),
        ("The court ordered the ferryman to pay for the lost cargo.", 1),
        ("Skaters left the frozen lake after wardens urged caution.", 1),
        ("The ferry carried invited guests and two goats to Orrey.", 1),
    ],
)
def test_what_somebody_asked_of_others_is_no_claim(text, claims_made):
    assert len(own_voice(plain("x", text))) == claims_made


def test_a_deed_with_words_is_own_voice():
    text = "Villagers hailed the young ferryman as the hero of the flood."
    hailed = Attribution("a1", (Span(17, len(text) - 1),), cue=Span(10, 16))
    assert len(own_voice(plain("x", text, hailed))) == 1


def test_bylines_and_read_more_lines_are_no_claims():
    text = "Flood closes the mill road\nBy Anna Reed of the county desk\nRead more: where to find dry lodging tonight"
    spans = [Span(0, 26), Span(27, 58), Span(59, len(text))]
    blocks = (Block("headline", 0, 26), Block("byline", 27, 58), Block("read-more", 59, len(text)))
    found = own_voice(Annotations(Document("x", text, blocks=blocks), sentences=tuple(spans)))
    assert [p.span for p in found] == spans[:1]


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_order_of_reports_changes_nothing(shuffler: random.Random):
    documents = list(STORY)
    shuffler.shuffle(documents)
    assert claims.group(documents, None) == claims.group(STORY, None)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=80), max_size=5))
def test_no_text_of_a_report_raises(texts: list[str]):
    found = claims.group([plain(f"d{n}", text.replace("\n", " ")) for n, text in enumerate(texts)], None)
    assert all(k.members for k in found)


def test_each_text_is_embedded_once():
    asked: list[str] = []

    def embed(texts):
        asked.extend(texts)
        vectors = np.random.default_rng(len(texts)).normal(size=(len(texts), 8)).astype(np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    claims.group(STORY, embed)
    assert asked
    assert len(asked) == len(set(asked))


def voiced(text: str, *attributions: Attribution, blocks: tuple[Block, ...] = ()) -> list[str]:
    made = plain("x", text, *attributions)
    document = Document("x", text, blocks=blocks)
    return [p.span.of(text) for p in own_voice(Annotations(document, made.sentences, attributions=attributions))]


def test_a_headline_that_quotes_is_nobodys_own_voice():
    for quoted in ("Warden: ‘WE SHALL NOT REOPEN’", "“No reopening” at the mill"):
        assert voiced(quoted, blocks=(Block("headline", 0, len(quoted)),)) == []


def test_a_headline_with_a_coined_name_or_a_possessive_is_own_voice():
    for reported in (
        "Wardens’ strike shuts the mill road and three bridges",
        "‘Kraken’ barge sinks off the mill road jetty",
    ):
        assert voiced(reported, blocks=(Block("headline", 0, len(reported)),)) == [reported]


def test_what_is_left_of_the_frame_of_a_quotation_is_no_claim():
    text = (
        "“The weir will burst before spring,” said the keeper of the lower lock, who asked for nobody’s leave to speak."
    )
    quotation = Span(0, text.index(" said"))
    said = Attribution("a1", (quotation,), form="direct", cue=Span(41, 45), source=Span(46, 74))
    assert voiced(text, said) == []
    tail = "The weir will burst, the keeper said, told reporters on the quay, according to a shorthand record of it."
    start = tail.index("the keeper")
    kept = Attribution("a1", (Span(0, 19),), cue=Span(start + 11, start + 15), source=Span(start, start + 10))
    assert voiced(tail, kept) == []


def test_a_clause_added_to_what_somebody_said_is_own_voice():
    text = "The keeper said the weir would burst, and police closed both towpaths to walkers and carts for a week."
    said = Attribution("a1", (Span(16, 36),), cue=Span(11, 15), source=Span(0, 10))
    assert len(voiced(text, said)) == 1


def test_an_address_and_a_call_to_readers_are_no_claims():
    assert voiced("Information from the Weir Gazette archive desk: http://weir.example") == []
    text = "The weir burst at noon.\n\nRing the Gazette newsdesk, day or night, with news of it."
    placed = find_blocks(Document("x", text))
    assert [b.kind for b in placed.blocks if b.start > 10] == ["read-more"]
    asked = text.replace("Ring the", "Were you at the weir when it burst? Ring the")
    assert [b.kind for b in find_blocks(Document("x", asked)).blocks if b.start > 10] == ["read-more"]
    reported = text.replace("Ring the Gazette newsdesk, day or night,", "Were you at the weir? The miller was there")
    assert {b.kind for b in find_blocks(Document("x", reported)).blocks} == {"paragraph"}
    prose = text.replace("Ring the Gazette newsdesk, day or night,", "Ring the bells of the newsroom chapel")
    assert {b.kind for b in find_blocks(Document("x", prose)).blocks} == {"paragraph"}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Image copyright Weir Pictures", "credit"),
        ("Tom Oake/Getty Images", "credit"),
        ("More: Why the weir burst again this year", "read-more"),
        ("View all Weir Gazette newsletters.", "read-more"),
        ("Newsletter Sign Up Please verify you're not a robot by clicking the box.", "read-more"),
        ("You agree to receive occasional updates and special offers", "read-more"),
        ("Author: Ada Brandt / tom", "read-more"),
        ("More than one of the sluice gates of the weir was open.", "paragraph"),
        ("Image rights for the weir were sold to a brewer.", "paragraph"),
        ("Authors from four counties met at the weir on Sunday.", "paragraph"),
    ],
)
def test_what_a_page_prints_beside_its_text_is_no_claim(line, kind):
    text = f"Weir bursts at noon\n\nThe weir burst on Sunday, and the mill stood in water.\n\n{line}\n\nIt was mended."
    placed = find_blocks(Document("x", text))
    at = text.index(line)
    assert [b.kind for b in placed.blocks if b.start == at] == [kind]


def test_what_somebody_suspects_is_not_own_voice_and_what_is_expected_is():
    text = "The miller suspected that the lower sluice gate had been left open."
    thought = Attribution("a1", (Span(26, len(text) - 1),), act="attitude", cue=Span(11, 20), source=Span(0, 10))
    assert voiced(text, thought) == []
    assert voiced(text, msgspec.structs.replace(thought, source=None)) == [text]


def test_another_number_of_other_things_is_another_fact():
    one = plain("one", "The kiln at Orrey made 900 tiles a week for the palace roof until the war began.")
    two = plain("two", "The kiln at Orrey employed 45 men from the village when the harvest was in.")
    assert all(len(k.members) == 1 for k in claims.group([one, two], None))


def test_another_year_of_the_same_thing_is_told_as_a_difference():
    one = plain("one", "The bell of Orrey was cast at the Vantine foundry and hung in the tower in 1914.")
    two = plain("two", "The bell of Orrey was hung in the tower in 1915 and cast at the Vantine foundry.")
    [claim] = claims.group([one, two], None)
    assert [m.differs for m in claim.members].count("date") == 1


def test_a_shared_name_joins_nothing():
    lines = (
        "Velm is officially buying Norrlight.",
        "Norrlight will then become a private company.",
        "Norrlight shares rose over 5% in afternoon trading.",
        "Velm, famous for his yachts, bought 9% of Norrlight in March.",
    )
    found = claims.group([plain(f"d{n}", line) for n, line in enumerate(lines)], None)
    assert all(len(k.members) == 1 for k in found)


def test_a_sentence_stands_in_one_claim():
    found = claims.group(STORY, None)
    places = [(m.document, m.start) for k in found for m in k.members]
    assert len(places) == len(set(places))


def test_each_member_says_how_likely_it_belongs():
    members = [m for k in claims.group(STORY, None) if len(k.members) > 1 for m in k.members]
    assert all(0.5 < m.confidence <= 1 for m in members)
