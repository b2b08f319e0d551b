"""The forms of parliaments, committees, broadcasters and recorders: who speaks, and whether a quotation is theirs."""

from __future__ import annotations

import pytest

from onrecord import pipeline
from onrecord.document import Document
from onrecord.readers import read

LOST = "we have lost a third of our water in the old iron pipes"
MAP = "I will publish the map on Friday"

FORMS = {
    "House of Commons Hansard": (
        "uk_hansard.txt",
        """House of Commons
Wednesday 12 March 2025

The House met at half-past Eleven o'clock

Oral Answers to Questions
WATER

Jon Brask (Tarnby) (Lab)
We have lost a third of our water in the old iron pipes. Will she act?

The Secretary of State for Water (Hanne Oake)
Yes. That is why we are replacing them.

Jon Brask
I thank the Secretary of State for that answer. Will she publish the map?

Hanne Oake
I will publish the map on Friday.

Mr Speaker
Order. I call the shadow Minister.

Ada Moss (Vale) (Con)
Nobody believes a word of it.

[Interruption.]

Several hon. Members rose—

Madam Deputy Speaker (Una Holm)
Order.
""",
    ),
    "Australian Hansard": (
        "aus_hansard.txt",
        """Mr BRASK (Tarnby) (14:01): We have lost a third of our water in the old iron pipes. Will the minister act?

Ms OAKE (Vale—Minister for Water) (14:02): I thank the member for Tarnby for his question. That is so.

Opposition members interjecting—

The SPEAKER: Members on my left! The minister has the call.

Ms OAKE: I will publish the map on Friday.

Honourable members: Hear, hear!

Mr Brask interjecting—

The SPEAKER: The member for Tarnby is warned.
""",
    ),
    "Canadian Hansard": (
        "canada.txt",
        """Oral Questions

[English]

Hon. Jon Brask (Tarnby, CPC): Mr. Speaker, we have lost a third of our water in the old iron pipes. Will she resign?

Some hon. members: Hear, hear!

Hon. Hanne Oake (Minister of Water, Lib.): Mr. Speaker, I will publish the map on Friday.

Some hon. members: Oh, oh!

The Speaker: Order.
● (1420)
Hon. Jon Brask: Mr. Speaker, nobody believes a word of it.
""",
    ),
    "Lok Sabha debates": (
        "india.txt",
        """LOK SABHA DEBATES

SHRI JON BRASK (TARNBY): Madam Chairperson, we have lost a third of our water in the old iron pipes.

... (Interruptions)

HON. SPEAKER: Please take your seats.

THE MINISTER OF WATER (SHRIMATI HANNE OAKE): Hon. Speaker, I will publish the map on Friday.

SHRI JON BRASK: Nobody believes a word of it.
""",
    ),
    "Congressional Record": (
        "congress.txt",
        """[Congressional Record Volume 171, Number 45 (Wednesday, March 12, 2025)]
[House]
[Pages H1101-H1102]

                              {time}  1215

                         THE OLD IRON PIPES

  (Mr. BRASK of Ohio was given one minute.)
  Mr. BRASK. Mr. Speaker, we have lost a third of our water in the old
iron pipes, and every gallon of it was paid for.
  I will not stand here and promise anything.
  Ms. OAKE of Maine. Madam Speaker, will the gentleman yield?
  Mr. BRASK. I yield to the gentlewoman.
  The SPEAKER pro tempore (Mr. Holm). The gentleman's time has expired.
  Ms. OAKE of Maine. I will publish the map on Friday.

                          ____________________
""",
    ),
    "committee hearing": (
        "hearing.txt",
        """OLD IRON PIPES

Wednesday, March 12, 2025

U.S. Senate,
Committee on Water,
Washington, DC.

    The committee met at 10:01 a.m. in room SD-1, Hon. Jon Brask presiding.

         OPENING STATEMENT OF HON. JON BRASK, CHAIRMAN

    Senator Brask. We have lost a third of our water in the old iron pipes. The committee will come to order.
    Ms. Oake, please proceed.

   STATEMENT OF HANNE OAKE, DIRECTOR, WATERWORKS

    Ms. Oake. Thank you, Mr. Chairman. I will publish the map on Friday.
    The Chairman. Thank you. Senator Moss.
    Senator Moss. Nobody believes a word of it.
    Ms. Oake. Go and look at them yourself.
""",
    ),
    "Rev": (
        "rev.txt",
        """Jon Brask (00:00):
We have lost a third of our water in the old iron pipes.

Hanne Oake (00:14):
I will publish the map on Friday.

Speaker 3 (00:21):
Nobody believes a word of it.
""",
    ),
    "Teams": (
        "teams.txt",
        """Water meeting-20250312_100100-Meeting Recording
March 12, 2025, 10:01AM
31m 5s

Brask, Jon started transcription

Brask, Jon   0:03
We have lost a third of our water in the old iron pipes.

Oake, Hanne   0:14
I will publish the map on Friday.
Go and look at them yourself.

Brask, Jon   0:21
Nobody believes a word of it.
""",
    ),
    "Zoom": (
        "zoom.vtt",
        """WEBVTT

1
00:00:03.000 --> 00:00:07.000
Jon Brask: We have lost a third of our water

2
00:00:07.100 --> 00:00:09.000
Jon Brask: in the old iron pipes.

3
00:00:14.000 --> 00:00:17.000
Hanne Oake: I will publish the map on Friday.
""",
    ),
    "Otter": (
        "otter.txt",
        """Water meeting
Wed, Mar 12, 2025 10:01AM • 31:05
SUMMARY KEYWORDS
water, pipes, map
SPEAKERS
Jon Brask, Hanne Oake

Jon Brask  00:03
We have lost a third of our water in the old iron pipes.

Hanne Oake  00:14
I will publish the map on Friday.

Unknown Speaker  00:21
Nobody believes a word of it.

Transcribed by https://otter.ai
""",
    ),
    "Descript": (
        "descript.txt",
        """[00:00:03] Jon Brask: We have lost a third of our water in the old iron pipes.

[00:00:14] Hanne Oake: I will publish the map on Friday.

[00:00:21] Jon Brask: Nobody believes a word of it.
""",
    ),
    "CNN": (
        "cnn.txt",
        """Aired March 12, 2025 - 20:00   ET

THIS IS A RUSH TRANSCRIPT.

JON BRASK, CNN ANCHOR: We have lost a third of our water in the old iron pipes.

(BEGIN VIDEO CLIP)

HANNE OAKE, WATERWORKS DIRECTOR: I will publish the map on Friday.

(END VIDEO CLIP)

BRASK: Nobody believes a word of it.

REP. ADA MOSS (D-OH): Go and look at them yourself.

MOSS: I mean it.
""",
    ),
    "NPR": (
        "npr.txt",
        """JON BRASK, HOST:

We have lost a third of our water in the old iron pipes.

HANNE OAKE, BYLINE: I will publish the map on Friday.

(SOUNDBITE OF ARCHIVED RECORDING)

ADA MOSS: Nobody believes a word of it.

BRASK: Go and look at them yourself.

Copyright © 2025 NPR. All rights reserved.
""",
    ),
}


