"""What a page's layout puts into a turn breaks no quotation."""

from __future__ import annotations

import pytest

from onrecord.annotation import Annotations
from onrecord.comparison.alignment.index import TranscriptIndex
from onrecord.comparison.speech.page_marks import page_marks
from onrecord.comparison.wording.verdicts import judge
from onrecord.document import Document, Span
from onrecord.readers.transcript import find_turns

SAID = "The tide office has sealed the upper gates of all four basins until the ledgers are found."
HEAD = "TIDE COMMITTEE, SECOND SITTING"


def verdict(mark: str) -> str:
    first, second = SAID.split(" of all ")
    text = (
        f"MOLL: Good evening. {first} of all\n\n{mark}\n\n{second}\n\nOKORO: I see.\n\n{HEAD} 13\n\n"
        "MOLL: The pilots have been asked to wait, and they will be paid for it.\n"
    )
    index = TranscriptIndex([Annotations(Document("t", text, "transcript", blocks=find_turns(text)))])
    article = f"“{SAID}” Moll said."
    return judge([Span(0, len(SAID) + 2)], Document("a", article), index, speaker="Moll").verdict


@pytest.mark.parametrize(
    "mark",
    [
        "- 14 -",
        "14",
        "Page 14",
        "page 14 of 20",
        "14/20",
        f"{HEAD} 14",
        f"14\n\f\n{HEAD} 15",
        "https://tides.example/sitting/2 14/20",
        "ADVERTISEMENT",
        "Story continues below advertisement",
    ],
)
def test_a_pages_own_lines_part_no_sentence(mark: str) -> None:
    assert verdict(mark) == "verbatim"


@pytest.mark.parametrize("words", ["the fourteen of us say", "14 of them said", "SILENCE, said the clerk."])
def test_spoken_words_are_no_page_mark(words: str) -> None:
    assert verdict(words) != "verbatim"


def test_a_number_in_wrapped_lines_is_spoken() -> None:
    assert page_marks("The mill was built in\n1914\nand it burned in\n1920\nto the ground.") == ()
