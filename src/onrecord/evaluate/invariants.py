"""What holds of every record, whatever the text was: a list of the faults found in one, empty where it is sound.

Reads: Annotations, Story, Check. No span lies outside its text, none that carries a finding is empty, contents and
sentences stand in order, ids lead somewhere and are unique, nothing holds itself, bounds and chances are numbers in
their ranges.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from onrecord.annotation import Annotations, Attribution
from onrecord.document import Span, misplaced
from onrecord.story import Check, Story
from onrecord.wording import Passage, Wording

_Place = tuple[str, int, int]


def faults_of_annotations(found: Annotations) -> list[str]:
    """List what is wrong in one document's annotations."""
    text = found.text
    faults = [f"blocks {wrong}" for wrong in [misplaced(found.document.blocks, text)] if wrong]
    faults += _outside(_places(found), text)
    faults += _outside((("link", link.start, link.end) for link in _links(found)), text, empty=True)
    faults += _disorder("sentences", found.sentences)
    faults += _repeated("speaker", (s.id for s in found.speakers))
    faults += _repeated("attribution", (a.id for a in found.attributions))
    faults += _repeated("figure", (f.id for f in found.figures))
    speakers, figures = {s.id for s in found.speakers}, {f.id for f in found.figures}
    attributions = {a.id: a for a in found.attributions}
    for a in found.attributions:
        if not a.content:
            faults.append(f"{a.id} has no content")
        faults += _disorder(f"{a.id}'s content", a.content)
        faults += _dangling(f"{a.id}'s speaker", [a.speaker], speakers)
        faults += _dangling(f"{a.id}'s holder", [a.within], attributions)
        faults += _chance(a.id, a.confidence, a.speaker_confidence)
        if _circles(a, attributions):
            faults.append(f"{a.id} holds itself")
    for f in found.figures:
        faults += _dangling(f"{f.id}'s attribution", [f.attribution], attributions)
        faults += _dangling(f"{f.id}'s whole", [f.part_of], figures)
        bounds = [bound for bound in (f.low, f.high) if bound is not None]
        if not all(map(math.isfinite, bounds)) or bounds != sorted(bounds):
            faults.append(f"{f.id} has the bounds {f.low} and {f.high}")
    for mention in found.dates:
        faults += _chance("a date", mention.confidence)
    return faults


def faults_of_story(story: Story) -> list[str]:
    """List what is wrong in a story, in the annotations of its documents too."""
    documents = {each.id: each for each in story.documents}
    texts = {name: each.text for name, each in documents.items()}
    faults = [f"{each.id}: {fault}" for each in story.documents for fault in faults_of_annotations(each)]
    faults += _repeated("document", (each.id for each in story.documents))
    attributions = {(each.id, a.id) for each in story.documents for a in each.attributions}
    figures = {(each.id, f.id) for each in story.documents for f in each.figures}
    speakers = {(each.id, s.id) for each in story.documents for s in each.speakers}
    own = {s.id for s in story.speakers}
    for s in story.speakers:
        faults += _dangling(f"{s.id}'s members", s.members, speakers)
    faults += _faults_of_statements(story, texts, attributions, own)
    for claim in story.claims:
        for m in claim.members:
            faults += _outside([(claim.id, m.start, m.end)], texts.get(m.document, ""))
    for group in story.figure_groups:
        faults += _dangling(group.id, [(m.document, m.figure) for m in group.figures], figures)
    for copy in story.copies:
        for passage in copy.passages:
            faults += _outside([("copy", passage.document.start, passage.document.end)], texts.get(copy.document, ""))
            faults += _outside([("copied", passage.of.start, passage.of.end)], texts.get(copy.of, ""))
    items = {s.id for s in story.statements} | {c.id for c in story.claims}
    faults += _dangling("coverage", [row.item for row in story.coverage], items)
    faults += _dangling("coverage", [cell.document for row in story.coverage for cell in row.cells], documents)
    for voice in story.voice:
        faults += _faults_of_passages((*voice.quoted, *voice.own), texts)
    for origins in (story.origins, *(s.origins for s in story.statements)):
        if origins is not None:
            faults += [] if origins.low <= origins.high else [f"origins {origins.low} to {origins.high}"]
            faults += _dangling("origins", [d for t in origins.terminals for d in t.documents], documents)
    return faults


