"""Where sentences begin and end in a transcript, and where a speaker breaks off.

Reads a :class:`TranscriptIndex`; answers for a place (a word's number in the index). Decided from what stands
between two words: no sentence is cut in advance, so that a long transcript costs nothing.
"""

from __future__ import annotations

import re
from typing import Final

from onrecord.comparison.alignment.index import TranscriptIndex
from onrecord.comparison.edits.qualifiers import Marked
from onrecord.lexicon.load import word_list
from onrecord.text.words import is_content

_TERMINAL: Final = re.compile(r"[.?!…؟。！？]")
_BREAK: Final = re.compile(r"--|[—–―]|\.\s?\.\s?\.|…| - |-\s|\s-")
_SET_OFF: Final = re.compile(r"[,;:.?!…—–―\n]|--| - ")
_OPENING: Final = re.compile(r"[“„«]|(?:^|\s)[\"‘']")
_CLOSING: Final = re.compile(r"[”»]|[\"’'](?:\s|$|[,.;])")
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
        transcript = index.texts[index.turns[index.turn_of(place)].document]
        text, start, end = transcript.text, int(index.ends[place]), int(index.starts[place + 1])
        if end - start <= _LEAST_MARKED or not (marks := transcript.page_marks(start, end)):
            return text[start:end]
        # A page's own lines part no sentence: what was printed before and behind them counts.
        return f"{text[start : marks[0].start].rstrip()} {text[marks[-1].end : end].lstrip()}"

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
        document = self.index.turns[self.index.turn_of(place)].document
        following = self.index.text_of(document)[self.index.starts[place + 1]]
        if self._line_ends(document, between, following) or self._speech_ends(document, between, following):
            return True
        if not _TERMINAL.search(between) or (following.islower() and not self.index.texts[document].is_uncased):
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
        text = self.index.text_of(self.index.turns[self.index.turn_of(place)].document)
        if form in _TITLES or text[self.index.starts[place] : self.index.ends[place]].casefold() in _TITLES:
            return True
        single = self.index.ends[place] - self.index.starts[place] == 1 and text[self.index.starts[place]].isupper()
        initials = "." in text[self.index.starts[place] : self.index.ends[place]] and not form[0].isdigit()
        if single and form == "i":
            return False
        return (single or initials) and (not following.isupper() or is_content(self.index.form_at(place + 1)))

    def _speech_ends(self, document: int, between: str, following: str) -> bool:
        """Return whether, in a report that serves as the transcript, a quotation begins or is left here."""
        opening, closing = _OPENING.search(between), _CLOSING.search(between)
        begins = opening is not None and following.isupper() and any(c in between for c in ":,")
        leaves = closing is not None and opening is None and "," in between
        return (begins or leaves) and self.index.texts[document].quotes

    def _line_ends(self, document: int, between: str, following: str) -> bool:
        """Return whether a line's end between two words is a sentence's: not where lines are wrapped."""
        if "\n" not in between:
            return False
        if "\n\n" in between.replace("\r", "").replace(" ", ""):
            return True
        return not self.index.texts[document].is_wrapped and not following.islower()
