"""The view of one document in which mentions are resolved: its tokens, names and entities, and what was met so far.

Reads a document and its attributions; gives :class:`Discourse`, the ground on which
:mod:`onrecord.annotators.speakers.antecedents`, :mod:`onrecord.annotators.speakers.descriptions` and
:mod:`onrecord.annotators.speakers.sources` build.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import msgspec

from onrecord.annotation import Attribution
from onrecord.annotators.speakers.entities import Entities
from onrecord.annotators.speakers.mentions import DETERMINERS, HE, PREPOSITIONS, SHE, find_descriptions
from onrecord.annotators.speakers.names import NameFinder
from onrecord.annotators.speakers.phrases import PhraseReader
from onrecord.annotators.speakers.pronouns import Choice
from onrecord.annotators.speakers.speaker_words import (
    MODIFIERS,
)
from onrecord.annotators.speakers.tokens import tokenise
from onrecord.document import Document, Span
from onrecord.lexicon.load import word_list
from onrecord.text.analysed import Analysed
from onrecord.text.quotation_marks import OUTSIDE
from onrecord.text.words import CLOSED_CLASS

_SPEECH: Final = word_list("persons.speech")
_SENTENCE: Final = 60  # mentions of one sentence that are looked back at
MentionKind = Literal["name", "description", "pronoun"]


class Mention(msgspec.Struct, gc=False):
    """One mention in the walk; ``sentence`` and ``paragraph`` are numbers from 0."""

    start: int
    end: int
    entity: int
    kind: MentionKind
    sentence: int
    paragraph: int
    subject: bool
    possessive: bool
    prepositional: bool
    quoted: bool
    opens_paragraph: bool


@dataclass(slots=True)
class ReportedUtterance:
    """An attribution whose speaker is known: who, where its source ends, where its content stands."""

    entity: int
    at: int
    sentence: int
    paragraph: int
    direct: bool


def paragraph_starts(document: Document) -> list[int]:
    """Give where paragraphs begin: the document's blocks, or else what blank lines part."""
    if document.blocks:
        return sorted({block.start for block in document.blocks})
    break_ = r"\n\s*\n" if "\n\n" in document.text else r"\n+"
    return [0, *(m.end() for m in re.finditer(break_, document.text))]


def _names_first(source: str) -> bool:
    """Return whether a source's first word is its name: it stands alone, or before a comma ("Roe, the chairman,")."""
    first, space, _ = source.partition(" ")
    return not space or first.endswith(",")


