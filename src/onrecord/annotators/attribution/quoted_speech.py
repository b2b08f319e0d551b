"""Quotations that no cue claims: dash bylines, posts with a handle, paragraphs that go on quoting the last speaker.

Reads a text's quotation marks and the attributions found by cues; gives the attributions with what the marks and the
printers' conventions add: a source for quoted content that has none, and quotations that stand as speech and that
nothing covers. Time is linear in the length of the text, sorting apart.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

import msgspec

from onrecord.annotation import Attribution
from onrecord.annotators.attribution.act_words import UTTERANCE
from onrecord.annotators.attribution.adjoining import HANDLE, with_adjoining
from onrecord.annotators.attribution.paragraphs import Paragraph, direct, is_speech, mostly, read_paragraph
from onrecord.document import Span
from onrecord.overlaps import Overlaps
from onrecord.text.quotation_marks import Marks
from onrecord.text.words import lemma

_NAME: Final = r"[A-Z][\w.'’-]*(?:\s+(?:[A-Z][\w.'’-]*|of|the|de|del|van|von|bin|al|and|&))*"
_BYLINE: Final = re.compile(rf"[\s.]*(?:[—–―]|--?)\s*(?P<name>{_NAME}(?: \({HANDLE}\))?)[^\S\n]*(?=[,.(\n]|$|\()")
_VERB_NAME: Final = re.compile(rf"\s+(?P<cue>[a-z]{{3,12}})\s+(?P<name>(?:[a-z-]+\s+){{0,2}}{_NAME})")
_NAME_VERB: Final = re.compile(rf"\s+(?P<name>(?:{_NAME}|s?he|they))\s+(?P<cue>[a-z]{{3,12}})\b")
_POST: Final = re.compile(rf"(?:[—–―]|--?)\s*(?P<name>[^\W\d_a-z][^\n()—–―]{{0,60}}? \({HANDLE}\))")
_ADDRESS: Final = re.compile(r"(?:pic\.twitter\.com|https?://)\S")
_INK: Final = re.compile(r"\S+")
_WHOLE: Final = 0.8  # share of a paragraph's letters inside marks from which on the paragraph is a quotation


def with_quoted_speech(
    text: str,
    marks: Marks,
    parts: Sequence[tuple[int, int]],
    attributions: Sequence[Attribution],
    set_apart: Sequence[Span] = (),
) -> list[Attribution]:
    """Add to the attributions what quotation marks show and no cue claims.

    ``parts`` are the lines searched, ``set_apart`` the block quotations.
    """
    found = with_adjoining(text, marks, parts, attributions, set_apart)
    last: Attribution | None = None  # the last attribution with a source, of this paragraph or the one before
    order = sorted((span.start, i) for i, a in enumerate(found) for span in a.content)
    starts = [at for at, _ in order]
    for start, end in parts:
        paragraph = read_paragraph(text, marks, start, end)
        own = sorted({i for _, i in order[bisect_left(starts, start) : bisect_right(starts, end)]})
        added, changed = _of_paragraph(text, paragraph, [found[i] for i in own], last)
        added += _posts(text, paragraph, [*changed, *added])
        for i, new in zip(own, changed, strict=True):
            found[i] = new
        found += added
        sourced = [a for a in (*changed, *added) if a.source is not None and a.form != "indirect"]
        last = max(sourced, key=lambda a: a.extent.end) if sourced else None
    return found


def _of_paragraph(
    text: str, paragraph: Paragraph, own: list[Attribution], last: Attribution | None
) -> tuple[list[Attribution], list[Attribution]]:
    """Give the attributions to add in a paragraph, and its own with sources filled in."""
    added: list[Attribution] = []
    changed = list(own)
    contents = Overlaps((span, i) for i, a in enumerate(own) for span in a.content)
    for quotation in paragraph.quotations:
        holders = sorted({i for span, i in contents.over(quotation) if mostly(span, quotation)})
        byline = _BYLINE.match(text, quotation.end, paragraph.end)
        if byline and not any(changed[i].source for i in holders):
            source = Span(*byline.span("name"))
            if holders:
                changed[holders[0]] = msgspec.structs.replace(changed[holders[0]], source=source, reason="dash-byline")
            elif is_speech(text, quotation):
                added.append(direct(quotation, source, "dash-byline"))
        elif holders and (spoken := _spoken(text, quotation, paragraph.end, changed[holders[0]])) is not None:
            changed[holders[0]] = spoken
        elif last is not None and paragraph.share >= _WHOLE and not any(a.source for a in own):
            if holders:
                changed[holders[0]] = msgspec.structs.replace(
                    changed[holders[0]], source=last.source, reason="continued-quotation"
                )
            elif is_speech(text, quotation):
                added.append(direct(quotation, last.source, "continued-quotation"))
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
            return [direct(Span(paragraph.start, end), source, "dash-byline")]
    return []


def _before_addresses(text: str, start: int, end: int) -> int:
    """Give where the words of a post end, before the addresses behind them; ``start`` where there are no others."""
    for ink in reversed(list(_INK.finditer(text, start, end))):
        address = _ADDRESS.search(text, *ink.span())
        if address is None or address.start() > ink.start():
            return ink.end() if address is None else address.start()
    return start
