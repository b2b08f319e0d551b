"""How much a shared word tells: rare words of a story weigh, words of the language and of the topic hardly do.

Reads the documents of a story; gives a weight for each lemma. Two rarities are multiplied: the inverse frequency of the
lemma among the story's sentences (its topic is in all of them), and its inverse frequency in news at large, from the
lexicon's ``common_words.txt``: the per mille of documents of PolNeAR's training part and of GUM that hold the lemma,
for some 2,600 lemmas, proper names left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import fsum, log, sqrt

from onrecord.annotation import Annotations
from onrecord.document import Span
from onrecord.lexicon.load import common_words
from onrecord.text.words import is_content, lemma, words

_UNLISTED = 0.008
"""Share of documents of a lemma that is not listed, in 0 to 1: a little under the least that is."""
_LEAST = 0.02
"""What the commonest word keeps of a weight, so that a sentence of common words is not without any."""


def commonness(folded_lemma: str) -> float:
    """Give the share of news documents (0 to 1) that hold the lemma."""
    return common_words().get(folded_lemma, _UNLISTED)


class _Weights(dict[str, float]):
    """Lemma to weight, filled when asked."""

    def __init__(self, count: Counter[str], total: int) -> None:
        super().__init__()
        self._count = count
        self._total = total

    def __missing__(self, folded_lemma: str) -> float:
        in_story = log(1 + self._total / max(1, self._count[folded_lemma])) / log(1 + max(self._total, 2))
        at_large = log(commonness(folded_lemma)) / log(_UNLISTED)
        weight = self[folded_lemma] = sqrt(min(in_story, 1.0) * max(at_large, _LEAST))
        return weight


class Rarity:
    """The weight of each lemma in one story: near 1 for a rare word, near 0 for one of topic and language.

    Time is linear in the length of the documents.
    """

    def __init__(self, sentences: Iterable[Sequence[str]]) -> None:
        """Count over distinct sentences, each a list of lemmas: a hundred copies of a sentence do not cheapen it."""
        distinct = {tuple(lemmas) for lemmas in sentences}
        count = Counter(one for lemmas in distinct for one in set(lemmas))
        self._weight = _Weights(count, len(distinct)).__getitem__

    @classmethod
    def of(cls, documents: Iterable[Annotations]) -> Rarity:
        """Count over the sentences of a story's documents; a document without sentences counts as one."""
        return cls(content_lemmas(a.text, s) for a in documents for s in a.sentences or (Span(0, len(a.text)),))

    def weight(self, folded_lemma: str) -> float:
        """Weigh one lemma, in 0 to 1."""
        return self._weight(folded_lemma)

    def mass(self, lemmas: Iterable[str]) -> float:
        """Add up the weights, rounded once, so that the order of the lemmas changes nothing."""
        return fsum(map(self._weight, lemmas))


def content_lemmas(text: str, span: Span) -> list[str]:
    """List the lemmas of the content words in a span, in order."""
    return [lemma(w.folded) for w in words(text, span.start, span.end) if is_content(w.folded)]
