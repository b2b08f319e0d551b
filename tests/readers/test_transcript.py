"""Turns: who is printed as speaking, in every form that occurs."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.document import Span
from onrecord.readers import read
from onrecord.readers.transcript import find_turns, is_transcript


def turns(text, **options):
    blocks = find_turns(text, **options)
    return [(block.speaker, text[block.start : block.end]) for block in blocks if block.kind == "turn"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SEC. BRANDT: Good morning.\n\nQ: Is it safe?\n", [("SEC. BRANDT", "Good morning."), ("Q", "Is it safe?")]),
        ("Q    Is it safe?\n\nMS. ODEN:  It is.\n", [("Q", "Is it safe?"), ("MS. ODEN", "It is.")]),
        ("Ada Brandt, Minister: (00:03)\nGood morning.\n", [("Ada Brandt, Minister", "Good morning.")]),
        ("Ada Brandt (00:03):\nGood morning.\n", [("Ada Brandt", "Good morning.")]),
        ("[00:00:03] ADA BRANDT: Good morning.\n", [("ADA BRANDT", "Good morning.")]),
        ("Ada Brandt  0:03\nGood morning.\n", [("Ada Brandt", "Good morning.")]),
        ("Speaker 1: Good morning.\nModerator: Thanks.\n", [("Speaker 1", "Good morning."), ("Moderator", "Thanks.")]),
        ("ADA McBRIDE (D): Good morning.\n", [("ADA McBRIDE (D)", "Good morning.")]),
        ("THE PRESIDENT: Thank you. (Applause.) Sit.\n", [("THE PRESIDENT", "Thank you. (Applause.) Sit.")]),
        ("STAFF: [crosstalk] One at a time.\n", [("STAFF", "[crosstalk] One at a time.")]),
        (
            "Mr OAKE (Quay)—I say—\n\nSome hon. members: Oh, oh!\n\nMr OAKE—wait.\n",
            [("Mr OAKE", "I say—"), ("Some hon. members", "Oh, oh!"), ("Mr OAKE", "wait.")],
        ),
        (
            "Mr OAKE (Quay)—I say—\n\nHonourable senators interjecting—\n\nthat I wait.\n",
            [("Mr OAKE", "I say—"), ("Mr OAKE", "that I wait.")],
        ),
        (
            "Mr OAKE (Quay)—I met\nopposition members: all of them were interjecting loudly.\n",
            [("Mr OAKE", "I met\nopposition members: all of them were interjecting loudly.")],
        ),
        (
            "UNIDENTIFIED REPORTER: Why?\nGEN. OAKE: I will say: wait.\n",
            [("UNIDENTIFIED REPORTER", "Why?"), ("GEN. OAKE", "I will say: wait.")],
        ),
    ],
)
def test_each_form_of_label_is_known(text, expected):
    assert turns(text) == expected


def test_paragraphs_of_one_speaker_are_one_turn():
    text = "GEN. OAKE: One.\n\nTwo.\n\n[Applause]\n\nThree.\n\nQ: Four?"
    assert turns(text) == [("GEN. OAKE", "One.\n\nTwo.\n\n[Applause]\n\nThree."), ("Q", "Four?")]


def test_a_time_code_is_no_part_of_a_turn():
    text = "Ada Brandt: (00:03)\nOne.\n\n(00:20)\nTwo.\n\nQ: (01:04)\nThree?"
    assert turns(text) == [("Ada Brandt", "One."), ("Ada Brandt", "Two."), ("Q", "Three?")]


def test_lines_above_the_first_turn_are_no_turn():
    text = "PRESS BRIEFING\nHarbour House, May 2, 2024\n\nSTAFF: Welcome.\n"
    blocks = find_turns(text)
    assert [(block.kind, text[block.start : block.end]) for block in blocks] == [
        ("paragraph", "PRESS BRIEFING"),
        ("paragraph", "Harbour House, May 2, 2024"),
        ("turn-label", "STAFF:"),
        ("turn", "Welcome."),
    ]


def test_a_speech_without_a_name_is_one_speaker_named_by_the_caller():
    text = "Remarks on the harbour\n\nMy friends, thank you.\n\nWe came here: all of us.\nNote: nobody slept."
    assert turns(text, speaker="Ada Brandt") == [("Ada Brandt", text[24:])]
    assert turns(text) == [(None, text[24:])]
    (document,) = read(text.encode(), kind="transcript", speaker="Ada Brandt")
    assert [block.speaker for block in document.blocks] == [None, "Ada Brandt"]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("5:05 PM\n\nThe pumps held all night. Nobody slept.\n", []),
        ("Harbour hall\n[17:05] Monday\n\nThe pumps held. Nobody slept.\n", []),
        ("Harbour hall\n\n[00:01] The pumps held.\n[00:04] Nobody slept.\n", ["[00:01]", "[00:04]"]),
    ],
)
def test_a_time_of_day_in_the_title_is_no_label_regression(text, labels):
    blocks = find_turns(text)
    assert [text[block.start : block.end] for block in blocks if block.kind == "turn-label"] == labels
    assert all(one.end <= other.start for one, other in pairwise(blocks))
    assert "The pumps held" in "".join(words for _, words in turns(text))


def test_names_in_bold_are_labels():
    text = "Ada Brandt\nGood morning.\n\nMr. Oake Good. I will wait."
    assert turns(text, bold=[Span(26, 34)])[-1] == ("Mr. Oake", "Good. I will wait.")


def test_prose_with_colons_is_no_transcript():
    prose = "He said this: wait.\n\nNote: the pier is closed.\n\nUpdate: it is open.\n\n" * 4
    assert not is_transcript(prose)
    interview = (
        "Ada Brandt has run the harbour for nineteen years, through two floods and a strike that nobody has "
        "forgotten, and she has seldom spoken of it in public until now, she says.\n\n"
    )
    assert not is_transcript(interview + "Q: Why now?\n\nA: Because I leave.\n\n" * 6)
    assert is_transcript("HARBOUR HOUSE\n\n" + "Q: Why now?\n\nMINISTER BRANDT: Because I leave.\n\n" * 6)


def test_a_transcript_without_labels_still_reads_regression():
    assert turns("just words, no names\nand more of them.") == [(None, "just words, no names\nand more of them.")]


@settings(deadline=None)  # other work runs on the machine that tests
@given(st.text(alphabet=st.sampled_from("Q:A. \n\tMRSabc(0123)[]“”'-,é\r\u202e"), max_size=200), st.booleans())
def test_turns_stand_in_order_inside_the_text(text, named):
    blocks = find_turns(text, speaker="X" if named else None)
    end = 0
    for block in blocks:
        assert end <= block.start < block.end <= len(text)
        end = block.end
