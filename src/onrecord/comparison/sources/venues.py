"""Venues: where words were uttered so that many could hear or read them, as the reports and transcripts show it.

Reads documents with their attributions; a venue is no intermediary, but it is an origin: who was there, and who reads
the statement, has the words from the speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from onrecord.annotation import Annotations, Attribution
from onrecord.document import Span
from onrecord.words import words

VenueKind = Literal["heard", "issued", "record"]

_HEARD = re.compile(
    r"\b(?:(?P<named>(?:news|press|media|televised) (?:conference|briefing|appearance)|briefing|reporters|journalists"
    r"|newsmen|told the (?:press|media)|televised address|testif(?:ied|ies|ying)|testimony|in court|courtroom"
    r"|town hall)"
    r"|(?:told|tells|addressed|addressing|before|to|in) (?:(?:the|a|an|his|her|their|its|\w+[’']s) )?(?:\w+ )?"
    r"(?P<audience>parliament|lawmakers|senators|congress|senate|knesset|bundestag|crowds?|supporters)"
    r"|(?:at|in|during|from) (?:(?:the|a|an|his|her|their|its|\w+[’']s) )?(?:[\w-]+ ){0,2}?"
    r"(?P<occasion>speech|address|rally|hearing|debate|(?:(?:news|press) )?conference|summit|convention|sermon|lecture"
    r"|ceremony|inauguration))\b",
    re.IGNORECASE,
)
"""Occasions in the hearing of many. A debate, a crowd or a parliament is one only for what is said in or to it."""
_ISSUED = re.compile(
    r"\b(?:statement|press release|communiqu[eé]|tweet(?:ed|s|ing)?|twitter|facebook|instagram|telegram|truth social"
    r"|weibo|social media|posted|blog|open letter|readout|website|video message|editorial|announced|announcement)\b",
    re.IGNORECASE,
)
_PRIVATE = re.compile(
    r"\b(?:interview|by (?:tele)?phone|on the phone|e-?mail|text message"
    r"|(?:told|tells|telling|spoke to|speaking to|spoke with) (?:the |an? )?(?P<whom>[A-Z][\w.&’'-]+)"
    r"|told the (?:\w+ )?(?:paper|newspaper|daily|station|network|broadcaster|magazine))",
)
_SENTENCE_BREAK = re.compile(r"[.!?…][\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])|\n+")
_RUN = 5
_TRANSCRIPT_SHARE = 0.5


class Venue(NamedTuple):
    """Where something was uttered: in the hearing of many, issued in writing, or on a record among the documents.

    ``words`` are the words that show it, ``document`` and ``start, end`` where they stand.
    """

    kind: VenueKind
    words: str
    document: str
    start: int
    end: int


class Venues:
    """Finds the venue of each attribution of the documents of one story."""

    def __init__(self, documents: Sequence[Annotations]) -> None:
        """Look at all attributions once, and index the transcripts."""
        self._records = [_Record(d) for d in documents if d.document.kind == "transcript"]
        self._own: dict[tuple[str, str], Venue] = {}
        self._private: set[tuple[str, str]] = set()
        self._speakers: dict[tuple[str, str], Venue] = {}
        for document in documents:
            for attribution in document.attributions:
                self._look(document, attribution)

    def _look(self, document: Annotations, attribution: Attribution) -> None:
        key = (document.id, attribution.id)
        sentence = _frame(document, attribution)
        if any(r.holds(document, attribution) for r in self._records):
            record = next(r for r in self._records if r.holds(document, attribution))
            self._own[key] = Venue("record", record.name, record.id, 0, 0)
        for span in sentence:
            match = _HEARD.search(document.text, span.start, span.end)
            kind: VenueKind = "heard"
            if match is None:
                match, kind = _ISSUED.search(document.text, span.start, span.end), "issued"
            if match is not None:
                shown = match.lastgroup or 0
                venue = Venue(kind, match.group(shown), document.id, *match.span(shown))
                self._own.setdefault(key, venue)
                if kind == "heard" and attribution.speaker:
                    self._speakers.setdefault((document.id, attribution.speaker), venue)
            elif any(
                _is_to_us(m, document, attribution) for m in _PRIVATE.finditer(document.text, span.start, span.end)
            ):
                self._private.add(key)

    def of(self, document: str, attribution: str, speaker: str | None) -> Venue | None:
        """Give the venue of an attribution: its own, else where its speaker spoke to many in this document."""
        own = self._own.get((document, attribution))
        if own is not None or (document, attribution) in self._private:
            return own
        return self._speakers.get((document, speaker)) if speaker else None

    def is_private(self, document: str, attribution: str) -> bool:
        """Tell whether the words were told to one outlet: in an interview, by telephone, to a reporter."""
        return (document, attribution) in self._private


def _is_to_us(match: re.Match[str], document: Annotations, attribution: Attribution) -> bool:
    """Tell whether who was told is the outlet, or one that the report names: "told the Reds" is no interview."""
    whom = match.group("whom")
    if whom is None or document.publisher is None:
        return True
    links = (*attribution.via, *document.provenance)
    names = [document.publisher, document.document.outlet or "", *(link.outlet or link.name for link in links)]
    spoken_to = whom.casefold().removesuffix("’s").removesuffix("'s").rstrip(".")
    return any(spoken_to in name.casefold() for name in names)


class _Record:
    """A transcript among the documents: its runs of words."""

    def __init__(self, document: Annotations) -> None:
        self.id = document.id
        self.name = document.document.title or document.id
        folded = [w.folded for w in words(document.text)]
        self._runs = {tuple(folded[i : i + _RUN]) for i in range(len(folded) - _RUN + 1)}

    def holds(self, document: Annotations, attribution: Attribution) -> bool:
        """Tell whether half of the runs of a quotation, or more, stand in the transcript."""
        if attribution.form == "indirect":
            return False
        runs = [run for span in attribution.content for run in _runs(document.text, span)]
        return bool(runs) and sum(run in self._runs for run in runs) >= _TRANSCRIPT_SHARE * len(runs)


def _runs(text: str, span: Span) -> Iterable[tuple[str, ...]]:
    folded = [w.folded for w in words(text, span.start, span.end)]
    return [tuple(folded[i : i + _RUN]) for i in range(len(folded) - _RUN + 1)]


def _frame(document: Annotations, attribution: Attribution) -> list[Span]:
    """Give the parts of the attribution's sentence that are no content: there a venue is told."""
    text = document.text
    anchor = attribution.cue or attribution.source or attribution.content[0]
    start = max((m.end() for m in _SENTENCE_BREAK.finditer(text, max(0, anchor.start - 500), anchor.start)), default=0)
    start = max(start, anchor.start - 500, 0)
    stop = _SENTENCE_BREAK.search(text, anchor.end, min(len(text), anchor.end + 500))
    end = stop.start() if stop else min(len(text), anchor.end + 500)
    parts, position = [], start
    for span in sorted(attribution.content):
        if span.start > position:
            parts.append(Span(position, min(span.start, end)))
        position = max(position, span.end)
    if position < end:
        parts.append(Span(position, end))
    return [part for part in parts if part.start < part.end]
