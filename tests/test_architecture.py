"""What docs/architecture.md says of the house is so; no English for readers is made outside publishers; no dialect."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
WAY = re.findall(r"^\d+\. `([\w.]+)`", PAGE, re.MULTILINE)


def test_every_function_on_the_way_of_a_sentence_is_there():
    assert 15 < len(WAY) <= 25
    for name in WAY:
        module, _, function = name.rpartition(".")
        assert callable(getattr(importlib.import_module(f"onrecord.{module}"), function)), name


def test_every_room_is_in_the_table_and_no_other():
    named = set(re.findall(r"`([a-z_]+)/?(?:\.py|/[a-z_]+)?`", PAGE.split("## The way")[0]))
    rooms = {p.name for p in (ROOT / "src" / "onrecord").iterdir() if (p / "__init__.py").is_file()}
    assert rooms - {"text"} <= named
