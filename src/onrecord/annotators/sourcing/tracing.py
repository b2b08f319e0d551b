"""Sourcing: through whom a document says it has the words, and what it says of its own origin.

Reads: Document, sentences, speakers, attributions. Fills: ``Attribution.via``, ``Annotations.provenance`` and
``Annotations.publisher``.

A sentence that names an outlet in one of a few places says how the words came: "X reported" and "according to X" (the
document has it from X), "quoting X" (X in its turn from the next), "told X" and "in an interview with X" (the speaker
spoke to X), "seen by X". Such a clause reaches the attributions of its sentence on its own side and no further, save
where the document ties one speaker to one outlet again and again. Words told inside somebody else's words come through
that somebody. The document's own outlet, a venue and a statement are no intermediaries.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from onrecord.annotation import Annotations, Attribution, Link
from onrecord.annotators.sourcing.certainty import is_clear, rated
from onrecord.annotators.sourcing.containing import VAGUE_SOURCE, WRITTEN, anchor, author, holds, kind_of, outer_of
from onrecord.annotators.sourcing.credits import credits_of
from onrecord.annotators.sourcing.outlet_mentions import MentionFinder
from onrecord.annotators.sourcing.own_outlet import Publisher, publisher_of
from onrecord.annotators.sourcing.sourcing_clauses import RANK, Reference, references
from onrecord.document import BlockKind, Span
from onrecord.lexicon.load import word_list
from onrecord.lexicon.outlets import Outlets, known_outlets
from onrecord.lexicon.patterns import pattern
from onrecord.text.analysed import Analysed

_PARENTHESIS = pattern("sourcing.parenthesis")
_ASIDE = pattern("sourcing.aside")
_DENIAL = pattern("sourcing.denial")
_NOT_SPEECH = word_list("sourcing.not_speech")


def trace(annotations: Annotations, analysed: Analysed | None = None, outlets: Outlets | None = None) -> Annotations:
    """Fill every attribution's chain and the links of the document as a whole.

    ``analysed`` is the document where a stage before has analysed it. ``outlets`` is the table to use; without it, the
    one that comes with the package with the user's own additions.
    Time is linear in the text and the number of attributions.
    """
    table = outlets or known_outlets()
    publisher = publisher_of(annotations.document, table)
    provenance = credits_of(annotations.document, table, publisher)
    if not annotations.attributions:
        return msgspec.structs.replace(annotations, provenance=provenance, publisher=publisher.name)
    tracer = _Tracer(annotations, analysed or Analysed(annotations.document), table, publisher)
    return msgspec.structs.replace(
        annotations, attributions=tracer.trace(), provenance=provenance, publisher=publisher.name
    )


class _Tracer:
    """Traces the attributions of one document."""

    def __init__(self, annotations: Annotations, analysed: Analysed, outlets: Outlets, publisher: Publisher) -> None:
        self._analysed, self._text = analysed, annotations.text
        self._outlets = outlets
        self._publisher = publisher
        self._attributions = annotations.attributions
        self._speakers = {speaker.id: speaker for speaker in annotations.speakers}
        self._sentences = annotations.sentences or analysed.sentences
        self._starts = [s.start for s in self._sentences]
        self._outer = outer_of(annotations.attributions)
        blocks = annotations.document.blocks
        self._apart = [b.span for b in blocks if b.kind in _APART]
        self._headlines = [b.span for b in blocks if b.kind in {"headline", "repeated-headline"}]

    def trace(self) -> tuple[Attribution, ...]:
        finder = MentionFinder(self._analysed, self._outlets, self._publisher)
        found = references(self._text, finder.find(), lambda place: self._sentence_of(place).start)
        chains: dict[str, list[tuple[int, int, Link]]] = defaultdict(list)
        by_sentence = self._by_sentence()
        for reference in found:
            if reference.own or any(span.overlaps(reference.mention) for span in self._apart):
                continue
            for attribution in self._reached(reference, by_sentence.get(self._sentence_at(reference.start), ())):
                outer = self._outer.get(attribution.id)
                if outer is not None and self._is_source(reference, outer):
                    continue  # The words are told inside that source's words: it is linked as their teller.
                # Of two outlets of one rank behind the words, the outer one, named last, is nearer to the document.
                place = reference.start if reference.leading else -reference.start
                chains[attribution.id].append((RANK[reference.relation], place, reference.link))
        own = {
            a.id: tuple(link for _, _, link in _in_order(chains[a.id])) for a in self._attributions if a.id in chains
        }
        self._spread(own, found)
        self._reach_back(own, found)
        self._go_on(own)
        chained = (
            (a, rated(_without_repeats((*self._relayed(a, own), *own.get(a.id, ()))))) for a in self._attributions
        )
        return tuple(msgspec.structs.replace(a, via=chain, via_clear=is_clear(chain)) for a, chain in chained)

    # Which attributions a clause reaches.

    def _sentence_at(self, position: int) -> int:
        return bisect_right(self._starts, position) - 1

    def _sentence_of(self, position: int) -> Span:
        index = self._sentence_at(position)
        return self._sentences[index] if index >= 0 else Span(0, 0)

    def _by_sentence(self) -> dict[int, list[Attribution]]:
        """List the attributions of each sentence: those whose cue, source or an end of a content stands in it."""
        table: dict[int, list[Attribution]] = defaultdict(list)
        for attribution in self._attributions:
            places = {attribution.content[0].start, attribution.content[-1].end - 1}
            if attribution.cue:
                places = {attribution.cue.start, *(p for p in places if abs(p - attribution.cue.start) < _REACH)}
            for sentence in {self._sentence_at(place) for place in places}:
                table[sentence].append(attribution)
        return table

    def _reached(self, reference: Reference, near: Sequence[Attribution]) -> Iterable[Attribution]:
        others = [a for a in near if not self._is_speaker(reference, a)]
        if reference.relation == "report" and _QUOTES.search(self._text, reference.start, reference.end) is None:
            # Where nobody speaks, or the words only go about ("is said to"), who reports them is their source.
            others = [a for a in others if (a.speaker or a.source) and not self._is_hearsay(a)]
        others = [a for a in others if not self._is_in_quotation(reference, a)]
        if reference.relation == "told":
            return self._reporters(reference, others)
        if reference.relation == "seen":
            return [a for a in others if a.source and 0 <= reference.start - a.source.end <= 12]
        if reference.relation == "quoting":
            return [a for a in others if not (self._is_source(reference, a) or self._is_cued_by(reference, a))]
        governing = [a for a in near if self._is_speaker(reference, a)]
        inside = [a for a in others if any(holds(outer, a) for outer in governing)]
        if governing:
            # Where what the outlet itself tells is marked, that is its reach; else what stands right before it.
            return inside or [a for a in others if not reference.leading and self._adjoins(reference, a)]
        if reference.leading:
            return [a for a in others if anchor(a).start >= reference.start]
        return [a for a in others if self._stands_before(reference, a) or self._is_quoted_by(reference, a)]

    def _stands_before(self, reference: Reference, attribution: Attribution) -> bool:
        """Return whether words or their cue end before a trailing clause: "…, X reported"; an aside in them is none."""
        edge = reference.start + 2
        if attribution.extent.end > reference.end and _ASIDE.search(self._text, max(0, edge - 8), edge):
            return False
        cue, source = attribution.cue, attribution.source
        if cue is not None and source is not None and source.end <= edge and reference.end <= cue.start:
            return cue.start - reference.end <= _NEAR_CUE  # "The mayor, according to X, said"
        return attribution.extent.end <= edge or (cue is not None and cue.end <= edge)

    def _adjoins(self, reference: Reference, attribution: Attribution) -> bool:
        between = self._text[attribution.extent.end : reference.start]
        return attribution.extent.end <= reference.start and not between.strip(" \u00a0,.\"”’'")

    def _is_quoted_by(self, reference: Reference, attribution: Attribution) -> bool:
        """Return whether the clause leads up to the cue: "X quoted him as saying", "was quoted by X as saying"."""
        cue = attribution.cue
        if cue is None or not -2 <= cue.start - reference.end <= _NEAR_CUE:
            return False
        return _QUOTES.search(self._text, max(0, reference.start - _VERB_BEFORE), cue.end) is not None

    def _is_hearsay(self, attribution: Attribution) -> bool:
        cue = attribution.cue
        if cue is None:
            return False
        around = self._text[max(0, cue.start - len(" were ")) : cue.end + len(" to ")]
        return _HEARSAY.search(around) is not None

    @staticmethod
    def _is_cued_by(reference: Reference, attribution: Attribution) -> bool:
        """Return whether the clause is what credits the words: in "Reuters cited the BBC" they are the BBC's own."""
        return attribution.cue is not None and attribution.cue.overlaps(Span(reference.start, reference.mention.start))

    @staticmethod
    def _is_in_quotation(reference: Reference, attribution: Attribution) -> bool:
        """Return whether a clause is itself a part of what somebody is quoted as saying."""
        place = Span(reference.start, reference.end)
        return attribution.form == "direct" and any(span.holds(place) for span in attribution.content)

    def _reporters(self, reference: Reference, near: Sequence[Attribution]) -> list[Attribution]:
        """Give the attributions of the speaker who told the outlet: by the verb itself, else by the nearest cue."""
        verb = Span(reference.start, reference.mention.start)
        by_verb = [a for a in near if a.cue and a.cue.overlaps(verb)]
        if not by_verb:
            before = [a for a in near if a.cue and a.cue.end <= reference.start]
            after = [a for a in near if a.cue and a.cue.start >= reference.mention.end]
            by_verb = [max(before, key=lambda a: a.cue.end if a.cue else 0)] if before else after[:1]
        speakers = {a.speaker for a in by_verb if a.speaker}
        nested = {a.id for a in near if a.id in self._outer and a not in by_verb}
        return [
            a
            for a in near
            if (a in by_verb or (a.speaker in speakers and not self._is_set_against(a, reference)))
            and a.id not in nested
        ]

    def _is_set_against(self, attribution: Attribution, reference: Reference) -> bool:
        """Return whether "but" parts words with a cue of their own from what an outlet heard: "said so, but told X"."""
        if attribution.cue is None or attribution.extent.end > reference.start:
            return False
        between = self._text[attribution.extent.end : reference.start]
        return attribution.cue.end <= reference.start and re.search(r"\bbut\b", between) is not None

    def _is_speaker(self, reference: Reference, attribution: Attribution) -> bool:
        """Return whether the outlet that a clause names is itself the one whose words an attribution reports."""
        return self._is_source(reference, attribution) or self._is_named(reference, attribution)

    def _is_source(self, reference: Reference, attribution: Attribution) -> bool:
        if attribution.source is None or reference.relation in {"told", "seen"}:
            return False
        # A source may be marked too widely ("Ruiz, the manager, reports the Courier"): what counts is before its comma.
        head = attribution.source.of(self._text).partition(",")[0]
        return Span(attribution.source.start, attribution.source.start + len(head)).overlaps(reference.mention)

    def _is_named(self, reference: Reference, attribution: Attribution) -> bool:
        speaker = self._speakers.get(attribution.speaker or "")
        if speaker is None or speaker.kind == "person":
            return False
        entry = self._outlets.named(speaker.name)
        name = entry.name if entry else speaker.name
        mine = {(reference.link.outlet or "").casefold(), reference.link.name.casefold()}
        return _bare(name) in {_bare(each) for each in mine}

    # Beyond the sentence.

    def _spread(self, own: dict[str, tuple[Link, ...]], found: Sequence[Reference]) -> None:
        """Carry an outlet to all of a speaker's words where the document ties the two at least twice, and nothing else.

        "Told the Herald … the newspaper quoted her as saying … she said": the third is from the same interview. A
        speaker with other venues in the document (a statement, a briefing, a post) is left alone.
        """
        by_speaker: dict[str, list[Attribution]] = defaultdict(list)
        for attribution in self._attributions:
            if attribution.speaker and attribution.act == "utterance":
                by_speaker[attribution.speaker].append(attribution)
        for attributions in by_speaker.values():
            tied = [own[a.id] for a in attributions if own.get(a.id)]
            outlets = {link.outlet for chain in tied for link in chain}
            ties = len({chain[0].start for chain in tied}) + self._is_known_by(attributions, found)
            if ties < _TIES or len(outlets) != 1 or len(tied) == len(attributions):
                continue
            link = next((link for chain in tied for link in chain if self._is_reported(link, found)), None)
            if link is None or any(self._has_venue(a) for a in attributions):
                continue
            for attribution in attributions:
                if attribution.id not in self._outer and not self._stands_apart(attribution):
                    own.setdefault(attribution.id, (link,))

    @staticmethod
    def _is_known_by(attributions: Sequence[Attribution], found: Sequence[Reference]) -> bool:
        """Return whether a speaker is introduced by whom they spoke to: "a driver who spoke with Radio Alvor"."""
        sources = [a.source for a in attributions if a.source is not None]
        return any(r.relation == "told" and source.holds(r.mention) for source in sources for r in found)

    def _stands_apart(self, attribution: Attribution) -> bool:
        return any(span.overlaps(attribution.extent) for span in (*self._apart, *self._headlines))

    def _reach_back(self, own: dict[str, tuple[Link, ...]], found: Sequence[Reference]) -> None:
        """Carry "she told X" back to the quotation right before it, where the same speaker's words merely break off.

        ‘"A," said the clerk. "B," she told the Herald.’ is one conversation; what is told indirectly before may not be.
        """
        reported = {id(r.link) for r in found if r.relation == "told"}
        in_order = sorted(self._attributions, key=lambda a: a.extent)
        for before, after in itertools.pairwise(in_order):
            chain = own.get(after.id, ())
            adjoining = after.extent.start - before.extent.end <= _ADJOINING and before.id not in own
            alike = before.speaker is not None and before.speaker == after.speaker
            quoted = before.form == "direct" and after.form == "direct"
            one_talk = adjoining and alike and quoted and len(chain) == 1 and id(chain[0]) in reported
            if one_talk and not self._has_venue(before) and not self._stands_apart(before):
                own[before.id] = chain

    def _go_on(self, own: dict[str, tuple[Link, ...]]) -> None:
        """Carry an outlet on to what its speaker "added" or "also said" right behind: plainly the same words."""
        in_order = sorted(self._attributions, key=lambda a: a.extent)
        for before, after in itertools.pairwise(in_order):
            alike = before.speaker is not None and before.speaker == after.speaker and after.id not in own
            if before.id not in own or not alike or after.cue is None or not self._adds(before, after.cue):
                continue
            if not self._has_venue(after) and not self._stands_apart(after):
                own[after.id] = own[before.id]

    def _adds(self, before: Attribution, cue: Span) -> bool:
        near = cue.start - before.extent.end <= 2 * _ADJOINING
        return near and _ADDED.search(self._text[max(0, cue.start - len("also ")) : cue.end]) is not None

    def _is_reported(self, link: Link, found: Sequence[Reference]) -> bool:
        return any(r.link is link and r.relation == "told" for r in found)

    def _has_venue(self, attribution: Attribution) -> bool:
        sentence = self._sentence_of(anchor(attribution).start)
        return _VENUE.search(sentence.of(self._text)) is not None

    # Words inside somebody's words.

    def _relayed(self, attribution: Attribution, own: dict[str, tuple[Link, ...]]) -> tuple[Link, ...]:
        """Give the links that an attribution owes to the one that holds it: that one's chain, then its speaker."""
        links: list[Link] = []
        seen = {attribution.id}
        inner = attribution
        while (outer := self._outer.get(inner.id)) is not None and outer.id not in seen and len(seen) < _DEPTH:
            seen.add(outer.id)
            if not self._relays(outer, inner):
                break
            links[:0] = (*own.get(outer.id, ()), *self._speaker_link(outer))
            inner = outer
        return tuple(links)

    def _relays(self, outer: Attribution, inner: Attribution) -> bool:
        if outer.act != "utterance" or outer.speaker == inner.speaker or outer.source is None:
            return False
        if inner.source and _PARENTHESIS.search(self._text, max(0, inner.source.start - 8), inner.source.start):
            return False
        if outer.cue and _DENIAL.search(outer.cue.of(self._text)):
            return False
        speaker = self._speakers.get(outer.speaker or "")
        name = speaker.name if speaker else outer.source.of(self._text)
        if self._publisher.name is not None and self._publisher.is_meant_by(name, self._outlets.named(name)):
            return False
        return not (VAGUE_SOURCE.search(name) and " and " in name)

    def _speaker_link(self, outer: Attribution) -> Iterator[Link]:
        assert outer.source is not None
        speaker = self._speakers.get(outer.speaker or "")
        name = speaker.name if speaker else " ".join(outer.source.of(self._text).split())
        entry = self._outlets.named(name)
        if (speaker is not None and speaker.kind == "document") or WRITTEN.search(name):
            name = author(name) or name
        evidence = outer.source if outer.cue is None else _cover(outer.source, outer.cue)
        yield Link(
            name,
            kind_of(speaker, name, known=entry is not None),
            evidence.start,
            evidence.end,
            outlet=entry.name if entry else name,
        )


