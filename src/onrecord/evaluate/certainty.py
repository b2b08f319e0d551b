"""Fit how sure a speaker is on labelled data, and write the weights beside the resolver.

usage: python -m onrecord.evaluate.certainty LOT… [--also LOT…] [--polnear SPEAKERS.jsonl DOCUMENTS.jsonl]
[--target 0.965] [--write WEIGHTS.json]

Each labelled utterance that is found is one case: the features of :mod:`onrecord.annotators.speakers.certainty`, and
whether the speaker is the labelled one (:mod:`onrecord.evaluate.speaker_names`). A logistic regression with an L2 pull
to 0 is fitted on all cases. The thresholds are set on the stories of the first lots only, each with weights fitted on
all other stories: for names, pronouns and descriptions the lowest chance from which on the target share of what is
shown is right. The target lies above the 19 of 20 that are aimed at, because rules were written with these stories at
hand. What is inferred is too rare for a threshold of its own, and takes the highest. The same data give the same
weights.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord import pipeline
from onrecord.annotation import Annotations, Resolution
from onrecord.annotators.speakers.certainty import Fit, evidence
from onrecord.annotators.speakers.resolution import Walk
from onrecord.evaluate.attribution import read_lines
from onrecord.evaluate.sourcing import LabelledStory, read_stories
from onrecord.evaluate.speaker_names import StoryNames
from onrecord.evaluate.speakers import read_cases
from onrecord.evaluate.stories import documents_beside, is_asked_for, matched_utterances
from onrecord.story import Story
from onrecord.text.analysed import Analysed

_PENALTY: Final = 2.0
_STEPS: Final = 40


class Judged(NamedTuple):
    """One speaker judged with weights of other stories."""

    chance: float
    right: bool
    resolution: Resolution


class Case(NamedTuple):
    """One speaker found: the story that it is of, by what it was found, its features, and whether it is right."""

    story: str
    resolution: Resolution
    features: Mapping[str, float]
    right: bool


def story_cases(labels: LabelledStory, documents: Sequence[Annotations]) -> Iterator[Case]:
    """Give the cases of one labelled story, each document by itself."""
    story = Story(tuple(documents))
    matches = matched_utterances(labels, story.documents)
    names = StoryNames.of(labels, story)
    for document in documents:
        walk = Walk(Analysed(document.document, document.sentences), document.attributions)
        walk.run()
        for attribution in document.attributions:
            item = matches.get((document.id, attribution.id))
            found = evidence(walk, attribution)
            if item is None or found is None or not is_asked_for(item) or item.get("unsure_speaker"):
                continue
            yield Case(labels.name, found.resolution, found.features, names.is_right(document.id, attribution, item))


def lot_cases(labels: Path) -> Iterator[Case]:
    """Give the cases of a lot of stories."""
    for labelled in read_stories(labels, documents_beside(labels)):
        yield from story_cases(labelled, pipeline.annotate(labelled.documents))


def polnear_cases(labels: Path, documents: Path) -> Iterator[Case]:
    """Give the cases of single documents with labelled speakers, each a story by itself."""
    for case in read_cases(read_lines(labels), read_lines(documents)):
        items = [
            {
                "id": a.id,
                "doc": case.document.id,
                "content": [{"start": c.start, "end": c.end} for c in a.content],
                **({"speaker": None, "kind": "person", "act": "attitude"} | dict(case.labelled.get(a.id, {}))),
            }
            for a in case.attributions
        ]
        for item in items:
            if item["id"] in case.labelled:
                item["act"] = "utterance"
        labelled = LabelledStory(case.document.id, {"attributions": items}, (case.document,))
        yield from story_cases(labelled, pipeline.annotate([case.document]))


def fit(cases: Sequence[Case], names: Sequence[str]) -> Fit:
    """Fit one regression on all cases by Newton's steps."""
    values = _matrix(cases, names)
    labels = np.array([case.right for case in cases], dtype=np.float64)
    ridge = np.eye(values.shape[1]) * _PENALTY
    ridge[-1, -1] = 1e-6
    found = np.zeros(values.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-values @ found))
        slope = values.T @ (chance - labels) + ridge @ found
        curve = (values * (chance * (1 - chance) + 1e-9)[:, None]).T @ values + ridge
        found -= np.linalg.solve(curve, slope)
    weights = {name: round(float(w), 3) for name, w in zip([*names, "intercept"], found, strict=True)}
    return Fit({name: weight for name, weight in weights.items() if weight or name == "intercept"}, {})


