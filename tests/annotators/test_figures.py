"""Figures: what counts, with which bounds, noun, event and whole; what is left out, and why."""

from __future__ import annotations

import string
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotation import Attribution, Figure
from onrecord.annotators.dates.resolving import find_dates
from onrecord.annotators.figures.finding import find_figures, weigh
from onrecord.document import Block, Document, Span
from onrecord.text.analysed import Analysed

PADDING = " Nothing else was known of it at the harbour that night, said people who live near the quay."


def whole(document: Document, attributions: Sequence[Attribution] = ()) -> tuple[Analysed, Sequence[Attribution], Any]:
    """Give what figures are found in: a document without sentences, its attributions and its dates."""
    analysed = Analysed(document, ())
    return analysed, attributions, find_dates(analysed)


def figures(text: str, *, blocks: tuple[Block, ...] = ()) -> list[Figure]:
    return list(find_figures(*whole(Document(id="d", text=text, blocks=blocks))))


def only(text: str) -> Figure:
    found = figures(text + PADDING)
    assert len(found) == 1, [text[f.start : f.end] for f in found]
    return found[0]


def exact(text: str) -> list[str]:
    return [text[f.start : f.end] for f in figures(text)]


@pytest.mark.parametrize(
    ("text", "span", "low", "high", "of"),
    [
        ("The blast killed 13 U.S. service members.", "13 U.S. service members", 13, 13, "U.S. service members"),
        ("Police arrested more than 2,400 people.", "more than 2,400 people", 2401, None, "people"),
        ("It drew hundreds of thousands of fans.", "hundreds of thousands of fans", 200_000, None, "fans"),
        ("Just under 200 remain unaccounted for.", "Just under 200", None, 199, None),
        ("As many as 57 pupils escaped.", "As many as 57 pupils", None, 57, "pupils"),
        ("The mayor sent some 1, 600 officers.", "some 1, 600 officers", 1600, 1600, "officers"),
        ("Rebels freed 21 of the hostages.", "21 of the hostages", 21, 21, "hostages"),
        ("Three short-range rockets were fired.", "Three short-range rockets", 3, 3, "short-range rockets"),
        ("She cast her vote with 276 girls and women.", "276 girls and women", 276, 276, "girls and women"),
        ("Four MK-84 bombs were dropped.", "Four MK-84 bombs", 4, 4, "MK-84 bombs"),
        ("A family of five was found.", "A family of five", 5, 5, "family"),
        ("No passengers were injured.", "No passengers", 0, 0, "passengers"),
    ],
)
def test_a_count_takes_in_its_bound_and_its_noun(
    text: str, span: str, low: float | None, high: float | None, of: str | None
) -> None:
    figure = only(text)
    assert (text[figure.start : figure.end], figure.low, figure.high, figure.of) == (span, low, high, of)
    assert figure.unit is None


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("Nearly 90% of imports came by sea.", None, 90, "percent"),
        ("The ransom was $5.2 billion.", 5.2e9, 5.2e9, "USD"),
        ("The hull lay 125 to 155 miles west of Norvik.", 125, 155, "mile"),
        ("The war lasted for eight years.", 8, 8, "year"),
        ("He faces up to 10 years in jail.", None, 10, "year"),
        ("A 16-year-old was charged.", 16, 16, "year"),
        ("It climbed about 550 km.", 550, 550, "kilometre"),
    ],
)
def test_a_measure_carries_its_unit(text: str, low: float | None, high: float | None, unit: str) -> None:
    figure = only(text)
    assert (figure.low, figure.high, figure.unit) == (low, high, unit)


def test_thirteen_service_members_and_civilians_are_two_counts_of_one_event() -> None:
    text = "The blast at the gate killed 13 U.S. service members and another 170 civilians." + PADDING
    first, second = figures(text)
    assert [(f.low, f.event) for f in (first, second)] == [(13, "kill"), (170, "kill")]


def test_a_declared_part_names_its_whole() -> None:
    text = "The crash killed 12 people, including 10 foreigners, the ministry said." + PADDING
    whole, part = figures(text)
    assert (part.part_of, whole.part_of) == (whole.id, None)


def test_a_figure_knows_the_closest_attribution_that_carries_it() -> None:
    text = "The minister said that the mayor told him 90 houses were damaged." + PADDING
    outer = Attribution("a1", (Span(18, 65),))
    inner = Attribution("a2", (Span(text.index("90"), 65),))
    found = find_figures(*whole(Document(id="d", text=text), (outer, inner)))
    assert [f.attribution for f in found] == ["a2"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The doors of the hall opened at 5:30 a.m. for all who had waited.", "time"),
        ("The boat was a gift of the town, which bought it on August 29, 2017, for a song.", "date"),
        ("The crew flew home on the first free seats of a Boeing 737 over the hills.", "identifier"),
        ("Send what you saw to our night desk, or call us there on 0207 555 0143 at once.", "identifier"),
        ("It was the 68th anniversary of the town, and all of its bells rang for it.", "ordinal"),
        ("Ms. Oduya, 41, runs an office in the old part of the town by the river.", "age"),
        ("It was a crash like others on that road, the second of them in four months.", "frame"),
        ("The two leaders agreed on it over tea while their aides waited outside.", "reference"),
        ("The town had two things to say of it, and said them both at great length.", "light-noun"),
        ("The 15-member council met in the old hall and went home again at once.", "descriptor"),
    ],
)
def test_what_counts_nothing_is_left_out_with_its_reason(text: str, reason: str) -> None:
    found, left = weigh(*whole(Document(id="d", text=text)))
    assert found == ()
    assert reason in {each.reason for each in left}


