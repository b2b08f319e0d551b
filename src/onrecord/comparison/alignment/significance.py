"""Could so good an alignment be an accident? A quotation's score against what chance gives in as long a text.

Short quotations of common words stand in every long transcript. How good an alignment chance gives was measured: some
2,000 quotations of news articles were aligned with speeches that their speakers did not hold. Chance gives more
evidence with the logarithms of the quotation's and of the transcript's length, as it does for alignments of any kind
(S. Karlin and S. Altschul, Methods for assessing the statistical significance of molecular sequence features, PNAS 87,
1990). Where a transcript names its speakers, what *other*
speakers' turns give for the same quotation is weighed against it too, so that a phrase that everybody there uses proves
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from math import exp, log
from typing import Final

from onrecord.comparison.alignment.search import Hit

SURE: Final = 0.5
"""The confidence from which an alignment counts as found."""
_PER_NAT: Final = 0.5
_NEEDED: Final = 16.0
"""Evidence, in nats, that a whole quotation of up to eight words needs in 3,000 words for a confidence of one half."""
_PER_LOG_LENGTH: Final = 3.0
"""Nats more for each e-fold of the quotation's length: it holds more phrases that may be met by accident."""
_PER_LOG_WORDS: Final = 1.5
"""Nats more for each e-fold of the transcript's length."""
_PER_MISSING_SHARE: Final = 13.0
"""Nats more where all but the aligned words of the quotation speak against it."""
_KNOWN_SPEAKER: Final = 2.0
_KNOWN_SPEAKER_MISSING: Final = 0.7
"""Nats less, and part of the nats for a missing share, where the turn is that of the speaker credited."""
_WHOLE_RUN: Final = 3.0
"""Nats less where that turn holds a short quotation whole and word after word, and nobody else's turn does. Measured:
of quotations of two to six words, 0.8 % stand so in a speech that their speaker gave at another time with 10 to 16 nats
of evidence, and 10 % in one given on the day; so of those found nine in ten are no accident."""
_PARTLY: Final = 0.6
_PER_WORD: Final = 2.0
"""Share under which a turn that is not known to be the credited speaker's must give so many nats a word: a long
quotation meets with words of its own in every long speech. Measured: of the nine such that 48 articles of PolNeAR have
in speeches of another occasion or speaker, none gives more than 1.7."""
_VERSION: Final = 3.5
"""Nats a word from which on a short run is more than common words that keep company ("so many of my" gives 2.8)."""
_SHORT: Final = 8
_WHOLE: Final = 0.999
_PLAIN: Final = 32.0
"""Evidence beyond which what other speakers' turns hold is no counter-evidence: the words were repeated."""


def confidence(hit: Hit, words: int, *, same_speaker: bool, elsewhere: Iterable[Hit] = ()) -> float:
    """Give the chance (0 to 1) that the alignment is no accident, in transcripts of ``words`` words.

    ``elsewhere`` are alignments of the same quotation with turns of other speakers.
    """
    missing = _PER_MISSING_SHARE * (_KNOWN_SPEAKER_MISSING if same_speaker else 1.0)
    needed = _NEEDED + _PER_LOG_WORDS * log(max(words, 3000) / 3000) + missing * (1 - hit.share)
    needed += _PER_LOG_LENGTH * log(max(len(hit.places), _SHORT) / _SHORT)
    others = list(elsewhere)
    if same_speaker:
        needed -= _KNOWN_SPEAKER
        version = len(hit.places) <= _SHORT and hit.evidence >= _VERSION * len(hit.places)
        if version and _is_run(hit) and not any(map(_is_run, others)):
            needed -= _WHOLE_RUN
    elif hit.share < _PARTLY:
        needed = max(needed, _PER_WORD * len(hit.places))
    if hit.evidence < _PLAIN:
        needed = max(needed, max((o.evidence for o in others), default=0.0) + 1.0)
    return 1 / (1 + exp(min(_PER_NAT * (needed - hit.evidence), 50.0)))


def _is_run(hit: Hit) -> bool:
    """Return whether all words of the quotation stand there one after another."""
    return hit.share >= _WHOLE and all(b - a == 1 for a, b in pairwise(hit.places)) and hit.first >= 0
