"""Writing the trained network as the files that :mod:`onrecord.annotators.attribution.encoder` loads.

The graphs are laid node by node: no tracing, and the fused operators of onnxruntime stand where its own optimiser would
put them. Linear layers hold unsigned 8-bit weights, one scale a column; the scale of what flows into them is fixed
beforehand on training text, so that a text's figures do not depend on what else is in its batch (scales taken from each
batch, as dynamic quantisation does, make them depend on it). The word table is 8-bit with one scale a row, and serves
both the fitted layers and the base's, which give sentence embeddings.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor

from onrecord.annotators.attribution.encoder import FORMAT, HIDDEN, sha256_of
from onrecord.annotators.attribution.linking import REACH
from onrecord.annotators.attribution.tagging import TAGS
from onrecord.train.network import Encoder, Network
from onrecord.train.quantisation import ZERO_POINT, Scales, numbers, quantised_columns, unsigned

OPSET: Final = 17
MICROSOFT: Final = "com.microsoft"
Floats = NDArray[np.float32]


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


class _Products:
    """Linear layers in a graph, in 8 bits."""

    def __init__(self, graph: Graph, scales: Scales) -> None:
        self.graph, self.scales = graph, scales

    def entering(self, name: str, x: str) -> tuple[str, str, str]:
        """Quantise what flows into a linear layer: (8-bit values, scale, zero point)."""
        g = self.graph
        entry = self.scales[name]
        if np.any(entry.smooth != 1):
            x = g.add("Mul", [x, g.constant(f"{name}.smooth", (1 / entry.smooth).astype(np.float32))], f"{name}.even")
        s = g.constant(f"{name}.s", np.array(entry.scale, dtype=np.float32))
        z = g.constant(f"{name}.z", np.array(entry.zero, dtype=np.uint8))
        return g.add("QuantizeLinear", [x, s, z], f"{name}.q"), s, z

    def smoothed(self, name: str, weight: Floats) -> Floats:
        """Give the weights (outputs, inputs) that go with the layer's smoothed inputs."""
        return weight * self.scales[name].smooth

    def linear(self, name: str, x: str, module: Any) -> str:
        weight, bias = numbers(module.weight), numbers(module.bias)
        wide = self.scales[name].wide
        if not len(wide):
            return self.product(name, self.entering(name, x), self.smoothed(name, weight), bias)
        g = self.graph
        few = g.add("Gather", [x, g.constant(f"{name}.wide", wide)], f"{name}.few", axis=-1)
        apart = g.add("MatMul", [few, g.constant(f"{name}.few.w", weight[:, wide].T)], f"{name}.apart")
        rest = self.smoothed(name, weight).copy()
        rest[:, wide] = 0
        most = self.product(name, self.entering(name, x), rest, bias)
        return g.add("Add", [most, apart], f"{name}.sum")

    def product(self, name: str, entered: tuple[str, str, str], weight: Floats, bias: Floats) -> str:
        """Multiply 8-bit values with 8-bit weights (outputs, inputs); the result is in 32 bits."""
        g = self.graph
        q, s, z = entered
        columns, scale = quantised_columns(weight.T)
        w, ws = g.constant(f"{name}.w", unsigned(columns)), g.constant(f"{name}.ws", scale)
        wz = g.constant(f"{name}.wz", np.full(len(scale), ZERO_POINT, dtype=np.uint8))
        b = g.constant(f"{name}.bias", bias)
        return g.add("MatMulIntegerToFloat", [q, w, s, ws, z, wz, b], f"{name}.y", MICROSOFT)