class Discourse:
    """One document as it is read, mention by mention; ``history`` holds what was met, in text order.

    How each speaker was found is kept beside: ``choices`` by a pronoun's token, ``met_at`` how much of the history
    stood before an attribution's source, ``inferred_from`` by what sign a speaker was inferred whom no source names.
    """

    def __init__(self, analysed: Analysed, attributions: Sequence[Attribution]) -> None:
        """Read names, descriptions and entities; nothing is resolved before :meth:`run`."""
        self.document, self.text = analysed.document, analysed.text
        self.tokens = tokenise(self.text, analysed.each_word())
        lines = (Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", self.text))
        self.sentences = tuple(analysed.sentences or lines) or (Span(0, len(self.text)),)
        self.sentence_starts = [s.start for s in self.sentences]
        self.paragraphs = paragraph_starts(self.document)
        self.state = analysed.marks.state
        self.finder = NameFinder(self.text, self.tokens, self.sentences)
        self.finder.reader.surnames = self._titled_surnames()
        self.finder.hinted = {
            a.source.start for a in attributions if a.source is not None and _names_first(a.source.of(self.text))
        }
        self.names = self.finder.find()
        self.token_starts = self.finder.starts
        self.covered = self._cover()
        self.reader = PhraseReader(self.text, self.tokens, self.names, self.covered, self.token_starts)
        self.opening = self._opening()
        self.entities = Entities(self.text, self.tokens, self.names, self.opening, self.finder.hinted)
        self.described = find_descriptions(self.tokens, self.covered)
        self.attributions = attributions
        self.history: list[Mention] = []
        self.by_sentence: dict[int, list[int]] = defaultdict(list)
        self.reported: list[ReportedUtterance] = []
        self.of_token: dict[int, int] = {}
        self.of_attribution: dict[str, int] = {}
        self.by_head: dict[str, list[int]] = defaultdict(list)
        self.choices: dict[int, Choice] = {}
        self.met_at: dict[str, int] = {}
        self.inferred_from: dict[str, str] = {}
        self.groups: dict[tuple[int, ...], int] = {}
        self.pairs: list[int] = []
        self.merged: dict[int, int] = {}
        self.begun = -1
        self.by_printed: dict[str, int] = {}
        self.source_heads: dict[str, set[int | None]] = {}
        self._index_contents()
        self._learn_gender()

    def _titled_surnames(self) -> set[str]:
        found = set()
        for before, token in zip(self.tokens, self.tokens[1:], strict=False):
            if token.capital and before.folded in {"mr", "mrs", "ms", "president", "senator", "sen", "gov", "rep"}:
                found.add(token.folded)
        return found

    def _cover(self) -> bytearray:
        covered = bytearray(len(self.tokens))
        for name in self.names:
            for x in range(bisect_left(self.token_starts, name.start), name.last):
                covered[x] = 1
        return covered

    def _opening(self) -> int:
        """Find where the running text begins: after the first paragraph where that looks like a headline."""
        for block in self.document.blocks:
            if block.kind == "paragraph":
                return block.start
        if self.document.blocks or len(self.paragraphs) < 2:
            return 0
        opening = 0
        for start, end in zip(self.paragraphs[:4], self.paragraphs[1:5], strict=False):
            part = self.text[start:end].strip()
            if len(part) >= 200 or (start and part[-1:] in '.!?"”’'):
                break
            opening = end
        return opening

    def _index_contents(self) -> None:
        """Know which attribution's content holds a place (the innermost), and whose source a token is."""
        spans = [(s.start, -s.end, a.id) for a in self.attributions for s in a.content]
        self.contents = sorted(spans)
        self.content_starts = [s[0] for s in self.contents]
        self.by_id = {a.id: a for a in self.attributions}
        self.sourced = sorted(
            (a for a in self.attributions if a.source is not None),
            key=lambda a: (a.source.start, a.source.end) if a.source else (0, 0),
        )
        self.source_of_token: dict[int, str] = {}
        for attribution in self.sourced:
            assert attribution.source is not None
            low, high = self.reader.bounds(attribution.source)
            for x in range(low, high):
                self.source_of_token.setdefault(x, attribution.id)

    def sentence_of(self, position: int) -> int:
        """Give the number of the sentence at a position."""
        return max(0, bisect_right(self.sentence_starts, position) - 1)

    def paragraph_of(self, position: int) -> int:
        """Give the number of the paragraph at a position."""
        return max(0, bisect_right(self.paragraphs, position) - 1)

    def quoted(self, position: int) -> bool:
        """Return whether a position stands inside quotation marks."""
        return self.state[position] != OUTSIDE if position < len(self.state) else False

    def _learn_gender(self) -> None:
        """Count pronouns that can mean one person only: those of the last two sentences, outside quotation marks.

        The binding is strong inside a sentence that names one person (2), weaker in the sentence after (1).
        """
        persons: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for k, name in enumerate(self.names):
            entity = self.entities.all[self.entities.of_name[k]]
            if name.kind in {"person", "unknown"} and entity.kind in {"person", "unknown"}:
                persons[self.sentence_of(name.start)].append((name.start, entity.index))
        everyone = defaultdict(set, {s: {e for _, e in found} for s, found in persons.items()})
        for token in self.tokens:
            if token.folded == "its" and not self.quoted(token.start):
                self._count_body(persons[self.sentence_of(token.start)], token.start)
            sign = 1 if token.folded in HE else -1 if token.folded in SHE else 0
            if not sign or self.quoted(token.start):
                continue
            s = self.sentence_of(token.start)
            if len(everyone[s]) == 1 and persons[s][0][0] < token.start:
                self._count_gender(persons[s][0][1], sign, 2.0)
            elif not everyone[s] and len(everyone[s - 1]) == 1 and self._adjacent(s):
                self._count_gender(persons[s - 1][0][1], sign, 1.0)

    def _count_body(self, named: Sequence[tuple[int, int]], at: int) -> None:
        """Take "its" after a sentence's one name, of which nothing else is known, as a sign that it names nobody."""
        if len(named) == 1 and named[0][0] < at:
            entity = self.entities.all[named[0][1]]
            if entity.kind == "unknown" and not entity.titles and not entity.full:
                entity.person -= 1

    def _adjacent(self, sentence: int) -> bool:
        """Return whether a sentence stands in the paragraph of the one before it."""
        starts = self.sentence_starts
        return self.paragraph_of(starts[sentence]) == self.paragraph_of(starts[sentence - 1])

    def _count_gender(self, index: int, sign: int, amount: float) -> None:
        entity = self.entities.all[index]
        entity.person += 0.5
        if sign > 0:
            entity.men += amount
        else:
            entity.women += amount

    def note(self, start: int, end: int, entity: int, kind: MentionKind, x: int, *, modifies: bool = False) -> None:
        """Write a mention down; ``x`` is the first token of its phrase, which another heads if it ``modifies``."""
        sentence, paragraph = self.sentence_of(start), self.paragraph_of(start)
        low = bisect_left(self.token_starts, start)
        high = bisect_left(self.token_starts, end)
        possessive = high > low and self.tokens[high - 1].possessive
        possessive = (
            possessive
            or modifies
            or self.tokens[low].folded in {"his", "its", "their"}
            or (self.tokens[low].folded == "her" and self._noun_follows(high))
        )
        before = x - 1
        while (
            before >= 0
            and self.tokens[before + 1].gap == " "
            and (self.tokens[before].folded in DETERMINERS or self.tokens[before].folded in MODIFIERS)
        ):
            before -= 1
        word = self.tokens[before].folded if before >= 0 and self.tokens[before + 1].gap == " " else ""
        prepositional = word in PREPOSITIONS
        earlier = self.begun == sentence
        subject = not possessive and not prepositional and (not earlier or word in _SPEECH)
        opens = sentence == 0 or paragraph != self.paragraph_of(self.sentence_starts[sentence] - 1)
        mention = Mention(
            start, end, entity, kind, sentence, paragraph, subject, possessive, prepositional, self.quoted(start), opens
        )
        self.history.append(mention)
        if not possessive:
            self.begun = sentence
        self.by_sentence[sentence].append(len(self.history) - 1)
        if kind != "name":
            self.entities.all[entity].mentions.append(Span(start, end))
        for token in range(low, high):
            self.of_token[token] = entity

    def recent(self, sentence: int) -> list[Mention]:
        """List the last mentions of a sentence."""
        return [self.history[i] for i in self.by_sentence.get(sentence, ())[-_SENTENCE:]]

    def _noun_follows(self, x: int) -> bool:
        return x < len(self.tokens) and self.tokens[x].gap == " " and self.tokens[x].folded not in CLOSED_CLASS

    def recent_entities(self) -> list[tuple[int, int]]:
        """Entities met so far, latest first, each with how many sentences back; the walk's window is the last 150."""
        if not self.history:
            return []
        now = self.history[-1].sentence
        seen: dict[int, int] = {}
        for mention in reversed(self.history[-150:]):
            seen.setdefault(mention.entity, now - mention.sentence)
        return list(seen.items())

    def group(self, members: tuple[int, ...]) -> int:
        """Give the group of these entities, made where it is new."""
        if len(members) == 1:
            return members[0]
        if members not in self.groups:
            names = [self.entities.all[m].name for m in members]
            entity = self.entities.add(", ".join(names[:-1]) + " and " + names[-1], (), "group")
            entity.members = members
            self.groups[members] = entity.index
            self.pairs.append(entity.index)
        return self.groups[members]
