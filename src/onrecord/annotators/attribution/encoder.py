"""The trained encoder at work: texts to word states and tag scores, cues to memberships, sentences to embeddings.

Reads the files of a weights folder (``manifest.json`` lists them with their checksums, which loading verifies) and
texts; gives :class:`Reading` s. What a text gets does not depend on which texts are read with it, on their order, or on
the number of threads: only windows of one length go through the layers together, none is padded, and the scales of the
8-bit layers are fixed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Final, NamedTuple, Self

import msgspec
import numpy as np
from numpy.typing import NDArray

from onrecord.annotators.attribution.inference import Backend, Graph, chosen_backend, load_graph
from onrecord.annotators.attribution.linking import REACH, Range, reach_from
from onrecord.annotators.attribution.pieces import CLS, SEP, Pieces, Window, cut_pieces, cut_windows, load_tokenizer
from onrecord.annotators.attribution.tagging import TAGS, allowed_transitions
from onrecord.errors import WeightsError
from onrecord.text.analysed import Analysed

FORMAT: Final = 2  # 2: with the shape of the layers; 1: all layers whole
HIDDEN: Final = 384
HEAD: Final = 32  # values of one head of attention
_BATCH: Final = 512  # word pieces that go through the layers at once: what the processor's cache holds
_LONGEST_SENTENCE: Final = 256  # word pieces of a text to embed; all-MiniLM-L6-v2 reads no more
_CUES_AT_ONCE: Final = 64

Floats = NDArray[np.float32]
Part = tuple[int, int, bool]
_Row = Annotated[list[float], msgspec.Meta(min_length=TAGS, max_length=TAGS)]


_FILES: Final = ("tagger.onnx", "linker.onnx", "sentences.onnx", "tokenizer.json", "words.npz")


class _Listed(msgspec.Struct):
    """A file of a weights folder, as its manifest lists it."""

    sha256: str


class _Manifest(msgspec.Struct):
    """What a manifest must say."""

    files: dict[str, _Listed]
    shape: list[tuple[int, int]]
    transitions: Annotated[list[_Row], msgspec.Meta(min_length=TAGS, max_length=TAGS)]


class Reading(NamedTuple):
    """A text as the encoder reads it: its pieces, and for each word its state (m, HIDDEN) and tag scores (m, TAGS)."""

    pieces: Pieces
    states: Floats
    emissions: Floats


class Encoder:
    """The trained layers, loaded once and used for every document. Make one with :meth:`load`."""

    def __init__(self, folder: Path, manifest: dict[str, Any], *, backend: Backend, threads: int) -> None:
        """Take a folder whose files have been verified."""
        self._folder, self._threads = folder, threads
        self.backend: Backend = backend
        self.shape: tuple[tuple[int, int], ...] = tuple((heads, inner) for heads, inner in manifest["shape"])
        """For each layer, its heads of attention and its inner values."""
        learnt = np.array(manifest["transitions"], dtype=np.float32)
        self.transitions: Floats = np.where(allowed_transitions(), learnt, -np.inf).astype(np.float32)
        with np.load(folder / "words.npz") as table:
            self._rows: NDArray[np.int8] = table["rows"]
            self._scale: Floats = table["scale"]

    @classmethod
    def load(cls, path: Path | None = None, *, backend: Backend | None = None, threads: int = 1) -> Self:
        """Load the weights that come with onrecord, or those of another folder.

        ``backend`` is what runs them; ``None`` for the one that the environment names
        (:mod:`onrecord.annotators.attribution.inference`). Raises :class:`WeightsError` where the folder is not whole,
        or a file is not the one that the manifest lists, UsageError where the environment names no backend.
        """
        folder = Path(str(resources.files("onrecord"))) / "weights" if path is None else path
        return cls(folder, verified_manifest(folder), backend=chosen_backend(backend), threads=threads)

    @cached_property
    def tokenizer(self) -> Any:
        """The tokeniser, without truncation or padding."""
        return load_tokenizer(self._folder / "tokenizer.json")

    def _graph(self, name: str) -> Graph:
        return load_graph(self._folder / f"{name}.onnx", self.backend, threads=self._threads)

    @cached_property
    def _tagger(self) -> Graph:
        return self._graph("tagger")

    @cached_property
    def _linker(self) -> Graph:
        return self._graph("linker")

    @cached_property
    def _sentences(self) -> Graph:
        return self._graph("sentences")

    def _word_rows(self, ids: NDArray[np.int32]) -> Floats:
        """Look up the word table: (…) to (…, HIDDEN)."""
        return self._rows[ids] * self._scale[ids][..., None]

    def read(self, texts: Sequence[tuple[Analysed, Sequence[Part] | None]]) -> list[Reading]:
        """Read texts, each with the parts to search (start, end, whether a headline), ``None`` for all of its lines."""
        cut = [cut_pieces(text, self.tokenizer, parts) for text, parts in texts]
        readings = [
            Reading(
                pieces,
                np.zeros((len(pieces.first), HIDDEN), dtype=np.float32),
                np.zeros((len(pieces.first), TAGS), dtype=np.float32),
            )
            for pieces in cut
        ]
        alike: dict[tuple[bytes, int, int], list[tuple[Reading, Window]]] = {}  # agencies' texts come many times over
        for reading in readings:
            for window in cut_windows(reading.pieces):
                alike.setdefault(_look_of(reading.pieces, window), []).append((reading, window))
        windows = [(_size(like[0][0].pieces, like[0][1]), like) for like in alike.values()]
        for length, group in _grouped(windows, _BATCH):
            self._read_group([like for _, like in group], length)
        return readings

    def _read_group(self, group: list[list[tuple[Reading, Window]]], size: int) -> None:
        """Put windows of ``size`` pieces each through the layers, those alike once; keep what their cores give."""
        length = size + 2
        ids, case, state, place = (np.zeros((len(group), length), dtype=np.int32) for _ in range(4))
        ids[:, 0], ids[:, -1] = CLS, SEP
        wanted: list[NDArray[np.int64]] = []
        for row, ((reading, window), *_) in enumerate(group):
            pieces = reading.pieces
            a = int(pieces.first[window.start])
            for target, source in (
                (ids, pieces.ids),
                (case, pieces.case),
                (state, pieces.state),
                (place, pieces.place),
            ):
                target[row, 1:-1] = source[a : a + size]
            core = pieces.first[window.core_start : window.core_end].astype(np.int64)
            wanted.append(core - a + 1 + row * length)
        states, emissions = self._tagger.run(
            {
                "words": self._word_rows(ids),
                "case": case,
                "state": state,
                "place": place,
                "wanted": np.concatenate(wanted),
            }
        )
        at = 0
        for like in group:
            count = like[0][1].core_end - like[0][1].core_start
            for reading, window in like:
                reading.states[window.core_start : window.core_end] = states[at : at + count]
                reading.emissions[window.core_start : window.core_end] = emissions[at : at + count]
            at += count

    def members(self, reading: Reading, cues: Sequence[Range]) -> Floats:
        """Tell how likely each word within reach of a cue belongs to nothing of it, its source, its content.

        Gives (cues, 2 * REACH, 3); row j of a cue is word ``reach_from(cue) + j``. Beyond the text all is nothing.
        """
        result = np.zeros((len(cues), 2 * REACH, 3), dtype=np.float32)
        m = len(reading.pieces.first)
        for at in range(0, len(cues), _CUES_AT_ONCE):
            some = cues[at : at + _CUES_AT_ONCE]
            low = max(min(start for start, _ in some) - 2 * REACH, 0)
            high = min(max(end for _, end in some) + 2 * REACH, m)
            feeds: dict[str, NDArray[Any]] = {
                "states": reading.states[low:high],
                "paragraph": reading.pieces.paragraph[low:high].astype(np.int64),
                "first": np.array([start - low for start, _ in some], dtype=np.int64),
                "last": np.array([end - 1 - low for _, end in some], dtype=np.int64),
            }
            result[at : at + len(some)] = self._linker.run(feeds)[0]
        for row, cue in zip(result, cues, strict=True):
            first = reach_from(cue)
            row[: max(-first, 0)] = row[max(m - first, 0) :] = (1, 0, 0)
        return result

    def embed(self, texts: Sequence[str]) -> Floats:
        """Embed texts (all-MiniLM-L6-v2, 8-bit): (texts, HIDDEN), each row of length 1; like texts are read once."""
        unique = {text: i for i, text in enumerate(dict.fromkeys(texts))}
        encodings = self.tokenizer.encode_batch(list(unique), add_special_tokens=False)
        rows = [[CLS, *encoding.ids[: _LONGEST_SENTENCE - 2], SEP] for encoding in encodings]
        embedded = np.zeros((len(rows), HIDDEN), dtype=np.float32)
        items = [(len(row), i, row) for i, row in enumerate(rows)]
        for _, group in _grouped(items, _BATCH):
            ids = np.array([row for *_, row in group], dtype=np.int32)
            given = self._sentences.run({"words": self._word_rows(ids)})[0]
            embedded[[i for _, i, _ in group]] = given
        return embedded[[unique[text] for text in texts]]


def verified_manifest(folder: Path) -> dict[str, Any]:
    """Read a weights folder's manifest and hold every file it lists against its checksum."""
    path = folder / "manifest.json"
    try:
        manifest: Any = json.loads(path.read_text(encoding="utf8"))
    except (OSError, ValueError, RecursionError) as error:
        raise WeightsError(f"{folder} holds no readable manifest.json; install onrecord again.") from error
    version = manifest.get("format") if isinstance(manifest, dict) else None
    if version != FORMAT:
        raise WeightsError(
            f"{path} is of format {version}, this version of onrecord reads {FORMAT}: "
            "fit the weights again with onrecord train, or install the version that wrote them."
        )
    try:
        listed = msgspec.convert(manifest, _Manifest)
    except msgspec.ValidationError as error:
        raise WeightsError(f"{path} does not say what it must ({error}); install onrecord again.") from error
    if missing := [name for name in _FILES if name not in listed.files]:
        raise WeightsError(f"{path} does not list {', '.join(missing)}; install onrecord again.")
    for name, facts in listed.files.items():
        try:
            found = sha256_of(folder / name)
        except OSError as error:
            raise WeightsError(f"{folder / name} is missing; install onrecord again.") from error
        if found != facts.sha256:
            raise WeightsError(f"{folder / name} is damaged: its SHA-256 is {found}, not {facts.sha256}.")
    return dict(manifest)


