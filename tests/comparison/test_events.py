"""Whether a story's reports are of one event: what parts them, what does not, and on real stories."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import msgspec
import pytest

from onrecord.annotation import Annotations, DateMention
from onrecord.annotators.dates.resolving import find_dates
from onrecord.comparison.events import part
from onrecord.document import Document, Published
from onrecord.evaluate.sourcing import LabelledStory, read_stories
from onrecord.evaluate.stories import documents_beside
from onrecord.story import Statement, Variant
from onrecord.text.analysed import Analysed
from onrecord.text.sentences import split

FIRE = """The Orrey brick kiln burned to its foundations overnight and killed four watchmen who slept in the loft.
Firemen pumped river water from two barges while villagers carried the injured to the customs house.
The kiln had baked tiles for the royal stables since the reign of the late queen, said the parish register.
A lamp left burning beside straw is thought to have started the blaze, the constable of Orrey wrote in his log.
The owner, a widow, promised pensions for the families and a chapel window in memory of them."""
FIRE_AGAIN = """Four watchmen died when a blaze destroyed the brick kiln at Orrey, which made tiles for royal stables.
Barges on the river fed the pumps; the injured lay in the customs house, nursed by villagers until dawn.
The constable believes that a lamp set the straw alight, and the widow who owns the kiln will pay pensions.
Masons from the neighbouring parish offered their own ovens until a new chimney stands, said the magistrate."""
MATCH = """Halden Rovers won the county chess cup after their captain gave up both rooks against the reigning champion.
Spectators packed the library reading room and followed every move on a board that hung from the gallery.
The champion, a dentist, had been unbeaten since spring and offered a draw before he resigned at midnight.
A brass band played in the square, and the mayor, who lost a wager, wore the captain’s scarf to the council.
Next month the Rovers travel to the coast for the national league, where bookmakers make them outsiders."""


def report(name: str, text: str, day: str | None = None, dates: tuple[DateMention, ...] = ()) -> Annotations:
    return Annotations(Document(name, text, published=Published(day, "caller") if day else None), dates=dates)


def shared_statement(*names: str) -> Statement:
    return Statement("s1", None, tuple(Variant(name, f"{name}.a1") for name in names))


def test_reports_of_two_events_are_parted():
    found = part([report("a", FIRE), report("m", MATCH), report("b", FIRE_AGAIN)], [])
    assert found == (("a", "b"), ("m",))


def test_reports_of_one_event_are_not():
    assert part([report("a", FIRE), report("b", FIRE_AGAIN)], []) == ()


def test_a_shared_statement_makes_one_event_of_unlike_reports():
    assert part([report("a", FIRE), report("m", MATCH)], [shared_statement("a", "m")]) == ()


def test_a_text_that_breaks_off_parts_nothing():
    assert part([report("a", FIRE), report("m", MATCH[:90])], []) == ()


def test_a_short_report_goes_with_the_event_that_it_is_of():
    short = report("s", "The Rovers won the chess cup.")
    reports = [report("a", FIRE), report("m", MATCH), report("b", FIRE_AGAIN), short]
    assert part(reports, []) == (("a", "b"), ("m", "s"))
    assert part(reports, [shared_statement("a", "s")]) == (("a", "b", "s"), ("m",))


def test_like_words_of_another_year_are_another_event():
    def dated(name: str, text: str, day: str) -> Annotations:
        return report(name, text, day, (DateMention(0, 3, day),))

    old, new = dated("old", FIRE, "2031-05-02"), dated("new", FIRE_AGAIN, "2032-06-11")
    assert part([old, new], []) == (("old",), ("new",))
    assert part([old, new], [shared_statement("old", "new")]) == ()
    weeks_later = dated("late", FIRE_AGAIN, "2031-06-20")
    assert part([old, weeks_later], []) == ()
    assert part([old, msgspec.structs.replace(new, dates=())], []) == ()


def test_a_transcript_belongs_to_no_event():
    record = Annotations(Document("t", MATCH, kind="transcript"))
    assert part([report("a", FIRE), report("b", FIRE_AGAIN), record], []) == ()


def _stories(shared: Path) -> dict[str, LabelledStory]:
    return {
        story.name: story
        for lot in (shared / "gold" / "stories", shared / "open" / "gold" / "stories")
        for story in read_stories(lot, documents_beside(lot))
    }


ANOTHER_EVENT = {"grammys_women", "hokkaido_missile"}
"""Stories that hold a report of another event: a concert tour; a launch of the year before."""


@pytest.mark.shared
def test_labelled_stories_are_of_one_event_and_mixtures_are_not(shared: Path):
    stories = _stories(shared)
    reports = {name: [_dated(d) for d in story.documents] for name, story in stories.items()}
    assert {name for name, story in stories.items() if part(reports[name], _labelled(story))} == ANOTHER_EVENT
    pairs = combinations(sorted(set(stories) - ANOTHER_EVENT), 2)
    mixed = [part([*reports[a], *reports[b]], [*_labelled(stories[a]), *_labelled(stories[b])]) for a, b in pairs]
    assert sum(bool(found) for found in mixed) >= 0.9 * len(mixed)


def _labelled(story: LabelledStory) -> list[Statement]:
    where = {a["id"]: a["doc"] for a in story.answers["attributions"]}
    return [shared_statement(*(where[m] for m in each["members"])) for each in story.answers["statements"]]


def _dated(document: Document) -> Annotations:
    spans = split(document)
    return Annotations(document, spans, dates=find_dates(Analysed(document, spans)))
