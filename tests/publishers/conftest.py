"""The made story, for every test of a publisher."""

from __future__ import annotations

from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def made() -> ModuleType:
    """The module that makes stories of any size."""
    from onrecord.benchmarks import made_story

    return made_story
