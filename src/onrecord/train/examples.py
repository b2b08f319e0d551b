"""Training examples: windows of word pieces with the tags and links that the corpus gives.

Reads a corpus in PolNeAR's form (one JSON object a line: ``id, text, attributions``, where known ``silver.entities``);
gives :class:`Labelled` texts and, epoch by epoch, batches of windows cut at ever other places.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.annotators.attribution.linking import REACH, reach_from
from onrecord.annotators.attribution.pieces import CLS, SEP, Pieces, Window, cut_pieces, cut_windows, paragraphs_of
from onrecord.annotators.attribution.tagging import ROLES
from onrecord.document import Document
from onrecord.errors import LabelledDataError
from onrecord.text.analysed import Analysed

ENTITIES: Final = ("PERSON", "ORGANIZATION", "COUNTRY", "LOCATION", "TITLE", "DATE", "NUMBER")
STEP: Final = 32
MEMBER_NONE, MEMBER_SOURCE, MEMBER_CONTENT = 0, 1, 2

Ints = NDArray[np.int64]
Halves = NDArray[np.float16]


class Taught(NamedTuple):
    """What a teacher says of a text's words: its states (m, HIDDEN) and its scores of the tags (m, TAGS)."""

    states: Halves
    emissions: Halves


class Labelled(NamedTuple):
    """A text with its labels: ``tags`` and ``entities`` per word; ``cues``: word ranges, each with its members.

    ``members[i]`` are the (start, end, membership) word ranges that belong to ``cues[i]``. ``taught`` is there where a
    teacher has read the text.
    """

    id: str
    text: str
    pieces: Pieces
    tags: Ints
    entities: Ints
    cues: list[tuple[int, int]]
    members: list[list[tuple[int, int, int]]]
    taught: Taught | None = None


class Batch(NamedTuple):
    """Windows side by side. Pieces (windows, n): ids, case, state, place, mask. Words (windows, m): the rest.

    Cues (c): ``cue_window``, ``cue_start, cue_end`` in words of the window; ``cue_members`` (c, 2 * REACH) from
    ``cue_low`` on, -1 beyond the window. ``taught``: per word (windows, m, …), where a teacher has read the texts.
    """

    ids: Ints
    case: Ints
    state: Ints
    place: Ints
    mask: Ints
    first: Ints
    word_mask: Ints
    paragraph: Ints
    tags: Ints
    entities: Ints
    cue_window: Ints
    cue_start: Ints
    cue_end: Ints
    cue_low: Ints
    cue_members: Ints
    taught: Taught | None


def read_corpus(path: Path, tokenizer: Any, *, limit: int | None = None) -> list[Labelled]:
    """Read a corpus; raises :class:`LabelledDataError` where a line is no document with attributions."""
    labelled: list[Labelled] = []
    with path.open(encoding="utf8") as lines:
        for number, line in enumerate(lines, 1):
            if limit is not None and len(labelled) >= limit:
                break
            if line.strip():
                try:
                    labelled.append(label(json.loads(line), tokenizer))
                except (KeyError, TypeError, ValueError) as error:
                    raise LabelledDataError(
                        f"{path}, line {number}: not a document with attributions ({error!r})."
                    ) from error
    return labelled


