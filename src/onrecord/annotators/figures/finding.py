"""Figures: the numbers of a report that count something, with what they count and the event they count in.

Reads a :class:`Document`, its sentences and attributions; gives :class:`Figure` records in text order. A figure's span
takes in the words that bound it and its noun ("more than 200 guests"); of "21 of the pupils" it takes in the whole, of
a percentage or a sum of money the sign or unit.

Not every number is a figure of what a report tells. :func:`weigh` says of each that was left out why, by a word of a
closed list: it is a ``date``, a ``time``, part of an ``identifier`` ("Boeing 737", a telephone number), an ``ordinal``,
a ``conversion`` of the figure before it, the ``age`` put behind a name that the report does not turn on, a ``frame``
("in four months"), a ``reference`` back ("the two leaders"), a ``repeat``, a ``descriptor`` ("the 15-member council"),
counts a ``light-noun`` ("two things"), or stands ``bare`` of anything counted.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from onrecord.annotation import Attribution, DateMention, Figure
from onrecord.annotators.figures.candidates import (
    Candidate,
    LeftOut,
    Reading,
    Stretch,
    first_token_of,
    is_age_of_name,
    word_at,
)
from onrecord.annotators.figures.counted import EVENTS, HARM, PEOPLE
from onrecord.annotators.figures.events import event_of
from onrecord.annotators.figures.phrases import Counted, PhraseReader
from onrecord.annotators.figures.quantities import QuantityReader
from onrecord.annotators.figures.quantity import Quantity
from onrecord.annotators.figures.refusals import refused
from onrecord.annotators.figures.settling import attribute, settle
from onrecord.annotators.figures.tallies import Tally, beside, tally_before
from onrecord.document import Document, Span
from onrecord.text.analysed import Analysed
from onrecord.text.number_tokens import tokens_of

_STANDS_APART: Final = (
    r"\b\d{1,2}(?:[:.]\d\d){1,2}(?: ?[ap]\.?m\b\.?)?|\b\d{1,2} ?[ap]\.?m\b\.?"  # times
    r"|\b\d{3,4} (?:GMT|UTC|hours|hrs|BST|EDT|EST)\b"
    r"|\+?\(?\d{2,4}\)?[ .-]\d{3}[ .-]\d{3,4}\b|\+\d[\d ()-]{7,}"  # telephone numbers
    r"|\b\d{1,3}(?:\.\d{1,3}){2,}\b|\b\d+/\d+(?= (?:Today|[A-Z]))"  # versions and addresses; "1/2" that numbers a post
    r"|(?:https?://|www\.|pic\.twitter|@|#)\S+"
    r"|\b[Pp]age [A-Z] ?\d+|\(\d+ (?:Images|Photos|Pictures|Videos)\)"
    r"|\b(?:No|no|Nos|nos)\. ?\d+|\b(?:Number|number) \d+|\bG-?\d+\b|\bGroup of (?:20|Seven|Eight)\b|\bCOVID-19\b"
)
_APART: Final = re.compile(rf"(?=[\d+(@#hwpPNnGC])(?:{_STANDS_APART})")  # a first look spares most characters the rest
_APART_OR_ADDRESS: Final = re.compile(rf"{_STANDS_APART}|\b[\w.+-]{{1,64}}@\w\S*")
_CLOCK: Final = re.compile(r"\d{1,2}(?:[:.]\d\d| ?[ap])|\d{3,4} [GUhBE]")
_DECIMAL: Final = re.compile(r"\d{1,2}\.\d\d")
_DOTTED: Final = re.compile(r"\d{1,3}(?:\.\d{3})+\.000")  # 1.250.000
_PERHAPS: Final = re.compile(r",? (?:or )?(?:perhaps|maybe|possibly|even) $|,? or (?:perhaps|maybe|possibly|even) $")
_BESIDE: Final = 64  # characters beside a number in which a time, an address or an identifier holds it
_PHRASE: Final = 12  # tokens of the longest text that is taken for a phrase, of which every number is asked


def find_figures(
    document: Analysed, attributions: Sequence[Attribution], dates: Sequence[DateMention]
) -> tuple[Figure, ...]:
    """Find the figures of a document; time is linear in its text, and nothing is raised on any text.

    Of a bare phrase (a text of one line and at most twelve words) every number that is no date is a figure.
    Where the document has no sentences, lines stand for them. ``attributions`` give a figure the id of the one whose
    content holds it most closely; ``dates`` are the expressions of time, in which no figure stands.
    """
    return weigh(document, attributions, dates, explain=False)[0]


def weigh(
    analysed: Analysed, attributions: Sequence[Attribution], dates: Sequence[DateMention], *, explain: bool = True
) -> tuple[tuple[Figure, ...], tuple[LeftOut, ...]]:
    """Find the figures of a document, and, to ``explain``, the numbers that are none with the reason for each."""
    document, text, sentences = analysed.document, analysed.text, analysed.sentences
    tokens = tokens_of(text, analysed.each_word())
    reader = QuantityReader(text, tokens)
    phrases = PhraseReader(text, tokens, reader.numerals)
    starts = [sentence.start for sentence in sentences] or [0, *(match.end() for match in re.finditer(r"\n", text))]
    ages: dict[str, set[str]] = {}
    for name, token in pairwise(tokens):
        if token.number is not None and text[name.end : token.start] in {", ", " ("}:
            ages.setdefault(name.folded.removesuffix("'s"), set()).add(token.folded)
    phrase = len(tokens) <= _PHRASE and "\n" not in text.strip()
    seen = Counter(token.folded for token in tokens)
    reading = Reading(text, tokens, seen, starts, [] if phrase else _headlines(document), ages, phrase)
    left: deque[LeftOut] = deque(maxlen=None if explain else 0)
    candidates = _candidates(reading, reader, phrases, left, _stretches_apart(document, dates))
    figures = settle(reading, candidates, left)
    return attribute(figures, attributions), tuple(sorted(left))


def _headlines(document: Document) -> list[Span]:
    """List headlines and captions, whose numbers the body repeats; without blocks, a first line that looks like one."""
    if document.blocks:
        return [b.span for b in document.blocks if b.kind in {"headline", "repeated-headline", "caption"}]
    first = re.match(r"\s*([^\n]{1,160})\n", document.text)
    if first and not first.group(1).rstrip().endswith((".", "!", "?", "”", '"', ")")):
        return [Span(first.start(1), first.end(1))]
    return []


def _stretches_apart(document: Document, dates: Sequence[DateMention]) -> list[Stretch]:
    """List the dates, and the blocks whose numbers say nothing: bylines, credits, links to other reports."""
    return [(date.start, date.end, "date") for date in dates] + [
        (block.start, block.end, "identifier")
        for block in document.blocks
        if block.kind in {"byline", "credit", "read-more", "turn-label", "dateline"}
    ]


def _apart(text: str, apart: Sequence[Stretch], quantities: Sequence[Quantity]) -> tuple[list[Stretch], list[int]]:
    """List the stretches around quantities in which no figure begins, with the reason; and their starts."""
    stretches = list(apart)
    reached = 0
    pattern = _APART_OR_ADDRESS if "@" in text else _APART
    for quantity in quantities:
        begin = max(reached, quantity.core - _BESIDE)
        for match in pattern.finditer(text, begin, min(len(text), quantity.core + _BESIDE)):
            clock = _CLOCK.match(match.group())
            if not _DECIMAL.fullmatch(match.group()) and not _DOTTED.fullmatch(match.group()):
                stretches.append((match.start(), match.end(), "time" if clock else "identifier"))
            reached = max(reached, match.end())
    stretches.sort()
    return stretches, [stretch[0] for stretch in stretches]


def _candidates(
    reading: Reading,
    reader: QuantityReader,
    phrases: PhraseReader,
    left: deque[LeftOut],
    apart: Sequence[Stretch],
) -> list[Candidate]:
    quantities = sorted([*reader.all(), *_none_of(reading, phrases)], key=lambda found: found.core)
    stretches, begins = _apart(reading.text, apart, quantities)
    furthest: list[int] = []  # the furthest end among the stretches up to each place
    for stretch in stretches:
        furthest.append(max(stretch[1], furthest[-1]) if furthest else stretch[1])
    candidates: list[Candidate] = []
    reached = 0
    for read in quantities:
        quantity = read
        if quantity.core < reached:
            continue
        core_end = max(quantity.core + 1, reading.tokens[quantity.first].end)
        at = bisect_right(begins, core_end - 1) - 1
        if at >= 0 and furthest[at] > quantity.core and not (reading.phrase and stretches[at][2] != "date"):
            left.append(LeftOut(quantity.start, quantity.end, stretches[at][2]))
            continue
        counted = phrases.counted(quantity)
        if candidates and _perhaps_more(reading, candidates[-1], quantity, counted):
            last = candidates[-1]
            candidates[-1] = last._replace(quantity=last.quantity._replace(high=quantity.high, ranged=True))
            reached = counted.end
            continue
        tally = _tally(reading, quantity, counted, candidates[-1] if candidates else None)
        if tally is not None:
            sentence = bisect_right(reading.sentence_starts, quantity.core) - 1
            counted = counted._replace(head=tally.head, of_start=tally.start, of_end=tally.end)
            candidates.append(Candidate(quantity, counted, tally.event, sentence, tally))
            reached = counted.end
            continue
        if quantity.kind == "number" and counted.head is None and is_age_of_name(reading, quantity):
            quantity = quantity._replace(kind="age", unit="year")
        reason = None if reading.phrase else refused(reading, quantity, counted, candidates)
        if reason is not None:
            left.append(LeftOut(quantity.start, quantity.end, reason))
            continue
        sentence = bisect_right(reading.sentence_starts, quantity.core) - 1
        candidates.append(Candidate(quantity, counted, event_of(reading, quantity, counted, sentence), sentence))
        reached = counted.end
    return candidates


def _perhaps_more(reading: Reading, before: Candidate, quantity: Quantity, counted: Counted) -> bool:
    """Return whether a number widens the one before it: "three people, perhaps four, were killed"."""
    low, high, other = before.quantity.low, quantity.high, before.quantity.high
    if counted.head is not None or quantity.unit is not None or low is None or high is None or low != other:
        return False
    between = reading.text[before.counted.end : reading.tokens[quantity.first].start]
    return low < high <= 2 * low + 1 and _PERHAPS.fullmatch(between) is not None


def _tally(reading: Reading, quantity: Quantity, counted: Counted, before: Candidate | None) -> Tally | None:
    """Find what a number without a noun behind it counts, where its noun stands before it, or before its neighbour."""
    if quantity.kind != "number" or counted.head is not None or counted.partitive or reading.phrase:
        return None
    first = first_token_of(reading, quantity)
    if before is not None and before.tally is not None and beside(reading.tokens, before.counted.last, first):
        return before.tally
    sentence = bisect_right(reading.sentence_starts, quantity.core) - 1
    return tally_before(reading.tokens, first, reading.sentence_starts[sentence] if sentence >= 0 else 0)


def _none_of(reading: Reading, phrases: PhraseReader) -> list[Quantity]:
    """Read "no passengers were injured" as a count of 0: of people only, and only in an event of harm or release."""
    found = []
    for index, token in enumerate(reading.tokens):
        if token.folded != "no":
            continue
        nobody = Quantity(token.start, token.end, 0.0, 0.0, False, None, "number", index, index + 1, token.start)
        counted = phrases.counted(nobody)
        if counted.head not in PEOPLE or word_at(reading, counted.last) not in {"were", "was", "have", "had", "has"}:
            continue
        verbs = (word_at(reading, counted.last + step) for step in (1, 2))
        if any(EVENTS.get(verb) in HARM for verb in verbs):
            found.append(nobody)
    return found
