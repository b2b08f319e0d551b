"""Why figures stand as they do, in words: one sentence a reason."""

from __future__ import annotations

import pytest

from onrecord.annotation import Annotations, Figure
from onrecord.document import Document, Published
from onrecord.publishers.figure_words import FigureWords, amount
from onrecord.story import FigureGroup, FigureMember

A, B = FigureMember("a", "f1"), FigureMember("b", "f1")


def words():
    values = {"a": 12.0, "b": 15.0}
    return FigureWords(
        Annotations(
            Document(name, "", published=Published(f"2021-05-0{number}", "metadata")),
            figures=(Figure("f1", 0, 0, value, value, of="crates"),),
        )
        for number, (name, value) in enumerate(values.items(), 1)
    )


@pytest.mark.parametrize(
    ("reason", "sides", "sentence"),
    [
        ("same", ((A, FigureMember("b", "f1")),), "2 documents give the same figure: 12."),
        ("bounds", ((A, B),), "The bounds differ but can all be right: 12, 15."),
        ("declared", ((A,), (B,)), "12 crates are a part of 15 crates: a document says so."),
        ("kind", ((A,), (B,)), "12 crates are a part of 15 crates: they are a kind of those."),
        ("sum", ((A,), (B,)), "12 crates make up 15 crates."),
        ("contrary", ((A,), (B,)), "12 and 15 cannot both be right for the same count."),
        ("zeros", ((A,), (B,)), "12 and 15 cannot both be right for the same amount: they differ by zeros alone."),
        ("revised", ((A,), (B,)), "12, 15: a document says that the count was revised."),
        (
            "updated",
            ((B,), (A,)),
            "12 in reports of 2021-05-01, 15 in reports of 2021-05-02: the count may have been updated.",
        ),
        (
            "undated",
            ((A,), (B,)),
            "12, 15: which was published later is not known, and the count may have been updated.",
        ),
    ],
)
def test_each_reason_has_its_sentence(reason, sides, sentence):
    assert words().why(FigureGroup("g1", "crates", (A, B), "equal", reason, sides=sides)) == sentence


@pytest.mark.parametrize(
    ("figure", "written"),
    [
        (Figure("f", 0, 0, 3, None, unit="day"), "at least 3 days"),
        (Figure("f", 0, 0, None, 1, unit="foot"), "at most 1 foot"),
        (Figure("f", 0, 0, 10, 12, unit="foot"), "10 to 12 feet"),
        (Figure("f", 0, 0, 0.7, 0.7, approximate=True, unit="share"), "about 70 percent"),
        (Figure("f", 0, 0, 2_070_000_000, 2_070_000_000, unit="USD"), "2,070,000,000 USD"),
    ],
)
def test_an_amount_is_written_with_its_bounds_and_unit(figure, written):
    assert amount(figure) == written