def label(record: dict[str, Any], tokenizer: Any) -> Labelled:
    """Align one document's spans with its words; ``headed`` says whether its first line is a headline, as usual."""
    text = record["text"]
    parts = None if record.get("headed", True) else [(start, end, False) for start, end in paragraphs_of(text)]
    pieces = cut_pieces(Analysed(Document(id="", text=text)), tokenizer, parts)
    tags = np.zeros(len(pieces.first), dtype=np.int64)
    cues: list[tuple[int, int]] = []
    members: list[list[tuple[int, int, int]]] = []
    for attribution in record["attributions"]:
        own: list[tuple[int, int, int]] = []
        for number, role in enumerate(ROLES):
            for start, end in attribution.get(role) or []:
                a, b = words_of(pieces, start, end)
                if a >= b:
                    continue
                tags[a] = 1 + 2 * number
                tags[a + 1 : b] = 2 + 2 * number
                if role == "cue":
                    cues.append((a, b))
                    members.append(own)
                else:
                    own.append((a, b, MEMBER_SOURCE if role == "source" else MEMBER_CONTENT))
    for i in np.flatnonzero((tags > 0) & (tags % 2 == 0)):  # where spans overlap, the later one begins anew
        if i == 0 or tags[i - 1] not in {tags[i], tags[i] - 1}:
            tags[i] -= 1
    entities = np.zeros_like(tags)
    for start, end, kind in (record.get("silver") or {}).get("entities", []):
        if kind in ENTITIES:
            a, b = words_of(pieces, start, end)
            entities[a : a + 1] = 1 + 2 * ENTITIES.index(kind)
            entities[a + 1 : b] = 2 + 2 * ENTITIES.index(kind)
    return Labelled(record["id"], text, pieces, tags, entities, cues, members)


def words_of(pieces: Pieces, start: int, end: int) -> tuple[int, int]:
    """Give the range of words that characters ``start:end`` touch; the mark of a paragraph's beginning is none."""
    a = int(np.searchsorted(pieces.end, start, side="right"))
    b = int(np.searchsorted(pieces.start, end, side="left"))
    while a < b and pieces.end[a] == pieces.start[a]:
        a += 1
    while b > a and pieces.end[b - 1] == pieces.start[b - 1]:
        b -= 1
    return a, b


