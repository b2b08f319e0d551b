"""Venues: where words were uttered so that many could hear or read them, as the reports and transcripts show it.

Reads documents with their attributions; a venue is no intermediary, but it is an origin: who was there, and who reads
the statement, has the words from the speaker.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from onrecord.annotation import Annotations, Attribution
from onrecord.document import Span
from onrecord.text.words import words

VenueKind = Literal["heard", "issued", "record"]

_DETERMINED = r"(?:(?:the|a|an|his|her|their|its|[\w.]+[’']s) )?"
_HEARD = re.compile(
    r"\b(?:(?P<named>(?:news|press|media|televised) (?:conference|briefing|appearance)|briefing"
    r"|(?P<press>reporters|journalists|newsmen)|told the (?:press|media)|televised address|testif(?:ied|ies|ying)"
    r"|testimony|in court|courtroom|town hall)"
    rf"|(?:told|tells|telling|addressed|addressing) {_DETERMINED}(?:\w+ )?(?P<audience>_AUDIENCE)"
    r"|(?:said|says|saying|spoke|speaking|speech|remarks|statement|testimony|address|asked|replied|announced|argued)"
    rf"(?: (?:on )?[A-Z][a-z]+day)?,? (?:before|to|in) {_DETERMINED}(?:\w+ )?(?P<place>_AUDIENCE)"
    rf"|(?:at|in|during|from) {_DETERMINED}(?:[\w-]+ ){{0,2}}?"
    r"(?P<occasion>speech|address|rally|hearing|debate|(?:(?:news|press) )?conference|summit|convention|sermon|lecture"
    r"|ceremony|inauguration))\b".replace(
        "_AUDIENCE", "parliament|lawmakers|senators|congress|senate|knesset|bundestag|crowds?|supporters"
    ),
    re.IGNORECASE,
)
"""Occasions in the hearing of many. A debate, a crowd or a parliament is one only for what is said in or to it."""
_ELSEWHERE = re.compile(
    r"\b(?:after|before|following|ahead of|in response to|response to|since|despite|until|declin\w+ to \w+"
    r"|refus\w+ to \w+|cancel\w*|skipp\w*|miss(?:ed|ing)|avoid\w*|bann?\w*|barr\w*)\W+(?:[\w’'-]+\W+){0,4}$",
    re.IGNORECASE,
)
"""Words before an occasion that say that something was said, but not there."""
_WORD = r"(?!(?:that|which|who|what|when|where|why|how|if|whether|because|as|while|but)\b)[\w’'-]+,?\s+"
_SPOKEN_TO = re.compile(
    r"\b(?:(?:t(?:ell(?:s|ing)?|old)|address(?:es|ed|ing)?|brief(?:s|ed|ing)?|remind(?:s|ed|ing)?|assur(?:es|ed|ing)"
    r"|inform(?:s|ed|ing)?|fac(?:es|ed|ing)|greet(?:s|ed|ing)?|in front of|presence of)\s+"
    r"|(?:sp(?:oke|eak|eaks|eaking|oken)|sa(?:id|y|ys|ying)|talk(?:s|ed|ing)?|explain\w*|confirm\w*"
    r"|repl(?:y|ied|ies|ying)|respon\w+|answer\w*|announc\w+|insist\w*|remark\w*|comment\w*|complain\w*|joked?"
    rf"|session|call|meeting|met|chat|exchange|question\w*)\s+(?:{_WORD}){{0,2}}(?:to|with|from|before)\s+"
    rf"|(?:ask|press|question|quizz|grill|challeng|surround)\w* by\s+)(?:{_WORD}){{0,4}}$",
    re.IGNORECASE,
)
"""Words before reporters that make them those who heard it."""
_ASKING = re.compile(
    r"[’']?\s+(?:(?:who|had|have|then|also|again|there)\s+){0,2}(?:questions?|ask(?:ed|s|ing)?|press(?:ed|ing)?"
    r"|question(?:ed|ing)|shouted|were (?:told|waiting)|waiting|gathered)\b",
    re.IGNORECASE,
)
"""Words after reporters that make them those who asked."""
_PLATFORM = r"(?:twitter|facebook|instagram|telegram|truth social|weibo|social media|youtube|tiktok|linkedin)"
_ISSUED = re.compile(
    r"\b(?:statement|press release|communiqu[eé]|tweet(?:ed|s|ing)?"
    rf"|(?:on|via|over|to) {_DETERMINED}(?:own |official |verified )?(?P<platform>{_PLATFORM})"
    rf"|{_PLATFORM} (?:post|posts|message|video|page|account|feed|thread)"
    r"|posted|blog|open letter|readout|(?:on|to|via) (?:the|its|his|her|their) (?:\w+ )?website|video message|editorial"
    r"|announced|announcement"
    r"|(?P<letter>(?:e-?mail|memo(?:randum)?|letter|note|message)(?: [\w-]+){0,3} to (?:[\w’'-]+ ){0,3}"
    r"(?:employees|staff(?:ers)?|workers|colleagues|members|supporters|students|parents|customers|subscribers"
    r"|shareholders|investors|users|residents|donors|troops|officers)))\b",
    re.IGNORECASE,
)
_PRIVATE = re.compile(
    r"\b(?:(?:told|tells|telling|sp(?:oke|eaking|eaks) (?:to|with)"
    r"|(?:interview|call|conversation|e-?mail|text message|letter|comments?|statement|remarks)"
    r"(?: [\w-]+){0,2} (?:with|to)) (?:the |an? )?"
    r"(?:(?P<us>us\b|this (?:\w+ )?(?:paper|newspaper|daily|station|network|website|reporter)\b)"
    r"|(?P<paper>(?:paper|newspaper|daily|station|network|broadcaster|magazine)\b)|(?P<whom>[A-Z][\w.&’'-]+)))",
)
"""Words to one outlet. A bare "in an interview" or "by e-mail" does not say to whom."""
_INTERVIEW_OF = re.compile(
    r"\b(?i:in|during|from) (?:an?|the|his|her|their) (?:(?:recent|earlier|exclusive|separate|live|rare|brief|new) )*"
    r"(?P<outlet>(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[A-Z][\w&.]*(?: [A-Z][\w&.]*){0,3}) (?:\w+ )?interview\b"
)
"""An interview that bears the name of the outlet that had it: "in a CNN interview"."""
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
        self._outlets: dict[tuple[str, str], str] = {}
        self._days: dict[tuple[str, str], set[str]] = {}
        for document in documents:
            said = _Said(document)
            for attribution in document.attributions:
                self._look(document, attribution, said)

    def _look(self, document: Annotations, attribution: Attribution, said: _Said) -> None:
        key = (document.id, attribution.id)
        sentence = _frame(document, attribution, said)
        if any(r.holds(document, attribution) for r in self._records):
            record = next(r for r in self._records if r.holds(document, attribution))
            self._own[key] = Venue("record", record.name, record.id, 0, 0)
        frame = "\n".join(span.of(document.text) for span in sentence)
        if attribution.speaker:
            days = self._days.setdefault((document.id, attribution.speaker), set())
            days |= {word.casefold() for word in _DAY.findall(frame)}
        for span in sentence:
            match = _heard(document.text, span)
            kind: VenueKind = "heard"
            if match is None:
                match, kind = _issued(document.text, span, attribution), "issued"
            if match is not None:
                shown = match.lastgroup or 0
                venue = Venue(kind, match.group(shown), document.id, *match.span(shown))
                self._own.setdefault(key, venue)
                if kind == "heard" and attribution.speaker:
                    self._speakers.setdefault((document.id, attribution.speaker), venue)
                continue
            if any(_is_to_us(m, document, attribution) for m in _PRIVATE.finditer(document.text, span.start, span.end)):
                self._private.add(key)
            other = _INTERVIEW_OF.search(document.text, span.start, span.end)
            if other is not None and not _is_own(other["outlet"], document):
                self._outlets[key] = other["outlet"]

    def of(self, document: str, attribution: str, speaker: str | None) -> Venue | None:
        """Give the venue of an attribution: its own, else where its speaker spoke to many in this document.

        A speaker whose words the document puts on several days spoke on several occasions: none is lent then.
        """
        key = (document, attribution)
        own = self._own.get(key)
        if own is not None or key in self._private or key in self._outlets or speaker is None:
            return own
        return self._speakers.get((document, speaker)) if len(self._days[document, speaker]) <= 1 else None

    def is_private(self, document: str, attribution: str) -> bool:
        """Return whether the text says that the words were said to its own outlet alone."""
        return (document, attribution) in self._private

    def outlet_of(self, document: str, attribution: str) -> str | None:
        """Give the outlet whose interview the words are from, where the interview bears its name."""
        return self._outlets.get((document, attribution))


_DAY = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Febr)uary|March|April|May|June|July|August"
    r"|(?:Septem|Octo|Novem|Decem)ber|yesterday|today)\b"
)
"""Words that put an utterance on a day."""


def _heard(text: str, span: Span) -> re.Match[str] | None:
    """Find the occasion of which a stretch says that something was said at it, not after it or instead of it."""
    for match in _HEARD.finditer(text, span.start, span.end):
        heard = match["press"] is None or _is_audience(text, span, match)
        if heard and _ELSEWHERE.search(_clause(text, span, match.start())) is None:
            return match
    return None


def _is_audience(text: str, span: Span, press: re.Match[str]) -> bool:
    """Return whether reporters asked, or were spoken to; those who find out or write are no audience."""
    before = text[max(span.start, press.start() - 90) : press.start()]
    return _SPOKEN_TO.search(before) is not None or _ASKING.match(text, press.end(), span.end) is not None


def _clause(text: str, span: Span, end: int) -> str:
    """Give the words of the clause that go before a place."""
    return text[max(span.start, end - 60) : end].rpartition(",")[2]


def _issued(text: str, span: Span, attribution: Attribution) -> re.Match[str] | None:
    """Find what was issued; a platform that is itself the speaker issued nothing by its name."""
    source = attribution.source
    for match in _ISSUED.finditer(text, span.start, span.end):
        named = source is not None and match["platform"] is not None and source.overlaps(Span(*match.span("platform")))
        if not named and _ELSEWHERE.search(_clause(text, span, match.start())) is None:
            return match
    return None


def _is_to_us(match: re.Match[str], document: Annotations, attribution: Attribution) -> bool:
    """Return whether who heard it is the outlet, or the agency whose text it is: "told the Reds" is no interview."""
    if match["us"] is not None or (match["paper"] is not None and not attribution.via):
        return True
    whom = match["whom"]
    if whom is None:
        return False
    links = (*attribution.via, *document.provenance)
    return _is_own(whom, document) or any(_has_word(link.outlet or link.name, whom) for link in links)


def _is_own(name: str, document: Annotations) -> bool:
    """Return whether a name, or a part of it, is the document's own outlet's."""
    return any(_has_word(own, name) for own in (document.publisher, document.document.outlet) if own)


def _has_word(name: str, part: str) -> bool:
    own = {word.folded.removesuffix("'s") for word in words(name)}
    return bool(own & {word.folded.removesuffix("'s") for word in words(part)} - {"the", "news"})


class _Record:
    """A transcript among the documents: its runs of words."""

    def __init__(self, document: Annotations) -> None:
        self.id = document.id
        self.name = document.document.title or document.id
        folded = [w.folded for w in words(document.text)]
        self._runs = {tuple(folded[i : i + _RUN]) for i in range(len(folded) - _RUN + 1)}

    def holds(self, document: Annotations, attribution: Attribution) -> bool:
        """Return whether half of the runs of a quotation, or more, stand in the transcript."""
        if attribution.form == "indirect":
            return False
        runs = [run for span in attribution.content for run in _runs(document.text, span)]
        return bool(runs) and sum(run in self._runs for run in runs) >= _TRANSCRIPT_SHARE * len(runs)


def _runs(text: str, span: Span) -> Iterable[tuple[str, ...]]:
    folded = [w.folded for w in words(text, span.start, span.end)]
    return [tuple(folded[i : i + _RUN]) for i in range(len(folded) - _RUN + 1)]


class _Said:
    """The contents of one document in order, so that those near a place are found at once."""

    def __init__(self, document: Annotations) -> None:
        self._spans = sorted((span, each.id) for each in document.attributions for span in each.content)
        self._starts = [span.start for span, _ in self._spans]
        self._longest = max((len(span) for span, _ in self._spans), default=0)

    def over(self, start: int, end: int) -> Iterable[tuple[Span, str]]:
        """Give the contents that overlap a stretch, each with its attribution's id."""
        first = bisect_left(self._starts, start - self._longest)
        last = bisect_left(self._starts, end)
        return [one for one in self._spans[first:last] if one[0].end > start]


