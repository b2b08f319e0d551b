"""What reports are of, in the words that most of them share: no report's headline speaks for the others.

Reads: Story. Names that stand in most reports come as printed; other words of headlines and first paragraphs by lemma.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from onrecord.annotation import Annotations
from onrecord.document import Span
from onrecord.publishers.headlines import headlines
from onrecord.story import Story
from onrecord.text.words import is_content, lemma, words

_NAME: Final = re.compile(
    r"(?<![.!?:”\"’] )(?<!^)\b[A-Z][\w’'-]+(?: (?:of |the |de |al-)?[A-Z][\w’'-]+)*", re.MULTILINE
)
_MOST_NAMES: Final = 3
_MOST_WORDS: Final = 5
_SHORT: Final = 3
_OPENING: Final = 1200
"""Characters of a report in which its subject is named."""
_UNTELLING: Final = frozenset("say tell add report year people man woman day week month one two new time".split())


def topic(story: Story) -> tuple[str, ...]:
    """List names and words that most reports share, those of most reports first; empty where they share none."""
    reports = [each for each in story.documents if each.document.kind == "report"]
    if not reports:
        return ()
    least = len(reports) // 2 + 1
    names = _common((_names(each) for each in reports), least)[:_MOST_NAMES]
    taken = {lemma(word.folded) for name in names for word in words(name)}
    days = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
    nouns = [
        word for word in _common(_leads(story), least)
        if word not in taken and word not in days and word not in _UNTELLING
    ]  # fmt: skip
    return (*names, *nouns[: _MOST_WORDS - len(names)])


def _common(lists: Iterable[list[str]], least: int) -> list[str]:
    """List what stands in at least so many lists, what stands in most and earliest first."""
    counted: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for each in lists:
        for place, one in enumerate(dict.fromkeys(each)):
            counted[one] += 1
            places[one] += place
    found = [one for one, number in counted.items() if number >= least]
    return sorted(found, key=lambda one: (-counted[one], places[one] / counted[one], one))


def _names(report: Annotations) -> list[str]:
    """List the names of several words that open a report, as printed."""
    body = next((b.start for b in report.document.blocks if b.kind == "paragraph"), 0)
    opening = report.text[body : body + _OPENING]
    return [name for name in _NAME.findall(opening) if " " in name]


def _leads(story: Story) -> Iterable[list[str]]:
    """List the lemmas of each report's headline and first paragraph; words of a name or a number are none."""
    for lead in headlines(story.documents):
        text = lead.annotations.text
        yield [one for span in (lead.headline, lead.paragraph) if span is not None for one in _nouns(text, span)]


def _nouns(text: str, span: Span) -> Iterable[str]:
    for word in words(text, span.start, span.end):
        plain = word.folded.isalpha() and len(word.folded) > _SHORT and is_content(word.folded)
        if plain and text[word.start].islower():
            yield lemma(word.folded)
