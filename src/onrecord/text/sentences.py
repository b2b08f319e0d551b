"""Sentences of a document: where each begins and ends, marks of quotation included, none across two blocks.

Reads a :class:`~onrecord.document.Document` with its blocks; gives spans in text order, in time linear in its length.

The rules are our own: a full stop ends a sentence unless the word before it is known to carry one (``Gen.``, ``No.``
before a figure, ``Aug.`` before a day, initials), and after those that may do either (``U.S.``, ``Jr.``, ``p.m.``) what
follows decides. They measure better on news than the library they replaced, sentencex: docs/reading.md has figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.document import BlockKind, Document, Span
from onrecord.lexicon.load import word_list
from onrecord.text.lines import paragraphs

_NO_SENTENCES: frozenset[BlockKind] = frozenset({"turn-label", "dateline", "credit", "byline"})

_CLOSING = r"[\"'”’»›“)\]}*_]"
_END = re.compile(
    r"(?=[.!?…‼⁇⁈⁉。！？｡؟۔।])(?:"  # looked for first, for most characters are none of these
    rf"(?P<mark>(?<![.!?…‼⁇⁈⁉])[.!?…‼⁇⁈⁉]+){_CLOSING}*(?:\s?\[\d{{1,3}}\])*(?=(?P<space>\s)|$)|(?P<wide>(?<![。！？｡؟۔।])[。！？｡؟۔।]+)[\"'”’»」』）)\]]*"
    rf"|(?P<glued>(?<=[a-z\d)”\"’][a-z)”\"’])[.!?]{_CLOSING}*)(?=[“\"‘]?[A-Z][a-z’']*\s[a-z]))"
)
_PARAGRAPH = re.compile(r"(?:\r\n|[\n\r\x0b\x0c\x85\u2028\u2029])(?P<blank>[^\S\n\r]*(?:\r\n|[\n\r\u2028\u2029]))?\s*")
_BEFORE = re.compile(r"(?:^|[\s\"'“”‘’(\[/—–-])([^\s\"“”(\[/—–]*)$")
_NEXT = re.compile(r"\s*(?P<opening>[\"'“”‘’«‹(\[{¿¡—–…*•·-]*\s?)(?P<word>[^\s]*)")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]|[^\W\d_]{1,2}(?:\.[^\W\d_]{1,2})+")
_NOTES = re.compile(r"(?:\s?\[\d{1,3}\])+$")
_TERMINAL_BEFORE = re.compile(rf"[.!?…:]{_CLOSING}*$")
_REPORTING = re.compile(
    r"(?!No(?:body|ne)?\b|Every(?:body|one)\b)(?:(?:[A-Z][\w.'’-]*|the|Mr\.|Mrs\.|Ms\.|Dr\.|a|one|another|president|minister|senator|spokes\w+|reporter)\s+){1,4}"
    r"(?:said|says|asked|asks|told|tells|added|wrote|writes|replied|tweeted|shouted|yelled|wondered|cried|exclaimed|"
    r"answered|continued|demanded|recalled|declared|quipped|joked|responded|screamed|called|remarked|went on|mused)\b"
)

_TITLES = word_list("layout.titles")
_BEFORE_FIGURES = word_list("layout.before_figures")
_EITHER = word_list("layout.either")
_FIRMS = word_list("layout.firms")
_PARTY = re.compile(r"[rdi]-")
_CLOCK = word_list("layout.clock")
_AFTER_CLOCK = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"|(?:E|C|M|P|A)(?:[SD]?T|astern|entral|ountain|acific)\b"
    r"|(?:GMT|UTC|BST|CET|JST|IST|Local|Eastern|Pacific|Central)\b"
)
_STARTERS = word_list("layout.starters")


def split(document: Document) -> tuple[Span, ...]:
    """List the sentences of all blocks but speakers' labels, datelines, credits and bylines.

    A dateline or a credit inside a paragraph bounds its sentences. Without blocks, every line is taken as a paragraph.
    """
    text = document.text
    if not document.blocks:
        return tuple(sentence for line in paragraphs(text) for sentence in within(text, line))
    holes = sorted(block.span for block in document.blocks if block.kind in _NO_SENTENCES)
    found: list[Span] = []
    at = hole = 0
    for block in document.blocks:
        if block.kind in _NO_SENTENCES:
            continue
        at = max(at, block.start)
        while hole < len(holes) and holes[hole].start < block.end:
            if holes[hole].end > at:
                found += within(text, Span(at, max(at, holes[hole].start)))
                at = holes[hole].end
            hole += 1
        end = min(max(at, block.end), len(text))
        found += within(text, Span(at, end))
        at = max(at, end)
    return tuple(found)


def within(text: str, span: Span) -> Iterator[Span]:
    """Part one stretch of text into sentences; a blank line ends one, a single line break only after a full stop."""
    start = _skip(text, span.start, span.end)
    for end, after in _ends(text, span):
        if end <= start or not _divides(text, start, end, after, span.end):
            continue
        trimmed = _rstrip(text, start, end)
        if trimmed > start:
            yield Span(start, trimmed)
        start = _skip(text, end, span.end)
    end = _rstrip(text, start, span.end)
    if end > start:
        yield Span(start, end)


def _ends(text: str, span: Span) -> Iterator[tuple[int, str]]:
    """Give every place where a sentence may end, in order, and what does it: a mark, a line's end, a blank line."""
    marks, breaks = _END.finditer(text, span.start, span.end), _PARAGRAPH.finditer(text, span.start, span.end)
    mark, gap = next(marks, None), next(breaks, None)
    while mark is not None or gap is not None:
        if gap is None or (mark is not None and mark.end() <= gap.start()):
            assert mark is not None
            yield mark.end(), "wide" if mark["wide"] else "glued" if mark["glued"] else "mark"
            mark = next(marks, None)
        else:
            yield gap.start(), "blank" if gap["blank"] else "line"
            gap = next(breaks, None)