def _frame(document: Annotations, attribution: Attribution, near: _Said) -> list[Span]:
    """Give the parts of the attribution's sentence that are nobody's words: there an occasion is named.

    What others, or the same speaker, say in the sentence is left out as well, unless the attribution stands in it.
    """
    text = document.text
    anchor = attribution.cue or attribution.source or attribution.content[0]
    start = max((m.end() for m in _SENTENCE_BREAK.finditer(text, max(0, anchor.start - 500), anchor.start)), default=0)
    start = max(start, anchor.start - 500, 0)
    stop = _SENTENCE_BREAK.search(text, anchor.end, min(len(text), anchor.end + 500))
    end = stop.start() if stop else min(len(text), anchor.end + 500)
    said = [span for span, of in near.over(start, end) if of == attribution.id or not span.holds(anchor)]
    said += [Span(m.start(), m.end()) for m in _QUOTED.finditer(text, start, end) if not Span(*m.span()).holds(anchor)]
    parts, position = [], start
    for span in sorted(said):
        if span.start > position:
            parts.append(Span(position, min(span.start, end)))
        position = max(position, span.end)
    if position < end:
        parts.append(Span(position, end))
    return [part for part in parts if part.start < part.end]


_QUOTED = re.compile(r"[“„«][^”»\n]*[”»]|\"[^\"\n]*\"")
