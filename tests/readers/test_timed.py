"""Subtitles and what recognisers write: every form becomes the same turns, and no words are lost or said twice."""

from __future__ import annotations

import json

import pytest

from onrecord.errors import FormatError
from onrecord.readers import cues, recognised, subtitles

COUNTED = "The ferry left at nine, and nobody had counted the cars."
SAID = "The ferry left at nine, and nobody had counted the cars. It came back at ten."


def turns(document):
    return [(b.speaker, document.text[b.start : b.end]) for b in document.blocks if b.kind == "turn"]


def of_subtitles(text, **options):
    assert subtitles.is_subtitles(text)
    return cues.transcript(subtitles.read_cues(text, "a.vtt"), "a", **options)


def of_lines(text, **options):
    found = recognised.cues_of_lines(text)
    assert found is not None
    return cues.transcript(found, "a", **options)


def test_webvtt_with_header_notes_styles_voices_and_settings():
    document = of_subtitles(
        "\ufeffWEBVTT - council\nKind: captions\n\nNOTE by hand\nover two lines\n\nSTYLE\n::cue { color: red }\n\n"
        "one\n00:01.000 --> 00:03.000 align:start\n<v.loud Ida Moll>The ferry left at nine,\n\n"
        "00:03.000 --> 00:05.500\n<v Ida Moll>and nobody had\n<i>counted</i> the cars.</v>\n\n"
        "00:05.500 --> 00:07.000\n<v Otto Lenz>It came back &amp; stayed.</v>\n"
    )
    assert turns(document) == [
        ("Ida Moll", COUNTED),
        ("Otto Lenz", "It came back & stayed."),
    ]
    assert document.text.startswith("Ida Moll: The ferry")
    assert document.second(document.text.index("counted")) == 3.0
    assert document.second(document.text.index("came")) == 5.5
    assert document.second(2) is None


def test_two_voices_in_one_caption_are_two_turns():
    document = of_subtitles("WEBVTT\n\n00:01.000 --> 00:03.000\n<v Ida>Who was it?</v>\n<v Otto>Nobody.</v>\n")
    assert turns(document) == [("Ida", "Who was it?"), ("Otto", "Nobody.")]


ROLLING = """WEBVTT
Kind: captions

00:00:01.000 --> 00:00:03.000 align:start position:0%

the<00:00:01.200><c> ferry</c><00:00:01.400><c> left</c>

00:00:03.000 --> 00:00:03.010
the ferry left


00:00:03.010 --> 00:00:05.000
the ferry left
at<00:00:03.200><c> nine</c><00:00:03.400><c> and</c>

00:00:05.000 --> 00:00:05.010
at nine and


00:00:05.010 --> 00:00:08.000
at nine and
nobody<00:00:05.200><c> nobody</c><00:00:05.400><c> saw</c>
"""


def test_rolling_captions_say_each_line_once():
    assert turns(of_subtitles(ROLLING)) == [(None, "the ferry left at nine and nobody nobody saw")]


def test_a_line_that_is_said_twice_stays_twice():
    text = "1\n00:00:01,000 --> 00:00:02,000\nNo.\n\n2\n00:00:02,000 --> 00:00:03,000\nNo.\n"
    assert turns(of_subtitles(text)) == [(None, "No. No.")]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_subrip_in_every_kind_of_line_end(newline):
    text = newline.join(
        ["1", "00:00:01,000 --> 00:00:02,500", "The ferry left at nine,", "", "2",
         "00:00:02,500 --> 00:00:04,000", "and nobody had counted the cars.", ""]
    )  # fmt: skip
    assert turns(of_subtitles(text)) == [(None, COUNTED)]


@pytest.mark.parametrize(
    ("first", "second", "speakers"),
    [
        ("IDA MOLL: Who was it?", "OTTO LENZ: Nobody.", ["IDA MOLL", "OTTO LENZ"]),
        ("[SPEAKER_00]: Who was it?", "[SPEAKER_01]: Nobody.", ["SPEAKER_00", "SPEAKER_01"]),
        ("SPEAKER_00: Who was it?", "SPEAKER_01: Nobody.", ["SPEAKER_00", "SPEAKER_01"]),
        (">> Who was it?", ">> Nobody.", [None, None]),
        (">> IDA MOLL: Who was it?", ">> Nobody.", ["IDA MOLL", None]),
        ("Ida Moll: Who was it?", "Otto Lenz: Nobody.", ["Ida Moll", "Otto Lenz"]),
    ],
)
def test_labels_inside_subtitles_begin_turns(first, second, speakers):
    text = f"1\n00:00:01,000 --> 00:00:02,000\n{first}\n\n2\n00:00:02,000 --> 00:00:03,000\n{second}\n"
    assert turns(of_subtitles(text)) == [(speakers[0], "Who was it?"), (speakers[1], "Nobody.")]


def test_words_before_a_colon_that_name_nobody_stay_words():
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\nI say this: wait.\n\n2\n00:00:02,000 --> 00:00:03,000\nTwo things: bread.\n"
    )
    assert turns(of_subtitles(text)) == [(None, "I say this: wait. Two things: bread.")]


