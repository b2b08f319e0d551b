"""Regular expressions that spell words of a language, read from its TOML files in place of the code.

A file in ``patterns/`` is a topic, a key in it one pattern, over as many lines as it needs (they are joined as they
stand), or a list of patterns, which are alternatives. ``{name}`` stands for another pattern of the file,
``{topic.name}`` for one of another file, or else for the entries of that word list, as alternatives; so do
``{calendar.months}``, ``weekdays``, ``short_weekdays`` and ``feasts``, which are values. A number in braces is a
quantifier as ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

import msgspec

from onrecord.lexicon.calendar import FEASTS, MONTHS, SHORT_WEEKDAYS, WEEKDAYS
from onrecord.lexicon.load import alternatives, read_topic, word_list

REFERENCE = re.compile(r"\{([a-z_]+(?:\.[a-z_]+)?)\}")
"""What stands for another pattern, or for a word list, inside a pattern."""
CALENDAR: Final[Mapping[str, Iterable[str]]] = {
    "calendar.feasts": FEASTS,
    "calendar.months": MONTHS,
    "calendar.short_weekdays": SHORT_WEEKDAYS,
    "calendar.weekdays": WEEKDAYS,
}
"""Names that a pattern may refer to, beside word lists; their apostrophes are straight or curled."""


def pattern(name: str) -> re.Pattern[str]:
    """Compile the pattern ``"topic.name"``; raises KeyError where it, or what it refers to, is not there."""
    return re.compile("|".join(written(name)))


@cache
def written(name: str) -> tuple[str, ...]:
    """Return a pattern's alternatives in their order, with what they refer to put in; raises KeyError as above."""
    topic, _, key = name.partition(".")

    def referred(match: re.Match[str]) -> str:
        inner = match[1] if "." in match[1] else f"{topic}.{match[1]}"
        if inner in CALENDAR:
            return alternatives(CALENDAR[inner]).replace("'", "['’]")
        return "|".join(written(inner)) if is_pattern(inner) else alternatives(word_list(inner))

    return tuple(REFERENCE.sub(referred, each) for each in topic_patterns(topic)[key])


def written_forms(topic: str) -> dict[str, tuple[str, ...]]:
    """Return all patterns of a topic by name, in the order of the file, as :func:`written` gives them."""
    return {key: written(f"{topic}.{key}") for key in topic_patterns(topic)}


def is_pattern(name: str) -> bool:
    """Return whether ``"topic.name"`` is a pattern, and not a word list."""
    topic, _, key = name.partition(".")
    return key in topic_patterns(topic)


@cache
def topic_patterns(topic: str) -> dict[str, tuple[str, ...]]:
    """Return the patterns of one topic by name, each with its alternatives; none where there is no such file."""
    try:
        found = msgspec.convert(read_topic(f"patterns/{topic}.toml"), dict[str, str | list[str]])
    except KeyError:
        return {}
    entries = {key: [entry] if isinstance(entry, str) else entry for key, entry in found.items()}
    return {key: tuple(each.replace("\n", "") for each in entry) for key, entry in entries.items()}
