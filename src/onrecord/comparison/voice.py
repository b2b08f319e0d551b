"""Voice: phrases that are quotation in one report and the outlet's own words in another.

Reads the reports' texts and attributions; gives phrases of one to three words that one report has only between marks,
as somebody's words, and another prints without marks and not as that speaker's: in its own voice, or slipped into what
it tells of another. Only phrases that judge are told: a plain word that two reports use shows nothing. A phrase judges
when one of its words is in ``evaluative.txt`` (a list of our own) and no everyday word of news, or when the quotation
says by it what something *is* ("it is a museum piece") and it is a rare pair of words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from onrecord.annotation import Annotations, Attribution
from onrecord.comparison.rarity import commonness
from onrecord.document import BlockKind, Span
from onrecord.lexicon.load import word_list
from onrecord.story import StorySpeaker, Voice
from onrecord.text.words import Word, is_content, lemma, words
from onrecord.wording import Passage

LONGEST = 3
"""Words of a phrase."""
_EVERYDAY = 0.02
"""Share of news documents from which on a word that may judge is mostly used without judging."""
_RARE = 0.012
"""Share of news documents under which a word is rare enough to judge by a figure of speech."""
_MOST_OWN = 0.5
"""Share of the reports from which on a phrase is the story's plain name for a thing, and shows nothing."""
_REACH = 4
"""Words before a phrase among which the verb stands that says what something is."""
_MARKED = re.compile(
    r"[\"“„«][^\"“”„«»\n]*(?:[\"”»]|$)|(?<!\w)[‘'](?=\w)[^‘’'\n]*(?:(?<=\w)[’'](?=\w)[^‘’'\n]*)*[’'](?!\w)",
    re.MULTILINE,
)
_NEXT = re.compile(r"[ \t\u00a0]+|-")
_BE = word_list("comparing.be")
_BETWEEN = word_list("comparing.between")
_CHARGED = re.compile(
    r"\b(?:accus|charg|convict|indict|sentenc|prosecut|guilty|alleg)\w*\b[^.!?\n]{0,60}$", re.IGNORECASE
)
_BEFORE = 90
"""Characters before a phrase that may name it as what somebody is charged with: an offence's name is no judgement."""
_OWN_BLOCKS: frozenset[BlockKind] = frozenset({"headline", "repeated-headline", "paragraph", "caption"})
Phrase = tuple[str, ...]


@cache
def evaluative_words() -> frozenset[str]:
    """Give the lemmas that judge, or that parties contest."""
    text = files("onrecord.comparison").joinpath("evaluative.txt").read_text(encoding="utf-8")
    return frozenset(w for line in text.splitlines() if not line.startswith("#") for w in line.split())


class _Said(NamedTuple):
    """A phrase between quotation marks, and the attribution that it belongs to."""

    span: Span
    attribution: Attribution


class _AttributedWord(NamedTuple):
    """One of a report's words and whose it is.

    ``own`` when it stands outside marks; ``within`` is then the indirect attribution that holds it. ``said`` is the
    attribution that it belongs to, between marks. ``name`` when it begins with a capital.
    """

    word: Word
    lemma: str
    own: bool
    within: Attribution | None
    said: Attribution | None
    name: bool


class _Own(NamedTuple):
    """A phrase without marks, and the attribution in whose indirect content it stands."""

    span: Span
    within: Attribution | None


