"""Echoes: which other reports have a passage like the one at hand, so that nobody is said to lack what he has.

Reads the reports of a story. That one report alone has something, or that another leaves it out, accuses; joins that
were not made prove neither. So a passage counts as echoed as soon as a third of the weight of its content words stands
in two neighbouring sentences of another report, whatever was joined: what is left is stated, the rest is not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from onrecord.annotation import Annotations
from onrecord.comparison.rarity import Rarity, content_lemmas
from onrecord.document import Span

SHARE: Final = 1 / 3
"""Part of the weight of a passage's content words from which two neighbouring sentences echo it. Of the labelled
statements that several reports have, 5 % are then echoed by none, of those that one report has 46 % (docs/page.md)."""
_ALMOST: Final = 1 - 1e-9
"""Sums of the same weights in another order may differ by so little."""
_FEWEST: Final = 2
"""Content words under which nothing can be said."""


class Echoes:
    """Finds passages like others; time of a question is linear in the places where its words stand."""

    def __init__(self, documents: Sequence[Annotations]) -> None:
        """Index the sentences of the reports by lemma."""
        self._texts = {a.id: a.text for a in documents}
        self._reports = [a.id for a in documents if a.document.kind == "report"]
        self._rarity = Rarity.of(documents)
        self._owner: list[str] = []
        self._places: dict[str, set[int]] = defaultdict(set)
        for each in documents:
            if each.document.kind == "report":
                self._add(each)

    def _add(self, report: Annotations) -> None:
        sentences = report.sentences or (Span(0, len(report.text)),)
        lemmas = [set(content_lemmas(report.text, s)) for s in sentences]
        for one, following in zip(lemmas, [*lemmas[1:], set[str]()], strict=True):
            for lemma in one | following:
                self._places[lemma].add(len(self._owner))
            self._owner.append(report.id)

    def elsewhere(self, passages: Iterable[tuple[str, Sequence[Span]]]) -> frozenset[str]:
        """Give the reports, but those of the passages, that may have what one of the passages says.

        A passage is a document's id with its spans. One of hardly any content words may be in all reports.
        """
        return frozenset(self._found(list(passages)))

    def anywhere(self, passages: Iterable[tuple[str, Sequence[Span]]]) -> bool:
        """Return whether any report but those of the passages may have what one of the passages says."""
        return next(self._found(list(passages)), None) is not None

    def _found(self, passages: Sequence[tuple[str, Sequence[Span]]]) -> Iterator[str]:
        own = {document for document, _ in passages}
        asked: set[frozenset[str]] = set()
        for document, spans in passages:
            lemmas = frozenset(one for span in spans for one in content_lemmas(self._texts[document], span))
            if lemmas in asked:
                continue
            asked.add(lemmas)
            reports = self._reports if len(lemmas) < _FEWEST else self._echoing(lemmas)
            yield from (report for report in reports if report not in own)

    def _echoing(self, lemmas: frozenset[str]) -> Iterator[str]:
        """Give the report of each place that holds enough of the lemmas.

        The lemmas of the fewest places are looked up first, until those left could not be enough by themselves: words
        that stand everywhere bring no place of their own.
        """
        weights = {lemma: self._rarity.weight(lemma) for lemma in sorted(lemmas)}
        held = [(self._places[lemma], weight) for lemma, weight in weights.items() if lemma in self._places]
        enough = SHARE * self._rarity.mass(sorted(lemmas))
        left = sum(weights.values())
        seen: set[int] = set()
        for lemma in sorted(weights, key=lambda each: (len(self._places.get(each, ())), each)):
            if left < enough * _ALMOST:
                return
            left -= weights[lemma]
            for place in self._places.get(lemma, ()):
                if place not in seen:
                    seen.add(place)
                    if sum(weight for places, weight in held if place in places) >= enough:
                        yield self._owner[place]
