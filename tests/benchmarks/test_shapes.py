"""Awkward shapes go through every stage, and slopes tell linear from quadratic."""

import time

import pytest

from onrecord.benchmarks import shapes


@pytest.mark.parametrize("stage", shapes.STAGES)
@pytest.mark.parametrize("shape", shapes.SHAPES)
def test_every_stage_takes_every_shape(shape, stage):
    assert shapes.STAGES[stage](shapes.SHAPES[shape](3)) > 100


def test_json_does_not_grow_with_reports_times_statements():
    sizes = [shapes.STAGES["JSON"](shapes.SHAPES["many reports"](n)) for n in (50, 100, 200)]
    assert sizes[2] - sizes[1] < 2.2 * (sizes[1] - sizes[0])


def test_slopes_tell_linear_from_quadratic(monkeypatch):
    monkeypatch.setattr(shapes, "_LEAST_SECONDS", 0.0)
    clock = [0.0]
    monkeypatch.setattr(time, "process_time", lambda: clock[0])

    def growing(power):
        def stage(story):
            clock[0] += len(story.documents) ** power
            return len(story.documents)

        return stage

    stages = {"linear": growing(1), "quadratic": growing(2)}
    only = {"many reports": shapes.SHAPES["many reports"]}
    found = {g.stage: g for g in shapes.measure_shapes(only, stages, least=4)}
    assert (found["linear"].slope, found["quadratic"].slope) == (1.0, 2.0)
    assert found["linear"].sizes == (4, 8, 16)
    assert found["linear"].is_linear
    assert not found["quadratic"].is_linear
