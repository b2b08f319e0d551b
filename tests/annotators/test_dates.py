"""Dates: which day an expression means, when none is given, and when the text refutes the publication date."""

from __future__ import annotations

import datetime as dt
import string
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotation import Annotations, DateMention
from onrecord.annotators.dates.calendars import easter, nth_weekday
from onrecord.annotators.dates.readings import interval
from onrecord.annotators.dates.resolving import find_dates
from onrecord.annotators.dates.stamps import borrow_anchor, doubt, doubt_stamps
from onrecord.document import Block, Document, Published
from onrecord.publishers.date_words import why_doubted
from onrecord.text.analysed import Analysed

THURSDAY = "2021-09-02"


def document(text: str, published: str | None = THURSDAY, **more: object) -> Document:
    stamp = Published(published, "metadata") if published else None
    return Document(id="d", text=text, published=stamp, **more)  # type: ignore[arg-type]


def dates(text: str, published: str | None = THURSDAY, anchor: str | None = None) -> list[DateMention]:
    return list(find_dates(Analysed(document(text, published), ()), anchor))


def value(text: str, published: str = THURSDAY) -> str | None:
    found = dates(text, published)
    assert len(found) == 1, [text[d.start : d.end] for d in found]
    return found[0].value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The minister said on Wednesday that it was over.", "2021-09-01"),
        ("The minister said Thursday that it was over.", "2021-09-02"),
        ("They met late on Monday evening in the port.", "2021-08-30"),
        ("The ferry is expected to sail on Sunday.", "2021-09-05"),
        ("The council will meet on Tuesday.", "2021-09-07"),
        ("It happened yesterday.", "2021-09-01"),
        ("It was seen last night.", "2021-09-01"),
        ("A vote is due tomorrow.", "2021-09-03"),
        ("They spoke today.", "2021-09-02"),
        ("It opened two weeks ago.", "2021-08-19"),
        ("It opened three days ago.", "2021-08-30"),
        ("It opened two months ago.", "2021-07"),
        ("It opened two years ago.", "2019"),
        ("It closed last year.", "2020"),
        ("It closed last month.", "2021-08"),
        ("It closed in June.", "2021-06"),
        ("It has been shut since July.", "2021-07"),
        ("He was jailed in December.", "2020-12"),
        ("The Aug. 31 deadline passed.", "2021-08-31"),
        ("He was born on Dec. 30 in the port.", "2020-12-30"),
        ("They met on Thanksgiving.", "2020-11-26"),
        ("It was founded in 1998.", "1998"),
        ("It was a thing of the 1990s.", "1990/1999"),
        ("It was signed on 3 March 2019.", "2019-03-03"),
        ("It was signed on 2019-03-03.", "2019-03-03"),
        ("It was signed on 25/12/2019.", "2019-12-25"),
        ("Over the weekend it rained.", "2021-08-28/2021-08-29"),
    ],
)
def test_an_expression_is_counted_from_the_publication_day(text: str, expected: str) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It closed last summer.",
        "It began more than two years ago.",
        "It began several years ago.",
        "It was signed on 3/4/2019.",
        "The fair on Friday drew a crowd.",
        "They met last Tuesday.",
        "It fell on Independence Day.",
    ],
)
def test_where_two_readings_remain_none_is_given(text: str) -> None:
    assert value(text, "2021-09-02") is None


@pytest.mark.parametrize(
    "text",
    ["It ended the 20-year war.", "It may rain.", "They march on.", "The sun sat low.", "Over 1,900 people came."],
)
def test_what_is_no_date_is_not_found(text: str) -> None:
    assert dates(text) == []


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("He spoke on Sunday morning to us.", "on Sunday morning"),
        ("It flew early Tuesday morning over us.", "early Tuesday morning"),
        ("It left at 12:10 p.m. Sunday, late.", "12:10 p.m. Sunday"),
        ("It has been so since July, he said.", "since July"),
        ("It was Sunday’s crash.", "Sunday"),
    ],
)
def test_a_span_takes_in_preposition_and_part_of_the_day(text: str, span: str) -> None:
    found = dates(text)
    assert [text[d.start : d.end] for d in found] == [span]


def test_without_a_date_nothing_is_guessed_and_a_borrowed_anchor_is_marked() -> None:
    text = "The minister said on Wednesday that the law of 2015 was dead."
    alone = dates(text, None)
    assert [(d.value, d.reason) for d in alone] == [(None, "no-anchor"), ("2015", "absolute")]
    borrowed = dates(text, None, THURSDAY)
    assert [(d.value, d.inferred) for d in borrowed] == [("2021-09-01", True), ("2015", False)]


def test_earlier_in_the_day_is_the_day_last_spoken_of() -> None:
    found = dates("The plane fell on Monday at noon. Earlier in the day it had been delayed.")
    assert [d.value for d in found] == ["2021-08-30", "2021-08-30"]


def test_a_feast_two_years_ago_is_one_day() -> None:
    text = "The assaults at the New Year’s Eve party two years ago shocked the town."
    found = find_dates(Analysed(document(text, "2017-12-29"), ()))
    assert [d.value for d in found] == ["2015-12-31", "2015-12-31"]


