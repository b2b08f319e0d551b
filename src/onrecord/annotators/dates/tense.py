"""Whether a report tells of what is past or to come, by the words around an expression of time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from onrecord.annotation import DateMention
from onrecord.annotators.dates.date_forms import Expression
from onrecord.annotators.dates.readings import Frame, sentence_start
from onrecord.lexicon.load import word_list
from onrecord.lexicon.patterns import pattern

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?|[.;:]")
_FUTURE_WORDS: Final = word_list("calendar.future_words")
_FUTURE_PAIRS: Final = {tuple(pair.split()) for pair in word_list("calendar.future_pairs")}
_OPEN_BEFORE: Final = word_list("calendar.open_before")
_DEADLINE_BEFORE: Final = word_list("calendar.deadline_before")
_NOT_OF_PAST_VERB: Final = word_list("calendar.not_of_past_verb")
_PASSIVE_FUTURE: Final = word_list("calendar.passive_future")
_TO_COME: Final = pattern("dates.to_come")
_NOT_PAST: Final = word_list("calendar.not_past")
_PAST_WORDS: Final = word_list("calendar.past_words")
_AIMED: Final = word_list("calendar.aimed")
"""Words with which "by Wednesday" lies ahead."""
_SCHEDULED: Final = word_list("calendar.scheduled")
"""Verbs of the present that tell what is due: "meets on Monday"."""
_OWN_REACH: Final = 4  # words back to a verb that a weekday belongs to ("said in Paris on Monday")


def coming_weekdays(found: Sequence[Expression], frame: Frame) -> frozenset[str]:
    """Give the weekdays that some sentence tells as future."""
    return frozenset(
        expression.parts["weekday"]
        for expression in found
        if expression.form == "weekday" and "which" not in expression.parts and tense_of(expression, frame) == "future"
    )


def tense_of(expression: Expression, frame: Frame) -> str | None:  # noqa: PLR0911 - one return a sign
    """Tell ``past``, ``future`` or ``open`` by the words before an expression in its sentence, else ``None``."""
    before = words_before(expression, frame)
    if owned_by_past(before):
        return "past"
    if _points_ahead(before):
        return "future"
    possessive = frame.text[expression.end : expression.end + 1] in {"'", "’"}
    if before and before[-1] in _DEADLINE_BEFORE and not possessive:
        had = "had" in (*before, *_WORD.findall(frame.text[expression.end : expression.end + 40]))
        return "future" if any(word in _AIMED for word in before) else "past" if had else "open"
    if any(word in _SCHEDULED for word in before[-_OWN_REACH:]):
        return "open"  # "meets on Monday": the coming one, or a headline's
    if any(word in _OPEN_BEFORE for word in before[-2:]):
        return "open"  # "the list for Monday", "shut until June": either side of today
    after = frame.text[expression.end : expression.end + 60].partition("\n")[0]
    if _TO_COME.match(after):
        return "future"
    reported = (*before, *(word.casefold() for word in _WORD.findall(after)))
    return "past" if any(is_past(word) for word in reported) else None


def words_before(expression: Expression, frame: Frame) -> list[str]:
    """List the folded words before an expression back to the start of its clause."""
    begin = sentence_start(frame, expression.start)
    found = [word.casefold().replace("’", "'") for word in _WORD.findall(frame.text, begin, expression.start)]
    for place in range(len(found) - 1, -1, -1):
        if found[place] in {".", ";", ":"}:
            return found[place + 1 :] if place < len(found) - 1 else []
    return found


def is_past(word: str) -> bool:
    """Return whether a word is a verb of the past."""
    return word in _PAST_WORDS or (len(word) > 4 and word.endswith("ed") and word not in _NOT_PAST)


def owned_by_past(before: Sequence[str]) -> bool:
    """Return whether a verb of the past stands so near that the expression is its own: "said on", "met in Paris on"."""
    for place in range(len(before) - 1, max(-1, len(before) - 1 - _OWN_REACH), -1):
        word = before[place]
        if word in _NOT_OF_PAST_VERB:
            return False
        if is_past(word):
            return place == 0 or before[place - 1] not in _PASSIVE_FUTURE  # "will be restored before Wednesday"
    return False


def _points_ahead(before: Sequence[str]) -> bool:
    """Return whether words of the future stand before: "will", "expected to", "ahead of"."""
    if any(word in _FUTURE_WORDS or word.endswith("'ll") for word in before):
        return True
    return any(pair in _FUTURE_PAIRS for pair in pairwise(before))


def past_around(text: str, mention: DateMention) -> bool:
    """Return whether what stands around a date tells of what is past."""
    line_start = text.rfind("\n", 0, mention.start) + 1
    words = text[max(line_start, mention.start - 120) : mention.start]
    before = [word.casefold() for word in _WORD.findall(words)]
    past = not _points_ahead(before) and any(is_past(word) for word in before)
    return past or mention.reason == "dateline"


def own_verb_is_past(expression: Expression, frame: Frame) -> bool:
    """Return whether its own verb puts a day in the past: "was born on Dec. 30", not "his visit on July 13"."""
    before = words_before(expression, frame)
    return not _points_ahead(before) and owned_by_past(before)
