"""How long ``compare`` takes once its documents are annotated, and how that grows with their number.

Reads documents, or makes reports of one event whose sentences are put together from word lists; gives processor seconds
for several numbers of documents and the slope of the logarithms.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from math import log

import msgspec
import numpy as np

from onrecord import pipeline
from onrecord.document import Document, Published

SIZES = (25, 100, 400)
_WORDS = 700
_SHARED = 0.5
"""Part of a report's sentences that tell what others tell too."""
_REWORDED = 0.6
"""Part of these that are given in other words here and there, trimmed, or with another figure."""
_TAKEN = 0.1
"""Part of the reports that take a passage of an earlier one over as it stands."""
_ONSETS = "b br d dr f fl g gr k kl l m n p pl r s st t tr v".split()
_NUCLEI = "a e i o u ai ea ou".split()
_CODAS = " n r l st nd rk m".split(" ")
_THINGS = """bridge harbour council school market hospital road tunnel ferry station factory river valley border village
district tower airport stadium museum library court prison power water supply contract budget strike union company
engine vessel train convoy shelter camp fence gate wall bank fund loan tax plan vote inquiry report letter agreement
ceasefire rescue search storm flood fire blast leak outage crash collapse delay closure warning alarm signal""".split()
_DEEDS = """closed reopened damaged inspected evacuated blocked repaired ordered delayed cancelled approved rejected
searched sealed flooded destroyed rebuilt restored abandoned surrounded guarded reached crossed entered left supplied
funded suspended extended reviewed halted resumed protected threatened confirmed exposed measured counted moved
rescued""".split()
_KINDS = """old new northern southern eastern western local foreign public private heavy narrow steep empty crowded
damaged broken frozen flooded busy quiet remote industrial coastal disputed temporary permanent main second third former
senior young nearby wooden concrete""".split()
_PEOPLE = """workers residents passengers soldiers pupils farmers fishermen drivers nurses engineers officers villagers
families tourists traders pilots""".split()
_DAYS = ("on Monday", "on Tuesday", "on Wednesday night", "early on Thursday", "last week", "on 2 May", "overnight")
_OCCUPATIONS = ("mayor", "police chief", "union leader", "minister", "spokeswoman for the council", "harbour master")


class Comparing(msgspec.Struct, frozen=True):
    """Processor seconds of ``compare`` without ``annotate``, by number of documents; ``slope`` of the logarithms."""

    seconds: dict[int, float]
    slope: float


def measure_comparing(documents: Sequence[Document] | None = None, sizes: Sequence[int] = SIZES) -> Comparing:
    """Measure ``compare`` on the first documents, in several numbers; by default on made reports of one event."""
    given = list(documents) if documents else made_reports(max(sizes))
    annotated = pipeline.annotate(given)
    pipeline.compare_annotated(annotated[:2])
    seconds = {}
    for size in sorted({min(size, len(annotated)) for size in sizes}):
        begun = time.process_time()
        pipeline.compare_annotated(annotated[:size])
        seconds[size] = round(time.process_time() - begun, 2)
    slope = np.polyfit([log(n) for n in seconds], [log(s) for s in seconds.values()], 1)[0] if len(seconds) > 1 else 0
    return Comparing(seconds, round(float(slope), 2))


def made_reports(count: int, seed: int = 0) -> list[Document]:
    """Make reports of one event, of about 700 words each, in made-up English.

    Half of a report's sentences tell what others tell too, most of these in other words, trimmed or with another
    figure; the rest is its own. A tenth of the reports take a passage of an earlier one over.
    """
    make = _Maker(random.Random(seed))  # noqa: S311 - no secret hangs on it
    pool = [make.sentence() for _ in range(40 + count)]
    reports: list[Document] = []
    for number in range(count):
        paragraphs = [make.headline()]
        if reports and make.rng.random() < _TAKEN:
            paragraphs += make.rng.choice(reports).text.split("\n\n")[1:8]
        while sum(len(one.split()) for one in paragraphs) < _WORDS:
            shared = make.rng.random() < _SHARED
            sentence = make.rng.choice(pool) if shared else make.sentence()
            paragraphs.append(make.reworded(sentence) if shared and make.rng.random() < _REWORDED else sentence)
        published = Published(f"2031-05-{1 + number % 3:02}", "caller")
        reports.append(Document(id=f"made-{number}", text="\n\n".join(paragraphs), published=published))
    return reports


class _Maker:
    """Makes sentences of one made-up event: deeds, figures, names, and what a few people say of them."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self._speakers = [f"{self._name()} {self._name()}" for _ in range(12)]
        self._places = [self._name() for _ in range(30)]

    def headline(self) -> str:
        return f"{self._thing().capitalize()} {self.rng.choice(_DEEDS)} in {self.rng.choice(self._places)}"

    def sentence(self) -> str:
        """Make a quotation, a report of speech, or a sentence in the report's own voice."""
        kind, clause = self.rng.random(), self._clause()
        who = self.rng.choice(self._speakers)
        if kind < 0.2:
            return f"“{clause[0].upper()}{clause[1:]},” {who} said {self.rng.choice(_DAYS)}."
        if kind < 0.3:
            occupation = self.rng.choice(_OCCUPATIONS)
            return f"{who}, {self._article(occupation)}, said that {clause}, and “{self._clause()}”."
        if kind < 0.45:
            return f"{who} told {self._name()} News that {clause}."
        return f"{clause[0].upper()}{clause[1:]} {self.rng.choice(_DAYS)}, {self._circumstance()}."

    def reworded(self, sentence: str) -> str:
        """Word a sentence otherwise: change a figure or a few words, or cut it after a comma."""
        if self.rng.random() < 0.3 and sentence.count(",") == 1 and "“" not in sentence:
            return f"{sentence.split(',', maxsplit=1)[0]}."
        known = {word: words for words in (_THINGS, _DEEDS, _KINDS, _PEOPLE) for word in words}
        words = []
        for word in sentence.split(" "):
            if word in known and self.rng.random() < 0.3:
                words.append(self.rng.choice(known[word]))
            elif word.isdigit() and self.rng.random() < 0.3:
                words.append(str(int(word) + self.rng.randint(1, 9)))
            else:
                words.append(word)
        return " ".join(words)

    def _clause(self) -> str:
        deed, place = self.rng.choice(_DEEDS), self.rng.choice(self._places)
        if self.rng.random() < 0.15:
            return f"{self.rng.randint(3, 900)} {self.rng.choice(_PEOPLE)} {deed} the {self._thing()} in {place}"
        return f"the {self._thing()} near {place} {deed} the {self._thing()} of {self._name()}"

    def _circumstance(self) -> str:
        thing = self._thing()
        return self.rng.choice(
            (
                f"while {self.rng.choice(_PEOPLE)} {self.rng.choice(_DEEDS)} {self._article(thing)}",
                f"after {self._article(thing)} that cost {self.rng.randint(2, 90)} million euros",
                f"although {self._name()} had {self.rng.choice(_DEEDS)} it with the {thing}",
            )
        )

    def _thing(self) -> str:
        return f"{self.rng.choice(_KINDS)} {self.rng.choice(_THINGS)}"

    @staticmethod
    def _article(words: str) -> str:
        return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"

    def _name(self) -> str:
        syllables = self.rng.randint(1, 2)
        made = "".join(
            self.rng.choice(_ONSETS) + self.rng.choice(_NUCLEI) + self.rng.choice(_CODAS) for _ in range(syllables)
        )
        return f"{made}en".capitalize()
