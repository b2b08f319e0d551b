"""Content outside quotation marks, given inside the sentence that holds it: half a clause misleads.

Reads: Attribution, the document's text. What *were wary about* or *did not dispute it* governs is read with it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from onrecord.annotation import Annotations, Attribution, Form
from onrecord.document import Span
from onrecord.publishers.naming import cue_words

FORM_CLASS: dict[Form, str] = {"direct": "q", "mixed": "m", "indirect": "i"}
"""The style sheet's class for each form of content."""
_SPACES = re.compile(r"\s+")
_BEFORE, _AFTER, _BETWEEN = 160, 90, 200


class Run(NamedTuple):
    """A run of words: ``kind`` is a class of the style sheet, ``ctx`` for what stands around, empty for plain words."""

    kind: str
    words: str


def in_sentence(annotations: Annotations, found: Attribution) -> tuple[Run, ...]:
    """Give content in its sentence, the cue before it if it stands elsewhere.

    A long sentence is cut where it is neither content nor cue nor near them.
    """
    text, first, last = annotations.text, found.content[0], found.content[-1]
    whole = _sentence(annotations, first, last)
    cue = found.cue if found.cue is not None and whole.holds(found.cue) else None
    start = _from(text, whole.start, min(first.start, cue.start if cue else first.start))
    end = _until(text, whole.end, max(last.end, cue.end if cue else last.end))
    opening = "… " if start > whole.start else ""
    if cue is None and found.cue is not None and (printed := cue_words(text, found)):
        opening = f"{printed} … "
    runs = [_context(opening + text[start : first.start])]
    for number, span in enumerate(found.content):
        if number:
            gap = text[found.content[number - 1].end : span.start]
            runs.append(_context(gap if len(gap) <= _BETWEEN else " … "))
        runs.append(Run(FORM_CLASS[found.form], spaced(span.of(text))))
    runs.append(_context(text[last.end : end] + (" …" if end < whole.end else "")))
    return tuple(run for run in runs if run.words)


def spaced(words: str) -> str:
    """Write all white space as single spaces."""
    return _SPACES.sub(" ", words)


def _sentence(annotations: Annotations, first: Span, last: Span) -> Span:
    """Give the stretch from the start of the sentence of the first content to the end of that of the last.

    It stays within their lines; where no sentence is known it is the lines.
    """
    text = annotations.text
    stop = text.find("\n", last.end)
    start, end = text.rfind("\n", 0, first.start) + 1, stop if stop >= 0 else len(text)
    for place in (first.start, last.end - 1):
        at = bisect_right(annotations.sentences, place, key=lambda s: s.start) - 1
        sentence = annotations.sentences[at] if at >= 0 else Span(0, 0)
        if sentence.start <= first.start < sentence.end:
            start = max(start, sentence.start)
        if sentence.start < last.end <= sentence.end:
            end = min(end, sentence.end)
    return Span(start, end)


def _from(text: str, start: int, needed: int) -> int:
    """Begin at the sentence's start, or at a word not too far before what is needed."""
    if needed - start <= _BEFORE:
        return start
    space = text.find(" ", needed - _BEFORE, needed)
    return space + 1 if space >= 0 else needed


def _until(text: str, end: int, needed: int) -> int:
    if end - needed <= _AFTER:
        return end
    space = text.rfind(" ", needed, needed + _AFTER)
    return space if space >= 0 else needed


def _context(words: str) -> Run:
    """Give words around content, in a tone of their own; blanks have none."""
    one_line = spaced(words)
    return Run("ctx" if one_line.strip() else "", one_line)
