"""Make the pictures of docs/screenshots from the demo story: ``python tests/browser/screenshots.py``.

With a page's path as arguments (``PAGE.html FOLDER``) it makes more pictures of that page into the folder. Each
picture is the top of the page at a width and scheme, or a part that shows one function.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
STORY = ROOT / "examples" / "harbour_briefing"
REPORTS = (
    "npn_agency.jsonl",
    "wexholm_evening_packet.txt",
    "harbourfront_now.txt",
    "corvany_ledger.html",
    "the_klaxon.txt",
    "maravel_courier.txt",
)
WINDOWS: dict[str, tuple[int, int, str]] = {
    "narrow": (360, 1500, "light"),
    "wide": (1440, 1500, "light"),
    "dark": (1440, 1500, "dark"),
    "very_wide": (2560, 1500, "light"),
}
IN_DOCS = ("wide", "statements", "transcript", "side_by_side")
"""The pictures that the documentation shows."""
PARTS = {"statements": "#statements", "coverage": "#coverage", "transcript": "#d-transcript"}


def main(arguments: list[str]) -> None:
    """Make the pictures."""
    from playwright.sync_api import sync_playwright

    spec = importlib.util.spec_from_file_location("browser_conftest", Path(__file__).with_name("conftest.py"))
    assert spec is not None
    assert spec.loader is not None
    shared = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(shared)
    path = shared.chromium()
    if path is None:
        sys.exit("No Chromium here: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder:
        story = Path(arguments[0]) if arguments else _demo(Path(folder), check=False)
        check = None if arguments else _demo(Path(folder), check=True)
        out = Path(arguments[1]) if arguments else Path(folder) / "pictures"
        out.mkdir(parents=True, exist_ok=True)
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=path, args=shared.FLAGS)
            _story(browser, story.resolve(), out)
            if check is not None:
                _picture(browser, check.resolve(), out / "check.png", (1440, 1500, "light"), "#texts")
            browser.close()
        _shrink(out)
        if not arguments:
            for name in IN_DOCS:
                shutil.copy(out / f"{name}.png", ROOT / "docs" / "screenshots")


def _demo(folder: Path, *, check: bool) -> Path:
    import onrecord
    from onrecord.publishers import page

    documents = [d for name in REPORTS for d in onrecord.read(STORY / name)]
    spoken = onrecord.read(STORY / "transcript.txt", kind="transcript")
    file = folder / ("check.html" if check else "demo.html")
    text = (
        page.render_checks([onrecord.check(documents[4], spoken)])
        if check
        else page.render_story(onrecord.compare(documents, spoken))
    )
    file.write_text(text, encoding="utf-8")
    return file


def _story(browser: Any, story: Path, out: Path) -> None:
    for name, window in WINDOWS.items():
        _picture(browser, story, out / f"{name}.png", window, None)
    for name, part in PARTS.items():
        _picture(browser, story, out / f"{name}.png", (1280, 1400, "light"), part)
    _picture(browser, story, out / "narrow_statements.png", (360, 1500, "light"), "#statements")
    _picture(browser, story, out / "narrow_coverage.png", (360, 1500, "light"), "#coverage")
    _picture(browser, story, out / "print.png", (794, 1500, "print"), None)
    _picture(browser, story, out / "side_by_side.png", (1440, 1500, "light"), "#texts", pair=True)


def _picture(
    browser: Any, page_: Path, file: Path, window: tuple[int, int, str], part: str | None, *, pair: bool = False
) -> None:
    width, height, scheme = window
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    page.goto(page_.as_uri())
    if scheme == "print":
        page.emulate_media(media="print")
        page.evaluate("document.body.style.margin = '16mm'")  # as @page sets it, which a picture does not show
    if part is not None and part.startswith("#d-"):
        page.evaluate("s => { document.querySelector(s).open = true; }", part)
    if pair:
        for n, select in enumerate(page.locator("#pair select").all()):
            select.select_option(index=n + 1)
    top = (
        0
        if part is None
        else page.evaluate("s => document.querySelector(s).getBoundingClientRect().top + scrollY", part)
    )
    total = page.evaluate("document.documentElement.scrollHeight")
    clip = {"x": 0, "y": top, "width": width, "height": max(1, min(height, total - top))}
    page.screenshot(path=file, full_page=True, clip=clip, animations="disabled")
    context.close()


def _shrink(out: Path) -> None:
    """Give the pictures a palette, a third of their size, where pngquant is installed."""
    found = shutil.which("pngquant")
    if found:
        how = ["--force", "--ext", ".png", "--quality", "60-95", "--strip"]
        subprocess.run([found, *how, *sorted(out.glob("*.png"))], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
