"""What happened to those that a figure counts: the verb or noun of harm, movement or change that goes with it."""

from __future__ import annotations

from typing import Final

from onrecord.annotators.figures.candidates import Reading, first_token_of, word_at
from onrecord.annotators.figures.counted import EVENTS, HARM, PEOPLE, is_human_adjective
from onrecord.annotators.figures.phrases import Counted
from onrecord.annotators.figures.quantity import Quantity
from onrecord.lexicon.load import word_list

_EVENT_REACH: Final = 9  # tokens between a figure and the word that tells its event
_WEAK: Final = frozenset({"carry"})  # "killing 12 people aboard" counts the dead
_CLAUSE_OPENERS: Final = word_list("figures.clause_openers")
_FINITE: Final = word_list("figures.finite")
_SKIPPED_TO_VERB: Final = word_list("figures.skipped_to_verb")


def event_of(reading: Reading, quantity: Quantity, counted: Counted, sentence: int) -> str | None:
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
    ahead = None if opens else _event_before(reading, first_token_of(reading, quantity), begin)
    if ahead is not None and behind is not None and _harms_alone(counted, behind[1], ahead[1]):
        return behind[1]  # "the crash sent 14 workers to hospital"
    if ahead is not None and (behind is None or behind[1] in _WEAK or ahead[0] <= behind[0] + 2):
        return ahead[1]
    return behind[1] if behind is not None else None


def _harms_alone(counted: Counted, event: str, other: str) -> bool:
    return counted.head in PEOPLE and event in HARM and other not in HARM


def _is_subject(reading: Reading, quantity: Quantity, counted: Counted, end: int) -> bool:
    """Whether a figure opens a clause of its own ("…, and 2,450 people were sent"): no event before it is its."""
    first, after = first_token_of(reading, quantity), max(counted.last, quantity.last)
    if first == 0 or after >= len(reading.tokens) or reading.tokens[after].start >= end:
        return False
    opened = word_at(reading, first - 1) in _CLAUSE_OPENERS
    comma = "," in reading.text[reading.tokens[first - 1].end : reading.tokens[first].start]
    return (opened or comma) and word_at(reading, after) in _FINITE


def _own_event(reading: Reading, counted: Counted) -> str | None:
    if counted.of_start is None or counted.of_end is None or counted.head is None:
        return None
    last = counted.last - 1
    word = word_at(reading, last)
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


def _event_before(reading: Reading, first: int, begin: int) -> tuple[int, str] | None:
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
