"""Could so good an alignment be an accident? A quotation's score against what chance gives in as long a text.

Short quotations of common words stand in every long transcript. How good an alignment chance gives was measured: 3,413
quotations of news articles were aligned with speeches that their speakers did not hold, and quotations of those
speeches with the speeches they come from; :func:`confidence` is the logistic regression of one against the other
(``onrecord.evaluate.generate_wording`` makes the second kind). Where a transcript names its speakers, what *other*
speakers' turns give for the same quotation is held against it too, so that a phrase that everybody there uses proves
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import exp, log
from typing import Final

from onrecord.compare.alignment import Hit

SURE: Final = 0.5
"""The confidence from which an alignment counts as found."""
_PER_NAT: Final = 0.4
_NEEDED: Final = 27.0
"""Score, in nats, that a whole quotation needs in a transcript of 5,000 words for a confidence of one half."""
_NEEDED_PER_SHARE: Final = 12.0
"""Nats that a quotation needs beyond that where nothing of it but the aligned words speaks for it."""
_NEEDED_PER_LOG_WORD: Final = 1.6
_KNOWN_SPEAKER: Final = 5.0
_PLAIN: Final = 45.0
"""Score beyond which what other speakers' turns hold is no counter-evidence: the words were repeated."""


def confidence(hit: Hit, words: int, *, same_speaker: bool, elsewhere: Iterable[Hit] = ()) -> float:
    """Give the chance (0 to 1) that the alignment is no accident, in transcripts of ``words`` words.

    ``elsewhere`` are alignments of the same quotation with turns of other speakers.
    """
    needed = _NEEDED + _NEEDED_PER_LOG_WORD * log(max(words, 50) / 5000) + _NEEDED_PER_SHARE * (1 - hit.share)
    if same_speaker:
        needed -= _KNOWN_SPEAKER
    others = max((o.score for o in elsewhere), default=0.0)
    if hit.score < _PLAIN:
        needed = max(needed, others + 1.0)
    return 1 / (1 + exp(min(_PER_NAT * (needed - hit.score), 50.0)))