def sha256_of(path: Path) -> str:
    """Give a file's SHA-256 in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _size(pieces: Pieces, window: Window) -> int:
    """Count a window's word pieces."""
    end = len(pieces.ids) if window.end == len(pieces.first) else int(pieces.first[window.end])
    return end - int(pieces.first[window.start])


def _look_of(pieces: Pieces, window: Window) -> tuple[bytes, int, int]:
    """Give all of a window that the layers see, and where in it its core lies: windows alike get the same states."""
    first = int(pieces.first[window.start])
    part = slice(first, first + _size(pieces, window))
    seen = (pieces.ids[part], pieces.case[part], pieces.state[part], pieces.place[part])
    bounds = window.core_start - window.start, window.core_end - window.start
    return b"".join(column.tobytes() for column in seen), *bounds


def _grouped(items: Iterable[Any], limit: int) -> Iterator[tuple[int, list[Any]]]:
    """Group items (size first) of one size: (size, items), at most ``limit`` pieces a group (one item at least)."""
    by_size: dict[int, list[Any]] = {}
    for item in items:
        by_size.setdefault(item[0], []).append(item)
    for size, group in sorted(by_size.items()):
        count = max(limit // (size + 2), 1)
        for at in range(0, len(group), count):
            yield size, group[at : at + count]
