"""The parts of attribution that need no weights: marks, pieces, tags, links, forms."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotation import Attribution
from onrecord.annotators.attribution.decoding import form_of, numbered, parts_of
from onrecord.annotators.attribution.linking import REACH, Group, link, reach_from
from onrecord.annotators.attribution.pieces import Pieces, case_of, cut_windows, paragraphs_of
from onrecord.annotators.attribution.quoted_speech import with_quoted_speech
from onrecord.annotators.attribution.tagging import CONTENT, CUE, SOURCE, TAGS, allowed_transitions, best_tags, spans_of
from onrecord.document import Block, Document, Span
from onrecord.text.analysed import Analysed
from onrecord.text.quotation_marks import CLOSING, IN_DOUBLE, IN_SINGLE, OPENING, OUTSIDE, read_marks


def inside(text: str, words: str) -> set[int]:
    """Give the states of the words' characters."""
    at = text.index(words)
    return set(read_marks(text).state[at : at + len(words)])


@given(st.text(alphabet="ab .,\n\"'“”‘’«»„`"))
def test_marks_keep_every_position(text):
    marks = read_marks(text)
    assert len(marks.text) == len(marks.state) == len(text)
    assert [i for i, c in enumerate(text) if c == "\n"] == [i for i, c in enumerate(marks.text) if c == "\n"]


def test_marks_of_every_kind_read_alike():
    for quoted in ('"yes, we do"', "“yes, we do”", "«yes, we do»", "„yes, we do“", "''yes, we do''", "``yes, we do''"):
        assert inside(f"He said {quoted} and left.", "we do") == {IN_DOUBLE}
        assert inside(f"He said {quoted} and left.", "and left") == {OUTSIDE}
    assert inside("He said ‘yes, we do’ and left.", "we do") == {IN_SINGLE}


def test_apostrophes_are_no_marks():
    assert inside("It was the officials' rule, and the ‘90s weren't kind to it.", "rule, and") == {OUTSIDE}


def test_an_odd_mark_spoils_its_own_paragraph_only():
    text = 'She said "no and left.\nHe stayed.'
    assert inside(text, "He stayed") == {OUTSIDE}


def test_single_inside_double_and_double_inside_single():
    assert inside("“He said ‘never’ to us,” she said.", "to us") == {IN_DOUBLE}
    assert inside("‘He said “never” to us,’ she said.", "to us") == {IN_SINGLE}
    assert read_marks("‘He said “never” to us,’ she said.").state[9] == OPENING
    assert read_marks("‘He said “never” to us,’ she said.").state[23] == CLOSING


def test_cases():
    assert [case_of(w) for w in ("“", "word", "Word", "WORD", "eBay", "12", "B12", "A")] == [0, 1, 2, 3, 4, 5, 6, 7]


def made_pieces(lengths: list[int], edges: list[int]) -> Pieces:
    """Make pieces of words with so many pieces each."""
    first = np.cumsum([0, *lengths[:-1]]).astype(np.int32)
    n = sum(lengths)
    zeros = np.zeros(n, dtype=np.int32)
    words = np.arange(len(lengths), dtype=np.int32)
    return Pieces(zeros, zeros, zeros, zeros, first, words, words + 1, words * 0, np.array(edges, dtype=np.int32))


@given(st.lists(st.tuples(st.integers(1, 9), st.sampled_from([0, 0, 0, 1, 2])), min_size=1, max_size=300))
def test_windows_tile_the_text_and_keep_their_size(words):
    pieces = made_pieces([n for n, _ in words], [edge for _, edge in words])
    windows = cut_windows(pieces, core=40, before=10, after=6)
    assert [w.core_start for w in windows] == [0, *[w.core_end for w in windows[:-1]]]
    assert windows[-1].core_end == len(words)
    bounds = np.append(pieces.first, len(pieces.ids))
    for window in windows:
        assert window.start <= window.core_start < window.core_end <= window.end
        assert bounds[window.end] - bounds[window.start] <= 56


def brute_force(emissions, transitions):
    """Try every sequence of tags."""
    best, chosen = -np.inf, None
    for tags in itertools.product(range(TAGS), repeat=len(emissions)):
        if tags[0] in {2, 4, 6}:
            continue
        score = sum(emissions[i, t] for i, t in enumerate(tags))
        score += sum(transitions[a, b] for a, b in itertools.pairwise(tags))
        if score > best:
            best, chosen = score, tags
    return list(chosen)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 4), st.integers(0, 10_000))
def test_best_tags_are_those_of_brute_force(m, seed):
    rng = np.random.default_rng(seed)
    emissions = rng.normal(size=(m, TAGS)).astype(np.float32)
    transitions = np.where(allowed_transitions(), rng.normal(size=(TAGS, TAGS)), -np.inf).astype(np.float32)
    assert best_tags(emissions, transitions).tolist() == brute_force(emissions, transitions)


def test_stretches_are_decided_apart():
    rng = np.random.default_rng(1)
    transitions = np.where(allowed_transitions(), 0, -np.inf).astype(np.float32)
    emissions = rng.normal(size=(50, TAGS)).astype(np.float32)
    breaks = np.array([0, 7, 31])
    whole = best_tags(emissions, transitions, breaks)
    for a, b in itertools.pairwise([*breaks.tolist(), 50]):
        assert whole[a:b].tolist() == best_tags(emissions[a:b], transitions, np.array([0])).tolist()
        assert whole[a] == 0


def test_no_words_have_no_tags():
    transitions = np.zeros((TAGS, TAGS), dtype=np.float32)
    assert best_tags(np.zeros((0, TAGS), dtype=np.float32), transitions, np.zeros(0, dtype=np.int64)).tolist() == []