def test_dashes_in_one_caption_are_a_dialogue_and_one_dash_is_none():
    dialogue = "1\n00:00:01,000 --> 00:00:02,000\n- Who was it?\n- Nobody.\n"
    assert [words for _, words in turns(of_subtitles(dialogue))] == ["Who was it?", "Nobody."]
    alone = "1\n00:00:01,000 --> 00:00:02,000\n- and then it left\n"
    assert turns(of_subtitles(alone)) == [(None, "- and then it left")]


def test_a_caption_that_the_library_passes_over_is_read_or_named():
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nOne.\n\n99:00 --> what\nTwo.\n"
    with pytest.raises(FormatError, match="line 6"):
        subtitles.read_cues(text, "a.vtt")


@pytest.mark.parametrize(
    "text",
    [
        (
            "[00:01.000 --> 00:04.500]  The ferry left at nine,\n"
            "[00:04.500 --> 00:08.200]  and nobody had counted the cars.\n"
            "[00:08.200 --> 00:10.000]  It came back at ten.\n"
        ),
        (
            "[00:00:01.000 --> 00:00:04.500] The ferry left at nine, and nobody had counted the cars.\n"
            "[00:00:08.200 --> 00:00:10.000] It came back at ten.\n"
        ),
    ],
)
def test_lines_with_times_are_joined(text):
    document = of_lines(text)
    assert turns(document) == [(None, SAID)]
    assert document.second(0) == 1.0


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("(speaker 0) ", "(speaker 1) "),
        ("0.50 2.25 SPEAKER_00 ", "2.25 4.00 SPEAKER_01 "),
        ("[00:00:01.000 --> 00:00:02.000] SPEAKER_00: ", "[00:00:02.000 --> 00:00:03.000] SPEAKER_01: "),
        ("SPEAKER_00: ", "SPEAKER_01: "),
        ("[SPEAKER_00] ", "[SPEAKER_01] "),
    ],
)
def test_lines_with_a_speakers_number_are_turns(one, two):
    document = of_lines(f"{one}The ferry left\n{one}at nine.\n{two}Who saw it?\n")
    assert [words for _, words in turns(document)] == ["The ferry left at nine.", "Who saw it?"]
    assert turns(document)[0][0] != turns(document)[1][0]


@pytest.mark.parametrize(
    "text", ["The ferry left.\nIt came back.\n", "", "[00:01] bread\nwater\n", "1. One\n2. Two\n3. Three"]
)
def test_other_texts_are_no_recognisers_lines(text):
    assert recognised.cues_of_lines(text) is None


def test_the_caller_names_speakers_and_so_do_their_own_first_words():
    text = (
        "SPEAKER_00: Good morning, I'm Ida Moll, and this is the council.\nSPEAKER_01: Thank you.\nSPEAKER_00: Begin.\n"
    )
    document = of_lines(text, speakers={"speaker_01": "Otto Lenz"})
    assert [name for name, _ in turns(document)] == ["Ida Moll", "Otto Lenz", "Ida Moll"]
    assert "speaker-inferred" in document.notes


def test_a_name_that_two_claim_is_given_to_neither():
    text = "SPEAKER_00: My name is Ida Moll.\nSPEAKER_01: No, I am Ida Moll.\n"
    assert [name for name, _ in turns(of_lines(text))] == ["SPEAKER_00", "SPEAKER_01"]


SEGMENTS = [
    {"start": 0.0, "end": 2.5, "text": " The ferry left at nine,", "speaker": "SPEAKER_00"},
    {"start": 2.5, "end": 4.0, "text": " and nobody had counted the cars.", "speaker": "SPEAKER_00"},
]


@pytest.mark.parametrize(
    "found",
    [
        {"text": "…", "segments": SEGMENTS, "language": "en"},
        SEGMENTS,
        {"transcription": [
            {"timestamps": {"from": "00:00:00,000", "to": "00:00:02,500"}, "text": " The ferry left at nine,"},
            {"timestamps": {"from": "00:00:02,500", "to": "00:00:04,000"}, "text": " and nobody had counted the cars."},
        ]},
        {"monologues": [{"speaker": 0, "elements": [
            {"type": "text", "value": COUNTED[:-1], "ts": 0.0, "end_ts": 4.0},
            {"type": "punct", "value": "."},
        ]}]},
        {"utterances": [
            {"start": 0, "end": 4000, "speaker": "A", "text": COUNTED}
        ]},
        {"results": {"utterances": [
            {"start": 0.0, "end": 4.0, "speaker": 0, "transcript": COUNTED}
        ]}},
        {"results": {"audio_segments": [
            {"start_time": "0.0", "end_time": "4.0", "speaker_label": "spk_0",
             "transcript": COUNTED}
        ]}},
    ],
)  # fmt: skip
def test_the_json_of_each_recogniser_is_known_by_its_fields(found):
    read = recognised.cues_of_json(json.loads(json.dumps(found)))
    assert read is not None
    document = cues.transcript(read, "a")
    assert [words for _, words in turns(document)] == [COUNTED]
    assert document.second(document.text.index("ferry")) == 0.0


@pytest.mark.parametrize(
    "found", [{"text": "The ferry left."}, [], {}, {"segments": []}, {"segments": "x"}, [1], None, "x"]
)
def test_other_json_is_no_recognisers(found):
    assert recognised.cues_of_json(found) is None
