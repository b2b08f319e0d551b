"""Writing the trained network as the files that :mod:`onrecord.annotate.attribution.encoder` loads.

The graphs are laid node by node: no tracing, and the fused operators of onnxruntime stand where its own optimiser would
put them. Linear layers hold 8-bit weights, one scale a column; the scale of what flows into them is fixed beforehand on
training text, so that a text's figures do not depend on what else is in its batch (scales taken from each batch, as
dynamic quantisation does, make them depend on it). The word table is 8-bit with one scale a row, and serves both the
fitted layers and the base's, which give sentence embeddings.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor

from onrecord.annotate.attribution.encoder import FORMAT, HIDDEN, sha256_of
from onrecord.annotate.attribution.linking import REACH
from onrecord.annotate.attribution.tagging import TAGS
from onrecord.train.network import Encoder, Network

OPSET: Final = 17
MICROSOFT: Final = "com.microsoft"
APART: Final = 8
"""So many inputs, the largest, stay in 32 bits where a layer would be rough with all in 8: a few inner values reach
ten to sixty times what others do, at a few pieces only, and a range that holds them leaves little for all others."""
ROUGH: Final = 0.05
"""The error of a layer's output by its inputs' 8 bits (root mean square, as a share of the output's) that is rough."""

Floats = NDArray[np.float32]


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


class Graph:
    """An ONNX graph under construction: nodes in order, constants by name."""

    def __init__(self, name: str) -> None:
        """Begin empty."""
        self.name = name
        self.nodes: list[Any] = []
        self.constants: dict[str, Any] = {}
        self.inputs: list[Any] = []
        self.outputs: list[Any] = []

    def constant(self, name: str, value: NDArray[Any]) -> str:
        """Hold an array under a name."""
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def ints(self, *values: int) -> str:
        """Hold a vector of 64-bit integers."""
        return self.constant("ints_" + "_".join(map(str, values)).replace("-", "m"), np.array(values, dtype=np.int64))

    def add(self, kind: str, inputs: Sequence[str], output: str, domain: str = "", **attributes: Any) -> str:
        """Append a node with one output and give the output's name."""
        self.nodes.append(helper.make_node(kind, list(inputs), [output], domain=domain, **attributes))
        return output

    def input(self, name: str, kind: int, shape: Sequence[str | int]) -> str:
        """Declare an input."""
        self.inputs.append(helper.make_tensor_value_info(name, kind, list(shape)))
        return name

    def output(self, name: str, shape: Sequence[str | int]) -> None:
        """Declare an output of 32-bit floats."""
        self.outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, list(shape)))

    def save(self, path: Path) -> None:
        """Write the graph."""
        graph = helper.make_graph(self.nodes, self.name, self.inputs, self.outputs, list(self.constants.values()))
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="onrecord")
        onnx.save(model, str(path))


