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
from typing import Final, Literal, NamedTuple

import msgspec

from onrecord.annotation import Attribution, DateMention, Figure
from onrecord.annotators.dates.calendars import MONTHS, WEEKDAYS
from onrecord.annotators.figures.counted import EVENTS, HARM, LIGHT_NOUNS, PEOPLE, is_human_adjective
from onrecord.annotators.figures.phrases import Counted, PhraseReader
from onrecord.annotators.figures.quantities import Quantity, QuantityReader, apply_bound
from onrecord.annotators.figures.tallies import Tally, beside, tally_before
from onrecord.document import Document, Span
from onrecord.lexicon.load import word_list
from onrecord.lexicon.units import DIMENSION, DURATIONS
from onrecord.text.analysed import Analysed
from onrecord.text.numerals import Token, tokens_of
from onrecord.text.words import CLOSED_CLASS

LeftOutReason = Literal[
    "date",
    "time",
    "identifier",
    "ordinal",
    "conversion",
    "age",
    "frame",
    "reference",
    "repeat",
    "bare",
    "light-noun",
    "descriptor",
]
Stretch = tuple[int, int, LeftOutReason]
"""A stretch in which no figure begins: start, end, and why."""
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
_IDENTIFIED: Final = word_list("figures.identified")
_BESIDE: Final = 64  # characters beside a number in which a time, an address or an identifier holds it
_PHRASE: Final = 12  # tokens of the longest text that is taken for a phrase, of which every number is asked
_EVENT_REACH: Final = 9  # tokens between a figure and the word that tells its event
_WEAK: Final = frozenset({"carry"})  # "killing 12 people aboard" counts the dead
_CLAUSE_OPENERS: Final = word_list("figures.clause_openers")
_FINITE: Final = word_list("figures.finite")
_SKIPPED_TO_VERB: Final = word_list("figures.skipped_to_verb")
_DEFINITE: Final = word_list("figures.definite")
_FRAMES: Final = word_list("figures.frames")
_HOLD: Final = word_list("figures.hold")


_Told = tuple[float | None, float | None, str | None]


class LeftOut(NamedTuple):
    """A number at ``start:end`` that is no figure, and why."""

    start: int
    end: int
    reason: LeftOutReason


class _Candidate(NamedTuple):
    quantity: Quantity
    counted: Counted
    event: str | None
    sentence: int
    tally: Tally | None = None


class _Reading(NamedTuple):
    """A text with what the decisions on its numbers look at."""

    text: str
    tokens: list[Token]
    words_seen: Counter[str]
    sentence_starts: list[int]
    headlines: list[Span]
    ages: dict[str, set[str]]  # folded names to the ages put behind them
    phrase: bool  # the text is a bare phrase: every number in it counts


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
    reading = _Reading(text, tokens, seen, starts, [] if phrase else _headlines(document), ages, phrase)
    left: deque[LeftOut] = deque(maxlen=None if explain else 0)
    candidates = _candidates(reading, reader, phrases, left, _stretches_apart(document, dates))
    figures = _settled(reading, candidates, left)
    return _attributed(figures, attributions), tuple(sorted(left))


def _headlines(document: Document) -> list[Span]:
    """List headlines and captions, whose numbers the body repeats; without blocks, a first line that looks like one."""
    if document.blocks:
        return [b.span for b in document.blocks if b.kind in {"headline", "repeated-headline", "caption"}]
    first = re.match(r"\s*([^\n]{1,160})\n", document.text)
    if first and not first.group(1).rstrip().endswith((".", "!", "?", "”", '"', ")")):
        return [Span(first.start(1), first.end(1))]
    return []


