"""The quotations of one paragraph, and what marks alone say of each: whether it stands as speech."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from onrecord.annotation import Attribution, AttributionReason
from onrecord.document import Span
from onrecord.text.quotation_marks import CLOSING, IN_DOUBLE, OPENING, Marks

_DOUBLE: Final = re.compile("[“”]")
_SPEECH_END: Final = frozenset(".,?!…")
_LEAST_WORDS: Final = 5  # of a quotation that stands as speech by itself


class Paragraph(NamedTuple):
    """A searched line; ``quotations`` in order, marks included; ``share`` of its letters that stand in marks."""

    start: int
    end: int
    quotations: tuple[Span, ...]
    share: float


def read_paragraph(text: str, marks: Marks, start: int, end: int) -> Paragraph:
    """List the quotations of one paragraph: from an opening double mark to the next closing one, or to the end."""
    quotations: list[Span] = []
    opened: int | None = None
    for mark in _DOUBLE.finditer(marks.text, start, end):
        i = mark.start()
        if opened is None and marks.state[i] == OPENING:
            opened = i
        elif opened is not None and marks.state[i] == CLOSING:
            quotations.append(Span(opened, i + 1))
            opened = None
    if opened is not None and opened + 1 < end:
        quotations.append(Span(opened, end))
    if not quotations:
        return Paragraph(start, end, (), 0.0)
    states = [state for letter, state in zip(text[start:end], marks.state[start:end], strict=True) if letter.isalnum()]
    return Paragraph(start, end, tuple(quotations), states.count(IN_DOUBLE) / len(states) if states else 0.0)


def direct(content: Span, source: Span | None, reason: AttributionReason) -> Attribution:
    """Give a quotation as an attribution without a cue."""
    return Attribution(id="", content=(content,), form="direct", source=source, reason=reason, confidence=0.5)


def mostly(span: Span, quotation: Span) -> bool:
    """Return whether a span shares at least half of itself or of the quotation."""
    shared = min(span.end, quotation.end) - max(span.start, quotation.start)
    return 2 * shared >= min(len(span), len(quotation))


def is_speech(text: str, quotation: Span) -> bool:
    """Return whether a quotation stands as speech: not a title, a name or a scare quote."""
    inner = text[quotation.start + 1 : quotation.end].rstrip("”\"'’ ")
    if len(inner.split()) < _LEAST_WORDS or not inner[:1].isupper():
        return False
    after = text[quotation.end : quotation.end + 1]
    return inner[-1:] in _SPEECH_END or after in _SPEECH_END
