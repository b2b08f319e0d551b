"""May a transcript be expected to hold what it does not hold? Not all that an article quotes was said there.

Reads an article's judged quotations with their attributions, and the transcripts; where nothing says that the speaker
was speaking on that occasion, ``not-found`` becomes ``unchecked``: the article may have the words from elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

import msgspec

from onrecord.annotation import Annotations, Attribution, Speaker
from onrecord.comparison.alignment.index import TranscriptIndex
from onrecord.comparison.checking.house_style import HouseStyle
from onrecord.comparison.checking.notices import of_the_time
from onrecord.comparison.people.turn_labels import surnames
from onrecord.comparison.sources.venues import Venues
from onrecord.document import Document
from onrecord.lexicon.load import alternatives, word_list
from onrecord.story import CheckedQuotation
from onrecord.text.words import fold, words
from onrecord.wording import VERDICTS, UncheckedReason, Wording

_SEVERAL: Final = 3
"""Quotations of one speaker, none of them found, from which on the article is of another occasion."""
_LEAST_FOUND: Final = 1 / 3
"""Share of a speaker's quotations under which the article is mostly of other occasions, and the rest may be so, too."""
_APART: Final = re.compile(
    rf"\b(?:{alternatives(word_list('wording.said_apart'))}"
    rf"|(?:{alternatives(word_list('wording.told_outlet'))}) (?:[Tt]he )?(?:[A-Z][\w.&’'-]*\s){{0,4}}"
    rf"(?:{alternatives(word_list('wording.outlet_words'))}|[A-Z]{{3,4}}\d?))\b"
)
_STOP: Final = re.compile(r"[.!?\n“”\"]")
_BESIDE: Final = 90
"""Characters behind a cue in which the one who was spoken to is named."""
_PROVEN: Final = 0.97
_PROVING: Final = 25
"""Confidence, and characters word for word, from which on a quotation shows that its speaker spoke there."""
_LONGEST_TITLE: Final = 120
_LONGEST_TOP: Final = 600
"""Characters of the lines above a transcript's first turn that may name who speaks."""


def decide_missing(
    found: Sequence[CheckedQuotation], annotations: Annotations, index: TranscriptIndex, style: HouseStyle
) -> list[CheckedQuotation]:
    """Leave ``unchecked``, and say why, what the transcripts lack and need not hold.

    That is what nobody is surely named for; what was told to one outlet or issued in writing; what somebody is credited
    with of whose quotations, three and more, less than a third are found, or who is not known to speak in transcripts
    that name nobody; and everything in an article of another time.
    """
    lacking = [q for q in found if q.wording.verdict == "not-found"]
    if not lacking:
        return list(found)
    article = _Article(found, annotations, index)
    result = []
    for quotation in found:
        reason = article.why_not(quotation) if quotation.wording.verdict == "not-found" else None
        if reason is None:
            result.append(quotation)
            continue
        wording = Wording("unchecked", confidence=quotation.wording.confidence, reason=reason)
        result.append(msgspec.structs.replace(quotation, wording=wording, severity=style.judge(wording)))
    return result


class _Article:
    """What one article's quotations say together of the occasion."""

    def __init__(self, found: Sequence[CheckedQuotation], annotations: Annotations, index: TranscriptIndex) -> None:
        self._annotations, self._index = annotations, index
        self._attributions = {a.id: a for a in annotations.attributions}
        self._known = {s.id: s for s in annotations.speakers}
        self._venues = Venues([annotations])
        self._asked: Counter[str | None] = Counter()
        self._found: Counter[str | None] = Counter()
        self._speaks_there: set[str | None] = set()
        for quotation in found:
            speaker = self._speaker(quotation)
            self._asked[speaker] += 1
            self._found[speaker] += quotation.wording.verdict in VERDICTS
            if _is_proof(quotation):
                self._speaks_there.add(speaker)
        self._labelled = any(each.names_speakers for each in index.texts)
        self._of_the_time = bool(self._found.total()) or any(
            of_the_time(annotations.document, each.document) for each in index.transcripts
        )

    def _speaker(self, quotation: CheckedQuotation) -> str | None:
        attribution = self._attributions.get(quotation.attribution or "")
        return attribution.speaker if attribution else None

    def why_not(self, quotation: CheckedQuotation) -> UncheckedReason | None:
        """Say why the transcripts need not hold a quotation though it was said as reported; ``None``: they would."""
        attribution = self._attributions.get(quotation.attribution or "")
        speaker = self._known.get(self._speaker(quotation) or "")
        if attribution is None or speaker is None or speaker.kind not in {"person", "organisation"}:
            return "speaker-unnamed"
        if not attribution.speaker_clear:
            return "speaker-unclear"
        if self._of_the_time and self._said_elsewhere(attribution, speaker.id):
            return "said-elsewhere"
        return self._not_there(speaker) if self._of_the_time else "other-occasion"

    def _not_there(self, speaker: Speaker) -> UncheckedReason | None:
        found, asked = self._found[speaker.id], self._asked[speaker.id]
        if not self._labelled and speaker.id not in self._speaks_there and not self._at_the_top(speaker):
            return "transcript-no-speakers"
        if found:
            return None if found >= _LEAST_FOUND * asked else "other-occasion"
        return "other-occasion" if asked >= _SEVERAL else None

    def _said_elsewhere(self, attribution: Attribution, speaker: str) -> bool:
        document = self._annotations.id
        if self._venues.is_private(document, attribution.id) or self._venues.outlet_of(document, attribution.id):
            return True
        venue = self._venues.of(document, attribution.id, speaker)
        return (venue is not None and venue.kind == "issued") or self._distinguished(attribution)

    def _distinguished(self, attribution: Attribution) -> bool:
        """Return whether the words beside the cue say that the speaker said it to one outlet, or not aloud to many."""
        at = attribution.cue or attribution.source
        if at is None:
            return False
        start = min(at.start, attribution.source.start if attribution.source else at.start)
        beside = self._annotations.text[start : at.end + _BESIDE]
        return _APART.search(_STOP.split(beside, maxsplit=1)[0]) is not None

    def _at_the_top(self, speaker: Speaker) -> bool:
        """Return whether the title of a transcript, or a line above its first words, names the speaker."""
        above = {fold(w.folded.removesuffix("'s")) for t in self._index.transcripts for w in words(_top(t.document))}
        return bool(surnames([speaker.name, *speaker.aliases]) & above)


def _is_proof(quotation: CheckedQuotation) -> bool:
    """Return whether a quotation stands in a transcript so surely and at such length that its speaker spoke there."""
    wording = quotation.wording
    equal = sum(len(edit.other) for edit in wording.edits if edit.op == "equal")
    return wording.verdict in VERDICTS and wording.confidence >= _PROVEN and equal >= _PROVING


def _top(transcript: Document) -> str:
    first, _, _ = transcript.text.lstrip().partition("\n")
    opening = next((b.start for b in transcript.blocks if b.kind == "turn"), 0)
    line = first if len(first) <= _LONGEST_TITLE else ""
    return f"{transcript.title or ''}\n{transcript.text[: min(opening, _LONGEST_TOP)]}\n{line}"