def _divides(text: str, start: int, end: int, kind: str, limit: int) -> bool:
    """Return whether the mark or break that ends at ``end`` ends the sentence that began at ``start``."""
    window = text[max(start, end - 60) : end]
    if kind != "mark":
        return kind != "line" or _TERMINAL_BEFORE.search(window) is not None
    window = _NOTES.sub("", window)
    bare = window.rstrip("\"'”’»›“)]}*_")
    # A parenthesis that ends in an initial ends no sentence; a mark of quotation does.
    closed = window[len(bare) :].strip(")]}*_ ") != ""
    ahead = _NEXT.match(text, end, min(limit, end + 80))
    if ahead is None or not ahead["word"]:
        return ahead is not None and end < limit
    opening, word = ahead["opening"].strip(), ahead["word"].strip(",.;:!?\"'”’)")
    if word[:1].islower() and (not opening or opening[:1] in "(—–-"):
        return False
    if bare.endswith(".") and not bare.endswith(".."):
        return _stop_ends(bare, word, closed=closed, opening=opening)
    goes_on = word[:1].islower()
    if bare.endswith(("..", "…")):
        goes_on = goes_on or word in {"", "I", "I’m", "I'm"}
    else:  # a question inside its sentence, or a title that ends in a mark and has its year behind it
        goes_on = goes_on or (opening[:1] == "(" and word[:1].isdigit())
        goes_on = goes_on or (closed and _REPORTING.match(text, ahead.start("word"), min(limit, end + 80)) is not None)
    return not goes_on


def _stop_ends(bare: str, word: str, *, closed: bool, opening: str) -> bool:
    """Return whether a full stop ends the sentence, by the word that carries it and the ``word`` that follows."""
    found = _BEFORE.search(bare[:-1])
    carrier = found[1] if found else ""
    key = carrier.casefold().strip("'’()[]")
    starter = word.casefold().split("’")[0].split("'")[0] in _STARTERS or opening[:1] in {"“", '"', "‘", "•"}
    if key in {"e.g", "i.e"} or (key in _BEFORE_FIGURES and word[:1].isdigit()):
        return False
    if key in _CLOCK:
        return not _AFTER_CLOCK.match(word)
    if _PARTY.match(key):
        return starter and not opening
    if key in _FIRMS or (not closed and _may_end(carrier, key)):
        return starter and (closed or key not in _TITLES)
    # "1." at the beginning of a sentence numbers it.
    return not (key.isdigit() and len(key) < 3 and len(bare.strip()) == len(key) + 1)


def _may_end(carrier: str, key: str) -> bool:
    """Return whether a word that carries a full stop does so by itself: a title, an abbreviated name, initials."""
    if len(carrier) == 1 and carrier.isalpha():
        return True
    return key in _TITLES or (key in _EITHER and carrier[0].isupper()) or _INITIALS.fullmatch(carrier) is not None


def _skip(text: str, start: int, end: int) -> int:
    while start < end and (text[start].isspace() or text[start] in "\u200b\ufeff"):
        start += 1
    return start


def _rstrip(text: str, start: int, end: int) -> int:
    while end > start and (text[end - 1].isspace() or text[end - 1] in "\u200b\ufeff"):
        end -= 1
    return end
