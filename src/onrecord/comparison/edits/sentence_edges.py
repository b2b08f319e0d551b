"""Where sentences begin and end in a transcript, and where a speaker breaks off.

Reads a :class:`TranscriptIndex`; answers for a place (a word's number in the index). Decided from what stands
between two words: no sentence is cut in advance, so that a long transcript costs nothing.
"""

from __future__ import annotations

import re
from typing import Final

from onrecord.comparison.alignment.index import TranscriptIndex
from onrecord.comparison.edits.qualifiers import Marked
from onrecord.comparison.speech.transcript_text import TranscriptText
from onrecord.lexicon.load import word_list
from onrecord.text.words import is_content

_TERMINAL: Final = re.compile(r"[.?!…؟。！？]")
_BREAK: Final = re.compile(r"--|[—–―]|\.\s?\.\s?\.|…| - |-\s|\s-")
_SET_OFF: Final = re.compile(r"[,;:.?!…—–―\n]|--| - ")
_TITLES: Final = word_list("wording.titles")
_LEAST_MARKED: Final = 3


class SentenceEdges:
    """Answers where sentences end in the transcripts of an index."""

    def __init__(self, index: TranscriptIndex) -> None:
        """Take the index."""
        self.index = index

    def between(self, place: int) -> str:
        """Give what stands between the word at ``place`` and the next, empty across turns."""
        index = self.index
        if place < 0 or place + 1 >= len(index) or index.turn_of(place) != index.turn_of(place + 1):
            return ""
        transcript = self._text_at(place)
        text, start, end = transcript.text, int(index.ends[place]), int(index.starts[place + 1])
        if end - start <= _LEAST_MARKED or not (marks := transcript.page_marks(start, end)):
            return text[start:end]
        # A page's own lines part no sentence: what was printed before and behind them counts.
        return f"{text[start : marks[0].start].rstrip()} {text[marks[-1].end : end].lstrip()}"

    def marks_between(self, place: int) -> str:
        """Give the quotation marks after the word at ``place``, made uniform (“ ” ‘ ’), up to the next of its turn."""
        if place < 0 or self.last_of_turn(place):
            return ""
        printed = self._text_at(place).marks.text[self.index.ends[place] : self.index.starts[place + 1]]
        return "".join(c for c in printed if c in "“”‘’")

    def _text_at(self, place: int) -> TranscriptText:
        return self.index.texts[self.index.turns[self.index.turn_of(place)].document]

    def known(self, document: int) -> bool:
        """Return whether a transcript marks where its sentences end."""
        return self.index.texts[document].is_punctuated

    def marked(self, start: int, end: int) -> list[Marked]:
        """Give the words at places ``start`` to ``end`` (exclusive), each with what is printed before it."""
        return [Marked(self.index.form_at(p), self.between(p - 1)) for p in range(start, end)]

    def last_of_turn(self, place: int) -> bool:
        """Return whether the word at ``place`` is the last of its turn."""
        return place + 1 >= len(self.index) or self.index.turn_of(place) != self.index.turn_of(place + 1)

    def ends(self, place: int) -> bool:
        """Return whether a sentence ends after the word at ``place``."""
        if place < 0 or self.last_of_turn(place):
            return True
        between = self.between(place)
        transcript = self._text_at(place)
        following = transcript.text[self.index.starts[place + 1]]
        if self._line_ends(transcript, between, following) or self._speech_ends(place, between, following):
            return True
        if not _TERMINAL.search(between) or (following.islower() and not transcript.is_uncased):
            return False
        return not self._abbreviated(place, between, following)

    def starts(self, place: int) -> bool:
        """Return whether a sentence starts with the word at ``place``."""
        return place <= 0 or self.ends(place - 1)

    def breaks(self, place: int) -> bool:
        """Return whether the speaker breaks off after the word at ``place``: a dash, an ellipsis, the turn's end."""
        return self.last_of_turn(place) or _BREAK.search(self.between(place)) is not None

    def set_off(self, place: int) -> bool:
        """Return whether any mark, or an edge of the turn, stands after the word at ``place``."""
        return place < 0 or self.last_of_turn(place) or _SET_OFF.search(self.between(place)) is not None

    def sentence(self, place: int, most: int = 80) -> tuple[int, int]:
        """Give the places (end exclusive) of the sentence around ``place``, ``most`` words each way at most."""
        start = place
        while start > 0 and place - start < most and not self.starts(start):
            start -= 1
        end = place
        while end - place < most and not self.ends(end):
            end += 1
        return start, end + 1

    def _abbreviated(self, place: int, between: str, following: str) -> bool:
        if not between.startswith(".") or "\n" in between or re.match(r"\.\s?\.", between):
            return False
        form = self.index.form_at(place)
        printed = self.index.span_of(place).of(self._text_at(place).text)
        if form in _TITLES or printed.casefold() in _TITLES:
            return True
        single = len(printed) == 1 and printed.isupper()
        initials = "." in printed and not form[0].isdigit()
        if single and form == "i":
            return False
        return (single or initials) and (not following.isupper() or is_content(self.index.form_at(place + 1)))

    def _speech_ends(self, place: int, between: str, following: str) -> bool:
        """Return whether, in a report that serves as the transcript, a quotation begins or is left here."""
        if not self._text_at(place).quotes:
            return False
        marks = self.marks_between(place)
        if any(mark in "“‘" for mark in marks):
            return following.isupper() and any(c in between for c in ":,")
        return bool(marks) and "," in between

    def _line_ends(self, transcript: TranscriptText, between: str, following: str) -> bool:
        """Return whether a line's end between two words is a sentence's: not where lines are wrapped."""
        if "\n" not in between:
            return False
        if "\n\n" in between.replace("\r", "").replace(" ", ""):
            return True
        return not transcript.is_wrapped and not following.islower()
