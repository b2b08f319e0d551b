"""Quotations that no cue claims: dash bylines, posts with a handle, paragraphs that go on quoting the last speaker.

Reads a text's quotation marks and the attributions found by cues; gives the attributions with what the marks and the
printers' conventions add: a source for quoted content that has none, and quotations that stand as speech and that
nothing covers. Time is linear in the length of the text, sorting apart.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple

import msgspec

from onrecord.annotation import Attribution, AttributionReason
from onrecord.annotators.attribution.act_words import UTTERANCE
from onrecord.annotators.layout.quotation_marks import CLOSING, IN_DOUBLE, OPENING, Marks
from onrecord.document import Span
from onrecord.overlaps import Overlaps
from onrecord.words import lemma

_NAME: Final = r"[A-Z][\w.'’-]*(?:\s+(?:[A-Z][\w.'’-]*|of|the|de|del|van|von|bin|al|and|&))*"
_BYLINE: Final = re.compile(rf"[\s.]*(?:[—–―]|--?)\s*(?P<name>{_NAME}(?: \(@\w+\))?)[^\S\n]*(?=[,.(\n]|$|\()")
_VERB_NAME: Final = re.compile(rf"\s+(?P<cue>[a-z]{{3,12}})\s+(?P<name>(?:[a-z-]+\s+){{0,2}}{_NAME})")
_NAME_VERB: Final = re.compile(rf"\s+(?P<name>(?:{_NAME}|s?he|they))\s+(?P<cue>[a-z]{{3,12}})\b")
_POST: Final = re.compile(r"(?:[—–―]|--?)\s*(?P<name>[^\W\d_a-z][^\n()—–―]{0,60}? \(@\w+\))")
_ADDRESS: Final = re.compile(r"(?:pic\.twitter\.com|https?://)\S")
_INK: Final = re.compile(r"\S+")
_DOUBLE: Final = re.compile("[“”]")
_SPEECH_END: Final = frozenset(".,?!…")
_LEAST_WORDS: Final = 5  # of a quotation that stands as speech by itself
_WHOLE: Final = 0.8  # share of a paragraph's letters inside marks from which on the paragraph is a quotation


class Paragraph(NamedTuple):
    """A searched line; ``quotations`` in order, marks included; ``share`` of its letters that stand in marks."""

    start: int
    end: int
    quotations: tuple[Span, ...]
    share: float


def with_quoted_speech(
    text: str, marks: Marks, parts: Sequence[tuple[int, int]], attributions: Sequence[Attribution]
) -> list[Attribution]:
    """Add to the attributions what quotation marks show and no cue claims; ``parts`` are the lines searched."""
    found = list(attributions)
    last: Attribution | None = None  # the last attribution with a source, of this paragraph or the one before
    order = sorted(range(len(found)), key=lambda i: found[i].content[0])
    starts = [found[i].content[0].start for i in order]
    for start, end in parts:
        paragraph = read_paragraph(text, marks, start, end)
        own = order[bisect_left(starts, start) : bisect_right(starts, end)]
        added, changed = _of_paragraph(text, paragraph, [found[i] for i in own], last)
        added += _posts(text, paragraph, [*changed, *added])
        for i, new in zip(own, changed, strict=True):
            found[i] = new
        found += added
        sourced = [a for a in (*changed, *added) if a.source is not None and a.form != "indirect"]
        last = max(sourced, key=lambda a: a.extent.end) if sourced else None
    return found


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


def _of_paragraph(
    text: str, paragraph: Paragraph, own: list[Attribution], last: Attribution | None
) -> tuple[list[Attribution], list[Attribution]]:
    """Give the attributions to add in a paragraph, and its own with sources filled in."""
    added: list[Attribution] = []
    changed = list(own)
    contents = Overlaps((span, i) for i, a in enumerate(own) for span in a.content)
    for quotation in paragraph.quotations:
        holders = sorted({i for span, i in contents.over(quotation) if _mostly(span, quotation)})
        byline = _BYLINE.match(text, quotation.end, paragraph.end)
        if byline and not any(changed[i].source for i in holders):
            source = Span(*byline.span("name"))
            if holders:
                changed[holders[0]] = msgspec.structs.replace(changed[holders[0]], source=source, reason="dash-byline")
            elif _is_speech(text, quotation):
                added.append(_direct(quotation, source, "dash-byline"))
        elif holders and (spoken := _spoken(text, quotation, paragraph.end, changed[holders[0]])) is not None:
            changed[holders[0]] = spoken
        elif last is not None and paragraph.share >= _WHOLE and not any(a.source for a in own):
            if holders:
                changed[holders[0]] = msgspec.structs.replace(
                    changed[holders[0]], source=last.source, reason="continued-quotation"
                )
            elif _is_speech(text, quotation):
                added.append(_direct(quotation, last.source, "continued-quotation"))
    return added, changed


def _spoken(text: str, quotation: Span, end: int, held: Attribution) -> Attribution | None:
    """Give a quotation without a cue the verb of uttering and the name right behind it (*“Wait,” cautions Dr Roe*)."""
    if held.cue is not None or held.source is not None:
        return None
    match = _VERB_NAME.match(text, quotation.end, end) or _NAME_VERB.match(text, quotation.end, end)
    if match is None or lemma(match["cue"]) not in UTTERANCE:
        return None
    cue, source = Span(*match.span("cue")), Span(*match.span("name"))
    return msgspec.structs.replace(held, cue=cue, source=source, reason=None, confidence=0.5)


def _posts(text: str, paragraph: Paragraph, own: Sequence[Attribution]) -> list[Attribution]:
    """Find a post set into the text: its words, a dash, a name and a handle in brackets."""
    if "(@" not in text[paragraph.start : paragraph.end]:
        return []
    for match in _POST.finditer(text, paragraph.start + 1, paragraph.end):
        source = Span(*match.span("name"))
        if any(a.source is not None and a.source.overlaps(source) for a in own):
            continue
        end = _before_addresses(text, paragraph.start, match.start())
        if "<" in text[paragraph.start : end]:
            return []
        if end > paragraph.start:
            return [_direct(Span(paragraph.start, end), source, "dash-byline")]
    return []


def _before_addresses(text: str, start: int, end: int) -> int:
    """Give where the words of a post end, before the addresses behind them; ``start`` where there are no others."""
    for ink in reversed(list(_INK.finditer(text, start, end))):
        address = _ADDRESS.search(text, *ink.span())
        if address is None or address.start() > ink.start():
            return ink.end() if address is None else address.start()
    return start


def _direct(content: Span, source: Span | None, reason: AttributionReason) -> Attribution:
    return Attribution(id="", content=(content,), form="direct", source=source, reason=reason, confidence=0.5)


def _mostly(span: Span, quotation: Span) -> bool:
    """Tell whether a span shares at least half of itself or of the quotation."""
    shared = min(span.end, quotation.end) - max(span.start, quotation.start)
    return 2 * shared >= min(len(span), len(quotation))


def _is_speech(text: str, quotation: Span) -> bool:
    """Tell a quotation that stands as speech from a title, a name or a scare quote."""
    inner = text[quotation.start + 1 : quotation.end].rstrip("”\"'’ ")
    if len(inner.split()) < _LEAST_WORDS or not inner[:1].isupper():
        return False
    after = text[quotation.end : quotation.end + 1]
    return inner[-1:] in _SPEECH_END or after in _SPEECH_END
