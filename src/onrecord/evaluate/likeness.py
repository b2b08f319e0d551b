"""Fit the weights of :mod:`onrecord.comparison.pairing.likeness` on labelled stories, each measured when left out.

Reads lots of labelled stories; gives weights, and the counts of pairs under weights that were fitted on the other
stories: figures of a story are never those of weights that have seen it. Logistic regression with a quadratic penalty,
by Newton's method. As a command, ``python -m onrecord.evaluate.likeness GOLD…``, it prints the counts; ``--write FILE``
renews the weights.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from onrecord import pipeline
from onrecord.annotators.attribution.encoder import Encoder
from onrecord.comparison.claims import joining as claims
from onrecord.comparison.pairing import scoring as pairing
from onrecord.comparison.pairing.likeness import FEATURES, SENSE, Fitted, Kind, Scales
from onrecord.comparison.pairing.passages import in_order
from onrecord.comparison.pairing.scoring import Pairing
from onrecord.comparison.rarity import Rarity
from onrecord.comparison.statements import grouping as statements
from onrecord.evaluate.claims import claim_pairs, count_claims, sentence_of
from onrecord.evaluate.counts import Count
from onrecord.evaluate.sourcing import LabelledStory, read_stories
from onrecord.evaluate.stories import (
    count_statements,
    documents_beside,
    labelled_annotations,
    lot_name,
    matched_utterances,
    score_given_labelled,
    statement_pairs,
)
from onrecord.story import Story
from onrecord.text.words import Embed

PENALTY = 1.0
_STEPS = 40
_FEW = 8
"""A story with fewer true pairs than this weighs no more for that."""
_HALF = 33.0
"""A story with as many true pairs as this has the weight 1 a pair; one with more has less."""
USED: dict[Kind, tuple[str, ...]] = {
    "statement": tuple(
        "dice whole runs quoted number-shared same overlap differ only days margin specific cosine".split()
    ),
    "claim": tuple("balance whole runs number-shared number-differs specific cosine cosine-part cosine-whole".split()),
}
"""Features that help on stories left out; the others were tried and did not."""
KINDS: tuple[Kind, ...] = ("statement", "claim")
_NOTHING = Fitted(Scales({}, 0.0), Scales({}, 0.0))


class Rows(NamedTuple):
    """One story's candidate pairs: features, shape (pairs, features), float64; labels, shape (pairs,), bool."""

    features: NDArray[np.float64]
    labels: NDArray[np.bool_]


def fit_scales(stories: Sequence[Rows], names: Sequence[str], penalty: float = PENALTY) -> Scales:
    """Fit one regression on the pairs of all stories; each story's weight falls with the root of its true pairs."""
    features = np.concatenate([s.features for s in stories])
    labels = np.concatenate([s.labels for s in stories]).astype(np.float64)
    weight = np.concatenate(
        [np.full(len(s.labels), (_HALF / max(float(s.labels.sum()), _FEW)) ** 0.5) for s in stories]
    )
    padded = np.c_[features, np.ones(len(features))]
    ridge = np.eye(padded.shape[1]) * penalty
    ridge[-1, -1] = 1e-6
    found = np.zeros(padded.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-padded @ found))
        slope = padded.T @ (weight * (chance - labels)) + ridge @ found
        curve = (padded * (weight * chance * (1 - chance) + 1e-9)[:, None]).T @ padded + ridge
        found -= np.linalg.solve(curve, slope)
    rounded = [round(float(v), 3) for v in found]
    return Scales(dict(zip(names, rounded[:-1], strict=True)), rounded[-1])


def fit(stories: Sequence[Rows], kind: Kind) -> Fitted:
    """Fit the regression of words alone, and that of words and embeddings."""
    scales = []
    for names in ([n for n in USED[kind] if n not in SENSE], list(USED[kind])):
        columns = [FEATURES[kind].index(name) for name in names]
        scales.append(fit_scales([Rows(s.features[:, columns], s.labels) for s in stories], names))
    return Fitted(*scales)


def statement_rows(labels: LabelledStory, embed: Embed) -> Rows:
    """List a story's candidate pairs of labelled attributions, and whether each is joined, the doubted left out."""
    documents, speakers = labelled_annotations(labels)
    reports = in_order(documents)
    rarity = Rarity.of(reports)
    said = statements.gather(reports, speakers, rarity)
    with _all_embedded():
        held = statements.pair(said, rarity, embed, _NOTHING)
    wanted, unsure = statement_pairs(labels)
    return _rows(
        "statement",
        held,
        [[(d, a) for d, a in one.members] for one in said],
        lambda a, b: _label(a[1], b[1], wanted, unsure),
    )