def parse_number(text: str) -> Quantity | None:
    """Read the first number of a phrase, with sign, bounds, unit and kind; ``None`` where it holds none.

    Made for a bare phrase ("two and a half million", "between 5 and 10 km", "at least $3.5bn", "ten months old"), where
    everything that is written as a number counts: ordinals, shares and years too. ``low`` and ``high`` are inclusive
    bounds, equal for a plain number, ``None`` where open; a currency is an ISO 4217 code. "More than 5 and less than
    10" is one range.
    """
    reader = QuantityReader(text, tokens_of(text))
    found = reader.all()
    if not found:
        return _percent_before(text, reader)
    first = found[0]
    percent = _percent_before(text, reader)
    if percent is not None:
        return percent
    if len(found) > 1 and found[1].start - first.end <= 5:
        joint = text[first.end : found[1].start].strip().casefold()
        second = found[1]
        if (
            joint in {"and", "but", ",", "and is"}
            and first.high is None
            and second.low is None
            and first.low is not None
        ):
            return first._replace(end=second.end, high=second.high, last=second.last, unit=first.unit or second.unit)
        if (
            joint in {"and", "but", ",", "and is"}
            and first.low is None
            and second.high is None
            and second.low is not None
        ):
            return first._replace(end=second.end, low=second.low, last=second.last, unit=first.unit or second.unit)
    return first


def _percent_before(text: str, reader: QuantityReader) -> Quantity | None:
    """Read "percentage of 16", "per cent of twenty-two": the number stands behind the word."""
    match = re.match(r"\W*(?:percentages?|per ?cents?) of ", text, re.IGNORECASE)
    if not match:
        return None
    for index, token in enumerate(reader.tokens):
        if token.start >= match.end():
            quantity = reader.at(index)
            if quantity is None or quantity.unit is not None:
                return None
            return quantity._replace(start=match.start(), unit="percent", kind="percentage")
    return None


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
    reading: _Reading,
    reader: QuantityReader,
    phrases: PhraseReader,
    left: deque[LeftOut],
    apart: Sequence[Stretch],
) -> list[_Candidate]:
    quantities = sorted([*reader.all(), *_none_of(reading, phrases)], key=lambda found: found.core)
    stretches, begins = _apart(reading.text, apart, quantities)
    furthest: list[int] = []  # the furthest end among the stretches up to each place
    for stretch in stretches:
        furthest.append(max(stretch[1], furthest[-1]) if furthest else stretch[1])
    candidates: list[_Candidate] = []
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
            candidates.append(_Candidate(quantity, counted, tally.event, sentence, tally))
            reached = counted.end
            continue
        if quantity.kind == "number" and counted.head is None and _age_of_name(reading, quantity):
            quantity = quantity._replace(kind="age", unit="year")
        reason = None if reading.phrase else _refused(reading, quantity, counted, candidates)
        if reason is not None:
            left.append(LeftOut(quantity.start, quantity.end, reason))
            continue
        sentence = bisect_right(reading.sentence_starts, quantity.core) - 1
        candidates.append(_Candidate(quantity, counted, _event(reading, quantity, counted, sentence), sentence))
        reached = counted.end
    return candidates


def _perhaps_more(reading: _Reading, before: _Candidate, quantity: Quantity, counted: Counted) -> bool:
    """Return whether a number widens the one before it: "three people, perhaps four, were killed"."""
    low, high, other = before.quantity.low, quantity.high, before.quantity.high
    if counted.head is not None or quantity.unit is not None or low is None or high is None or low != other:
        return False
    between = reading.text[before.counted.end : reading.tokens[quantity.first].start]
    return low < high <= 2 * low + 1 and _PERHAPS.fullmatch(between) is not None


def _tally(reading: _Reading, quantity: Quantity, counted: Counted, before: _Candidate | None) -> Tally | None:
    """Find what a number without a noun behind it counts, where its noun stands before it, or before its neighbour."""
    if quantity.kind != "number" or counted.head is not None or counted.partitive or reading.phrase:
        return None
    first = _first_of(reading, quantity)
    if before is not None and before.tally is not None and beside(reading.tokens, before.counted.last, first):
        return before.tally
    sentence = bisect_right(reading.sentence_starts, quantity.core) - 1
    return tally_before(reading.tokens, first, reading.sentence_starts[sentence] if sentence >= 0 else 0)


def _none_of(reading: _Reading, phrases: PhraseReader) -> list[Quantity]:
    """Read "no passengers were injured" as a count of 0: of people only, and only in an event of harm or release."""
    found = []
    for index, token in enumerate(reading.tokens):
        if token.folded != "no":
            continue
        nobody = Quantity(token.start, token.end, 0.0, 0.0, False, None, "number", index, index + 1, token.start)
        counted = phrases.counted(nobody)
        if counted.head not in PEOPLE or _word(reading, counted.last) not in {"were", "was", "have", "had", "has"}:
            continue
        verbs = (_word(reading, counted.last + step) for step in (1, 2))
        if any(EVENTS.get(verb) in HARM for verb in verbs):
            found.append(nobody)
    return found


