"""The parts of a verdict: spoken forms, quoted stretches, turn labels, house styles, sentence edges, chance."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotation import Annotations, Attribution
from onrecord.comparison.alignment.index import TranscriptIndex
from onrecord.comparison.alignment.search import Hit
from onrecord.comparison.alignment.significance import confidence
from onrecord.comparison.checking.house_style import INSTALLED, HouseStyle
from onrecord.comparison.edits.replacements import judge_words
from onrecord.comparison.edits.sentence_edges import SentenceEdges
from onrecord.comparison.people.turn_labels import whose
from onrecord.comparison.speech.quotations import quotations, quoted_stretches, read_quotation, stretches_within
from onrecord.comparison.speech.sound import sounds_alike
from onrecord.comparison.speech.spoken_words import expanded, same_word, spoken
from onrecord.document import Document, Span
from onrecord.errors import StyleError


def forms(text: str) -> list[str]:
    return [w.form for w in spoken(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("two thousand four hundred and five boats", "2,405 boats"),
        ("1.5 million tons", "1,500,000 tons"),
        ("20 percent", "20%"),
        ("twenty per cent", "20 percent"),
        ("$5 million", "five million dollars"),
        ("in twenty sixteen", "in 2016"),
        ("the U.S.A. and the U.S.", "the U-S-A and the US"),
        ("Aug. 3", "August three"),
        ("salt & pepper", "salt and pepper"),
        ("O.K., Mr. Vance", "okay Mister Vance"),
        ("a hundred boats", "100 boats"),
        ("the first and the 2nd", "the 1st and the second"),
    ],
)
def test_what_is_spoken_alike_is_folded(one: str, other: str) -> None:
    assert forms(one) == forms(other)


def test_a_pronoun_is_no_country() -> None:
    assert forms("they told us") != forms("they told US officials")[:3]


def test_contractions_are_expanded_for_comparison_only() -> None:
    assert forms("don't")[0] == "don't"
    assert expanded("don't") == ("do", "not")
    assert expanded("pilot's") == ("pilot's",)


@pytest.mark.parametrize(
    ("a", "b", "same"), [("win", "winning", True), ("said", "say", True), ("police", "policy", False)]
)
def test_inflections(a: str, b: str, same: bool) -> None:
    assert same_word(a, b) is same


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=120))
def test_spoken_words_stand_in_order_inside_the_text(text: str) -> None:
    places = [(w.start, w.end) for w in spoken(text)]
    assert all(0 <= start <= end <= len(text) for start, end in places)
    assert [start for start, _ in places] == sorted(start for start, _ in places)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("“Left,” she said. “Right.”", ["Left,", "Right."]),
        ('"Left," she said. "Right."', ["Left,", "Right."]),
        ("“He cried ‘stop’ twice”", ["He cried ‘stop’ twice"]),
        ("no marks at all", ["no marks at all"]),
        ("“left open", ["left open"]),
        ("first words,” then out", ["first words,"]),
        ("“One paragraph.\n\n“And the next.”", ["One paragraph.", "And the next."]),
        ("«Gauche»", ["Gauche"]),
        ("‘Single marks’", ["Single marks"]),
    ],
)
def test_stretches_within_marks(text: str, inside: list[str]) -> None:
    assert [s.of(text) for s in stretches_within(text, Span(0, len(text)))] == inside


def test_bracketed_letters_belong_to_their_word() -> None:
    text = "“[W]e want[ed] the [old] quay … [sic] back”"
    quoted = read_quotation(text, [Span(0, len(text))])
    assert [w.form for w in quoted.words] == ["we", "wanted", "the", "old", "quay", "back"]
    assert quoted.bracketed == (True, True, False, True, False, False)
    assert quoted.shown[-1] == "ellipsis"


def test_a_mixed_attribution_has_a_quotation_for_each_pair_of_marks() -> None:
    text = "Vance called it “a rotten wall” that would be “gone by the spring”, she said."
    claim = Attribution("a1", (Span(13, len(text) - 10),), form="mixed")
    found = quotations(Annotations(Document("a", text), attributions=(claim,)))
    assert [[s.of(text) for s in q.stretches] for q in found] == [["a rotten wall"], ["gone by the spring"]]


@pytest.mark.parametrize(
    ("name", "label", "answer"),
    [
        ("Ida Vance", "VANCE", True),
        ("Ida Vance", "Ms. Vance", True),
        ("Ida Vance", "PETER VANCE", False),
        ("Vance", "MAYOR IDA VANCE", True),
        ("Ida Vance", "OKORO", False),
        ("Ida Vance", "THE PRESIDENT", None),
        ("Ida Vance", "Q", False),
        ("Bo Lindqvist", "Q", None),
        ("Ida Vance", None, None),
    ],
)
def test_whose_turn(name: str, label: str | None, answer: bool | None) -> None:
    assert whose([name], label, ["VANCE", "OKORO", "Q"]) is answer


@pytest.mark.parametrize(
    ("a", "b", "alike"), [("seen", "scene", True), ("breakwater", "brakewater", True), ("quay", "harbour", False)]
)
def test_sounds(a: str, b: str, alike: bool) -> None:
    assert sounds_alike(a, b) is alike


@pytest.mark.parametrize("name", INSTALLED)
def test_installed_styles_judge_every_verdict(name: str) -> None:
    style = HouseStyle.named(name)
    assert style.summary
    assert style.severity["misattributed"] == "error"


def test_a_style_of_ones_own_extends_another(tmp_path: Path) -> None:
    path = tmp_path / "desk.toml"
    path.write_text('extends = "guardian"\n[severity]\nelided-silent = "error"\n', encoding="utf-8")
    style = HouseStyle.named(str(path))
    assert (style.name, style.severity["elided-silent"], style.severity["cleaned"]) == ("desk", "error", "ok")


@pytest.mark.parametrize(
    "content",
    ["no toml [", '[severity]\nmade-up = "ok"', '[severity]\nverbatim = "fine"', '[severity]\nverbatim = "ok"'],
)
def test_a_style_that_cannot_be_used_says_why(tmp_path: Path, content: str) -> None:
    path = tmp_path / "desk.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(StyleError, match="desk"):
        HouseStyle.named(str(path))


@pytest.mark.parametrize("name", ["tabloid", "missing.toml"])
def test_a_style_that_is_not_there(name: str) -> None:
    with pytest.raises(StyleError):
        HouseStyle.named(name)


def ends_of(text: str) -> list[str]:
    index = TranscriptIndex([Annotations(Document("t", text, "transcript"))])
    edges = SentenceEdges(index)
    return [index.form_at(p) for p in range(len(index)) if edges.ends(p)]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("Mr. Vance left. Nobody saw her", ["left", "her"]),
        ("It cost 3.5 million. So we stopped", ["3500000", "stopped"]),
        ("We — we waited... Then it fell", ["waited", "fell"]),
        ("ok. so we went. then it rained. it was cold", ["okay", "went", "rained", "cold"]),
        ("a line without a stop\n\nAnother", ["stop", "another"]),
        ("back to the U.S. We will", ["u.s.", "will"]),
    ],
)
def test_sentences_end(text: str, ends: list[str]) -> None:
    assert ends_of(text) == ends


def test_chance_asks_more_of_long_transcripts_and_of_what_others_say_too() -> None:
    hit = Hit(0, tuple(range(8)), 40.0, 1.0, 20.0)
    alone = confidence(hit, 3_000, same_speaker=False)
    assert alone > confidence(hit, 300_000, same_speaker=False)
    assert alone > confidence(hit, 3_000, same_speaker=False, elsewhere=[hit])
    assert confidence(hit, 3_000, same_speaker=True) > alone


def test_a_short_run_of_the_credited_speaker_asks_less_unless_another_has_it_too() -> None:
    run, gapped = Hit(0, (7, 8, 9), 19.0, 1.0, 12.0), Hit(0, (7, 9, 10), 19.0, 1.0, 12.0)
    assert confidence(run, 1_500, same_speaker=True) > 0.5
    assert confidence(gapped, 1_500, same_speaker=True) < 0.5
    assert confidence(run, 1_500, same_speaker=False) < 0.5
    assert confidence(run, 1_500, same_speaker=True, elsewhere=[run._replace(places=(70, 71, 72))]) < 0.5


@pytest.mark.parametrize(
    ("ours", "theirs", "changed"),
    [
        (["was", "not", "sealed"], ["was", "unsealed"], False),
        (["was", "sealed"], ["was", "unsealed"], True),
        (["was", "not", "sealed"], ["was", "sealed"], True),
    ],
)
def test_a_denial_by_a_prefix_is_one(ours: list[str], theirs: list[str], changed: bool) -> None:
    assert ("negation-changed" in judge_words(ours, theirs)[1]) is changed


@pytest.mark.parametrize(
    ("content", "quoted"),
    [
        ("that the quay was 'safe for us all' and would 'open on Tuesday'", ["safe for us all", "open on Tuesday"]),
        ("that 'the boats' owners agreed' to it", ["the boats' owners agreed"]),
        ("that they were 'safe boats' and that the owners' club was glad", ["safe boats"]),
        ("that “the 'old' quay” was safe", ["the 'old' quay"]),
        ("that it's the owners' quay", ["that it's the owners' quay"]),
    ],
)
def test_what_an_attribution_has_in_marks(content, quoted):
    text = f"Brask said {content}."
    attribution = Attribution("a", (Span(11, 11 + len(content)),), form="mixed", cue=Span(6, 10), source=Span(0, 5))
    assert [stretch.of(text) for stretch in quoted_stretches(text, attribution)] == quoted


def test_two_pieces_in_single_marks_are_two_quotations():
    content = "that the quay was 'safe for everyone who walks on it' and would 'open on Tuesday as planned'"
    text = f"Brask said {content}."
    attribution = Attribution("a", (Span(11, 11 + len(content)),), form="mixed", cue=Span(6, 10), source=Span(0, 5))
    found = quotations(Annotations(Document("d", text), attributions=(attribution,)))
    assert [[s.of(text) for s in q.stretches] for q in found] == [
        ["safe for everyone who walks on it"],
        ["open on Tuesday as planned"],
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the harbour labours in metres", "the harbor labors in meters"),
        ("they organised a realisation", "they organized a realization"),
        ("we're gonna see kinda everything", "we're going to see kind of everything"),
        ("it was analysed at the centre", "it was analyzed at the center"),
    ],
)
def test_spellings_of_one_spoken_word_are_one_form(one, other):
    assert forms(one) == forms(other)


@pytest.mark.parametrize(
    ("one", "other"), [("he raised a noise", "he raized a noize"), ("a wise promise", "a wize promize")]
)
def test_words_that_only_look_british_stay(one, other):
    assert forms(one) != forms(other)
    assert forms(one) == one.split()
