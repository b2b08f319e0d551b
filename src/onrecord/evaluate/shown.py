"""Of each kind of finding, how much is shown, how much withheld, and how much of what is shown is right.

Reads labelled stories and what the pipeline finds in them. A finding that no label can judge is left out. Each kind has
one function here, which judges the findings of one story: :data:`KINDS` lists them all.

* ``speaker``: the speaker of each attribution that the labels hold too, shown where ``speaker_clear``. Names agree by
  :mod:`onrecord.evaluate.speaker_names`. ``speaker, exactly`` asks for the labelled form letter for letter, case,
  titles and articles aside; ``speaker by …`` are its parts by resolution.
* ``statement join`` and ``claim join``: see :mod:`onrecord.evaluate.shown_joins`.
* ``figures joined``, ``figure verdict``, ``conflict``, ``date`` and ``chain of sourcing``: see
  :mod:`onrecord.evaluate.shown_figures`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from onrecord import pipeline
from onrecord.annotators.attribution.encoder import Encoder
from onrecord.evaluate import shown_figures, shown_joins
from onrecord.evaluate.sourcing import LabelledStory, read_stories
from onrecord.evaluate.speaker_names import StoryNames
from onrecord.evaluate.stories import NamesGiven, is_asked_for, matched_utterances
from onrecord.story import Story


class Judged(NamedTuple):
    """One finding: its kind, whether it is shown, and whether the labels bear it out."""

    kind: str
    shown: bool
    right: bool


class ShownCount(NamedTuple):
    """Findings of one kind: how many are shown, how many withheld, how many of each are right."""

    shown: int = 0
    withheld: int = 0
    shown_right: int = 0
    withheld_right: int = 0

    @property
    def rates(self) -> dict[str, float]:
        """The figures by name; shares in per cent."""
        return {
            "shown": self.shown,
            "withheld": self.withheld,
            "share_withheld": round(100 * self.withheld / ((self.shown + self.withheld) or 1), 1),
            "right_of_shown": round(100 * self.shown_right / (self.shown or 1), 1),
            "right_of_withheld": round(100 * self.withheld_right / (self.withheld or 1), 1),
        }


Judge = Callable[[LabelledStory, Story], Iterable[Judged]]


def evaluate_shown(labels: Path, documents: Path, *, encoder: Encoder | None = None) -> dict[str, ShownCount]:
    """Read a lot's stories with the whole pipeline and count, by kind, what is shown and how much of it is right.

    Raises LabelledDataError where a file of labels or its documents are missing or have another form.
    """
    chosen = encoder or pipeline.shared_encoder()
    found: list[Judged] = []
    for labelled in read_stories(labels, documents):
        story = pipeline.compare(labelled.documents, encoder=chosen)
        found += judge(labelled, story)
    return count(found)


def judge(labels: LabelledStory, story: Story) -> Iterator[Judged]:
    """Judge all findings of one story that its labels can judge."""
    for one in KINDS:
        yield from one(labels, story)


def count(found: Iterable[Judged]) -> dict[str, ShownCount]:
    """Count judged findings by kind, in the order in which the kinds come first."""
    counted: dict[str, Counter[tuple[bool, bool]]] = {}
    for kind, shown, right in found:
        counted.setdefault(kind, Counter())[shown, right] += 1
    return {
        kind: ShownCount(
            c[True, True] + c[True, False], c[False, True] + c[False, False], c[True, True], c[False, True]
        )
        for kind, c in counted.items()
    }


def judge_speakers(labels: LabelledStory, story: Story) -> Iterator[Judged]:
    """Judge who is given as the speaker of each attribution that the labels hold too."""
    matches = matched_utterances(labels, story.documents)
    names, exact = StoryNames.of(labels, story), NamesGiven.of(story)
    for document in story.documents:
        for attribution in document.attributions:
            item = matches.get((document.id, attribution.id))
            if item is None or not is_asked_for(item) or item.get("unsure_speaker"):
                continue
            shown = attribution.speaker is not None and attribution.speaker_clear
            right = names.is_right(document.id, attribution, item)
            yield Judged("speaker", shown, right)
            yield Judged("speaker, exactly", shown, exact.agree(document.id, attribution, item["speaker"]))
            yield Judged(f"speaker by {attribution.resolution or 'nothing'}", shown, right)


def judge_joins(labels: LabelledStory, story: Story) -> Iterator[Judged]:
    """Judge the joins of statements and of claims; see :mod:`onrecord.evaluate.shown_joins`."""
    for row in (*shown_joins.statement_joins(labels, story), *shown_joins.claim_joins(labels, story)):
        yield Judged(*row)


def judge_figures(labels: LabelledStory, story: Story) -> Iterator[Judged]:
    """Judge figure groups, conflicts, dates and chains; see :mod:`onrecord.evaluate.shown_figures`."""
    for rows in (shown_figures.figure_rows, shown_figures.date_rows, shown_figures.chain_rows):
        for row in rows(labels, story):
            yield Judged(*row)


KINDS: Final[tuple[Judge, ...]] = (judge_speakers, judge_joins, judge_figures)
"""What judges the findings of one story, one function a kind."""


def rates(counted: Mapping[str, ShownCount]) -> dict[str, dict[str, float]]:
    """Give the figures of all kinds as plain values."""
    return {kind: one.rates for kind, one in counted.items()}