def _refused(  # noqa: PLR0911 - one return a form
    reading: _Reading, quantity: Quantity, counted: Counted, before: Sequence[_Candidate]
) -> LeftOutReason | None:
    """Say why a quantity is no figure by itself, ``None`` where it is one."""
    if quantity.kind == "ordinal":
        return "ordinal"
    if _identifier(reading, quantity, counted):
        return "identifier"
    if _conversion(reading, quantity, before):
        return "conversion"
    if (
        quantity.unit in DURATIONS
        and quantity.kind == "measure"
        and not quantity.attributive
        and _framed(reading, quantity)
    ):
        return "frame"
    if quantity.unit == "percent" and quantity.low == quantity.high == 100 and counted.head is None:
        return "bare"  # "100 percent behind him"
    if quantity.low == quantity.high == 1 and quantity.unit in DURATIONS and _denied(reading, quantity):
        return "bare"  # "not one day before that"
    if quantity.kind == "age" and quantity.unit == "year" and _age_of_name(reading, quantity):
        return None if _main_person(reading, quantity) else "age"
    if quantity.kind == "number" or (quantity.kind == "measure" and quantity.attributive):
        return _refused_count(reading, quantity, counted)
    return None


def _denied(reading: _Reading, quantity: Quantity) -> bool:
    return _word(reading, _first_of(reading, quantity) - 1) in {"not", "nor"}


def _refused_count(  # noqa: PLR0911 - one return a reason
    reading: _Reading, quantity: Quantity, counted: Counted
) -> LeftOutReason | None:
    if counted.head is not None and counted.head in LIGHT_NOUNS:
        return "light-noun"
    if counted.head == "times":
        return "bare"
    if _descriptor(reading, quantity, counted):
        return "descriptor"
    if quantity.unit == "share":
        return None if counted.head is not None else "bare"
    if _lone_one(reading, quantity, counted):
        return "bare"
    if counted.head is None and not counted.partitive:
        return None if _stands_alone(reading, quantity) else "bare"
    return None


def _descriptor(reading: _Reading, quantity: Quantity, counted: Counted) -> bool:
    """Return whether the number only describes: "the 15-member council", "a 24-mile border", "a four-month low"."""
    if quantity.attributive:
        return quantity.unit not in DURATIONS or counted.head in {"low", "high", "peak", "record"}
    return reading.text[quantity.end : quantity.end + 1] in {"-", "‐", "‑"} and not quantity.vague


def _word(reading: _Reading, index: int) -> str:
    return reading.tokens[index].folded if 0 <= index < len(reading.tokens) else ""


def _first_of(reading: _Reading, quantity: Quantity) -> int:
    """Find the first token of a quantity with the words that bound it."""
    first = quantity.first
    while first > 0 and reading.tokens[first - 1].start >= quantity.start:
        first -= 1
    return first


def _identifier(reading: _Reading, quantity: Quantity, counted: Counted) -> bool:  # noqa: PLR0911 - one return a form
    """Return whether the number names a thing: "Boeing 737", "PAC-3", "Resolution 2371", "a 3-1 win"."""
    text, token = reading.text, reading.tokens[quantity.first]
    if not quantity.digits or quantity.kind not in {"number", "measure"} or quantity.first == 0:
        return False
    gap = text[reading.tokens[quantity.first - 1].end : token.start]
    before = reading.tokens[quantity.first - 1]
    if gap in {"-", "‐", "‑", "–", ""} and quantity.start == token.start:
        return True  # PAC-3; the second number of "3-1"; of "1950-53"
    if re.match(r"[-–]\d", text[token.end : token.end + 2]) and not quantity.ranged:
        return counted.head is None or "-" not in text[token.end : counted.end]
    if re.match(r"0\d", text[token.start : token.start + 2]):
        return True
    if gap == " " and quantity.start == token.start and quantity.kind == "number":
        name = text[before.start : before.end]
        if before.folded in _IDENTIFIED and counted.head is None:
            return True
        sentence_first = (
            text[max(0, before.start - 2) : before.start].strip() in {"", ".", "?", "!"} and before.start > 0
        )
        dated = before.folded in WEEKDAYS or before.folded in MONTHS
        named = name[0].isupper() and not dated and before.folded not in CLOSED_CLASS
        return named and counted.head is None and not sentence_first
    return (
        bool(re.match(r"[A-Za-z]", text[token.end : token.end + 1])) and quantity.unit is None and not quantity.scaled
    )


