"""Tellings: what one document says in one place, cut and weighed so that it can be held against other versions.

Reads spans of a document (an attribution's content, a clause) and its sentences; gives a :class:`Telling`: its units,
their lemmas, the words between quotation marks, its runs of words, its numbers.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from onrecord.annotation import Annotations
from onrecord.comparison.rarity import Rarity
from onrecord.document import Span
from onrecord.lexicon.numbers import PACKS, SCALES, TENS, UNITS
from onrecord.text.words import Word, is_content, lemma, words

_QUOTED = re.compile(
    r"[\"“„«](?P<double>[^\"“”„«»\n]*)(?:[\"”»]|$)|(?<!\w)[‘'](?P<single>[^‘’'\n]*(?:(?<=\w)[’'](?=\w)[^‘’'\n]*)*)[’'](?!\w)"
)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|s)$")
_NUMBERS: Mapping[str, float] = {**UNITS, **TENS, "dozen": PACKS["dozen"]}
_MULTIPLES = {**SCALES, "dozen": PACKS["dozen"]}
_MOST = 10**15
_MOST_DIGITS = 20
_LEAST_LEMMAS = 3
"""A unit of fewer content words is told together with the one before it."""
GRAM = 4
"""Words in a run that two versions may share."""


class Unit(NamedTuple):
    """A sentence of a version: its words as printed, its content lemmas and their weight in the story."""

    text: str
    lemmas: frozenset[str]
    mass: float


class Version(NamedTuple):
    """What one document says in one place; it lives while a story is compared, no longer, and so may hold words.

    ``words`` are folded and in order; ``grams`` are their runs of :data:`GRAM`; ``quoted`` are the content lemmas
    between quotation marks, ``at`` the numbers of the units that hold each lemma. Masses are sums of weights in the
    story. ``numbers`` are numerals and number words as digits.
    """

    text: str
    words: tuple[str, ...]
    units: tuple[Unit, ...]
    lemmas: frozenset[str]
    mass: float
    grams: frozenset[tuple[str, ...]]
    quoted: frozenset[str]
    quoted_mass: float
    numbers: frozenset[str]
    at: Mapping[str, tuple[int, ...]]

    @property
    def texts(self) -> list[str]:
        """The words as printed: all of them first, then each unit's."""
        return [self.text, *(unit.text for unit in self.units or (Unit(self.text, frozenset(), 0.0),))]


def in_order(documents: Sequence[Annotations]) -> list[Annotations]:
    """Put a story's reports in the order of their days, then of their ids; undated ones stand last."""
    reports = [a for a in documents if a.document.kind == "report"]
    return sorted(reports, key=lambda a: (a.document.published.day if a.document.published else "~", a.id))


def version_of(document: Annotations, spans: Sequence[Span], rarity: Rarity) -> Version:
    """Cut and weigh what stands in the spans of a document, in time linear in their length."""
    text = document.text
    found = [words(text, span.start, span.end) for span in spans]
    folded = tuple(w.folded for part in found for w in part)
    lemmas = _lemmas(w for part in found for w in part)
    quoted = _lemmas(w for span in spans for w in _quoted(text, span))
    units = tuple(Unit(span.of(text).strip(), held, rarity.mass(held)) for span, held in _units(document, spans, found))
    at: dict[str, tuple[int, ...]] = {}
    for number, unit in enumerate(units):
        for one in unit.lemmas:
            at[one] = (*at.get(one, ()), number)
    return Version(
        text=" ".join(span.of(text).strip() for span in spans),
        words=folded,
        units=units,
        lemmas=lemmas,
        mass=rarity.mass(lemmas),
        grams=frozenset(folded[i : i + GRAM] for i in range(len(folded) - GRAM + 1)),
        quoted=quoted,
        quoted_mass=rarity.mass(quoted),
        numbers=frozenset(value for value, _ in numbers_in(folded)),
        at=at,
    )


def _lemmas(found: Iterable[Word]) -> frozenset[str]:
    return frozenset(lemma(w.folded) for w in found if is_content(w.folded))


def _units(
    document: Annotations, spans: Sequence[Span], found: Sequence[Sequence[Word]]
) -> list[tuple[Span, frozenset[str]]]:
    """Part the spans where sentences begin; too short a part joins the one before."""
    gathered: list[tuple[Span, frozenset[str]]] = []
    for span, part in zip(spans, found, strict=True):
        sentence = None
        pieces: list[list[Word]] = []
        low = bisect_right(document.sentences, span.start, key=_start)
        high = bisect_left(document.sentences, span.end, low, key=_start)
        starts = [s.start for s in document.sentences[low:high]]
        for word in part:
            current = bisect_right(starts, word.start)
            if current != sentence or not pieces:
                pieces.append([])
                sentence = current
            pieces[-1].append(word)
        edges = [piece[0].start for piece in pieces[1:]] + [span.end]
        at = span.start
        for piece, edge in zip(pieces, edges, strict=False):
            lemmas = _lemmas(piece)
            if gathered and len(lemmas) < _LEAST_LEMMAS:
                before, held = gathered.pop()
                gathered.append((Span(before.start, edge) if before.end == at else before, held | lemmas))
            elif lemmas:
                gathered.append((Span(at, edge), lemmas))
            at = edge
    return gathered


def _start(span: Span) -> int:
    return span.start


def _quoted(text: str, span: Span) -> Iterator[Word]:
    for match in _QUOTED.finditer(text, span.start, span.end):
        yield from words(text, match.start(), match.end())


def numbers_in(folded: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Give each number, as digits, and the place after it: "forty thousand" is 40000; a bare "one" is none."""
    at = 0
    while at < len(folded):
        value = _value(folded[at])
        start, at = at, at + 1
        if value is None:
            continue
        while at < len(folded) and folded[at] in _MULTIPLES and value < _MOST:
            value *= _MULTIPLES[folded[at]]
            at += 1
        if (
            at < len(folded)
            and value >= 20
            and value % 10 == 0
            and 0 < (_value(folded[at]) or 0) < 10
            and not folded[at][0].isdigit()
        ):
            value += _value(folded[at]) or 0
            at += 1
        if folded[start:at] != ("one",):
            yield f"{value:.10g}", at


def _value(folded: str) -> float | None:
    if folded[:1].isdigit():
        plain = _ORDINAL.sub("", folded)
        try:
            return float(plain) if len(plain) <= _MOST_DIGITS else None
        except ValueError:
            return None
    return _NUMBERS.get(folded)
