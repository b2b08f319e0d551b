"""The wording metric: gold on real text, made cases, and the floors that hold them."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.benchmarks.wording import benchmark_wording
from onrecord.document import Document
from onrecord.evaluate.generate_wording import MADE, generate
from onrecord.evaluate.wording import evaluate_generated, evaluate_wording, read_articles, read_transcripts


@pytest.mark.shared
def test_gold_quotations(shared: Path) -> None:
    labelled = shared / "gold" / "quotations" / "dev.jsonl"
    report = evaluate_wording(labelled, read_articles(shared / "polnear"), read_transcripts(shared / "transcripts"))
    assert report.right >= 85
    assert report.given < 5
    assert report.accused["right"] >= 75


@pytest.mark.shared
def test_made_cases_are_judged_and_none_that_is_altered_passes(shared: Path) -> None:
    transcripts = list(read_transcripts(shared / "transcripts").values())
    report = evaluate_generated(transcripts, 14 * 8, seed=3)
    assert set(report.right) == set(MADE)
    assert sum(report.right.values()) / len(report.right) >= 90
    assert report.let_pass < 2
    assert report.accused["right"] >= 95


@pytest.mark.shared
def test_the_same_seed_makes_the_same_cases(shared: Path) -> None:
    transcripts = list(read_transcripts(shared / "transcripts").values())[:20]
    assert list(generate(transcripts, 14, seed=5)) == list(generate(transcripts, 14, seed=5))


def test_too_little_text_makes_no_cases() -> None:
    assert list(generate([Document("t", "Nothing much.", "transcript")], 5)) == []


def test_the_benchmark_measures() -> None:
    speed = benchmark_wording(3_000, 12)
    assert speed.words == 3_000
    assert speed.seconds > 0
