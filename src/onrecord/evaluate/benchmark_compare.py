"""How long ``compare`` takes once its documents are annotated, and how that grows with their number.

Reads documents, or makes reports of one event whose sentences are put together from word lists; gives processor seconds
for several numbers of documents and the slope of the logarithms.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from math import log

import msgspec
import numpy as np

from onrecord import pipeline
from onrecord.document import Document, Published

SIZES = (25, 100, 400)
_WORDS = 700
_NAMES = ("Ada Thorne", "Bo Lindqvist", "Cleo Marsh", "Dov Ilan", "Esi Mensah", "Faye Ortiz", "Gus Abara", "Hana Weiss")
_ONSETS = "b br d dr f fl g gr k kl l m n p pl r s st t tr v".split()
_NUCLEI = "a e i o u ai ea ou".split()
_CODAS = " n r l st nd rk m".split(" ")


class Comparing(msgspec.Struct, frozen=True):
    """Processor seconds of ``compare`` without ``annotate``, by number of documents; ``slope`` of the logarithms."""

    seconds: dict[int, float]
    slope: float


def measure_comparing(documents: Sequence[Document] | None = None, sizes: Sequence[int] = SIZES) -> Comparing:
    """Measure ``compare`` on the first documents, in several numbers; by default on made reports of one event."""
    given = list(documents) if documents else made_reports(max(sizes))
    annotated = pipeline.annotate(given)
    pipeline.compare_annotated(annotated[:2])
    seconds = {}
    for size in sorted({min(size, len(annotated)) for size in sizes}):
        begun = time.process_time()
        pipeline.compare_annotated(annotated[:size])
        seconds[size] = round(time.process_time() - begun, 2)
    slope = np.polyfit([log(n) for n in seconds], [log(s) for s in seconds.values()], 1)[0] if len(seconds) > 1 else 0
    return Comparing(seconds, round(float(slope), 2))


def made_reports(count: int, seed: int = 0) -> list[Document]:
    """Make reports of about 700 words that tell one event: half their sentences are told by others, half their own."""
    rng = random.Random(seed)  # noqa: S311 - no secret hangs on it
    vocabulary = [_made_word(rng) for _ in range(4_000)]
    pool = [_sentence(rng, vocabulary) for _ in range(40 + count)]
    reports = []
    for number in range(count):
        paragraphs = [" ".join(rng.sample(vocabulary, 6)).capitalize()]
        words = 0
        while words < _WORDS:
            sentence = rng.choice(pool) if rng.random() < 0.5 else _sentence(rng, vocabulary)
            words += len(sentence.split())
            paragraphs.append(sentence)
        published = Published(f"2031-05-{1 + number % 3:02}", "caller")
        reports.append(Document(id=f"made-{number}", text="\n\n".join(paragraphs), published=published))
    return reports


def _made_word(rng: random.Random) -> str:
    syllables = rng.randint(1, 3)
    return "".join(rng.choice(_ONSETS) + rng.choice(_NUCLEI) + rng.choice(_CODAS) for _ in range(syllables))


def _sentence(rng: random.Random, vocabulary: Sequence[str]) -> str:
    told = " ".join(
        rng.choice(vocabulary) if n % 2 else rng.choice(("the", "of", "and", "to", "in")) for n in range(18)
    )
    kind = rng.random()
    if kind < 0.3:
        return f"“The {told},” {rng.choice(_NAMES)} said."
    if kind < 0.5:
        return f"{rng.choice(_NAMES)} said that the {told}."
    return f"On Monday {rng.randint(3, 900)} {rng.choice(vocabulary)} {told}."
