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

_REACH: Final = 200  # characters before a sentence's end in which the clause stands
_LEAST_WORDS: Final = 4  # before the comma
_SAYING: Final = re.compile(
    r"[,”\"]\s+(?P<source>(?:[A-Z]|(?:the|an?|spokes\w+|its|his|her|their|one|some|officials|police|s?he|they)\b)"
    r"[^,;:“”\"]{0,80}?)\s+(?P<cue>said|says|told|reported|announced|warned|added|wrote|tweeted)"
    r"(?:\s+[^,;:“”\"]{1,70}?)?[.]?\s*$"
)
_ACCORDING: Final = re.compile(r",\s+(?P<cue>according to)\s+(?P<source>[^,;:“”\"]{2,90}?)[.]?\s*$")


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
        match = _SAYING.search(tail) or _ACCORDING.search(tail)
        if match is None:
            continue
        cue, source = (Span(low + match.start(name), low + match.end(name)) for name in ("cue", "source"))
        clause = Span(min(cue.start, source.start), max(cue.end, source.end))
        content = Span(sentence.start, low + match.start() + (text[low + match.start()] != ","))
        near = taken[max(bisect_left(starts, sentence.start) - 1, 0) : bisect_left(starts, sentence.end)]
        if len(content.of(text).split()) < _LEAST_WORDS or any(s.overlaps(clause) or s.overlaps(content) for s in near):
            continue
        yield Attribution(id="", content=(content,), form="indirect", cue=cue, source=source, confidence=0.5)
