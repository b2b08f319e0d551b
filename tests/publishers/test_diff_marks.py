from hypothesis import given
from hypothesis import strategies as st

from onrecord.document import Span
from onrecord.publishers.diff_marks import parts_of
from onrecord.wording import Edit

VERSION = "We shall leave in May."
SPOKEN = "We will certainly leave in May or June."


def edit(op, words, instead):
    at = VERSION.index(words) if words else VERSION.index("leave")
    other = SPOKEN.index(instead)
    return Edit(op, Span(at, at + len(words)), Span(other, other + len(instead)))


def test_changed_and_dropped_words_stand_as_pieces_of_their_own():
    found = parts_of(
        VERSION,
        Span(0, len(VERSION)),
        [edit("replace", "shall", "will"), edit("delete", "", "certainly")],
        SPOKEN,
    )
    assert [(p.words, p.op, p.instead_of) for p in found] == [
        ("We ", "equal", ""),
        ("shall", "replace", "will"),
        (" ", "equal", ""),
        ("", "delete", "certainly"),
        ("leave in May.", "equal", ""),
    ]


@given(
    start=st.integers(0, 22),
    length=st.integers(0, 22),
    cuts=st.lists(st.tuples(st.integers(0, 22), st.integers(0, 22)), max_size=6),
)
def test_pieces_give_back_the_words_whatever_the_edits(start, length, cuts):
    end = min(len(VERSION), start + length)
    edits = [Edit("replace", Span(min(c), max(c)), Span(0, 2)) for c in cuts]
    found = parts_of(VERSION, Span(min(start, end), end), edits, SPOKEN)
    assert "".join(p.words for p in found) == VERSION[min(start, end) : end]
