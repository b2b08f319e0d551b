"""What speakers and cues are called: doubt is shown, and a cue is never lost."""

import pytest

from onrecord.annotation import Annotations, Attribution, Speaker
from onrecord.document import Document, Span
from onrecord.publishers import linked, page
from onrecord.publishers.naming import cue_words, needed_cue, speaker_label, statement_speaker
from onrecord.story import Statement, Story, StorySpeaker, Variant


def attributed(text, cue, content, form="indirect", source=None):
    def span(words):
        return Span(text.index(words), text.index(words) + len(words))

    return Attribution(
        "a1", (span(content),), form=form, cue=span(cue) if cue else None, source=span(source) if source else None
    )


@pytest.mark.parametrize(
    ("name", "source", "clear", "label"),
    [
        ("Orla Finch", "she", True, "Orla Finch"),
        ("Orla Finch", "she", False, "unclear (she: Orla Finch?)"),
        ("Orla Finch", "the  baker", False, "unclear (the baker: Orla Finch?)"),
        ("Orla Finch", None, False, "unclear (Orla Finch?)"),
        ("Orla Finch", "Mayor Orla Finch", False, "unclear (Mayor Orla Finch?)"),
        (None, "she", False, "unclear (she)"),
        (None, None, False, "speaker not named"),
        (None, None, True, "speaker not named"),
    ],
)
def test_a_speaker_under_the_threshold_is_called_unclear(name, source, clear, label):
    assert speaker_label(name, source, clear=clear) == label


def test_a_statement_is_unclear_in_the_words_of_its_first_version_that_names_a_source():
    one, two = "“We sold out.”", "“We sold out,” she said."
    versions = [
        (one, attributed(one, None, "We sold out", "direct")),
        (two, attributed(two, "said", "We sold out", "direct", "she")),
    ]
    statement = Statement("s1", "p1", (Variant("a", "a1"),), speaker_clear=False)
    assert statement_speaker(statement, "Orla Finch", versions) == "unclear (she: Orla Finch?)"


@pytest.mark.parametrize(
    ("text", "cue", "words"),
    [
        ("The cook did not say that the soup was cold.", "say", "did not say"),
        ("The cook didn’t say that the soup was cold.", "say", "didn’t say"),
        ("The cook declined to say that the soup was cold.", "say", "declined to say"),
        ("The cook has said that the soup was cold.", "said", "said"),
        ("The cook said: that the soup was cold.", "said:", "said"),
        ("The cook: that the soup was cold.", ":", ""),
    ],
)
def test_a_cue_is_given_with_the_words_that_turn_it(text, cue, words):
    assert cue_words(text, attributed(text, cue, "the soup was cold")) == words


@pytest.mark.parametrize(
    ("form", "cue", "needed"),
    [
        ("indirect", "were wary of", "were wary of"),
        ("mixed", "called for", "called for"),
        ("direct", "said", ""),
        ("direct", "denied", "denied"),
    ],
)
def test_a_cue_is_needed_outside_quotation_marks_and_where_it_denies(form, cue, needed):
    text = f"The bakers {cue} opening on a feast day."
    assert needed_cue(text, attributed(text, cue, "opening on a feast day", form)) == needed


@pytest.fixture
def doubtful():
    text = "Orla Finch bowed. “The oven is mended,” she said."
    found = attributed(text, "said", "“The oven is mended,”", "direct", "she")
    document = Annotations(Document("a", text), (), (Speaker("p1", "Orla Finch", "person"),), (found,))
    speaker = StorySpeaker("sp1", "Orla Finch", "person", (("a", "p1"),))
    return Story((document,), (speaker,), (Statement("s1", "sp1", (Variant("a", "a1"),), speaker_clear=False),))


def test_the_page_names_nobody_who_is_not_sure(doubtful):
    text = page.render_story(doubtful)
    assert "unclear (she: Orla Finch?)" in text
    assert "</a> Orla Finch" not in text


def test_linked_data_credit_nobody_who_is_not_sure(doubtful):
    graph = linked.story_jsonld(doubtful)["graph"]
    assert not [n for n in graph if "author" in n or "spokenByCharacter" in n]
