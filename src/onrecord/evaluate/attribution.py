"""Attribution against gold: exact spans, characters covered, and attributions found end to end.

Gold: one JSON object a line in PolNeAR's form,
``{"id", "text", "attributions": [{"source": [[start, end], …], "cue": …, "content": …}]}``. Predicted: one line a
document, as ``onrecord annotate --json`` writes it. A gold document that the predictions lack counts as one without
attributions.

* ``exact``: F1 of spans, marks and spaces at both ends stripped. ``char``: F1 of the characters covered.
* ``end_to_end``: an attribution is found when, of all those of the other side, the one whose content has the largest
  intersection over union (characters) with its own reaches one half, and their sources overlap. Recall counts gold
  attributions that have a source, precision predicted ones that have.

All figures are per cent (precision, recall, F1), micro-averaged over documents.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from onrecord.errors import LabelledDataError

ROLES: Final = ("source", "cue", "content")
Pair = tuple[int, int]
Record = Mapping[str, Any]


class Rates(NamedTuple):
    """Precision, recall and their harmonic mean, in per cent, to one decimal."""

    precision: float
    recall: float
    f1: float


class Tally:
    """Counts of hits, predicted and gold items; tallies of several documents add up."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self.hits_of_predicted = self.hits_of_labelled = self.predicted = self.labelled = 0

    def add_sets(self, predicted: set[Any], labelled: set[Any]) -> None:
        """Count two sets of like items."""
        hits = len(predicted & labelled)
        self.hits_of_predicted += hits
        self.hits_of_labelled += hits
        self.predicted += len(predicted)
        self.labelled += len(labelled)

    def rates(self) -> Rates:
        """Give precision, recall and F1; without anything to find, or found, they are 0."""
        precision = self.hits_of_predicted / (self.predicted or 1)
        recall = self.hits_of_labelled / (self.labelled or 1)
        f1 = 200 * precision * recall / (precision + recall) if precision + recall else 0.0
        return Rates(round(100 * precision, 1), round(100 * recall, 1), round(f1, 1))


def score_attributions(labelled: Iterable[Record], predicted: Iterable[Record]) -> dict[str, Any]:
    """Score predictions (``annotate``'s objects) against labelled documents.

    Gives ``{"source": {"exact": Rates, "char": Rates}, "cue": …, "content": …, "end_to_end": Rates}``.
    """
    found = {record["document"]["id"]: record["attributions"] for record in predicted}
    spans = {(role, kind): Tally() for role in ROLES for kind in ("exact", "char")}
    whole = Tally()
    for document in labelled:
        theirs, ours = document["attributions"], found.get(document["id"], ())
        for role in ROLES:
            expected, given = _pairs_of(theirs, role), _pairs_of(ours, role)
            spans[role, "exact"].add_sets(_stripped(given, document["text"]), _stripped(expected, document["text"]))
            spans[role, "char"].add_sets(_covered(given), _covered(expected))
        _count_found(whole, _sides(ours), _sides(theirs))
    table: dict[str, Any] = {role: {kind: spans[role, kind].rates() for kind in ("exact", "char")} for role in ROLES}
    return {**table, "end_to_end": whole.rates()}


def _pairs(value: Any) -> list[Pair]:
    """Read a role's spans in any of their forms: null, ``{"start", "end"}``, or a list of those or of pairs."""
    if value is None:
        return []
    items = value if isinstance(value, list) else [value]
    return [(item["start"], item["end"]) if isinstance(item, dict) else (item[0], item[1]) for item in items]


def _pairs_of(attributions: Sequence[Record], role: str) -> list[Pair]:
    return [pair for attribution in attributions for pair in _pairs(attribution.get(role))]


def _stripped(pairs: Iterable[Pair], text: str) -> set[Pair]:
    """Strip everything but letters and digits from both ends of each span."""
    stripped: set[Pair] = set()
    for start, end in pairs:
        a, b = start, end
        while a < b and not text[a].isalnum():
            a += 1
        while a < b and not text[b - 1].isalnum():
            b -= 1
        stripped.add((a, b))
    return stripped


def _covered(pairs: Iterable[Pair]) -> set[int]:
    return {position for start, end in pairs for position in range(start, end)}


class _Side(NamedTuple):
    content: set[int]
    source: set[int]


def _sides(attributions: Sequence[Record]) -> list[_Side]:
    return [
        _Side(_covered(_pairs(attribution.get("content"))), _covered(_pairs(attribution.get("source"))))
        for attribution in attributions
        if attribution.get("content")
    ]


def _count_found(tally: Tally, ours: list[_Side], theirs: list[_Side]) -> None:
    sourced_ours = [side for side in ours if side.source]
    sourced_theirs = [side for side in theirs if side.source]
    tally.predicted += len(sourced_ours)
    tally.labelled += len(sourced_theirs)
    tally.hits_of_predicted += sum(_found(side, theirs) for side in sourced_ours)
    tally.hits_of_labelled += sum(_found(side, ours) for side in sourced_theirs)


def _found(side: _Side, others: list[_Side]) -> bool:
    """Whether the other attribution with the most similar content is the same one (the first of equals counts)."""
    best: _Side | None = None
    best_ratio = -1.0
    for other in others:
        union = len(side.content | other.content)
        ratio = len(side.content & other.content) / union if union else 0.0
        if ratio > best_ratio:
            best, best_ratio = other, ratio
    return best is not None and best_ratio >= 0.5 and bool(side.source & best.source)


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Read a file of JSON objects, one a line; raises :class:`LabelledDataError` where a line is none."""
    records: list[dict[str, Any]] = []
    try:
        with path.open(encoding="utf8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    record = json.loads(line)
                    if not isinstance(record, dict):
                        raise LabelledDataError(f"{path}, line {number}: an object is wanted, one document a line.")
                    records.append(record)
    except (OSError, ValueError) as error:
        raise LabelledDataError(f"{path} cannot be read as JSON lines: {error}.") from error
    return records
