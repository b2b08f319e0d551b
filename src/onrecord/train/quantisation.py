"""Values and weights in 8 bits: by which scale each linear layer's inputs are rounded, chosen on some text beforehand.

Reads a network and batches of text; gives an :class:`Entry` for every linear layer. A scale that is fixed beforehand
makes a text's figures independent of what else is in its batch; dynamic quantisation, which takes scales from each
batch, does not.

Values and weights alike are unsigned. Where a processor has no VNNI, onnxruntime multiplies unsigned values with signed
weights by an instruction that adds two products in 16 bits and cuts off what is over 32,767: the result is wrong, and
another one than a processor with VNNI gives. For unsigned weights it takes 32-bit sums on every processor.
"""

# torch comes with the extra ``train`` only; where it is missing, mypy sees Any in its place, and elsewhere it does not
# mypy: disable-error-code="misc, untyped-decorator, no-any-return, no-untyped-call", no-warn-unused-ignores

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from onrecord.train.examples import Batch
from onrecord.train.network import Encoder, Network, as_tensor

APART: Final = 8
"""So many inputs, the largest, stay in 32 bits where a layer would be rough with all in 8: a few inner values reach
ten to sixty times what others do, at a few pieces only, and a range that holds them leaves little for all others."""
ROUGH: Final = 0.05
"""The error of a layer's output by its inputs' 8 bits (root mean square, as a share of the output's) that is rough."""

ZERO_POINT: Final = 128
"""What stands for 0 in unsigned weights."""

Floats = NDArray[np.float32]
Run = Callable[[], Iterator[Tensor | None]]
"""Runs a network, batch by batch; gives after each which rows of the layers' inputs are real, None for all of them."""


class Entry(NamedTuple):
    """How the values that flow into a linear layer are put in 8 bits.

    Each input is first divided by its ``smooth`` and its weights multiplied by it (SmoothQuant, Xiao et al. 2023), so
    that a few large inputs do not take the range of all; then comes one scale with its zero point. The inputs listed in
    ``wide`` stay in 32 bits.
    """

    scale: float
    zero: int
    smooth: Floats
    wide: NDArray[np.int64]


Scales = Mapping[str, Entry]


