"""Unfolding: who speaks when a clause names first the speaker and then the outlet or record that reports the words.

‘"We will wait," Nuland said, according to CNBC’ has two sources, and a linker may take the second. The words are
Nuland's; CNBC is the way they came. Reads and gives attributions, between linking and the naming of speakers, so that
the speaker named is the one who spoke; :mod:`onrecord.annotators.sourcing.tracing` then finds the way.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from onrecord.annotation import Attribution
from onrecord.annotators.attribution.trailing import FINITE
from onrecord.document import Span
from onrecord.lexicon.outlets import known_outlets
from onrecord.text.analysed import Analysed

_SAY = (
    r"(?:(?:has|had|have|also|later|then|earlier) )*(?:said|says|say|told(?: (?:[\w’'.&-]+ ){0,4}?[\w’'.&-]+)?"
    r"|added|adds|wrote|writes|tweeted|warned|insisted|argued|explained|noted|acknowledged|admitted|stressed|replied|declared"
    r"|announced|claimed|confirmed|denied|recalled)"
)
_NAME = (
    r"(?:(?:[a-z][\w’'-]* ){0,5}[A-Z“\"][^,;:“”\"\n]{0,70}?|he|she|they|it|the [^,;:“”\"\n]{2,60}?"
    r"|an? [^,;:“”\"\n]{2,60}?)"
)
_APPOSED = r"(?:, [a-z\d][^,;“”\"\n]{2,90},)?"
_WHEN = (
    r"(?: (?:on|in|at|during|late|early|last|this|earlier|later|yesterday|today|[A-Z][a-z]+day)\b[^,;“”\"\n]{0,50})?"
)
_REPORTING = re.compile(
    r"(?:as )?(?:according to|reported(?: by| in| on)?|reports?(?: by)?|quoted (?:by|in)|cited (?:by|in))"
    r"(?: (?:on |late |early |last )?\w+day| earlier| yesterday| today)?$",
    re.IGNORECASE,
)
_SPEAKER_FIRST = re.compile(rf"[\s,]*(?P<source>{_NAME})(?P<apposed>{_APPOSED}) (?P<cue>{_SAY}){_WHEN}\s*,\s*(?:as )?$")
_CUE_FIRST = re.compile(
    rf"[\s,]*(?P<cue>said|says|added|wrote|replied) (?P<source>{_NAME})(?P<apposed>{_APPOSED}){_WHEN}\s*,?\s*$"
)
_VERB = re.compile(rf"(?P<cue>{_SAY})(?: [^,;“”\"\n]{{1,60}})?\s*$")
_BEFORE = r"(?:(?:On|In|Late|Early|Last|Earlier|Yesterday|Meanwhile|However|Also)\b[^,;“”\"\n]{0,40}, )?"
_SAID_THAT = re.compile(rf"(?P<cue>{_SAY}) (?=that[ \u00a0])")
_LEADING = re.compile(
    rf"(?:^|[.!?”\"] ){_BEFORE}(?P<source>{_NAME})(?P<apposed>{_APPOSED}) (?P<cue>{_SAY}){_WHEN}(?: that)?[,:]?\s*$"
)
_OPENING = re.compile(
    rf"{_BEFORE}(?P<source>{_NAME})(?P<apposed>{_APPOSED}) (?P<cue>(?:has |had |also )*(?:said|says)){_WHEN}"
    r"(?:,?[ \u00a0](?=[\"“])|[ \u00a0](?:that[ \u00a0])?(?=\S))"
)
_QUOTED_AS = re.compile(
    r"\s*(?P<source>him|her|them|[A-Z][^,;:“”\"\n]{1,60}?|the [^,;:“”\"\n]{2,50}?) (?P<cue>as (?:saying|telling))\b"
)
_WAS_QUOTED = re.compile(
    r"(?P<source>(?:[A-Z]|the |an? )[^,;:“”\"\n]{1,80}?) (?:was|were|is|has been) (?:also )?(?:quoted|cited)"
    r"(?: (?:on|last) \w+)? (?:by|in) $"
)
_CITING = re.compile(
    r"(?:[ ,]|on \w+day)*(?P<cue>citing|quoting) "
    r"(?P<source>(?:an? |the |unnamed |its )?(?!an? |the )[a-z][^,;.“”\"\n]{3,80}?)(?=[.,;\n]|$)"
)
_AS_SAYING = re.compile(r"(?P<cue>as (?:saying|telling))(?: that)?[ \u00a0](?=\S)")
_CITED_THAT = re.compile(r"(?P<source>[^,;:“”\"\n]{3,80}), that[ \u00a0](?=\S)")
_INNER = re.compile(
    rf"(?:that[ \u00a0])?(?P<source>{_NAME}) (?P<cue>(?:has |had |have |also )*"
    r"(?:(?:told|informed|assured|warned)(?= (?:\S+ ){1,9}?that[ \u00a0])|(?:written|wrote)(?= to (?:\S+ ){0,4}?\S+:)"
    r"|(?:reiterated|repeated|renewed|made|stood by)(?= (?:his|her|its|their) \w+ that[ \u00a0])))"
    r"(?: [\w’'.-]+){1,6}?(?: [^,;:“”\"\n]{0,50}?)?(?: that|:)[ \u00a0](?=\S)"
)
_ASIDE = re.compile(
    r"(?P<source>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}), "
    r"(?P<aside>(?:after|before|following|despite|during|amid|in response to) [^,;:“”\"\n]{2,80}),[ \u00a0]$"
)
_SUBJECT_ALONE = re.compile(
    r"[“\"‘']?(?P<pronoun>I|[Ww]e|[Hh]e|[Ss]he|[Tt]hey)"
    r"(?: (?:have|has|had|do|does|did|will|would|now|also|just|then|later|already|never|again))+"
)
_BEFORE_TEXT = frozenset({"dateline", "byline", "credit"})
_MARKS = re.compile(r"[\"“]")
_QUOTING = re.compile(r"quot(?:ed|es|ing)|cit(?:ed|es)", re.IGNORECASE)
_REACH = 220
_DATED = 60  # characters behind a place and a colon from which on the place dates a report
_LEAST_CONTENT = 8
_LONGEST_NAME = 90
_SUBJECT = 5  # words of a subject that was taken for words told
_PASSED_ON = 0.5
_VAGUE = re.compile(r"\b(?:media|press|news|newspapers?)(?: reports?| outlets?)?$", re.IGNORECASE)
_RECORD = re.compile(r"\b(?:transcripts?|recordings?|minutes|audio|video|footage|pool report)\b", re.IGNORECASE)


def resolve_reported_speakers(document: Analysed, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Give each attribution the speaker that its own clause names before the outlet, or the record, that reports it.

    What only names an outlet ("quoting the BBC") is no attribution and goes; all else stays as it is. Time is linear in
    the number of attributions.
    """
    text = document.text
    attributions = [
        a
        for a in attributions
        if not (_only_names_outlet(text, a) or _is_mere_quoting(text, a) or _is_dateline(text, a))
    ]
    attributions = _rejoined(text, _resumed(text, attributions))
    turned = [(a, _past_aside(text, _unfolded(text, a))) for a in attributions]
    named = {outer.source for a, outer in turned if outer.source != a.source}
    turned = [(a, outer) for a, outer in turned if not _is_citing(text, outer) or outer.content[0] not in named]
    cues = {a.cue for a, _ in turned}
    inside: dict[str, list[Attribution]] = defaultdict(list)
    for a in attributions:
        if a.within is not None:
            inside[a.within].append(a)
    unfolded: list[Attribution] = []
    for attribution, outer in turned:
        if outer.source == attribution.source and _only_passes_on(text, outer, inside[attribution.id]):
            continue
        if outer.cue != attribution.cue and outer.cue in cues:
            continue  # the speaker's own attribution is there already
        unfolded += [outer, *_reported_inside(text, outer, inside[attribution.id])]
    ids = {attribution.id for attribution in unfolded}
    known = [a if a.within in ids else msgspec.structs.replace(a, within=None) for a in unfolded]
    return tuple(_with_subject(document, a) for a in known)


