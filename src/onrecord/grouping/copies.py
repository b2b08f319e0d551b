"""Copies: which documents take over another's text, or an agency's; how much of it, which passages, and who from whom.

Reads: the documents with their provenance and publisher. Gives: :class:`~onrecord.story.Copy` records.

Everybody at a press conference has the same quotations, so only words outside quotation marks count, and of those the
share of one document that stands in the other (containment), not what the two have in common of both (Broder, "On the
resemblance and containment of documents", 1997): a cut report is a copy all the same. Runs of five words are looked up
in one index of the whole story, where each keeps a few of its earliest holders; that is linear in the words of all
documents and misses nothing that a sketch (MinHash) with its collisions would find. Passages are then aligned exactly.

Who copied is shown by credit, then by date, then by edits: the copier holds less of its own. Two documents that both
credit words to one agency, or that are one text which one of them credits to it, have that agency as their common
source: neither copied the other. An agency's credit is
evidence of whose text it is, and no measure of how much: where the agency's report is not among the documents, nothing
was compared, and the share is ``None``.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onrecord.annotation import Annotations, Link
from onrecord.document import Span
from onrecord.lexicon.load import word_list
from onrecord.lexicon.outlets import known_outlets
from onrecord.story import Copy, CopyReason, Reuse
from onrecord.text.words import Word, words

GRAM = 5
"""Words in a run that is looked up."""
GAP = 3
"""Words that may differ inside a passage: an edit, not its end."""
WHOLE_SHARE = 0.35
"""Share of a document's own words from which it is a copy as a whole: about half of its sentences then hold a run."""
LEAST_PASSAGE = 20
"""Words in a row that nobody writes twice by chance: of the labelled stories' other pairs none has twelve."""
_LEAST_RUN = 8
_LEAST_COVERED = 24
_FEW_HOLDERS = 5
_MOST_SOURCES = 5
_MUCH_MORE = 1.25

_QUOTATION = re.compile(
    r"[“„«][^“”„«»\n]*(?:[”»“]|$)|\"[^\"\n]*(?:\"|$)|(?<!\w)[‘'](?=\w)[^‘\n]{12,}?[’'](?![\w])", re.MULTILINE
)
_POST = re.compile(r"^[^\n]*\(@\w{1,15}\) [A-Z][a-z]+ \d{1,2}, \d{4}", re.MULTILINE)
"""An embedded post with its signature, "— Ana Ruiz (@anaruiz) May 2, 2020": words of whoever posted it."""
_BOILERPLATE = re.compile(
    r"copyright|all rights reserved|©|follow (?:us|@|\w+ on)|sign up|newsletter|e-?mail us|subscrib|click here"
    r"|read more|advertisement|continue reading|contributed to this|getty images|do you have a story"
    r"|reporting by|editing by|cookie|terms of (?:use|service)|share this|related (?:article|stor)|file photo"
    r"|story highlights"
)
"""In lower case: a search that need not fold case is several times faster."""
_BOILERPLATE_CHARACTERS = 420
_APART = word_list("grouping.apart")


class _Text(NamedTuple):
    """A document's own words in order, its runs with the index of their first word, and where each run stands.

    ``agencies`` are those that it credits with its text, ``named`` those that it credits with any words, and where.
    """

    words: list[Word]
    keys: list[tuple[int, int]]
    places: dict[int, list[int]]
    agencies: frozenset[str]
    named: dict[str, Span]


class _Passage(NamedTuple):
    """Words ``start`` to ``end`` of a document, as ``of_start`` to ``of_end`` of another; ``equal`` of them agree."""

    start: int
    end: int
    of_start: int
    of_end: int
    equal: int


class _Overlap(NamedTuple):
    source: int
    passages: tuple[_Passage, ...]
    covered: int
    share: float


def find_copies(documents: Sequence[Annotations]) -> tuple[Copy, ...]:
    """Find who takes over whose text.

    A document that credits an agency is a copy of that agency's report where it is among the documents, else of the
    agency by name; a document may copy several. The order of the documents changes nothing. Time is linear in the words
    of all documents.
    """
    reports = sorted((d for d in documents if d.document.kind == "report"), key=_order)
    texts = [_own_words(d) for d in reports]
    index = _index(texts)
    overlaps = [_overlaps(number, texts, index) for number in range(len(reports))]
    shared = [_shared_agencies(n, texts, overlaps[n]) - {report.publisher} for n, report in enumerate(reports)]
    copies: list[Copy] = []
    for number in range(len(reports)):
        copies += _copies_of(number, reports, texts, overlaps, shared)
    return tuple(sorted(copies, key=lambda c: (c.document, c.of)))


