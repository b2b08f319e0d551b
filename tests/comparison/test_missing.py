"""What a transcript lacks is an error only where the words are said to have been spoken on its occasion."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.annotation import Annotations, Attribution, Speaker
from onrecord.comparison.alignment.index import TranscriptIndex
from onrecord.comparison.checking.check import check_document
from onrecord.comparison.checking.house_style import HouseStyle
from onrecord.document import Block, Document, Published, Span
from onrecord.story import Check

SPOKEN = (
    "The lower gates will open again once every pilot has signed the new rules. Nobody asked the harbour engineers."
)
MADE_UP = "We shall build three lighthouses out of marble before the autumn storms arrive."


def transcript(
    *, label: str | None = "IDA MOLL", day: str | None = None, title: str | None = None, text: str = SPOKEN
) -> TranscriptIndex:
    published = Published(day, "metadata") if day else None
    turn = Block("turn", 0, len(text), speaker=label)
    document = Document("t", text, "transcript", title=title, published=published, blocks=(turn,))
    return TranscriptIndex([Annotations(document)])


def reasons(*reported: str, against: TranscriptIndex | None = None, **given: Any) -> list[str | None]:
    return [q.wording.reason for q in checked(*reported, against=against, **given).quotations]


def verdicts(*reported: str, against: TranscriptIndex | None = None, **given: Any) -> list[tuple[str, str]]:
    return [(q.wording.verdict, q.severity) for q in checked(*reported, against=against, **given).quotations]


def checked(
    *reported: str,
    against: TranscriptIndex | None = None,
    frame: str = "Moll said",
    speaker: bool = True,
    clear: bool = True,
    day: str | None = None,
    partial: bool = False,
) -> Check:
    text, attributions = "", []
    for number, words in enumerate(reported):
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
                speaker_clear=clear,
            )
        )
    document = Document("a", text, published=Published(day, "metadata") if day else None)
    annotations = Annotations(
        document, speakers=(Speaker("p1", "Ida Moll", "person"),), attributions=tuple(attributions)
    )
    return check_document(annotations, against or transcript(), HouseStyle.named("strict"), partial=partial)


def test_words_of_one_who_spoke_there_are_missing():
    assert verdicts(MADE_UP) == [("not-found", "error")]


@pytest.mark.parametrize(
    "frame",
    [
        "Moll said in a statement",
        "Moll told The Gull Point Mail",
        "Moll tweeted",
        "Moll said in an interview",
        "Moll said by phone",
        "Moll told WGPR radio listeners in an e-mail",
    ],
)
def test_words_issued_or_told_to_one_outlet_may_be_missing(frame: str):
    assert verdicts(MADE_UP, frame=frame) == [("unchecked", "note")]


@pytest.mark.parametrize("frame", ["Moll told Senator Okoro", "Moll told the pilots", "Moll said"])
def test_words_said_to_those_who_were_there_are_missing(frame: str):
    assert verdicts(MADE_UP, frame=frame) == [("not-found", "error")]


def test_words_of_nobody_known_may_be_missing():
    assert verdicts(MADE_UP, speaker=False) == [("unchecked", "note")]


def test_an_article_of_which_nothing_is_found_tells_of_another_occasion():
    others = ["The mint ran short of copper coins again.", "Seven bakers left the guild on account of the new flour."]
    assert {v for v, _ in verdicts(MADE_UP, *others)} == {"unchecked"}
    spoken = SPOKEN.split(".", maxsplit=1)[0]
    assert [v for v, _ in verdicts(MADE_UP, spoken)].count("not-found") == 1
    assert [v for v, _ in verdicts(MADE_UP, *others, spoken)].count("not-found") == 0


def test_a_transcript_that_names_nobody_lacks_nobodys_words():
    assert reasons(MADE_UP, against=transcript(label=None)) == ["transcript-no-speakers"]


def test_a_transcript_whose_title_names_the_speaker_lacks_what_is_missing():
    assert verdicts(MADE_UP, against=transcript(label=None, title="Remarks by Ida Moll")) == [("not-found", "error")]


def test_a_transcript_that_names_nobody_holds_those_whose_words_are_found_there():
    speech = transcript(label=None)
    found = verdicts(MADE_UP, SPOKEN.split(".", maxsplit=1)[0], against=speech)
    assert [v for v, _ in found] == ["not-found", "verbatim"]


@pytest.mark.parametrize(
    ("day", "verdict"), [("2031-05-15", "not-found"), ("2031-05-13", "unchecked"), ("2031-07-01", "unchecked")]
)
def test_an_article_of_another_time_owes_nothing_to_the_occasion(day: str, verdict: str):
    assert [v for v, _ in verdicts(MADE_UP, against=transcript(day="2031-05-14"), day=day)] == [verdict]


# -- why not, and the notices above -----------------------------------------------------------------------------------

ELSE = "The pilots asked for a second tug and got a third of one."


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        (f"{SPOKEN} The last of the tugs was sold to the dredging wor", "transcript-partial"),
        (f"{SPOKEN} The last of the tugs was sold, and", "transcript-partial"),
        (f"Excerpts from the hearing\n\n{SPOKEN}", "transcript-partial"),
        (f"{SPOKEN}\n\n[...]\n\nThe tugs were sold in the spring of that year.", "transcript-partial"),
        (" ".join([SPOKEN.replace(".", "").lower()] * 4), "transcript-unpunctuated"),
    ],
)
def test_a_transcript_that_may_lack_words_says_so_once_and_lacks_none(text: str, notice: str):
    check = checked(MADE_UP, against=transcript(text=text))
    assert check.notices == (notice,)
    assert [q.wording.reason for q in check.quotations] == [notice]


@pytest.mark.parametrize(
    "text",
    [
        SPOKEN,
        f"{SPOKEN}\n\nEND 4:15 P.M. EDT",
        f"{SPOKEN} Thank you all.\n\n(Applause)",
        f"{SPOKEN} He called it “a fine harbour.”",
        "Good morning",
    ],
)
def test_a_whole_transcript_has_no_notice(text: str):
    assert checked(MADE_UP, against=transcript(text=text)).notices == ()


def test_the_caller_says_that_a_transcript_is_partial():
    check = checked(MADE_UP, partial=True)
    assert check.notices == ("transcript-partial",)
    assert [q.wording.reason for q in check.quotations] == ["transcript-partial"]


def test_a_transcript_of_another_day_or_without_names_says_so():
    assert checked(MADE_UP, against=transcript(day="2031-05-14"), day="2031-07-01").notices == (
        "transcript-of-other-day",
    )
    assert checked(MADE_UP, against=transcript(label=None)).notices == ("transcript-no-speakers",)


@pytest.mark.parametrize(
    ("words", "given", "reason"),
    [
        ("engineers", {}, "too-short"),
        ("pilot signs the rules", {}, "weak-match"),
        (MADE_UP, {"speaker": False}, "speaker-unnamed"),
        (MADE_UP, {"clear": False}, "speaker-unclear"),
        (MADE_UP, {"frame": "Moll said in a statement"}, "said-elsewhere"),
        (MADE_UP, {"against": transcript(label="PER OKORO")}, "no-turns-of-speaker"),
        (MADE_UP, {"against": transcript(day="2031-05-14"), "day": "2031-07-01"}, "other-occasion"),
    ],
)
def test_each_reason_is_the_true_one(words: str, given: dict[str, Any], reason: str):
    assert reasons(words, **given) == [reason]


def test_nobody_is_blamed_for_words_whose_speaker_the_article_leaves_unclear():
    text = f"{ELSE}\n\n{SPOKEN}"
    blocks = (
        Block("turn", 0, len(ELSE), speaker="PER OKORO"),
        Block("turn", len(ELSE) + 2, len(text), speaker="IDA MOLL"),
    )
    index = TranscriptIndex([Annotations(Document("t", text, "transcript", blocks=blocks))])
    assert verdicts(ELSE, against=index) == [("misattributed", "error")]
    assert verdicts(ELSE, against=index, clear=False) == [("verbatim", "ok")]


def test_what_the_transcript_quotes_of_another_is_no_measure_of_his_words():
    quoted = "“the pilots have asked for a second tug and got a third of one.”"
    text = f"{SPOKEN * 3} The mayor says that {quoted} He is right."
    others = "The pilots asked us for a second tug and they got a third of one."
    assert reasons(others, against=transcript(label=None, text=text)) == ["quoted-there"]