def _with_subject(document: Analysed, a: Attribution) -> Attribution:
    """Begin a source behind the dateline that it has swallowed, and end it with the pronoun that is its subject."""
    if a.source is None:
        return a
    start, end = a.source.start, a.source.end
    for block in document.document.blocks:
        if block.kind in _BEFORE_TEXT and block.start <= start < block.end < end:
            within = document.text[block.end : end]
            start = end - len(within.lstrip(" \n-–—"))
    pronoun = _SUBJECT_ALONE.fullmatch(document.text, start, end)
    source = Span(*pronoun.span("pronoun")) if pronoun else Span(start, end)
    return a if source == a.source or source.end <= source.start else msgspec.structs.replace(a, source=source)


def _resumed(text: str, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Read ‘The president, according to a transcript, told them that …’: the subject, taken for words, speaks."""
    cues = {a.cue.start: n for n, a in enumerate(attributions) if a.cue is not None}
    result: list[Attribution | None] = list(attributions)
    for n, a in enumerate(attributions):
        if (clause := _interruption(text, a)) is None:
            continue
        subject, after = a.content[0], clause.end + len(", ")
        reported = a.content[1] if len(a.content) > 1 else None
        verb = reported and (
            _VERB.match(text, after, reported.start) or _SAID_THAT.match(text, reported.start, reported.end)
        )
        if reported is not None and verb:
            cue, begun = Span(*verb.span("cue")), Span(max(reported.start, verb.end()), reported.end)
            content = (begun, *a.content[2:])
            result[n] = msgspec.structs.replace(a, source=subject, cue=cue, content=content, reason=None)
        elif (m := cues.get(after)) is not None and len(a.content) == 1 and not _is_citing(text, attributions[m]):
            result[m] = msgspec.structs.replace(attributions[m], source=subject)
            result[n] = None
    return [a for a in result if a is not None]


def _rejoined(text: str, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Join the halves of a clause that its own "she said" parts: ‘did not deny it: the sum, she said, had been voted’.

    The first half, which has no verb of its own, was taken for the content of the verb before it.
    """
    ends = {a.content[0].end: n for n, a in enumerate(attributions) if len(a.content) == 1 and a.form == "indirect"}
    result: list[Attribution | None] = list(attributions)
    for n, a in enumerate(attributions):
        if a.cue is None or a.source is None or a.form != "indirect":
            continue
        start, end = min(a.cue.start, a.source.start), max(a.cue.end, a.source.end)
        m = ends.get(start - len(", "))
        between = text[start - len(", ") : start] == ", " == text[end : a.content[0].start]
        if m is None or m == n or not between or text[end + 2 : end + _REACH].partition(" ")[0] not in FINITE:
            continue
        half = attributions[m].content[0]
        if FINITE.isdisjoint(half.of(text).casefold().split()):
            result[n], result[m] = msgspec.structs.replace(a, content=(half, *a.content)), None
    return [a for a in result if a is not None]


def _interruption(text: str, a: Attribution) -> Span | None:
    """Give the clause "according to X" or "X reported" that stands between commas right behind a short content."""
    subject, cue, source = a.content[0], a.cue, a.source
    if cue is None or source is None or not _REPORTING.match(cue.of(text).strip()):
        return None
    clause = Span(min(cue.start, source.start), max(cue.end, source.end))
    if text[clause.end - 1] == ",":
        clause = Span(clause.start, clause.end - 1)
    if text[subject.end : clause.start] != ", " or text[clause.end : clause.end + 1] != ",":
        return None
    return clause if len(subject.of(text).split()) <= _SUBJECT and not _MARKS.search(subject.of(text)) else None


def _past_aside(text: str, attribution: Attribution) -> Attribution:
    """Give the words to the subject of the clause where the source stands in an aside (‘Roe, after Poe's, said’)."""
    cue, source = attribution.cue, attribution.source
    if cue is None or source is None or source.end > cue.start:
        return attribution
    match = _ASIDE.search(text, max(0, cue.start - _REACH), cue.start)
    if match is None or source.start < match.start("aside"):
        return attribution
    return msgspec.structs.replace(attribution, source=Span(*match.span("source")))


def _is_dateline(text: str, a: Attribution) -> bool:
    """Return whether a place in capitals with its colon was taken for a speaker: "OSTERHAVN: The port … , he said"."""
    if a.cue is None or a.source is None or a.cue.of(text).strip() != ":" or len(a.extent) <= _DATED:
        return False
    opens = text[: a.source.start].rpartition("\n")[2].strip() == ""
    return opens and a.source.of(text).isupper() and text[a.extent.start] not in "\"“‘'"


def _only_names_outlet(text: str, attribution: Attribution) -> bool:
    """Return whether "quoting the BBC" was taken for words: it is a step of sourcing, and nothing is told in it."""
    if not _is_citing(text, attribution) or len(attribution.content) > 1:
        return False
    return known_outlets().named(attribution.content[0].of(text).strip(" ,.")) is not None


def _is_citing(text: str, attribution: Attribution) -> bool:
    return attribution.cue is not None and attribution.cue.of(text).strip().casefold() in {"quoting", "citing"}


def _is_mere_quoting(text: str, attribution: Attribution) -> bool:
    """Return whether "Roe was quoted by the Courier" was taken for words of the Courier's: Roe is no words."""
    cue, named = attribution.cue, attribution.content[0]
    if cue is None or _QUOTING.search(cue.of(text)) is None or len(attribution.content) > 1:
        return False
    return 0 <= cue.start - named.end <= 1 and not _MARKS.search(named.of(text)) and len(named) < _LONGEST_NAME


def _only_passes_on(text: str, outer: Attribution, inside: Sequence[Attribution]) -> bool:
    """Return whether an outlet or a record only passes on what others in its content tell: their way, not a speaker."""
    source, cue = outer.source, outer.cue
    if source is None or cue is None:
        return False
    name = source.of(text).partition(",")[0].strip()
    reports = _REPORTING.match(cue.of(text).strip()) and (known_outlets().named(name) or _RECORD.search(name))
    if not reports and not _VAGUE.search(name):
        return False
    reported = [
        part for a in inside if a.source is not None for part in (a.extent, a.cue, a.source) if part is not None
    ]
    size = sum(map(len, outer.content))
    covered = {i for span in reported for i in range(span.start, span.end)}
    held = sum(sum(i in covered for i in range(span.start, span.end)) for span in outer.content)
    return held >= _PASSED_ON * size


def _reported_inside(text: str, outer: Attribution, inside: Sequence[Attribution]) -> Iterator[Attribution]:
    """Give what is told inside what is told: ‘The court said the father had told judges that …’."""
    first = outer.content[0]
    match = _INNER.match(text, first.start, first.end)
    if match is None or outer.source is None or outer.act != "utterance" or first.end - match.end() < _LEAST_CONTENT:
        return
    cue, source = Span(*match.span("cue")), Span(*match.span("source"))
    if any(a.cue is not None and a.cue.overlaps(cue) for a in inside):
        return
    content = Span(match.end(), first.end)
    words = content.of(text)
    quoted = bool(_MARKS.search(words))
    whole = quoted and words[:1] in '"“' and words.rstrip(" .,")[-1:] in '"”'
    yield msgspec.structs.replace(
        outer,
        id=f"{outer.id}-1",
        content=(content,),
        cue=cue,
        source=source,
        form="direct" if whole else ("mixed" if quoted else "indirect"),
        speaker=None,
        via=(),
        reason=None,
        within=outer.id,
    )


def _unfolded(text: str, attribution: Attribution) -> Attribution:
    cue, source = attribution.cue, attribution.source
    if cue is None:
        return attribution
    if source is None:
        return _with_quoted(text, attribution, cue)
    if _QUOTING.search(cue.of(text)) and len(attribution.content) > 1:
        attribution = _saying(text, attribution, cue)
    if _is_citing(text, attribution) and (named := _CITED_THAT.match(text, *_ends(attribution.content[0]))):
        begun = Span(named.end(), attribution.content[0].end)
        source = Span(*named.span("source"))
        return msgspec.structs.replace(attribution, source=source, content=(begun, *attribution.content[1:]))
    if _QUOTING.fullmatch(cue.of(text).strip()) or cue.of(text).strip(" :").casefold() in {"saying", "as saying"}:
        return _quoted(text, attribution, cue, source)
    if not _REPORTING.match(cue.of(text).strip()):
        return attribution
    clause = Span(min(cue.start, source.start), max(cue.end, source.end))
    return (
        _between(text, attribution, clause)
        or _cited(text, attribution, clause)
        or _led(text, attribution, clause)
        or _opened(text, attribution, clause)
    )


def _between(text: str, attribution: Attribution, clause: Span) -> Attribution | None:
    """Read ‘"…," Nuland said, according to CNBC’: the speaker stands between the words and the clause."""
    first = min(span.start for span in attribution.content)
    closing = max(text.rfind(mark, max(first, clause.start - _REACH), clause.start) for mark in '"”')
    ends = [span.end for span in attribution.content if span.end <= clause.start]
    # A linker may have taken what stands behind the closing mark for words too.
    for gap_start in dict.fromkeys((max(ends, default=-1), closing + 1 if closing > first else -1)):
        if gap_start < 0 or clause.start - gap_start > _REACH:
            continue
        gap = text[gap_start : clause.start]
        match = _SPEAKER_FIRST.fullmatch(gap) or _CUE_FIRST.fullmatch(gap)
        if match:
            return _replaced(_without(attribution, Span(gap_start, clause.start)), match, gap_start)
    return None


def _cited(text: str, attribution: Attribution, clause: Span) -> Attribution | None:
    """Read ‘…, Teletica reported, citing aviation authorities’: the words are theirs."""
    match = _CITING.match(text, clause.end)
    return _replaced(attribution, match, 0) if match else None


def _led(text: str, attribution: Attribution, clause: Span) -> Attribution | None:
    """Read ‘Roe, the harbour master, said [that …], according to a transcript’: the speaker leads up to the words."""
    first = attribution.content[0]
    if first.start > clause.start:
        return None
    start = max(0, first.start - _REACH, text.rfind("\n", 0, first.start) + 1)
    match = _LEADING.search(text[start : first.start])
    return _replaced(attribution, match, start) if match else None


def _opened(text: str, attribution: Attribution, clause: Span) -> Attribution:
    """Read ‘On Monday, Blinken said that …, according to The Hill’: the speaker opens what the clause covers."""
    first = attribution.content[0]
    if first.start > clause.start:
        return attribution
    match = _OPENING.match(text, first.start, first.end)
    if match is None or first.end - match.end() < _LEAST_CONTENT:
        return attribution
    rest = msgspec.structs.replace(attribution, content=(Span(match.end(), first.end), *attribution.content[1:]))
    return _replaced(rest, match, 0)


def _quoted(text: str, attribution: Attribution, cue: Span, source: Span) -> Attribution:
    """Read ‘the newspaper quoted him as saying’ and ‘he was quoted by the agency as saying’: he spoke."""
    after = _QUOTED_AS.match(text, max(cue.end, source.end) if _QUOTING.fullmatch(cue.of(text).strip()) else len(text))
    if after:
        changed = _without(_replaced(attribution, after, 0), Span(*after.span()))
        first = changed.content[0]
        begun = Span(first.start + len(first.of(text)) - len(first.of(text).lstrip(" \u00a0,:")), first.end)
        return msgspec.structs.replace(changed, content=(begun, *changed.content[1:])) if len(begun) else attribution
    start = max(0, source.start - _REACH, *(text.rfind(edge, 0, source.start) + 1 for edge in ("\n", ". ")))
    before = _WAS_QUOTED.search(text[start : source.start])
    return _replaced(attribution, before, start, keep_cue=True) if before else attribution


def _with_quoted(text: str, attribution: Attribution, cue: Span) -> Attribution:
    """Read ‘[Roe] was quoted as saying [that …]’, whose subject was taken for words told."""
    named, *reported = attribution.content
    if not reported or _QUOTING.search(cue.of(text)) is None or not 0 <= cue.start - named.end <= 1:
        return attribution
    return msgspec.structs.replace(attribution, source=named, content=tuple(reported), reason=None)


def _saying(text: str, attribution: Attribution, cue: Span) -> Attribution:
    """Read ‘[The governor] was quoted by the agency [as saying the road was shut]’: the first is the speaker."""
    named, reported = attribution.content[:2]
    match = _AS_SAYING.match(text, reported.start, reported.end)
    if match is None or not 0 <= cue.start - named.end <= 1:
        return attribution
    content = (Span(match.end(), reported.end), *attribution.content[2:])
    return msgspec.structs.replace(attribution, source=named, cue=Span(*match.span("cue")), content=content)


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _without(attribution: Attribution, gap: Span) -> Attribution:
    """Take a stretch out of the content; what is left keeps its form's sign, the marks."""
    kept: list[Span] = []
    for span in attribution.content:
        if not span.overlaps(gap):
            kept.append(span)
            continue
        kept += [s for s in (Span(span.start, gap.start), Span(gap.end, span.end)) if s.end > s.start]
    return msgspec.structs.replace(attribution, content=tuple(kept)) if kept else attribution


def _replaced(attribution: Attribution, match: re.Match[str], offset: int, *, keep_cue: bool = False) -> Attribution:
    source = Span(offset + match.start("source"), offset + match.end("source"))
    cue = attribution.cue if keep_cue else Span(offset + match.start("cue"), offset + match.end("cue"))
    kept = tuple(span for span in attribution.content if not span.overlaps(source)) or attribution.content
    return msgspec.structs.replace(attribution, source=source, cue=cue, content=kept, reason=None)