def claim_rows(labels: LabelledStory, embed: Embed) -> Rows:
    """List a story's candidate pairs of sentences told in the reports' own voice, labelled likewise."""
    documents, _ = labelled_annotations(labels)
    reports = in_order(documents)
    rarity = Rarity.of(reports)
    reported = claims.gather(reports, rarity)
    with _all_embedded():
        held = claims.pair(reported, rarity, embed, _NOTHING)
    wanted, unsure = claim_pairs(labels, documents)
    sentences = {d.id: d.sentences for d in documents}
    members = [[(d, sentence_of(span, sentences[d])) for d, span in one.members] for one in reported]
    return _rows("claim", held, members, lambda a, b: _label(a, b, wanted, unsure))


def _label(a: Any, b: Any, wanted: set[Any], unsure: set[Any]) -> bool | None:
    one = (a, b) if a < b else (b, a)
    return True if one in wanted else None if one in unsure else False


def _rows(
    kind: Kind, held: Pairing, members: Sequence[Sequence[Any]], label: Callable[[Any, Any], bool | None]
) -> Rows:
    features, labels = [], []
    for i, j in held.pairs:
        if held.share_document(i, j):
            continue
        found = [label(a, b) for a in members[i] for b in members[j]]
        row = held.row(i, j)
        if row is not None and (any(found) or None not in found):
            features.append(row)
            labels.append(any(found))
    return Rows(
        np.array(features, dtype=np.float64).reshape(len(labels), len(FEATURES[kind])), np.array(labels, dtype=np.bool_)
    )


@contextmanager
def _all_embedded() -> Iterator[None]:
    """Ask for the embeddings of every pair, not of the doubtful ones only."""
    kept = pairing.DOUBT, pairing.MOST_TEXTS
    pairing.DOUBT, pairing.MOST_TEXTS = (-1.0, 2.0), 1_000_000
    try:
        yield
    finally:
        pairing.DOUBT, pairing.MOST_TEXTS = kept


class Read(NamedTuple):
    """A labelled story with what the pipeline finds in its text."""

    labels: LabelledStory
    found: Story


def found_rows(story: Read, embed: Embed) -> Rows:
    """List a story's candidate pairs of attributions found, labelled where both match labelled ones."""
    reports = in_order(story.found.documents)
    rarity = Rarity.of(reports)
    said = statements.gather(reports, story.found.speakers, rarity)
    with _all_embedded():
        held = statements.pair(said, rarity, embed, _NOTHING)
    wanted, unsure = statement_pairs(story.labels)
    ids = {key: item["id"] for key, item in matched_utterances(story.labels, story.found.documents).items()}

    def label(a: Any, b: Any) -> bool | None:
        return _label(ids[a], ids[b], wanted, unsure) if a in ids and b in ids else None

    return _rows("statement", held, [one.members for one in said], label)


def rows_of(story: Read, kind: Kind, embed: Embed) -> list[Rows]:
    """List all labelled pairs of a story: for statements those of labelled attributions and of those found."""
    if kind == "claim":
        return [claim_rows(story.labels, embed)]
    return [statement_rows(story.labels, embed), found_rows(story, embed)]


def count_joins(story: Read, kind: Kind, fit: Fitted, embed: Embed | None) -> tuple[Count, Count]:
    """Count the pairs joined by given weights, from text and given labelled attributions."""
    score = score_given_labelled(story.labels, embed, {kind: fit})
    documents = story.found.documents
    if kind == "claim":
        return count_claims(story.labels, documents, claims.group(documents, embed, fit)), score.claims_given_labelled
    joined = statements.group(documents, story.found.speakers, embed, fit)
    return count_statements(story.labels, documents, joined), score.statements_given_labelled


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit on all lots, measure each story with weights fitted on the others, print; write the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lots", type=Path, nargs="+", metavar="GOLD")
    parser.add_argument("--write", type=Path)
    given = parser.parse_args(arguments)
    embed = Encoder.load().embed
    stories = [
        (lot_name(lot), Read(labels, pipeline.compare(labels.documents)))
        for lot in given.lots
        for labels in read_stories(lot, documents_beside(lot))
    ]
    found: dict[Kind, Fitted] = {}
    for kind in KINDS:
        wanted = [(lot, s) for lot, s in stories if kind == "statement" or s.labels.answers.get("assertions")]
        rows = [rows_of(story, kind, embed) for _, story in wanted]
        found[kind] = fit([r for held in rows for r in held], kind)
        totals: dict[str, tuple[Count, Count]] = {}
        for at, (lot, story) in enumerate(wanted):
            others = fit([r for n, held in enumerate(rows) if n != at for r in held], kind)
            text, labelled = count_joins(story, kind, others, embed)
            for name in (lot, "together"):
                known = totals.get(name, (Count(), Count()))
                totals[name] = known[0].plus(text), known[1].plus(labelled)
        for name, (text, labelled) in totals.items():
            print(kind, "left out,", name, "from text:", text.rates, "given labels:", labelled.rates)  # noqa: T201 - a command's output
    if given.write:
        given.write.write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n")


if __name__ == "__main__":
    main()
