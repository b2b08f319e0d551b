"""What all tests share: the real texts beside the project, golden files, the demo story."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GOLDEN = Path(__file__).parent / "golden"
REPORTS = (
    "npn_agency.jsonl",
    "wexholm_evening_packet.txt",
    "harbourfront_now.txt",
    "corvany_ledger.html",
    "the_klaxon.txt",
    "maravel_courier.txt",
)


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real texts beside the project; without it the test is skipped, and says so."""
    path = ROOT.parent / "shared"
    if not path.is_dir():
        pytest.skip("SKIPPED FOR WANT OF DATA: ../shared is not here, so nothing real was measured")
    return path


@pytest.fixture(scope="session")
def demo() -> tuple[list[Path], Path]:
    """The six reports of the demo story, and its transcript."""
    folder = ROOT / "examples" / "harbour_briefing"
    return [folder / name for name in REPORTS], folder / "transcript.txt"


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Hold a text against its golden file; ONRECORD_RENEW_GOLDEN=1 (`make golden`) writes the file anew instead."""

    def hold(name: str, text: str) -> None:
        path = GOLDEN / name
        if os.environ.get("ONRECORD_RENEW_GOLDEN"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.is_file(), f"{path} is missing: run `make golden` and look at it before you commit it"
        assert text == path.read_text(encoding="utf-8"), f"{path} differs: run `make golden` and read the difference"

    return hold
