"""Quotations whose speaker stands on a line beside theirs: a signature, an introduction, or a later paragraph's cue.

‘“We will build it.” / — Ada Roe, mayor’, ‘In a statement from Ada Roe: / “We will build it.”’, and a quotation whose
marks are left open paragraph after paragraph until one names the speaker. Reads a text's lines, its marks and the
attributions found by cues; gives the attributions with each such quotation in its own speaker's mouth. Where a
quotation has a verb of uttering on its own line, that decides. Time is linear in the text, sorting apart.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from onrecord.annotation import Attribution
from onrecord.annotators.attribution.act_words import UTTERANCE
from onrecord.annotators.attribution.paragraphs import Paragraph, direct, is_speech, mostly, read_paragraph
from onrecord.document import Span
from onrecord.lexicon.outlets import known_outlets
from onrecord.overlaps import Overlaps
from onrecord.text.quotation_marks import CLOSING, OPENING, Marks
from onrecord.text.words import lemma

HANDLE: Final = r"@\w+(?:[.-]\w+)*(?:@\w+(?:[.-]\w+)+)?"
_WORD: Final = r"[A-Z][\w'’-]*\.?"
_NAME: Final = rf"(?:[Tt]he )?{_WORD}(?: (?:(?:of|the|de|del|van|von|bin|al|and|&) )*{_WORD}){{0,7}}"
_ROLE: Final = r"(?:, [^\n.:;!?“”\"]{2,80})?"
_SIGNATURE: Final = re.compile(
    rf"\s*(?:[—–―]|--?)\s*(?P<name>{_NAME}{_ROLE})(?P<handle> \({HANDLE}\))?"
    r"[,.]?(?: [^\n]{0,40}\d{4})?\s*"
)
_POSTED: Final = re.compile(rf"\s*(?P<name>{_NAME} \({HANDLE}\))(?:\s*[·,]?\s*[^\n]{{0,40}}\d)?\s*")
_INTRODUCTION: Final = re.compile(
    r"(?:^|(?<=[.!?] ))(?:(?:And|Also|Now|Then|Next),? )?"
    r"(?:(?:[Ii]n|[Ff]rom) (?:an?|the|another|this|one) (?:[a-z-]+ ){0,3}?"
    r"(?:statement|message|letter|note|email|e-mail|release|post|speech|reply) (?:[a-z]+ )?(?:from|by)"
    r"|(?P<bare>[Ff]rom)|[Ff]rom the (?:desk|office|pen) of|[Tt]his (?:just |comes? )?from) "
    rf"(?P<name>{_NAME}{_ROLE}):\s*$"
)
_TITLED: Final = re.compile(r"(?:[Tt]he )?[A-Z][a-z]+ [A-Z][\w'’-]+ [A-Z]")
"""A title and a name: behind a bare "from" the speakers' rules take the two for a description, of whomever."""
_IS_WHAT: Final = re.compile(
    rf"(?<=[?!.,][”’'\"])\s+(?:is|was) what (?P<name>(?:{_NAME}|s?he|they)) (?P<cue>[a-z]{{3,12}})\b"
)
_SINGLE_AT_START: Final = re.compile(r"[‘'‚‛`´](?=[^\W\d_])")
_SINGLE_LATER: Final = re.compile(r"(?<=[^\s\w] )[‘'‚‛`´](?=[A-Z])")
_ENDS: Final = frozenset(".,?!…")


class _Lines:
    """A text's lines with their quotations, and the attributions to be mended."""

    def __init__(
        self,
        text: str,
        marks: Marks,
        parts: Sequence[tuple[int, int]],
        attributions: Iterable[Attribution],
        set_apart: Sequence[Span],
    ) -> None:
        self.text, self.marks = text, marks
        self._set_apart = [(span.start, span.end) for span in set_apart]
        self.lines = [read_paragraph(text, marks, start, end) for start, end in parts]
        self.found: list[Attribution | None] = list(attributions)
        self._contents = Overlaps((span, i) for i, a in enumerate(self.found) if a is not None for span in a.content)

    def holders(self, quotation: Span) -> list[int]:
        """Give the attributions that hold most of a quotation."""
        near = {i for span, i in self._contents.over(quotation) if mostly(span, quotation)}
        return [i for i in sorted(near) if (a := self.found[i]) and any(span.overlaps(quotation) for span in a.content)]

    def has_cue(self, line: Paragraph, quotation: Span) -> bool:
        """Return whether a verb on the quotation's own line says whose it is."""
        held = (self.found[i] for i in self.holders(quotation))
        return any(a and a.cue and a.source and line.start <= a.cue.start < line.end for a in held)

    def is_whole(self, line: Paragraph) -> bool:
        """Return whether a line is one quotation and nothing besides."""
        text = self.text[line.start : line.end].strip()
        if not line.quotations or not text:
            return False
        outside = self.text[line.start : line.quotations[0].start] + self.text[line.quotations[-1].end : line.end]
        return len(line.quotations) == 1 and not any(character.isalnum() for character in outside)

    def is_set_apart(self, line: Paragraph) -> bool:
        """Return whether a line stands in a block quotation."""
        at = bisect_right(self._set_apart, (line.start, len(self.text))) - 1
        return at >= 0 and line.start < self._set_apart[at][1]

    def is_open(self, line: Paragraph) -> bool:
        """Return whether the last quotation of a line is left open."""
        return bool(line.quotations) and self.marks.state[line.quotations[-1].end - 1] != CLOSING

    def give(self, quotation: Span, source: Span) -> None:
        """Give a quotation to a source on another line, and take it from whoever else has it."""
        for i in self.holders(quotation):
            held = self.found[i]
            if held is not None:
                left = tuple(span for span in held.content if not span.overlaps(quotation))
                self.found[i] = msgspec.structs.replace(held, content=left) if left else None
        self.found.append(direct(quotation, source, "dash-byline"))


