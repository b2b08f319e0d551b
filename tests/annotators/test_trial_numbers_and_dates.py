"""The invented inputs of the trials beside the project: numbers, runs of numbers, days, runs of days."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from onrecord.annotation import Figure
from onrecord.annotators.dates.resolving import find_dates
from onrecord.annotators.figures.finding import find_figures
from onrecord.document import Document, Published
from onrecord.text.analysed import Analysed

pytestmark = pytest.mark.shared

NUMBERS = {
    "31-figures-01": [(1.5, 1.5)],
    "31-figures-03": [(1.5, 1.5)],
    "31-figures-05": [(1.5, 1.5), (30, 30)],
    "31-figures-07": [(3.25e6, 3.25e6)],
    "31-figures-09": [(5000, 10000)],
    "31-figures-11": [(200, 300)],
    "31-figures-13": [(40000, 50000)],
    "31-figures-15": [(1.5e6, 1.5e6), (20e6, 20e6)],
    "31-figures-17": [(3e9, 3e9), (450e6, 450e6)],
    "31-figures-19": [(816000, 816000), (12, 12)],
    "31-figures-21": [(41000, 41000)],
    "31-figures-23": [(1.25e6, 1.25e6)],
    "31-figures-25": [(20, 20), (30, 30)],
    "31-figures-27": [(3, 4)],
    "31-figures-29": [],
    "31-figures-31": [(2.5, 2.5), (3.75, 3.75)],
    "31-figures-33": [(150, None), (200, None)],
    "31-figures-35": [(750, 750)],
    "31-figures-37": [(250_000, 250_000), (500_000, 500_000)],
    "31-figures-39": [(30_000, 40_000)],
    "31-figures-41": [(1.2e9, 1.5e9)],
    "36-ranges-and-date-forms-01": [(200, 300)],
    "36-ranges-and-date-forms-03": [(400, 500)],
    "36-ranges-and-date-forms-05": [(20_000, 30_000)],
    "36-ranges-and-date-forms-07": [(2000, 3000)],
    "36-ranges-and-date-forms-09": [(2000, 3000)],
    "36-ranges-and-date-forms-11": [(2000, 3000)],
    "36-ranges-and-date-forms-13": [(2000, 3000)],
}
DATES = {
    "35-dates-01": ["2025-03-12"],
    "35-dates-03": [],
    "35-dates-05": [],
    "35-dates-07": [None],
    "35-dates-09": [None],
    "35-dates-11": ["2025-03-10"],
    "35-dates-13": ["2025-03-01"],
    "35-dates-15": ["2020-08-17"],
    "35-dates-17": ["2016-11-29"],
    "35-dates-19": [None],
    "35-dates-21": ["2025-02-03"],
    "35-dates-23": ["2025-02-03"],
    "35-dates-25": ["2024-09-03"],
    "35-dates-27": ["2024-07/2024-09", "2023-01/2023-06"],
    "35-dates-29": ["2024-06-30"],
    "35-dates-31": ["2019/2023"],
    "35-dates-33": ["2025-03-03/2025-03-09"],
    "35-dates-35": ["2025-02-27/2025-03-02"],
    "35-dates-43": ["2025-03-26"],
    "35-dates-49": ["2025-03-09/2025-03-10"],
    "35-dates-51": ["1962", "2008"],
    "36-ranges-and-date-forms-15": ["2025-03-03/2025-03-09"],
    "36-ranges-and-date-forms-17": ["2025-03-03/2025-03-09"],
    "36-ranges-and-date-forms-19": ["2025-03-03/2025-03-09"],
    "36-ranges-and-date-forms-21": ["2025-03-03/2025-03-04"],
    "36-ranges-and-date-forms-23": ["2025-03-09/2025-03-10"],
    "36-ranges-and-date-forms-25": ["2025-02-27/2025-03-02"],
    "36-ranges-and-date-forms-27": ["2025-02-27/2025-02-28"],
    "36-ranges-and-date-forms-29": ["2016-11-29"],
    "36-ranges-and-date-forms-31": [None],
    "36-ranges-and-date-forms-33": ["2022-11-01"],
    "36-ranges-and-date-forms-35": ["2020-08-17"],
    "36-ranges-and-date-forms-37": ["2025-02-03"],
}


def cases(shared: Path) -> dict[str, Document]:
    """Read the cases by their ids; the second paragraph is the same in all and dated by itself."""
    found = {}
    for name in ("31-figures", "35-dates", "36-ranges-and-date-forms"):
        for line in (shared / "trials" / "cases" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            one = json.loads(line)
            text = one["text"].replace(one["text"].split("\n\n")[1], "The hall was full.", 1)
            found[one["id"]] = Document(id="d", text=text, published=Published(one["published"], "metadata"))
    return found


def figures_of(document: Document) -> Sequence[Figure]:
    analysed = Analysed(document, ())
    return find_figures(analysed, (), find_dates(analysed))


def test_numbers_of_the_trials(shared: Path) -> None:
    documents = cases(shared)
    wrong = {}
    for name, expected in NUMBERS.items():
        found = [(figure.low, figure.high) for figure in figures_of(documents[name])]
        if found != expected:
            wrong[name] = found
    assert wrong == {}


def test_dates_of_the_trials(shared: Path) -> None:
    documents = cases(shared)
    wrong = {}
    for name, expected in DATES.items():
        found = [mention.value for mention in find_dates(Analysed(documents[name], ()))]
        if found != expected:
            wrong[name] = found
    assert wrong == {}


def test_thousands_of_days_ago(shared: Path) -> None:
    text = (shared / "trials" / "robust_cases" / "ago_thousands.txt").read_text(encoding="utf-8")
    document = Document(id="d", text=text, published=Published("2024-05-03", "metadata"))
    found = find_dates(Analysed(document, ()))
    assert [mention.value for mention in found] == [
        "2024-05-03",
        "2021-08-07",
        None,
        "0824",
    ]