def contrast(documents: Sequence[Annotations], speakers: Sequence[StorySpeaker]) -> tuple[Voice, ...]:
    """List the phrases that judge, quoted only in one report and told in another; the longest form of each.

    Phrases stand in the order of spelling, passages in that of the reports' ids; a quoted passage names its speaker.
    Time is linear in the length of the texts.
    """
    reports = sorted((a for a in documents if a.document.kind == "report"), key=lambda a: a.id)
    read = [_read(report) for report in reports]
    quoted = [_quoted(report, reported) for report, reported in zip(reports, read, strict=True)]
    sought = {phrase for phrases in quoted for phrase in phrases}
    own = [_own(report, reported, sought) for report, reported in zip(reports, read, strict=True)]
    names = {member: speaker.name for speaker in speakers for member in speaker.members}
    ids = {member: speaker.id for speaker in speakers for member in speaker.members}
    found: dict[Phrase, Voice] = {}
    for phrase in sorted(sought):
        said = {
            _who(a, one.attribution, ids)
            for a, held in zip(reports, quoted, strict=True)
            for one in held.get(phrase, ())
        }
        version = [(a, _not_of(a, held.get(phrase, ()), said, ids)) for a, held in zip(reports, own, strict=True)]
        reporters = {a.id for a, places in version if places}
        quoting = [
            (a, held[phrase])
            for a, held in zip(reports, quoted, strict=True)
            if phrase in held and a.id not in reporters
        ]
        version = [(a, places) for a, places in version if places]
        if version and quoting and len(version) <= max(1.0, _MOST_OWN * len(reports)):
            found[phrase] = _voice(version, quoting, names)
    return tuple(voice for phrase, voice in found.items() if not any(_holds(other, phrase) for other in found))


def _who(report: Annotations, attribution: Attribution, ids: Mapping[tuple[str, str], str]) -> tuple[str, str]:
    """Name an attribution's speaker across the story; alone in its document, where the story does not know it."""
    local = attribution.speaker or attribution.id
    return ("", ids[report.id, local]) if (report.id, local) in ids else (report.id, local)


def _not_of(
    report: Annotations, places: Sequence[_Own], said: set[tuple[str, str]], ids: Mapping[tuple[str, str], str]
) -> list[Span]:
    """Keep the places that are no indirect telling of what the quoted speakers said; nobody's are not kept either."""
    return [
        place.span
        for place in places
        if place.within is None or (place.within.speaker is not None and _who(report, place.within, ids) not in said)
    ]


def _voice(
    version: Sequence[tuple[Annotations, list[Span]]],
    quoting: Sequence[tuple[Annotations, list[_Said]]],
    names: Mapping[tuple[str, str], str],
) -> Voice:
    report, said = quoting[0]
    return Voice(
        " ".join(w.folded for w in words(report.text, said[0].span.start, said[0].span.end)),
        tuple(
            Passage(a.id, one.span.start, one.span.end, _speaker(a, one.attribution, names))
            for a, all_ in quoting
            for one in all_
        ),
        tuple(Passage(a.id, span.start, span.end) for a, spans in version for span in spans),
    )


def _speaker(report: Annotations, attribution: Attribution, names: Mapping[tuple[str, str], str]) -> str | None:
    if attribution.speaker is None:
        return None
    local = next((s.name for s in report.speakers if s.id == attribution.speaker), None)
    return names.get((report.id, attribution.speaker), local)


def _holds(longer: Phrase, phrase: Phrase) -> bool:
    size = len(phrase)
    return len(longer) > size and any(longer[i : i + size] == phrase for i in range(len(longer) - size + 1))


def _read(report: Annotations) -> list[_AttributedWord]:
    """Tell of every word of a report whose it is."""
    text = report.text
    marked = [m.span() for m in _MARKED.finditer(text)]
    spoken = sorted(
        ((span.start, span.end, number) for number, a in enumerate(report.attributions) for span in a.content)
    )
    blocks = sorted((b.start, b.end) for b in report.document.blocks if b.kind in _OWN_BLOCKS)
    within_marks, within_content = _Within(marked), _Within([(s, e) for s, e, _ in spoken])
    within_blocks = _Within(blocks) if blocks else None
    reported = []
    for word in words(text):
        at = within_content.index(word.start)
        inside = within_marks.index(word.start) is not None
        own = not inside and (within_blocks is None or within_blocks.index(word.start) is not None)
        attribution = report.attributions[spoken[at][2]] if at is not None else None
        said = attribution if inside and _speaks(attribution) else None
        reported.append(
            _AttributedWord(
                word,
                lemma(word.folded),
                own and not _marked(attribution),
                attribution,
                said,
                text[word.start].isupper(),
            )
        )
    return reported


def _speaks(attribution: Attribution | None) -> bool:
    return attribution is not None and attribution.act == "utterance" and attribution.form != "indirect"


