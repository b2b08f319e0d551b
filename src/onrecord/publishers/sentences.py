"""The sentences in which a span stands, and what of them lies before and after it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from onrecord.annotation import Annotations
from onrecord.document import Span


def sentences_around(annotations: Annotations, span: Span) -> Span:
    """Give the span from the start of the first sentence that holds a part of ``span`` to the end of the last.

    Where no sentence is known, that is the span itself.
    """
    known = annotations.sentences
    first = bisect_right(known, span.start, key=lambda s: s.start) - 1
    last = bisect_left(known, span.end, key=lambda s: s.end)
    start = known[first].start if first >= 0 and known[first].end > span.start else span.start
    end = known[last].end if last < len(known) and known[last].start < span.end else span.end
    return Span(start, end)
