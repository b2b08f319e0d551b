"""Stories from a stream: each document goes to an open story, or begins one, as it comes in.

Reads documents in any order, best by day; gives for each the story that it belongs to, and how like it is. A document
is its content lemmas and, apart from them, its names and numbers, weighed by how rare they are in the stream so far and
in news at large; a story is the sum of its documents. What is likest is looked for by rare words in an inverted index,
so that the time for a document hardly grows with the open stories. Likeness falls with the days since the story's last
document; where no day is known, more likeness is asked for. A story of one document alone is a weaker sign than one of
several.

:meth:`StoryStream.revise` reads the documents of open stories again, now that the stories are known, and gives what it
moves; a document that a person has moved stays where it was put.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from heapq import nlargest
from math import exp, log, sqrt
from typing import Final, NamedTuple

from onrecord.document import Document
from onrecord.lexicon.load import common_words
from onrecord.text.words import is_content, lemma, words

HORIZON: Final = 60
"""Days after a story's last document at which it is closed."""
_OPENING: Final = 2_500  # characters of a text that say what it is about
_DATED: Final = 0.22
_UNDATED: Final = 0.32
"""Likeness from which a document joins a story, where the days of both are known, and where not."""
_NAMES: Final = 0.5  # share of names and numbers in the likeness
_LONE: Final = 0.85  # of the likeness to a story of one document
_FADING: Final = 60.0  # days in which the likeness falls to a third
_BACKGROUND: Final = 200  # documents that the frequencies in news at large count for
_UNLISTED: Final = 0.008  # share of news documents that hold a lemma which is not listed
_KEYS: Final = 24  # rarest lemmas of a document by which stories are looked for
_LOOKED_AT: Final = 24  # stories whose likeness is reckoned in full
_MOST_HOLDERS: Final = 400  # open stories that share a key; one that more share finds nothing
_KEPT: Final = 160  # lemmas kept of a story


class Assignment(NamedTuple):
    """Where a document belongs: its story, how like it is (0 to 1), and whether it began the story."""

    story: str
    likeness: float
    new: bool


class Move(NamedTuple):
    """A document that a later look puts into another story."""

    document: str
    before: str
    after: str


class _Vector(NamedTuple):
    """Weights of lemmas, of length 1: of all, and of names and numbers alone."""

    all: dict[str, float]
    names: dict[str, float]


class _Seen(NamedTuple):
    counts: dict[str, tuple[float, bool]]  # by lemma: 1 + log of its count, and whether it is a name or a number
    day: int | None
    vector: _Vector


