"""Texts that the whole network labels for the pruned one: excerpts of the corpus, and texts without labels.

Contents are read again as texts of their own, so that short texts matter as whole articles do; and what a network has
learnt of other kinds of text than its corpus is easily lost where it is cut down. The pruned network therefore learns
from its teacher on these too. Reads documents as JSON objects; gives them in the corpus's form.
"""

# torch comes with the extra ``train`` only; where it is missing, mypy sees Any in its place, and elsewhere it does not
# mypy: disable-error-code="misc, untyped-decorator, no-any-return, no-untyped-call", no-warn-unused-ignores

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from onrecord.annotators.attribution.pieces import paragraphs_of
from onrecord.train.examples import label
from onrecord.train.network import Network
from onrecord.train.prediction import predict

_PARAGRAPHS: Final = 0.22  # of a corpus's paragraphs
_CONTENTS: Final = 0.35  # of its contents
_LEAST: Final = 60  # characters of an excerpt
_ENDS: Final = tuple('.?!”"')


def excerpts_of(records: Iterable[dict[str, Any]], rng: random.Random) -> Iterator[dict[str, Any]]:
    """Draw paragraphs and contents, each as a text of its own without a headline and without labels."""
    for record in records:
        text = record["text"]
        drawn = [text[start:end] for start, end in paragraphs_of(text) if rng.random() < _PARAGRAPHS]
        for attribution in record["attributions"]:
            contents = [text[start:end] for start, end in attribution.get("content") or [] if rng.random() < _CONTENTS]
            drawn += [content if content.endswith(_ENDS) else f"{content}." for content in contents]
        for number, excerpt in enumerate(drawn):
            if len(excerpt) >= _LEAST:
                yield {"id": f"{record['id']}-{number}", "text": excerpt.replace("\n", " "), "headed": False}


def labelled_by(teacher: Network, texts: Sequence[dict[str, Any]], tokenizer: Any) -> list[dict[str, Any]]:
    """Give the texts with the attributions that a network finds in them, in the corpus's form."""
    unlabelled = [{**text, "attributions": []} for text in texts]
    found = predict(teacher, [label(text, tokenizer) for text in unlabelled])
    return [
        {**text, "attributions": [_in_pairs(a) for a in record["attributions"]]}
        for text, record in zip(unlabelled, found, strict=True)
    ]


def _in_pairs(attribution: dict[str, Any]) -> dict[str, list[list[int]]]:
    """Write spans as the corpus does: lists of [start, end] for each role."""
    roles = {role: attribution[role] or [] for role in ("source", "cue", "content")}
    lists = {role: spans if isinstance(spans, list) else [spans] for role, spans in roles.items()}
    return {role: [[span["start"], span["end"]] for span in spans] for role, spans in lists.items()}
