"""The word lists as data: each is sorted, without doubles, asked for by somebody, and there is none beside them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from onrecord.lexicon import load, patterns

SOURCE = Path(load.__file__).parents[1]
TOPICS = sorted(path.stem for path in (SOURCE / "lexicon" / load.LANGUAGE).glob("*.toml"))
ASKED = re.compile(r"word_list\(\s*[\"']([a-z_]+\.[a-z_0-9]+)[\"']\s*\)")


def asked():
    """The lists that code asks for, or that patterns refer to."""
    code = {name for path in SOURCE.rglob("*.py") for name in ASKED.findall(path.read_text(encoding="utf-8"))}
    topics = [path.stem for path in (SOURCE / "lexicon" / load.LANGUAGE / "patterns").glob("*.toml")]
    entries = (each for topic in topics for entry in patterns.topic_patterns(topic).values() for each in entry)
    referred = {name for each in entries for name in patterns.REFERENCE.findall(each) if "." in name}
    return code | {name for name in referred if not patterns.is_pattern(name) and name not in patterns.CALENDAR}


@pytest.mark.parametrize("topic", TOPICS)
def test_every_list_is_sorted_and_holds_each_entry_once(topic):
    for name, found in load.topic_lists(topic).items():
        assert found.entries, f"{topic}.{name} is empty"
        assert found.entries == sorted(set(found.entries)), f"{topic}.{name}"


@pytest.mark.parametrize("topic", TOPICS)
def test_a_file_holds_lists_alone(topic):
    raw = tomllib.loads((SOURCE / "lexicon" / load.LANGUAGE / f"{topic}.toml").read_text(encoding="utf-8"))
    assert all(set(fields) <= {"words", "about"} for fields in raw.values())


def test_every_list_is_asked_for_and_every_list_asked_for_is_there():
    known = {f"{topic}.{name}" for topic in TOPICS for name in load.topic_lists(topic)}
    assert asked() == known


def test_an_unknown_list_or_topic_is_an_error():
    for name in ("saying.nothing", "nothing.utterance"):
        with pytest.raises(KeyError):
            load.word_list(name)


def test_alternatives_are_tried_from_the_longest_and_hold_no_pattern():
    pattern = load.alternatives(["told", "told to", "a.m."])
    assert re.findall(pattern, "told to him at 9 a.m., told at 9 axmx") == ["told to", "a.m.", "told"]