_QUOTES = pattern("sourcing.quotes")
_VERB_BEFORE = 12
"""Characters in which "quoted by" or "cited by" stands before an outlet's name."""
_NEAR_CUE = 45
"""Characters: how far behind "was quoted by X" its "as saying" may stand."""
_REACH = 400
"""Characters: how far from its cue a content's end may stand to count for the sentence it is in."""
_ADJOINING = 200
"""Characters between two quotations of one speaker that are one conversation: room for "said" and who they are."""
_APART: frozenset[BlockKind] = frozenset({"caption", "credit", "byline", "read-more"})
_HEARSAY = pattern("sourcing.hearsay")
"""Words credited to nobody: "is said to have"."""
_ADDED = pattern("sourcing.added")
"""A cue that goes on with the words before it."""
_TIES = 2
_DEPTH = 6
_VENUE = pattern("sourcing.venue")


def _plain(name: str) -> str:
    return name.removeprefix("the ")


def _bare(name: str) -> str:
    return name.casefold().removeprefix("the ").strip()


def _cover(first: Span, second: Span) -> Span:
    return Span(min(first.start, second.start), max(first.end, second.end))


def _in_order(chain: Iterable[tuple[int, int, Link]]) -> list[tuple[int, int, Link]]:
    return sorted(chain, key=lambda item: item[:2])


def _without_repeats(links: Iterable[Link]) -> tuple[Link, ...]:
    seen: dict[str, Link] = {}
    for link in links:
        seen.setdefault(_bare(link.outlet or link.name), link)
    return tuple(seen.values())
