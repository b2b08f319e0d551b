"""Origins: on how many independent sources a statement, and a story, rests.

Reads: documents with their chains of sourcing, statements, copies, speakers. Gives statements with their origins, and
the story's.

Each version leads from its document through the report that it copies and the outlets that it names to where its chain
ends: in public words (one briefing is one source, however many were there), with an outlet to which somebody spoke, on
a record, or nowhere that is said. Ends are counted after copies are merged. The count is an interval: ``low`` takes all
that is vague or unsourced for another version of what is known, ``high`` counts each apart. Both are made here, in
:func:`_interval`, for a statement and for the story.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from onrecord.annotation import Annotations, Attribution, Link, LinkKind, Speaker
from onrecord.comparison.sources.naming import is_indefinite, is_withheld
from onrecord.comparison.sources.venues import Venue, Venues
from onrecord.comparison.sources.ways import End, NodeKind, Ways, circles, reach, routes
from onrecord.story import Copy, Origins, Statement, StorySpeaker, Taking, Terminal, Variant

_UNDECIDED: frozenset[LinkKind] = frozenset({"vague", "unsourced", "anonymous", "agency-copy", "circular"})


def count(
    documents: Sequence[Annotations],
    statements: Sequence[Statement],
    copies: Sequence[Copy],
    speakers: Sequence[StorySpeaker],
) -> tuple[tuple[Statement, ...], Origins]:
    """Give every statement its origins, and the story as a whole.

    Time is linear in the versions. The order of the documents changes nothing but the order in which they are listed.
    """
    counter = _Counter(documents, copies, speakers)
    counted = tuple(msgspec.structs.replace(s, origins=counter.origins_of(s)) if s.variants else s for s in statements)
    return counted, counter.story()


class _Counter:
    """Counts the origins of the statements of one story."""

    def __init__(
        self, documents: Sequence[Annotations], copies: Sequence[Copy], speakers: Sequence[StorySpeaker]
    ) -> None:
        self._documents = {d.id: d for d in documents}
        self._attributions = {(d.id, a.id): a for d in documents for a in d.attributions}
        self._speakers = {(d.id, s.id): s for d in documents for s in d.speakers}
        self._names = {s.id: s.name for s in speakers}
        self._known = {s.name for s in speakers if s.kind != "unnamed"}  # somewhere in the story
        self._copies: dict[str, list[Copy]] = defaultdict(list)
        for copy in sorted(copies, key=lambda c: (c.extent != "whole", -(c.share or 0.0), c.of)):
            self._copies[copy.document].append(copy)
        self._published: dict[str, list[str]] = defaultdict(list)
        for document in sorted(documents, key=lambda d: d.id):
            if document.publisher and document.document.kind == "report":
                self._published[document.publisher].append(document.id)
        self._venues = Venues(documents)

    # One statement.

    def origins_of(self, statement: Statement) -> Origins:
        ways = self.ways_of(statement)
        return _counted(ways)

    def ways_of(self, statement: Statement) -> Ways:
        """Lead every version of a statement to where its chain ends."""
        ways = Ways()
        versions = [
            v for v in sorted(statement.variants, key=lambda v: (v.document, v.attribution)) if self._is_report(v)
        ]
        carriers = {v.document for v in versions}
        public = self._public(versions)
        for variant in versions:
            self._lead(ways, statement, variant, carriers, public)
        for variant in statement.variants:
            # A transcript that tells the statement is the record itself.
            if not self._is_report(variant) and variant.document in self._documents:
                public = public or Venue("record", variant.document, variant.document, 0, 0)
        return ways

    def _is_report(self, variant: Variant) -> bool:
        document = self._documents.get(variant.document)
        return document is not None and document.document.kind == "report" and self._attribution(variant) is not None

    def _attribution(self, variant: Variant) -> Attribution | None:
        return self._attributions.get((variant.document, variant.attribution))

    def _public(self, versions: Sequence[Variant]) -> Venue | None:
        """Find the best sign that the words were public: a record, then a hearing, then something issued."""
        found = [
            venue
            for v in versions
            if (a := self._attribution(v)) and (venue := self._venues.of(v.document, v.attribution, a.speaker))
        ]
        found += [
            Venue("record", self._title(p.document), p.document, p.start, p.end)
            for v in versions
            if v.wording is not None and v.wording.verdict not in {"not-found", "unchecked", "misattributed"}
            for p in v.wording.passages
            if p.document in self._documents and self._documents[p.document].document.kind == "transcript"
        ]
        order = ("record", "heard", "issued")
        return min(found, key=lambda venue: (order.index(venue.kind), venue.document, venue.start), default=None)

    def _title(self, document: str) -> str:
        return self._documents[document].document.title or document

    def _lead(
        self, ways: Ways, statement: Statement, variant: Variant, carriers: set[str], public: Venue | None
    ) -> None:
        document, attribution = self._documents[variant.document], self._attribution(variant)
        assert attribution is not None
        at = ways.stop(document.id, document.name, "document")
        if document.id not in ways.documents:
            ways.documents.append(document.id)
        copy = self._copy_for(document, attribution, carriers)
        agency = None
        if copy is not None and copy.of in self._documents:
            ways.stop(copy.of, self._documents[copy.of].name, "document")
            ways.step(at, copy.of)
            return
        if copy is not None:
            agency = copy.of
            at = self._through(ways, at, Link(agency, "agency-copy", 0, 0))
        for link in attribution.shown_via:
            if (link.outlet or link.name) == agency:
                continue  # In an agency's text, "told the agency" is its own reporting.
            reported = self._in_story(link, carriers - {document.id})
            if reported is not None:
                ways.stop(reported, self._documents[reported].name, "document")
                ways.step(at, reported)
                return
            if link.kind == "vague" or _is_described(link):
                break
            at = self._through(ways, at, link)
        self._finish(ways, at, self._end(statement, document, attribution, agency, public))

    def _copy_for(self, document: Annotations, attribution: Attribution, carriers: set[str]) -> Copy | None:
        """Choose the copy that brought this telling: of a document that tells it too, or of an agency's text."""
        for copy in self._copies.get(document.id, ()):
            if copy.of not in self._documents:
                if copy.extent == "whole":
                    return copy
            elif copy.of in carriers and (copy.extent == "whole" or _touches(copy, attribution)):
                return copy
        return None

    def _in_story(self, link: Link, carriers: set[str]) -> str | None:
        """Find the document of the outlet that a link names, where it tells the statement too."""
        return next((d for d in self._published.get(link.outlet or link.name, ()) if d in carriers), None)

    @staticmethod
    def _through(ways: Ways, at: str, link: Link) -> str:
        kind: NodeKind = "outlet"
        if link.kind == "primary-document":
            kind = "record"
        elif link.kind in {"statement", "anonymous"}:
            kind = "relay"
        name = link.outlet or link.name
        target = ways.stop(f"{kind}: {name}", name, kind)
        ways.step(at, target)
        return target

    def _end(
        self,
        statement: Statement,
        document: Annotations,
        attribution: Attribution,
        agency: str | None,
        public: Venue | None,
    ) -> End:
        """Decide where a version's chain ends, and of what kind the end is."""
        if not attribution.via_clear:
            return End(f"unsourced: {document.id}", document.name, "unsourced")
        via = [link for link in attribution.via if (link.outlet or link.name) != agency]
        speaker = self._speakers.get((document.id, attribution.speaker or ""))
        name = self._names.get(statement.speaker or "") or (speaker.name if speaker else "an unnamed source")
        last = via[-1] if via else None
        if last is not None and (last.kind == "vague" or any(map(_is_described, via))):
            last = next(link for link in via if link.kind == "vague" or _is_described(link))
            return End(f"vague: {document.id}", last.name, "vague")
        if last is not None and last.kind == "anonymous" and is_indefinite(last.name):
            return End(f"anonymous: {last.name} of {agency or document.id}", last.name, "anonymous")
        reported = last is not None and _is_reported(document.text, last)
        venue = self._venues.of(document.id, attribution.id, attribution.speaker) or public
        is_transcript = last is not None and last.kind == "primary-document" and "transcript" in last.name.casefold()
        if (venue is not None or is_transcript) and not reported and (last is None or last.kind != "statement"):
            return self._public_end(statement, name, venue, last)
        if last is not None:
            return _end_of_link(last)
        return self._end_without_link(document, attribution, speaker, agency, name)

    @staticmethod
    def _public_end(statement: Statement, name: str, venue: Venue | None, last: Link | None) -> End:
        shown = " ".join((venue.words if venue else (last.name if last else "")).split())
        # One utterance, so one end: what each report calls the occasion parts nothing.
        end = f"public: {statement.id}"
        if venue is None or venue.kind == "record":
            return End(end, name, "primary-document", "record", shown)
        return End(end, name, "statement" if venue.kind == "issued" else "witnessed", venue.kind, shown)

    def _end_without_link(
        self, document: Annotations, attribution: Attribution, speaker: Speaker | None, agency: str | None, name: str
    ) -> End:
        holder = agency or document.id
        if speaker is not None and speaker.kind == "document":
            if any(word in speaker.name.casefold() for word in ("report", "media")):
                return End(f"vague: {holder}", speaker.name, "vague")
            return End(f"record: {name}", name, "primary-document")
        unnamed = speaker is not None and speaker.kind == "unnamed" and name not in self._known
        if speaker is not None and unnamed and is_withheld(document, attribution, speaker):
            return End(f"anonymous: {holder}", name, "anonymous")
        if self._venues.is_private(document.id, attribution.id):
            return End(f"heard: {holder}", name, "witnessed", "interview", agency or document.name)
        return self._outlets_end(document, attribution, agency)

    def _outlets_end(self, document: Annotations, attribution: Attribution, agency: str | None) -> End:
        """End with the outlet whose interview it was, else with the agency whose text it is, else nowhere."""
        outlet = self._venues.outlet_of(document.id, attribution.id)
        if outlet is not None:
            return End(f"outlet: {outlet}", outlet, "outlet-pickup")
        if agency is not None:
            return End(f"agency: {agency}", agency, "agency-copy")
        return End(f"unsourced: {document.id}", document.name, "unsourced")

    @staticmethod
    def _finish(ways: Ways, at: str, end: End) -> None:
        if end.id.startswith(("link: ", "agency: ")):
            node = ways.nodes[at]
            ways.stop(at, node.label, node.kind, end.kind)
            return
        ways.stop(end.id, end.name, "origin", end.kind)
        ways.ends.setdefault(end.id, end)
        ways.step(at, end.id)

    # The story.

    def story(self) -> Origins:
        """Count the sources of the story: reports merged where one is the text of another, or both an agency's."""
        reports = [d for d in self._documents.values() if d.document.kind == "report"]
        groups = _merged(reports, (c for cs in self._copies.values() for c in cs if c.extent == "whole"))
        terminals = tuple(self._source(name, members) for name, members in sorted(groups.items()))
        low, high = _interval(terminals)
        return Origins(low, high, terminals, high)

    def _source(self, name: str, members: Sequence[str]) -> Terminal:
        """Say what a group of merged reports is: one that shows reporting of its own, an agency's text, or neither."""
        witnessed = any(self._shows_own(self._documents[m]) for m in members)
        agency = name not in self._documents
        kind: LinkKind = "witnessed" if witnessed else ("agency-copy" if agency else "unsourced")
        label = name if agency else self._documents[name].name
        return Terminal(label, kind, tuple(sorted(members)))

    def _shows_own(self, document: Annotations) -> bool:
        """Return whether a report shows words that it heard itself: in public or said to it, through nobody else."""
        agencies = {c.of for c in self._copies.get(document.id, ())}
        for attribution in document.attributions:
            if any((link.outlet or link.name) not in agencies for link in attribution.via):
                continue
            venue = self._venues.of(document.id, attribution.id, attribution.speaker)
            if self._venues.is_private(document.id, attribution.id) or (venue and venue.kind == "heard"):
                return True
        return False