def test_a_dateline_says_that_it_is_one() -> None:
    text = "NORVIK, Sept 1 (Agency) - The port was shut."
    block = Block("dateline", 0, 23)
    found = find_dates(Analysed(document(text, blocks=(block,)), ()))
    assert [(d.value, d.reason) for d in found] == [("2021-09-01", "dateline")]


def test_an_opening_younger_than_the_stamp_is_told_and_counted_from() -> None:
    text = "A ferry sank off the cape on Friday, the guard said. Divers had looked at it on Wednesday."
    report = document(text)
    found = find_dates(Analysed(report, ()))
    assert [d.value for d in found] == ["2021-09-03", "2021-09-01"]
    doubted = doubt(Analysed(report, ()), found)
    assert doubted is not None
    said = why_doubted(Annotations(report, date_doubt=doubted))
    assert said is not None
    assert "Friday" in said
    assert THURSDAY in said


def test_a_day_printed_after_the_publication_refutes_it() -> None:
    report = document("The ferry sank on September 20, 2021, the guard said.")
    assert doubt(Analysed(report, ()), find_dates(Analysed(report, ()))) is not None


@pytest.mark.parametrize(
    "text",
    [
        "The council will vote on Friday, the mayor said.",
        "He spoke of Friday's debate, which he called a farce.",
        "The minister said on Thursday that the port was open.",
    ],
)
def test_what_lies_ahead_refutes_nothing(text: str) -> None:
    report = document(text)
    assert doubt(Analysed(report, ()), find_dates(Analysed(report, ()))) is None


def annotated(name: str, published: str | None) -> Annotations:
    stamp = Published(published, "metadata") if published else None
    return Annotations(Document(id=name, text="", published=stamp))


def test_an_anchor_is_borrowed_from_a_story_that_agrees_and_from_no_other() -> None:
    undated = annotated("u", None)
    near = [annotated(f"n{number}", day) for number, day in enumerate(("2021-09-01", "2021-09-02", "2021-09-02"))]
    assert borrow_anchor(undated, [undated, *near]) == "2021-09-02"
    apart = [annotated("a", "2021-01-01"), annotated("b", "2021-09-02")]
    assert borrow_anchor(undated, apart) is None
    assert borrow_anchor(undated, [undated]) is None


@given(st.integers(1900, 2100))
def test_easter_is_a_sunday_of_march_or_april(year: int) -> None:
    day = easter(year)
    assert day.weekday() == 6
    assert dt.date(year, 3, 22) <= day <= dt.date(year, 4, 25)


