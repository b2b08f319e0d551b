"""Texts cut into word pieces and windows, as the encoder reads them.

Reads a text (and which stretches of it to search); gives :class:`Pieces`, arrays over the whole text, and windows of
them. A *word* is what the tokeniser's pre-tokeniser calls one: letters and digits in a row, or one punctuation mark.
Positions are characters of the text as read; the quotation marks are made uniform beforehand without moving any.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate.layout.quotation_marks import OUTSIDE, read_marks

PARAGRAPH_PIECE: Final = 2  # [unused1]: a paragraph begins here
CLS: Final = 101
SEP: Final = 102
CASES: Final = 8
STATES: Final = 5
PLACES: Final = 2
_LONGEST_CHUNK: Final = 20_000  # characters tokenised at once; only a paragraph without a space is cut inside a word
_SENTENCE_END: Final = frozenset(".?!…")

Ints = NDArray[np.int32]


class Pieces(NamedTuple):
    """One text's word pieces, and the words that they make up.

    Per piece (n): ``ids``, ``case``, ``state`` (of quotation marks), ``place`` (1 in a headline). Per word (m):
    ``first`` (its first piece), ``start, end`` in characters (equal for a paragraph's beginning), ``paragraph`` (its
    number), ``edge`` (2 where a paragraph begins, 1 where a sentence does, else 0).
    """

    ids: Ints
    case: Ints
    state: Ints
    place: Ints
    first: Ints
    start: Ints
    end: Ints
    paragraph: Ints
    edge: Ints


class Window(NamedTuple):
    """Words ``start:end`` go through the encoder together; those of ``core_start:core_end`` are decided there."""

    start: int
    core_start: int
    core_end: int
    end: int


@lru_cache(maxsize=50_000)
def case_of(word: str) -> int:
    """Class a word: 0 no letters, 1 lower, 2 Capitalised, 3 UPPER, 4 mIxed, 5 digits, 6 both, 7 one capital."""
    if not word[:1].isalnum():
        return 0
    if word.isdigit():
        return 5
    if any(c.isdigit() for c in word):
        return 6
    if word.islower():
        return 1
    if word.isupper():
        return 7 if len(word) == 1 else 3
    return 2 if word[0].isupper() and word[1:].islower() else 4


def paragraphs_of(text: str) -> list[tuple[int, int]]:
    """Part a text at its line breaks: (start, end) of every line that holds ink."""
    return [match.span() for match in re.finditer(r"[^\n]*\S[^\n]*", text)]


def _chunks(start: int, end: int, text: str) -> Iterable[tuple[int, int]]:
    """Part a paragraph that is too long for one call of the tokeniser, at a space where it has one."""
    while end - start > _LONGEST_CHUNK:
        cut = text.rfind(" ", start + 1, start + _LONGEST_CHUNK)
        cut = cut if cut > start else start + _LONGEST_CHUNK
        yield start, cut
        start = cut
    yield start, end


def cut_pieces(text: str, tokenizer: Any, parts: Sequence[tuple[int, int, bool]] | None = None) -> Pieces:
    """Cut the ``parts`` of a text (start, end, whether a headline) into word pieces; by default all of its lines.

    ``tokenizer`` is a ``tokenizers.Tokenizer`` without truncation, padding. Without ``parts`` the first line counts as
    the headline.
    """
    if parts is None:
        parts = [(start, end, number == 0) for number, (start, end) in enumerate(paragraphs_of(text))]
    marks = read_marks(text)
    jobs = [
        (number, headline, start == chunk[0], chunk)
        for number, (start, end, headline) in enumerate(parts)
        for chunk in _chunks(start, end, text)
    ]
    encodings = tokenizer.encode_batch([marks.text[a:b] for *_, (a, b) in jobs], add_special_tokens=False)
    ids: list[int] = []
    word_rows: list[tuple[int, int, int, int, int]] = []  # first piece, start, end, paragraph, edge
    piece_words: list[int] = []
    places: list[int] = []
    for (number, headline, begins, (a, _)), encoding in zip(jobs, encodings, strict=True):
        if begins:
            word_rows.append((len(ids), a, a, number, 2))
            ids.append(PARAGRAPH_PIECE)
            piece_words.append(len(word_rows) - 1)
            places.append(int(headline))
        ended = False
        last = None
        for piece, word, (s, e) in zip(encoding.ids, encoding.word_ids, encoding.offsets, strict=True):
            if word != last:
                ended = _append_word(word_rows, text, (len(ids), a + s, a + e, number), ended=ended)
                last = word
            else:
                first, start, _, _, edge = word_rows[-1]
                word_rows[-1] = (first, start, a + e, number, edge)
            ids.append(piece)
            piece_words.append(len(word_rows) - 1)
            places.append(int(headline))
    return _as_pieces(text, marks.state, ids, word_rows, piece_words, places)


def _append_word(
    rows: list[tuple[int, int, int, int, int]], text: str, row: tuple[int, int, int, int], *, ended: bool
) -> bool:
    """Append a word; say whether a sentence may have ended with it (``ended``: with those before it)."""
    first, start, end, number = row
    character = text[start]
    begins = ended and (character.isupper() or character.isdigit() or character in "“\"'‘«„(")
    rows.append((first, start, end, number, int(begins)))
    if character in _SENTENCE_END:
        return True
    return ended and not begins and not character.isalnum()


def _as_pieces(
    text: str,
    state: bytes,
    ids: list[int],
    rows: list[tuple[int, int, int, int, int]],
    piece_words: list[int],
    places: list[int],
) -> Pieces:
    words = np.array(rows, dtype=np.int32).reshape(-1, 5)
    case = np.array([case_of(text[row[1] : row[2]]) for row in rows], dtype=np.int32)
    states = np.array([state[row[1]] if row[2] > row[1] else OUTSIDE for row in rows], dtype=np.int32)
    of_piece = np.array(piece_words, dtype=np.int32)
    first, start, end, paragraph, edge = (np.ascontiguousarray(words[:, i]) for i in range(5))
    return Pieces(
        np.array(ids, dtype=np.int32), case[of_piece], states[of_piece], np.array(places, dtype=np.int32),
        first, start, end, paragraph, edge,
    )  # fmt: skip


def cut_windows(pieces: Pieces, core: int = 256, before: int = 20, after: int = 6) -> list[Window]:
    """Part the words into windows whose cores tile the text; sizes are in word pieces.

    A core ends where a paragraph does if one ends in its second half, else at a sentence's end, else anywhere. Around
    it stand up to ``before`` and ``after`` pieces of what surrounds it, whole words. A window holds at most
    ``core + before + after`` pieces (the two marks that frame it not counted).
    """
    m, n = len(pieces.first), len(pieces.ids)
    bounds = np.append(pieces.first, n)  # bounds[w] is the first piece of word w
    windows: list[Window] = []
    a = 0
    while a < m:
        limit = int(bounds[a]) + core
        b = m if n <= limit else max(int(np.searchsorted(bounds, limit, side="right")) - 1, a + 1)
        if b < m:
            b = _best_cut(pieces.edge, int(np.searchsorted(bounds, bounds[a] + core // 2)), a, b)
        left = bisect_left(bounds, int(bounds[a]) - before, 0, a)
        right = int(np.searchsorted(bounds, bounds[b] + after, side="right")) - 1
        windows.append(Window(left, a, b, max(min(right, m), b)))
        a = b
    return windows


def _best_cut(edge: Ints, middle: int, start: int, end: int) -> int:
    """Find the last word in ``middle:end`` (else ``start+1:end``) that begins a paragraph, else a sentence."""
    low = max(middle, start + 1)
    for value in (2, 1):
        hits = np.flatnonzero(edge[low : end + 1] >= value)
        if hits.size:
            return low + int(hits[-1])
    return end
