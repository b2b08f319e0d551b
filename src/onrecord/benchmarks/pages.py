"""The page of a story of any size: how long it takes to write, how large it is, and what a browser spends on it.

The browser is Chromium, driven by Playwright (of the development tools); where either is not installed, only writing
and size are measured.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path
from typing import Final

from onrecord.benchmarks.made_story import made_story
from onrecord.publishers import page

_BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")
_SPENT: Final = {"ScriptDuration": "script", "LayoutDuration": "layout", "RecalcStyleDuration": "style"}
_FLAGS: Final = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
_WIDTH, _HEIGHT = 1440, 900


def measure_page(reports: int, statements: int) -> dict[str, float | str]:
    """Measure the page of a made story of so many reports and statements.

    Seconds of writing are processor seconds of one core, those of the browser wall seconds until the page is loaded;
    sizes are megabytes of UTF-8; screens are of 1440 by 900 pixels.
    """
    story = made_story(reports, statements)
    began = time.process_time()
    text = page.render_story(story)
    figures: dict[str, float | str] = {
        "writing, seconds": round(time.process_time() - began, 2),
        "size, megabytes": round(len(text.encode()) / 1e6, 2),
    }
    browser = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        return {**figures, "browser": "none installed"}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(text, encoding="utf-8")
        return {**figures, **_in_browser(file, browser)}


def _in_browser(file: Path, browser: str) -> dict[str, float | str]:
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - of the development tools
    except ImportError:
        return {"browser": "playwright is not installed"}
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=browser, args=list(_FLAGS))
        opened = chromium.new_page(viewport={"width": _WIDTH, "height": _HEIGHT})
        session = opened.context.new_cdp_session(opened)
        session.send("Performance.enable", {"timeDomain": "timeTicks"})
        opened.goto(file.as_uri())
        spent = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
        screens = opened.evaluate("document.documentElement.scrollHeight") / _HEIGHT
        chromium.close()
    seconds = {f"{words}, seconds": round(spent[name], 2) for name, words in _SPENT.items()}
    total = round(sum(spent[name] for name in _SPENT), 2)
    return {**seconds, "script, layout and style, seconds": total, "screens": round(screens, 1)}
