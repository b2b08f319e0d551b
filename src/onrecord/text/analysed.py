"""A document's text, analysed once: what every stage asks of it, in one object that is handed from stage to stage.

Reads a :class:`~onrecord.document.Document` with its blocks; gives words, sentences and quotation marks, each found
when it is first asked for and kept as long as the object is.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from onrecord.document import Document, Span
from onrecord.text import sentences as _sentences
from onrecord.text.quotation_marks import Marks, read_marks
from onrecord.text.words import Word, each_word, words

LONGEST_KEPT = 1_000_000
"""Characters of a text whose words are kept: they take some thirty times its room. Those of a longer text are cut each
time that they are asked for."""


class Analysed:
    """A document with its words, sentences and quotation marks; positions are characters of ``text``."""

    def __init__(self, document: Document, sentences: Sequence[Span] | None = None) -> None:
        """Take a document, and its sentences in text order where they are known."""
        self.document, self.text = document, document.text
        self._given = sentences

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences, in text order (:func:`onrecord.text.sentences.split`)."""
        return _sentences.split(self.document) if self._given is None else tuple(self._given)

    @cached_property
    def sentence_starts(self) -> list[int]:
        """Where each sentence begins."""
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def marks(self) -> Marks:
        """The quotation marks made uniform, and for every character whether it stands inside some."""
        return read_marks(self.text)

    @cached_property
    def _words(self) -> tuple[list[Word], list[int], list[int]]:
        found = words(self.text)
        return found, [word.start for word in found], [word.end for word in found]

    def each_word(self) -> Iterator[Word]:
        """Give the words of the whole text one after another; of a long text no list of them is kept."""
        return iter(self._words[0]) if len(self.text) <= LONGEST_KEPT else each_word(self.text)

    def words(self, start: int = 0, end: int | None = None) -> list[Word]:
        """List the words of ``text[start:end]`` in order, as :func:`onrecord.text.words.words` does."""
        stop = len(self.text) if end is None else end
        if len(self.text) > LONGEST_KEPT or not 0 <= start <= stop <= len(self.text):
            return words(self.text, start, stop)
        found, starts, ends = self._words
        first, last = bisect_left(starts, start), bisect_left(starts, stop)
        if (first and ends[first - 1] > start) or (last and ends[last - 1] > stop):
            return words(self.text, start, stop)  # an edge inside a word
        return found[first:last]

    def words_of(self, span: Span) -> list[Word]:
        """List the words of a stretch."""
        return self.words(span.start, span.end)

    def sentence_at(self, position: int) -> Span | None:
        """Give the last sentence that begins at or before a position; ``None`` before the first."""
        at = bisect_right(self.sentence_starts, position) - 1
        return self.sentences[at] if at >= 0 else None
