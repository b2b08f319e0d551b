"""Sentences: whole, marks included, none across two blocks, in time linear in the text."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotators.layout.blocks import find_blocks
from onrecord.document import Block, Document
from onrecord.text.sentences import split

SHARED = Path(__file__).parents[2] / "../shared"


def sentences(text, blocks=()):
    return [span.of(text) for span in split(Document("d", text, blocks=blocks))]


@pytest.mark.parametrize(
    "text",
    [
        "Gen. Oake met Sen. Lund (D-Vt.) on Aug. 31. | They talked.",
        "The U.S. Senate voted. | It was late.",
        "He lives in the U.S. | She does not.",
        "They met at 10 a.m. Monday. | It rained.",
        "They met at 10 a.m. | The pier fell at noon.",
        "No. 10 said no. | “No.” | He left.",
        "J. R. Lund Jr. spoke. | John F. Oake did not.",
        "It cost $2.5 million. | That was in 2019. | Nobody paid.",
        "“We went,” he said. | “We saw it.” | Then they left.",
        "“Why?” Oake asked. | “Who knows?” she said. | Nobody.",
        "He asked: “Are you there?” | Nobody answered.",
        "“I … I do not know,” he said. | “We waited… and waited.”",
        "Smith & Co. of Alma closed. | Lund Inc. did not.",
        "He left. [4] | She stayed.",
        "The St. Alma pier, est. 1902, fell. | It was old!",
        "It fell (they said it would.) | It did.",
        "你好。| 他说。",
        "1. The pier fell. | 2. Nobody was hurt.",
        "Was it safe? | Yes! | “It was,” Mr. Oake said. | ‘Quite.’",
    ],
)
def test_where_sentences_end(text):
    wanted = [part.strip() for part in text.split("|")]
    assert sentences(text.replace("| ", "").replace("|", "")) == wanted


def test_no_sentence_crosses_blocks_and_small_print_has_none():
    text = "Old pier falls\n\nBy Ada Brandt\n\nALMA (AP) — It fell. Nobody was there. (AP)\n\nIt rained"
    document = find_blocks(Document("d", text))
    assert [span.of(text) for span in split(document)] == [
        "Old pier falls",
        "It fell.",
        "Nobody was there.",
        "It rained",
    ]


def test_turns_are_parted_at_blank_lines_and_labels_are_none():
    text = "GEN. OAKE: It fell. It\nwas old.\n\nYes\n\nQ: Why?"
    blocks = (
        Block("turn-label", 0, 10),
        Block("turn", 11, 36, "GEN. OAKE"),
        Block("turn-label", 38, 40),
        Block("turn", 41, 45, "Q"),
    )
    assert sentences(text, blocks) == ["It fell.", "It\nwas old.", "Yes", "Why?"]


@settings(deadline=None)  # other work runs on the machine that tests
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    "Gen.",
                    "U.S.",
                    "“",
                    "”",
                    ".",
                    "?”",
                    "\n\n",
                    "\r\n",
                    "(AP)",
                    "It",
                    "it",
                    "10",
                    "…",
                    "[3]",
                    "ALMA (AP) —",
                    "By Ada",
                    "\u202e",
                    "\x00",
                    "Q:",
                ]
            ),
            st.text(max_size=6),
        ),
        max_size=40,
    ),
    st.sampled_from([" ", ""]),
)
def test_sentences_stand_in_order_inside_their_blocks(pieces, gap):
    text = gap.join(pieces)
    document = find_blocks(Document("d", text))
    end = 0
    for span in split(document):
        assert end <= span.start < span.end <= len(text)
        assert span.of(text) == span.of(text).strip()
        assert not document.blocks or any(block.span.holds(span) for block in document.blocks)
        end = span.end
    spoken = "".join(span.of(text) for span in split(Document("d", text)))
    assert [c for c in spoken if c.isalnum()] == [c for c in text if c.isalnum()]


@pytest.mark.parametrize(
    "unit",
    [
        "“We did it,” the U.S. minister said on Aug. 31. Gen. Oake left. ",
        "A.",
        " ",
        "“",
        "a\n",
        "...",
        "[1]",
        "AB ",
        "(a/b) ",
    ],
    ids=repr,
)
def test_time_grows_no_faster_than_the_text(unit):
    def seconds(length):
        text = "a" + unit * (length // len(unit)) + "b"
        start = time.process_time()
        split(find_blocks(Document("d", text)))
        return time.process_time() - start

    small = max(seconds(20_000), 0.002)
    assert seconds(160_000) < small * 40  # quadratic time would be 64 times as much


@pytest.mark.shared
def test_sentences_of_the_gold_corpus_are_found():
    path = SHARED / "gum" / "gum.jsonl"
    if not path.exists():
        pytest.skip("the shared corpus is absent")
    right = given_count = found_count = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        labelled = {tuple(pair) for pair in row["sentences"]}
        found = {(span.start, span.end) for span in split(Document("d", row["text"]))}
        right, given_count, found_count = (
            right + len(labelled & found),
            given_count + len(labelled),
            found_count + len(found),
        )
    assert 2 * right / (given_count + found_count) > 0.955


def test_titles_of_other_lands_end_no_sentence():
    text = "The director, Engr. Sola Adeyemi, met Smt. Asha Rao and Cllr. Ian Grey on Monday. Barr. Obi came too."
    assert len(split(Document(id="d", text=text))) == 2