def _is_reported(text: str, link: Link) -> bool:
    """Return whether a link's words say that the speaker spoke to the outlet, not that the outlet reported it."""
    words = text[link.start : link.end].casefold()
    return words.startswith(
        ("tell", "told", "interview", "spoke", "speak", "talk", "comment", "remark", "e-mail", "email")
    )


def _is_described(link: Link) -> bool:
    """Return whether an outlet is described and not named ("a regional paper"): nobody can go on from there."""
    return link.kind == "outlet-pickup" and not any(c.isupper() for c in link.outlet or link.name)


def _end_of_link(link: Link) -> End:
    kind: LinkKind = "outlet-pickup" if link.kind == "agency-copy" else link.kind
    return End(f"link: {link.outlet or link.name}", link.name, kind)


def _touches(copy: Copy, attribution: Attribution) -> bool:
    """Return whether a passage taken over stands at an attribution: its words, its cue or its source."""
    places = [*attribution.content, *(s for s in (attribution.cue, attribution.source) if s)]
    return any(reuse.document.overlaps(place) for reuse in copy.passages for place in places)


def _merged(reports: Sequence[Annotations], copies: Iterable[Copy]) -> dict[str, list[str]]:
    """Join reports that are one text; the name of each group is the agency's or its first source's."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.get(name, name) != name:
            name = parent[name]
        return name

    names = {r.id for r in reports}
    for copy in copies:
        if copy.document in names:
            mine, theirs = root(copy.document), root(copy.of)
            if mine != theirs:
                parent[mine] = theirs
    groups: dict[str, list[str]] = defaultdict(list)
    for report in reports:
        groups[root(report.id)].append(report.id)
    return groups


# Counting.


def _counted(ways: Ways) -> Origins:
    """Count the ends that the ways reach."""
    reached = reach(ways)
    terminals = []
    for name, members in sorted(reached.items()):
        node = ways.nodes[name]
        end = ways.ends.get(name)
        kind, reached_by = node.origin or "unsourced", tuple(sorted(members))
        terminals.append(
            Terminal(node.label, kind, reached_by)
            if end is None
            else Terminal(end.name, kind, reached_by, end.occasion, end.at)
        )
    terminals += circles(ways, reached)
    low, high = _interval(terminals)
    return Origins(low, high, tuple(terminals), routes(ways, reached), tuple(_takings(ways)))


def _takings(ways: Ways) -> Iterator[Taking]:
    """List the documents that take a statement from another of the story, in order."""
    for source, target in sorted(ways.steps):
        if ways.nodes[target].kind == "document" and source in ways.documents:
            yield Taking(source, target)


def _interval(terminals: Sequence[Terminal]) -> tuple[int, int]:
    """Count the ends that are sources of their own (at least one, where there is an end), and all ends."""
    decided = sum(terminal.kind not in _UNDECIDED for terminal in terminals)
    return (max(decided, 1), len(terminals)) if terminals else (0, 0)
