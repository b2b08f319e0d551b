"""Fillers, repeats and false starts: what a tidied quotation may leave out of speech."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from onrecord.comparison.alignment.index import TranscriptIndex
from onrecord.comparison.edits.sentence_edges import SentenceEdges
from onrecord.comparison.speech.spoken_words import is_closed
from onrecord.lexicon.load import word_list

HESITATIONS: Final = word_list("wording.hesitations")
_FILLER_PHRASES: Final = word_list("wording.filler_phrases")
_LOOSE_FILLERS: Final = word_list("wording.loose_fillers")
_NOT_AFTER_YOU_KNOW: Final = word_list("wording.not_after_you_know")
_MOST_FALSE_START: Final = 9


class Disfluencies:
    """Answers whether words of a transcript are disfluencies."""

    def __init__(self, index: TranscriptIndex, edges: SentenceEdges) -> None:
        """Take the index and its sentences' edges."""
        self.index, self.edges = index, edges

    def _forms(self, low: int, high: int) -> list[str]:
        return [self.index.form_at(place) for place in range(low, high)]

    def cover(self, low: int, high: int) -> bool:
        """Return whether places ``low:high`` are fillers, repeats and false starts only, wherever the gap is put."""
        if self.index.turn_of(low - 1) != self.index.turn_of(min(high, len(self.index) - 1)):
            return False
        return any(self._disfluent(a, b) for a, b in self._same_gaps(low, high))

    def _same_gaps(self, low: int, high: int) -> Iterator[tuple[int, int]]:
        """Give the gap and the gaps that leave the same words standing: x [a x] b is [x a] x b."""
        yield low, high
        a, b = low, high
        while a > 0 and low - a < _MOST_FALSE_START and self.index.form_at(a - 1) == self.index.form_at(b - 1):
            a, b = a - 1, b - 1
            yield a, b
        a, b = low, high
        last = len(self.index) - 1
        while b <= last and b - high < _MOST_FALSE_START and self.index.form_at(a) == self.index.form_at(b):
            a, b = a + 1, b + 1
            yield a, b

    def _disfluent(self, low: int, high: int) -> bool:
        """Strip fillers, then repeats and false starts, from the front of the gap until nothing is left or none is."""
        at = low
        while at < high:
            size = self._filler(at, high) or self._repeat_or_false_start(at, high)
            if not size:
                return False
            at += size
        return True

    def _filler(self, at: int, high: int) -> int:
        form = self.index.form_at(at)
        if form in HESITATIONS:
            return 1
        if at + 1 < high and f"{form} {self.index.form_at(at + 1)}" in _FILLER_PHRASES:
            following = self.index.form_at(at + 2) if at + 2 < len(self.index) else ""
            marked = self.edges.set_off(at - 1) or self.edges.set_off(at + 1)
            return 2 if marked or following not in _NOT_AFTER_YOU_KNOW else 0
        set_off = self.edges.set_off(at - 1) and self.edges.set_off(at)
        return 1 if form in _LOOSE_FILLERS and set_off and not self.edges.starts(at) else 0

    def _repeat_or_false_start(self, at: int, high: int) -> int:
        """Give the length of the repeat or the false start at ``at``, 0 where there is none."""
        index = self.index
        rest = range(1, min(high - at, _MOST_FALSE_START) + 1)
        for size in reversed(rest):
            words = self._forms(at, at + size)
            after = self._forms(at + size, min(at + 2 * size, len(index)))
            before = self._forms(max(0, at - size), at)
            if words in (after, before):
                return size
        for size in rest:
            if self._false_start(at, at + size):
                return size
        return 0

    def _false_start(self, low: int, high: int) -> bool:
        """Return whether the words ``low:high`` are broken off and begun again."""
        if high >= len(self.index) or not (self.edges.breaks(high - 1) or self._comma(high - 1)):
            return False
        if any(self.edges.ends(place) for place in range(low, high - 1)):
            return False
        words = self._forms(low, high)
        after = self._forms(high, min(high + len(words) + 2, len(self.index)))
        broken = self.edges.breaks(high - 1)
        if words[0] == after[0] or (len(words) > 1 and words[1] == after[0] and broken):
            return broken or len(words) <= 3
        shared = sum((Counter(words) & Counter(after)).values())
        if broken and shared * 2 >= len(words):
            return True
        opened = self.edges.starts(low) or self.edges.breaks(low - 1)
        return broken and opened and len(words) <= 3 and all(is_closed(f) for f in words)

    def _comma(self, place: int) -> bool:
        return "," in self.edges.between(place)
