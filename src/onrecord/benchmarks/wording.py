"""How fast quotations are checked: made transcripts of any length, quotations of every kind, processor seconds.

The text is made from a seed with word frequencies as language has them (Zipf's law over a vocabulary that grows with
the text), so that a figure can be had on any machine without real text.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from math import log
from typing import NamedTuple

import numpy as np

from onrecord.annotation import Annotations
from onrecord.comparison.alignment.index import TranscriptIndex
from onrecord.comparison.wording.verdicts import judge
from onrecord.document import Document, Span


class WordingSpeed(NamedTuple):
    """Processor seconds for ``quotations`` quotations against one transcript of ``words`` words."""

    words: int
    quotations: int
    index_seconds: float
    judge_seconds: float

    @property
    def seconds(self) -> float:
        """Add the two: indexing and judging."""
        return self.index_seconds + self.judge_seconds


class WordingScaling(NamedTuple):
    """Speeds at several sizes, and the slope of the log of time over the log of size, by least squares."""

    speeds: tuple[WordingSpeed, ...]
    slope: float


def benchmark_wording(words: int = 100_000, quotations: int = 1_000, seed: int = 0) -> WordingSpeed:
    """Measure one size: a third of the quotations whole, a third altered, a third with words left out."""
    transcript, quoted = _made(words, quotations, seed)
    document, spans = _article(quoted)
    began = time.process_time()
    index = TranscriptIndex([Annotations(transcript)])
    indexed = time.process_time()
    for span in spans:
        judge([span], document, index)
    return WordingSpeed(words, quotations, indexed - began, time.process_time() - indexed)


def benchmark_scaling(sizes: Sequence[int] = (10_000, 100_000, 1_000_000), quotations: int = 1_000) -> WordingScaling:
    """Measure several sizes and fit the slope."""
    speeds = tuple(benchmark_wording(size, quotations) for size in sizes)
    x = [log(s.words) for s in speeds]
    y = [log(s.seconds) for s in speeds]
    return WordingScaling(speeds, float(np.polyfit(x, y, 1)[0]))


def _made(words: int, quotations: int, seed: int) -> tuple[Document, list[str]]:
    rng = random.Random(seed)  # noqa: S311 - made text, no secret
    vocabulary = _vocabulary(max(2_000, int(30 * words**0.5)), rng)
    weights = np.cumsum(1 / np.arange(1, len(vocabulary) + 1))
    draws = np.searchsorted(weights, np.random.default_rng(seed).random(words) * weights[-1])
    tokens = [vocabulary[int(d)] for d in draws]
    quoted = [_quotation(tokens, number, rng) for number in range(quotations)]
    text = " ".join(
        " ".join(tokens[at : at + 14]).capitalize() + ("." if at % 70 else ".\n") for at in range(0, words, 14)
    )
    return Document("made", text, "transcript"), quoted


def _vocabulary(size: int, rng: random.Random) -> list[str]:
    common = "the to and of a in i that you it is we for on be was have with they this are not as at he but".split()
    letters = "bdfgklmnprstv"
    made: dict[str, None] = dict.fromkeys(common)
    while len(made) < size:
        syllables = rng.randint(1, 4)
        made["".join(rng.choice(letters) + rng.choice("aeiou") for _ in range(syllables)) + rng.choice(letters)] = None
    return list(made)


def _quotation(tokens: Sequence[str], number: int, rng: random.Random) -> str:
    size = rng.randint(10, 35)
    at = rng.randrange(max(1, len(tokens) - size))
    quoted = list(tokens[at : at + size])
    if number % 3 == 1:
        quoted[rng.randrange(2, len(quoted) - 2)] = "otherwise"
    elif number % 3 == 2:
        cut = rng.randrange(3, len(quoted) - 5)
        del quoted[cut : cut + 3]
    return " ".join(quoted)


def _article(quoted: Sequence[str]) -> tuple[Document, list[Span]]:
    text, spans = "", []
    for words in quoted:
        start = len(text) + 1
        text += f"“{words}” he said.\n"
        spans.append(Span(start, start + len(words)))
    return Document("article", text, "report"), spans