def batches(
    corpus: Sequence[Labelled],
    size: int,
    rng: random.Random,
    core: tuple[int, int] = (128, 288),
    share: tuple[int, int] = (0, 1),
) -> Iterator[Batch]:
    """Yield one epoch's batches, in random order, of windows of like length; ``size`` is in word pieces.

    ``share`` (which, of how many) takes an equal part of them, for training with several processes.
    """
    windows: list[tuple[int, Window]] = []
    for number, text in enumerate(corpus):
        cut = cut_windows(text.pieces, rng.randint(*core), rng.randint(0, 24), rng.randint(0, 24))
        windows += [(number, window) for window in cut]
    groups = grouped(corpus, windows, size, rng)
    which, of = share
    for n, group in groups[which : len(groups) // of * of : of]:
        yield collate(corpus, group, (max(size // n, 1), n))


def grouped(
    corpus: Sequence[Labelled], windows: list[tuple[int, Window]], size: int, rng: random.Random
) -> list[tuple[int, list[tuple[int, Window]]]]:
    """Group windows of like length: (padded length, windows), about ``size`` word pieces each; shuffle the groups.

    Few shapes only: lengths are multiples of :data:`STEP` and every length has its own count of windows, because the
    matrix library compiles a kernel for each shape that it meets, which costs more than the padding.
    """
    waiting: dict[int, list[tuple[int, Window]]] = {}
    for number, window in windows:
        waiting.setdefault(-(-(pieces_in(corpus[number].pieces, window) + 2) // STEP) * STEP, []).append(
            (number, window)
        )
    groups: list[tuple[int, list[tuple[int, Window]]]] = []
    left: list[tuple[int, Window]] = []
    for n in sorted(waiting):
        ready = left + rng.sample(waiting[n], len(waiting[n]))
        k = max(size // n, 1)
        last = n == max(waiting)
        stop = len(ready) if last else len(ready) - len(ready) % k
        groups += [(n, ready[at : at + k]) for at in range(0, stop, k)]
        left = ready[stop:]
    rng.shuffle(groups)
    return groups


def pieces_in(pieces: Pieces, window: Window) -> int:
    """Count the word pieces of a window."""
    end = len(pieces.ids) if window.end == len(pieces.first) else int(pieces.first[window.end])
    return end - int(pieces.first[window.start])


def collate(
    corpus: Sequence[Labelled], group: Sequence[tuple[int, Window]], shape: tuple[int, int] | None = None
) -> Batch:
    """Lay windows side by side, framed and padded; to a ``shape`` (windows, pieces), and the cues to STEP, if given."""
    n = max(pieces_in(corpus[number].pieces, window) for number, window in group) + 2
    k, n = shape or (len(group), n)
    m = n if shape else max(window.end - window.start for _, window in group)
    ids, case, state, place, mask = (np.zeros((k, n), dtype=np.int64) for _ in range(5))
    first, word_mask, paragraph, tags, entities = (np.zeros((k, m), dtype=np.int64) for _ in range(5))
    cues: list[tuple[int, int, int, int, Ints]] = []
    for row, (number, window) in enumerate(group):
        text = corpus[number]
        pieces = text.pieces
        a = int(pieces.first[window.start])
        size = pieces_in(pieces, window)
        for target, source in ((ids, pieces.ids), (case, pieces.case), (state, pieces.state), (place, pieces.place)):
            target[row, 1 : size + 1] = source[a : a + size]
        ids[row, 0], ids[row, size + 1] = CLS, SEP
        mask[row, : size + 2] = 1
        words = slice(window.start, window.end)
        count = window.end - window.start
        first[row, :count] = pieces.first[words] - a + 1
        word_mask[row, :count] = 1
        paragraph[row, :count] = pieces.paragraph[words]
        tags[row, :count] = text.tags[words]
        tags[row, 0] -= tags[row, 0] > 0 and tags[row, 0] % 2 == 0  # a span that the window cuts begins with the window
        entities[row, :count] = text.entities[words]
        cues += _cues_in(text, window, row)
    while shape and len(cues) % STEP:
        cues.append((0, 0, 1, -REACH, np.full(2 * REACH, -1, dtype=np.int64)))
    window_of, start_of, end_of, low_of = (np.array([cue[i] for cue in cues], dtype=np.int64) for i in range(4))
    member = np.stack([cue[4] for cue in cues]) if cues else np.zeros((0, 2 * REACH), dtype=np.int64)
    return Batch(
        ids,
        case,
        state,
        place,
        mask,
        first,
        word_mask,
        paragraph,
        tags,
        entities,
        window_of,
        start_of,
        end_of,
        low_of,
        member,
        _taught(corpus, group, (k, m)),
    )


def _taught(corpus: Sequence[Labelled], group: Sequence[tuple[int, Window]], shape: tuple[int, int]) -> Taught | None:
    """Lay side by side what the teacher says of the windows' words; None where it has not read them all."""
    taught = [corpus[number].taught for number, _ in group]
    if not all(taught):
        return None
    laid = [np.zeros((*shape, one.shape[1]), dtype=np.float16) for one in taught[0]]  # type: ignore[union-attr]
    for row, (given, (_, window)) in enumerate(zip(taught, group, strict=True)):
        for target, source in zip(laid, given, strict=True):  # type: ignore[arg-type]
            target[row, : window.end - window.start] = source[window.start : window.end]
    return Taught(*laid)


def _cues_in(text: Labelled, window: Window, row: int) -> Iterator[tuple[int, int, int, int, Ints]]:
    """Yield the cues wholly inside a window with what of their members lies within reach."""
    count = window.end - window.start
    for (start, end), members in zip(text.cues, text.members, strict=True):
        a, b = start - window.start, end - window.start
        if a < 0 or b > count:
            continue
        low = reach_from((a, b))
        labels = np.zeros(2 * REACH, dtype=np.int64)
        labels[: max(-low, 0)] = -1
        labels[max(count - low, 0) :] = -1
        for s, e, membership in members:
            x, y = s - window.start - low, e - window.start - low
            labels[max(x, 0) : max(y, 0)] = membership
        labels[: max(-low, 0)] = -1
        labels[max(count - low, 0) :] = -1
        yield row, a, b, low, labels
