"""What a page prints that nobody spoke: page numbers, running heads, advertisements and addresses inside a turn.

Reads a text; gives the spans of whole lines. They part no sentence and are nobody's words.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from onrecord.document import Span
from onrecord.lexicon.load import alternatives, word_list

_LINE: Final = re.compile(r"[^\n\f]+")
_PAGE: Final = rf"(?:{alternatives(word_list('wording.page_words'))})\s+"
_OF: Final = rf"\s*(?:/|{alternatives(word_list('wording.page_of'))})\s*\d{{1,4}}"
_NUMBER: Final = re.compile(rf"(?:{_PAGE})?\d{{1,4}}(?:{_OF})?", re.IGNORECASE)
_SIGNED_NUMBER: Final = re.compile(
    rf"[-–—\[(|]\s*(?:{_PAGE})?\d{{1,4}}\s*[-–—\])|]|{_PAGE}\d{{1,4}}(?:{_OF})?|\d{{1,4}}{_OF}", re.IGNORECASE
)
_NOTICES: Final = alternatives(word_list("wording.page_notices"))
_LINKS: Final = alternatives(word_list("wording.page_links"))
_NOTICE: Final = re.compile(
    rf"\(?(?:{_NOTICES})\)?|(?:{_LINKS}):? .*"
    r"|https?://\S+(?:\s+\d+/\d+)?|www\.\S+",
    re.IGNORECASE,
)
_LONGEST_HEAD: Final = 80
_LONGEST: Final = 200
_LEAST_HEADS: Final = 2


def page_marks(text: str) -> tuple[Span, ...]:
    """List the lines that a page's layout put among the words, in order; time is linear."""
    lines = [Span(*m.span()) for m in _LINE.finditer(text) if m.group().strip()]
    heads = Counter(shape for line in lines if (shape := _head(line.of(text).strip())))
    marks = []
    for number, line in enumerate(lines):
        words = line.of(text).strip()
        if len(words) > _LONGEST:
            continue
        before = text[lines[number - 1].end if number else 0 : line.start]
        after = text[line.end : lines[number + 1].start if number + 1 < len(lines) else len(text)]
        apart = before.count("\n") > 1 or "\f" in before or after.count("\n") > 1 or "\f" in after
        lone = apart and _NUMBER.fullmatch(words) is not None
        head = heads[_head(words)] >= _LEAST_HEADS or ("\f" in before and bool(_head(words)))
        if lone or _SIGNED_NUMBER.fullmatch(words) or _NOTICE.fullmatch(words) or (apart and head):
            marks.append(line)
    return tuple(marks)


def _head(line: str) -> str:
    """Give what a line would be as a running head, its numbers apart; empty where it cannot be one.

    A head is short, closed by no sentence mark, opens no turn, and is set in capitals or bears a number.
    """
    letters = [c for c in line if c.isalpha()]
    if not letters or len(line) > _LONGEST_HEAD or line[-1] in ".?!…:,;" or ":" in line or line[0] in "[(":
        return ""
    numbered = line[0].isdigit() or line[-1].isdigit()
    return re.sub(r"\d+", "#", line) if all(c.isupper() for c in letters) or numbered else ""