def _order(document: Annotations) -> tuple[str, str]:
    """Order by date; what has none comes last, for nothing shows that it was first."""
    published = document.document.published
    return (published.value if published else "9999", document.id)


def _own_words(document: Annotations) -> _Text:
    """List the words that the document prints as its own: no quotations, posts, captions, credits and boilerplate."""
    text = document.text
    apart = [Span(m.start(), m.end()) for each in (_QUOTATION, _POST) for m in each.finditer(text)]
    apart += [span for a in document.attributions if a.reason == "dash-byline" for span in a.content]
    apart += [b.span for b in document.document.blocks if b.kind in _APART]
    apart += _boilerplate(text)
    found: list[Word] = []
    keys: list[tuple[int, int]] = []
    for stretch in _outside(apart, len(text)):
        here = words(text, stretch.start, stretch.end)
        folded = [w.folded for w in here]
        first = len(found)
        keys += [(hash(tuple(folded[i : i + GRAM])), first + i) for i in range(len(here) - GRAM + 1)]
        found += here
    places: dict[int, list[int]] = defaultdict(list)
    for key, at in keys:
        if len(places[key]) < _FEW_HOLDERS:
            places[key].append(at)
    return _Text(found, keys, dict(places), _agencies(document), _agencies_named(document))


def _boilerplate(text: str) -> Iterator[Span]:
    """Find the short paragraphs by which a site speaks of itself."""
    start = 0
    for line in text.splitlines(keepends=True):
        if len(line) <= _BOILERPLATE_CHARACTERS and _BOILERPLATE.search(line.lower()):
            yield Span(start, start + len(line))
        start += len(line)


def _outside(apart: Sequence[Span], length: int) -> Iterator[Span]:
    position = 0
    for span in sorted(apart):
        if span.start > position:
            yield Span(position, span.start)
        position = max(position, span.end)
    if position < length:
        yield Span(position, length)


