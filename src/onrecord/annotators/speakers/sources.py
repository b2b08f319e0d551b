"""Whom a source phrase means: a name, a pronoun, a description, a share of some, or several joined.

Reads the :class:`~onrecord.annotators.speakers.discourse.Discourse`; gives the entity of each attribution's source.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

from onrecord.annotation import Attribution
from onrecord.annotators.speakers.antecedents import Antecedents
from onrecord.annotators.speakers.descriptions import UNRESOLVING, YEARS_OLD, Descriptions
from onrecord.annotators.speakers.discourse import Discourse, ReportedUtterance
from onrecord.annotators.speakers.entity import Entity, role
from onrecord.annotators.speakers.issuers import Issuers
from onrecord.annotators.speakers.mentions import (
    BOTH,
    DEFINITE,
    FIRST,
    FIRST_PLURAL,
    HE,
    IT,
    PREPOSITIONS,
    RELATIVE,
    SHE,
    THEY,
    Description,
    HeadKind,
    head_kind,
)
from onrecord.annotators.speakers.phrases import Phrase
from onrecord.annotators.speakers.relatives import Relatives
from onrecord.annotators.speakers.speaker_words import (
    ABBREVIATED,
    BODIES_TOO,
    CAPITALS,
    HONORIFICS,
    KIN,
    NATIONALS,
    PLACES,
    ROLES,
)
from onrecord.document import Span
from onrecord.lexicon.load import word_list
from onrecord.text.words import CLOSED_CLASS

_AGENTIVE: Final = ("er", "or", "ist", "ian", "ee", "man", "woman", "ant")
_SUBJECTS: Final = word_list("persons.subjects")
_SHARE: Final = 8  # tokens of "most of the 95 generals, all of whom"
_HANDLE: Final = re.compile(r"\s*[\[(]?@\w")
_IN_STATEMENT: Final = re.compile(r"statement|communiqu|\b(?:news|press|media) release\b")
_TOPIC: Final = re.compile(
    r"(?:\A|\W)(?:as (?:for|to)|on|about|regarding|concerning)\s+(?:the |an? )?\Z", re.IGNORECASE
)
_PERCENT: Final = re.compile(
    r"((?:only |just |about |nearly |some )?[\d.]+ ?(?:percent|per cent|%))( of .+)?", re.IGNORECASE
)


class Sources:
    """Resolves source phrases."""

    def __init__(self, discourse: Discourse, antecedents: Antecedents, descriptions: Descriptions) -> None:
        """Take the document as it is read and what resolves pronouns and descriptions."""
        self.discourse, self.antecedents, self.descriptions = discourse, antecedents, descriptions
        self.relatives = Relatives(discourse, descriptions)
        self.issuers = Issuers(discourse, descriptions, self.one_source)
        self.by_head, self.covered, self.described = discourse.by_head, discourse.covered, discourse.described
        self.entities, self.finder, self.history = discourse.entities, discourse.finder, discourse.history
        self.met_at, self.names, self.of_attribution = discourse.met_at, discourse.names, discourse.of_attribution
        self.of_token, self.opening, self.reader = discourse.of_token, discourse.opening, discourse.reader
        self.sentences, self.text, self.token_starts = discourse.sentences, discourse.text, discourse.token_starts
        self.tokens, self.reported = discourse.tokens, discourse.reported
        self.percent_of: str = ""

    def resolve_source(self, attribution: Attribution) -> None:
        """Set the entity of an attribution that has a source."""
        source = attribution.source
        assert source is not None
        if attribution.reason == "colon" and _TOPIC.search(self.text, max(0, source.start - 24), source.start):
            return  # "As for the spill: …" names what is talked of
        self.met_at[attribution.id] = len(self.history)
        entity = self.source_entity(source)
        if entity is None:
            return
        self.of_attribution[attribution.id] = entity
        if _IN_STATEMENT.search(self.text[source.end : source.end + 90].partition(".")[0]):
            self.issuers.statement_of = entity
        self.reported.append(
            ReportedUtterance(
                entity,
                source.end,
                self.discourse.sentence_of(source.start),
                self.discourse.paragraph_of(source.start),
                attribution.form != "indirect",
            )
        )

    def source_entity(self, source: Span) -> int | None:
        """Give the entity that a source phrase means, joint sources as a group."""
        parts = self.reader.split(source)
        if len(parts) == 1:
            return self.one_source(source)
        members = [e for part in parts if (e := self.one_source(part)) is not None]
        if len(members) < 2:
            return members[0] if members else None
        group = self.discourse.group(tuple(dict.fromkeys(members)))
        if self.entities.all[group].kind == "group":
            self.discourse.note(source.start, source.end, group, "name", self.reader.bounds(source)[0])
        return group

    def one_source(self, source: Span) -> int | None:
        """Resolve one member of a source: a pronoun, a relative, a name with what goes with it, or a description."""
        low, high = self.reader.bounds(source)
        while low < high - 1 and self.tokens[low].folded in PREPOSITIONS and not self.covered[low]:
            low += 1
        if low >= high:
            return None
        if high - low > 1 and self.tokens[high - 1].folded in _SUBJECTS and self.tokens[high - 1].gap == " ":
            low = high - 1  # "the board to enact changes he said"
        source = self._within(Span(self.tokens[low].start, source.end))
        high = max(low + 1, self.reader.bounds(source)[1])
        first = self.tokens[low].folded
        if high - low <= 2 and not self.covered[low] and not (high - low == 2 and self._is_possessed(low)):
            if first in HE | SHE | THEY | IT:
                known = self.of_token.get(low)
                return known if known is not None else self.antecedents.resolve(low)
            if first in FIRST | FIRST_PLURAL:
                return None
            if first in RELATIVE:
                return self.relatives.relative(low)
        phrase = self.reader.read(source)
        if phrase.main is not None:
            self._learn_phrase(phrase)
            self._credit(self.entities.all[self.entities.of_name[phrase.main]])
            return self._metonym(self.entities.of_name[phrase.main])
        return self._nameless_source(source, phrase)

    def _within(self, source: Span) -> Span:
        """Cut a source at its sentence's end, and before the handle of an account ("Jan Roe (@janroe)")."""
        end = source.end
        handle = _HANDLE.search(self.text, source.start + 1, end)
        if handle is not None:
            end = handle.start()
        k = self.discourse.sentence_of(source.start) + 1
        if k < len(self.sentences) and self.sentences[k].start < end:
            stop = self.sentences[k].start
            last = bisect_left(self.token_starts, stop) - 1
            if last >= 0 and not self._abbreviates(last):
                end = len(self.text[source.start : stop].rstrip(" \n.")) + source.start
        return Span(source.start, max(end, source.start + 1))

    def _abbreviates(self, x: int) -> bool:
        """Tell "Eng." and "Smt.", after which a sentence only seems to end, from "the UN."."""
        printed = self.text[self.tokens[x].start : self.tokens[x].end]
        return self.tokens[x].folded in ABBREVIATED or (len(printed) < 5 and printed.istitle())

    def _is_possessed(self, low: int) -> bool:
        """Tell "her office" from "they all" and "Her Majesty": a noun follows the pronoun."""
        following = self.tokens[low + 1].folded
        return self.tokens[low].folded in {"his", "her", "its", "their"} and not (
            following in BOTH or following in HONORIFICS
        )

    def _learn_phrase(self, phrase: Phrase) -> None:
        """Take the roles that a source phrase gives to the one it names ("spokeswoman for the festival Jan Roe")."""
        assert phrase.main is not None
        entity = self.entities.all[self.entities.of_name[phrase.main]]
        name = self.names[phrase.main]
        if entity.kind in {"person", "unknown"}:
            first = min(bisect_left(self.token_starts, name.start), phrase.high)
            words = [self.tokens[i].folded for i in range(phrase.low, first)]
            stop = next((i for i, w in enumerate(words) if w in PREPOSITIONS), len(words))
            if any(w in ROLES for w in words[:stop]):
                entity.roles.update(role(w) for w in words[:stop] if w not in CLOSED_CLASS and w not in KIN)
                entity.roles.update(w for w in words[stop:] if w not in CLOSED_CLASS and w not in ROLES)
                entity.person += words[stop - 1] not in BODIES_TOO
            if phrase.head is not None and phrase.determiner and phrase.head < name.first:
                start = self.tokens[phrase.first].start
                d = Description(
                    start, self.tokens[phrase.head].end, phrase.first, phrase.head, phrase.determiner, "person"
                )
                self.descriptions.merge_foretold(d, entity.index)

    def _metonym(self, index: int) -> int:
        """Read a capital that says something as its country, where the document names that too."""
        country = CAPITALS.get(" ".join(self.entities.all[index].tokens))
        return index if country is None else self.entities.by_tokens.get(tuple(country.split()), index)

    @staticmethod
    def _credit(entity: Entity) -> None:
        """Whoever is a source is likelier somebody than a thing."""
        if entity.kind == "unknown":
            entity.person += 0.5

    def _nameless_source(self, source: Span, phrase: Phrase) -> int | None:
        low, high = phrase.low, phrase.high
        first = self.tokens[low].folded
        if (
            phrase.names
            and self._in_headline(source.start)
            and head_kind(self.tokens[phrase.high - 1].folded) != "plural"
        ):
            return self.entities.of_name[phrase.names[0]]
        whom = next((x for x in range(low + 1, high) if self.tokens[x].folded in {"who", "whom", "which"}), None)
        if whom is not None and self.tokens[whom - 1].folded == "of" and whom - low < _SHARE:
            entity = self._relative_share(low, whom)
            if entity is None or first in {"both", "all"}:
                return entity
            return self._part_of(entity, self.text[source.start : self.tokens[whom].start])
        if first in BOTH and (
            high - low == 1 or self.tokens[low + 1].folded in {"of", "men", "sides", "leaders", "women"}
        ):
            both = self.relatives.both()
            if both is not None:
                return both
        return self._described_source(source, phrase)

    def _relative_share(self, low: int, whom: int) -> int | None:
        entity = self.relatives.relative(low)
        if entity is not None:
            self.relatives.last_relative = (self.discourse.sentence_of(self.tokens[whom].start), entity)
        return entity

    def _in_headline(self, at: int) -> bool:
        """Return whether a place stands in headline capitals, where a whole clause may pass for a source."""
        sentence = self.sentences[self.discourse.sentence_of(at)]
        low, high = self.reader.bounds(sentence)
        return at < self.opening and high > low and self.finder.is_shouted(low, high)

    def _part_of(self, whole: int, share: str) -> int:
        """Make "most of the 95 generals" of "most of whom"."""
        name = f"{share.strip()} the {self.entities.all[whole].name}"
        return self.entities.add(name, tuple(name.casefold().split()), "group").index

    def _described_source(self, source: Span, phrase: Phrase) -> int | None:
        if phrase.head is None:
            return None
        printed = self.text[source.start : self._useful_end(source, phrase)]
        head = phrase.head
        folded = self.tokens[head].folded
        kind: HeadKind = "person" if YEARS_OLD.match(folded) else head_kind(folded)
        if (
            kind == "other"
            and folded.endswith("s")
            and not folded.endswith("ss")
            and phrase.determiner not in {"a", "an"}
        ):
            kind = "plural"
        if folded in NATIONALS and phrase.determiner == "the" and phrase.first == head and self.tokens[head].capital:
            kind = "person"
        if folded in {"family", "crew"}:
            kind = "plural"
        if folded in {"international", "native"} and phrase.determiner == "the" and phrase.first < head:
            kind = "person"  # "the Nigeria international"
        d = Description(source.start, self.tokens[head].end, min(phrase.first, head), head, phrase.determiner, kind)
        issuer = self.issuers.identified(source) if kind == "person" else self.issuers.issuer(d, phrase)
        if issuer is None:
            issuer = self.issuers.titled_work(source)
        if issuer is not None:
            return issuer
        printed = self._percentage(printed)
        entity = self._described(d, phrase, printed)
        if kind == "other" and folded.endswith(_AGENTIVE):
            self.entities.all[entity].person = 1.0
        self.discourse.note(source.start, self.tokens[head].end, entity, "description", phrase.first)
        return entity

    def _described(self, d: Description, phrase: Phrase, printed: str) -> int:
        """Resolve a described source; one with a complement ("of", "for") means who it says, or one of that role."""
        found = self.descriptions.same_printed(printed)
        if found is not None:
            return found
        complemented = phrase.stop < phrase.high and self.tokens[phrase.stop].folded in PREPOSITIONS
        complemented = complemented and "," not in self.tokens[phrase.stop].gap  # "The plumber, from Osterhavn,"
        if d.start < self.opening and d.first == d.head and (ahead := self._ahead(d)) is not None:
            return ahead
        if complemented and not self.descriptions.years_old(d) and not self.descriptions.of_children(d):
            again = self._described_again(d, phrase)
            if again is not None:
                return again
            office = self._office_holder(d, phrase) if d.kind == "person" and d.determiner == "the" else None
            return office if office is not None else self.descriptions.new_described(d, printed)
        found = self.descriptions.resolve(d, is_source=True, printed=printed)
        return found if found is not None else self.descriptions.new_described(d, printed)

    def _described_again(self, d: Description, phrase: Phrase) -> int | None:
        """Find "a source close to the talks" where the text goes on with "the source with knowledge of the talks"."""
        if d.determiner not in DEFINITE or d.kind != "person":
            return None
        met = [
            i for i in self.by_head.get(self.tokens[d.head].folded, ())[-9:] if self.entities.all[i].kind == "unnamed"
        ]
        words = {self.tokens[i].folded for i in range(phrase.stop, phrase.high)} - CLOSED_CLASS
        return met[0] if len(met) == 1 and words & set(self.entities.all[met[0]].tokens) else None

    def _ahead(self, d: Description) -> int | None:
        """Give what a headline's bare "experts" or "poll" means: the first phrase of that head in the running text."""
        head = self.tokens[d.head].folded
        for other in self.described:
            if other.start >= self.opening and self.tokens[other.head].folded == head and other.first < other.head:
                return self.descriptions.new_described(other, None)
        return None

    def _office_holder(self, d: Description, phrase: Phrase) -> int | None:
        """Give the person named with the same office, of no other place ("the president of South Korea")."""
        head = role(self.tokens[d.head].folded)
        wanted = {role(self.tokens[i].folded) for i in range(d.first, phrase.high)} - CLOSED_CLASS
        best, best_shared = None, 0
        for index in self.entities.by_role.get(head, ()):
            entity = self.entities.all[index]
            known = entity.roles | set(entity.tokens)
            places, theirs = wanted & PLACES, known & PLACES
            shared = len(wanted & known)
            if shared > best_shared and not (places and theirs and not places & theirs):
                best, best_shared = index, shared
        alone = len(set(self.entities.by_role.get(head, ()))) == 1
        return best if best_shared >= 2 or (alone and best_shared and head not in UNRESOLVING) else None

    def _percentage(self, printed: str) -> str:
        """Complete "73 percent" by whom the percentage before it counted."""
        match = _PERCENT.fullmatch(printed.strip())
        if match is None:
            return printed
        if match.group(2):
            self.percent_of = match.group(2)
            return printed
        return printed.strip() + self.percent_of

    def _useful_end(self, source: Span, phrase: Phrase) -> int:
        """Leave out of a description what stands after a comma, but for "including" and "such as"."""
        for i in range(phrase.first + 1, phrase.high):
            if i > phrase.stop and self.tokens[i].folded in {"who", "that", "which"} and not self.covered[i]:
                return self.tokens[i - 1].end  # "the organisers of the fair that draws thousands"
            goes_on = self.tokens[i].folded in {"including", "such", "and", "or"}
            if i >= phrase.stop and "," in self.tokens[i].gap and not goes_on:
                return self.tokens[i - 1].end
        return source.end