def _conversion(reading: _Reading, quantity: Quantity, before: Sequence[_Candidate]) -> bool:
    """Return whether a measure repeats the one before it in another unit: "3,700 kilometres (2,300 miles)"."""
    if not before or quantity.unit is None or quantity.kind not in {"measure", "money"}:
        return False
    previous = before[-1].quantity
    gap = reading.text[previous.end : quantity.start].strip().casefold()
    same = previous.unit is not None and DIMENSION.get(previous.unit) == DIMENSION.get(quantity.unit)
    return (
        same
        and previous.unit != quantity.unit
        and gap in {"(", "[", "or", ", or", "/", "(about", "(around", "or about"}
    )


def _framed(reading: _Reading, quantity: Quantity) -> bool:
    """Return whether a length of time only frames what is told: "in four months", "the past seven years"."""
    first = _first_of(reading, quantity)
    word = _word(reading, first - 1)
    after = _word(reading, quantity.last)
    if word in _FRAMES or after in {"ago", "earlier"}:
        return True
    long = quantity.unit in {"week", "month", "year", "decade", "century"}
    return long and (
        after in {"after", "before", "since", "into"} or (word in {"for", "than"} and quantity.bound == "above")
    )


def _lone_one(reading: _Reading, quantity: Quantity, counted: Counted) -> bool:
    """Return whether "one" is no count: a pronoun, or "one day"."""
    if quantity.low != 1 or quantity.digits or quantity.high != 1:
        return False
    before = _word(reading, quantity.first - 1)
    if counted.partitive or counted.head is None or quantity.unit in DURATIONS:
        return True
    if before in {"only", "just", "least"} and _word(reading, counted.last) not in {"of", "more"}:
        return False
    sentence = bisect_right(reading.sentence_starts, quantity.core) - 1
    return counted.head not in PEOPLE or _event(reading, quantity, counted, sentence) not in {
        "kill",
        "injure",
        "arrest",
    }


def _age_of_name(reading: _Reading, quantity: Quantity) -> bool:
    """Return whether the number is the age put behind a name: "Ann Lee, 41, said"."""
    text = reading.text
    if (
        not quantity.digits
        or quantity.unit not in {None, "year"}
        or quantity.low != quantity.high
        or not 0 < (quantity.low or 0) < 120
    ):
        return False
    if quantity.first == 0 or not re.match(r" ?[,.;:)\n]| and\b", text[quantity.end : quantity.end + 4] or "\n"):
        return False
    before = reading.tokens[quantity.first - 1]
    return text[before.end : quantity.start] in {", ", " ("} and text[before.start].isupper()


def _main_person(reading: _Reading, quantity: Quantity) -> bool:
    """Return whether a report turns on the person whose age it gives: the name stands in it four times or more."""
    name = _word(reading, quantity.first - 1).removesuffix("'s")
    seen = reading.words_seen[name] + reading.words_seen[f"{name}'s"]
    return seen >= 3 and len(reading.ages[name]) == 1


def _stands_alone(reading: _Reading, quantity: Quantity) -> bool:
    """Return whether a number without a noun still counts: "Just under 200 remain", "killed 12."."""
    after = _word(reading, quantity.last)
    before = _word(reading, _first_of(reading, quantity) - 1)
    gap = (
        reading.text[quantity.end : reading.tokens[quantity.last].start] if quantity.last < len(reading.tokens) else "."
    )
    follows = gap == " " and after in {
        "remain",
        "have",
        "were",
        "are",
        "had",
        "others",
        "died",
        "survived",
        "escaped",
        "was",
        "people",
        "stayed",
        "left",
        "fled",
        "came",
        "live",
        "lived",
        "marched",
        "gathered",
        "voted",
    }
    sizeable = quantity.bound in {"above", "from", "below", "to"} or (quantity.low or 0) >= 100
    if follows and sizeable and before not in _DEFINITE and not quantity.vague:
        return True
    harmed = EVENTS.get(before) in {"kill", "injure", "arrest", "rescue", "evacuate"}
    return harmed and not gap.strip("., ;") and before not in {"victim", "lives"} and quantity.unit is None


