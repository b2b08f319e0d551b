"""Which occasion? Where several transcripts hold the same words, the one that the article reports.

Reads: the article's date and words, the transcripts' dates, titles and places, and which transcripts hold the article's
other quotations. Gives a rank for each transcript and says whether it is in doubt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from onrecord.comparison.alignment.index import TranscriptIndex
from onrecord.document import Document
from onrecord.lexicon.load import word_list
from onrecord.text.words import is_content, words

_FRESH_DAYS: Final = 3
_STALE_DAYS: Final = 7
_MOST_NEIGHBOURS: Final = 3
_CLEAR: Final = 1.0
_COMMON: Final = word_list("wording.common")


class Context(NamedTuple):
    """What an article says of the occasion: its day, its words that name places, its neighbouring quotations.

    ``neighbours`` counts, by transcript's number, the article's other quotations that only this transcript holds.
    """

    day: date | None
    names: frozenset[str]
    neighbours: Mapping[int, int]

    @classmethod
    def of(cls, document: Document) -> Context:
        """Read the context from an article; it knows of no neighbouring quotations yet."""
        return cls(_day(document), _names(document.text[:20_000]), {})


def _names(text: str) -> frozenset[str]:
    return frozenset(
        w.folded.removesuffix("'s") for w in words(text) if text[w.start].isupper() and is_content(w.folded)
    )


class Occasion(NamedTuple):
    """A transcript as the occasion: how well it fits; impossible where the article is older than the event."""

    document: int
    fit: float
    impossible: bool
    supported: bool


def _day(document: Document) -> date | None:
    if document.published is None:
        return None
    try:
        return date.fromisoformat(document.published.day)
    except ValueError:
        return None


def occasion(index: TranscriptIndex, number: int, context: Context) -> Occasion:
    """Weigh one transcript as the occasion that the article reports."""
    transcript = index.transcripts[number].document
    neighbours = min(context.neighbours.get(number, 0), _MOST_NEIGHBOURS)
    venue = _venue(transcript) & context.names
    fit = neighbours + min(len(venue), 2) * 0.75
    spoken_on = _day(transcript)
    apart = (context.day - spoken_on).days if context.day and spoken_on else None
    impossible = apart is not None and apart < 0
    if apart is not None and apart >= 0:
        fit += 3 if apart <= 1 else 2 if apart <= _FRESH_DAYS else 1 if apart <= _STALE_DAYS else 0
    fresh = apart is None or 0 <= apart <= _FRESH_DAYS
    return Occasion(number, -10.0 if impossible else fit, impossible, fresh or bool(neighbours) or bool(venue))


def choose(index: TranscriptIndex, numbers: Sequence[int], context: Context) -> tuple[Occasion, bool]:
    """Choose among transcripts (in the order of how well they hold the words); the second value tells a doubt."""
    weighed = [occasion(index, number, context) for number in dict.fromkeys(numbers)]
    best = max(weighed, key=lambda o: o.fit)
    rivals = [o for o in weighed if o.document != best.document and not o.impossible]
    close = any(best.fit - o.fit < _CLEAR for o in rivals)
    return best, best.impossible or close or not best.supported


def _venue(transcript: Document) -> frozenset[str]:
    """Give the words of a transcript's title that name its place or event."""
    title = transcript.title or ""
    return frozenset(
        w.folded for w in words(title) if title[w.start].isupper() and is_content(w.folded) and w.folded not in _COMMON
    )
