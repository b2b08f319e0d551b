"""Sentences of a document: where each begins and ends, marks of quotation included, none across two blocks.

Reads a :class:`~onrecord.document.Document` with its blocks; gives spans in text order, in time linear in its length.

The rules are our own: a full stop ends a sentence unless the word before it is known to carry one (``Gen.``, ``No.``
before a figure, ``Aug.`` before a day, initials), and after those that may do either (``U.S.``, ``Jr.``, ``p.m.``) what
follows decides. They measure better on news than the library they replaced (sentencex); docs/reading.md has the figures.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from onrecord.annotate.lines import paragraphs
from onrecord.document import BlockKind, Document, Span

_NO_SENTENCES: frozenset[BlockKind] = frozenset({"turn-label", "dateline", "credit", "byline"})

_CLOSING = r"[\"'”’»›“)\]}*_]"
_END = re.compile(
    rf"(?P<mark>[.!?…‼⁇⁈⁉]+){_CLOSING}*(?:\s?\[\d{{1,3}}\])*(?=(?P<space>\s)|$)|(?P<wide>[。！？｡؟۔।]+)[\"'”’»」』）)\]]*"
    rf"|(?P<glued>(?<=[a-z\d)”\"’][a-z)”\"’])[.!?]{_CLOSING}*)(?=[“\"‘]?[A-Z][a-z’']*\s[a-z])"
)
_PARAGRAPH = re.compile(
    r"[ \t\xa0]*(?:\r\n|[\n\r\x0b\x0c\x85\u2028\u2029])(?P<blank>[^\S\n\r]*(?:\r\n|[\n\r\u2028\u2029]))?\s*"
)
_BEFORE = re.compile(r"(?:^|[\s\"'“”‘’(\[/—–-])([^\s\"“”(\[/—–]*)$")
_NEXT = re.compile(r"\s*(?P<opening>[\"'“”‘’«‹(\[{¿¡—–…*•·-]*\s?)(?P<word>[^\s]*)")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]|[^\W\d_]{1,2}(?:\.[^\W\d_]{1,2})+")
_NOTES = re.compile(r"(?:\s?\[\d{1,3}\])+$")
_TERMINAL_BEFORE = re.compile(rf"[.!?…:]{_CLOSING}*$")
_REPORTING = re.compile(
    r"(?:(?:[A-Z][\w.'’-]*|the|The|Mr\.|Mrs\.|Ms\.|Dr\.|a|one|another|president|minister|senator|spokes\w+|reporter|official)\s+){1,4}"
    r"(?:said|says|asked|asks|told|tells|added|wrote|writes|replied|tweeted|shouted|yelled|wondered|cried|exclaimed|answered|"
    r"continued|demanded|recalled|declared|quipped|joked|responded|screamed|called|remarked|went on|mused)\b"
)

_TITLES = frozenset(
    """mr mrs ms mx dr prof gen lt col maj capt cpt sgt cpl pvt adm cmdr cdr brig sen sens rep reps gov govs rev hon msgr
    fr sr st ste mt ft supt insp det atty amb pres sec secy dep asst assoc dir gens drs messrs mme mlle asst.prof vice-adm
    ret rt pfc cst ofc spc cong treas bros gen'l lt.col lt.gen maj.gen brig.gen lt.gov vs v viz cf ca approx est al
    """.split()
)
_BEFORE_FIGURES = frozenset(
    "no nos op p pp vol vols fig figs ch chap sec art arts ver eq par para pt cl nr n § jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_EITHER = frozenset(
    """inc co corp ltd plc llc bros jr sr esq etc dept univ assn ave blvd rd st hwy ala ariz ark calif cal colo conn del fla
    ga ill ind kan kans ky la md mass mich minn miss mo mont neb nebr nev okla ore pa penn tenn tex va vt wash wis wisc wyo
    mex ont que alta jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun dist
    gov't int'l nat'l ph.d m.d b.a m.a approx min max hr hrs ed eds dem rep""".split()
)
_CLOCK = frozenset({"a.m", "p.m", "am", "pm"})
_AFTER_CLOCK = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|(?:E|C|M|P|A)(?:[SD]?T|astern|entral|ountain|acific)\b"
    r"|(?:GMT|UTC|BST|CET|JST|IST|Local|Eastern|Pacific|Central)\b"
)
_STARTERS = frozenset(
    """the a an this that these those he she it they we you i his her its their our my your there here in on at by for from
    with after before during since until when while where what who why how if as although though because but and or so yet
    not no some many most more all both each every few several one two another other then now also however meanwhile still
    nor is are was were do does did has have had can could will would should may might must let according despite among
    between under over about against through without within once unless whether instead even just only such like next last
    today yesterday earlier later asked""".split()
)