def _faults_of_statements(
    story: Story, texts: Mapping[str, str], attributions: set[tuple[str, str]], speakers: set[str]
) -> list[str]:
    faults: list[str] = []
    for statement in story.statements:
        faults += _dangling(f"{statement.id}'s speaker", [statement.speaker], speakers)
        pairs = [(v.document, v.attribution) for v in statement.variants]
        faults += _dangling(f"{statement.id}'s variants", pairs, attributions)
        for v in statement.variants:
            faults += _faults_of_wording(v.wording, texts.get(v.document, ""), texts)
            faults += _chance(statement.id, v.confidence)
        if statement.consensus is not None:
            c = statement.consensus
            faults += _outside([("consensus", c.span.start, c.span.end)], texts.get(c.document, ""))
    return faults


def faults_of_check(check: Check) -> list[str]:
    """List what is wrong in a check of one article."""
    text = check.document.text
    texts = {transcript.id: transcript.text for transcript in check.transcripts}
    faults = faults_of_annotations(check.document)
    faults += _repeated("document", (check.document.id, *texts))
    attributions = {a.id for a in check.document.attributions}
    for q in check.quotations:
        faults += _outside([("quotation", q.span.start, q.span.end)], text)
        faults += _outside((("quotation's content", span.start, span.end) for span in q.content), text)
        faults += _dangling("a quotation's attribution", [q.attribution], attributions)
        faults += _faults_of_wording(q.wording, text, texts)
    return faults


def _places(found: Annotations) -> Iterator[_Place]:
    for s in found.sentences:
        yield "sentence", s.start, s.end
    for speaker in found.speakers:
        for m in speaker.mentions:
            yield f"{speaker.id}'s mention", m.start, m.end
    for a in found.attributions:
        for span in (*a.content, a.cue, a.source):
            if span is not None:
                yield a.id, span.start, span.end
    for f in found.figures:
        yield f.id, f.start, f.end
    for d in found.dates:
        yield "date", d.start, d.end


def _links(found: Annotations) -> Iterator[Span]:
    for link in (*found.provenance, *(link for a in found.attributions for link in a.via)):
        yield Span(link.start, link.end)


def _outside(places: Iterable[_Place], text: str, *, empty: bool = False) -> list[str]:
    return [
        f"{what} at [{start}, {end}) in {len(text)} characters"
        for what, start, end in places
        if not 0 <= start <= end <= len(text) or (start == end and not empty)
    ]


def _disorder(what: str, spans: Sequence[Span]) -> list[str]:
    return [f"{what} out of order at {b.start}" for a, b in pairwise(spans) if b.start < a.end]


def _repeated(what: str, ids: Iterable[str]) -> list[str]:
    return [f"{what} {name} stands {count} times" for name, count in Counter(ids).items() if count > 1]


def _dangling(what: str, names: Iterable[object], known: Iterable[object]) -> list[str]:
    there = known if isinstance(known, set | dict) else set(known)
    return [f"{what}: {name} leads nowhere" for name in names if name is not None and name not in there]


def _chance(what: str, *chances: float) -> list[str]:
    return [f"{what} has the chance {chance}" for chance in chances if not 0 <= chance <= 1]


def _circles(a: Attribution, known: Mapping[str, Attribution]) -> bool:
    seen = {a.id}
    at = a.within
    while at is not None and at in known:
        if at in seen:
            return True
        seen.add(at)
        at = known[at].within
    return False


def _faults_of_wording(wording: Wording | None, text: str, texts: Mapping[str, str]) -> list[str]:
    if wording is None:
        return []
    faults = _faults_of_passages(wording.passages, texts) + _chance("a wording", wording.confidence)
    faults += _outside((("an edit", e.document.start, e.document.end) for e in wording.edits), text, empty=True)
    other = texts.get(wording.passages[0].document, "") if wording.passages else ""
    return faults + _outside((("an edit", e.other.start, e.other.end) for e in wording.edits), other, empty=True)


def _faults_of_passages(passages: Iterable[Passage], texts: Mapping[str, str]) -> list[str]:
    faults = []
    for p in passages:
        faults += _outside([("a passage", p.start, p.end)], texts.get(p.document, ""))
        if p.label is not None:
            faults += _outside([("a label", p.label.start, p.label.end)], texts.get(p.document, ""))
    return faults