def _event(reading: _Reading, quantity: Quantity, counted: Counted, sentence: int) -> str | None:
    """Find the event that a figure counts in: told by its noun, by the verb behind it, or by the nearest before it."""
    if quantity.kind == "age":
        return "age"
    own = _own_event(reading, counted)
    if own is not None:
        return own
    end = reading.sentence_starts[sentence + 1] if sentence + 1 < len(reading.sentence_starts) else len(reading.text)
    begin = reading.sentence_starts[sentence] if sentence >= 0 else 0
    at = max(counted.last, quantity.last)
    direct = True
    behind: tuple[int, str] | None = None
    for step in range(_EVENT_REACH):
        if at + step >= len(reading.tokens) or reading.tokens[at + step].start >= end:
            break
        word = reading.tokens[at + step].folded
        if word in EVENTS and EVENTS[word] != "report":
            if direct and EVENTS[word] not in _WEAK:
                return EVENTS[word]
            behind = behind or (step, EVENTS[word])
        direct = direct and word in _SKIPPED_TO_VERB
    opens = _is_subject(reading, quantity, counted, end)
    ahead = None if opens else _event_before(reading, _first_of(reading, quantity), begin)
    if ahead is not None and behind is not None and _harms_alone(counted, behind[1], ahead[1]):
        return behind[1]  # "the crash sent 14 workers to hospital"
    if ahead is not None and (behind is None or behind[1] in _WEAK or ahead[0] <= behind[0] + 2):
        return ahead[1]
    return behind[1] if behind is not None else None


def _harms_alone(counted: Counted, event: str, other: str) -> bool:
    return counted.head in PEOPLE and event in HARM and other not in HARM


def _is_subject(reading: _Reading, quantity: Quantity, counted: Counted, end: int) -> bool:
    """Whether a figure opens a clause of its own ("…, and 2,450 people were sent"): no event before it is its."""
    first, after = _first_of(reading, quantity), max(counted.last, quantity.last)
    if first == 0 or after >= len(reading.tokens) or reading.tokens[after].start >= end:
        return False
    opened = _word(reading, first - 1) in _CLAUSE_OPENERS
    comma = "," in reading.text[reading.tokens[first - 1].end : reading.tokens[first].start]
    return (opened or comma) and _word(reading, after) in _FINITE


def _own_event(reading: _Reading, counted: Counted) -> str | None:
    if counted.of_start is None or counted.of_end is None or counted.head is None:
        return None
    last = counted.last - 1
    word = _word(reading, last)
    if is_human_adjective(word) or word in {
        "deaths",
        "fatalities",
        "casualties",
        "injuries",
        "arrests",
        "survivors",
        "victims",
        "bodies",
        "lives",
        "detainees",
        "evacuees",
    }:
        return EVENTS.get(word)
    for at in range(max(0, last - 3), last + 1):
        token = reading.tokens[at]
        if token.start >= counted.of_start and is_human_adjective(token.folded):
            return EVENTS.get(token.folded)
    return None


def _event_before(reading: _Reading, first: int, begin: int) -> tuple[int, str] | None:
    for step in range(1, _EVENT_REACH + 1):
        at = first - step
        if at < 0 or reading.tokens[at].start < begin:
            return None
        word = reading.tokens[at].folded
        if word in EVENTS and word not in {"report", "cases", "passengers", "case"}:
            return step, EVENTS[word]
        if reading.text[reading.tokens[at].end : reading.tokens[at + 1].start].strip() in {";", ":", "—", "--"}:
            return None
    return None


def _settled(reading: _Reading, candidates: Sequence[_Candidate], left: deque[LeftOut]) -> list[Figure]:
    """Leave out repeats and references back, number the figures, and join parts to their whole."""
    kept: list[_Candidate] = []
    seen: set[tuple[float | None, float | None, str | None]] = set()
    told_in_body = Counter(_told(c) for c in candidates if not _in_headline(reading, c))
    for candidate in candidates:
        reason = _refused_in_context(reading, candidate, seen, told_in_body)
        if reason is not None:
            left.append(LeftOut(candidate.counted.start, candidate.counted.end, reason))
            continue
        quantity = candidate.quantity
        seen.add((quantity.low, quantity.high, quantity.unit))
        kept.append(candidate)
    return _numbered(reading, kept)