class _Stack(_Products):
    """The encoder's layers in a graph, from the sum of embeddings to the last states."""

    def __init__(self, graph: Graph, encoder: Encoder, scales: Scales) -> None:
        super().__init__(graph, scales)
        self.encoder = encoder

    def _norm(self, name: str, module: Any) -> tuple[str, str]:
        g = self.graph
        return g.constant(f"{name}.g", numbers(module.weight)), g.constant(f"{name}.b", numbers(module.bias))

    def _attention(self, name: str, x: str, module: Any) -> str:
        """Lay the attention without a mask: all windows of a call are equally long, which lets it run in tiles."""
        entered = self.entering(name, x)
        weights = np.split(self.smoothed(name, numbers(module.qkv.weight)), 3)
        biases = np.split(numbers(module.qkv.bias), 3)
        parts = [self.product(f"{name}.{i}", entered, weights[i], biases[i]) for i in range(3)]
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
        positions = g.constant("positions", numbers(self.encoder.positions.weight + self.encoder.kind))
        shape = g.add("Shape", [words], "shape")
        length = g.add("Gather", [shape, g.ints(1)], "length")
        here = g.add("Slice", [positions, g.ints(0), length, g.ints(0)], "here")
        x = g.add("Add", [words, here], "with_positions")
        for name, table in features:
            rows = g.add("Gather", [g.constant(f"{name}.table", numbers(table)), name], f"{name}.rows")
            x = g.add("Add", [x, rows], f"with_{name}")
        norm = self._norm("norm", self.encoder.norm)
        x = g.add("LayerNormalization", [x, *norm], "normed", axis=-1, epsilon=1e-12)
        for i, layer in enumerate(self.encoder.stack()):
            mixed = self._attention(f"l{i}.qkv", x, layer)
            if wanted is not None and i == len(self.encoder.layers) - 1:
                mixed, x = self._rows(mixed, layer.out.in_features, wanted), self._rows(x, HIDDEN, wanted)
            mixed = self.linear(f"l{i}.out", mixed, layer.out)
            norm = self._norm(f"l{i}.norm1", layer.norm1)
            x = g.add("Add", [x, mixed], f"l{i}.sum1")
            x = g.add("LayerNormalization", [x, *norm], f"l{i}.mid", axis=-1, epsilon=1e-12)
            inner = self.linear(f"l{i}.up", x, layer.up)
            inner = g.add("Gelu", [inner], f"l{i}.gelu", MICROSOFT)
            inner = self.linear(f"l{i}.down", inner, layer.down)
            norm = self._norm(f"l{i}.norm2", layer.norm2)
            x = g.add("Add", [x, inner], f"l{i}.sum2")
            x = g.add("LayerNormalization", [x, *norm], f"l{i}.end", axis=-1, epsilon=1e-12)
        return x


def write_tagger(network: Network, path: Path, scales: Scales) -> None:
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
    tagger = [g.constant("tag.w", numbers(network.tagger.weight)), g.constant("tag.b", numbers(network.tagger.bias))]
    g.add("Gemm", ["states", *tagger], "emissions", transB=1)
    g.output("states", ["m", HIDDEN])
    g.output("emissions", ["m", TAGS])
    g.save(path)


def write_sentences(base: Encoder, path: Path, scales: Scales) -> None:
    """Write the base's layers: word rows in, the mean of the states (Reimers and Gurevych 2019) out."""
    g = Graph("sentences")
    words = g.input("words", TensorProto.FLOAT, ["k", "n", HIDDEN])
    x = _Stack(g, base, scales).lay(words, [])
    mean = g.add("ReduceMean", [x], "mean", axes=[1], keepdims=0)
    g.add("LpNormalization", [mean], "embedding", axis=-1, p=2)
    g.output("embedding", ["k", HIDDEN])
    g.save(path)


