"""Numbers: the cases by which their reading is measured, and a naive writer of number words that reading must undo."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotators.figures.finding import find_figures
from onrecord.annotators.figures.number_phrases import parse_number
from onrecord.document import Document
from onrecord.text.analysed import Analysed
from onrecord.text.number_tokens import tokens_of

SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen""".split()
TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()


class NumberCase(NamedTuple):
    """A phrase and the inclusive bounds that it says, ``None`` where open; its unit and kind where they are asked for.

    The cases follow the kinds that recognisers of numbers tell apart, in phrases of our own.
    """

    phrase: str
    low: float | None
    high: float | None
    unit: str | None
    kind: str | None


NUMBER_CASES = [NumberCase(*row) for row in json.loads(Path(__file__).with_name("number_cases.json").read_text())]
KNOWN_WRONG = {"10~20", "a mile"}


def spell(number: int, joint: str) -> str:
    """Write a number below 10**12 in words, the slow and obvious way; ``joint`` follows hundreds."""
    for scale, name in ((10**9, "billion"), (10**6, "million"), (10**3, "thousand")):
        if number >= scale:
            rest = number % scale
            tail = (
                ""
                if not rest
                else f" {joint}{spell(rest, joint)}"
                if rest < 100 and joint
                else f" {spell(rest, joint)}"
            )
            return f"{spell(number // scale, joint)} {name}{tail}"
    if number >= 100:
        return f"{SMALL[number // 100]} hundred" + (f" {joint}{spell(number % 100, joint)}" if number % 100 else "")
    if number >= 20:
        return TENS[number // 10] + (f"-{SMALL[number % 10]}" if number % 10 else "")
    return SMALL[number]


@given(st.integers(0, 10**12 - 1), st.sampled_from(["", "and "]))
@settings(max_examples=300, deadline=None)
def test_number_words_are_read_as_they_were_written(number: int, joint: str) -> None:
    read = parse_number(spell(number, joint))
    assert read is not None
    assert (read.low, read.high) == (number, number)


@given(st.integers(0, 10**14), st.sampled_from(["{}", "{:,}"]), st.sampled_from(["", " men", "km", "%", ")", "."]))
@settings(max_examples=200, deadline=None)
def test_digits_are_read_with_or_without_grouping(number: int, form: str, tail: str) -> None:
    read = parse_number(form.format(number) + tail)
    assert read is not None
    assert read.low == number


def is_read(case: NumberCase) -> bool:
    read = parse_number(case.phrase)
    if read is None:
        return False
    bounds = zip((read.low, read.high), (case.low, case.high), strict=True)
    near = all(a == b or (None not in {a, b} and a == pytest.approx(b, rel=1e-9, abs=1e-9)) for a, b in bounds)
    return near and case.unit in {None, read.unit} and case.kind in {None, read.kind}


def test_all_cases_but_the_known_ones_are_right() -> None:
    assert len(NUMBER_CASES) > 200
    assert {case.phrase for case in NUMBER_CASES if not is_read(case)} <= KNOWN_WRONG


@pytest.mark.parametrize("phrase", ["", "no number here", "…"])
def test_a_phrase_without_a_number_gives_none(phrase: str) -> None:
    assert parse_number(phrase) is None


@pytest.mark.parametrize(
    ("text", "words"), [("2.5bn", ["2.5", "bn"]), ("30mph", ["30", "mph"]), ("1, 600 men", ["1, 600", "men"])]
)
def test_a_numeral_is_one_token_whatever_follows_it(text: str, words: list[str]) -> None:
    assert [token.folded for token in tokens_of(text)] == words


def test_a_range_takes_the_scale_of_its_second_number() -> None:
    read = parse_number("$3-4 million")
    assert read is not None
    assert (read.low, read.high, read.unit) == (3e6, 4e6, "USD")


def test_a_change_is_two_numbers_and_no_range() -> None:
    read = parse_number("rose from 20 to 30")
    assert read is not None
    assert (read.low, read.high) == (20, 20)


@pytest.mark.parametrize(
    ("phrase", "low", "high", "unit"),
    [
        ("two to three thousand men", 2000, 3000, None),
        ("between two and three thousand men", 2000, 3000, None),
        ("five or six hundred men", 500, 600, None),
        ("two-to-three hundred men", 200, 300, None),
        ("2-3,000 men", 2000, 3000, None),
        ("three hundred to four hundred men", 300, 400, None),
        ("ten to 1,000 men", 10, 1000, None),
        ("a mile and a half", 1.5, 1.5, "mile"),
        ("an hour and a quarter", 1.25, 1.25, "hour"),
        ("two miles and a half", 2.5, 2.5, "mile"),
        ("a dollar and a half", 1.5, 1.5, "USD"),
        ("two and three-quarter million men", 2_750_000, 2_750_000, None),
        ("four score and seven years", 87, 87, "year"),
        ("$1.5MM", 1_500_000, 1_500_000, "USD"),
        ("50 MUSD", 50_000_000, 50_000_000, "USD"),
        ("12 mm of rain", 12, 12, "millimetre"),
        ("816 000 t of ore", 816_000, 816_000, "tonne"),
        ("₹25 lakh", 2_500_000, 2_500_000, "INR"),
        ("12,34,567 men", 1_234_567, 1_234_567, None),
        ("CHF 1'250'000", 1_250_000, 1_250_000, "CHF"),
        ("1.250.000 men", 1_250_000, 1_250_000, None),
        ("150-plus men", 150, None, None),
        ("200+ men", 200, None, None),
    ],
)
def test_ranges_and_groupings_are_read_whole(phrase, low, high, unit):
    read = parse_number(phrase)
    assert read is not None
    assert (read.low, read.high, read.unit) == (low, high, unit)


@pytest.mark.parametrize("phrase", ["twenty-odd men", "thirty-something cars", "750-odd houses"])
def test_what_is_about_a_number_is_approximate(phrase):
    read = parse_number(phrase)
    assert read is not None
    assert read.approximate
    assert read.low == read.high


@pytest.mark.parametrize("phrase", ["a mile and a bit", "a day and a third of the town", "a mile and half the town"])
def test_an_article_before_a_unit_is_no_number_of_its_own(phrase):
    read = parse_number(phrase)
    assert read is None or read.unit not in {"mile", "day"}


def test_a_number_said_with_perhaps_widens_the_one_before():
    body = "Three people, perhaps four, were killed, the brigade said.\n\nThe hall was full, and the chairwoman left."
    (figure,) = find_figures(Analysed(Document(id="d", text=body), ()), (), ())
    assert (figure.low, figure.high, figure.event) == (3, 4, "kill")
