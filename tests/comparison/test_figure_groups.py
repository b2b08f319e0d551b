"""Figures of several documents: which count the same, how they stand, and that the order of documents is nothing."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotation import Annotations
from onrecord.annotators.dates.resolving import find_dates
from onrecord.annotators.figures.finding import find_figures
from onrecord.comparison.figures.reconciling import reconcile
from onrecord.document import Document, Published, Span
from onrecord.story import FigureGroup
from onrecord.text.analysed import Analysed


def report(name: str, text: str, published: str | None = "2021-09-01") -> Annotations:
    """Annotate a report of one sentence a line."""
    document = Document(id=name, text=text, published=Published(published, "metadata") if published else None)
    sentences, start = [], 0
    for line in text.split("\n"):
        sentences.append(Span(start, start + len(line)))
        start += len(line) + 1
    analysed = Analysed(document, sentences)
    dates = find_dates(analysed)
    return Annotations(
        document,
        tuple(sentences),
        figures=find_figures(analysed, (), dates),
        dates=dates,
    )


def verdicts(*reports: Annotations) -> dict[str, set[str]]:
    """Give each verdict with the amounts that its groups hold, as printed."""
    found: dict[str, set[str]] = {}
    texts = {each.id: each for each in reports}
    for group in reconcile(reports, None):
        for member in group.figures:
            document = texts[member.document]
            figure = next(f for f in document.figures if f.id == member.figure)
            found.setdefault(group.verdict, set()).add(document.text[figure.start : figure.end])
    return found


FERRY = "The ferry Aurelia sank off Cape Norvik in a storm, killing {} aboard, the coast guard said on Wednesday."


def test_the_same_number_is_equal_whatever_it_is_written_in() -> None:
    found = verdicts(report("a", FERRY.format("12 people")), report("b", FERRY.format("twelve people")))
    assert found == {"equal": {"12 people", "twelve people"}}


def test_bounds_that_can_both_hold_are_compatible() -> None:
    found = verdicts(report("a", FERRY.format("more than 270 people")), report("b", FERRY.format("276 people")))
    assert found == {"compatible": {"more than 270 people", "276 people"}}


def test_two_tolls_of_one_evening_are_a_conflict() -> None:
    found = verdicts(report("a", FERRY.format("12 people")), report("b", FERRY.format("10 people")))
    assert found == {"conflict": {"12 people", "10 people"}}


def test_a_toll_that_grows_from_day_to_day_was_updated() -> None:
    groups = reconcile(
        [report("b", FERRY.format("12 people"), "2021-09-02"), report("a", FERRY.format("10 people"))], None
    )
    assert [group.verdict for group in groups] == ["different-time"]
    assert [member.document for member in groups[0].figures] == ["a", "b"]


def test_a_kind_of_people_is_a_part_of_all_the_people() -> None:
    found = verdicts(report("a", FERRY.format("12 people")), report("b", FERRY.format("10 Danish tourists")))
    assert found == {"narrower": {"12 people", "10 Danish tourists"}}


def test_thirteen_is_no_contradiction_to_thirteen_and_a_hundred_and_seventy() -> None:
    found = verdicts(
        report(
            "a",
            "The blast at the airport gate killed 13 U.S. service members and another 170 civilians, officials said.",
        ),
        report("b", "The blast at the airport gate killed 13 U.S. service members, officials said."),
    )
    assert found == {"equal": {"13 U.S. service members"}}


def test_numbers_of_different_things_are_not_joined() -> None:
    found = verdicts(
        report("a", "The ferry carried 12 lorries when it left the port of Norvik at dawn."),
        report("b", "The court of Lund heard 12 witnesses in the trial of the banker."),
    )
    assert found == {}


def test_a_document_that_has_both_numbers_tells_two_things() -> None:
    both = FERRY.format("12 people") + "\nA second ferry sank off Cape Norvik a week before, killing 10 people aboard."
    found = verdicts(report("a", both), report("b", FERRY.format("10 people")))
    assert "conflict" not in found


def test_a_conversion_agrees_with_what_it_was_converted_from() -> None:
    flew = "The rocket flew {} over the island before it fell into the sea, the ministry said."
    found = verdicts(report("a", flew.format("2,700 km")), report("b", flew.format("around 1,677 miles")))
    assert found == {"compatible": {"2,700 km", "around 1,677 miles"}}


def test_events_a_year_apart_are_not_reconciled() -> None:
    fired = "The north fired three rockets into the sea off the island, the ministry said."
    found = verdicts(report("a", fired, "2016-09-05"), report("b", fired.replace("three", "two"), "2017-08-29"))
    assert found == {}


TANK = "The tanker Iona lost {} litres of {} off Cape Norvik on Tuesday, the coast guard said."


def test_amounts_of_one_thing_that_differ_by_a_zero_are_a_conflict() -> None:
    found = verdicts(
        report("a", TANK.format("60,000", "spilled diesel")), report("b", TANK.format("600,000", "diesel"))
    )
    assert found == {"conflict": {"60,000 litres", "600,000 litres"}}


@pytest.mark.parametrize(("amount", "of"), [("600,000", "water"), ("90,000", "diesel"), ("about 600,000", "water")])
def test_other_amounts_are_no_slip_of_a_zero(amount: str, of: str) -> None:
    found = verdicts(report("a", TANK.format("60,000", "diesel")), report("b", TANK.format(amount, of)))
    assert "conflict" not in found


def test_small_round_numbers_differ_by_a_zero_without_a_slip() -> None:
    assert verdicts(report("a", TANK.format("50", "diesel")), report("b", TANK.format("500", "diesel"))) == {}


def test_kinds_that_add_up_are_parts_of_the_whole() -> None:
    hurt = "The crash of the ferry Aurelia at Cape Norvik hurt {}, the coast guard said on Wednesday."
    groups = reconcile(
        [report("a", hurt.format("14 sailors and 90 passengers")), report("b", hurt.format("104 people"))], None
    )
    assert [(group.verdict, len(group.figures)) for group in groups] == [("narrower", 3)]
    assert groups[0].reason == "sum"
    assert [len(side) for side in groups[0].sides] == [2, 1]


def test_a_group_is_named_as_a_reader_would_name_it() -> None:
    groups = reconcile([report(name, FERRY.format("12 people")) for name in "ab"], None)
    assert [(group.of, group.reason) for group in groups] == [("people killed", "same")]
    days = "The harbour of Norvik stays shut for {}, the coast guard said on Wednesday after the storm."
    groups = reconcile([report("a", days.format("48 hours")), report("b", days.format("48 hours"))], None)
    assert [(group.of, group.reason) for group in groups] == [("hours", "same")]


@pytest.mark.parametrize("number", [0, 1])
def test_fewer_than_two_documents_have_no_groups(number: int) -> None:
    assert reconcile([report("a", FERRY.format("12 people"))] * number, None) == ()


COUNTS = st.sampled_from(
    ["12 people", "10 people", "more than 9 people", "at least 200 people", "10 Danish tourists", "two pilots"]
)


@given(st.lists(st.tuples(COUNTS, st.sampled_from(["2021-09-01", "2021-09-02", None])), max_size=6), st.integers(0, 99))
@settings(max_examples=40, deadline=None)
def test_the_order_of_documents_changes_nothing(reported: list[tuple[str, str | None]], seed: int) -> None:
    reports = [report(f"d{number}", FERRY.format(count), day) for number, (count, day) in enumerate(reported)]
    groups = reconcile(reports, None)
    shuffled = reports.copy()
    random.Random(seed).shuffle(shuffled)
    assert reconcile(shuffled, None) == groups
    assert all(_sound(group) for group in groups)


def _sound(group: FigureGroup) -> bool:
    several = len({member.document for member in group.figures}) > 1
    return several and all(group.sides) and bool(group.of)


FIRE = "The fire in the Corvo mill on Monday left {} and closed the road, the brigade said."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("88 bodies identified", "97 bodies yet to be identified"),
        ("40 people seriously injured", "55 people injured"),
        ("40 people injured", "another 55 people injured"),
        ("40 people injured", "55 other people injured"),
        ("40 people taken to hospital", "55 people hurt"),
        ("40 people confirmed dead", "55 people feared dead"),
        ("40 people dead", "55 people injured"),
        ("40 casualties", "55 people dead"),
    ],
)
def test_parts_of_one_whole_are_no_contradiction(one: str, other: str) -> None:
    found = verdicts(report("a", FIRE.format(one)), report("b", FIRE.format(other)))
    assert "conflict" not in found
    assert "different-time" not in found


@pytest.mark.parametrize(
    ("one", "other"), [("25 people injured", "27 people injured"), ("40 people dead", "43 people dead")]
)
def test_two_counts_of_one_evening_contradict(one: str, other: str) -> None:
    found = verdicts(report("a", FIRE.format(one)), report("b", FIRE.format(other)))
    assert found == {"conflict": {one.rpartition(" ")[0], other.rpartition(" ")[0]}} or set(found) == {"conflict"}


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ("2021-09-01T08:00:00+00:00", "2021-09-01T20:30:00+00:00", "different-time"),
        ("2021-09-01T19:00:00+00:00", "2021-09-01T20:30:00+00:00", "conflict"),
        ("2021-09-01T19:00:00+00:00", "2021-09-01", "conflict"),
        (None, "2021-09-01", "different-time"),
        ("2021-09-01", "2021-09-20", None),
    ],
)
def test_a_toll_of_another_hour_was_updated(first: str | None, second: str, verdict: str | None) -> None:
    groups = reconcile(
        [
            report("a", FIRE.format("25 people injured"), first),
            report("b", FIRE.format("27 people injured"), second),
        ],
        None,
    )
    assert [group.verdict for group in groups] == ([verdict] if verdict else [])


def test_a_toll_that_is_said_to_have_risen_was_updated() -> None:
    risen = "The number of injured in the fire in the Corvo mill on Monday rose to 27 people injured, the brigade said."
    found = verdicts(report("a", FIRE.format("25 people injured")), report("b", risen))
    assert "conflict" not in found


def test_what_a_document_says_was_revised_is_no_contradiction() -> None:
    revised = "The brigade revised the death toll of the fire in the Corvo mill on Monday to 40 from 43, it said."
    found = reconcile(
        [
            report("a", FIRE.format("40 people dead")),
            report("b", FIRE.format("43 people dead")),
            report("c", revised),
        ],
        None,
    )
    assert "conflict" not in {group.verdict for group in found}
    assert any(group.reason == "revised" for group in found)


def test_a_toll_of_another_hour_by_another_noun_is_no_part() -> None:
    fire = "The fire in the Corvo mill on Monday killed {} there, the brigade said on Wednesday."
    for toll, workers in (("16 people", "14 workers"), ("26 people", "25 workers")):
        assert "narrower" not in verdicts(report("a", fire.format(toll)), report("b", fire.format(workers)))
    assert "narrower" in verdicts(report("a", fire.format("16 people")), report("b", fire.format("4 workers")))


def test_a_value_and_the_one_it_replaced_are_paired_though_each_document_has_both() -> None:
    revised = "The brigade revised the death toll of the fire in the Corvo mill on Monday to 40 from 43, it said."
    found = verdicts(report("a", revised), report("b", revised))
    assert found["different-time"] == {"40", "43"}
    counted = "The fire in the Corvo mill on Monday killed 40 people, and 43 people were killed in the one before it."
    assert "different-time" not in verdicts(report("a", counted), report("b", counted))


def test_one_verb_and_one_noun_count_the_same_without_an_event() -> None:
    posted = "The singer Ada Moss posted {} photos of the Corvo mill on her page on Tuesday evening."
    found = verdicts(report("a", posted.format("three")), report("b", posted.format("four")))
    assert found == {"conflict": {"three photos", "four photos"}}
    other = posted.replace("posted", "deleted")
    assert verdicts(report("a", posted.format("three")), report("b", other.format("four"))) == {}


def test_amounts_of_one_substance_in_one_year_contradict() -> None:
    held = "The Corvo bank had {} in earnings kept abroad at the end of 2016, according to a filing of the Corvo bank."
    found = verdicts(report("a", held.format("$32.6 billion")), report("b", held.format("$31.2 billion")))
    assert set(found) == {"conflict"}
    later = held.replace("2016", "2014")
    assert verdicts(report("a", held.format("$32.6 billion")), report("b", later.format("$31.2 billion"))) == {}


def test_two_worths_of_one_bid_contradict() -> None:
    bid = "Corvo Mills put off its {} bid for rival Veyline until the autumn, the firm said on Tuesday."
    found = verdicts(report("a", bid.format("$47 billion")), report("b", bid.format("$38 billion")))
    assert set(found) == {"conflict"}
    other = bid.replace("Veyline", "Harrow")
    assert verdicts(report("a", bid.format("$47 billion")), report("b", other.format("$38 billion"))) == {}
    both = report("b", bid.format("$38 billion") + "\nIt had raised its bid for rival Veyline to $47 billion before.")
    assert "conflict" not in verdicts(report("a", bid.format("$47 billion")), both)


def test_two_worths_of_somebodys_first_bid_contradict() -> None:
    first = report("a", "The board of Harrow turned down Corvo’s original $105 billion takeover approach in May.")
    other = report("b", "On Monday Corvo raised its price, months after Corvo made an initial $103 billion offer.")
    assert set(verdicts(first, other)) == {"conflict"}
    raised = report("b", "On Monday Corvo raised its price: Corvo made a $121 billion offer to the board of Harrow.")
    assert verdicts(first, raised) == {}
    another = report("b", "On Monday Veyline raised its price, after Veyline made an initial $103 billion offer.")
    assert verdicts(first, another) == {}


def test_every_group_says_how_sure_it_is() -> None:
    groups = reconcile([report("a", FERRY.format("12 people")), report("b", FERRY.format("twelve people"))], None)
    assert [0.5 < group.confidence < 1 for group in groups] == [True]


def test_bounds_that_only_may_count_the_same_are_not_joined() -> None:
    a = report("a", "The police look into dozens of thefts at the Corvo mill fair, they said.")
    b = report("b", "A total of 359 thefts were reported last year in all of Veyland, the ministry said.")
    assert verdicts(a, b) == {}
