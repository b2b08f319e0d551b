"""Fit the weights that rank what a pronoun means, on labelled coreference, and write them beside the resolver.

usage: python -m onrecord.train.pronouns GOLD.jsonl [--out WEIGHTS.json] [--strength 0.5]

GOLD has one document a line: ``text``, ``sentences`` and ``entities`` with ``mentions`` (GUM's form, coreference as
chains of spans), where known ``attribution_relations`` (satellite and content). Each he, she, it and they outside
quotation marks is one ranking case: the candidates are what the resolver itself found before it, and right is every
candidate whose last mention stands in the pronoun's chain. The model is conditional logistic regression, fitted by
gradient descent in plain numpy with an L2 pull towards the weights given by hand; the same data give the same weights.
"""

from __future__ import annotations

import argparse
import json
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.annotation import Attribution
from onrecord.annotators.speakers.antecedents import Antecedents
from onrecord.annotators.speakers.discourse import Discourse, Mention
from onrecord.annotators.speakers.mentions import HE, IT, SHE
from onrecord.annotators.speakers.pronouns import FEATURES, PronounClass, weights
from onrecord.annotators.speakers.resolution import Walk
from onrecord.document import Document, Span
from onrecord.text.analysed import Analysed

_STEPS: Final = 600
_RATE: Final = 0.3


class Case(NamedTuple):
    """One pronoun: its candidates' features, shape (candidates, features), and which of them are right."""

    kind: PronounClass
    values: NDArray[np.float64]
    right: NDArray[np.bool_]


class _Chains:
    """Gold chains of one document, looked up by place."""

    def __init__(self, entities: Iterable[dict[str, Any]]) -> None:
        spans = [(s, e, number) for number, entity in enumerate(entities) for s, e in entity["mentions"]]
        self.spans = sorted(spans)
        self.starts = [s for s, _, _ in self.spans]
        self.exact = {(s, e): number for s, e, number in self.spans}

    def of(self, mention: Mention) -> int | None:
        """Give the chain of the smallest gold mention that holds this one and begins near it."""
        exact = self.exact.get((mention.start, mention.end))
        if exact is not None:
            return exact
        k = bisect_right(self.starts, mention.start)
        best: tuple[int, int] | None = None
        for start, end, number in self.spans[max(0, k - 15) : k]:
            if end >= mention.end and (best is None or end - start < best[0]):
                best = (end - start, number)
        return None if best is None else best[1]


class _Observed(Antecedents):
    """Antecedents that write every pronoun's candidates down and go on with the right one."""

    def __init__(self, discourse: Discourse, chains: _Chains) -> None:
        super().__init__(discourse)
        self.chains = chains
        self.cases: list[Case] = []

    def resolve(self, x: int) -> int | None:
        token = self.tokens[x]
        folded = token.folded
        kind: PronounClass = "person" if folded in HE | SHE else "it" if folded in IT else "they"
        gender = 1 if folded in HE else -1 if folded in SHE else 0
        candidates = self.candidates(x, gender, kind)
        chain = self.chains.exact.get((token.start, token.end))
        if chain is None or not candidates:
            return super().resolve(x)
        last = {m.entity: m for m in self.history}
        right = [self.chains.of(last[c.entity]) == chain for c in candidates]
        if any(right) and not all(right):
            self.cases.append(Case(kind, np.array([c.values for c in candidates]), np.array(right)))
        return candidates[right.index(True)].entity if any(right) else super().resolve(x)


def cases(documents: Iterable[dict[str, Any]]) -> Iterator[Case]:
    """Make the ranking cases of labelled documents."""
    for document in documents:
        chains = _Chains(document["entities"])
        analysed = Analysed(
            Document(id=str(document["id"]), text=document["text"], title=document.get("title")),
            [Span(s, e) for s, e in document["sentences"]],
        )
        walk = Walk(analysed, list(_attributions(document)), lambda discourse: _Observed(discourse, chains))  # noqa: B023 - called at once
        walk.run()
        assert isinstance(walk.antecedents, _Observed)
        yield from walk.antecedents.cases


def _attributions(document: dict[str, Any]) -> Iterator[Attribution]:
    for number, relation in enumerate(document.get("attribution_relations") or ()):
        start, end = relation["satellite"]
        content = (Span(*relation["content"]),)
        form = "direct" if document["text"][content[0].start] in '"“' else "indirect"
        yield Attribution(id=f"r{number}", content=content, form=form, source=Span(start, end))  # type: ignore[arg-type]


def fit(found: list[Case], kind: PronounClass, strength: float) -> NDArray[np.float64]:
    """Fit one class's row by conditional logistic regression; ``strength`` pulls towards the weights in use."""
    mine = [case for case in found if case.kind == kind]
    start = np.array(weights()[kind])
    row = start.copy()
    for step in range(_STEPS):
        gradient = np.zeros_like(row)
        for case in mine:
            scores = case.values @ row
            scores -= scores.max()
            chance = np.exp(scores)
            chance /= chance.sum()
            wanted = np.where(case.right, chance, 0.0)
            wanted /= wanted.sum()
            gradient += (wanted - chance) @ case.values
        gradient -= strength * (row - start)
        row += _RATE / (1 + 0.01 * step) * gradient / max(1, len(mine))
    return row


def accuracy(found: list[Case], kind: PronounClass, row: NDArray[np.float64]) -> tuple[int, int]:
    """Count the cases whose best candidate is right, and all."""
    mine = [case for case in found if case.kind == kind]
    return sum(bool(case.right[int(np.argmax(case.values @ row))]) for case in mine), len(mine)


def main(arguments: list[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m onrecord.train.pronouns")
    parser.add_argument("labelled", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--strength", type=float, default=0.5)
    options = parser.parse_args(arguments)
    with options.labelled.open(encoding="utf8") as lines:
        documents = [json.loads(line) for line in lines if line.strip()]
    held = list(cases(documents[k] for k in range(len(documents)) if k % 5 == 4))
    learnt = list(cases(documents[k] for k in range(len(documents)) if k % 5 != 4))
    rows: dict[str, dict[str, float]] = {}
    for kind in ("person", "it", "they"):
        before, row = np.array(weights()[kind]), fit(learnt, kind, options.strength)
        right_before, count = accuracy(held, kind, before)
        right_after, _ = accuracy(held, kind, row)
        sys.stdout.write(f"{kind}: {count} held-out cases, right {right_before} before, {right_after} after\n")
        whole = fit(learnt + held, kind, options.strength)
        rows[kind] = {name: round(float(value), 3) for name, value in zip(FEATURES, whole, strict=True)}
    if options.out is not None:
        options.out.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
