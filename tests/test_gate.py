"""The gate says by its exit status when it measured nothing; its bounds are of lots and figures that it measures."""

from __future__ import annotations

import json
import os
import shutil
import subprocess

import pytest


@pytest.fixture
def alone(root, tmp_path):
    """Give a copy of the Makefile without data beside it, and a virtual environment that counts as installed."""
    if shutil.which("make") is None:
        pytest.skip("SKIPPED: make is not installed")
    folder = tmp_path / "project"
    (folder / ".venv").mkdir(parents=True)
    shutil.copy(root / "Makefile", folder)
    for name in ("pyproject.toml", "constraints.txt", ".venv/installed"):
        (folder / name).touch()
    return folder


@pytest.mark.parametrize(("ci", "fails"), [("true", True), ("", False)])
def test_a_gate_without_data_fails_in_ci_and_says_so_elsewhere(alone, ci, fails):
    given = subprocess.run(
        ["make", "gate"], cwd=alone, capture_output=True, text=True, check=False, env={**os.environ, "CI": ci}
    )
    assert (given.returncode != 0) is fails
    assert "THE GATE MEASURED NOTHING" in given.stderr


def test_stories_have_bounds_in_every_lot(root):
    bounds = json.loads((root / "tests/quality/floors.json").read_text(encoding="utf-8"))["stories"]
    assert {name.removeprefix("max ").partition(".")[0] for name in bounds} == {"shared", "open", "blind"}