def write_linker(network: Network, path: Path, scales: Scales) -> None:
    """Write the linker: states (m, HIDDEN), their paragraphs, cues' first and last words in, memberships out."""
    g, linker = Graph("linker"), network.linker
    g.input("states", TensorProto.FLOAT, ["m", HIDDEN])
    for name, size in (("paragraph", "m"), ("first", "c"), ("last", "c")):
        g.input(name, TensorProto.INT64, [size])
    one, reach = g.ints(1), g.ints(REACH)
    products = _Products(g, scales)

    def linear(name: str, x: str, module: Any) -> str:
        y = g.add("MatMul", [x, g.constant(f"{name}.w", numbers(module.weight).T)], f"{name}.x")
        return g.add("Add", [y, g.constant(f"{name}.b", numbers(module.bias))], f"{name}.y")

    end = g.add("Add", ["last", one], "end")
    low = g.add("Sub", [g.add("Div", [g.add("Add", ["first", end], "sum"), g.ints(2)], "middle"), reach], "low")
    steps = g.constant("steps", np.arange(2 * REACH, dtype=np.int64)[None])
    where = g.add("Add", [g.add("Unsqueeze", [low, one], "low2"), steps], "where")
    count = g.add("Gather", [g.add("Shape", ["states"], "shape"), g.ints(0)], "count")
    top = g.add("Sub", [count, one], "top")
    real = g.add("Max", [g.add("Min", [where, top], "capped"), g.ints(0)], "real")
    cue_rows = [g.add("Gather", ["states", name], f"{name}.rows") for name in ("first", "last")]
    cue = g.add("Concat", cue_rows, "cue", axis=-1)
    local = g.add("Gather", [products.linear("word", "states", linker.word), real], "local")
    local2 = g.add("Gather", [products.linear("word2", "states", linker.word2), real], "local2")
    cue1 = g.add("Unsqueeze", [linear("cue1", cue, linker.cue), one], "cue1.u")
    cue2 = g.add("Unsqueeze", [linear("cue2", cue, linker.cue2), one], "cue2.u")
    x = g.add("Add", [g.add("Add", [local, cue1], "a1"), g.add("Mul", [local2, cue2], "p1")], "a2")
    x = g.add("Add", [x, g.constant("distance", numbers(linker.distance.weight))], "a3")
    own = g.add("Unsqueeze", [g.add("Gather", ["paragraph", "first"], "own1"), one], "own")
    apart = g.add("Sub", [g.add("Gather", ["paragraph", real], "theirs"), own], "apart")
    apart = g.add("Add", [g.add("Max", [g.add("Min", [apart, g.ints(2)], "ap1"), g.ints(-2)], "ap2"), g.ints(2)], "ap3")
    x = g.add("Add", [x, g.add("Gather", [g.constant("paras", numbers(linker.paragraphs.weight)), apart], "pr")], "a4")
    after = g.add("GreaterOrEqual", [where, g.add("Unsqueeze", ["first", one], "first.u")], "after")
    before = g.add("LessOrEqual", [where, g.add("Unsqueeze", ["last", one], "last.u")], "before")
    inside = g.add("Cast", [g.add("And", [after, before], "in1")], "in2", to=TensorProto.FLOAT)
    inside = g.add(
        "Mul", [g.add("Unsqueeze", [inside, g.ints(-1)], "in3"), g.constant("inv", numbers(linker.inside))], "in4"
    )
    norm = [g.constant("norm.g", numbers(linker.norm.weight)), g.constant("norm.b", numbers(linker.norm.bias))]
    x = g.add("LayerNormalization", [g.add("Add", [x, inside], "a5"), *norm], "normed", axis=-1, epsilon=1e-5)
    x = g.add("Gelu", [x], "g1", MICROSOFT)
    padded = g.add("Pad", [x, g.ints(0, 1, 0, 0, 1, 0)], "padded")
    sides = [
        g.add("Slice", [padded, g.ints(0), g.ints(2 * REACH), one], "left"),
        x,
        g.add("Slice", [padded, g.ints(2), g.ints(2 * REACH + 2), one], "right"),
    ]
    mixed = g.add(
        "Gelu", [products.linear("mix", g.add("Concat", sides, "sides", axis=-1), linker.mix)], "g2", MICROSOFT
    )
    scores = linear("out", g.add("Add", [x, mixed], "a6"), linker.out)
    g.add("Softmax", [scores], "members", axis=-1)
    g.output("members", ["c", 2 * REACH, 3])
    g.save(path)


def write_table(encoder: Encoder, path: Path) -> None:
    """Write the word table: 8-bit rows (vocabulary, HIDDEN) and their scales, as one ``.npz``."""
    rows = numbers(encoder.words.weight)
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