def checked(form: str, lost: str, map_: str) -> list[str]:
    """Check an article that quotes two speakers against a form of transcript; give the verdicts."""
    name, text = FORMS[form]
    transcripts = read(text.encode(), name=name, kind="transcript")
    article = f"Town argues over pipes\n\n{lost} said that “{LOST}.”\n\n“{MAP},” {map_} said."
    (check,) = pipeline.check([Document("article", article)], transcripts)
    return [quotation.wording.verdict for quotation in check.quotations]


@pytest.mark.parametrize("form", FORMS)
def test_right_quotations_are_right_in_every_form(form):
    assert set(checked(form, "Jon Brask", "Hanne Oake")) <= {"verbatim", "trimmed"}


@pytest.mark.parametrize("form", FORMS)
def test_words_that_change_speakers_are_found_in_every_form(form):
    assert checked(form, "Hanne Oake", "Jon Brask") == ["misattributed", "misattributed"]


STOPPED = """Press conference of the chair
March 12, 2025

CHAIR BRASK. Good afternoon. The pipes are old.

HANNE OAKE. Hanne Oake with the Courier. Will you publish the map?

CHAIR BRASK. I will publish it on Friday.

ADA MOSS. Ada Moss, The Ledger. Nobody believes it.
"""


def speakers(text: str) -> list[str | None]:
    (document,) = read(text.encode(), name="t.txt", kind="transcript")
    return [block.speaker for block in document.blocks if block.kind == "turn"]


COURT = """THE COURT:  Call your witness.

MR. BRASK:  The county calls Hanne Oake.

HANNE OAKE,
called as a witness, having been duly sworn, testified as follows:

BY MR. BRASK:

Q.  Ms. Oake, what did you lose?

A.  We lost a third of our water in the old iron pipes.

CROSS-EXAMINATION

BY MS. MOSS:

Q.  Nobody believes a word of it, do they?

A.  Go and look at them yourself.
"""


def test_in_court_q_is_who_examines_and_a_the_witness():
    assert speakers(COURT)[2:] == ["MR. BRASK", "HANNE OAKE", "MS. MOSS", "HANNE OAKE"]
    transcripts = read(COURT.encode(), name="court.txt", kind="transcript")
    for name, verdict in (("Hanne Oake", "verbatim"), ("Jon Brask", "misattributed")):
        article = f"In court\n\n“We lost a third of our water in the old iron pipes,” {name} said."
        (check,) = pipeline.check([Document("article", article)], transcripts)
        assert [quotation.wording.verdict for quotation in check.quotations] == [verdict]


def test_of_questions_outside_a_court_only_the_letters_are_known():
    assert speakers("MAYOR MOSS: Good morning.\n\nQ: Is it safe?\n\nA: It is.\n") == ["MAYOR MOSS", "Q", "A"]


def test_names_closed_by_a_full_stop_are_labels_where_they_come_again():
    assert speakers(STOPPED) == ["CHAIR BRASK", "HANNE OAKE", "CHAIR BRASK", "ADA MOSS"]


def test_a_heading_closed_by_a_full_stop_is_no_label():
    assert speakers("ADA MOSS: We met in May.\n\nUNITED NATIONS. The talks failed.\n\nADA MOSS: We met in June.\n") == [
        "ADA MOSS",
        "ADA MOSS",
    ]


def test_a_time_of_day_is_no_answer():
    text = "Remarks at the quay\n\n10:01 A.M. EST\n\nTHE MAYOR:  Thank you.\n\nQ    Will you go?\n\nTHE MAYOR:  No.\n"
    assert speakers(text) == ["THE MAYOR", "Q", "THE MAYOR"]


def test_short_lines_of_prose_are_no_names():
    text = "Notes from the quay (draft)\n\nAda Moss\n\nThe mill burned down.\n\nAda Moss\n\nNobody was hurt.\n"
    assert speakers(text) == [None]