def with_adjoining(
    text: str,
    marks: Marks,
    parts: Sequence[tuple[int, int]],
    attributions: Sequence[Attribution],
    set_apart: Sequence[Span] = (),
) -> list[Attribution]:
    """Give each quotation to the speaker whom a line beside it names.

    ``parts`` are the lines searched, ``set_apart`` the block quotations, which need no marks.
    """
    read = _Lines(text, marks, parts, attributions, set_apart)
    for k in range(len(read.lines)):
        _signed(read, k)
        _introduced(read, k)
        _is_what(read, read.lines[k])
    _left_open(read)
    _left_open_in_single(read)
    return [a for a in read.found if a is not None]


def _signed(read: _Lines, k: int) -> None:
    """Give the quotation or the post above a signature to whoever signs it."""
    line = read.lines[k]
    if k == 0 or line.end - line.start > 200:
        return
    match = _SIGNATURE.fullmatch(read.text, line.start, line.end)
    posted = None if match else _POSTED.fullmatch(read.text, line.start, line.end)
    if match is None and posted is None:
        return
    handle = posted is not None or (match is not None and match["handle"] is not None)
    start, end = (match or posted).span("name")  # type: ignore[union-attr]  # one of both
    if match is not None and match["handle"]:
        end = match.end("handle")
    if known_outlets().named(read.text[start:end]) is not None:
        return
    above = read.lines[k - 1]
    first = above.quotations[0] if read.is_whole(above) else None
    if first is not None and not read.has_cue(above, first) and is_speech(read.text, first):
        read.give(first, Span(start, end))
        j = k - 2
        while j >= 0 and read.is_open(read.lines[j]) and read.is_whole(read.lines[j]):
            read.give(read.lines[j].quotations[0], Span(start, end))
            j -= 1
    elif match is not None and read.is_set_apart(line) and read.is_set_apart(above) and not above.quotations:
        j = k - 1
        while (
            j >= 0
            and read.is_set_apart(read.lines[j])
            and not _SIGNATURE.fullmatch(read.text, read.lines[j].start, read.lines[j].end)
        ):
            read.give(Span(read.lines[j].start, read.lines[j].end), Span(start, end))
            j -= 1
    elif handle and not above.quotations and read.text[above.end : line.start].count("\n") == 1:
        read.give(Span(above.start, above.end), Span(start, end))


def _introduced(read: _Lines, k: int) -> None:
    """Give the quotation behind an introducing line to whom it names."""
    line = read.lines[k]
    after = line
    limit = line.quotations[0].start if line.quotations else line.end
    if read.text[max(limit - 3, line.start) : limit].rstrip()[-1:] != ":":
        return
    match = _INTRODUCTION.search(read.text[max(line.start, limit - 300) : limit])
    if match is None or (match["bare"] is not None and _TITLED.match(match["name"])):
        return
    if not line.quotations:
        if k + 1 == len(read.lines):
            return
        after = read.lines[k + 1]
        if not after.quotations and match["bare"] is None:
            _introduce_unmarked(read, k, _moved(match, max(line.start, limit - 300)))
            return
        if not after.quotations or any(c.isalnum() for c in read.text[after.start : after.quotations[0].start]):
            return
    quotation = after.quotations[0]
    held = [read.found[i] for i in read.holders(quotation)]
    if any(a and a.source and a.cue and a.cue.start >= quotation.end for a in held):
        return
    at = max(line.start, limit - 300)
    source = _moved(match, at)
    read.give(quotation, source)
    colon = read.text.rindex(":", at, limit)
    read.found[-1] = msgspec.structs.replace(direct(quotation, source, "colon"), cue=Span(colon, colon + 1))


def _moved(match: re.Match[str], by: int) -> Span:
    return Span(by + match.start("name"), by + match.end("name"))


