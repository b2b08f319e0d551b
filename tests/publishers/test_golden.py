"""The views of a stored story are those of the golden files.

The stored story is what `compare` once found in the demo story; `make story` writes it anew. So a golden file changes
when a view changes, and not when a machine, or a stage before, finds something else.
"""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

import msgspec
import pytest
from rich.console import Console

import onrecord
from onrecord.publishers import page, terminal
from onrecord.story import Story

STORED = Path(__file__).parents[1] / "golden" / "demo_story.json"


@pytest.fixture(scope="module")
def story(demo) -> Story:
    """Give the stored story; ONRECORD_RENEW_STORY=1 (`make story`) finds and stores it anew."""
    if os.environ.get("ONRECORD_RENEW_STORY"):
        reports, transcript = demo
        read = [document for path in reports for document in onrecord.read(path)]
        found = onrecord.compare(read, onrecord.read(transcript, kind="transcript"))
        STORED.write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n")
    try:
        return msgspec.json.decode(STORED.read_bytes(), type=Story)
    except msgspec.ValidationError as error:
        pytest.fail(f"{STORED} is of an older form ({error}): run `make story`, look at the difference, commit both")


@pytest.mark.golden
def test_the_terminal_shows_a_stored_story_as_before(story, golden):
    stream = io.StringIO()
    terminal.show(story, Console(file=stream, width=110, force_terminal=False))
    golden("demo_story.txt", "\n".join(line.rstrip() for line in stream.getvalue().splitlines()) + "\n")


@pytest.mark.golden
def test_the_page_of_a_small_story_is_the_golden_one(made, golden):
    text = page.render_story(made.made_story(3, 4))
    text = re.sub(r"<style>.*?</style>", "<style></style>", text, flags=re.DOTALL)
    text = re.sub(r"<script>.*?</script>", "<script></script>", text, flags=re.DOTALL)
    text = re.sub(r"sha256-[A-Za-z0-9+/=]+", "sha256-", text)
    golden("page_of_a_made_story.html", text)