def _marked(attribution: Attribution | None) -> bool:
    """Return whether the content is a direct quotation, whose marks may have been missed where it runs on."""
    return attribution is not None and attribution.form == "direct"


class _Within:
    """Looks up the innermost of the sorted places that a position lies in."""

    def __init__(self, places: Sequence[tuple[int, int]]) -> None:
        self._places = places
        self._starts = [start for start, _ in places]
        self._reach: list[int] = []
        for _, end in places:
            self._reach.append(max(end, self._reach[-1] if self._reach else 0))

    def index(self, position: int) -> int | None:
        at = bisect_right(self._starts, position) - 1
        while at >= 0 and self._reach[at] > position:
            if self._places[at][1] > position:
                return at
            at -= 1
        return None


def _phrases(
    report: Annotations,
    reported: Sequence[_AttributedWord],
    belongs: Sequence[bool],
    begins: Container[str] | None = None,
) -> Iterator[tuple[Phrase, int, int]]:
    """Give the runs of one to three adjacent words that belong, with a content word at either end.

    With ``begins``, only those whose first word has one of these lemmas.
    """
    text = report.text
    for first, one in enumerate(reported):
        if not belongs[first] or (begins is not None and one.lemma not in begins) or not is_content(one.word.folded):
            continue
        for last in range(first, min(first + LONGEST, len(reported))):
            if not belongs[last] or (
                last > first and not _NEXT.fullmatch(text, reported[last - 1].word.end, reported[last].word.start)
            ):
                break
            if is_content(reported[last].word.folded):
                yield tuple(t.lemma for t in reported[first : last + 1]), first, last


def _quoted(report: Annotations, reported: Sequence[_AttributedWord]) -> dict[Phrase, list[_Said]]:
    """List the phrases that judge, between marks and as somebody's words."""
    found: dict[Phrase, list[_Said]] = defaultdict(list)
    for phrase, first, last in _phrases(report, reported, [t.said is not None for t in reported]):
        attribution = reported[first].said
        if attribution is not None and (
            _judges(reported[first : last + 1]) or _says_what_it_is(report.text, reported, first, last)
        ):
            found[phrase].append(_Said(Span(reported[first].word.start, reported[last].word.end), attribution))
    return found


def _own(report: Annotations, reported: Sequence[_AttributedWord], sought: set[Phrase]) -> dict[Phrase, list[_Own]]:
    """List the phrases sought that the report prints in its own voice."""
    found: dict[Phrase, list[_Own]] = defaultdict(list)
    begins = {phrase[0] for phrase in sought}
    for phrase, first, last in _phrases(report, reported, [t.own for t in reported], begins):
        start = reported[first].word.start
        if phrase in sought and not _CHARGED.search(report.text, max(0, start - _BEFORE), start):
            found[phrase].append(
                _Own(Span(reported[first].word.start, reported[last].word.end), reported[first].within)
            )
    return found


def _judges(phrase: Sequence[_AttributedWord]) -> bool:
    lexicon = evaluative_words()
    if any(t.word.folded[0].isdigit() for t in phrase) or (len(phrase) > 1 and any(t.name for t in phrase)):
        return False
    return any((t.lemma in lexicon or t.word.folded in lexicon) and commonness(t.lemma) < _EVERYDAY for t in phrase)


def _says_what_it_is(text: str, reported: Sequence[_AttributedWord], first: int, last: int) -> bool:
    """Return whether a pair of words or more is what the quotation says something to be, by a figure of speech."""
    phrase = reported[first : last + 1]
    if len(phrase) < 2 or not any(commonness(t.lemma) < _RARE for t in phrase):
        return False
    if any(t.name or t.word.folded[0].isdigit() for t in phrase):
        return False
    after = text[reported[last].word.end : reported[last].word.end + 2].strip()
    if after[:1].isalnum():
        return False
    for t in reversed(reported[max(0, first - _REACH) : first]):
        if t.word.folded in _BE:
            return True
        if t.word.folded not in _BETWEEN:
            return False
    return False