def quantised_columns(weight: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Give (inputs, outputs) 8-bit weights and one scale an output, symmetric."""
    scale = np.maximum(np.abs(weight).max(axis=0), 1e-8) / 127
    return np.clip(np.rint(weight / scale), -127, 127).astype(np.int8), scale.astype(np.float32)


def _numpy(tensor: Tensor) -> Floats:
    return tensor.detach().float().numpy()  # type: ignore[no-any-return]


class _Stack:
    """The encoder's layers in a graph, from the sum of embeddings to the last states."""

    def __init__(self, graph: Graph, encoder: Encoder, scales: Scales | None) -> None:
        self.graph, self.encoder, self.scales = graph, encoder, scales

    def _norm(self, name: str, module: Any) -> tuple[str, str]:
        g = self.graph
        return g.constant(f"{name}.g", _numpy(module.weight)), g.constant(f"{name}.b", _numpy(module.bias))

    def _entering(self, name: str, x: str) -> tuple[str, str, str]:
        """Quantise what flows into a linear layer: (8-bit values, scale, zero point)."""
        g = self.graph
        if self.scales is None:
            outputs = [f"{name}.q", f"{name}.s", f"{name}.z"]
            g.nodes.append(helper.make_node("DynamicQuantizeLinear", [x], outputs))
            return outputs[0], outputs[1], outputs[2]
        entry = self.scales[name]
        if np.any(entry.smooth != 1):
            x = g.add("Mul", [x, g.constant(f"{name}.smooth", (1 / entry.smooth).astype(np.float32))], f"{name}.even")
        s = g.constant(f"{name}.s", np.array(entry.scale, dtype=np.float32))
        z = g.constant(f"{name}.z", np.array(entry.zero, dtype=np.uint8))
        return g.add("QuantizeLinear", [x, s, z], f"{name}.q"), s, z

    def _smoothed(self, name: str, weight: Floats) -> Floats:
        """Give the weights (outputs, inputs) that go with the layer's smoothed inputs."""
        return weight if self.scales is None else weight * self.scales[name].smooth

    def _linear(self, name: str, x: str, module: Any) -> str:
        weight, bias = _numpy(module.weight), _numpy(module.bias)
        wide = self.scales[name].wide if self.scales is not None else np.zeros(0, dtype=np.int64)
        if not len(wide):
            return self._product(name, self._entering(name, x), self._smoothed(name, weight), bias)
        g = self.graph
        few = g.add("Gather", [x, g.constant(f"{name}.wide", wide)], f"{name}.few", axis=-1)
        apart = g.add("MatMul", [few, g.constant(f"{name}.few.w", weight[:, wide].T)], f"{name}.apart")
        rest = self._smoothed(name, weight).copy()
        rest[:, wide] = 0
        most = self._product(name, self._entering(name, x), rest, bias)
        return g.add("Add", [most, apart], f"{name}.sum")

    def _product(self, name: str, entered: tuple[str, str, str], weight: Floats, bias: Floats) -> str:
        """Multiply 8-bit values with 8-bit weights (outputs, inputs); the result is in 32 bits."""
        g = self.graph
        q, s, z = entered
        columns, scale = quantised_columns(weight.T)
        w, ws = g.constant(f"{name}.w", columns), g.constant(f"{name}.ws", scale)
        wz = g.constant(f"{name}.wz", np.zeros(len(scale), dtype=np.int8))
        b = g.constant(f"{name}.bias", bias)
        return g.add("MatMulIntegerToFloat", [q, w, s, ws, z, wz, b], f"{name}.y", MICROSOFT)

    def _attention(self, name: str, x: str, module: Any) -> str:
        """Lay the attention without a mask: all windows of a call are equally long, which lets it run in tiles."""
        entered = self._entering(name, x)
        weights = np.split(self._smoothed(name, _numpy(module.qkv.weight)), 3)
        biases = np.split(_numpy(module.qkv.bias), 3)
        parts = [self._product(f"{name}.{i}", entered, weights[i], biases[i]) for i in range(3)]
        return self.graph.add("MultiHeadAttention", parts, f"{name}.y", MICROSOFT, num_heads=module.heads)

    def _rows(self, x: str, width: int, wanted: str) -> str:
        """Take the ``wanted`` rows of x (windows, n, width): (wanted, width)."""
        flat = self.graph.add("Reshape", [x, self.graph.ints(-1, width)], f"{x}.flat")
        return self.graph.add("Gather", [flat, wanted], f"{x}.wanted")

    def lay(self, words: str, features: Sequence[tuple[str, Tensor]], wanted: str | None = None) -> str:
        """Lay the layers over ``words`` (windows, n, HIDDEN), the word rows; give the name of the last states.

        With ``wanted`` (places among all windows' pieces), the last layer goes on from its attention with these alone,
        and its states are (wanted, HIDDEN).
        """
        g = self.graph
        positions = g.constant("positions", _numpy(self.encoder.positions.weight + self.encoder.kind))
        shape = g.add("Shape", [words], "shape")
        length = g.add("Gather", [shape, g.ints(1)], "length")
        here = g.add("Slice", [positions, g.ints(0), length, g.ints(0)], "here")
        x = g.add("Add", [words, here], "with_positions")
        for name, table in features:
            rows = g.add("Gather", [g.constant(f"{name}.table", _numpy(table)), name], f"{name}.rows")
            x = g.add("Add", [x, rows], f"with_{name}")
        norm = self._norm("norm", self.encoder.norm)
        x = g.add("LayerNormalization", [x, *norm], "normed", axis=-1, epsilon=1e-12)
        for i, layer in enumerate(self.encoder.stack()):
            mixed = self._attention(f"l{i}.qkv", x, layer)
            if wanted is not None and i == len(self.encoder.layers) - 1:
                mixed, x = self._rows(mixed, layer.out.in_features, wanted), self._rows(x, HIDDEN, wanted)
            mixed = self._linear(f"l{i}.out", mixed, layer.out)
            norm = self._norm(f"l{i}.norm1", layer.norm1)
            x = g.add("Add", [x, mixed], f"l{i}.sum1")
            x = g.add("LayerNormalization", [x, *norm], f"l{i}.mid", axis=-1, epsilon=1e-12)
            inner = self._linear(f"l{i}.up", x, layer.up)
            inner = g.add("Gelu", [inner], f"l{i}.gelu", MICROSOFT)
            inner = self._linear(f"l{i}.down", inner, layer.down)
            norm = self._norm(f"l{i}.norm2", layer.norm2)
            x = g.add("Add", [x, inner], f"l{i}.sum2")
            x = g.add("LayerNormalization", [x, *norm], f"l{i}.end", axis=-1, epsilon=1e-12)
        return x


def write_tagger(network: Network, path: Path, scales: Scales | None) -> None:
    """Write the fitted layers: word rows and features in, states and emissions of the wanted words out."""
    g = Graph("tagger")
    words = g.input("words", TensorProto.FLOAT, ["k", "n", HIDDEN])
    for name in ("case", "state", "place"):
        g.input(name, TensorProto.INT32, ["k", "n"])
    g.input("wanted", TensorProto.INT64, ["m"])
    encoder = network.encoder
    features = [("case", encoder.case.weight), ("state", encoder.state.weight), ("place", encoder.place.weight)]
    x = _Stack(g, encoder, scales).lay(words, features, "wanted")
    g.add("Identity", [x], "states")
    tagger = [g.constant("tag.w", _numpy(network.tagger.weight)), g.constant("tag.b", _numpy(network.tagger.bias))]
    g.add("Gemm", ["states", *tagger], "emissions", transB=1)
    g.output("states", ["m", HIDDEN])
    g.output("emissions", ["m", TAGS])
    g.save(path)


def write_sentences(base: Encoder, path: Path, scales: Scales | None) -> None:
    """Write the base's layers: word rows in, the mean of the states (Reimers and Gurevych 2019) out."""
    g = Graph("sentences")
    words = g.input("words", TensorProto.FLOAT, ["k", "n", HIDDEN])
    x = _Stack(g, base, scales).lay(words, [])
    mean = g.add("ReduceMean", [x], "mean", axes=[1], keepdims=0)
    g.add("LpNormalization", [mean], "embedding", axis=-1, p=2)
    g.output("embedding", ["k", HIDDEN])
    g.save(path)


def write_linker(network: Network, path: Path) -> None:
    """Write the linker: states (m, HIDDEN), their paragraphs, cues' first and last words in, memberships out."""
    g, linker = Graph("linker"), network.linker
    g.input("states", TensorProto.FLOAT, ["m", HIDDEN])
    for name, size in (("paragraph", "m"), ("first", "c"), ("last", "c")):
        g.input(name, TensorProto.INT64, [size])
    one, reach = g.ints(1), g.ints(REACH)

    def linear(name: str, x: str, module: Any) -> str:
        y = g.add("MatMul", [x, g.constant(f"{name}.w", _numpy(module.weight).T)], f"{name}.x")
        return g.add("Add", [y, g.constant(f"{name}.b", _numpy(module.bias))], f"{name}.y")

    end = g.add("Add", ["last", one], "end")
    low = g.add("Sub", [g.add("Div", [g.add("Add", ["first", end], "sum"), g.ints(2)], "middle"), reach], "low")
    steps = g.constant("steps", np.arange(2 * REACH, dtype=np.int64)[None])
    where = g.add("Add", [g.add("Unsqueeze", [low, one], "low2"), steps], "where")
    count = g.add("Gather", [g.add("Shape", ["states"], "shape"), g.ints(0)], "count")
    top = g.add("Sub", [count, one], "top")
    real = g.add("Max", [g.add("Min", [where, top], "capped"), g.ints(0)], "real")
    cue_rows = [g.add("Gather", ["states", name], f"{name}.rows") for name in ("first", "last")]
    cue = g.add("Concat", cue_rows, "cue", axis=-1)
    local = g.add("Gather", [linear("word", "states", linker.word), real], "local")
    local2 = g.add("Gather", [linear("word2", "states", linker.word2), real], "local2")
    cue1 = g.add("Unsqueeze", [linear("cue1", cue, linker.cue), one], "cue1.u")
    cue2 = g.add("Unsqueeze", [linear("cue2", cue, linker.cue2), one], "cue2.u")
    x = g.add("Add", [g.add("Add", [local, cue1], "a1"), g.add("Mul", [local2, cue2], "p1")], "a2")
    x = g.add("Add", [x, g.constant("distance", _numpy(linker.distance.weight))], "a3")
    own = g.add("Unsqueeze", [g.add("Gather", ["paragraph", "first"], "own1"), one], "own")
    apart = g.add("Sub", [g.add("Gather", ["paragraph", real], "theirs"), own], "apart")
    apart = g.add("Add", [g.add("Max", [g.add("Min", [apart, g.ints(2)], "ap1"), g.ints(-2)], "ap2"), g.ints(2)], "ap3")
    x = g.add("Add", [x, g.add("Gather", [g.constant("paras", _numpy(linker.paragraphs.weight)), apart], "pr")], "a4")
    after = g.add("GreaterOrEqual", [where, g.add("Unsqueeze", ["first", one], "first.u")], "after")
    before = g.add("LessOrEqual", [where, g.add("Unsqueeze", ["last", one], "last.u")], "before")
    inside = g.add("Cast", [g.add("And", [after, before], "in1")], "in2", to=TensorProto.FLOAT)
    inside = g.add(
        "Mul", [g.add("Unsqueeze", [inside, g.ints(-1)], "in3"), g.constant("inv", _numpy(linker.inside))], "in4"
    )
    norm = [g.constant("norm.g", _numpy(linker.norm.weight)), g.constant("norm.b", _numpy(linker.norm.bias))]
    x = g.add("LayerNormalization", [g.add("Add", [x, inside], "a5"), *norm], "normed", axis=-1, epsilon=1e-5)
    x = g.add("Gelu", [x], "g1", MICROSOFT)
    padded = g.add("Pad", [x, g.ints(0, 1, 0, 0, 1, 0)], "padded")
    sides = [
        g.add("Slice", [padded, g.ints(0), g.ints(2 * REACH), one], "left"),
        x,
        g.add("Slice", [padded, g.ints(2), g.ints(2 * REACH + 2), one], "right"),
    ]
    mixed = g.add("Gelu", [linear("mix", g.add("Concat", sides, "sides", axis=-1), linker.mix)], "g2", MICROSOFT)
    scores = linear("out", g.add("Add", [x, mixed], "a6"), linker.out)
    g.add("Softmax", [scores], "members", axis=-1)
    g.output("members", ["c", 2 * REACH, 3])
    g.save(path)


def ranges(encoder: Encoder, batches: Sequence[tuple[Tensor, ...]], keep: float = 0.99999) -> dict[str, Entry]:
    """Watch what flows into the linear layers on some text; tell how each is put in 8 bits.

    ``keep`` is the share of values kept inside the range on each side. ``batches`` are the encoder's inputs.
    """
    weights = {key: _numpy(layer.weight) for key, layer in _linears(encoder)}
    bounds = {
        key: (np.min([low for low, _ in seen], axis=0), np.max([high for _, high in seen], axis=0))
        for key, seen in _watch(encoder, batches, lambda _, x: _numpy(torch.stack([*x.aminmax(dim=0)]))).items()
    }
    smooth = {key: _evening(np.maximum(-low, high), weights[key]) for key, (low, high) in bounds.items()}

    def quantiles(key: str, x: Tensor) -> Floats:
        values = (x / torch.from_numpy(smooth[key])).flatten()
        ends = [values.kthvalue(max(1, round(len(values) * q))).values for q in (1 - keep, keep)]
        return _numpy(torch.stack(ends))

    none = np.zeros(0, dtype=np.int64)
    entries = {
        key: _entry(*np.mean(ends, axis=0), smooth[key], none)
        for key, ends in _watch(encoder, batches, quantiles).items()
    }

    def squares(key: str, x: Tensor) -> Floats:
        values = _numpy(x)
        wrong = (_rounded(values, entries[key]) - values) @ weights[key].T
        return np.array([np.square(wrong).sum(), np.square(values @ weights[key].T).sum()])

    for key, seen in _watch(encoder, batches, squares).items():
        wrong, whole = np.sum(seen, axis=0)
        if wrong > ROUGH**2 * whole:
            entries[key] = _entry_apart(*bounds[key])
    return entries


def _evening(largest: Floats, weight: Floats) -> Floats:
    """Give by what each input is divided, so that inputs and weights (outputs, inputs) share what is large evenly."""
    even = np.sqrt(np.maximum(largest, 1e-4) / np.maximum(np.abs(weight).max(axis=0), 1e-4))
    return (even / np.exp(np.log(even).mean())).astype(np.float32)  # type: ignore[no-any-return]


def _entry(low: float, high: float, smooth: Floats, wide: NDArray[np.int64]) -> Entry:
    """Lay 256 steps over the range from ``low`` to ``high``, nothing included."""
    low, high = min(float(low), 0.0), max(float(high), 0.0)
    scale = (high - low) / 255
    return Entry(scale, int(np.clip(round(-low / scale), 0, 255)), smooth, wide)


def _entry_apart(low: Floats, high: Floats) -> Entry:
    """Leave the inputs that reach widest, each from ``low`` to ``high``, in 32 bits; the range of all others fits."""
    wide = np.sort(np.argsort(-np.maximum(-low, high))[:APART])
    return _entry(np.delete(low, wide).min(), np.delete(high, wide).max(), np.ones_like(low), wide)


def _rounded(values: Floats, entry: Entry) -> Floats:
    """Give the values (n, inputs) as they are once put in 8 bits and read again."""
    steps = np.clip(np.rint(values / entry.smooth / entry.scale) + entry.zero, 0, 255) - entry.zero
    return steps * entry.scale * entry.smooth  # type: ignore[no-any-return]


def _linears(encoder: Encoder) -> list[tuple[str, Any]]:
    """List the linear layers, each with the name that it has in a graph."""
    return [
        (f"l{i}.{name}", getattr(layer, name))
        for i, layer in enumerate(encoder.stack())
        for name in ("qkv", "out", "up", "down")
    ]


def _watch(
    encoder: Encoder, batches: Sequence[tuple[Tensor, ...]], look: Callable[[str, Tensor], Floats]
) -> dict[str, list[Floats]]:
    """Look at the inputs (values, inputs), padding left out, of every linear layer for each batch."""
    seen: dict[str, list[Floats]] = {}
    mask = batches[0][-1]

    def watcher(key: str) -> Callable[[Any, Any, Any], None]:
        def watch(_: Any, inputs: Any, __: Any) -> None:
            seen.setdefault(key, []).append(look(key, inputs[0][mask > 0]))

        return watch

    handles = [layer.register_forward_hook(watcher(key)) for key, layer in _linears(encoder)]
    encoder.eval()
    with torch.inference_mode():
        for batch in batches:
            mask = batch[-1]
            encoder(*batch)
    for handle in handles:
        handle.remove()
    return seen


def write_table(encoder: Encoder, path: Path) -> None:
    """Write the word table: 8-bit rows (vocabulary, HIDDEN) and their scales, as one ``.npz``."""
    rows = _numpy(encoder.words.weight)
    quantised, scale = quantised_columns(rows.T)
    np.savez(path, rows=quantised.T, scale=scale)


def write_manifest(folder: Path, extra: Mapping[str, Any]) -> None:
    """Write ``manifest.json``: the format, what the files are fitted on, each file's size and SHA-256."""
    files = {
        path.name: {"bytes": path.stat().st_size, "sha256": sha256_of(path)}
        for path in sorted(folder.iterdir())
        if path.suffix in {".onnx", ".npz", ".json"} and path.name != "manifest.json"
    }
    manifest = {"format": FORMAT, **extra, "files": files}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf8")
