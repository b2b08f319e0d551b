"""The turns of a transcript: who speaks, which words, under which printed label.

Reads :class:`~onrecord.annotation.Annotations` of a transcript; gives turns, and whom their labels name.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from onrecord.annotation import Annotations
from onrecord.comparison.people.turn_labels import named, names_somebody
from onrecord.document import Span

_BEFORE_WORDS: Final = frozenset({"headline", "repeated-headline", "byline", "credit"})


class Turn(NamedTuple):
    """A turn of a transcript: its document (by number), speaker as printed, place in characters and in words."""

    document: int
    speaker: str | None
    start: int
    end: int
    first: int
    last: int
    label: Span | None


def turns_of(transcript: Annotations) -> Iterator[tuple[str | None, Span, Span | None]]:
    """Give speaker, words and printed label of each turn."""
    label: Span | None = None
    any_turn = False
    for block in transcript.document.blocks:
        if block.kind == "turn-label":
            label = block.span
        elif block.kind == "turn":
            any_turn = True
            yield block.speaker, block.span, label
            label = None
    if not any_turn:
        yield None, Span(_after_headline(transcript), len(transcript.text)), None


def unknown_turns(stretches: Iterable[Span]) -> Iterator[tuple[None, Span, None]]:
    """Give each stretch as the turn of somebody unknown."""
    return ((None, stretch, None) for stretch in stretches)


def names_by_label(transcript: Annotations) -> dict[str, str]:
    """Give, for each label of a transcript that names a person, the person's name as it was read."""
    people = [s for s in transcript.speakers if s.kind == "person" and names_somebody(s.name)]
    mentions = sorted((m.start, m.end, number) for number, who in enumerate(people) for m in who.mentions)
    found: dict[str, str] = {}
    for speaker, _, label in turns_of(transcript):
        if speaker is None or label is None or speaker in found:
            continue
        at = bisect_left(mentions, (label.start, 0, 0))
        if at < len(mentions) and mentions[at][1] <= label.end:
            found[speaker] = named(speaker, people[mentions[at][2]])
    return found


def _after_headline(transcript: Annotations) -> int:
    """Give where the words of a text without turns begin: after the headline, which repeats them, and the byline."""
    start = 0
    for block in transcript.document.blocks:
        if block.kind not in _BEFORE_WORDS or transcript.text[start : block.start].strip():
            break
        start = block.end
    return start