def quantised_columns(weight: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Give (inputs, outputs) 8-bit weights and one scale an output, symmetric."""
    scale = np.maximum(np.abs(weight).max(axis=0), 1e-8) / 127
    return np.clip(np.rint(weight / scale), -127, 127).astype(np.int8), scale.astype(np.float32)


def unsigned(weight: NDArray[np.int8]) -> NDArray[np.uint8]:
    """Give the same weights as unsigned numbers around ``ZERO_POINT``."""
    return (weight.astype(np.int16) + ZERO_POINT).astype(np.uint8)


def tagger_scales(network: Network, batches: Sequence[Batch]) -> Scales:
    """Choose the scales of a network's encoder."""
    encoder = network.encoder

    def run() -> Iterator[Tensor]:
        for b in batches:
            ids, case, state, place, mask = (as_tensor(a) for a in (b.ids, b.case, b.state, b.place, b.mask))
            encoder(ids, case, state, place, mask)
            yield mask > 0

    return _scales(_layers(encoder), run)


def sentence_scales(base: Encoder, batches: Sequence[Batch]) -> Scales:
    """Choose the scales of the base encoder, which knows nothing of case, marks or headlines."""

    def run() -> Iterator[Tensor]:
        for b in batches:
            ids, mask = as_tensor(b.ids), as_tensor(b.mask)
            base(ids, *(torch.zeros_like(ids) for _ in range(3)), mask)
            yield mask > 0

    return _scales(_layers(base), run)


def linker_scales(network: Network, batches: Sequence[Batch]) -> Scales:
    """Choose the scales of a network's linker."""
    linker = network.linker

    def run() -> Iterator[None]:
        for b in batches:
            words = network.word_states(*(as_tensor(a) for a in (b.ids, b.case, b.state, b.place, b.mask, b.first)))
            cues = (as_tensor(a) for a in (b.cue_window, b.cue_start, b.cue_end, b.paragraph))
            linker(words, *cues)
            yield None

    return _scales({name: getattr(linker, name) for name in ("word", "word2", "mix")}, run)


def _layers(encoder: Encoder) -> dict[str, Any]:
    """Give the linear layers by the name that each has in a graph."""
    return {
        f"l{i}.{name}": getattr(layer, name)
        for i, layer in enumerate(encoder.stack())
        for name in ("qkv", "out", "up", "down")
    }


def _scales(layers: Mapping[str, Any], run: Run, keep: float = 0.99999) -> Scales:
    """Watch what flows into linear layers; tell how each one's inputs are put in 8 bits.

    ``keep`` is the share of values kept inside the range on each side.
    """
    weights = {key: numbers(layer.weight) for key, layer in layers.items()}
    bounds = {
        key: (np.min([low for low, _ in seen], axis=0), np.max([high for _, high in seen], axis=0))
        for key, seen in _watch(layers, run, lambda _, x: numbers(torch.stack([*x.aminmax(dim=0)]))).items()
    }
    smooth = {key: _evening(np.maximum(-low, high), weights[key]) for key, (low, high) in bounds.items()}

    def quantiles(key: str, x: Tensor) -> Floats:
        values = (x / torch.from_numpy(smooth[key])).flatten()
        beyond = max(round(len(values) * (1 - keep)), 1)
        return np.array([-(-values).topk(beyond).values[-1].item(), values.topk(beyond).values[-1].item()])

    none = np.zeros(0, dtype=np.int64)
    entries = {
        key: _entry(np.mean(ends, axis=0), smooth[key], none) for key, ends in _watch(layers, run, quantiles).items()
    }

    def squares(key: str, x: Tensor) -> Floats:
        values = numbers(x)
        wrong = (_rounded(values, entries[key]) - values) @ weights[key].T
        return np.array([np.square(wrong).sum(), np.square(values @ weights[key].T).sum()])

    for key, seen in _watch(layers, run, squares).items():
        wrong, whole = np.sum(seen, axis=0)
        if wrong > ROUGH**2 * whole:
            entries[key] = _entry_apart(*bounds[key])
    return entries


def _evening(largest: Floats, weight: Floats) -> Floats:
    """Give by what each input is divided, so that inputs and weights (outputs, inputs) share what is large evenly."""
    even = np.sqrt(np.maximum(largest, 1e-4) / np.maximum(np.abs(weight).max(axis=0), 1e-4))
    return (even / np.exp(np.log(even).mean())).astype(np.float32)  # type: ignore[no-any-return]


def _entry(ends: Floats, smooth: Floats, wide: NDArray[np.int64]) -> Entry:
    """Lay 256 steps over the range between ``ends`` (lowest, highest), zero included."""
    low, high = min(float(ends[0]), 0.0), max(float(ends[1]), 0.0)
    scale = (high - low) / 255
    return Entry(scale, int(np.clip(round(-low / scale), 0, 255)), smooth, wide)


def _entry_apart(low: Floats, high: Floats) -> Entry:
    """Leave the inputs that reach widest, each from ``low`` to ``high``, in 32 bits; the range of all others fits."""
    wide = np.sort(np.argsort(-np.maximum(-low, high))[:APART])
    ends = np.array([np.delete(low, wide).min(), np.delete(high, wide).max()])
    return _entry(ends, np.ones_like(low), wide)


def _rounded(values: Floats, entry: Entry) -> Floats:
    """Give the values (n, inputs) as they are once put in 8 bits and read again."""
    steps = np.clip(np.rint(values / entry.smooth / entry.scale) + entry.zero, 0, 255) - entry.zero
    return steps * entry.scale * entry.smooth  # type: ignore[no-any-return]


@torch.inference_mode()
def _watch(layers: Mapping[str, Any], run: Run, look: Callable[[str, Tensor], Floats]) -> dict[str, list[Floats]]:
    """Look at the inputs (values, inputs), without padding, of every linear layer for each batch."""
    inputs: dict[str, Tensor] = {}
    seen: dict[str, list[Floats]] = {key: [] for key in layers}

    def watcher(key: str) -> Callable[[Any, Any], None]:
        return lambda _, given: inputs.update({key: given[0]})

    handles = [layer.register_forward_pre_hook(watcher(key)) for key, layer in layers.items()]
    for real in run():
        for key, x in inputs.items():
            seen[key].append(look(key, x.flatten(0, -2) if real is None else x[real]))
    for handle in handles:
        handle.remove()
    return seen


def numbers(tensor: Tensor) -> Floats:
    """Give a tensor as an array of 32-bit floats."""
    return tensor.detach().float().numpy()