def _told(candidate: _Candidate) -> _Told:
    return candidate.quantity.low, candidate.quantity.high, candidate.counted.head


def _in_headline(reading: _Reading, candidate: _Candidate) -> bool:
    return any(span.start <= candidate.quantity.core < span.end for span in reading.headlines)


def _refused_in_context(
    reading: _Reading,
    candidate: _Candidate,
    seen: set[tuple[float | None, float | None, str | None]],
    told_in_body: Counter[_Told],
) -> LeftOutReason | None:
    quantity, counted = candidate.quantity, candidate.counted
    key = (quantity.low, quantity.high, quantity.unit)
    if reading.phrase:
        return None
    if _in_headline(reading, candidate):
        return (
            "repeat" if (quantity.unit is None or quantity.kind == "age") and told_in_body[_told(candidate)] else None
        )
    if quantity.unit is not None:
        return None
    before = _word(reading, _first_of(reading, quantity) - 1)
    definite = before in _DEFINITE
    restricted = _word(reading, counted.last) in _HOLD
    if key in seen and (definite or counted.partitive or counted.head is None) and not restricted:
        return "repeat" if not definite else "reference"
    small = quantity.low is not None and quantity.low <= 3 and quantity.bound == "exact"
    if definite and small and not restricted and candidate.event not in HARM and not quantity.digits:
        return "reference"
    return None


def _numbered(reading: _Reading, kept: Sequence[_Candidate]) -> list[Figure]:
    figures: list[Figure] = []
    for number, candidate in enumerate(kept, start=1):
        quantity, counted = candidate.quantity, candidate.counted
        of = None
        if counted.of_start is not None:
            of = " ".join(reading.text[counted.of_start : counted.of_end].split())
        figures.append(
            Figure(
                id=f"f{number}",
                start=counted.start,
                end=counted.end,
                low=quantity.low,
                high=quantity.high,
                approximate=quantity.approximate,
                unit=quantity.unit if quantity.unit != "share" else "share",
                of=of,
                event=candidate.event,
                part_of=_whole(reading, candidate, kept[: number - 1], figures),
            )
        )
    return figures


def _whole(
    reading: _Reading, candidate: _Candidate, earlier: Sequence[_Candidate], figures: Sequence[Figure]
) -> str | None:
    """Find the figure of which this one is a declared part: "12 people, including 10 Americans"."""
    if not earlier or earlier[-1].sentence != candidate.sentence:
        return None
    first = _first_of(reading, candidate.quantity)
    between = reading.text[earlier[-1].counted.end : candidate.counted.start]
    word = _word(reading, first - 1)
    including = re.search(r"\b(?:including|among them|among whom|of (?:them|whom|which))\b", between)
    close = len(between) <= 60 and "." not in between.replace("U.S.", "")
    if not close or not (including or word == "including"):
        return None
    whole = figures[-1]
    larger = whole.low is None or candidate.quantity.low is None or candidate.quantity.low <= (whole.high or whole.low)
    same_kind = whole.unit == candidate.quantity.unit
    return whole.id if larger and same_kind else None


def _attributed(figures: Sequence[Figure], attributions: Sequence[Attribution]) -> tuple[Figure, ...]:
    """Give each figure the attribution whose content holds it, the closest where several do: one sweep over both."""
    spans = sorted(
        (span.start, span.end, attribution.id) for attribution in attributions for span in attribution.content
    )
    settled: list[Figure] = []
    open_spans: list[tuple[int, int, str]] = []
    at = 0
    for figure in figures:
        while at < len(spans) and spans[at][0] <= figure.start:
            open_spans.append(spans[at])
            at += 1
        open_spans = [span for span in open_spans if span[1] >= figure.end]
        holder = min(open_spans, key=lambda span: (span[1] - span[0], span[2]), default=None)
        settled.append(msgspec.structs.replace(figure, attribution=holder[2]) if holder else figure)
    return tuple(settled)


__all__ = ["LeftOut", "LeftOutReason", "Quantity", "apply_bound", "find_figures", "parse_number", "weigh"]
