"""May a transcript be expected to hold what it does not hold? Not all that an article quotes was said there.

Reads an article's judged quotations with their attributions, and the transcripts; where nothing says that the speaker
was speaking on that occasion, ``not-found`` becomes ``unchecked``: the article may have the words from elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Final

import msgspec

from onrecord.annotation import Annotations, Speaker
from onrecord.comparison.people.turn_labels import surnames
from onrecord.comparison.sources.venues import Venues
from onrecord.comparison.wording.alignment import TranscriptIndex
from onrecord.comparison.wording.house_style import HouseStyle
from onrecord.document import Document
from onrecord.story import VERDICTS, CheckedQuotation, Wording
from onrecord.words import fold, words

_SEVERAL: Final = 3
"""Quotations of one speaker, none of them found, from which on the article tells of another occasion."""
_LEAST_HELD: Final = 1 / 3
"""Part of a speaker's quotations under which the article is mostly of other occasions, and the rest may be so, too."""
_NEWS_DAYS: Final = 7
"""Days after the occasion up to which an article that gives nothing else of it may report it."""


def settle(
    found: Sequence[CheckedQuotation], annotations: Annotations, index: TranscriptIndex, style: HouseStyle
) -> list[CheckedQuotation]:
    """Leave ``unchecked`` what the transcripts lack and need not hold.

    That is what nobody is named for; what was told to one outlet or issued in writing; what somebody is credited with
    of whose quotations, three and more, less than a third are found, or who is not known to speak in transcripts that
    name nobody; and everything in an article of another time.
    """
    lacking = [q for q in found if q.wording.verdict == "not-found"]
    if not lacking:
        return list(found)
    article = _Article(found, annotations, index)
    return [
        q
        if q.wording.verdict != "not-found" or article.expects(q)
        else msgspec.structs.replace(q, wording=(w := Wording("unchecked")), severity=style.judge(w))
        for q in found
    ]


class _Article:
    """What one article's quotations say together of the occasion."""

    def __init__(self, found: Sequence[CheckedQuotation], annotations: Annotations, index: TranscriptIndex) -> None:
        self._annotations, self._index = annotations, index
        self._speakers = {a.id: a.speaker for a in annotations.attributions}
        self._known = {s.id: s for s in annotations.speakers}
        self._venues = Venues([annotations])
        self._asked: Counter[str | None] = Counter()
        self._held: Counter[str | None] = Counter()
        for quotation in found:
            speaker = self._speakers.get(quotation.attribution or "")
            self._asked[speaker] += 1
            self._held[speaker] += quotation.wording.verdict in VERDICTS
        self._labelled = any(index.speakers(number) for number in range(len(index.transcripts)))
        self._of_the_time = bool(self._held.total()) or any(
            _of_the_time(annotations.document, each.document) for each in index.transcripts
        )

    def expects(self, quotation: CheckedQuotation) -> bool:
        """Tell whether the transcripts would hold the quotation if it was said as told."""
        speaker = self._speakers.get(quotation.attribution or "")
        if speaker is None or not self._of_the_time or self._said_elsewhere(quotation, speaker):
            return False
        held, asked = self._held[speaker], self._asked[speaker]
        if held:
            return held >= _LEAST_HELD * asked
        if asked >= _SEVERAL:
            return False
        # An article of a quotation or two is held against a transcript for their sake: what it lacks is told.
        few = self._asked.total() < _SEVERAL
        return few or self._labelled or self._in_a_title(self._known.get(speaker))

    def _said_elsewhere(self, quotation: CheckedQuotation, speaker: str) -> bool:
        name = quotation.attribution or ""
        venue = self._venues.of(self._annotations.id, name, speaker)
        return self._venues.is_private(self._annotations.id, name) or (venue is not None and venue.kind == "issued")

    def _in_a_title(self, speaker: Speaker | None) -> bool:
        titles = {w.folded for t in self._index.transcripts for w in words(t.document.title or "")}
        return speaker is not None and bool(surnames([speaker.name, *speaker.aliases]) & {fold(w) for w in titles})


def _of_the_time(article: Document, transcript: Document) -> bool:
    """Tell whether an article came out on the day of the occasion or in the week after, if both days are known."""
    if article.published is None or transcript.published is None:
        return True
    try:
        days = date.fromisoformat(article.published.day) - date.fromisoformat(transcript.published.day)
    except ValueError:
        return True
    return 0 <= days.days <= _NEWS_DAYS
