"""Annotated reports made for measuring archives: words by bigrams, speakers and outlets as unequal as in news."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate, pairwise
from typing import Final

from onrecord.annotation import Annotations, Attribution, Speaker
from onrecord.document import Document, Published, Span

ATTRIBUTIONS: Final = 12
"""How many attributions a made report has."""
_WORDS: Final = 16  # of one quotation: 88 characters in the mean
_VOCABULARY: Final = 30_000
_SYLLABLES: Final = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu bra cle dri flo gru".split()
_SPEAKERS: Final = 20_000
_OUTLETS: Final = 60
_FIRST_DAY: Final = date(2020, 1, 1)
_DAYS: Final = 1_800


class Maker:
    """Makes reports; the same seed gives the same."""

    def __init__(self, texts: Sequence[str], seed: int = 0) -> None:
        """Take the texts whose pairs of words are used; every fourth word is a made one, by Zipf's law."""
        self._chance = random.Random(seed)  # noqa: S311 - no secret hangs on it
        self._after: dict[str, list[str]] = defaultdict(list)
        for text in texts:
            for word, following in pairwise(text.replace('"', " ").split()):
                self._after[word].append(following)
        self._firsts = sorted(self._after)
        self.words = sorted({self._made() for _ in range(_VOCABULARY)})
        self._chance.shuffle(self.words)
        self._weights = list(accumulate(1 / (rank + 1) for rank in range(len(self.words))))

    def _made(self) -> str:
        return "".join(self._chance.choices(_SYLLABLES, k=self._chance.randint(2, 4)))

    def quotation(self) -> str:
        """Make what somebody says."""
        word = self._chance.choice(self._firsts)
        said = []
        for number in range(_WORDS):
            said.append(word)
            if number % 4 == 3:
                said[-1] = self._chance.choices(self.words, cum_weights=self._weights)[0]
            word = self._chance.choice(self._after.get(word) or self._firsts)
        return " ".join(said)

    def _one_of(self, many: int) -> int:
        """Draw a number below ``many``; small ones are drawn far more often."""
        return min(int(self._chance.paretovariate(0.6)), many) - 1

    def reports(self, count: int) -> Iterator[Annotations]:
        """Make reports, each of a day drawn by chance, as an old archive comes in."""
        for number in range(count):
            yield self._report(number)

    def _name(self, speaker: int) -> str:
        return f"{self.words[speaker % 700].title()} Speaker{speaker}"

    def _report(self, number: int) -> Annotations:
        names = [self._name(self._one_of(_SPEAKERS)) for _ in range(4)]
        parts, sentences, attributions, at = [], [], [], 0
        for local in range(ATTRIBUTIONS):
            quoted = f"“{self.quotation()},”"
            sentence = f"{quoted} {names[local % 4]} said."
            parts.append(sentence)
            sentences.append(Span(at, at + len(sentence)))
            cue = Span(at + len(sentence) - 5, at + len(sentence) - 1)
            content = (Span(at, at + len(quoted)),)
            attributions.append(Attribution(f"a{local}", content, form="direct", cue=cue, speaker=f"p{local % 4}"))
            at += len(sentence) + 1
        day = _FIRST_DAY + timedelta(days=self._chance.randrange(_DAYS))
        document = Document(
            f"made-{number}",
            " ".join(parts),
            title=f"Report {number} on {self.words[number % len(self.words)]}",
            outlet=f"Outlet {self._one_of(_OUTLETS)}",
            published=Published(day.isoformat(), "caller"),
        )
        speakers = tuple(Speaker(f"p{n}", name, "person") for n, name in enumerate(names))
        return Annotations(document, tuple(sentences), speakers, tuple(attributions))
