"""What limits a check: whether a transcript is whole, is punctuated, names its speakers, is of the day.

Reads transcripts (:class:`TranscriptText`) and an article's date; gives the notices that stand once at the top of a
check.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from onrecord.comparison.speech.transcript_text import TranscriptText
from onrecord.document import Document
from onrecord.story import Notice

_NEWS_DAYS: Final = 7
"""Days after the occasion up to which an article that gives nothing else of it may report it."""


def notices(article: Document, transcripts: Sequence[TranscriptText], *, partial: bool = False) -> tuple[Notice, ...]:
    """List what limits the verdicts on an article's quotations; ``partial`` is the caller's word."""
    found: list[Notice] = []
    if partial or not all(each.is_whole for each in transcripts):
        found.append("transcript-partial")
    if not all(each.is_punctuated for each in transcripts):
        found.append("transcript-unpunctuated")
    if transcripts and not any(of_the_time(article, each.document) for each in transcripts):
        found.append("transcript-of-other-day")
    if not all(each.names_speakers for each in transcripts):
        found.append("transcript-no-speakers")
    return tuple(found)


def of_the_time(article: Document, transcript: Document) -> bool:
    """Return whether an article came out on the day of the occasion or in the week after, if both days are known."""
    if article.published is None or transcript.published is None:
        return True
    try:
        days = date.fromisoformat(article.published.day) - date.fromisoformat(transcript.published.day)
    except ValueError:
        return True
    return 0 <= days.days <= _NEWS_DAYS
