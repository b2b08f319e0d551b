"""A transcript's text, looked at once: what a page printed into it, whether it is whole, how its lines run.

Reads a transcript (:class:`~onrecord.document.Document`); answers are found when they are first asked for and kept as
long as the object is. Nothing is said to be missing from a transcript that breaks off or has no sentences.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import Final

from onrecord.comparison.speech.page_marks import page_marks
from onrecord.document import Document, Span
from onrecord.lexicon.load import alternatives, word_list
from onrecord.text.quotation_marks import IN_DOUBLE, Marks, read_marks

_PARTIAL: Final = re.compile(rf"\b(?:{alternatives(word_list('wording.partial_titles'))})\b", re.IGNORECASE)
_CUT: Final = re.compile(
    rf"^[ \t]*[\[(](?:\.\.\.|…|{alternatives(word_list('wording.cut_marks'))})[\])][ \t]*$",
    re.IGNORECASE | re.MULTILINE,
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
_IN_MARKS: Final = re.compile(
    '[“"][^“”"\n]{20,2000}[”"]'
)  # not read_marks: an odd mark would quote its whole paragraph
_REPORTED: Final = 0.15  # of a report's characters stand in quotation marks; of a speech's, hardly any
_REPORTING: Final = re.compile(rf"[”\"’'],?\s+(?:\w+\s+){{0,4}}?(?:{alternatives(word_list('wording.reporting'))})\b")
_REPORTINGS: Final = 2
_WRAPPED_LINES: Final = 4
_AT_THE_TOP: Final = 100_000
"""Characters by which a text is judged."""


class TranscriptText:
    """One transcript, or a report that serves as one."""

    def __init__(self, document: Document) -> None:
        """Take the document."""
        self.document, self.text = document, document.text

    @cached_property
    def _page_marks(self) -> tuple[Span, ...]:
        return page_marks(self.text)

    def page_marks(self, start: int, end: int) -> tuple[Span, ...]:
        """List the page's own lines that lie within ``text[start:end]``."""
        low = bisect_left(self._page_marks, start, key=lambda m: m.start)
        high = bisect_right(self._page_marks, end, key=lambda m: m.end)
        return self._page_marks[low:high]

    @cached_property
    def marks(self) -> Marks:
        """Its quotation marks made uniform, and what stands inside them."""
        return read_marks(self.text)

    def is_quoted(self, start: int, end: int) -> bool:
        """Return whether ``text[start:end]``, or some of it, stands in double quotation marks."""
        inside = self.marks.state.find(IN_DOUBLE, start, end) >= 0
        return inside or any(mark in self.marks.text[start:end] for mark in "“”")

    @cached_property
    def is_whole(self) -> bool:
        """Whether it may hold all that was said: no excerpt, no report, and it does not break off."""
        head = f"{self.document.title or ''}\n{self.text[:_HEAD]}"
        if _PARTIAL.search(head) or _CUT.search(self.text) or self.is_report:
            return False
        return not self._breaks_off()

    @cached_property
    def is_report(self) -> bool:
        """Whether it is a fuller report: nobody's turn is named, and much of it stands in marks."""
        if self.names_speakers:
            return False
        quoted = sum(m.end() - m.start() for m in _IN_MARKS.finditer(self.text))
        return quoted > _REPORTED * len(self.text)

    @cached_property
    def quotes(self) -> bool:
        """Whether it quotes, as a report does that serves as the transcript: words in marks with a verb of saying."""
        return len(_REPORTING.findall(self.text[:_AT_THE_TOP])) >= _REPORTINGS

    @cached_property
    def names_speakers(self) -> bool:
        """Whether any turn names who speaks."""
        return any(block.speaker for block in self.document.blocks)

    @cached_property
    def is_punctuated(self) -> bool:
        """Whether it has sentence marks enough to tell where a sentence begins and ends; a few words are taken to."""
        count = sum(1 for _ in _WORD.finditer(self.text))
        return count < _LEAST_WORDS or len(_TERMINAL.findall(self.text)) * _WORDS_A_SENTENCE >= count

    @cached_property
    def is_wrapped(self) -> bool:
        """Whether its lines were broken at a fixed width, so that a line's end is no sentence's."""
        lines = [line.rstrip() for line in self.text[: 2 * _AT_THE_TOP].splitlines() if line.strip()]
        open_lines = sum(1 for line in lines if line[-1].isalnum() or line[-1] == ",")
        return len(lines) > _WRAPPED_LINES and open_lines > 0.5 * len(lines) and max(map(len, lines)) <= 120

    @cached_property
    def is_uncased(self) -> bool:
        """Whether its sentences begin with small letters."""
        following = re.findall(r"[.?!]\s+(\w)", self.text[:_AT_THE_TOP])
        return 0.6 * len(following) > 1 and sum(map(str.islower, following)) > 0.6 * len(following)

    def _breaks_off(self) -> bool:
        """Return whether the text ends inside a sentence: by the last line that has some words."""
        for line in reversed(self.text.rstrip().splitlines()):
            said = line.strip()
            if not said or len(_WORD.findall(said)) < _LEAST_LAST_LINE or said.isupper():
                continue
            if said[0] in "([" and said[-1] in ")]":
                continue
            bare = said.rstrip(_CLOSING_MARKS)
            if not self.is_punctuated:
                return bare.rsplit(maxsplit=1)[-1].casefold() in _LEADS_ON
            return bool(bare) and (bare[-1].isalnum() or bare[-1] in _OPEN_ENDS or bare.endswith("..."))
        return False
