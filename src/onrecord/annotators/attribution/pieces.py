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
from itertools import chain
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.text.analysed import Analysed
from onrecord.text.quotation_marks import OUTSIDE

PARAGRAPH_PIECE: Final = 2  # [unused1]: a paragraph begins here
CLS: Final = 101
SEP: Final = 102
CASES: Final = 8
STATES: Final = 5
PLACES: Final = 2
_LONGEST_CHUNK: Final = 20_000  # characters tokenised at once; only a paragraph without a space is cut inside a word
_WORD: Final = re.compile(r"[^\W\u2e80-\uffff]+|\S")  # a mark, or a letter of a script without spaces, stands alone
_CHARACTERS_A_WORD: Final = 4  # at least, by which word pieces of long words are allowed for
_SENTENCE_END: Final = frozenset(".?!…")
_SENTENCE_BEGIN: Final = frozenset("“\"'‘«„(")

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


def size_of(text: str, start: int, end: int) -> int:
    """Estimate how much of the encoder's memory a part of a text takes, in words with what marks its beginning."""
    return 1 + max(sum(1 for _ in _WORD.finditer(text, start, end)), (end - start) // _CHARACTERS_A_WORD)


def _chunks(start: int, end: int, text: str) -> Iterable[tuple[int, int]]:
    """Part a paragraph that is too long for one call of the tokeniser, at a space where it has one."""
    while end - start > _LONGEST_CHUNK:
        cut = text.rfind(" ", start + 1, start + _LONGEST_CHUNK)
        cut = cut if cut > start else start + _LONGEST_CHUNK
        yield start, cut
        start = cut
    yield start, end


def load_tokenizer(path: Path) -> Any:
    """Load a ``tokenizer.json`` as a ``tokenizers.Tokenizer`` that neither truncates nor pads."""
    from tokenizers import Tokenizer  # noqa: PLC0415 - loads in 50 ms, wanted only when a text is read

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def cut_pieces(document: Analysed, tokenizer: Any, parts: Sequence[tuple[int, int, bool]] | None = None) -> Pieces:
    """Cut the ``parts`` of a text (start, end, whether a headline) into word pieces; by default all of its lines.

    ``tokenizer`` is a ``tokenizers.Tokenizer`` without truncation, padding. Without ``parts`` the first line counts as
    the headline.
    """
    text, marks = document.text, document.marks
    if parts is None:
        parts = [(start, end, number == 0) for number, (start, end) in enumerate(paragraphs_of(text))]
    chunks = [(number, a, b) for number, (start, end, _) in enumerate(parts) for a, b in _chunks(start, end, text)]
    encodings = tokenizer.encode_batch([marks.text[a:b] for _, a, b in chunks], add_special_tokens=False)
    ids: list[int] = []
    words: list[int] = []  # by piece: its word's number in the chunk, -1 where a paragraph begins
    offsets: list[tuple[int, int]] = []
    counts: list[int] = []  # of pieces, by chunk
    for (number, a, _), encoding in zip(chunks, encodings, strict=True):
        begins = a == parts[number][0]
        if begins:
            ids.append(PARAGRAPH_PIECE)
            words.append(-1)
            offsets.append((0, 0))
        ids += encoding.ids
        words += encoding.word_ids
        offsets += encoding.offsets
        counts.append(len(encoding.ids) + begins)
    chunk = np.repeat(np.arange(len(chunks)), counts)
    word = np.array(words, dtype=np.int32)
    first = np.flatnonzero((np.diff(word, prepend=-2) != 0) | (np.diff(chunk, prepend=-1) != 0))
    places = np.fromiter(chain.from_iterable(offsets), dtype=np.int32, count=2 * len(ids)).reshape(-1, 2)
    places += np.array([a for _, a, _ in chunks], dtype=np.int32)[chunk, None]
    start, end = places[first, 0], places[np.append(first, len(ids))[1:] - 1, 1]
    paragraph = np.array([number for number, *_ in chunks], dtype=np.int32)[chunk[first]]
    case = np.array([case_of(text[s:e]) for s, e in zip(start.tolist(), end.tolist(), strict=True)], dtype=np.int32)
    states = np.frombuffer(marks.state + bytes([OUTSIDE]), dtype=np.uint8).astype(np.int32)
    state = np.where(end > start, states[start], OUTSIDE)
    headline = np.array([headline for *_, headline in parts], dtype=np.int32)[paragraph]
    edge = np.array(_edges(text, word[first].tolist(), start.tolist()), dtype=np.int32)
    of_piece = np.repeat(np.arange(len(first)), np.diff(first, append=len(ids)))
    return Pieces(
        np.array(ids, dtype=np.int32), case[of_piece], state[of_piece], headline[of_piece],
        first.astype(np.int32), start, end, paragraph, edge,
    )  # fmt: skip


def _edges(text: str, words: Sequence[int], starts: Sequence[int]) -> list[int]:
    """Give each word's ``edge``; ``words`` are their numbers in their chunk, -1 where a paragraph begins."""
    edges: list[int] = []
    ended = False  # whether a sentence may have ended with the words before
    for word, start in zip(words, starts, strict=True):
        if word < 0:
            edges.append(2)
            ended = False
            continue
        character = text[start]
        begins = ended and word > 0 and (character.isupper() or character.isdigit() or character in _SENTENCE_BEGIN)
        edges.append(int(begins))
        ended = character in _SENTENCE_END or (ended and word > 0 and not begins and not character.isalnum())
    return edges


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