def _index(texts: Sequence[_Text]) -> dict[int, list[int]]:
    """Map each run of words to the first few documents that hold it, in order of their dates."""
    holders: dict[int, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        for key, _ in text.keys:
            known = holders[key]
            if len(known) < _FEW_HOLDERS and (not known or known[-1] != number):
                known.append(number)
    return holders


def _overlaps(number: int, texts: Sequence[_Text], holders: dict[int, list[int]]) -> dict[int, _Overlap]:
    """Align a document with the few others that hold most of its runs."""
    counts = Counter(other for key, _ in texts[number].keys for other in holders[key])
    mine = texts[number].agencies
    likely = [
        other
        for other, count in counts.items()
        # Two prints of one agency's report did not copy each other.
        if count >= _LEAST_RUN - GRAM + 1 and other != number and not mine & texts[other].agencies
    ]
    likely.sort(key=lambda other: (-counts[other], other))
    found: dict[int, _Overlap] = {}
    for other in likely[:_MOST_SOURCES]:
        passages = tuple(_align(texts[number], texts[other]))
        covered = sum(p.equal for p in passages)
        if covered:
            found[other] = _Overlap(other, passages, covered, covered / len(texts[number].words))
    return found


def _align(text: _Text, source: _Text) -> Iterator[_Passage]:
    """Chain shared runs into passages: both sides go on with at most :data:`GAP` words between."""
    current: _Passage | None = None
    for key, at in text.keys:
        options = source.places.get(key)
        if not options:
            continue
        goes_on = None
        if current is not None and at - current.end <= GAP:
            goes_on = next((o for o in options if -GAP <= o + GRAM - current.of_end <= 2 * GAP + 1), None)
        if current is not None and goes_on is not None:
            end, of_end = at + GRAM, max(current.of_end, goes_on + GRAM)
            equal = current.equal + min(GRAM, end - current.end)
            current = _Passage(current.start, end, current.of_start, of_end, equal)
            continue
        if current is not None and current.end - current.start >= _LEAST_RUN:
            yield current
        start = max(at, current.end) if current is not None else at
        current = _Passage(start, at + GRAM, options[0] + start - at, options[0] + GRAM, at + GRAM - start)
    if current is not None and current.end - current.start >= _LEAST_RUN:
        yield current


def _copies_of(
    number: int,
    reports: Sequence[Annotations],
    texts: Sequence[_Text],
    overlaps: Sequence[dict[int, _Overlap]],
    shared: Sequence[frozenset[str]],
) -> Iterator[Copy]:
    """Choose the sources that explain a document's text, the one that explains most first, and its agencies.

    ``shared`` are the agencies whose text each document is; the reports that these publish are sources.
    """
    document = reports[number]
    agencies = frozenset[str]().union(*shared)
    credited = {link.outlet or link.name: link for link in document.provenance if link.kind == "agency-copy"}
    explained: set[str] = set()
    taken: set[int] = set()
    candidates = [o for o in overlaps[number].values() if _enough(o)]
    candidates.sort(key=lambda o: (not _is_credited(reports[o.source], texts[number].agencies), -o.covered, o.source))
    for overlap in candidates:
        source = reports[overlap.source]
        fresh = [p for p in overlap.passages if len(taken.intersection(range(p.start, p.end))) < _LEAST_RUN]
        if not fresh or not _enough(_part(overlap, fresh, texts[number])):
            continue
        common = _common_agencies(document, source, (texts[number], texts[overlap.source]), overlap)
        if common:
            # Both name one agency as the source of what they print: neither copied the other.
            for name in sorted(common - explained - credited.keys()):
                explained.add(name)
                yield _customer(document, source, overlap, name, texts[number].named.get(name))
            continue
        if shared[number] & shared[overlap.source]:
            continue  # Two prints of one agency's report.
        back = overlaps[overlap.source].get(number)
        reason = _direction(document, source, (overlap, back), agencies)
        if reason is None:
            continue
        credit = credited.get(source.publisher or "")
        if credit:
            explained.add(source.publisher or "")
        yield _copy(document, source, overlap, (texts[number], texts[overlap.source]), reason)
        taken.update(i for p in overlap.passages for i in range(p.start, p.end))
    for name, credit in sorted(credited.items()):
        if name not in explained:
            yield _agency_copy(document, name, credit)


def _shared_agencies(number: int, texts: Sequence[_Text], overlaps: dict[int, _Overlap]) -> frozenset[str]:
    """Name the agencies whose text a document is: those that it credits, and those that another print of it credits."""
    whole = (texts[o.source].agencies for o in overlaps.values() if o.share >= WHOLE_SHARE)
    return texts[number].agencies.union(*whole)


def _common_agencies(
    document: Annotations, source: Annotations, both: tuple[_Text, _Text], overlap: _Overlap
) -> frozenset[str]:
    """Name the agencies from which both documents have words, where neither is that agency's own.

    Both say so; or one credits the whole text to the agency and the other is that text, without the credit. None where
    one of the two credits the other: that says who copied.
    """
    if _credits(document, source) or _credits(source, document):
        return frozenset()
    mine, theirs = both
    named = frozenset(mine.named.keys() & theirs.named.keys())
    if overlap.share >= WHOLE_SHARE:
        named |= mine.agencies | theirs.agencies
    return named - {document.publisher, source.publisher}


def _agencies_named(document: Annotations) -> dict[str, Span]:
    """Map the agencies to which a document credits its text or some of its words to where it does so."""
    outlets = known_outlets()
    named: dict[str, Span] = {}
    for link in (*document.provenance, *(link for a in document.attributions for link in a.via)):
        entry = outlets.named(link.outlet or link.name)
        if link.kind == "agency-copy" or (entry is not None and entry.kind == "agency"):
            named.setdefault(entry.name if entry else link.outlet or link.name, Span(link.start, link.end))
    speakers = {speaker.id: speaker.name for speaker in document.speakers}
    for attribution in document.attributions:
        entry = outlets.named(speakers.get(attribution.speaker or "", ""))
        if entry is not None and entry.kind == "agency":
            named.setdefault(entry.name, attribution.source or attribution.extent)
    return named


def _part(overlap: _Overlap, passages: Sequence[_Passage], text: _Text) -> _Overlap:
    covered = sum(p.equal for p in passages)
    return _Overlap(overlap.source, tuple(passages), covered, covered / len(text.words))


def _enough(overlap: _Overlap) -> bool:
    longest = max(p.end - p.start for p in overlap.passages)
    return longest >= LEAST_PASSAGE or (overlap.share >= WHOLE_SHARE and overlap.covered >= _LEAST_COVERED)


def _agencies(document: Annotations) -> frozenset[str]:
    return frozenset(link.outlet or link.name for link in document.provenance if link.kind == "agency-copy")


def _is_credited(source: Annotations, agencies: frozenset[str]) -> bool:
    return source.publisher is not None and source.publisher in agencies


def _credits(document: Annotations, source: Annotations) -> bool:
    return any((link.outlet or link.name) == source.publisher for link in document.provenance)


def _direction(
    document: Annotations, source: Annotations, both: tuple[_Overlap, _Overlap | None], agencies: frozenset[str]
) -> CopyReason | None:
    """Say how it shows that the document copied the source, or that it did not (None): by credit, date, then edits."""
    overlap, back = both
    if _credits(document, source) != _credits(source, document):
        return "credits-source" if _credits(document, source) else None
    supplies = source.publisher in agencies
    if supplies != (document.publisher in agencies):
        return "source-is-agency" if supplies else None
    days = _dates(document, source)
    if days is not None and days[0] != days[1]:
        return "published-earlier" if days[0] > days[1] else None
    other = back.share if back else 0.0
    if max(overlap.share, other) > _MUCH_MORE * min(overlap.share, other):
        return "holds-more" if overlap.share > other else None
    dated = source.document.published is not None
    if dated != (document.document.published is not None):
        return "alone-dated" if dated else None
    last = (len(document.text), document.id) > (len(source.text), source.id)
    return "shorter" if last else None


def _dates(document: Annotations, source: Annotations) -> tuple[str, str] | None:
    """Give both dates at the finer grain that they share: moments where both tell the time, else days."""
    mine, theirs = document.document.published, source.document.published
    if mine is None or theirs is None:
        return None
    if "T" in mine.value and "T" in theirs.value and mine.value[19:] == theirs.value[19:]:
        return mine.value, theirs.value
    return mine.day, theirs.day


def _copy(
    document: Annotations, source: Annotations, overlap: _Overlap, texts: tuple[_Text, _Text], reason: CopyReason
) -> Copy:
    mine, theirs = texts
    share = round(overlap.share, 3)
    return Copy(
        document=document.id,
        of=source.id,
        evidence="declared" if _credits(document, source) else "undeclared",
        extent="whole" if overlap.share >= WHOLE_SHARE else "passage",
        share=share,
        covered=overlap.covered,
        passages=tuple(
            Reuse(_span(mine, p.start, p.end), _span(theirs, p.of_start, p.of_end)) for p in overlap.passages
        ),
        reason=reason,
    )


def _customer(document: Annotations, source: Annotations, overlap: _Overlap, agency: str, credit: Span | None) -> Copy:
    """Give the copy of one of two customers of an agency whose own report is not among the documents."""
    return Copy(
        document=document.id,
        of=agency,
        evidence="undeclared",
        extent="whole" if overlap.share >= WHOLE_SHARE else "passage",
        share=None,
        covered=overlap.covered,
        reason="common-agency",
        beside=source.id,
        credit=credit,
    )


def _span(text: _Text, start: int, end: int) -> Span:
    return Span(text.words[start].start, text.words[min(end, len(text.words)) - 1].end)


def _agency_copy(document: Annotations, name: str, credit: Link) -> Copy:
    printed = bool(document.text[credit.start : credit.end].strip())
    reason: CopyReason = "agency-form" if not credit.declared else "agency-credit" if printed else "agency-address"
    return Copy(
        document=document.id,
        of=name,
        evidence="declared" if credit.declared else "undeclared",
        extent="whole",
        share=None,
        reason=reason,
        credit=Span(credit.start, credit.end) if credit.start < credit.end else None,
    )
