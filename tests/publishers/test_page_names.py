"""What the page calls documents and statements: names for ids, and words that stand for a statement in a list."""

import pytest

from onrecord.annotation import Annotations, Attribution
from onrecord.document import Document, Span
from onrecord.publishers.statements import statements
from onrecord.publishers.view import View
from onrecord.story import Statement, Story, Variant
from onrecord.wording import Wording


def annotated(id_, text="The tide was late.", outlet=None, attributions=()):
    return Annotations(Document(id_, text, outlet=outlet), attributions=attributions)


def test_a_sentence_names_outlets_where_the_comparison_wrote_ids():
    view = View([annotated("north_wire", outlet="North Wire"), annotated("north_wire_2", outlet="Quay Post")])
    assert view.named("north_wire_2 rests on north_wire.") == "Quay Post rests on North Wire."


@pytest.mark.parametrize("id_", ["tide", "12", "a+b("])
def test_an_id_that_may_be_a_word_of_the_sentence_stays(id_):
    view = View([annotated(id_, outlet="Quay Post"), annotated("x.txt")])
    assert view.named("The tide took 12 boats.") == "The tide took 12 boats."


def test_ids_stay_where_two_documents_share_a_name():
    view = View([annotated("post-1", outlet="Quay Post"), annotated("post-2", outlet="Quay Post")])
    assert view.named("post-1 copies post-2.") == "post-1 copies post-2."


def reported(id_, words, form="direct"):
    return annotated(id_, words, attributions=(Attribution("a1", (Span(0, len(words)),), form=form),))


def label(*documents, wordings=()):
    view = View(documents)
    given = dict(wordings)
    variants = tuple(Variant(d.id, "a1", given.get(d.id)) for d in documents)
    statements(Story(tuple(documents), (), (Statement("s1", None, variants),)), view)
    return view.item_words("s1", 60)


def test_the_longest_words_in_quotation_marks_stand_for_a_statement():
    assert (
        label(
            reported("a", "she would go at dawn, come what may", "indirect"),
            reported("b", "I go"),
            reported("c", "I go now"),
        )
        == "I go now"
    )


def test_words_gravely_off_do_not_stand_for_a_statement():
    off = Wording("altered-content")
    assert label(reported("a", "I will never go"), reported("b", "I will go"), wordings=[("a", off)]) == "I will go"


@pytest.mark.parametrize(("words", "bare"), [("“I go,”", "I go"), ('it "a fine day"', 'it "a fine day"')])
def test_no_quotation_mark_is_left_open(words, bare):
    assert label(reported("a", words)) == bare
