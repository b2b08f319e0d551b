"""The shapes whose growth is measured can be made, and each stage takes them; how long that takes is no test."""

from __future__ import annotations

import pytest

from onrecord.benchmarks.texts import SHAPES, STAGES


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: f"{shape.stage} {shape.name}")
def test_a_shape_is_of_the_size_asked_for_and_of_a_stage_that_is_known(shape):
    made = shape.make(12_000)
    size = len(made) if isinstance(made, str) else sum(len(document.text) for document in made)
    assert 6_000 <= size <= 30_000
    assert shape.stage in STAGES


def test_a_stage_takes_a_shape():
    shape = next(shape for shape in SHAPES if shape.stage == "compare")
    before, stage = STAGES[shape.stage]
    assert len(stage(before(shape.make(1_000))).documents) == 2
