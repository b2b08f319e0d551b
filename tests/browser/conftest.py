"""A real Chromium, and the pages that it opens: demo, seeds, a check, a made story at full size, hostile documents."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"
).split()


def chromium() -> str | None:
    """Where Chromium lies, if it does."""
    return next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )


def loaded(name: str, path: Path) -> ModuleType:
    """Load a module by its place: test folders are no packages."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    path = chromium()
    if path is None:
        words = "NO CHROMIUM HERE, so the page was not opened: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(words)
        pytest.skip(words)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        chrome = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield chrome
        chrome.close()


@pytest.fixture(scope="session")
def made() -> ModuleType:
    from onrecord.benchmarks import made_story

    return made_story


@pytest.fixture(scope="session")
def pages(made, demo, tmp_path_factory) -> dict[str, Path]:
    """Every page by name, as a file; ``seeds`` only where the real texts lie beside the project."""
    import onrecord
    from onrecord.publishers import page

    folder = tmp_path_factory.mktemp("pages")
    reports, transcript = demo
    documents = [d for report in reports for d in onrecord.read(report)]
    spoken = onrecord.read(transcript, kind="transcript")
    hostile = loaded("page_tests", ROOT / "tests" / "publishers" / "test_page.py").hostile_story()
    written = {
        "demo": page.render_story(onrecord.compare(documents, spoken)),
        "check": page.render_checks([onrecord.check(documents[4], spoken)]),
        "made": page.render_story(made.made_story(100, 400)),
        "small": page.render_story(made.made_story()),
        "hostile": page.render_story(hostile),
    }
    seeds = ROOT.parent / "shared" / "stories" / "seeds.docs.jsonl"
    if seeds.is_file():
        written["seeds"] = page.render_story(onrecord.compare(onrecord.read(seeds)))
    result = {}
    for name, text in written.items():
        result[name] = folder / f"{name}.html"
        result[name].write_text(text, encoding="utf-8")
    return result
