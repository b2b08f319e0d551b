"""Why figures stand as they do to each other, in one sentence: the wording of :data:`onrecord.story.FigureReason`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from onrecord.annotation import Annotations, Figure
from onrecord.lexicon.plurals import plural
from onrecord.story import FigureGroup, FigureMember, FigureReason


class FigureWords:
    """Words the reasons of a story's groups of figures."""

    def __init__(self, documents: Iterable[Annotations]) -> None:
        """Index the figures once."""
        self._figures: dict[tuple[str, str], Figure] = {}
        self._days: dict[str, str] = {}
        for each in documents:
            self._figures |= {(each.id, figure.id): figure for figure in each.figures}
            if each.document.published:
                self._days[each.id] = each.document.published.day

    def why(self, group: FigureGroup) -> str:
        """Explain a group's verdict in one sentence; empty where nothing is known to explain it by."""
        return _WORDED[group.reason](self, group.sides) if group.sides else ""

    def _of(self, member: FigureMember) -> Figure:
        return self._figures[member.document, member.figure]

    def _amounts(self, side: Sequence[FigureMember]) -> str:
        return ", ".join(sorted({amount(self._of(member)) for member in side}))

    def _reported_as(self, member: FigureMember, otherwise: str) -> str:
        figure = self._of(member)
        return f"{amount(figure)} {figure.of or otherwise}"

    def _days_of(self, side: Sequence[FigureMember]) -> list[str]:
        return sorted({self._days[member.document] for member in side if member.document in self._days})

    def same(self, sides: _Sides) -> str:
        """Word "same"."""
        documents = len({member.document for member in sides[0]})
        return f"{documents} documents give the same figure: {amount(self._of(sides[0][0]))}."

    def bounds(self, sides: _Sides) -> str:
        """Word "bounds"."""
        return f"The bounds differ but can all be right: {self._amounts(sides[0])}."

    def declared(self, sides: _Sides) -> str:
        """Word "declared"."""
        return f"{self._part(sides)}: a document says so."

    def kind(self, sides: _Sides) -> str:
        """Word "kind"."""
        return f"{self._part(sides)}: they are a kind of those."

    def _part(self, sides: _Sides) -> str:
        part, whole = self._reported_as(sides[0][0], "of them"), self._reported_as(sides[1][0], "all")
        return f"{part} are a part of {whole}"

    def sum(self, sides: _Sides) -> str:
        """Word "sum"."""
        kinds = {self._of(member).low or 0.0: self._reported_as(member, "of them") for member in reversed(sides[0])}
        return f"{' and '.join(kinds[low] for low in sorted(kinds))} make up {self._reported_as(sides[1][0], 'all')}."

    def contrary(self, sides: _Sides) -> str:
        """Word "contrary"."""
        first, second = map(self._amounts, sides)
        return f"{first} and {second} cannot both be right for the same count."

    def zeros(self, sides: _Sides) -> str:
        """Word "zeros"."""
        first, second = map(self._amounts, sides)
        return f"{first} and {second} cannot both be right for the same amount: they differ by zeros alone."

    def revised(self, sides: _Sides) -> str:
        """Word "revised"."""
        return f"{', '.join(map(self._amounts, sides))}: a document says that the count was revised."

    def updated(self, sides: _Sides) -> str:
        """Word "updated"."""
        in_order = sorted(sides, key=self._days_of)
        reported = ", ".join(f"{self._amounts(side)} in reports of {self._days_of(side)[0]}" for side in in_order)
        return f"{reported}: the count may have been updated."

    def undated(self, sides: _Sides) -> str:
        """Word "undated"."""
        reported = ", ".join(map(self._amounts, sides))
        return f"{reported}: which was published later is not known, and the count may have been updated."


_Sides = Sequence[Sequence[FigureMember]]
_WORDED: Final[dict[FigureReason, Callable[[FigureWords, _Sides], str]]] = {
    "same": FigureWords.same,
    "bounds": FigureWords.bounds,
    "declared": FigureWords.declared,
    "sum": FigureWords.sum,
    "kind": FigureWords.kind,
    "contrary": FigureWords.contrary,
    "zeros": FigureWords.zeros,
    "revised": FigureWords.revised,
    "updated": FigureWords.updated,
    "undated": FigureWords.undated,
}


def amount(figure: Figure) -> str:
    """Write the value of a figure with its bounds and unit: "at least 3 days", "about 12 percent"."""
    low, high, unit = figure.low, figure.high, figure.unit
    about = "about " if figure.approximate else ""
    if low is not None and high is not None:
        written = _number(low) if low == high else f"{_number(low)} to {_number(high)}"
    elif low is not None:
        written = f"at least {_number(low)}"
    else:
        written = f"at most {_number(high)}" if high is not None else "an open number"
    if unit == "share":
        return f"{about}{_number(round(100 * (high if high is not None else low or 0.0), 1))} percent"
    return f"{about}{written}" + (f" {plural(unit, high if high is not None else low)}" if unit else "")


def _number(value: float | None) -> str:
    if value is None:
        return "?"
    return f"{int(value):,}" if value == int(value) else f"{value:,.6g}"
