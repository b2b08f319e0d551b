"""Near copies over all shards: the same text under many addresses is annotated once.

MinHash of runs of five words (A. Broder, On the resemblance and containment of documents, SEQUENCES 1997), looked up by
bands; a pair is a copy when the share of equal values, an estimate of the Jaccard index, reaches :data:`ALIKE`. The
document that comes first, by name, is kept.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from onrecord.errors import MissingExtraError
from onrecord.text.words import words

VALUES: Final = 64
ALIKE: Final = 0.8
_BANDS: Final = 16
_RUN: Final = 5
_SEED: Final = 20261201
_MOST_ALIKE: Final = 64  # documents of one band that a document is held against


def signature(text: str) -> tuple[bytes, int]:
    """Give a text's MinHash, 4 bytes a value, and its number of words; raises MissingExtraError without rensa."""
    try:
        import rensa  # noqa: PLC0415 - an optional package loads when it is used
    except ImportError as error:
        raise MissingExtraError("rensa", "scale") from error
    folded = [word.folded for word in words(text)]
    hashed = rensa.RMinHash(num_perm=VALUES, seed=_SEED)
    hashed.update([" ".join(folded[at : at + _RUN]) for at in range(max(1, len(folded) - _RUN + 1))])
    return struct.pack(f"<{VALUES}I", *hashed.digest()), len(folded)


def near_copies(signatures: Iterable[tuple[str, bytes]]) -> list[tuple[str, str, float]]:
    """List the documents that copy one before them, with the one that is kept and their likeness (0 to 1).

    ``signatures`` are ids and hashes in the order in which one is kept before another.
    """
    width = 4 * VALUES // _BANDS
    bands: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    kept: list[tuple[str, tuple[int, ...]]] = []
    found = []
    for name, hashed in signatures:
        values = struct.unpack(f"<{VALUES}I", hashed)
        keys = [(band, hashed[band * width : (band + 1) * width]) for band in range(_BANDS)]
        near = dict.fromkeys(number for key in keys for number in bands.get(key, ())[:_MOST_ALIKE])
        likest = max(((_alike(values, kept[number][1]), -number) for number in near), default=(0.0, 0))
        if likest[0] >= ALIKE:
            found.append((name, kept[-likest[1]][0], likest[0]))
            continue
        for key in keys:
            bands[key].append(len(kept))
        kept.append((name, values))
    return found


def _alike(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    return sum(a == b for a, b in zip(one, other, strict=True)) / VALUES
