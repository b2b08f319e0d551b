"""Trailing clauses that the encoder passed over.

‘The mill burned for two days, a fireman told the Courier’: a sentence that ends in a comma, a source and a verb of
saying credits all before the comma to that source; so does one that ends in "according to" and a source. Of the
corpus's clauses the encoder misses one in a hundred, of other papers' more; these two are sure enough to be read by
their form alone. Reads sentences and the attributions found; gives those to add.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from onrecord.annotation import Attribution
from onrecord.document import Span
from onrecord.lexicon.load import word_list

_REACH: Final = 200  # characters before a sentence's end in which the clause stands
FINITE: Final = word_list("saying.finite")
"""Words that show a clause, by themselves."""
_LEAST_WORDS: Final = 4  # before the comma
_LONGEST_NAME: Final = 3  # words
_SAID: Final = ("said", "says", "told", "reported", "announced", "warned", "added", "wrote", "tweeted")
_SAYING: Final = re.compile(
    r"[,”\"]\s+(?P<source>(?:[A-Z]|(?:the|an?|spokes\w+|its|his|her|their|one|some|officials|police|s?he|they)\b)"
    rf"[^,;:“”\"]{{0,80}}?)\s+(?P<cue>{'|'.join(_SAID)})"
    r"(?:\s+[^,;:“”\"]{1,70}?)?[.]?\s*$"
)
_ACCORDING: Final = re.compile(r",\s+(?P<cue>according to)\s+(?P<source>[^,;:“”\"]{2,90}?)[.]?\s*$")

_TAIL: Final = re.compile(
    r"(?P<content>[^:\n]{15,}[^:\s]):\s+(?P<source>(?:[^\s:,;“”\"?!.]+ ){0,5}[^\s:,;“”\"?!]+)\s*$"
)
_SAYS: Final = re.compile(
    r"(?P<content>[^\n]{10,}[^,\s]),\s+(?P<cue>say|says|said|warn|warns|claim|claims|admit|admits|insist|insists)\s+"
    r"(?P<source>(?:[^\s:,;“”\"?!.]+ ){0,7}[^\s:,;“”\"?!]+)\s*"
)
_SPEAKS: Final = word_list("saying.speaks")
"""Who, named behind a headline's colon, has said what stands before it."""


def headline_tail(text: str, start: int, end: int) -> Attribution | None:
    """Read a headline of the form ‘Fares will not rise: transport minister’.

    The source is an office, a body or an acronym; a name only behind a clause whose words have no capitals.
    """
    match = _TAIL.match(text, start, end)
    if match is None or len(match["content"].split()) < _LEAST_WORDS - 1:
        return None
    last = match["source"].split()[-1]
    reported = set(match["content"].casefold().split())
    plain = sum(word[0].islower() for word in match["content"].split())
    is_name = match["source"].istitle() and len(match["source"].split()) <= _LONGEST_NAME
    if not (
        last.casefold() in _SPEAKS
        or (last.isupper() and last.isalpha() and len(last) > 1 and plain)
        or (is_name and 2 * plain > len(match["content"].split()) and reported & FINITE)
    ):
        return None
    colon = Span(match.end("content"), match.end("content") + 1)
    content, source = Span(*match.span("content")), Span(*match.span("source"))
    return Attribution(id="", content=(content,), form="indirect", cue=colon, source=source, confidence=0.5)


def headline_verb(text: str, start: int, end: int) -> Attribution | None:
    """Read a headline of the form ‘Bridge is safe, says engineer’; its content keeps its form for who reads it."""
    match = _SAYS.fullmatch(text, start, end)
    if match is None or len(match["content"].split()) < _LEAST_WORDS - 1:
        return None
    content, cue, source = (Span(*match.span(part)) for part in ("content", "cue", "source"))
    return Attribution(id="", content=(content,), form="indirect", cue=cue, source=source, confidence=0.5)


def trailing_clauses(text: str, sentences: Sequence[Span], found: Sequence[Attribution]) -> Iterator[Attribution]:
    """Give an attribution for each such clause that no cue and no content of those found touches.

    Time is linear in the text, sorting apart.
    """
    taken = sorted(
        {span for a in found for span in (*a.content, *((a.cue,) if a.cue else ()), *((a.source,) if a.source else ()))}
    )
    starts = [span.start for span in taken]
    for sentence in sentences:
        low = max(sentence.start, sentence.end - _REACH)
        tail = text[low : sentence.end]
        match = _SAYING.search(tail) if any(verb in tail for verb in _SAID) else None
        match = match or (_ACCORDING.search(tail) if "according to" in tail else None)
        if match is None:
            continue
        cue, source = (Span(low + match.start(name), low + match.end(name)) for name in ("cue", "source"))
        clause = Span(min(cue.start, source.start), max(cue.end, source.end))
        content = Span(sentence.start, low + match.start() + (text[low + match.start()] != ","))
        near = taken[max(bisect_left(starts, sentence.start) - 1, 0) : bisect_left(starts, sentence.end)]
        if len(content.of(text).split()) < _LEAST_WORDS or any(s.overlaps(clause) or s.overlaps(content) for s in near):
            continue
        yield Attribution(id="", content=(content,), form="indirect", cue=cue, source=source, confidence=0.5)
