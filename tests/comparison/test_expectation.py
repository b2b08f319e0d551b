"""What a transcript lacks is an error only where the words are said to have been spoken on its occasion."""

from __future__ import annotations

import pytest

from onrecord.annotation import Annotations, Attribution, Speaker
from onrecord.comparison.wording.alignment import TranscriptIndex
from onrecord.comparison.wording.house_style import HouseStyle
from onrecord.comparison.wording.verdicts import check_document
from onrecord.document import Block, Document, Published, Span

SPOKEN = (
    "The lower gates will open again once every pilot has signed the new rules. Nobody asked the harbour engineers."
)
MADE_UP = "We shall build three lighthouses out of marble before the autumn storms arrive."


def transcript(*, label: str | None = "IDA MOLL", day: str | None = None) -> TranscriptIndex:
    published = Published(day, "metadata") if day else None
    turn = Block("turn", 0, len(SPOKEN), speaker=label)
    return TranscriptIndex([Annotations(Document("t", SPOKEN, "transcript", published=published, blocks=(turn,)))])


def verdicts(
    *told: str,
    against: TranscriptIndex | None = None,
    frame: str = "Moll said",
    speaker: bool = True,
    day: str | None = None,
) -> list[tuple[str, str]]:
    text, attributions = "", []
    for number, words in enumerate(told):
        start = len(text)
        text += f"“{words}” {frame}. "
        end = start + len(words) + 2
        at = text.index(frame, end)
        attributions.append(
            Attribution(
                f"a{number}",
                (Span(start, end),),
                form="direct",
                cue=Span(at, at + len(frame)),
                speaker="p1" if speaker else None,
            )
        )
    document = Document("a", text, published=Published(day, "metadata") if day else None)
    annotations = Annotations(
        document, speakers=(Speaker("p1", "Ida Moll", "person"),), attributions=tuple(attributions)
    )
    found = check_document(annotations, against or transcript(), HouseStyle.named("strict"))
    return [(q.wording.verdict, q.severity) for q in found.quotations]


def test_words_of_one_who_spoke_there_are_missing():
    assert verdicts(MADE_UP) == [("not-found", "error")]


@pytest.mark.parametrize("frame", ["Moll said in a statement", "Moll told The Gull Point Mail", "Moll tweeted"])
def test_words_issued_or_told_to_one_outlet_may_be_missing(frame: str):
    assert verdicts(MADE_UP, frame=frame) == [("unchecked", "note")]


def test_words_of_nobody_known_may_be_missing():
    assert verdicts(MADE_UP, speaker=False) == [("unchecked", "note")]


def test_an_article_of_which_nothing_is_found_tells_of_another_occasion():
    others = ["The mint ran short of copper coins again.", "Seven bakers left the guild on account of the new flour."]
    assert {v for v, _ in verdicts(MADE_UP, *others)} == {"unchecked"}
    spoken = SPOKEN.split(".", maxsplit=1)[0]
    assert [v for v, _ in verdicts(MADE_UP, spoken)].count("not-found") == 1
    assert [v for v, _ in verdicts(MADE_UP, *others, spoken)].count("not-found") == 0


def test_a_quotation_held_alone_against_a_transcript_is_missing_from_it():
    assert verdicts(MADE_UP, against=transcript(label=None)) == [("not-found", "error")]


def test_a_transcript_that_names_nobody_holds_those_whose_words_are_found_there():
    speech = transcript(label=None)
    found = verdicts(MADE_UP, SPOKEN.split(".", maxsplit=1)[0], against=speech)
    assert [v for v, _ in found] == ["not-found", "verbatim"]


@pytest.mark.parametrize(
    ("day", "verdict"), [("2031-05-15", "not-found"), ("2031-05-13", "unchecked"), ("2031-07-01", "unchecked")]
)
def test_an_article_of_another_time_owes_nothing_to_the_occasion(day: str, verdict: str):
    assert [v for v, _ in verdicts(MADE_UP, against=transcript(day="2031-05-14"), day=day)] == [verdict]
