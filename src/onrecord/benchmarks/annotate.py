"""How fast ``annotate`` is on this machine, all stages, and what the hardware would allow.

Reads documents, or makes some of about 750 words from sentences of its own; gives processor seconds per 750-word
article with the model loaded, words per second, what runs the encoder, how often it reads a piece, what share of this
machine's own 8-bit matrix-multiply rate for the same shapes it reaches, and the peak memory of the process.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import msgspec
import numpy as np

from onrecord import pipeline
from onrecord.annotators.attribution.encoder import HEAD, HIDDEN, Encoder, Part, Reading
from onrecord.annotators.attribution.inference import runtime
from onrecord.annotators.attribution.pieces import cut_windows
from onrecord.document import Document
from onrecord.text.analysed import Analysed

ARTICLE: Final = 750  # words
_PIECES: Final = 176  # a window of the usual length
_NAMES: Final = ("Marta Keller", "Anil Rao", "Deputy Mayor Ruth Okafor", "Chief Engineer Tom Hale", "the ministry")
_THINGS: Final = ("the bridge", "the new clinic", "the ferry terminal", "the reservoir", "the northern line")
_SENTENCES: Final = (
    "{name} said {thing} would reopen within {number} days.",
    "“We have looked at {thing} and found {number} faults,” {name} said. “None of them is new.”",
    "Work on {thing} began on Monday, after {number} months of delay.",
    "According to {name}, {number} people had complained about {thing}.",
    "More than {number} residents live within a mile of {thing}, which was built in 1968.",
    "Asked about {thing}, {name} told reporters that a decision “cannot wait another {number} weeks.”",
    "The council voted on Thursday to spend ${number} million on {thing}.",
    "{name}, who took office last year, denied that {thing} had been neglected.",
)


class Speed(msgspec.Struct, frozen=True):
    """What was measured; seconds are of processor time, rates per processor second."""

    articles: int
    words: int
    seconds_per_article: float
    words_per_second: float
    backend: str
    encoder_seconds_per_article: float
    encoder_pieces_per_second: float
    encoder_readings_per_piece: float
    encoder_share_of_matrix_rate: float
    other_seconds_per_article: float
    load_seconds: float
    peak_megabytes: float


def made_articles(count: int, seed: int = 0) -> list[Document]:
    """Make articles of about 750 words whose sentences are like those of news."""
    rng = random.Random(seed)  # noqa: S311 - no secret hangs on it
    articles = []
    for number in range(count):
        paragraphs = ["Council weighs the cost of delay"]
        words = 0
        while words < ARTICLE:
            chosen = [
                rng.choice(_SENTENCES).format(
                    name=rng.choice(_NAMES), thing=rng.choice(_THINGS), number=rng.randint(3, 90)
                )
                for _ in range(rng.randint(1, 3))
            ]
            paragraphs.append(" ".join(chosen))
            words += len(paragraphs[-1].split())
        articles.append(Document(id=f"made-{number}", text="\n\n".join(paragraphs)))
    return articles


class _WatchedEncoder(Encoder):
    """An encoder that counts what it reads, and how long that takes."""

    seconds = 0.0
    pieces = 0  # of the texts, once
    through = 0  # that go through the layers: windows overlap, and contents are read again

    def read(self, texts: Sequence[tuple[Analysed, Sequence[Part] | None]]) -> list[Reading]:
        """Read as every encoder does."""
        begun = time.process_time()
        readings = super().read(texts)
        self.seconds += time.process_time() - begun
        self.pieces = self.pieces or sum(len(reading.pieces.ids) for reading in readings)
        self.through += sum(map(_pieces_through, readings))
        return readings


def measure_speed(documents: Sequence[Document] | None = None) -> Speed:
    """Measure ``annotate`` on documents (by default twenty made ones), one thread, everything loaded beforehand."""
    given = list(documents) if documents else made_articles(20)
    begun = time.process_time()
    encoder = _WatchedEncoder.load()
    pipeline.annotate(made_articles(1, seed=9), encoder=encoder)
    loaded = time.process_time() - begun
    encoder.seconds, encoder.pieces, encoder.through = 0.0, 0, 0
    words = sum(len(document.text.split()) for document in given)
    begun = time.process_time()
    pipeline.annotate(given, encoder=encoder)
    seconds = time.process_time() - begun
    articles = words / ARTICLE
    return Speed(
        articles=len(given),
        words=words,
        seconds_per_article=round(seconds / articles, 4),
        words_per_second=round(words / seconds),
        backend=encoder.backend,
        encoder_seconds_per_article=round(encoder.seconds / articles, 4),
        encoder_pieces_per_second=round(encoder.through / encoder.seconds),
        encoder_readings_per_piece=round(encoder.through / encoder.pieces, 2),
        encoder_share_of_matrix_rate=round(matrix_seconds(products_of(encoder)) * encoder.through / encoder.seconds, 3),
        other_seconds_per_article=round((seconds - encoder.seconds) / articles, 4),
        load_seconds=round(loaded, 2),
        peak_megabytes=round(_peak_megabytes(), 1),
    )


def _pieces_through(reading: Reading) -> int:
    """Count the word pieces that go through the layers, those in the overlap of two windows twice."""
    bounds = np.append(reading.pieces.first, len(reading.pieces.ids))
    return sum(int(bounds[w.end] - bounds[w.start]) + 2 for w in cut_windows(reading.pieces))


def products_of(encoder: Encoder) -> Counter[tuple[int, int]]:
    """Count the matrix products of the encoder's layers by their shape: (inputs, outputs) a word piece."""
    products: Counter[tuple[int, int]] = Counter()
    for heads, inner in encoder.shape:
        products[HIDDEN, heads * HEAD] += 3
        products[heads * HEAD, HIDDEN] += 1
        products[HIDDEN, inner] += 1
        products[inner, HIDDEN] += 1
    return products


