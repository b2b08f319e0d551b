"""Which figure groups, conflicts, dates and chains of sourcing are shown, and whether the labels bear them out.

Reads a labelled story and what the pipeline finds in it; gives rows of kind, shown, right for
:mod:`onrecord.evaluate.shown`. A pair of figures is judged where the labels hold both.

* ``figures joined``: pairs of figures of two documents in one group; ``figure verdict``: of those that are right, the
  verdict of their group.
* ``conflict``: each group called one, whether or not the labels hold its figures.
* ``date``: expressions that the labels hold too, shown where a value is given.
* ``chain of sourcing``: attributions that name an intermediary and that the labels hold too, shown where ``via_clear``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from onrecord import pipeline
from onrecord.comparison.figures.reconciling import withheld
from onrecord.evaluate.figures import Labels, labels_of, mention_of
from onrecord.evaluate.sourcing import LabelledStory, judged_chains
from onrecord.story import FigureGroup, Story

Row = tuple[str, bool, bool]


def figure_rows(labelled: LabelledStory, story: Story) -> Iterator[Row]:
    """Judge the groups that are shown and those that are withheld."""
    labels = labels_of(labelled, {document.id: document for document in story.documents})
    yield from group_rows(labels, story.figure_groups, shown=True)
    yield from group_rows(labels, withheld(story.documents, pipeline.shared_encoder().embed), shown=False)


def group_rows(labels: Labels, groups: Iterable[FigureGroup], *, shown: bool) -> Iterator[Row]:
    """Judge groups of figures against the labels of their story."""
    for group in groups:
        members = [(member.document, member.figure) for member in group.figures]
        pairs = {frozenset(pair) for pair in combinations(members, 2) if pair[0][0] != pair[1][0]} - labels.unsure
        if group.verdict == "conflict":
            yield "conflict", shown, any("conflict" in labels.verdicts.get(pair, ()) for pair in pairs)
            continue
        for pair in sorted(pairs, key=sorted):
            if pair <= labels.marked:
                right = pair in labels.verdicts
                yield "figures joined", shown, right
                if right:
                    yield "figure verdict", shown, group.verdict in labels.verdicts[pair]


def date_rows(labelled: LabelledStory, story: Story) -> Iterator[Row]:
    """Judge the expressions of time that the labels hold."""
    documents = {document.id: document for document in story.documents}
    for item in labelled.answers.get("dates", ()):
        if item.get("unsure") or item["doc"] not in documents:
            continue
        mention = mention_of(documents[item["doc"]].dates, item)
        if mention is not None:
            yield "date", mention.value is not None, mention.value == item["value"]


def chain_rows(labelled: LabelledStory, story: Story) -> Iterator[Row]:
    """Judge the chains of the attributions that the labels hold."""
    for found in judged_chains(labelled, story.documents):
        yield "chain of sourcing", found.attribution.via_clear, found.right