def split(document: Document) -> tuple[Span, ...]:
    """List the sentences of all blocks but speakers' labels, datelines, credits and bylines.

    A dateline or a credit inside a paragraph bounds its sentences. Without blocks, every line is taken as a paragraph.
    """
    text = document.text
    if not document.blocks:
        return tuple(sentence for line in paragraphs(text) for sentence in within(text, line))
    holes = sorted(block.span for block in document.blocks if block.kind in _NO_SENTENCES)
    starts = [hole.start for hole in holes]
    found: list[Span] = []
    for block in document.blocks:
        if block.kind in _NO_SENTENCES:
            continue
        at = max(block.start, found[-1].end if found else 0)
        for hole in holes[bisect_left(starts, at) :]:
            if hole.start >= block.end:
                break
            found += within(text, Span(at, hole.start))
            at = max(at, hole.end)
        if at < block.end:
            found += within(text, Span(at, block.end))
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
    """Give every place where a sentence may end, in order, and what stands there: ``mark``, ``wide``, ``line``, ``blank``."""
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
    if kind in {"blank", "wide", "glued"}:
        return True
    window = text[max(start, end - 60) : end]
    if kind == "line":
        return _TERMINAL_BEFORE.search(window) is not None
    window = _NOTES.sub("", window)
    bare = window.rstrip("\"'”’»›)]}*_")
    closed = window[len(bare) :].strip(")]}*_ ") != ""  # a parenthesis that ends in an initial ends no sentence
    ahead = _NEXT.match(text, end, min(limit, end + 80))
    if ahead is None or not ahead["word"]:
        return ahead is not None and end < limit
    opening, word = ahead["opening"].strip(), ahead["word"].strip(",.;:!?\"'”’)")
    lower = word[:1].islower()
    if bare.endswith((".…", "..", "…")):
        return not lower and bool(word) and word not in {"I", "I’m", "I'm"}
    if lower and not opening:
        return False
    if not bare.endswith("."):
        if opening[:1] == "(" and word[:1].isdigit():
            return False  # a title that ends in a mark, and its year
        return not (lower or (closed and _REPORTING.match(text, ahead.start("word"), min(limit, end + 80))))
    if lower and opening[:1] in "(—–-":
        return False
    return _stop_ends(text, start, bare, closed, opening, word)


def _stop_ends(text: str, start: int, bare: str, closed: bool, opening: str, word: str) -> bool:
    """Tell whether one full stop ends the sentence, by the word that carries it and the word that follows."""
    found = _BEFORE.search(bare[:-1])
    carrier = found[1] if found else ""
    key = carrier.casefold().strip("'’()[]")
    starter = word.casefold().split("’")[0].split("'")[0] in _STARTERS or opening[:1] in {"“", '"', "‘", "•"}
    if key.rpartition("-")[2] in {"tenn", "vt", "calif", "fla", "mass", "ky"} or (
        len(key) > 2 and key[1] == "-" and key[0] in "rdi"
    ):
        return starter and not opening
    if (key in _TITLES and not closed) or key in {"e.g", "i.e"}:
        return False
    if key in _BEFORE_FIGURES and word[:1].isdigit():
        return False
    if key in _CLOCK or key.endswith((".a.m", ".p.m")):
        return not _AFTER_CLOCK.match(word)
    if key in _EITHER and carrier[:1].isupper() and not closed:
        return starter
    if key in {"etc", "inc", "ltd", "co", "corp"}:
        return starter
    if len(carrier) == 1 and carrier.isalpha():
        return starter if not closed else True
    if _INITIALS.fullmatch(carrier) and not closed:
        return starter
    # "1." at the beginning of a sentence numbers it.
    return not (key.isdigit() and len(key) < 3 and len(bare.strip()) == len(key) + 1)


def _skip(text: str, start: int, end: int) -> int:
    while start < end and (text[start].isspace() or text[start] in "\u200b\ufeff"):
        start += 1
    return start


def _rstrip(text: str, start: int, end: int) -> int:
    while end > start and (text[end - 1].isspace() or text[end - 1] in "\u200b\ufeff"):
        end -= 1
    return end
