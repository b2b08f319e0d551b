"""Speakers of a transcript's turns: labels read as names, titles and roles."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotation import Speaker
from onrecord.annotators.speakers import naming as speakers
from onrecord.document import Block, Document
from onrecord.text.analysed import Analysed


def _turns(preamble: str, *turns: tuple[str, str]) -> tuple[Speaker, ...]:
    """Make a transcript of a heading and of turns, and give its speakers."""
    text, blocks = preamble + "\n\n", [Block("paragraph", 0, len(preamble))] if preamble else []
    for label, words in turns:
        start = len(text)
        text += f"{label}: {words}\n\n"
        blocks.append(Block("turn-label", start, start + len(label) + 1))
        blocks.append(Block("turn", start + len(label) + 2, start + len(label) + 2 + len(words), label))
    return speakers.resolve(Analysed(Document(id="t", text=text, kind="transcript", blocks=tuple(blocks)), ()), ())[0]


def test_a_surname_in_capitals_is_the_full_name_of_the_heading() -> None:
    found = _turns(
        "Press Briefing by the Minister of Transport, Maren Aldous, and Capt. Tobias Renn",
        ("MINISTER ALDOUS", "Good morning to all."),
        ("CAPT. RENN", "We had closed."),
        ("MINISTER ALDOUS", "So we had."),
    )
    assert [(s.name, s.kind, s.titles, len(s.mentions)) for s in found] == [
        ("Maren Aldous", "person", ("Minister",), 2),
        ("Tobias Renn", "person", ("Capt.",), 1),
    ]


def test_labels_of_one_person_are_one_speaker_and_names_are_set_in_small_letters() -> None:
    found = _turns(
        "", ("MR. MCCANN", "Good morning."), ("MCCANN", "Again."), ("MS. O'DELL-ASH", "Mr. McCann is right.")
    )
    assert [(s.name, s.gender) for s in found] == [("McCann", "m"), ("O'Dell-Ash", "f")]


def test_an_office_is_its_holder_where_the_heading_names_one() -> None:
    found = _turns(
        "Remarks by President Harlan Dodge at Noon", ("THE PRESIDENT", "Good afternoon."), ("Q", "Sir, when?")
    )
    assert [(s.name, s.kind, s.titles) for s in found] == [
        ("Harlan Dodge", "person", ("President",)),
        ("Q", "unnamed", ()),
    ]


def test_an_office_without_a_holder_and_those_who_ask_stay_unnamed() -> None:
    found = _turns("", ("THE CHANCELLOR", "Good afternoon."), ("REPORTER", "Why?"), ("Q", "When?"), ("Q", "Where?"))
    assert [(s.name, s.kind) for s in found] == [
        ("The Chancellor", "unnamed"),
        ("REPORTER", "unnamed"),
        ("Q", "unnamed"),
    ]


def test_a_surname_that_two_persons_bear_stays_as_printed() -> None:
    found = _turns("A Meeting of Ada Holm and Olav Holm", ("HOLM", "I begin."))
    assert [s.name for s in found] == ["Holm"]


def test_name_and_title_parted_by_a_comma() -> None:
    found = _turns("", ("Lloyd J. Hale III, Secretary of Works", "One more thing."), ("SECRETARY HALE", "Now."))
    assert [(s.name, s.titles) for s in found] == [("Lloyd J. Hale III", ("Secretary of Works", "Secretary"))]


@given(st.lists(st.tuples(st.text(min_size=1, max_size=30), st.text(max_size=60)), max_size=6), st.text(max_size=80))
def test_no_label_breaks_the_reading_and_every_mention_lies_in_the_text(
    turns: list[tuple[str, str]], preamble: str
) -> None:
    found = _turns(preamble, *turns)
    assert all(s.name and 0 <= m.start < m.end for s in found for m in s.mentions)
