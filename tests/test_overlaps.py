"""The spans that overlap another are those that a look at all of them gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.document import Span
from onrecord.overlaps import Overlaps

SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 40), st.integers(1, 12))


@given(st.lists(SPANS), SPANS)
def test_all_that_overlap_are_listed_and_no_other(spans, asked):
    found = Overlaps((span, number) for number, span in enumerate(spans)).over(asked)
    assert sorted(number for _, number in found) == [n for n, span in enumerate(spans) if span.overlaps(asked)]


def test_of_many_apart_few_are_looked_at():
    index = Overlaps((Span(10 * n, 10 * n + 5), n) for n in range(1_000))
    assert index.over(Span(4_999, 5_011)) == [(Span(5_000, 5_005), 500), (Span(5_010, 5_015), 501)]
    assert index.over(Span(5, 10)) == []
