"""What a score counts: right, found and labelled, and what is reckoned from these."""

from __future__ import annotations

from typing import Any, NamedTuple

from onrecord.evaluate.attribution import Rates


class Count(NamedTuple):
    """Hits among what was predicted and what gold has."""

    hits: int = 0
    predicted: int = 0
    labelled: int = 0

    def plus(self, other: Count) -> Count:
        """Add two counts up."""
        return Count(self.hits + other.hits, self.predicted + other.predicted, self.labelled + other.labelled)

    @property
    def rates(self) -> Rates:
        """Precision, recall and F1, in per cent."""
        precision, recall = self.hits / (self.predicted or 1), self.hits / (self.labelled or 1)
        f1 = 2 * precision * recall / ((precision + recall) or 1)
        return Rates(round(100 * precision, 1), round(100 * recall, 1), round(100 * f1, 1))


def counted(found: set[Any], wanted: set[Any], unsure: set[Any]) -> Count:
    """Count what was found, labelled and right, what is unsure left out."""
    asked = found - unsure
    return Count(len(asked & wanted), len(asked), len(wanted))