def test_spans_of_roles():
    tags = np.array([1, 2, 0, 3, 5, 6, 5, 6])
    assert spans_of(tags, SOURCE) == [(0, 2)]
    assert spans_of(tags, CUE) == [(3, 4)]
    assert spans_of(tags, CONTENT) == [(4, 6), (6, 8)]


def members_for(cue, source, contents):
    """Make memberships: all of the source and the contents belong to the cue."""
    members = np.zeros((2 * REACH, 3), dtype=np.float32)
    members[:, 0] = 1
    low = reach_from(cue)
    for kind, spans in ((1, [source] if source else []), (2, contents)):
        for a, b in spans:
            members[a - low : b - low] = 0
            members[a - low : b - low, kind] = 1
    return members


def test_link_gives_each_content_to_the_cue_that_claims_it():
    tags = np.array([5, 6, 1, 3, 5, 6, 0, 1, 3, 5, 6])
    cues = [(3, 4), (8, 9)]
    members = np.stack([members_for(cues[0], (2, 3), [(0, 2), (4, 6)]), members_for(cues[1], (7, 8), [(9, 11)])])
    assert link(tags, cues, members, np.zeros(11, dtype=np.int32)) == [
        Group(((0, 2), (4, 6)), (3, 4), (2, 3), 1.0),
        Group(((9, 11),), (8, 9), (7, 8), 1.0),
    ]


def test_a_cue_claims_a_content_that_begins_beyond_its_reach():
    tags = np.zeros(300, dtype=np.int64)
    tags[0:250], tags[0], tags[250] = 6, 5, 3
    members = members_for((250, 251), None, [(200, 250)])
    (group,) = link(tags, [(250, 251)], members[None], np.zeros(300, dtype=np.int32))
    assert (group.contents, group.cue) == (((0, 250),), (250, 251))


def test_link_keeps_content_that_nobody_claims():
    tags = np.array([5, 6, 0, 3])
    assert link(tags, [(3, 4)], np.stack([members_for((3, 4), None, [])]), np.zeros(4, np.int32)) == [
        Group(((0, 2),), None, None, 0.0)
    ]


def test_forms():
    text = "“All of it,” he said. He said “some” of it. He said none."
    document = Analysed(Document(id="d", text=text))
    assert form_of(document, [Span(0, 12)]) == "direct"
    assert form_of(document, [Span(30, 42)]) == "mixed"
    assert form_of(document, [Span(52, 56)]) == "indirect"
    block = Document(id="d", text=text, blocks=(Block("block-quotation", 44, len(text)),))
    assert form_of(Analysed(block), [Span(52, 56)]) == "direct"


def test_parts_leave_out_captions_and_transcripts():
    text = "Head\nCaption\nOne.\nTwo."
    blocks = (Block("headline", 0, 4), Block("caption", 5, 12), Block("paragraph", 13, 22))
    assert parts_of(Document(id="d", text=text, blocks=blocks)) == [(0, 4, True), (13, 17, False), (18, 22, False)]
    assert parts_of(Document(id="d", text=text, kind="transcript")) == []
    assert paragraphs_of("a\n\n \nb") == [(0, 1), (5, 6)]


def test_numbering_tells_which_stands_within_which():
    outer = Attribution("", (Span(10, 60),), cue=Span(5, 9), source=Span(0, 4))
    inner = Attribution("", (Span(30, 50),), cue=Span(25, 29), source=Span(20, 24))
    first, second = numbered([inner, outer])
    assert (first.id, first.within, second.within) == ("a1", None, "a1")


def quoted(text, *attributions):
    """Run the rules of quoted speech over every line of a text."""
    return with_quoted_speech(text, read_marks(text), paragraphs_of(text), attributions)


def test_a_dash_byline_gives_the_source():
    text = "“We count every boat that leaves.” — Ruth Okafor"
    (found,) = quoted(text)
    assert (found.source.of(text), found.reason, found.form) == ("Ruth Okafor", "dash-byline", "direct")


def test_a_post_with_a_handle():
    text = "The ferry is back. pic.example — Harbor Office (@harbor) May 3"
    (found,) = quoted(text)
    assert found.source.of(text) == "Harbor Office (@harbor)"


def test_a_quoted_paragraph_goes_on_with_the_last_speaker():
    text = "“We lost the barn,” Owen Pratt said.\n“And we lost the well and the tractor too.”"
    first = Attribution("", (Span(0, 19),), form="direct", cue=Span(31, 35), source=Span(20, 30))
    found = quoted(text, first)
    assert [a.reason for a in found] == [None, "continued-quotation"]
    assert found[1].source == Span(20, 30)


@pytest.mark.parametrize(
    "title", ["She sang “Blue Harbor” twice.", "They read “The Long Winter of the North Sea” aloud."]
)
def test_titles_stay_titles(title):
    assert quoted(title) == []


def posted(text):
    """Give the words of the posts that are found in a text of one line."""
    found = with_quoted_speech(text, read_marks(text), [(0, len(text))], [])
    return [(a.content[0].of(text), a.source.of(text)) for a in found]


def test_a_post_ends_before_the_addresses_behind_its_words():
    signature = " — Ada Brandt (@ada) May 2, 2031"
    for addresses in ("", " pic.twitter.com/a1", " https://t.example/x pic.twitter.com/a1", "pic.twitter.com/a1"):
        assert posted(f"The boats stay in port{addresses}{signature}") == [
            ("The boats stay in port", "Ada Brandt (@ada)")
        ], addresses
    assert posted(f"https://t.example/x{signature}") == []
    assert posted(f"See https://t.example/x for the boats{signature}")[0][0] == "See https://t.example/x for the boats"