def matrix_seconds(products: Counter[tuple[int, int]]) -> float:
    """Measure how long this machine's own 8-bit products of these shapes take: processor seconds a word piece."""
    onnxruntime = runtime()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    rng = np.random.default_rng(0)
    seconds = 0.0
    for (inputs, outputs), count in products.items():
        weight = rng.integers(0, 255, (inputs, outputs), dtype=np.uint8)
        session = onnxruntime.InferenceSession(_product_model(weight), options, providers=["CPUExecutionProvider"])
        feeds = {"a": rng.integers(0, 255, (_PIECES, inputs), dtype=np.uint8)}
        session.run(None, feeds)
        begun = time.process_time()
        for _ in range(60):
            session.run(None, feeds)
        seconds += (time.process_time() - begun) / 60 / _PIECES * count
    return seconds


def _product_model(weight: np.ndarray[Any, Any]) -> bytes:
    """Write the smallest ONNX model of a product ``a (n, k) @ weight (k, m)`` in 8 bits, as protocol buffer bytes.

    Field numbers are those of onnx.proto3 (ModelProto, GraphProto, NodeProto, TensorProto); onnx itself is no
    dependency of the installed program.
    """

    def varint(value: int) -> bytes:
        out = bytearray()
        while value > 127:
            out.append(value & 127 | 128)
            value >>= 7
        return bytes([*out, value])

    def number(field: int, value: int) -> bytes:
        return varint(field << 3) + varint(value)

    def block(field: int, value: bytes) -> bytes:
        return varint(field << 3 | 2) + varint(len(value)) + value

    def declared(name: bytes, kind: int) -> bytes:
        shape = block(1, block(2, b"r")) + block(1, block(2, b"c" + name))
        return block(1, name) + block(2, block(1, number(1, kind) + block(2, shape)))

    uint8, int32 = 2, 6
    k, m = weight.shape
    tensor = number(1, k) + number(1, m) + number(2, uint8) + block(8, b"w") + block(9, weight.tobytes())
    node = block(1, b"a") + block(1, b"w") + block(2, b"y") + block(4, b"MatMulInteger")
    graph = block(1, node) + block(2, b"g") + block(5, tensor)
    graph += block(11, declared(b"a", uint8)) + block(12, declared(b"y", int32))
    return number(1, 8) + block(7, graph) + block(8, number(2, 17))


def _peak_megabytes() -> float:
    """Give the most memory that this process has held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
