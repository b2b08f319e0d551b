"""One walk through a document, mention by mention: names, descriptions and pronouns, each joined to its entity.

Reads a document's text, sentences and attributions; gives :class:`Walk`, which knows the entity of every mention and of
every attribution's source. What stands later never decides what stands before, but for headlines and full names.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import Final

from onrecord.annotation import Attribution
from onrecord.annotators.speakers.antecedents import Antecedents
from onrecord.annotators.speakers.bodies import Bodies
from onrecord.annotators.speakers.descriptions import Descriptions
from onrecord.annotators.speakers.discourse import Discourse, Mention
from onrecord.annotators.speakers.entity import Entity
from onrecord.annotators.speakers.introductions import Introductions
from onrecord.annotators.speakers.mentions import (
    FIRST,
    FIRST_PLURAL,
    HE,
    IT,
    SHE,
    THEY,
    Description,
    head_kind,
)
from onrecord.annotators.speakers.name_reading import Name
from onrecord.annotators.speakers.sources import Sources
from onrecord.annotators.speakers.speaker_words import (
    KIN,
    MODIFIERS,
    ROLES,
)
from onrecord.document import Span
from onrecord.text.analysed import Analysed

_OFFICES: Final = ROLES | MODIFIERS
_DATED: Final = re.compile(r"(?:, [A-Z][\w., ]{2,24})?(?: ?\([^()\n]{1,30}\))?(?::| ?[-–—]{1,2}) ")
_REPEATED: Final = 4  # words of a quotation that, printed again, are no other's by accident
_FIRST: Final = 12  # mentions of a sentence among which its subject is looked for
_AND: Final = re.compile(r"(?: \([^()\n]{1,12}\))?,? (?:and|&) \Z")


class Walk:
    """Joins the mentions of one document, in text order."""

    def __init__(
        self,
        analysed: Analysed,
        attributions: Sequence[Attribution],
        antecedents: Callable[[Discourse], Antecedents] = Antecedents,
    ) -> None:
        """Read names, descriptions and entities; nothing is resolved before :meth:`run`."""
        discourse = self.discourse = Discourse(analysed, attributions)
        self.antecedents = antecedents(discourse)
        self.descriptions = Descriptions(discourse, self.antecedents, Bodies(discourse))
        self.sources = Sources(discourse, self.antecedents, self.descriptions)
        self.introductions = Introductions(discourse)
        self.attributions, self.by_head, self.by_id = discourse.attributions, discourse.by_head, discourse.by_id
        self.by_sentence, self.contents = discourse.by_sentence, discourse.contents
        self.content_starts = discourse.content_starts
        self.covered, self.described, self.document = discourse.covered, discourse.described, discourse.document
        self.entities, self.history, self.inferred_from = discourse.entities, discourse.history, discourse.inferred_from
        self.merged, self.names, self.of_attribution = discourse.merged, discourse.names, discourse.of_attribution
        self.opening, self.reader, self.source_heads = discourse.opening, discourse.reader, discourse.source_heads
        self.source_of_token, self.sourced, self.text = discourse.source_of_token, discourse.sourced, discourse.text
        self.token_starts, self.tokens = discourse.token_starts, discourse.tokens

    def run(self) -> None:
        """Resolve every mention and every source, in text order."""
        events: list[tuple[int, int, int]] = [(n.core_start, 0, k) for k, n in enumerate(self.names)]
        events += [(self.tokens[d.head].start, 1, k) for k, d in enumerate(self.described)]
        pronouns = HE | SHE | THEY | IT
        events += [(t.start, 2, x) for x, t in enumerate(self.tokens) if t.folded in pronouns and not self.covered[x]]
        events.sort()
        pending = 0
        for at, kind, k in events:
            while pending < len(self.sourced) and self._source_end(pending) <= at:
                self.sources.resolve_source(self.sourced[pending])
                pending += 1
            if kind == 0:
                self._meet_name(k)
            elif kind == 1:
                self._meet_description(self.described[k])
            else:
                self._meet_pronoun(k)
        for attribution in self.sourced[pending:]:
            self.sources.resolve_source(attribution)
        self.introductions.join()
        for name, entity in self.of_attribution.items():
            self.of_attribution[name] = self.merged.get(entity, entity)
        self._resolve_first_persons()
        self._resolve_sourceless()

    def _source_end(self, k: int) -> int:
        source = self.sourced[k].source
        assert source is not None
        return source.end

    def _meet_name(self, k: int) -> None:
        name = self.names[k]
        entity = self.entities.all[self.entities.of_name[k]]
        x = bisect_left(self.token_starts, name.start)
        while x > 0 and self.tokens[x].gap == " " and self.tokens[x - 1].folded in _OFFICES:
            x -= 1
        previous = self.history[-1] if self.history else None
        self.discourse.note(
            name.core_start, name.end, entity.index, "name", x, modifies=self._modifies(k) or self._is_dateline(k)
        )
        if previous is not None and previous.kind == "name" and _AND.match(self.text[previous.end : name.start]):
            self._meet_pair(previous, entity, name)
        if x > 1 and self.tokens[x - 1].folded in KIN and self.tokens[x - 2].folded in HE | SHE:
            entity.person += 1
        self._merge_unnamed(entity)
        if entity.kind in {"organisation", "unknown", "place"}:
            for word in {entity.tokens[-1], *(w for w in entity.tokens if head_kind(w) == "organisation")}:
                if not self.by_head[word] or self.by_head[word][-1] != entity.index:
                    self.by_head[word].append(entity.index)

    def _modifies(self, k: int) -> bool:
        """Return whether a name only says whose the one named next is: "City" in "City boss Jan Roe"."""
        if k + 1 >= len(self.names):
            return False
        between = range(self.names[k].last, bisect_left(self.token_starts, self.names[k + 1].start))
        return 0 < len(between) <= 4 and all(
            self.tokens[x].gap == " " and self.tokens[x].folded in _OFFICES for x in between
        )

    def _is_dateline(self, k: int) -> bool:
        """Tell the place that a report is dated from, which is nobody's subject."""
        name = self.names[k]
        printed = self.text[name.start : name.end]
        opens = name.start == 0 or self.text[name.start - 1] == "\n"
        return printed.isupper() and opens and bool(_DATED.match(self.text, name.end))

    def _merge_unnamed(self, entity: Entity) -> None:
        """Join a bare given name, met without any introduction, to the one "woman" or "man" told of before it."""
        if len(entity.tokens) > 1 or not entity.prior or entity.titles or entity.roles or len(entity.mentions) < 1:
            return
        if self.entities.first_at[entity.index] != self.history[-1].start:
            return
        heads = ("woman", "girl") if entity.prior < 0 else ("man", "boy")
        found = [i for head in heads for i in self.by_head.get(head, ()) if i not in self.merged]
        if len(found) == 1 and len(self.entities.all[found[0]].mentions) >= 2:
            self.merged[found[0]] = entity.index
            entity.person += 1

    def _meet_pair(self, previous: Mention, entity: Entity, name: Name) -> None:
        """Note "Grassley and Leahy" as one, so that "they" and "the senators" find the two."""
        other = self.entities.all[previous.entity]
        alike = (other.kind == "place") == (entity.kind == "place")
        if other.index == entity.index or not alike or "organisation" in {other.kind, entity.kind}:
            return
        pair = self.discourse.group((other.index, entity.index))
        self.history.append(
            Mention(previous.start, name.end, pair, "name", previous.sentence, previous.paragraph, previous.subject,
                    possessive=self.history[-1].possessive, prepositional=previous.prepositional,
                    quoted=previous.quoted, opens_paragraph=previous.opens_paragraph)
        )  # fmt: skip
        self.by_sentence[previous.sentence].append(len(self.history) - 1)

    def _meet_pronoun(self, x: int) -> None:
        token = self.tokens[x]
        if self.discourse.quoted(token.start) and x not in self.source_of_token:
            return
        if token.folded in IT and not token.folded.startswith("its") and self._is_expletive(x):
            return
        entity = self.antecedents.resolve(x)
        if entity is not None:
            self.discourse.note(token.start, token.end, self.merged.get(entity, entity), "pronoun", x)

    def _is_expletive(self, x: int) -> bool:
        """Tell the empty "it" ("it is clear that") by what follows; sources are never empty."""
        if x in self.source_of_token:
            return False
        following = [t.folded for t in self.tokens[x + 1 : x + 4]]
        return bool(following) and following[0] in {"is", "was", "'s", "seems", "appears", "would", "will", "remains"}

    def _meet_description(self, description: Description) -> None:
        if self.discourse.quoted(self.tokens[description.head].start) and description.head not in self.source_of_token:
            return
        if description.head in self.source_of_token and self._heads_source(description):
            return  # resolved with its whole phrase, when the source is
        entity = self.descriptions.resolve(description, is_source=False)
        if entity is not None:
            self.discourse.note(
                self.tokens[description.first].start, description.end, entity, "description", description.first
            )

    def _heads_source(self, d: Description) -> bool:
        """Return whether a description is the head of the source phrase that it stands in."""
        attribution = self.source_of_token[d.head]
        if attribution not in self.source_heads:
            source = self.by_id[attribution].source
            assert source is not None
            self.source_heads[attribution] = {self.reader.read(part).head for part in self.reader.split(source)}
        return d.head in self.source_heads[attribution]

    def _holder(self, attribution: Attribution) -> str | None:
        """Give the innermost attribution whose content holds this one's source."""
        if attribution.within is not None:
            return attribution.within
        source = attribution.source or attribution.extent
        k = bisect_right(self.content_starts, source.start)
        for start, negative_end, name in reversed(self.contents[max(0, k - 12) : k]):
            if -negative_end >= source.end and start <= source.start and name != attribution.id:
                return name
        return None

    def _resolve_first_persons(self) -> None:
        """I and we inside a quotation are its speaker; outside, they are the narrator, who has no entity here."""
        for _ in range(2):
            for attribution in self.sourced:
                assert attribution.source is not None
                low, high = self.reader.bounds(attribution.source)
                if (
                    attribution.id in self.of_attribution
                    or low >= high
                    or self.tokens[low].folded not in FIRST | FIRST_PLURAL
                ):
                    continue
                holder = self._holder(attribution)
                if holder is not None and holder in self.of_attribution:
                    self.of_attribution[attribution.id] = self.of_attribution[holder]
                    self.inferred_from[attribution.id] = "first-person"
                elif holder is None:
                    narrator = self._narrator(plural=self.tokens[low].folded in FIRST_PLURAL)
                    if narrator is not None:
                        self.of_attribution[attribution.id] = narrator
                        self.inferred_from[attribution.id] = "narrator"

    def _narrator(self, *, plural: bool) -> int | None:
        name = self.document.outlet if plural else self.document.byline
        if not name:
            return None
        tokens = tuple(name.casefold().split())
        known = self.entities.by_tokens.get(tokens)
        if known is not None:
            return known
        entity = self.entities.add(name, tokens, "organisation" if plural else "person")
        self.entities.by_tokens[tokens] = entity.index
        return entity.index

    def _resolve_sourceless(self) -> None:
        """Give what has no source to the speaker of the quotation before it, or to the subject of its sentence."""
        ordered = sorted(self.attributions, key=lambda a: a.extent.start)
        previous: Attribution | None = None
        self._index_quotations()
        for attribution in ordered:
            spoken = self.of_attribution.get(attribution.id)
            if spoken is None and (attribution.source is None or attribution.reason == "colon"):
                spoken = self._printed_again(attribution)
                if spoken is None:
                    spoken = self._unsaid(attribution, previous)
                if spoken is not None:
                    self.of_attribution[attribution.id] = spoken
            if spoken is not None and attribution.form != "indirect":
                previous = attribution

    def _index_quotations(self) -> None:
        """Know by its first words, and by any words in a row, what each speaker is quoted with."""
        self.quoted_by: dict[tuple[str, ...], int] = {}
        for attribution in self.attributions:
            index = self.of_attribution.get(attribution.id)
            if index is not None and attribution.form != "indirect":
                said = self._spoken_words(attribution)
                for at in range(len(said) - _REPEATED + 1):
                    self.quoted_by.setdefault(said[at : at + _REPEATED], index)

    def _spoken_words(self, attribution: Attribution) -> tuple[str, ...]:
        bounds = [self.reader.bounds(span) for span in attribution.content]
        return tuple(self.tokens[x].folded for low, high in bounds for x in range(low, high))

    def _printed_again(self, attribution: Attribution) -> int | None:
        """Give the speaker of a quotation that is printed again, as pull quotes are, without a word of whose it is."""
        said = self._spoken_words(attribution)
        if attribution.form != "direct" or attribution.cue is not None or len(said) < _REPEATED:
            return None
        found = {self.quoted_by.get(said[at : at + _REPEATED]) for at in range(len(said) - _REPEATED + 1)}
        if len(found) != 1 or None in found:
            return None
        self.inferred_from[attribution.id] = "continued"
        return found.pop()

    def _unsaid(self, attribution: Attribution, previous: Attribution | None) -> int | None:
        """Give whom a report means without saying so, where its words leave but one."""
        if attribution.form == "indirect":
            self.inferred_from[attribution.id] = "participle"
            return self._subject_of(attribution.cue) if attribution.cue is not None else None
        if self._is_led_in(attribution):
            self.inferred_from[attribution.id] = "led in"
            return self._first_person(self.discourse.sentence_of(attribution.extent.start), attribution.extent.start)
        started = self._subject_before(attribution, previous)
        if started is not None:
            self.inferred_from[attribution.id] = "subject-before"
            return started
        if self._continues(attribution, previous):
            assert previous is not None
            self.inferred_from[attribution.id] = "continued"
            return self.of_attribution[previous.id]
        return None

    def _subject_of(self, cue: Span) -> int | None:
        """Give the subject of a participle: "Roe opened the bridge, saying that it would last"."""
        if not cue.of(self.text).casefold().endswith("ing") or self.text[max(0, cue.start - 2) : cue.start] != ", ":
            return None
        return self._first_subject(self.discourse.sentence_of(cue.start), cue.start)

    def _first_subject(self, sentence: int, end: int) -> int | None:
        """Give who stands as subject first in a sentence, outside quotation marks, up to a place."""
        for k in self.by_sentence.get(sentence, ())[:_FIRST]:
            mention = self.history[k]
            entity = self.entities.all[mention.entity]
            if mention.start >= end:
                return None
            if mention.possessive or mention.quoted:
                continue
            if not mention.subject or entity.kind == "document":
                return None
            return self.merged.get(mention.entity, mention.entity)
        return None

    def _subject_before(self, attribution: Attribution, previous: Attribution | None) -> int | None:
        """Give the person who is the subject of the sentence right before a bare quotation, if no words stand there."""
        start = attribution.extent.start
        if attribution.cue is not None or attribution.form != "direct" or attribution.reason == "continued-quotation":
            return None
        before = start - 1
        while before >= 0 and self.text[before].isspace():
            before -= 1
        sentence = self.discourse.sentence_of(max(0, before))
        if before < self.opening or self.discourse.quoted(before) or sentence == self.discourse.sentence_of(start):
            return None
        if previous is not None and self.discourse.sentence_of(self._tail(previous)) >= sentence:
            return None
        found = self._first_subject(sentence, start)
        return found if found is not None and self.entities.all[found].is_person else None

    def _is_led_in(self, attribution: Attribution) -> bool:
        """Return whether words of its own sentence lead a bare quotation in: "Jan Roe gave us this reaction: “…”"."""
        start = attribution.extent.start
        before = self.text[max(0, start - 2) : start]
        bare = attribution.cue is None and attribution.source is None
        return bare and before == ": " and start > self.opening

    def _first_person(self, sentence: int, end: int) -> int | None:
        """Give the one person whom a sentence names up to a place; nobody where it names several."""
        found = {
            self.merged.get(m.entity, m.entity)
            for m in self.discourse.recent(sentence)
            if m.end <= end and m.kind == "name" and not m.possessive and self.entities.all[m.entity].reads_as_somebody
        }
        return found.pop() if len(found) == 1 else None

    @staticmethod
    def _tail(attribution: Attribution) -> int:
        """Give the last character of a quotation with its cue and source."""
        spans = [attribution.extent, *(s for s in (attribution.cue, attribution.source) if s is not None)]
        return max(span.end for span in spans) - 1

    def _continues(self, attribution: Attribution, previous: Attribution | None) -> bool:
        if previous is None or attribution.form == "indirect":
            return False
        if attribution.reason == "continued-quotation":
            return True
        if (attribution.cue is not None and attribution.reason != "colon") or attribution.form != "direct":
            return False
        return (
            self.discourse.paragraph_of(attribution.extent.start) - self.discourse.paragraph_of(previous.extent.end)
            <= 1
        )