class _Story:
    """The sum of a story's documents."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.sums: tuple[dict[str, float], dict[str, float]] = ({}, {})
        self.lengths = [1.0, 1.0]
        self.documents: set[str] = set()
        self.last: int | None = None

    def add(self, document: str, seen: _Seen, sign: int = 1) -> None:
        for number, (total, vector) in enumerate(zip(self.sums, seen.vector, strict=True)):
            for one, weight in vector.items():
                total[one] = total.get(one, 0.0) + sign * weight
            if len(total) > 2 * _KEPT:
                kept = dict(nlargest(_KEPT, total.items(), key=lambda item: (item[1], item[0])))
                total.clear()
                total.update(kept)
            self.lengths[number] = sqrt(sum(weight * weight for weight in total.values())) or 1.0
        if sign > 0:
            self.documents.add(document)
            self.last = seen.day if self.last is None else max(self.last, seen.day or self.last)
        else:
            self.documents.discard(document)

    def likeness(self, seen: _Seen) -> float:
        """Give the likeness of a document to the story, in 0 to 1."""
        every, named = (
            sum(weight * total.get(one, 0.0) for one, weight in vector.items()) / length
            for vector, total, length in zip(seen.vector, self.sums, self.lengths, strict=True)
        )
        found = (1 - _NAMES) * every + _NAMES * named
        if seen.day is not None and self.last is not None:
            found *= exp(-abs(seen.day - self.last) / _FADING)
        return found * (_LONE if len(self.documents) == 1 else 1.0)


class StoryStream:
    """The open stories of a stream of documents."""

    def __init__(self, horizon: int = HORIZON) -> None:
        """Begin without stories; a story is closed ``horizon`` days after its last document."""
        self.horizon = horizon
        self._frequency: Counter[str] = Counter()
        self._stories: dict[str, _Story] = {}
        self._seen: dict[str, _Seen] = {}
        self._where: dict[str, str] = {}
        self._holders: dict[str, dict[str, None]] = defaultdict(dict)  # by key: the stories that have it, in order
        self._pinned: set[str] = set()
        self._begun = self._read = 0

    def __len__(self) -> int:
        """Count the open stories."""
        return len(self._stories)

    @property
    def stories(self) -> dict[str, list[str]]:
        """The open stories: the ids of their documents, sorted, by the story's name."""
        return {name: sorted(story.documents) for name, story in self._stories.items()}

    def assign(self, document: Document) -> Assignment:
        """Put a document into the open story that it is likest to, or begin one; a known id is assigned anew."""
        if document.id in self._where:
            self._take_out(document.id)
        counts = _counts(document)
        self._read += 1
        self._frequency.update(counts.keys())
        seen = self._seen[document.id] = _Seen(counts, _day(document), self._vector(counts))
        story, likeness = self._likest(seen)
        new = story is None or likeness < self._needed(seen, story)
        if story is None or new:
            story = self._begin()
        self._put(document.id, story)
        return Assignment(story.name, round(likeness, 4) if not new else 1.0, new)

    def move(self, document: str, story: str | None) -> Move:
        """Put a document where a person says, ``None`` for a story of its own; no later pass moves it again.

        Raises KeyError where the document or the story is not open.
        """
        target = self._begin() if story is None else self._stories[story]
        before = self._take_out(document, keep=True)
        self._put(document, target)
        self._pinned.add(document)
        return Move(document, before, target.name)

    def revise(self) -> list[Move]:
        """Look at every document of the open stories again; give those that another story takes, in order of ids."""
        moves = []
        for document, seen in self._seen.items():
            if document in self._pinned:
                continue
            before = self._take_out(document, keep=True)
            vector = self._vector(seen.counts)
            self._seen[document] = again = seen._replace(vector=vector)
            story, likeness = self._likest(again)
            if story is None or likeness < self._needed(again, story):
                story = self._stories.get(before) or self._begin(before)
                if story.documents:
                    story = self._begin()
            self._put(document, story)
            if story.name != before:
                moves.append(Move(document, before, story.name))
        return moves

    def close(self, today: dt.date) -> list[str]:
        """Close the stories whose last document is older than the horizon; give their names. Their documents go."""
        oldest = today.toordinal() - self.horizon
        closed = [name for name, story in self._stories.items() if story.last is not None and story.last < oldest]
        for name in closed:
            for document in [*self._stories[name].documents]:
                self._take_out(document)
        return closed

    def _needed(self, seen: _Seen, story: _Story) -> float:
        return _DATED if seen.day is not None and story.last is not None else _UNDATED

    def _begin(self, name: str | None = None) -> _Story:
        if name is None:
            self._begun += 1
            name = f"story-{self._begun}"
        story = self._stories[name] = _Story(name)
        return story

    def _put(self, document: str, story: _Story) -> None:
        seen = self._seen[document]
        story.add(document, seen)
        self._where[document] = story.name
        for key in _keys(seen.vector):
            self._holders[key][story.name] = None

    def _take_out(self, document: str, *, keep: bool = False) -> str:
        name = self._where.pop(document)
        seen, story = self._seen[document], self._stories[name]
        story.add(document, seen, -1)
        if not story.documents:
            del self._stories[name]
            for key in _keys(seen.vector):
                self._holders[key].pop(name, None)
        if not keep:
            del self._seen[document]
            self._pinned.discard(document)
        return name

    def _likest(self, seen: _Seen) -> tuple[_Story | None, float]:
        reached: dict[str, float] = defaultdict(float)
        for key in _keys(seen.vector):
            holders = self._holders.get(key, {})
            if len(holders) <= _MOST_HOLDERS:
                weight = seen.vector.all[key]
                for name in holders:
                    reached[name] += weight
        best: tuple[float, int, _Story] | None = None
        for name, _ in nlargest(_LOOKED_AT, reached.items(), key=lambda item: (item[1], item[0])):
            story = self._stories.get(name)
            if story is None or not story.documents:
                continue
            likeness = story.likeness(seen)
            number = -int(name.rpartition("-")[2])
            if best is None or (likeness, number) > best[:2]:
                best = (likeness, number, story)
        return (None, 0.0) if best is None else (best[2], best[0])

    def _vector(self, counts: dict[str, tuple[float, bool]]) -> _Vector:
        return _Vector(self._weights(counts, named=False), self._weights(counts, named=True))

    def _weights(self, counts: dict[str, tuple[float, bool]], *, named: bool) -> dict[str, float]:
        at_large = common_words()
        weights = {
            one: many
            * log((self._read + _BACKGROUND) / (self._frequency[one] + _BACKGROUND * at_large.get(one, _UNLISTED)))
            for one, (many, is_name) in counts.items()
            if is_name or not named
        }
        length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {one: weight / length for one, weight in weights.items()}


def assign_all(documents: Iterable[Document], *, passes: int = 1) -> dict[str, str]:
    """Give the story of each document by id, read by day, then looked at again ``passes`` times."""
    stream = StoryStream(horizon=10**6)
    for document in sorted(documents, key=lambda each: _day(each) or 0):
        stream.assign(document)
    for _ in range(passes):
        stream.revise()
    return {document: name for name, members in stream.stories.items() for document in members}


def _counts(document: Document) -> dict[str, tuple[float, bool]]:
    """Count the content lemmas of title and opening, and tell names and numbers from the rest."""
    total: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for text in (document.title or "", document.text[:_OPENING]):
        for one, is_capital in _lemmas(text):
            total[one] += 1
            capital[one] += is_capital
    return {one: (1 + log(many), 2 * capital[one] > many or one[0].isdigit()) for one, many in total.items()}


def _lemmas(text: str) -> Iterator[tuple[str, bool]]:
    for word in words(text):
        if is_content(word.folded):
            yield lemma(word.folded), text[word.start].isupper()


def _day(document: Document) -> int | None:
    try:
        return dt.date.fromisoformat(document.published.day).toordinal() if document.published else None
    except ValueError:
        return None


def _keys(vector: _Vector) -> list[str]:
    return nlargest(_KEYS, vector.all, key=lambda one: (vector.all[one], one))
