"""What each part of a document is: told from where it stands and how it is worded.

Reads :class:`~onrecord.document.Document`; gives it back with ``blocks`` filled, and with ``title``, ``byline`` and
``published`` where the text tells them and they were not known. Blocks that the reader found (a page's headings, a
transcript's turns) are kept and refined: only what it calls a paragraph is looked at anew.

A line is called anything but a paragraph only on a sign that prose does not carry; what is in doubt stays prose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import msgspec

from onrecord.annotators.layout.boilerplate import (
    TERMINAL,
    closes_caption,
    is_link,
    is_picture_label,
    is_run_into_headline,
    is_shown_post,
    opens_caption,
)
from onrecord.annotators.layout.bylines import (
    Byline,
    agency_byline,
    byline,
    dateline,
    day_in,
    is_credit,
    is_end_note,
    leading_credit,
    trailing_credit,
)
from onrecord.document import Block, BlockKind, DateOrigin, Document, Published, Span
from onrecord.lexicon.load import word_list
from onrecord.lexicon.patterns import pattern
from onrecord.text.lines import paragraphs
from onrecord.text.words import words

_HEADLINE = 220
"""Characters: no headline is longer."""
_OPENING = 8
"""Blocks: headlines, bylines and datelines stand among the first so many."""
_LABEL = 420
"""Characters: captions and links to read more are no longer."""

_SENTENCE_END = re.compile(r"[.!?…:;,](?:[\"'”’»)\]]|\s)*$")
_CLOSING = re.compile(r"[.!?]?[\"'”’»)\]]*[.!?]?")
_LIST_ENDS = tuple(word_list("layout.list_ends"))
_TIME_HEADING = pattern("layout.time_heading")
_SENTENCE_INSIDE = re.compile(r"[.!?][\"'”’)]?\s+[\"'“‘(]?[A-Z]")
_REPORTS = pattern("layout.reports")
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?=/|-|$|\D)")


def find_blocks(document: Document) -> Document:
    """Fill in what each part of the text is, in time linear in its length; nothing raises on a text of any kind.

    ``published`` from a byline has the origin ``"byline"``, from a dateline ``"dateline"``, from the path of the
    document's address ``"address"``; what was known before is kept.
    """
    if document.kind == "transcript":
        search = _of_transcript(document)
    else:
        given = document.blocks or tuple(Block("paragraph", s.start, s.end) for s in paragraphs(document.text))
        search = _Search(document.text, _variants(document.title), list(given))
        search.run()
    return _reported(document, search)


def _of_transcript(document: Document) -> _Search:
    """Look only at what stands above the first turn: title, place and date."""
    text = document.text
    blocks = document.blocks or tuple(_one_turn(text))
    turns = next((i for i, block in enumerate(blocks) if block.kind in {"turn", "turn-label"}), len(blocks))
    search = _Search(text, _variants(document.title), list(blocks[:turns]))
    for number, block in enumerate(search.given):
        line = text[block.start : block.end]
        if number == 0 and block.kind == "paragraph" and len(line) <= _HEADLINE:
            search.title = line
            search.add("headline", block.span)
        elif block.kind == "paragraph" and (found := byline(line)) is not None:
            search.note(found)
            search.add("byline", block.span)
        else:
            if search.day is None and len(line) <= _HEADLINE and (day := day_in(line)):
                search.day, search.origin = day, "dateline"
            search.blocks.append(block)
    search.blocks += blocks[turns:]
    return search


def _one_turn(text: str) -> list[Block]:
    bare = text.strip()
    start = len(text) - len(text.lstrip())
    return [Block("turn", start, start + len(bare))] if bare else []


def _reported(document: Document, search: _Search) -> Document:
    published = document.published
    if published is None and search.day is not None:
        published = Published(search.day, search.origin)
    if published is None and document.url and (day := _day_of_address(document.url)):
        published = Published(day, "address")
    return msgspec.structs.replace(
        document,
        title=document.title or search.title,
        byline=document.byline or search.names,
        published=published,
        blocks=tuple(dict.fromkeys(sorted(search.blocks, key=lambda block: (block.start, -block.end)))),
    )


def _day_of_address(url: str) -> str | None:
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    match = _URL_DAY.search(path)
    if match is None:
        return None
    year, month, day = match.groups()
    return day_in(f"{year}-{month}-{day}" if month.isdigit() else f"{day} {month} {year}")


def _variants(title: str | None) -> list[list[str]]:
    """Give the title's folded words, and without what follows its last bar or dash (an outlet's name)."""
    if not title:
        return []
    shorter = re.split(r"\s[|–—-]\s(?=[^|–—]*$)", title)[0]
    return [[word.folded for word in words(variant)] for variant in dict.fromkeys((title, shorter)) if variant]


@dataclass
class _Search:
    """One walk over a report's lines; ``titles`` are the folded words of headlines known so far."""

    text: str
    titles: list[list[str]]
    given: list[Block]
    blocks: list[Block] = field(default_factory=list)
    title: str | None = None
    names: str | None = None
    day: str | None = None
    origin: DateOrigin = "byline"
    headed: bool = False
    dated: bool = False
    reported: int = 0
    punctuated: bool = True

    def add(self, kind: BlockKind, span: Span) -> None:
        """Set a block, and within captions and paragraphs the credit that closes them."""
        if span.start >= span.end:
            return
        self.blocks.append(Block(kind, span.start, span.end))
        if (
            kind in {"caption", "paragraph"}
            and (credit := trailing_credit(self.text, span))
            and credit.start > span.start
        ):
            self.blocks.append(Block("credit", credit.start, credit.end))

    def note(self, found: Byline) -> None:
        """Keep the first names and the first day that bylines tell."""
        self.names = self.names or found.names
        if self.day is None and found.day is not None:
            self.day, self.origin = found.day, "byline"

    def run(self) -> None:
        """Name every given block in turn."""
        self._set_aside()
        lines = [Span(block.start, block.end) for block in self.given]
        ended = sum(1 for line in lines if TERMINAL.search(self.text, max(line.start, line.end - 8), line.end))
        self.punctuated = ended * 2 > len(lines)
        after_more = False
        for number, block in enumerate(self.given):
            if block.kind != "paragraph":
                self._keep(block)
                continue
            kind = self._name(number, lines)
            late = number >= len(lines) - _OPENING
            if after_more and kind in {"paragraph", "subheading"} and late and len(block.span) <= 120:
                kind = "read-more"
            after_more = kind == "read-more" and (after_more or (late and self._opens_list(block.span)))
            self._settle(kind, block.span)

    def _set_aside(self) -> None:
        """Leave what stands inside another block as it is, and a line of dashes or stars, which is nothing itself."""
        given, end = [], 0
        for block in self.given:
            if block.start < end:
                self.blocks.append(block)
            elif _has_words(self.text, block):
                given.append(block)
            end = max(end, block.end)
        self.given = given

    def _keep(self, block: Block) -> None:
        """Take over what the reader named, with the credit that a caption closes with."""
        if block.kind == "headline" and not self.headed:
            self._head(block.span)
        elif block.kind == "subheading" and self._repeats(block.span) == block.end:
            self.add("repeated-headline", block.span)
        elif block.kind == "caption":
            self.add("caption", block.span)
        else:
            self.blocks.append(block)

    def _opens_list(self, span: Span) -> bool:
        return len(span) < 40 and self.text[span.start : span.end].rstrip().endswith(_LIST_ENDS)

    def _settle(self, kind: BlockKind, span: Span) -> None:
        if kind == "headline":
            self._head(span)
        elif kind == "repeated-headline":
            end = self._repeats(span) or span.end
            self.add("repeated-headline", Span(span.start, end))
            self._glued(Span(end, span.end))
        elif kind == "paragraph":
            self._paragraph(span)
        else:
            self.add(kind, span)

    def _head(self, span: Span) -> None:
        """Set the headline; what is glued behind the known title is looked at by itself."""
        end = self._repeats(span) or span.end
        self.headed = True
        self.title = " ".join(self.text[span.start : end].split())
        self.titles.append([word.folded for word in words(self.title)])
        self.add("headline", Span(span.start, end))
        self._glued(Span(end, span.end))

    def _glued(self, span: Span) -> None:
        """Name what follows a headline on its own line: a caption, a byline, or the text."""
        printed = self.text[span.start : span.end]
        start = span.start + len(printed) - len(printed.lstrip(" \t\r\n\xa0|–—-"))
        rest = Span(start, span.end)
        if start >= span.end:
            return
        line = self.text[start : min(span.end, start + 2 * _LABEL)]
        if found := byline(line):
            self.note(found)
            self.add("byline", rest)
        elif is_run_into_headline(line) or trailing_credit(self.text, rest) or self._is_caption(rest, line):
            self.add("caption", rest)
        else:
            self._paragraph(rest)

    def _paragraph(self, span: Span) -> None:
        self.add("paragraph", span)
        self.reported += 1
        found = dateline(self.text, span)
        if found is None:
            return
        line, day, certain = found
        # Capitals and a dash alone may also open an item of a list: they make a dateline only where the text begins.
        if certain or (not self.dated and self.reported <= 3):
            self.dated = True
            self.blocks.append(Block("dateline", line.start, line.end))
            if self.day is None and day is not None:
                self.day, self.origin = day, "dateline"

    def _name(self, number: int, lines: Sequence[Span]) -> BlockKind:
        span = lines[number]
        line = self.text[span.start : min(span.end, span.start + 2 * _LABEL)]
        if headline := self._headline(number, lines, line):
            return headline
        if len(span) > 2 * _LABEL:
            return "paragraph"
        return self._small_print(number, lines, line) or self._label(span, line) or self._heading(number, lines, line)

    def _headline(self, number: int, lines: Sequence[Span], line: str) -> BlockKind | None:
        span = lines[number]
        end = self._repeats(span) if number < _OPENING or len(span) <= _HEADLINE else None
        if end is not None and (end == span.end or number < _OPENING):
            return "repeated-headline" if self.headed else "headline" if number < _OPENING else None
        if self.headed or number >= 2 or len(span) > _HEADLINE or len(lines) < 2:
            return None
        return "headline" if self._looks_like_headline(number, lines, line) else None

    def _looks_like_headline(self, number: int, lines: Sequence[Span], line: str) -> bool:
        """Tell a headline that no title vouches for: short, unpunctuated, above prose, and worded like the title."""
        span = lines[number]
        reported = [word.folded for word in words(line)]
        below = lines[number + 1 : number + 1 + _OPENING]
        above = {block.kind for block in self.blocks} - {"caption", "credit", "byline", "read-more"}
        if not 2 <= len(reported) <= 32 or above or not any(self._is_prose(other) for other in below):
            return False
        if self._small_print(number, lines, line) or self._label(span, line) or dateline(self.text, span):
            return False
        if not self.titles:
            return _ends_like_headline(line)
        title = self.titles[0]
        if len(reported) > 2 and reported == title[: len(reported)]:
            return True  # the title goes on with the line below
        shared = len(set(reported) & set(title))
        return shared * 2 >= min(len(set(reported)), len(set(title))) and _SENTENCE_END.search(line) is None

    def _is_prose(self, span: Span) -> bool:
        """Tell a paragraph by its length, or by a shorter length and a full stop."""
        return len(span) >= 80 or (
            len(span) >= 40 and TERMINAL.search(self.text, max(span.start, span.end - 8), span.end) is not None
        )

    def _repeats(self, span: Span) -> int | None:
        """Give where a known headline ends that this line opens with, a closing mark included; else ``None``."""
        first = words(self.text, span.start, min(span.end, span.start + 40)) if self.titles else []
        if not first or first[0].folded not in {title[0] for title in self.titles if title}:
            return None  # most lines part from every headline at their first word
        opening = words(self.text, span.start, min(span.end, span.start + 2 * _HEADLINE))
        for title in sorted(self.titles, key=len, reverse=True):
            reported = [word.folded for word in (opening[: len(title)] if len(title) > 2 else opening)]
            if reported != title:
                continue  # of a title of one word or two, only the same line is a repetition
            end = opening[len(title) - 1].end
            mark = _CLOSING.match(self.text, end, span.end)
            end = mark.end() if mark else end
            rest = self.text[end : span.end].lstrip()
            rest = rest if any(character.isalnum() for character in rest) else ""
            # Prose may open with the headline's words and go on; a headline run into a caption begins anew.
            if not rest or (len(title) > 3 and rest[0] not in ",;:'’-" and not rest[0].islower()):
                return span.end if not rest else end
        return None

    def _small_print(self, number: int, lines: Sequence[Span], line: str) -> BlockKind | None:
        if _TIME_HEADING.match(line):
            return "subheading"
        edge = number < _OPENING or number >= len(lines) - 4
        if edge and len(line) <= 260:
            found = byline(line) or (agency_byline(line) if number < _OPENING else None)
            if found is not None:
                if number < _OPENING or self.day is None:
                    self.note(found)
                return "byline"
        if number >= len(lines) - 6 and is_end_note(line):
            return "byline"
        return "credit" if number > 0 and is_credit(line) and not line.startswith("Enlarge") else None

    def _label(self, span: Span, line: str) -> BlockKind | None:
        if self._is_caption(span, line):
            return "caption"
        if is_shown_post(line):
            return "block-quotation"
        if is_link(line, len(span)):
            return "read-more"
        return None

    def _is_caption(self, span: Span, line: str) -> bool:
        if is_picture_label(line):
            return True
        credit = trailing_credit(self.text, span)
        if credit is not None and credit.start > span.start and (len(span) <= _LABEL or opens_caption(line)):
            before = self.text[max(span.start, credit.start - 8) : credit.start]
            printed = self.text[credit.start : credit.end]
            # "… he said. (AP)" closes an agency's prose; a picture's credit names a person, or follows no full stop.
            if "/" in printed or "hoto" in printed or "mage" in printed or not TERMINAL.search(before):
                return True
        if opens_caption(line) or closes_caption(line):
            return len(span) <= _LABEL and not line.startswith(("“", '"'))
        return len(span) <= _LABEL and leading_credit(line) and not TERMINAL.search(line)

    def _heading(self, number: int, lines: Sequence[Span], line: str) -> BlockKind:
        """Tell a heading between paragraphs from prose without a full stop."""
        short = len(line) <= 80 and len(line.split()) <= 12
        if not short or not self.punctuated or number + 1 >= len(lines) or not self.blocks:
            return "paragraph"
        if _SENTENCE_END.search(line) and not (line.endswith("?") and _in_title_case(line)):
            return "paragraph"
        if line[0].islower() or line[0] in '“"' or _SENTENCE_INSIDE.search(line) or _REPORTS.search(line):
            return "paragraph"
        below = lines[number + 1]
        prose = len(below) > 50 and TERMINAL.search(self.text, max(below.start, below.end - 8), below.end)
        return "subheading" if prose and line.count("“") == line.count("”") else "paragraph"


def _has_words(text: str, block: Block) -> bool:
    return block.end - block.start > _LABEL or any(map(str.isalnum, text[block.start : block.end]))


def _ends_like_headline(line: str) -> bool:
    """Tell by the end: no full stop, or words in title case before it."""
    if _SENTENCE_INSIDE.search(line) and line.rstrip().endswith("."):
        return False
    if not line.rstrip().endswith((".", ":", ",", ".”", '."')):
        return True
    return _in_title_case(line)


def _in_title_case(line: str) -> bool:
    long_words = [word for word in line.split() if len(word) > 3 and word[0].isalpha()]
    if len(long_words) < 3:
        return line.isupper()
    return sum(word[0].isupper() for word in long_words) * 10 >= len(long_words) * 8
