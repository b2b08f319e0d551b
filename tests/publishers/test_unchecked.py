"""Each unchecked quotation says why it is: with the reason that is true of it."""

import pytest

from onrecord.annotation import Annotations
from onrecord.document import Block, Document, Span
from onrecord.publishers.unchecked import why_unchecked
from onrecord.story import Wording

SPOKEN = "ORLA FINCH: We mended the oven before the fair and nobody thanked us."
TRANSCRIPT = Annotations(
    Document(
        "t", SPOKEN, kind="transcript",
        blocks=(Block("turn-label", 0, 11), Block("turn", 12, len(SPOKEN), "ORLA FINCH")),
    )
)  # fmt: skip
LONG = "the whole street smelled of bread for a week"


@pytest.mark.parametrize(
    ("words", "names", "transcripts", "how", "why"),
    [
        (LONG, ["Orla Finch"], [], {}, "no transcript was given"),
        ("mended", ["Orla Finch"], [TRANSCRIPT], {}, "one word is too short to be looked up"),
        ("mended the oven", ["Orla Finch"], [TRANSCRIPT], {}, "3 words are too short to be looked up"),
        (LONG, ["Bram Oake"], [TRANSCRIPT], {}, "the transcript has no turns of Bram Oake"),
        (LONG, [], [TRANSCRIPT], {}, "nobody is named for these words"),
        (LONG, ["Orla Finch"], [TRANSCRIPT], {}, "nothing shows that these words were said on this occasion"),
        (
            LONG, ["Orla Finch"], [TRANSCRIPT], {"quoted": False},
            "a paraphrase: only its figures, names and negations were looked up",
        ),
    ],
)  # fmt: skip
def test_the_reason_is_the_true_one(words, names, transcripts, how, why):
    wording = Wording("unchecked")
    assert why_unchecked(wording, words, [Span(0, len(words))], names, transcripts, **how) == why


def test_a_doubtful_occasion_is_named():
    wording = Wording("unchecked", flags=("occasion-in-doubt",))
    why = why_unchecked(wording, LONG, [Span(0, len(LONG))], ["Orla Finch"], [TRANSCRIPT])
    assert why == "like words stand in the transcript of another occasion"


def test_what_was_checked_needs_no_reason():
    assert why_unchecked(Wording("verbatim"), LONG, [Span(0, 9)], [], [TRANSCRIPT]) == ""
