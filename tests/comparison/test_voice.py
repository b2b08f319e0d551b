from __future__ import annotations

import importlib.util
import random
import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotation import Annotations, Attribution
from onrecord.comparison.rarity import commonness
from onrecord.comparison.voice import contrast, evaluative_words
from onrecord.document import Document, Span
from onrecord.story import Voice

_SPEC = importlib.util.spec_from_file_location("telling_story", Path(__file__).with_name("telling_story.py"))
assert _SPEC
assert _SPEC.loader
story_of_versions = sys.modules.get("telling_story") or importlib.util.module_from_spec(_SPEC)
sys.modules["telling_story"] = story_of_versions
_SPEC.loader.exec_module(story_of_versions)
report, shared = story_of_versions.report, story_of_versions.shared


def reported(*reports: Annotations) -> dict[str, tuple[set[str], set[str]]]:
    found: tuple[Voice, ...] = contrast(reports, shared(reports))
    return {v.phrase: ({p.document for p in v.quoted}, {p.document for p in v.own}) for v in found}


QUOTING = report("quoting", "{Jon Ek: “It was a callous order and the pump is a garden toy,”} said Jon Ek, the miller.")


def test_a_judgement_quoted_here_and_printed_there_is_told():
    printing = report("printing", "The callous order came at dawn.")
    assert reported(QUOTING, printing) == {"callous order": ({"quoting"}, {"printing"})}


def test_the_quoted_passage_names_its_speaker():
    printing = report("printing", "The callous order came at dawn.")
    found = contrast([QUOTING, printing], shared([QUOTING, printing]))
    assert [p.speaker for v in found for p in v.quoted] == ["Jon Ek"]
    assert [p.speaker for v in found for p in v.own] == [None]


def test_a_figure_of_speech_for_what_a_thing_is_is_told():
    assert "garden toy" in reported(QUOTING, report("printing", "The pump, a garden toy, failed."))


def test_a_plain_phrase_is_not_told():
    plain = report("plain", "{Jon Ek: “The water rose at noon and we opened the lower gate,”} said Ek.")
    assert reported(plain, report("printing", "The water rose at noon. Men opened the lower gate.")) == {}


def test_a_report_that_also_prints_it_as_its_own_does_not_quote_only():
    both = report("both", "{Jon Ek: “It was a callous order,”} said Ek.\nThe callous order came at dawn.")
    assert reported(both, report("printing", "The callous order came at dawn.")) == {}


def test_an_indirect_telling_of_the_same_speaker_is_not_own_voice():
    indirect = report("indirect", "Jon Ek said {Jon Ek: the callous order came at dawn}.")
    assert reported(QUOTING, indirect) == {}


def test_a_word_slipped_into_what_another_says_is_own_voice():
    slipped = report("slipped", "Ida Rand noted {Ida Rand: that the callous order came at dawn}.")
    assert reported(QUOTING, slipped) == {"callous order": ({"quoting"}, {"slipped"})}


def test_the_name_that_most_reports_give_a_thing_is_not_told():
    printing = [report(f"p{n}", "The callous order came at dawn.") for n in range(3)]
    assert reported(QUOTING, *printing) == {}


def test_marks_without_an_attribution_are_nobodys_words():
    scare = report("scare", "The “callous” order came at dawn.")
    assert reported(scare, report("printing", "The callous order came at dawn.")) == {}


def test_the_list_of_words_that_judge_is_made_of_lemmas_that_are_not_everyday_for_the_most_part():
    listed = evaluative_words()
    assert len(listed) > 400
    assert sum(commonness(word) < 0.02 for word in listed) > 0.9 * len(listed)


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_order_of_reports_changes_nothing(shuffler: random.Random):
    documents = [QUOTING, report("printing", "The callous order came. The pump, a garden toy, failed.")]
    shuffled = list(documents)
    shuffler.shuffle(shuffled)
    assert contrast(shuffled, shared(documents)) == contrast(documents, shared(documents))


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab ’‘“”\"'.\n—", max_size=120), st.integers(0, 60), st.integers(0, 60))
def test_unbalanced_marks_do_not_raise(text: str, start: int, length: int):
    content = Span(min(start, len(text)), min(start + length, len(text)))
    marked = Annotations(Document("x", text), attributions=(Attribution("a1", (content,), form="direct"),))
    contrast([marked, QUOTING], [])


def test_the_name_of_an_offence_is_no_judgement():
    quoting = report("quoting", "{Jon Ek: “They call it a callous order,”} said Jon Ek, the miller.")
    assert reported(quoting, report("printing", "The court convicted nine men of a callous order to the guards.")) == {}
    assert "callous order" in reported(
        quoting, report("printing", "Nine were convicted. The callous order came at dawn.")
    )
