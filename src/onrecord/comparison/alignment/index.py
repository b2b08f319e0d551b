"""The words of transcripts, made ready to be looked up.

Reads Annotations of transcripts (their turns, blocks of kind ``turn``); gives :class:`TranscriptIndex`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from onrecord.annotation import Annotations
from onrecord.comparison.alignment.turns import Turn, names_by_label, turns_of, unknown_turns
from onrecord.comparison.alignment.weights import kind, root, surprise
from onrecord.comparison.speech.spoken_words import spoken_in
from onrecord.comparison.speech.transcript_text import TranscriptText
from onrecord.document import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


class TranscriptIndex:
    """Transcripts made ready for search. Built once, in linear time; never changed."""

    def __init__(self, transcripts: Sequence[Annotations], stretches: Sequence[Span] | None = None) -> None:
        """Index the turns of the transcripts; a transcript without turns is one turn of an unknown speaker.

        Where ``stretches`` are given, they alone are indexed, of one document, each as an unknown speaker's turn.
        """
        self.transcripts = tuple(transcripts)
        self.texts = tuple(TranscriptText(each.document) for each in self.transcripts)
        self.turns: list[Turn] = []
        self._vocabulary: dict[str, int] = {}
        starts: list[int] = []
        ends: list[int] = []
        ids: list[int] = []
        for number, transcript in enumerate(self.transcripts):
            for speaker, span, label in turns_of(transcript) if stretches is None else unknown_turns(stretches):
                words = spoken_in(self.texts[number], span.start, span.end)
                first = len(ids)
                ids.extend(self._vocabulary.setdefault(w.form, len(self._vocabulary)) for w in words)
                starts.extend(w.start for w in words)
                ends.extend(w.end for w in words)
                self.turns.append(Turn(number, speaker, span.start, span.end, first, len(ids), label))
        self.forms = list(self._vocabulary)
        self.ids: Ints = np.array(ids, dtype=np.int64)
        self.starts: Ints = np.array(starts, dtype=np.int64)
        self.ends: Ints = np.array(ends, dtype=np.int64)
        self._turn_firsts = [t.first for t in self.turns]
        self._bounds = self._find_bounds()
        self._named = [names_by_label(transcript) if stretches is None else {} for transcript in self.transcripts]
        self._speakers: list[list[str]] = [[] for _ in self.transcripts]
        for turn in self.turns:
            who = self.speaker_of(turn)
            if who is not None and who not in self._speakers[turn.document]:
                self._speakers[turn.document].append(who)
        self._weigh()
        self._sort()

    def _find_bounds(self) -> list[tuple[int, int]]:
        bounds = [(0, 0)] * len(self.transcripts)
        for turn in self.turns:
            first = bounds[turn.document][0] if bounds[turn.document][1] else turn.first
            bounds[turn.document] = (first, turn.last)
        return bounds

    def __len__(self) -> int:
        """Count the words."""
        return len(self.ids)

    def _weigh(self) -> None:
        counts = np.bincount(self.ids, minlength=len(self.forms)) if len(self.ids) else np.zeros(0, dtype=np.int64)
        self.counts: Ints = counts
        weights = [surprise(form, int(n), len(self.ids)) for form, n in zip(self.forms, counts, strict=True)]
        self.weights: Ints = np.array(weights, dtype=np.int64)
        self.kinds: Ints = np.array([kind(form) for form in self.forms], dtype=np.int64)
        roots: dict[str, int] = {}
        self.roots: Ints = np.array([roots.setdefault(root(f), len(roots)) for f in self.forms], dtype=np.int64)
        self.root_ids = roots

    def _sort(self) -> None:
        self.wide = max(1, len(self.forms))
        pairs = self.ids[:-1] * self.wide + self.ids[1:]
        self.pair_order: Ints = np.argsort(pairs, kind="stable")
        self.pair_keys: Ints = pairs[self.pair_order]
        self._word_order: Ints = np.argsort(self.ids, kind="stable")
        self._word_offsets: Ints = np.concatenate(([0], np.cumsum(self.counts))).astype(np.int64)

    def id_of(self, form: str) -> int:
        """Give a form's number, -1 where the transcripts do not hold it."""
        return self._vocabulary.get(form, -1)

    def form_at(self, place: int) -> str:
        """Give the form at a place."""
        return self.forms[int(self.ids[place])]

    def weight(self, form: str) -> float:
        """Give a form's surprise in nats."""
        known = self._vocabulary.get(form)
        return (surprise(form, 0, len(self.ids)) if known is None else int(self.weights[known])) / 1000

    def span_of(self, place: int) -> Span:
        """Give the characters that the word at a place covers, in its document."""
        return Span(int(self.starts[place]), int(self.ends[place]))

    def turn_of(self, place: int) -> int:
        """Give the number of the turn that holds a place."""
        return bisect_right(self._turn_firsts, place) - 1

    def text_of(self, document: int) -> str:
        """Give a transcript's text."""
        return self.transcripts[document].text

    def bounds(self, document: int) -> tuple[int, int]:
        """Give the first place of a transcript and the place after its last."""
        return self._bounds[document]

    def speakers(self, document: int) -> list[str]:
        """List those who speak in a transcript, each once: who a label names, else the label as printed."""
        return self._speakers[document]

    def speaker_of(self, turn: Turn) -> str | None:
        """Give whom a turn's label names, with Mr or Ms where it is known; else the label as printed."""
        return None if turn.speaker is None else self._named[turn.document].get(turn.speaker, turn.speaker)

    def places_of(self, sequence: Sequence[int], limit: int = 100_000) -> Ints:
        """List the places where a row of words (by number) stands, all of its words adjacent, in order."""
        if not sequence or min(sequence) < 0:
            return np.zeros(0, dtype=np.int64)
        if len(sequence) == 1:
            low, high = self._word_offsets[sequence[0]], self._word_offsets[sequence[0] + 1]
            return self._word_order[low : min(high, low + limit)]
        row = np.array(sequence, dtype=np.int64)
        keys = row[:-1] * self.wide + row[1:]
        lows = np.searchsorted(self.pair_keys, keys, side="left")
        highs = np.searchsorted(self.pair_keys, keys, side="right")
        rarest = int(np.argmin(highs - lows))
        places = self.pair_order[lows[rarest] : highs[rarest]] - rarest
        places = places[(places >= 0) & (places <= len(self.ids) - len(row))]
        for offset in (*range(rarest + 2, len(row)), *range(rarest - 1, -1, -1)):
            if not len(places):
                break
            places = places[self.ids[places + offset] == row[offset]]
        return places
