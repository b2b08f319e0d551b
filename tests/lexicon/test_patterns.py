"""The patterns as data: each compiles, is asked for, and refers to what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from onrecord.lexicon import load, patterns

SOURCE = Path(load.__file__).parents[1]
TOPICS = sorted(path.stem for path in (SOURCE / "lexicon" / load.LANGUAGE / "patterns").glob("*.toml"))
NAMES = [f"{topic}.{key}" for topic in TOPICS for key in patterns.topic_patterns(topic)]
WHOLE = re.compile(r'\bwritten_forms\(\s*"([a-z_]+)"\s*\)')
ASKED = re.compile(r'\b(?:pattern|written)\(\s*"([a-z_]+\.[a-z_]+)"\s*\)')


def referred_to():
    """The full names that patterns refer to."""
    for topic in TOPICS:
        for entry in patterns.topic_patterns(topic).values():
            for name in patterns.REFERENCE.findall("|".join(entry)):
                yield name if "." in name else f"{topic}.{name}"


@pytest.mark.parametrize("name", NAMES)
def test_every_pattern_compiles_and_leaves_no_reference_open(name):
    for text in patterns.written(name):
        assert patterns.REFERENCE.search(re.compile(text).pattern) is None


def test_every_pattern_is_asked_for_and_every_pattern_asked_for_is_there():
    texts = [path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py")]
    whole = {topic for text in texts for topic in WHOLE.findall(text)}
    code = {name for text in texts for name in ASKED.findall(text)}
    code |= {f"{topic}.{key}" for topic in whole for key in patterns.topic_patterns(topic)}
    assert code | {name for name in referred_to() if patterns.is_pattern(name)} == set(NAMES)


def test_no_pattern_has_the_name_of_a_word_list():
    lists = {f"{topic}.{name}" for topic in TOPICS if has_lists(topic) for name in load.topic_lists(topic)}
    assert lists.isdisjoint(NAMES)


def has_lists(topic):
    return (SOURCE / "lexicon" / load.LANGUAGE / f"{topic}.toml").is_file()


def test_names_of_the_calendar_have_either_apostrophe():
    assert patterns.pattern("date_forms.holiday").match("New Year’s Eve".casefold())
    assert patterns.pattern("date_forms.holiday").match("new year's eve")


def test_a_pattern_that_is_not_there_is_an_error():
    for name in ("sourcing.nothing", "nothing.name"):
        with pytest.raises(KeyError):
            patterns.pattern(name)
