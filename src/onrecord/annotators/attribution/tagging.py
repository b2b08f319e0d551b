"""Tags of words: which are a source's, a cue's, a content's; the best sequence of them, and the spans it makes.

Reads scores (emissions) of one window or text, gives word ranges. The tags are 0 for none and, for role ``r``,
``1 + 2r`` where a span begins and ``2 + 2r`` where it goes on.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

ROLES: Final = ("source", "cue", "content")
TAGS: Final = 1 + 2 * len(ROLES)
SOURCE, CUE, CONTENT = 0, 1, 2

Floats = NDArray[np.float32]


def allowed_transitions() -> NDArray[np.bool_]:
    """Give (TAGS, TAGS): whether the second tag may follow the first. A span goes on only in its own role."""
    allowed = np.ones((TAGS, TAGS), dtype=np.bool_)
    for role in range(len(ROLES)):
        begin, inside = 1 + 2 * role, 2 + 2 * role
        allowed[:, inside] = False
        allowed[[begin, inside], inside] = True
    return allowed


def best_tags(emissions: Floats, transitions: Floats, breaks: NDArray[np.int64] | None = None) -> NDArray[np.int64]:
    """Find the tags (m) of highest score for emissions (m, TAGS) (Viterbi 1967); forbidden transitions are -inf.

    ``breaks`` are the words that begin a stretch of their own, and belong to no span themselves: no span crosses them,
    and the stretches are decided side by side. Time is linear in m.
    """
    m = len(emissions)
    tags = np.zeros(m, dtype=np.int64)
    if breaks is not None:
        emissions = emissions.copy()
        emissions[breaks, 1:] = -np.inf
    starts = np.unique(
        np.concatenate([np.zeros(1, dtype=np.int64), breaks if breaks is not None else starts_of_none()])
    )
    lengths = np.append(starts[1:], m) - starts
    longest_first = np.argsort(-lengths, kind="stable")
    _decide(emissions, transitions.astype(np.float64), starts[longest_first], lengths[longest_first], tags)
    return tags


def starts_of_none() -> NDArray[np.int64]:
    """Give no breaks."""
    return np.zeros(0, dtype=np.int64)


def _decide(
    emissions: Floats,
    steps: NDArray[np.float64],
    starts: NDArray[np.int64],
    lengths: NDArray[np.int64],
    tags: NDArray[np.int64],
) -> None:
    """Decide stretches side by side, the longest first; write what is found into ``tags``."""
    running = len(lengths) - np.searchsorted(lengths[::-1], np.arange(lengths[0] if len(lengths) else 0), side="right")
    counts: list[int] = running.tolist()  # of stretches that still run, by word
    if not counts or not counts[0]:
        return
    score = emissions[starts].astype(np.float64)
    score[:, 2::2] = -np.inf
    back = [np.zeros((0, TAGS), dtype=np.int64)]
    for i, count in enumerate(counts[1:], 1):
        total = score[:count, :, None] + steps
        back.append(total.argmax(axis=1))
        score[:count] = total.max(axis=1) + emissions[starts[:count] + i]
    best = score.argmax(axis=1)
    for i in range(len(counts) - 1, -1, -1):
        count = counts[i]
        tags[starts[:count] + i] = best[:count]
        if i:
            best[:count] = back[i][np.arange(count), best[:count]]


def spans_of(tags: NDArray[np.int64], role: int) -> list[tuple[int, int]]:
    """List the word ranges (start, end) of one role, in order."""
    begin, inside = 1 + 2 * role, 2 + 2 * role
    starts = np.flatnonzero(tags == begin)
    stops = np.append(np.flatnonzero(tags != inside), len(tags))
    ends = stops[np.searchsorted(stops, starts, side="right")]
    return list(zip(starts.tolist(), ends.tolist(), strict=True))
