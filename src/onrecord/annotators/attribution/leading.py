"""Leading clauses that the encoder passed over, or took for words told.

‘The mayor appealed to the drivers not to block the quay’, ‘the ministry has long maintained it owes nothing’: a source
and a verb of uttering stand before what is told. Read by their form are contents that nobody claimed, appeals ("urged
X to") that nothing touches, what is only named ("what it called “a raid”"), and subjects that an aside parts from their
verb. Reads sentences and the attributions found; gives them mended, and those to add.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from onrecord.annotation import Attribution
from onrecord.annotators.attribution.act_words import PASSIVE, UTTERANCE
from onrecord.document import Span
from onrecord.lexicon.load import word_list
from onrecord.text.words import lemma

_NAME: Final = r"[A-Z][\w’'.-]*(?: (?:of |the |for |and )?[A-Z][\w’'.-]*)*"
_SOURCE: Final = (
    rf"(?P<source>(?:[Tt]he|[Aa]n?) (?:[\w’'-]+ ){{0,5}}?[\w’'-]+|[Hh]e|[Ss]he|[Tt]hey|[Ii]t"
    rf"|(?:(?:[Tt]he|[Aa]n?) )?{_NAME})"
)
_AUXILIARY: Final = r"(?:(?:has|had|have|also|later|again|long|repeatedly|previously|earlier|further|since|then) )*"
_APPEALS: Final = ("urged", "directed", "instructed", "appealed to", "called on", "called upon", "implored", "exhorted")
_TELLS: Final = re.compile(
    rf"\b{_SOURCE} (?P<cue>{_AUXILIARY}(?:(?:said|says|maintained|maintains|insisted|insists|claimed|announced|argued"
    r"|argues|alleged|vowed|pledged|warned|stressed|acknowledged|admitted|denied)(?: that)?"
    rf"|{'|'.join(_APPEALS)})) (?P<content>\S.*)"
)
_APPEAL: Final = re.compile(
    rf"(?:^|[,;] |\b(?:where|while|and|but|when|that|as) ){_SOURCE} (?P<cue>{_AUXILIARY}(?:{'|'.join(_APPEALS)})) "
    r"(?P<content>(?:[^\s;:“”\"]+ ){1,12}?to [a-z]+ [^;:“”\"]*[^\s;:.“”\"])"
)
_PUT: Final = re.compile(
    rf"(?:^|[,;] |\b(?:and|but|while) ){_SOURCE} (?P<cue>{_AUXILIARY}puts?) "
    r"(?P<content>(?:the|its|their) [^,;:“”\"]{3,60}? at [^,;:“”\"]{0,30}?\d[\d,.]*(?: (?:million|billion|dead))?)"
)
_NAMED: Final = re.compile(
    r"\bwhat (?P<source>[A-Za-z][\w’' .-]{0,40}?) (?P<cue>(?:has |have |had |also )*"
    r"(?:call(?:s|ed)|describe[sd] as|term(?:s|ed)|dubbed|label(?:s|led|ed)|said (?:is|was|were)|says (?:is|was|are)))"
    r" (?P<content>(?:an? |the |its |their )?[“\"][^\s“”\"]+ [^“”\"\n]{2,200}[”\"])"
)
_SUBJECT: Final = re.compile(rf"(?P<source>(?:The|An?) [^,:;“”\"\n]{{2,90}}|{_NAME}), [^:;“”\"\n]{{3,150}}, ?\Z")
_BY: Final = re.compile(rf"(?P<source>{_NAME}) [a-z]+(?:ed|s) [^“”\"\n]*\bby \Z")
_LEAST_WORDS: Final = 3
_NAMING: Final = word_list("saying.naming")


def with_sources(text: str, starts: Sequence[int], found: Sequence[Attribution]) -> list[Attribution]:
    """Give a cue without a source the subject that leads its sentence, and a content that nobody claimed its clause."""
    return [_unclaimed(text, a) if a.cue is None and a.source is None else _led(text, starts, a) for a in found]


def leading_clauses(text: str, sentences: Sequence[Span], found: Sequence[Attribution]) -> Iterator[Attribution]:
    """Give an attribution for each appeal, for a number put at, and for what is only named, that none touches.

    Time is linear in the text, sorting apart.
    """
    taken = sorted(span for a in found for span in (*a.content, a.cue, a.source) if span is not None)
    starts = [span.start for span in taken]
    cues = {a.cue.start for a in found if a.cue is not None}
    for sentence in sentences:
        own = sentence.of(text)
        near = taken[max(bisect_left(starts, sentence.start) - 1, 0) : bisect_left(starts, sentence.end)]
        match = _APPEAL.search(own) if any(verb in own for verb in _APPEALS) else None
        match = match or (_PUT.search(own) if " put" in own else None)
        if match is not None:
            reported = _of(match, sentence.start)
            if not any(span.overlaps(part) for span in near for part in (reported.cue, *reported.content) if part):
                yield reported
        if "what " in own:
            for match in _NAMED.finditer(own):
                reported = _of(match, sentence.start)
                if reported.cue is not None and not any(reported.cue.start <= cue < reported.cue.end for cue in cues):
                    yield reported


def _of(match: re.Match[str], at: int) -> Attribution:
    spans = {name: Span(at + match.start(name), at + match.end(name)) for name in ("content", "cue", "source")}
    return Attribution(
        id="", content=(spans["content"],), form="indirect", cue=spans["cue"], source=spans["source"], confidence=0.5
    )


def _unclaimed(text: str, a: Attribution) -> Attribution:
    """Read a whole clause that was taken for words told: ‘[The mayor] [urged] [drivers to wait]’."""
    span = a.content[0]
    if len(a.content) > 1 or a.form == "direct":
        return a
    match = _TELLS.search(text, span.start, span.end)
    if match is None or len(match["content"].split()) < _LEAST_WORDS:
        return a
    reported = _of(match, 0)
    return msgspec.structs.replace(a, content=reported.content, cue=reported.cue, source=reported.source, reason=None)


def _led(text: str, starts: Sequence[int], a: Attribution) -> Attribution:
    """Read ‘The suspect, named only as H., [admitted] …’ and ‘Osterhavn answered by [threatening] …’."""
    if a.source is not None or a.cue is None or a.cue.end > a.content[0].start:
        return a
    verbs = a.cue.of(text).casefold().split()
    if PASSIVE & set(verbs) or lemma(verbs[-1]) not in UTTERANCE - _NAMING:
        return a
    k = bisect_right(starts, a.cue.start)
    start = max(starts[k - 1] if k else 0, text.rfind("\n", 0, a.cue.start) + 1)
    pattern = _BY if verbs[0].endswith("ing") else _SUBJECT
    match = pattern.match(text, start, a.cue.start)
    return msgspec.structs.replace(a, source=Span(*match.span("source")), reason=None) if match else a