def _matrix(cases: Sequence[Case], names: Sequence[str]) -> NDArray[np.float64]:
    rows = [[*(case.features.get(name, 0.0) for name in names), 1.0] for case in cases]
    return np.array(rows, dtype=np.float64)


def left_out(cases: Sequence[Case], names: Sequence[str], stories: Iterable[str]) -> list[Judged]:
    """Give the chance and the truth of each case of these stories, with weights fitted on all other stories."""
    judged: list[Judged] = []
    for story in stories:
        others = fit([case for case in cases if case.story != story], names)
        judged += [
            Judged(others.chance(case.features), case.right, case.resolution) for case in cases if case.story == story
        ]
    return judged


def threshold_for(judged: Iterable[Judged], target: float) -> float:
    """Give the lowest chance from which on the target share is right; 1 where no chance reaches it."""
    found, right = 1.0, 0
    for shown, one in enumerate(sorted(judged, reverse=True), 1):
        right += one.right
        if right >= target * shown:
            found = one.chance
    return round(found, 3)


def thresholds_for(judged: Sequence[Judged], target: float) -> dict[str, float]:
    """Give the threshold of each way of finding a speaker."""
    kinds: tuple[Resolution, ...] = ("name", "pronoun", "description")
    found: dict[str, float] = {
        kind: threshold_for([one for one in judged if one.resolution == kind], target) for kind in kinds
    }
    return found | {"inferred": max(found.values())}


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, hold against the stories left out, print; write the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lots", type=Path, nargs="+")
    parser.add_argument("--also", type=Path, nargs="*", default=[])
    parser.add_argument("--polnear", type=Path, nargs=2)
    parser.add_argument("--target", type=float, default=0.965)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args(arguments)
    asked = [case for lot in given.lots for case in lot_cases(lot)]
    cases = [*asked, *(case for lot in given.also for case in lot_cases(lot))]
    if given.polnear:
        cases += polnear_cases(*given.polnear)
    names = sorted({name for case in cases for name in case.features})
    judged = left_out(cases, names, dict.fromkeys(case.story for case in asked))
    found = fit(cases, names)._replace(thresholds=thresholds_for(judged, given.target))
    print(json.dumps(figures(judged, found.thresholds) | {"cases": len(cases)}, indent=1))  # noqa: T201 - a command's output
    if given.write:
        given.write.write_text(json.dumps(found._asdict(), indent=1) + "\n", encoding="utf-8")


def figures(judged: Sequence[Judged], thresholds: Mapping[str, float]) -> dict[str, Any]:
    """Say how much is shown at these thresholds, how much of that is right, and how well chances hold by tenths."""
    shown = [one.right for one in judged if one.chance >= thresholds[one.resolution]]
    tenths: dict[str, Any] = {}
    for low in range(10):
        inside = [one.right for one in judged if min(int(10 * one.chance), 9) == low]
        if inside:
            tenths[f"{low / 10:.1f} to {(low + 1) / 10:.1f}"] = [len(inside), round(sum(inside) / len(inside), 3)]
    return {
        "thresholds": thresholds,
        "shown": len(shown),
        "withheld": len(judged) - len(shown),
        "right of shown, left out": round(100 * sum(shown) / (len(shown) or 1), 1),
        "chances": tenths,
    }


if __name__ == "__main__":
    main()
