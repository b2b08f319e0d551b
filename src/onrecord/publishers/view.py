"""Where everything on a page stands: documents looked up, their letters and names, places in the texts, marks.

Reads: the documents. A :class:`View` remembers every place that something on the page leads to, so that the texts,
which come last, carry those anchors and no others; and each statement and claim as it stands in the page's lists.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from onrecord.annotation import Annotations, Figure
from onrecord.document import Span
from onrecord.publishers import labels
from onrecord.publishers.copy_words import CopyWords
from onrecord.publishers.figure_words import FigureWords
from onrecord.publishers.naming import credit, letters
from onrecord.publishers.origin_words import OriginWords
from onrecord.publishers.passages import Run
from onrecord.publishers.texts import Mark, slugs
from onrecord.story import CoverageForm, Story
from onrecord.wording import Wording

_LETTER, _NO_LETTER = re.compile(r"[^\W\d_]"), re.compile(r"[\W\d_]")
_CONTEXT = 70
COVERAGE_SIGNS: dict[CoverageForm, str] = {"direct": "“{}”", "mixed": "“{}", "indirect": "{}", "own-voice": "•{}"}
"""How a cell of the coverage table writes a report's letter."""
CELL_CLASS: dict[CoverageForm, str] = {"direct": "q", "mixed": "m", "indirect": "i", "own-voice": "o"}


class Place(NamedTuple):
    """A place that a link leads to: its address, the letter of its document, and the document's name."""

    href: str
    letter: str
    name: str


class Item(NamedTuple):
    """A statement or claim in a list: its place, address and number, and the version whose words stand for it."""

    rank: int
    anchor: str
    number: str
    document: str
    span: Span
    versions: Mapping[str, tuple[Span, Wording | None]]
    speaker: str = ""
    cue: str = ""
    around: tuple[Run, ...] = ()


class CoverageCell(NamedTuple):
    """A cell of the coverage table: where it leads, its classes, its sign, and the same in words."""

    href: str
    classes: str
    sign: str
    says: str


class InContext(NamedTuple):
    """A phrase in the words around it, and where it stands."""

    place: Place
    before: str
    phrase: str
    after: str


