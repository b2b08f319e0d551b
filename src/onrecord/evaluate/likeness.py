"""Fit the weights of :mod:`onrecord.comparison.pairing.likeness` on gold stories, and measure them on stories left out.

Reads gold stories; gives weights, and the counts of pairs under weights that were fitted on the other stories. Logistic
regression with a quadratic penalty, by Newton's method. As a command, ``python -m onrecord.evaluate.likeness GOLD
DOCUMENTS``, it prints both; ``--write FILE`` renews the weights.
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

from onrecord.annotators.attribution.encoder import Encoder
from onrecord.comparison.claims import joining as claims
from onrecord.comparison.pairing import scoring as pairing
from onrecord.comparison.pairing.likeness import FEATURES, SENSE, Fitted, Kind, Scales
from onrecord.comparison.pairing.scoring import Pairing
from onrecord.comparison.pairing.tellings import in_order
from onrecord.comparison.rarity import Rarity
from onrecord.comparison.statements import grouping as statements
from onrecord.evaluate.sourcing import GoldStory, read_stories
from onrecord.evaluate.stories import (
    Count,
    claim_pairs,
    gold_annotations,
    score_given_gold,
    sentence_of,
    statement_pairs,
)
from onrecord.words import Embed

PENALTY = 1.0
_STEPS = 40
_FEW = 8
"""A story with fewer true pairs than this weighs no more for that."""
_HALF = 33.0
"""A story with as many true pairs as this has the weight 1 a pair; one with more has less."""
USED: dict[Kind, tuple[str, ...]] = {
    "statement": tuple("dice whole runs quoted number-shared same overlap differ only days margin cosine".split()),
    "claim": tuple("balance whole runs number-shared cosine cosine-part cosine-whole".split()),
}
"""Features that help on stories left out; the others were tried and did not."""
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


def statement_rows(gold: GoldStory, embed: Embed) -> Rows:
    """List a story's candidate pairs of gold attributions, and whether gold joins each; doubted pairs are left out."""
    documents, speakers = gold_annotations(gold)
    reports = in_order(documents)
    rarity = Rarity.of(reports)
    said = statements.gather(reports, speakers, rarity)
    with _all_embedded():
        held = statements.pair(said, rarity, embed, _NOTHING)
    wanted, unsure = statement_pairs(gold)
    return _rows(
        held, [[(d, a) for d, a in one.members] for one in said], lambda a, b: _label(a[1], b[1], wanted, unsure)
    )


def claim_rows(gold: GoldStory, embed: Embed) -> Rows:
    """List a story's candidate pairs of sentences told in the reports' own voice, labelled likewise."""
    documents, _ = gold_annotations(gold)
    reports = in_order(documents)
    rarity = Rarity.of(reports)
    told = claims.gather(reports, rarity)
    with _all_embedded():
        held = claims.pair(told, rarity, embed, _NOTHING)
    wanted, unsure = claim_pairs(gold, documents)
    sentences = {d.id: d.sentences for d in documents}
    members = [[(d, sentence_of(span, sentences[d])) for d, span in one.members] for one in told]
    return _rows(held, members, lambda a, b: _label(a, b, wanted, unsure))


def _label(a: Any, b: Any, wanted: set[Any], unsure: set[Any]) -> bool | None:
    one = (a, b) if a < b else (b, a)
    return True if one in wanted else None if one in unsure else False


def _rows(held: Pairing, members: Sequence[Sequence[Any]], label: Callable[[Any, Any], bool | None]) -> Rows:
    features, labels = [], []
    for i, j in held.pairs:
        if held.share_document(i, j):
            continue
        found = [label(a, b) for a in members[i] for b in members[j]]
        row = held.row(i, j)
        if row is not None and (any(found) or None not in found):
            features.append(row)
            labels.append(any(found))
    return Rows(np.array(features, dtype=np.float64).reshape(len(labels), -1), np.array(labels, dtype=np.bool_))


@contextmanager
def _all_embedded() -> Iterator[None]:
    """Ask for the embeddings of every pair, not of the doubtful ones only."""
    kept = pairing.DOUBT, pairing.MOST_TEXTS
    pairing.DOUBT, pairing.MOST_TEXTS = (-1.0, 2.0), 1_000_000
    try:
        yield
    finally:
        pairing.DOUBT, pairing.MOST_TEXTS = kept


def cross_validate(stories: Sequence[GoldStory], rows: Sequence[Rows], kind: Kind, embed: Embed | None) -> Count:
    """Join each story with weights fitted on the others, and count its pairs."""
    total = Count()
    for number, story in enumerate(stories):
        others = fit([r for at, r in enumerate(rows) if at != number], kind)
        score = score_given_gold(story, embed, {kind: others})
        total = total.plus(score.statements_given_gold if kind == "statement" else score.claims_given_gold)
    return total


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, cross-validate, print; write the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args(arguments)
    stories = read_stories(given.gold, given.documents)
    embed = Encoder.load().embed
    found: dict[Kind, Fitted] = {}
    kinds: tuple[tuple[Kind, Callable[[GoldStory, Embed], Rows]], ...] = (
        ("statement", statement_rows),
        ("claim", claim_rows),
    )
    for kind, make in kinds:
        wanted = [s for s in stories if kind == "statement" or s.answers.get("assertions")]
        rows = [make(story, embed) for story in wanted]
        found[kind] = fit(rows, kind)
        together = Count()
        for story in wanted:
            score = score_given_gold(story, embed, {kind: found[kind]})
            together = together.plus(score.statements_given_gold if kind == "statement" else score.claims_given_gold)
        print(kind, "left out:", cross_validate(wanted, rows, kind, embed).rates, "fitted:", together.rates)  # noqa: T201 - a command's output
        print(kind, "without embeddings, left out:", cross_validate(wanted, rows, kind, None).rates)  # noqa: T201
    if given.write:
        given.write.write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n")


if __name__ == "__main__":
    main()
