"""Unfolding: the speaker that a clause names before the outlet or record that reports the words."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotation import Attribution
from onrecord.annotators.attribution.decoding import numbered
from onrecord.annotators.attribution.reported_speakers import resolve_reported_speakers
from onrecord.document import Block, Document, Span
from onrecord.text.analysed import Analysed


def span(text, words):
    start = text.index(words)
    return Span(start, start + len(words))


def attributed(text, content, cue, source):
    return Attribution("a1", (span(text, content),), cue=span(text, cue), source=span(text, source))


def unfolded(text, content, cue, source):
    found = resolve_reported_speakers(Analysed(Document(id="d", text=text)), [attributed(text, content, cue, source)])
    return [(a.source.of(text), a.cue.of(text), a.content[0].of(text)) for a in found]


@pytest.mark.parametrize(
    ("text", "content", "cue", "source", "speaker"),
    [
        (
            '"We will wait," Nunes said, according to Radio Alvor.',
            '"We will wait,"',
            "according to",
            "Radio Alvor",
            "Nunes",
        ),
        (
            "“We will wait,” Capt. Ana Nunes, the pilot, told reporters on Tuesday, according to a transcript.",
            "“We will wait,”",
            "according to",
            "a transcript",
            "Capt. Ana Nunes",
        ),
        (
            "“We will wait,” Ana Nunes, the pilot, told the crew on Tuesday, according to a transcript.",
            "“We will wait,” Ana Nunes, the pilot, told the crew on Tuesday",
            "according to",
            "a transcript",
            "Ana Nunes",
        ),
        (
            '"We will wait," said Nunes, the pilot, according to Xinhua.',
            '"We will wait,"',
            "according to",
            "Xinhua",
            "Nunes",
        ),
        (
            "On Monday, Mayor Ana Nunes said that the port is closed, according to The Hill.",
            "On Monday, Mayor Ana Nunes said that the port is closed",
            "according to",
            "The Hill",
            "Mayor Ana Nunes",
        ),
        (
            "However, he said, “we will wait,” reports The Corvo Ledger.",
            "However, he said, “we will wait,”",
            "reports",
            "The Corvo Ledger",
            "he",
        ),
        (
            "Capt. Ana Nunes, chief of the harbour pilots, said that the port is closed, according to a transcript.",
            "Capt. Ana Nunes, chief of the harbour pilots, said that the port is closed",
            "according to",
            "a transcript",
            "Capt. Ana Nunes",
        ),
        (
            "The port is closed, Radio Alvor reported, citing harbour officials.",
            "The port is closed",
            "reported",
            "Radio Alvor",
            "harbour officials",
        ),
        ("“We wait,” the newspaper quoted him as saying.", "“We wait,”", "quoted", "the newspaper", "him"),
        (
            'Minister Nunes was quoted by Interfax as saying "we wait".',
            '"we wait"',
            "as saying",
            "Interfax",
            "Minister Nunes",
        ),
    ],
)
def test_the_words_are_the_speakers(text, content, cue, source, speaker):
    (first, *_) = unfolded(text, content, cue, source)
    assert first[0] == speaker


@pytest.mark.parametrize(
    ("text", "content", "cue", "source"),
    [
        ("The port is closed, according to Radio Alvor.", "The port is closed", "according to", "Radio Alvor"),
        ("The port is closed, Radio Alvor reported on Monday.", "The port is closed", "reported", "Radio Alvor"),
        ('"We will wait," Nunes said.', '"We will wait,"', "said", "Nunes"),
        ("The port is closed, Radio Alvor reported, quoting the BBC.", "The port is closed", "reported", "Radio Alvor"),
    ],
)
def test_what_names_one_source_stays(text, content, cue, source):
    assert unfolded(text, content, cue, source) == [(source, cue, content)]


def test_what_somebody_is_said_to_have_told_gets_an_attribution_of_its_own():
    text = "The court said the father had told judges that his son was 32."
    outer, inner = unfolded(text, "the father had told judges that his son was 32", "said", "The court")
    assert outer[0] == "The court"
    assert inner == ("the father", "had told", "his son was 32")


def test_an_outlet_that_is_quoted_is_no_words():
    text = "“We wait,” he said, reports The Corvo Ledger, quoting the BBC."
    assert unfolded(text, "the BBC", "quoting", "The Corvo Ledger") == []


def test_an_inner_telling_that_is_known_is_not_told_twice():
    text = "The court said the father had told judges that his son was 32."
    known = [
        attributed(text, "the father had told judges that his son was 32", "said", "The court"),
        attributed(text, "his son was 32", "told", "the father"),
    ]
    assert len(resolve_reported_speakers(Analysed(Document(id="d", text=text)), numbered(known))) == 2


@given(st.text(max_size=200), st.lists(st.integers(0, 200), min_size=6, max_size=6))
def test_garbage_raises_nothing_and_spans_stay_inside(text, places):
    a, b, c, d, e, f = (min(p, len(text)) for p in places)
    attribution = Attribution("a1", (Span(*sorted((a, b))),), cue=Span(*sorted((c, d))), source=Span(*sorted((e, f))))
    for found in resolve_reported_speakers(Analysed(Document(id="d", text=text)), [attribution]):
        for each in (*found.content, found.cue, found.source):
            assert 0 <= each.start <= each.end <= len(text)


def test_an_aside_between_subject_and_verb_is_not_the_source():
    text = "Strand, after Moll's remark, said the ferry would stay in port."
    [(source, _, _)] = unfolded(text, "the ferry would stay in port", "said", "Moll's remark,")
    assert source == "Strand"


def test_a_word_before_the_subject_hides_no_speaker():
    text = "However, he said, “we do see a need for talks,” reports The Guardian."
    assert unfolded(text, "“we do see a need for talks,”", "reports", "The Guardian") == [
        ("he", "said", "“we do see a need for talks,”")
    ]


def test_subjects_taken_for_words_told_speak():
    quoted = "Keller was quoted as saying that the ferry would sail."
    interrupted = "The mayor, according to a transcript, told the crowd that nobody should go home."
    for text, contents, cue, source, speaker, said in (
        (quoted, ("Keller", "that the ferry would sail"), "was quoted as saying", None, "Keller", "that the ferry"),
        (
            interrupted,
            ("The mayor", "told the crowd that nobody should go home"),
            "according to",
            "a transcript",
            "The mayor",
            "that nobody",
        ),
    ):
        spans = tuple(span(text, words) for words in contents)
        given = Attribution("a1", spans, cue=span(text, cue), source=span(text, source) if source else None)
        (found,) = resolve_reported_speakers(Analysed(Document(id="d", text=text)), [given])
        assert found.source.of(text) == speaker
        assert found.content[0].of(text).startswith(said)


def test_an_assertion_reiterated_inside_what_is_told_is_a_telling():
    text = "Roe added that the premier reiterated her assertion that the port was safe."
    content = "that the premier reiterated her assertion that the port was safe"
    assert unfolded(text, content, "added", "Roe")[1] == ("the premier", "reiterated", "the port was safe")


def dateline(text, place, content):
    inner = attributed(text, content[1], "said", content[2])
    at = text.index(content[0])
    outer = Attribution("a0", (Span(at, len(text)),), cue=Span(len(place), len(place) + 1), source=Span(0, len(place)))
    return resolve_reported_speakers(
        Analysed(Document(id="d", text=text)), [outer, msgspec.structs.replace(inner, within="a0")]
    )


def test_a_dateline_with_a_colon_says_nothing():
    text = "OSTERHAVN: Days after the fire at the old pier, Secretary Ida Lund on Sunday said that the ‘toll’ is nine."
    (only,) = dateline(text, "OSTERHAVN", ("Days", "that the ‘toll’ is nine", "Secretary Ida Lund"))
    assert only.source.of(text) == "Secretary Ida Lund"
    assert only.within is None


@pytest.mark.parametrize("opening", ["OSTERHAVN: “Days", "Osterhavn: Days"])
def test_a_colon_behind_a_speaker_stays(opening):
    text = f"{opening} after the fire at the old pier, Secretary Ida Lund on Sunday said that the ‘toll’ is nine."
    kept = dateline(text, "OSTERHAVN", (opening[11:], "that the ‘toll’ is nine", "Secretary Ida Lund"))
    assert next(a.id for a in kept) == "a0"


def test_the_place_that_dates_a_report_says_nothing():
    text = "OSTERHAVN: The port board has closed twelve piers after a diver wrote to it about their planks."
    outer = Attribution("a0", (Span(11, len(text) - 1),), cue=Span(9, 10), source=Span(0, 9))
    assert resolve_reported_speakers(Analysed(Document(id="d", text=text)), [outer]) == ()


def test_a_source_begins_behind_the_dateline():
    text = "ALVOR (Reuters) - Engineers said that the gate was rusty."
    dateline = Block("dateline", 0, len("ALVOR (Reuters) -"))
    given = attributed(text, "that the gate was rusty", "said", "ALVOR (Reuters) - Engineers")
    (found,) = resolve_reported_speakers(Analysed(Document(id="d", text=text, blocks=(dateline,))), [given])
    assert found.source.of(text) == "Engineers"
    (plain,) = resolve_reported_speakers(Analysed(Document(id="d", text=text)), [given])
    assert plain.source.of(text) == "ALVOR (Reuters) - Engineers"


@pytest.mark.parametrize(
    ("source", "subject"), [("I have now", "I"), ("They also", "They"), ("We the people", "We the people")]
)
def test_a_pronoun_is_the_whole_of_a_subject(source, subject):
    text = f"{source} told the mayor that the gate was rusty."
    assert [given for given, *_ in unfolded(text, "that the gate was rusty", "told", source)] == [subject]


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("Lund did not dispute it: the money, she said, had been voted.", [["the money", "had been voted"]]),
        ("Lund disputed the sum, she said, had been voted.", [["the sum", "had been voted"]]),
        ("Lund said the sum was known, she said, had been voted.", [["the sum was known"], ["had been voted"]]),
        ("Lund did not dispute the money, she said, for it was voted.", [["the money"], ["for it was voted"]]),
    ],
)
def test_the_halves_of_a_clause_are_one_content(text, contents):
    first, second = (part for content in contents for part in content)
    cue = next(c for c in ("did not dispute", "disputed", "said the") if c in text).removesuffix(" the")
    at = text.index("she said")
    given = [
        attributed(text, first, cue, "Lund"),
        Attribution("a2", (span(text, second),), cue=Span(at + 4, at + 8), source=Span(at, at + 3)),
    ]
    found = resolve_reported_speakers(Analysed(Document(id="d", text=text)), given)
    assert [[part.of(text) for part in a.content] for a in found] == contents
