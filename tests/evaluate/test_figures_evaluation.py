"""The metrics of figures: on a story made here, and, where the gold is at hand, as a ratchet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.errors import LabelledDataError
from onrecord.evaluate.figures import evaluate_figures

REPORTS = {
    "a": "The ferry Aurelia sank off Cape Norvik in a gale, killing 12 people aboard, the guard said on Wednesday.",
    "b": "The ferry Aurelia sank off Cape Norvik in a gale and twelve people were killed, the guard said on Wednesday.",
}


def write_story(folder: Path, *, bounds: int) -> None:
    figures, dates, lines = [], [], []
    for name, text in REPORTS.items():
        words = "12 people" if name == "a" else "twelve people"
        start, day = text.index(words), text.index("on Wednesday")
        figures.append(
            {"id": f"f{name}", "doc": name, "exact": words, "start": start, "end": start + len(words)}
            | {"low": bounds, "high": bounds}
        )
        dates.append({"doc": name, "start": day, "end": day + 12, "value": "2021-09-01"})
        lines.append(json.dumps({"id": name, "text": text, "published": "2021-09-02"}))
    groups = [{"of": "dead", "members": ["fa", "fb"], "verdict": "equal"}]
    story = {"figures": figures, "figure_groups": groups, "dates": dates}
    (folder / "ferry.json").write_text(json.dumps(story), encoding="utf-8")
    (folder / "ferry.docs.jsonl").write_text("\n".join(lines), encoding="utf-8")


def test_what_is_right_is_counted_right(tmp_path: Path) -> None:
    write_story(tmp_path, bounds=12)
    rates = evaluate_figures(tmp_path, tmp_path).rates["together"]
    assert rates["figures_f1"] == rates["groups_f1"] == rates["verdicts_right"] == rates["dates_right"] == 100
    assert rates["conflicts"] == rates["false_conflicts"] == rates["conflicts_labelled"] == 0
    assert rates["dates_right_of_all"] == 100


def test_conflicts_are_counted_as_labelled_found_and_invented(tmp_path: Path) -> None:
    reported = {"a": REPORTS["a"], "b": REPORTS["b"].replace("twelve", "ten")}
    figures = []
    for name, words, bounds in (("a", "12 people", 12), ("b", "ten people", 10)):
        start = reported[name].index(words)
        span = {"exact": words, "start": start, "end": start + len(words)}
        figures.append({"id": f"f{name}", "doc": name, "low": bounds, "high": bounds} | span)
    lines = [json.dumps({"id": name, "text": text, "published": "2021-09-02"}) for name, text in reported.items()]
    (tmp_path / "ferry.docs.jsonl").write_text("\n".join(lines), encoding="utf-8")
    for groups, expected in (
        ([{"of": "dead", "members": ["fa", "fb"], "verdict": "conflict"}], (1, 1, 1, 0)),
        ([], (0, 0, 1, 1)),
    ):
        (tmp_path / "ferry.json").write_text(json.dumps({"figures": figures, "figure_groups": groups}))
        rates = evaluate_figures(tmp_path, tmp_path).rates["together"]
        names = ("conflicts_labelled", "conflicts_found", "conflicts", "false_conflicts")
        assert tuple(rates[name] for name in names) == expected


def test_of_blind_stories_only_totals_are_given(tmp_path: Path) -> None:
    folder = tmp_path / "blind"
    folder.mkdir()
    write_story(folder, bounds=12)
    assert evaluate_figures(folder, folder).rates["stories"] == {}


def test_wrong_bounds_are_no_figure_found(tmp_path: Path) -> None:
    write_story(tmp_path, bounds=13)
    assert evaluate_figures(tmp_path, tmp_path).rates["together"]["figures_recall"] == 0


def test_a_gold_file_without_documents_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "lost.json").write_text("{}", encoding="utf-8")
    with pytest.raises(LabelledDataError):
        evaluate_figures(tmp_path, tmp_path)


@pytest.mark.shared
def test_figures_and_dates_of_the_gold_stories_do_not_fall(shared: Path) -> None:
    rates = evaluate_figures(shared / "gold" / "stories", shared / "stories").rates
    together = rates["together"]
    assert together["figures_f1"] >= 81
    assert together["groups_f1"] >= 79
    assert together["verdicts_right"] >= 98
    assert together["false_conflicts"] == 0
    assert together["dates_given"] >= 99
    assert together["dates_right"] >= 97
