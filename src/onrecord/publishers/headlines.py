"""Headlines and first paragraphs by time: what each report puts first, in which words of its own.

Reads: Annotations. Words are compared by their lemma; words of the closed classes belong to everybody and are neither
shared nor own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from onrecord.annotation import Annotations
from onrecord.document import Span
from onrecord.text.words import is_content, lemma, words

MORE_THAN_ONE = 2
_LEDE_CHARACTERS = 700


class Headline(NamedTuple):
    """A report's headline and first paragraph: spans of its text, each with the spans of its own words."""

    annotations: Annotations
    headline: Span | None
    paragraph: Span | None
    own: tuple[Span, ...]
    shared: int


def headlines(documents: Sequence[Annotations]) -> list[Headline]:
    """List reports by time (undated ones last) with the words of headline and lede that no other report's have."""
    reports = sorted(
        (d for d in documents if d.document.kind == "report"),
        key=_when,
    )
    spans = [(_headline(r), _paragraph(r)) for r in reports]
    used: list[set[str]] = []
    for report, pair in zip(reports, spans, strict=True):
        used.append({lemma(w.folded) for s in pair if s for w in words(report.text, s.start, s.end)})
    reports_with: dict[str, int] = {}
    for each in used:
        for used_lemma in each:
            reports_with[used_lemma] = reports_with.get(used_lemma, 0) + 1
    result = []
    for report, (headline, paragraph) in zip(reports, spans, strict=True):
        own, shared = [], 0
        for span in (headline, paragraph):
            for word in words(report.text, span.start, span.end) if span else ():
                if not is_content(word.folded):
                    continue
                if reports_with[lemma(word.folded)] >= MORE_THAN_ONE:
                    shared += 1
                else:
                    own.append(word.span)
        result.append(Headline(report, headline, paragraph, tuple(own), shared))
    return result


def _when(report: Annotations) -> tuple[bool, str, bool, str]:
    """Order by day, then by time; a report of which only the day is known comes last in it, an undated one last."""
    published = report.document.published
    if published is None:
        return (True, "", True, "")
    return (False, published.day, published.value == published.day, published.value)


def _headline(report: Annotations) -> Span | None:
    return next((b.span for b in report.document.blocks if b.kind == "headline"), None)


def _paragraph(report: Annotations) -> Span | None:
    """Find the first paragraph; a long one is cut behind a sentence."""
    found = next((b.span for b in report.document.blocks if b.kind == "paragraph"), None)
    if found is None or len(found) <= _LEDE_CHARACTERS:
        return found
    ends = [s.end for s in report.sentences if found.start < s.end <= found.start + _LEDE_CHARACTERS]
    return Span(found.start, max(ends, default=found.start + _LEDE_CHARACTERS))
