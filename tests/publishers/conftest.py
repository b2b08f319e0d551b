"""The made story, for every test of a publisher."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def made() -> ModuleType:
    """The module that makes stories: test folders are no packages, so it is loaded by its place."""
    path = Path(__file__).with_name("made_story.py")
    spec = importlib.util.spec_from_file_location("made_story", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["made_story"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module