def test_a_conversion_is_one_figure_with_what_it_converts() -> None:
    text = "The missile flew 2,700 km (1,680 miles) before it fell into the sea to the east." + PADDING
    found, left = weigh(*whole(Document(id="d", text=text)))
    assert [f.unit for f in found] == ["kilometre"]
    assert [each.reason for each in left] == ["conversion"]


def test_a_reference_back_is_no_second_figure() -> None:
    text = "Rebels freed 21 miners on Monday in the hills. The 21 miners were flown home by helicopter at night."
    assert exact(text) == ["21 miners"]


def test_the_headline_and_the_caption_repeat_what_the_body_tells() -> None:
    head = "Rebels free 21 miners"
    text = f"{head}\nRebels freed 21 miners in the hills on Monday, and flew them home." + PADDING
    assert [f.start > len(head) for f in figures(text)] == [True]
    blocks = (Block("headline", 0, len(head)), Block("paragraph", len(head) + 1, len(text)))
    assert [f.start > len(head) for f in figures(text, blocks=blocks)] == [True]


def test_those_who_open_a_clause_of_their_own_are_not_hurt_by_the_verb_before() -> None:
    found = figures("The crash hurt 14 workers, and 2,450 people were sent from their beds." + PADDING)
    assert [(f.low, f.event) for f in found] == [(14, "injure"), (2450, None)]


def test_those_sent_to_hospital_are_hurt() -> None:
    assert only("The crash sent 14 dock workers to hospital.").event == "injure"


def test_not_one_day_before_counts_no_days() -> None:
    assert exact("I will go if they find it, but not one day before that." + PADDING) == []


def test_handed_over_is_no_bound() -> None:
    assert only("The rebels handed over 21 girls.").low == 21


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("The Larks beat the Owls 8-7 in 10 innings.", (10, 10)),
        ("Seven in 10 voters stayed at home.", (0.7, 0.7)),
        ("The boy fell 10 to 12 feet.", (10, 12)),
        ("The river rose from 10 to 12 feet.", (12, 12)),
        ("There is a levy on money kept abroad - 15.5 percent for cash.", (15.5, 15.5)),
        ("Sales changed by -15.5 percent.", (-15.5, -15.5)),
        ("It had a net income of $2.07 billion.", (2_070_000_000, 2_070_000_000)),
    ],
)
def test_scores_dashes_and_falls_are_no_shares_signs_and_changes(text: str, bounds: tuple[float, float]) -> None:
    last = figures(text)[-1]
    assert (last.low, last.high) == bounds


def test_over_ten_years_is_a_length_of_time_not_a_bound() -> None:
    text = "It would cost them a great deal over 10 years, the office said." + PADDING
    found, left = weigh(*whole(Document(id="d", text=text)))
    assert found == ()
    assert {each.reason for each in left} == {"frame"}


@pytest.mark.parametrize(
    "text", ["two and a half million", "three", "I want 20 coffees.", "the 21st", "ten months old"]
)
def test_every_number_of_a_bare_phrase_is_a_figure(text: str) -> None:
    assert len(figures(text)) == 1


@given(st.text(alphabet=string.printable + "½€£¥“”’–—\u00a0\u200b\u202eאب12", max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_and_spans_lie_in_it_in_order(text: str) -> None:
    found = figures(text)
    for figure in found:
        assert 0 <= figure.start < figure.end <= len(text)
        assert figure.low is not None or figure.high is not None
        if figure.low is not None and figure.high is not None:
            assert figure.low <= figure.high
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    "text", ["", "\n\n", "1" * 4000, "1 to " * 2000, "of " * 3000, "7,7," * 1000, "hundred " * 1500]
)
def test_odd_and_long_texts_are_read_without_recursion(text: str) -> None:
    figures(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The council revised the death toll of the fire to 275 from 288.", [(275, "kill"), (288, "kill")]),
        ("The mayor put the number of injured at 1,175 on Monday.", [(1175, "injure")]),
        ("The number of deaths in Corvo is 275 and not 288, she said.", [(275, "kill"), (288, "kill")]),
        ("The number of people killed in the blast stands at 41.", [(41, "kill")]),
        ("A death toll of 12 was given by the brigade on Monday.", [(12, "kill")]),
        ("The toll of the old bridge is 12 and the number of the house is 7.", []),
        ("The total number of survivors was about 30 in the end.", [(30, "survive")]),
    ],
)
def test_a_tally_is_counted_by_the_noun_before_its_number(text, expected):
    body = f"{text}\n\nThe hall was full, and the chairwoman thanked those who had come to hear it."
    found = find_figures(*whole(Document(id="d", text=body), ()))
    assert [(figure.low, figure.event) for figure in found] == expected


def test_a_noun_may_begin_with_a_compound_and_stand_behind_a_weekday():
    body = (
        "The council will buy on Tuesday 500 million at-home testing kits.\n\nThe hall was full, and the rest was done."
    )
    (figure,) = find_figures(*whole(Document(id="d", text=body), ()))
    assert (figure.low, figure.of) == (500_000_000, "at-home testing kits")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("He paid 400 pounds for the boat.", "GBP"),
        ("The seal weighs over 400 pounds.", "pound"),
        ("The rocket cost $90 and lifts 119,000 pounds.", "pound"),
        ("The deal, worth 20 million pounds ($26 million), fell through.", "GBP"),
        ("It cost £90 and he lost 400 pounds on it.", "GBP"),
    ],
)
def test_pounds_are_money_or_weight_by_what_the_text_has_beside(text, unit):
    body = f"{text}\n\nThe hall was full, and the chairwoman thanked those who had come to hear it."
    assert find_figures(*whole(Document(id="d", text=body), ()))[-1 if "$90" in text or "£" in text else 0].unit == unit
