"""Where in the transcripts utterances stand: a better sign of which are one than any likeness of words.

Reads the wordings of utterances that were aligned with transcripts; gives the pairs that report one passage, and says
of two whether they stand apart. A wording that was not found, or is left ``unchecked``, places nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from onrecord.document import Span
from onrecord.wording import VERDICTS, Wording

Member = tuple[str, str]
"""A document's id and the id of an attribution in it."""
_Places = Mapping[str, Sequence[Span]]

_ONE: Final = 0.6
"""Part of the shorter passage that the other holds, from which on both report one utterance."""
_NEAR: Final = 150
"""Characters between two passages up to which they may be parts of one sentence."""
_MOST_BESIDE: Final = 24
"""Utterances at one place that each is compared with; the others are joined through these."""


class Placed:
    """The passages of numbered utterances, each of one version or several."""

    def __init__(self, members: Sequence[Sequence[Member]], wordings: Mapping[Member, Wording]) -> None:
        """Take the versions of each utterance and the wordings that are known."""
        self._places = [_places([wordings[m] for m in reported if m in wordings]) for reported in members]

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Give the pairs ``i < j`` that report one passage, in time linear in the utterances."""
        stops = sorted(
            (document, span.start, span.end, number)
            for number, places in enumerate(self._places)
            for document, spans in places.items()
            for span in spans
        )
        found: set[tuple[int, int]] = set()
        open_: deque[tuple[str, int, int]] = deque(maxlen=_MOST_BESIDE)
        for document, start, end, number in stops:
            for other_document, other_end, other in open_:
                if other_document == document and other_end > start and other != number:
                    found.add((min(number, other), max(number, other)))
            open_.append((document, end, number))
        return (pair for pair in sorted(found) if self._shared(*pair) >= _ONE)

    def apart(self, i: int, j: int) -> bool:
        """Return whether both stand in one transcript, and nowhere near each other."""
        one, other = self._places[i], self._places[j]
        gaps = [
            max(a.start, b.start) - min(a.end, b.end)
            for document in one.keys() & other.keys()
            for a in one[document]
            for b in other[document]
        ]
        return bool(gaps) and min(gaps) > _NEAR

    def _shared(self, i: int, j: int) -> float:
        """Measure the part of the shorter one's passages that the other's hold, in characters."""
        one, other = self._places[i], self._places[j]
        common = sum(
            max(0, min(a.end, b.end) - max(a.start, b.start))
            for document in one.keys() & other.keys()
            for a in one[document]
            for b in other[document]
        )
        return common / max(1, min(_length(one), _length(other)))


def _places(wordings: Sequence[Wording]) -> _Places:
    """List the passages of the first wording that was found: versions of equal words have the same."""
    for wording in wordings:
        if wording.verdict in VERDICTS and wording.passages:
            found: dict[str, list[Span]] = {}
            for passage in wording.passages:
                found.setdefault(passage.document, []).append(Span(passage.start, passage.end))
            return found
    return {}


def _length(places: _Places) -> int:
    return sum(len(span) for spans in places.values() for span in spans)
