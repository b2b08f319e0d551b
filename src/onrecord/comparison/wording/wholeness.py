"""Is a transcript whole, is it punctuated, does it name its speakers, is it of the day? What limits a check.

Reads a transcript (:class:`~onrecord.document.Document`) and an article's date; gives the notices that stand once at
the top of a check. Nothing is said to be missing from a transcript that breaks off, has no sentences or is of another
day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from onrecord.document import Document
from onrecord.lexicon.load import word_list
from onrecord.story import Notice

_PARTIAL: Final = re.compile(
    r"\b(?:excerpts?|partial transcript|selected remarks|abridged|highlights|key quotes|condensed|edited for length)\b",
    re.IGNORECASE,
)
_CUT: Final = re.compile(
    r"^[ \t]*[\[(](?:\.\.\.|…|cut|snip|continued|to be continued)[\])][ \t]*$", re.IGNORECASE | re.MULTILINE
)
_HEAD: Final = 400
"""Characters at the top of a text in which it says that it holds a part only."""
_TERMINAL: Final = re.compile(r"[.?!…؟。！？]")
_WORD: Final = re.compile(r"[^\W\d_]+")
_WORDS_A_SENTENCE: Final = 60
"""Words for each sentence mark from which on a text has none to speak of."""
_LEAST_WORDS: Final = 40
_LEAST_LAST_LINE: Final = 4
_LEADS_ON: Final = word_list("wording.leads_on")
"""Words that no sentence ends with: by these alone a text without sentence marks is seen to break off."""
_OPEN_ENDS: Final = ",;:-–—…"
_CLOSING_MARKS: Final = "\"'”’)]» \t"
_IN_MARKS: Final = re.compile('[“"][^“”"\n]{20,2000}[”"]')
_REPORTED: Final = 0.15  # of a report's characters stand in quotation marks; of a speech's, hardly any
_NEWS_DAYS: Final = 7
"""Days after the occasion up to which an article that gives nothing else of it may report it."""


def notices(article: Document, transcripts: Sequence[Document], *, partial: bool = False) -> tuple[Notice, ...]:
    """List what limits the verdicts on an article's quotations; ``partial`` is the caller's word."""
    found: list[Notice] = []
    if partial or not all(map(is_whole, transcripts)):
        found.append("transcript-partial")
    if not all(map(is_punctuated, transcripts)):
        found.append("transcript-unpunctuated")
    if transcripts and not any(of_the_time(article, each) for each in transcripts):
        found.append("transcript-of-other-day")
    if not all(map(names_speakers, transcripts)):
        found.append("transcript-no-speakers")
    return tuple(found)


@lru_cache(maxsize=64)
def is_whole(transcript: Document) -> bool:
    """Return whether a transcript may hold all that was said: no excerpt, no report, and it does not break off."""
    head = f"{transcript.title or ''}\n{transcript.text[:_HEAD]}"
    if _PARTIAL.search(head) or _CUT.search(transcript.text) or is_report(transcript):
        return False
    return not breaks_off(transcript.text)


def is_report(document: Document) -> bool:
    """Return whether a "transcript" is a fuller report: nobody's turn is named, and much of it stands in marks."""
    if names_speakers(document):
        return False
    quoted = sum(m.end() - m.start() for m in _IN_MARKS.finditer(document.text))
    return quoted > _REPORTED * len(document.text)


def breaks_off(text: str) -> bool:
    """Return whether a text ends inside a sentence: by the last line that has some words."""
    for line in reversed(text.rstrip().splitlines()):
        said = line.strip()
        if not said or len(_WORD.findall(said)) < _LEAST_LAST_LINE or said.isupper():
            continue
        if said[0] in "([" and said[-1] in ")]":
            continue
        bare = said.rstrip(_CLOSING_MARKS)
        if not has_sentences(text):
            return bare.rsplit(maxsplit=1)[-1].casefold() in _LEADS_ON
        return bool(bare) and (bare[-1].isalnum() or bare[-1] in _OPEN_ENDS or bare.endswith("..."))
    return False


def is_punctuated(document: Document) -> bool:
    """Return whether a text marks where its sentences end; a few words are taken to."""
    return has_sentences(document.text)


@lru_cache(maxsize=64)
def has_sentences(text: str) -> bool:
    """Return whether a text has sentence marks enough to tell where a sentence begins and ends."""
    count = sum(1 for _ in _WORD.finditer(text))
    return count < _LEAST_WORDS or len(_TERMINAL.findall(text)) * _WORDS_A_SENTENCE >= count


def names_speakers(document: Document) -> bool:
    """Return whether any of a transcript's turns names who speaks."""
    return any(block.speaker for block in document.blocks)


def of_the_time(article: Document, transcript: Document) -> bool:
    """Return whether an article came out on the day of the occasion or in the week after, if both days are known."""
    if article.published is None or transcript.published is None:
        return True
    try:
        days = date.fromisoformat(article.published.day) - date.fromisoformat(transcript.published.day)
    except ValueError:
        return True
    return 0 <= days.days <= _NEWS_DAYS