@given(st.integers(1900, 2100), st.integers(1, 12), st.integers(0, 6), st.integers(1, 4))
def test_the_nth_weekday_is_the_nth(year: int, month: int, weekday: int, count: int) -> None:
    day = nth_weekday(year, month, weekday, count)
    assert (day.weekday(), day.month, (day.day - 1) // 7) == (weekday, month, count - 1)


@given(st.dates(dt.date(1, 1, 2), dt.date(9999, 12, 30)), st.text(alphabet=string.printable, max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_and_any_day_are_read(day: dt.date, noise: str) -> None:
    text = (
        f"{noise} last week on Monday, two years ago, next month, in May, Feb. 29, Easter, {noise} the 1850s, tomorrow"
    )
    report = document(text, day.isoformat())
    found = find_dates(Analysed(report, ()))
    doubt(Analysed(report, ()), found)
    for mention in found:
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.value is None or interval(mention.value) is not None
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_no_month_lies_before_the_first_year() -> None:
    assert value("It fell in May.", "0001-01-02") is None


def test_a_broken_stamp_is_no_date() -> None:
    assert [d.reason for d in dates("It fell on Monday.", "soon")] == ["no-anchor"]


def test_a_month_soon_to_come_is_past_only_by_its_own_verb() -> None:
    assert value("She asked the town to stand by her in November.") is None
    assert value("The tape was recorded in November.") == "2020-11"
    assert value("If she wins in November, she will move.") == "2021-11"


def test_for_a_weekday_is_left_open() -> None:
    assert value("There are three chairs on the sheet for Monday night.") is None


def test_the_full_stop_after_a_month_is_not_its_abbreviation() -> None:
    text = "It has been shut since January. It stays so."
    assert [text[d.start : d.end] for d in dates(text)] == ["since January"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The fair ran March 3-9, 2021.", "2021-03-03/2021-03-09"),
        ("The fair ran from 3 to 9 March.", "2021-03-03/2021-03-09"),
        ("The fair ran on 3 and 4 March.", "2021-03-03/2021-03-04"),
        ("It fell on the night of August 29/30.", "2021-08-29/2021-08-30"),
        ("The talks ran from July 30 to August 2.", "2021-07-30/2021-08-02"),
        ("The talks ran from December 30 to January 2.", "2020-12-30/2021-01-02"),
        ("Sales rose in the third quarter of 2020.", "2020-07/2020-09"),
        ("Sales rose in Q1 2021.", "2021-01/2021-03"),
        ("Sales rose in the second half of 2020.", "2020-07/2020-12"),
        ("Prices rose between 2016 and 2019.", "2016/2019"),
        ("The letter is dated 3 Feb 21, he said.", "2021-02-03"),
        ("It was sold on August 17 '20, he said.", "2020-08-17"),
        ("She was born in '62, he said.", "1962"),
        ("She left in ’08, he said.", "2008"),
        ("It was sold on 29/Nov/2016.", "2016-11-29"),
        ("It was sold on 2020/11/01.", "2020-11-01"),
        ("It was sold on 20200203.", "2020-02-03"),
        ("The letter is dated 17. August 2020.", "2020-08-17"),
        ("Rents fell due on the 1st day of March.", "2021-03-01"),
        ("It opened on June 12 last year.", "2020-06-12"),
        ("He will retire in a fortnight.", "2021-09-16"),
        ("It opened in two weeks' time, they hope.", "2021-09-16"),
        ("He was here 1,000 days ago.", "2018-12-07"),
        ("The tools were left 1,200 years ago.", "0821"),
        ("The work is to be done by Wednesday.", "2021-09-08"),
        ("The mayor expects the road to be open by Wednesday, with all lanes cleared.", "2021-09-08"),
        ("Service will be restored before Wednesday morning.", "2021-09-08"),
        ("By Wednesday they had left.", "2021-09-01"),
        ("Visit on 13 November confirmed as protests are planned.", "2021-11-13"),
        ("The mayor had been warned that she should expect protests during her visit on November 13.", "2021-11-13"),
        ("He was shot on November 13.", "2020-11-13"),
    ],
)
def test_runs_of_days_short_years_and_days_ahead(text: str, expected: str) -> None:
    found = dates(text, "2021-09-02")
    assert found[-1].value == expected


@pytest.mark.parametrize(
    "text",
    [
        "Sales fell in fiscal 2020.",
        "The club lost money in 2020-21.",
        "Its fiscal first quarter of 2020 was poor.",
        "The cave was painted 10,000 years ago.",
        "The council meets on Monday to vote.",
        "The fair ran March 9-3.",
    ],
)
def test_fiscal_years_and_what_may_lie_either_side_are_left_undecided(text: str) -> None:
    assert [found.value for found in dates(text, "2021-09-02")] == [None]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("On March 3 and 9 people came to it.", ["On March 3"]),
        ("It is on the annual Christmas Eve programme.", []),
        ("They sold 20200203 parts.", []),
    ],
)
def test_what_looks_like_a_run_of_days_is_none(text: str, spans: list[str]) -> None:
    assert [text[found.start : found.end] for found in dates(text, "2021-09-02")] == spans


def test_later_in_the_day_is_not_the_day_of_a_yearly_feast() -> None:
    text = (
        "The network said on Wednesday that it would drop its annual New Year’s Eve show. It rained later in the day."
    )
    assert [found.value for found in dates(text, "2021-09-02")] == ["2021-09-01", "2021-09-01"]


def test_a_date_says_how_sure_it_is() -> None:
    printed, weekday, ago, none = dates(
        "It fell on 3 March 2019. It fell on Monday. It fell two years ago. It fell last summer.", "2021-09-02"
    )
    assert printed.confidence > weekday.confidence > ago.confidence > none.confidence == 0


def story_of(*reported: tuple[str, str | None]) -> list[Annotations]:
    made = []
    for number, (text, published) in enumerate(reported):
        stamp = Published(published, "metadata") if published else None
        document = Document(id=f"d{number}", text=text, published=stamp)
        made.append(Annotations(document, dates=find_dates(Analysed(document, ()))))
    return made


def test_a_text_that_looks_back_on_the_storys_day_borrows_none() -> None:
    news = ("The mayor mocked the tests on Monday.", "2021-12-06")
    back = story_of(news, ("She was sorry on Tuesday. It came after a briefing on December 6.", None))
    assert borrow_anchor(back[1], back) is None
    same = story_of(news, ("She mocked them on Monday. It was a briefing on Monday, December 6.", None))
    assert borrow_anchor(same[1], same) == "2021-12-06"
    other = story_of(news, ("She mocked them on Monday. The last briefing was on May 6.", None))
    assert borrow_anchor(other[1], other) == "2021-12-06"


def test_under_a_stamp_far_from_the_storys_the_same_weekday_is_undecided() -> None:
    news = "The dam broke on Saturday, the mayor said."
    story = story_of((news, "2021-09-05"), (news, "2021-09-05"), (news, "2021-09-06"), (news, "2021-11-30"))
    doubted = doubt_stamps(story)
    assert [d.value for d in doubted[3].dates] == [None]
    assert [d.value for d in doubted[0].dates] == ["2021-09-04"]
    assert doubt_stamps(story[::-1]) == doubted[::-1]
    later = story_of((news, "2021-09-05"), (news, "2021-09-05"), ("It was rebuilt on Monday.", "2021-11-30"))
    assert [d.value for d in doubt_stamps(later)[2].dates] == ["2021-11-29"]