class View:
    """Looks things up for one page."""

    def __init__(self, documents: Sequence[Annotations]) -> None:
        """Name the documents; ``documents`` in the order in which the page lists them."""
        self.documents = {a.id: a for a in documents}
        self.letters = letters(Story(tuple(documents)))
        self.figure_words = FigureWords(documents)
        self.origin_words = OriginWords(documents)
        self.copy_words = CopyWords(documents)
        self.slugs = slugs(self.documents)
        self.reports = [a.id for a in documents if a.document.kind == "report"]
        self.attributions = {(a.id, x.id): x for a in documents for x in a.attributions}
        self.figures: dict[tuple[str, str], Figure] = {(a.id, f.id): f for a in documents for f in a.figures}
        self._ids = _ids({each: self.title(each) for each in self.documents})
        self.order = {each: n for n, each in enumerate(self.documents)}
        self.items: dict[str, Item] = {}
        self.anchors: dict[str, set[Span]] = {each: set() for each in self.documents}
        self.marks: dict[str, list[Mark]] = {each: [] for each in self.documents}

    def anchor(self, document: str, span: Span) -> str:
        """Give the address of characters of a document, and have its text carry it."""
        self.anchors[document].add(span)
        return f"{self.slugs[document]}:{span.start}-{span.end}"

    def place(self, document: str, span: Span | None = None) -> Place:
        """Give the place of a document's characters, or of the document where no span is known."""
        href = self.anchor(document, span) if span is not None else f"d-{self.slugs[document]}"
        return Place(href, self.letters[document], self.title(document))

    def words(self, document: str, span: Span) -> str:
        """Look up a document's words."""
        return span.of(self.documents[document].text)

    def title(self, document: str) -> str:
        """Name a document: by its outlet, by who published it as far as the text tells, else by its id."""
        return self.documents[document].name

    def named(self, sentence: str) -> str:
        """Put the names of documents in the place of their ids in a sentence that the comparison wrote."""
        if self._ids is None:
            return sentence
        return self._ids.sub(lambda found: self.title(found[0]), sentence)

    def published(self, annotations: Annotations) -> dict[str, str] | None:
        """Say when a document was published, and where that was read."""
        published = annotations.document.published
        if published is None:
            return None
        return {
            "value": published.value,
            "day": published.day,
            "time": published.value[11:16],
            "from": labels.DATES_FROM[published.origin],
        }

    def in_context(self, document: str, span: Span) -> InContext:
        """Set a phrase in the words around it."""
        text = self.documents[document].text
        before = text[max(0, span.start - _CONTEXT) : span.start].rpartition("\n")[2]
        whole = span.start <= _CONTEXT or "\n" in text[span.start - _CONTEXT : span.start]
        after = text[span.end : span.end + _CONTEXT].partition("\n")[0]
        return InContext(
            self.place(document, span),
            before if whole else "…" + before.partition(" ")[2],
            span.of(text),
            after if len(after) < _CONTEXT else after.rpartition(" ")[0] + "…",
        )

    def runs(self, document: str, span: Span, own: Iterable[Span]) -> list[Run]:
        """Cut words into runs, those that are a report's own of the kind ``u``; neighbours are one run."""
        text = self.documents[document].text
        found: list[Run] = []
        at = span.start
        for word in own:
            if not span.holds(word) or word.start < at:
                continue
            gap = text[at : word.start]
            if found and not gap.strip():
                found[-1] = Run("u", f"{found[-1].words}{gap}{word.of(text)}")
            else:
                found += [Run("", gap), Run("u", word.of(text))]
            at = word.end
        return [*found, Run("", text[at : span.end])]

    def list_item(
        self,
        id_: str,
        anchor: str,
        document: str,
        span: Span,
        versions: Mapping[str, tuple[Span, Wording | None]],
        *,
        speaker: str = "",
        cue: str = "",
        around: tuple[Run, ...] = (),
    ) -> None:
        """Register a statement or claim as the next of the page's lists."""
        rank = len(self.items)
        self.items[id_] = Item(rank, anchor, id_, document, span, versions, speaker, cue, around)

    def item_words(self, id_: str, most: int) -> str:
        """Give the first words of a statement or claim, as the document that stands for it prints them."""
        found = self.items.get(id_)
        if found is None:
            return ""
        words = bare(" ".join(self.words(found.document, found.span).split()))
        return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + "…"

    def item_order(self, id_: str) -> int:
        """Order statements before claims, each in the order of the page."""
        found = self.items.get(id_)
        return found.rank if found is not None else 0

    def item_who(self, id_: str) -> str:
        """Say who said a statement, and by which cue where that changes the sense; a claim has nobody."""
        found = self.items.get(id_)
        return credit(found.speaker, found.cue) if found is not None and found.speaker else ""

    def coverage_cell(self, id_: str, document: str, form: CoverageForm) -> CoverageCell | None:
        """Give a cell of the coverage table: a letter with a sign for its form; ``None`` for an empty one."""
        if form == "not-reported":
            return None
        letter = self.letters[document]
        if form == "published-before":
            return CoverageCell("", "x", "×", f"{letter}, {labels.FORMS[form]}")
        found = self.items.get(id_)
        span, wording = found.versions.get(document, (None, None)) if found is not None else (None, None)
        serious = wording is not None and labels.GRAVITIES[labels.gravity(wording)] == "serious"
        return CoverageCell(
            self.place(document, span).href,
            CELL_CLASS[form] + (" g" if serious else ""),
            COVERAGE_SIGNS[form].format(letter) + ("!" if serious else ""),
            f"{letter}, {labels.FORMS[form]}{', ' + labels.SERIOUS if serious else ''}",
        )


def web_address(url: str | None) -> str | None:
    """Give an address that may be a link: http and https, and nothing that a browser would run."""
    return url if url is not None and re.match(r"https?://[^\s]+$", url, re.IGNORECASE) else None


def _ids(titles: Mapping[str, str]) -> re.Pattern[str] | None:
    """Write a pattern for the ids that mean only a document in a sentence, of documents whose name is theirs alone.

    An id that is a word or a number (``report``, ``12``) is left out: it would be found where it names no document.
    """
    often = Counter(titles.values())
    clear = [i for i, name in titles.items() if often[name] == 1 and _LETTER.search(i) and _NO_LETTER.search(i)]
    if not clear:
        return None
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(clear, key=len, reverse=True)))})(?![\w-])")


def bare(words: str) -> str:
    """Take off the quotation marks around words, unless that would leave one open inside."""
    stripped = words.strip(" ,“”\"'‘’«»„")
    even = (
        stripped.count('"') % 2 == 0
        and stripped.count("“") == stripped.count("”")
        and stripped.count("«") == stripped.count("»")
    )
    return stripped if even else words.strip(" ,")


__all__ = ["CELL_CLASS", "COVERAGE_SIGNS", "CoverageCell", "InContext", "Item", "Place", "View", "bare", "web_address"]
