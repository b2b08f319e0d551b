from __future__ import annotations

import importlib.util
import random
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotation import Annotations, Attribution
from onrecord.compare import statements
from onrecord.document import Document, Span
from onrecord.story import Statement

_SPEC = importlib.util.spec_from_file_location("telling_story", Path(__file__).with_name("telling_story.py"))
assert _SPEC
assert _SPEC.loader
telling_story = importlib.util.module_from_spec(_SPEC)
sys.modules["telling_story"] = telling_story
_SPEC.loader.exec_module(telling_story)
report, shared = telling_story.report, telling_story.shared

GAZETTE = report(
    "gazette",
    """{Ottla Brandt: “The lighthouse keeper warned us twice about the cracked lantern,”} said Ottla Brandt.
{Ottla Brandt: “Nobody wrote the warnings down.”} She spoke on the pier.
{Piet Sorel: the repair would cost forty thousand florins}, said Piet Sorel, the treasurer.
The lantern of Gull Point went dark on Sunday and a coal barge struck the reef.""",
)
HERALD = report(
    "herald",
    """Ottla Brandt said {Ottla Brandt: the keeper had twice warned of the “cracked lantern”}.
{Piet Sorel: “Children painted the railings green last summer,”} said Sorel.
Piet Sorel said {Piet Sorel: mending the lantern would cost 40,000 florins}.
{Mayor Ilka Toom: “The town will hold a vigil,”} said the mayor.""",
)
MIRROR = report(
    "mirror",
    """{Ottla Brandt: “Nobody wrote the warnings down. Nobody at all.”} said the warden.
{Ilka Toom: “The town will hold a vigil for the crew on Friday,”} said Toom.""",
    "2031-05-15",
)
STORY = [GAZETTE, HERALD, MIRROR]


def joined(found: tuple[Statement, ...]) -> set[frozenset[str]]:
    return {frozenset(v.attribution for v in s.variants) for s in found}


def test_quotation_and_its_indirect_telling_are_one_statement():
    found = joined(statements.group(STORY, shared(STORY), None))
    assert frozenset({"gazette:a1", "herald:a1"}) in found


def test_numeral_and_number_word_help_to_join():
    found = joined(statements.group(STORY, shared(STORY), None))
    assert frozenset({"gazette:a3", "herald:a3"}) in found


def test_a_shorter_name_is_the_same_person():
    found = joined(statements.group(STORY, shared(STORY), None))
    assert frozenset({"herald:a4", "mirror:a2"}) in found


def test_what_one_report_alone_tells_is_a_statement_and_says_so():
    alone = [s for s in statements.group(STORY, shared(STORY), None) if len(s.variants) == 1]
    assert [v.attribution for s in alone for v in s.variants] == ["herald:a2"]
    assert {s.reason for s in alone} == {"one-document"}


def test_every_utterance_is_in_a_statement():
    found = statements.group(STORY, shared(STORY), None)
    told = {(v.document, v.attribution) for s in found for v in s.variants}
    assert told == {(a.id, t.id) for a in STORY for t in a.attributions}


def test_a_sentence_that_condenses_two_answers_belongs_to_both():
    one = report(
        "one",
        """{Vera Quist: “The ferries will sail again on Monday morning.”} she said.
{Vera Quist: “Harbour dues are waived for stranded fishermen until the storm season ends.”} she added.""",
    )
    two = report(
        "two",
        """Quist said {Vera Quist: the ferries would sail again on Monday morning, and harbour dues were waived for """
        """stranded fishermen until the storm season ends}.""",
    )
    found = joined(statements.group([one, two], shared([one, two]), None))
    assert found == {frozenset({"one:a1", "two:a1"}), frozenset({"one:a2", "two:a1"})}


def test_two_persons_who_speak_alike_stay_apart():
    one = report("one", "{Aldo Brem: the dam is safe and will hold through the spring flood}, said Brem.")
    two = report("two", "{Greta Holm: the dam is safe and will hold through the spring flood}, said Holm.")
    assert joined(statements.group([one, two], shared([one, two]), None)) == {
        frozenset({"one:a1"}),
        frozenset({"two:a1"}),
    }


def test_a_long_quotation_given_to_another_person_is_still_one_statement():
    words = (
        "“Somebody hid the survey of the old mine shaft in a drawer and hoped that it would rain before anyone asked,”"
    )
    one = report("one", f"{{Aldo Brem: {words}}} said Brem.\n{{Greta Holm: “We are sorry.”}} said Holm.")
    two = report("two", f"{{Greta Holm: {words}}} said Holm.")
    found = statements.group([one, two], shared([one, two]), None)
    assert frozenset({"one:a1", "two:a1"}) in joined(found)


def test_attitudes_and_transcripts_are_no_statements():
    wish = Attribution("w:a1", (Span(0, 20),), act="attitude")
    hopes = Annotations(Document("w", "The boats come home, they hoped."), attributions=(wish,))
    spoken = report("t", "{Vera Quist: “The ferries will sail.”}")
    record = Annotations(
        Document("t", spoken.text, kind="transcript"), spoken.sentences, spoken.speakers, spoken.attributions
    )
    assert statements.group([hopes, record], [], None) == ()


def test_nested_utterances_pair_with_their_like():
    def nested(name: str) -> Annotations:
        text = "The guard said flares were fired after what it called an armed boarding of the trawler."
        outer, inner = text.index("flares"), text.index("an armed")
        built = report(name, text)
        attributions = (
            Attribution(f"{name}:a1", (Span(outer, len(text) - 1),), speaker=f"{name}:p1"),
            Attribution(f"{name}:a2", (Span(inner, len(text) - 1),), speaker=f"{name}:p1"),
        )
        source = report(name, "{The guard: x}", kinds={"The guard": "organisation"})
        return Annotations(built.document, built.sentences, source.speakers, attributions)

    both = [nested("one"), nested("two")]
    assert joined(statements.group(both, shared(both), None)) == {
        frozenset({"one:a1", "two:a1"}),
        frozenset({"one:a2", "two:a2"}),
    }


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_order_of_documents_and_speakers_changes_nothing(shuffler: random.Random):
    documents, speakers = list(STORY), shared(STORY)
    shuffler.shuffle(documents)
    shuffler.shuffle(speakers)
    assert statements.group(documents, speakers, None) == statements.group(STORY, shared(STORY), None)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=6))
def test_no_text_raises(texts: list[str]):
    documents = [
        Annotations(
            Document(f"d{number}", text),
            sentences=(Span(0, len(text)),),
            attributions=(Attribution(f"d{number}:a1", (Span(0, len(text)),)),),
        )
        for number, text in enumerate(texts)
    ]
    found = statements.group(documents, [], None)
    assert {v.document for s in found for v in s.variants} == {d.id for d in documents}


@pytest.mark.parametrize("copies", [40])
def test_many_copies_stay_one_statement(copies: int):
    documents = [
        report(f"copy{n:03}", "{Vera Quist: “The ferries will sail again on Monday morning,”} Quist said.")
        for n in range(copies)
    ]
    found = statements.group(documents, shared(documents), None)
    assert [len(s.variants) for s in found] == [copies]
    assert found[0].reason == "same-words"
