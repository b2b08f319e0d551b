"""The 8-bit layers of the shipped graphs give whole-number arithmetic's results, on whatever processor this runs.

Where a processor has no VNNI, unsigned inputs times signed weights would be cut off at 16 bits.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from onrecord.annotators.attribution.encoder import verified_manifest
from onrecord.annotators.attribution.inference import runtime

WEIGHTS = Path(__file__).resolve().parents[2] / "src/onrecord/weights"
GRAPHS = sorted(name for name in verified_manifest(WEIGHTS)["files"] if name.endswith(".onnx"))
PRODUCT = "MatMulIntegerToFloat"
EIGHT_BITS = {TensorProto.INT8, TensorProto.UINT8}


def constants_of(graph):
    return {each.name: each for each in graph.initializer}


def product_alone(node, weight, zero_point, weight_zero_point):
    """Give a session of one product with its weights, its scales 1 and its bias 0: what it gives is its sums."""
    ones = np.ones(weight.shape[1], dtype=np.float32)
    held = {
        "scale": np.array(1, dtype=np.float32),
        "weight": weight,
        "weight_scales": ones,
        "zero_point": zero_point,
        "weight_zero_point": weight_zero_point,
        "bias": 0 * ones,
    }
    inputs = ["a", "weight", "scale", "weight_scales", "zero_point", "weight_zero_point", "bias"]
    graph = helper.make_graph(
        [helper.make_node(PRODUCT, inputs, ["y"], domain=node.domain)],
        "product",
        [helper.make_tensor_value_info("a", TensorProto.UINT8, ["n", weight.shape[0]])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", weight.shape[1]])],
        [numpy_helper.from_array(value, name) for name, value in held.items()],
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(node.domain, 1)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=8)
    onnxruntime = runtime()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def hard_inputs(weight, rng):
    """Give rows over the whole range of 8 bits, and those that make the sums of products as large as they get."""
    positive = (weight.astype(np.int64) > np.median(weight)).T[:32]
    rows = rng.integers(0, 256, (64, weight.shape[0]))
    return np.concatenate([rows, np.full_like(rows[:1], 255), 0 * rows[:1], 255 * positive, 255 * ~positive]).astype(
        np.uint8
    )


@pytest.mark.parametrize("name", GRAPHS)
def test_every_product_is_that_of_whole_numbers(name):
    graph = onnx.load(str(WEIGHTS / name)).graph
    constants = constants_of(graph)
    rng = np.random.default_rng(5)
    wrong = []
    for node in graph.node:
        if node.op_type != PRODUCT:
            continue
        weight, zero, weight_zero = (numpy_helper.to_array(constants[node.input[i]]) for i in (1, 4, 5))
        given = hard_inputs(weight, rng)
        sums = (given.astype(np.int64) - zero.astype(np.int64)) @ (weight.astype(np.int64) - weight_zero)
        (found,) = product_alone(node, weight, zero, weight_zero).run(None, {"a": given})
        if not np.array_equal(found, sums.astype(np.float32)):
            wrong.append((node.output[0], np.abs(found - sums).max()))
    assert wrong == []


@pytest.mark.parametrize("name", GRAPHS)
def test_what_is_in_8_bits_is_unsigned_and_of_these_products(name):
    """So that the test above has seen every one, and fails in this form too where the processor has VNNI."""
    graph = onnx.load(str(WEIGHTS / name)).graph
    short = {key: each.data_type for key, each in constants_of(graph).items() if each.data_type in EIGHT_BITS}
    users = {node.op_type for node in graph.node if set(short) & set(node.input)}
    assert users == {PRODUCT, "QuantizeLinear"}
    assert set(short.values()) == {TensorProto.UINT8}


def test_weights_are_written_unsigned_with_the_same_values():
    pytest.importorskip("torch")
    from onrecord.train.quantisation import ZERO_POINT, quantised_columns, unsigned

    weight = np.random.default_rng(1).normal(size=(64, 8)).astype(np.float32)
    columns, _ = quantised_columns(weight)
    assert np.array_equal(unsigned(columns).astype(np.int64) - ZERO_POINT, columns)