def _introduce_unmarked(read: _Lines, k: int, source: Span) -> None:
    """Give what stands without marks behind "In a statement from the ministry:" to whom the line names.

    That is the block quotation, or else the one paragraph, unless a verb on it says whose it is.
    """
    first = last = k + 1
    while (
        last + 1 < len(read.lines) and read.is_set_apart(read.lines[first]) and read.is_set_apart(read.lines[last + 1])
    ):
        last += 1
    for line in read.lines[first : last + 1]:
        whole = Span(line.start, line.end)
        near = [read.found[i] for i in read.holders(whole)]
        if any(a and a.cue and a.source and line.start <= a.cue.start < line.end for a in near):
            return
    for line in read.lines[first : last + 1]:
        read.give(Span(line.start, line.end), source)
        read.found[-1] = msgspec.structs.replace(direct(Span(line.start, line.end), source, "colon"), cue=None)


def _is_what(read: _Lines, line: Paragraph) -> None:
    """Give a quotation to whom the words behind it name: ‘“Is that all?” is what she asked’."""
    for match in _IS_WHAT.finditer(read.text, line.start, line.end):
        close = match.start() - 1
        start = read.marks.state.rfind(OPENING, line.start, close)
        if read.marks.state[close] != CLOSING or start < 0 or lemma(match["cue"]) not in UTTERANCE:
            continue
        quotation = Span(start, close + 1)
        cue, source = Span(*match.span("cue")), Span(*match.span("name"))
        if not any((a := read.found[i]) and a.source for i in read.holders(quotation)):
            read.give(quotation, source)
            read.found[-1] = msgspec.structs.replace(direct(quotation, source, "no-cue"), cue=cue, reason=None)


def _explicit(read: _Lines, pieces: Sequence[tuple[Paragraph, Span]]) -> int | None:
    """Give the attribution of a chain of pieces that has a verb and a source."""
    for _, piece in pieces:
        for i in read.holders(piece):
            held = read.found[i]
            if held is not None and held.source is not None and held.cue is not None:
                return i
    return None


def _join(read: _Lines, pieces: Sequence[tuple[Paragraph, Span]]) -> None:
    """Make the pieces that no verb claims contents of the attribution that has one."""
    to = _explicit(read, pieces)
    if to is None:
        return
    for _, piece in pieces:
        holders = read.holders(piece)
        owner = read.found[to]
        if owner is None or to in holders:
            continue
        if any((a := read.found[i]) and a.source and a.cue for i in holders):
            continue
        for i in holders:
            held = read.found[i]
            if held is not None:
                left = tuple(span for span in held.content if not span.overlaps(piece))
                read.found[i] = msgspec.structs.replace(held, content=left) if left else None
        content = tuple(sorted((*owner.content, piece)))
        read.found[to] = msgspec.structs.replace(owner, content=content)


def _left_open(read: _Lines) -> None:
    """Join the paragraphs of a quotation in double marks that are left open until the last one closes."""
    k = 0
    while k < len(read.lines):
        first = k
        while k + 1 < len(read.lines) and read.is_open(read.lines[k]) and _goes_on(read, read.lines[k + 1]):
            k += 1
        if k > first:
            chain = read.lines[first : k + 1]
            _join(read, [(line, line.quotations[-1 if line is chain[0] else 0]) for line in chain])
        k += 1


def _goes_on(read: _Lines, line: Paragraph) -> bool:
    return bool(line.quotations) and not read.text[line.start : line.quotations[0].start].strip()


def _left_open_in_single(read: _Lines) -> None:
    """Join the paragraphs of a quotation in single marks: all but the last open one that is not closed."""
    pieces: list[tuple[Paragraph, Span]] = []
    for k, line in enumerate(read.lines):
        opened = _opened(read, line, first=not pieces)
        if opened is not None and k + 1 < len(read.lines) and _single_at(read, read.lines[k + 1]):
            pieces.append((line, opened))
            continue
        if pieces and _single_at(read, line):
            start = line.start + _lead(read, line)
            close = _closing(read, start, line.end)
            if close is not None:
                _join(read, [*pieces, (line, Span(start, close + 1))])
        pieces = []


def _lead(read: _Lines, line: Paragraph) -> int:
    words = read.text[line.start : line.end]
    return len(words) - len(words.lstrip())


def _single_at(read: _Lines, line: Paragraph) -> bool:
    return _SINGLE_AT_START.match(read.text, line.start + _lead(read, line), line.end) is not None


def _closing(read: _Lines, start: int, end: int) -> int | None:
    """Give the mark that closes a quotation opened at ``start``: behind a point, for a plural's mark closes nothing."""
    if read.marks.state[start] != OPENING:
        return None
    for at in range(start + 1, end):
        if read.marks.state[at] == CLOSING and (read.text[at - 1] in _ENDS or at + 1 == end):
            return at
    return None


def _opened(read: _Lines, line: Paragraph, *, first: bool) -> Span | None:
    """Give the quotation in single marks that a line leaves open: from its start, or, in the first, from its last."""
    start = line.start + _lead(read, line)
    if _single_at(read, line) and _closing(read, start, line.end) is None:
        return Span(start, line.end)
    if not first:
        return None
    last = None
    for mark in _SINGLE_LATER.finditer(read.text, line.start, line.end):
        if _closing(read, mark.start(), line.end) is None:
            last = mark.start()
    return None if last is None else Span(last, line.end)
