"""Figures and dates against gold: spans and bounds, groups and verdicts, days.

Gold: ``NAME.json`` story files with their ``NAME.docs.jsonl`` (form and meaning in the gold's own README). What gold
marks unsure is neither asked for nor wrong.

* ``figures``: a figure found is right when its span overlaps a gold one and both bounds are equal, one for one.
  ``exact`` counts those whose span is the gold one letter for letter. Gold marks what matters to the event, by a
  reader's judgement, so that a good number of what counts as wrong is a number that the text does hold.
* ``groups``: pairs of figures in one group. ``among_gold`` leaves out pairs with a figure that gold does not mark:
  nobody has said whether those are right; ``groups_right_among_gold`` is the share of the found ones that are.
  ``verdicts``: of the pairs that are right, those with a verdict that gold gives them, too; a pair of the same bounds
  in a group of another verdict is ``equal``.
* ``conflicts``: groups that are called a conflict; ``false_conflicts`` those that hold no pair which gold calls one;
  ``conflicts_labelled`` those of gold, ``conflicts_found`` those of them of which a pair was found.
* ``dates``: gold expressions that were given a value (``given``), and whose value is the gold one (``right``, of those
  given; ``right_of_all``, of all).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from onrecord.annotation import Annotations, DateMention, Figure
from onrecord.annotators.dates.resolving import find_dates
from onrecord.annotators.dates.stamps import borrow_anchor, doubt_stamps
from onrecord.annotators.figures.finding import find_figures
from onrecord.annotators.layout.blocks import find_blocks
from onrecord.comparison.figures.reconciling import reconcile
from onrecord.document import Document
from onrecord.evaluate.sourcing import LabelledStory, read_stories
from onrecord.evaluate.stories import is_blind
from onrecord.story import FigureGroup, Story
from onrecord.text.analysed import Analysed
from onrecord.text.words import Embed

_Key = tuple[str, str]  # a document's id and a figure's
_Pair = frozenset[_Key]


class FiguresScore(NamedTuple):
    """One story's counts, or those of several added up."""

    labelled: int = 0
    found: int = 0
    right: int = 0
    exact: int = 0
    labelled_pairs: int = 0
    found_pairs: int = 0
    found_pairs_among_labelled: int = 0
    right_pairs: int = 0
    right_verdicts: int = 0
    conflicts: int = 0
    false_conflicts: int = 0
    conflicts_labelled: int = 0
    conflicts_found: int = 0
    labelled_dates: int = 0
    given_dates: int = 0
    right_dates: int = 0

    def plus(self, other: FiguresScore) -> FiguresScore:
        """Add two scores up."""
        return FiguresScore(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def rates(self) -> dict[str, float]:
        """The figures by name, in per cent; conflicts in numbers."""
        return {
            "figures_precision": _percent(self.right, self.found),
            "figures_recall": _percent(self.right, self.labelled),
            "figures_f1": _percent(2 * self.right, self.found + self.labelled),
            "spans_exact": _percent(self.exact, self.labelled),
            "groups_f1": _percent(2 * self.right_pairs, self.found_pairs + self.labelled_pairs),
            "groups_f1_among_gold": _percent(
                2 * self.right_pairs, self.found_pairs_among_labelled + self.labelled_pairs
            ),
            "groups_right_among_gold": _percent(self.right_pairs, self.found_pairs_among_labelled),
            "verdicts_right": _percent(self.right_verdicts, self.right_pairs),
            "conflicts_labelled": self.conflicts_labelled,
            "conflicts_found": self.conflicts_found,
            "conflicts": self.conflicts,
            "false_conflicts": self.false_conflicts,
            "dates_given": _percent(self.given_dates, self.labelled_dates),
            "dates_right": _percent(self.right_dates, self.given_dates),
            "dates_right_of_all": _percent(self.right_dates, self.labelled_dates),
        }


class FiguresReport(NamedTuple):
    """Scores by the stories' names, and of all together."""

    stories: Mapping[str, FiguresScore]
    together: FiguresScore

    @property
    def rates(self) -> dict[str, Any]:
        """All figures, by story and together, as plain values."""
        return {
            "together": self.together.rates,
            "stories": {name: score.rates for name, score in self.stories.items()},
        }


def evaluate_figures(
    labelled: Path, documents: Path, found: Mapping[str, Story] | None = None, *, embed: Embed | None = None
) -> FiguresReport:
    """Compare figures, groups and dates with those of the labelled stories.

    ``found`` are stories by their gold names, as the pipeline gives them; those that it lacks are read here, with
    ``embed`` for the groups. Raises LabelledDataError where a file is missing or has another form.
    """
    scores: dict[str, FiguresScore] = {}
    for story in read_stories(labelled, documents):
        reported = (found or {}).get(story.name)
        if reported is None:
            annotated = annotate_story(story.documents)
            scores[story.name] = score_figures(story, annotated, reconcile(annotated, embed))
        else:
            scores[story.name] = score_figures(story, reported.documents, reported.figure_groups)
    together = FiguresScore()
    for score in scores.values():
        together = together.plus(score)
    return FiguresReport({} if is_blind(labelled) else scores, together)


def annotate_story(documents: Iterable[Document]) -> list[Annotations]:
    """Find blocks, sentences, figures and dates of a story's documents, an undated one counted from the others' day."""
    annotated = []
    for document in map(find_blocks, documents):
        analysed = Analysed(document)
        dates = find_dates(analysed)
        figures = find_figures(analysed, (), dates)
        annotated.append(Annotations(document, analysed.sentences, figures=figures, dates=dates))
    dated = []
    for each in annotated:
        anchor = None if each.document.published else borrow_anchor(each, annotated)
        dates = find_dates(Analysed(each.document, each.sentences), anchor) if anchor else each.dates
        dated.append(msgspec.structs.replace(each, dates=dates))
    return doubt_stamps(dated)


def score_figures(
    labelled: LabelledStory, documents: Sequence[Annotations], groups: Iterable[FigureGroup]
) -> FiguresScore:
    """Hold what was found in one story against its labelled answers."""
    by_id = {document.id: document for document in documents}
    asked = [item for item in labelled.answers.get("figures", ()) if not item.get("unsure")]
    stands = _standing(labelled.answers.get("figures", ()), by_id)
    right = [item for item in asked if _bounds(item) == _bounds_of(by_id, stands.get(item["id"]))]
    unsure = {
        stands[item["id"]]
        for item in labelled.answers.get("figures", ())
        if item.get("unsure") and item["id"] in stands
    }
    score = _pairs_score(labelled, groups, stands)
    given, dates_right, dates = _dates_score(labelled, by_id)
    return score._replace(
        labelled=len(asked),
        found=sum(len(document.figures) for document in documents) - len(unsure),
        right=len(right),
        exact=sum(_span(item) == _span_of(by_id, stands[item["id"]]) for item in right),
        labelled_dates=dates,
        given_dates=given,
        right_dates=dates_right,
    )


def _percent(part: float, whole: float) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def _bounds(item: Mapping[str, Any]) -> tuple[float | None, float | None]:
    return item["low"], item["high"]


def _span(item: Mapping[str, Any]) -> tuple[int, int]:
    return item["start"], item["end"]


def _figure(by_id: Mapping[str, Annotations], key: _Key) -> Figure:
    return next(figure for figure in by_id[key[0]].figures if figure.id == key[1])


def _bounds_of(by_id: Mapping[str, Annotations], key: _Key | None) -> tuple[float | None, float | None] | None:
    if key is None:
        return None
    figure = _figure(by_id, key)
    return figure.low, figure.high


def _span_of(by_id: Mapping[str, Annotations], key: _Key) -> tuple[int, int]:
    figure = _figure(by_id, key)
    return figure.start, figure.end


def _standing(items: Iterable[Mapping[str, Any]], by_id: Mapping[str, Annotations]) -> dict[str, _Key]:
    """Give each gold figure the one found that overlaps it, of several one with its bounds; one for one."""
    stands: dict[str, _Key] = {}
    for item in items:
        document = by_id.get(item["doc"])
        if document is None:
            continue
        over = [
            figure
            for figure in document.figures
            if figure.start < item["end"] and item["start"] < figure.end
            if (document.id, figure.id) not in stands.values()
        ]
        if over:
            best = max(over, key=lambda figure: ((figure.low, figure.high) == _bounds(item), -figure.start))
            stands[item["id"]] = (document.id, best.id)
    return stands


def _pairs_score(labelled: LabelledStory, groups: Iterable[FigureGroup], stands: Mapping[str, _Key]) -> FiguresScore:
    wanted, unsure = _labelled_pairs(labelled, stands)
    found: dict[_Pair, set[str]] = {}
    conflicts = false = 0
    for reported in groups:
        keys = [(member.document, member.figure) for member in reported.figures]
        pairs = {frozenset(pair) for pair in combinations(keys, 2)}
        if reported.verdict == "conflict":
            conflicts += 1
            false += not any("conflict" in wanted.get(pair, ()) or pair in unsure for pair in pairs)
        for pair in pairs - unsure:
            found.setdefault(pair, set()).add(reported.verdict)
    marked = set(stands.values())
    shared = found.keys() & wanted.keys()
    contrary = [pairs for pairs in _contrary_pairs(labelled, stands) if pairs]
    called = {pair for pair, verdicts in found.items() if "conflict" in verdicts}
    return FiguresScore(
        labelled_pairs=len(wanted),
        found_pairs=len(found),
        found_pairs_among_labelled=sum(pair <= marked for pair in found),
        right_pairs=len(shared),
        right_verdicts=sum(bool(found[pair] & wanted[pair]) for pair in shared),
        conflicts=conflicts,
        false_conflicts=false,
        conflicts_labelled=len(contrary),
        conflicts_found=sum(bool(pairs & called) for pairs in contrary),
    )


def _labelled_pairs(labelled: LabelledStory, stands: Mapping[str, _Key]) -> tuple[dict[_Pair, set[str]], set[_Pair]]:
    """Give the pairs of figures that the labels join, with the verdicts of their groups, and the pairs in doubt."""
    bounds = {item["id"]: _bounds(item) for item in labelled.answers.get("figures", ())}
    wanted: dict[_Pair, set[str]] = {}
    unsure: set[_Pair] = set()
    for group in labelled.answers.get("figure_groups", ()):
        for one, other in combinations(group["members"], 2):
            pair = frozenset((stands.get(one, ("missed", one)), stands.get(other, ("missed", other))))
            if group.get("unsure"):
                unsure.add(pair)
            else:
                same = bounds.get(one) is not None and bounds[one] == bounds.get(other)
                wanted.setdefault(pair, set()).update({group["verdict"], "equal"} if same else {group["verdict"]})
    unsure -= wanted.keys()
    return wanted, unsure


class Labels(NamedTuple):
    """What the labels say of figures that were found: the verdicts of pairs, pairs in doubt, and the figures marked."""

    verdicts: Mapping[_Pair, set[str]]
    unsure: set[_Pair]
    marked: set[_Key]


def labels_of(labelled: LabelledStory, documents: Mapping[str, Annotations]) -> Labels:
    """Put the labels of a story's figures into the ids of what was found."""
    stands = _standing(labelled.answers.get("figures", ()), documents)
    return Labels(*_labelled_pairs(labelled, stands), set(stands.values()))


def _contrary_pairs(labelled: LabelledStory, stands: Mapping[str, _Key]) -> Iterator[set[_Pair]]:
    """List, for each conflict that the labels hold, its pairs of figures of other bounds in two documents."""
    items = {item["id"]: item for item in labelled.answers.get("figures", ())}
    for group in labelled.answers.get("figure_groups", ()):
        if group["verdict"] == "conflict" and not group.get("unsure"):
            yield {
                frozenset((stands.get(one, ("missed", one)), stands.get(other, ("missed", other))))
                for one, other in combinations(group["members"], 2)
                if items[one]["doc"] != items[other]["doc"] and _bounds(items[one]) != _bounds(items[other])
            }


def _dates_score(labelled: LabelledStory, by_id: Mapping[str, Annotations]) -> tuple[int, int, int]:
    given = right = asked = 0
    for item in labelled.answers.get("dates", ()):
        if item.get("unsure") or item["doc"] not in by_id:
            continue
        asked += 1
        mention = mention_of(by_id[item["doc"]].dates, item)
        if mention is not None and mention.value is not None:
            given += 1
            right += mention.value == item["value"]
    return given, right, asked


def mention_of(dates: Iterable[DateMention], item: Mapping[str, Any]) -> DateMention | None:
    """Give the first expression of time that overlaps a labelled one."""
    return next((date for date in dates if date.start < item["end"] and item["start"] < date.end), None)
