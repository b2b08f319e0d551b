"""Where everything on a page stands: documents looked up, their letters and names, places in the texts, marks.

Reads: the documents. A :class:`View` remembers every place that something on the page leads to, so that the texts,
which come last, carry those anchors and no others; and each statement and claim as it stands in the page's lists.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from onrecord.annotation import Annotations, Figure
from onrecord.document import Span
from onrecord.publishers import labels
from onrecord.publishers.copy_words import CopyWords
from onrecord.publishers.date_words import why_doubted
from onrecord.publishers.figure_words import FigureWords
from onrecord.publishers.naming import credit, letters
from onrecord.publishers.origin_words import OriginWords
from onrecord.publishers.passages import FORM_CLASS
from onrecord.publishers.texts import Mark, render, shown, slugs
from onrecord.story import CoverageForm as Carried
from onrecord.story import Story
from onrecord.wording import Wording

_LETTER, _NO_LETTER = re.compile(r"[^\W\d_]"), re.compile(r"[\W\d_]")
_CONTEXT = 70
_LINE = 140
COVERAGE_SIGNS: dict[Carried, str] = {"direct": "“{}”", "mixed": "“{}", "indirect": "{}", "own-voice": "•{}"}
"""How a cell of the coverage table writes a report's letter."""
_CELL_CLASS: dict[Carried, str] = {"direct": "q", "mixed": "m", "indirect": "i", "own-voice": "o"}


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
    whole: Markup = Markup("")


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
        self._anchors: dict[str, set[Span]] = {each: set() for each in self.documents}
        self.marks: dict[str, list[Mark]] = {each: [] for each in self.documents}

    # Places in the texts

    def anchor(self, document: str, span: Span) -> str:
        """Give the address of characters of a document, and have its text carry it."""
        self._anchors[document].add(span)
        return f"{self.slugs[document]}:{span.start}-{span.end}"

    def letter_link(self, document: str, span: Span | None) -> Markup:
        """Write a document's letter as a link to its characters, or to the document where no span is known."""
        href = self.anchor(document, span) if span is not None else f"d-{self.slugs[document]}"
        return Markup('<a class="l" href="#{}" title="{}">{}</a>').format(
            href, self.title(document), self.letters[document]
        )

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
        time = published.value[11:16]
        return {
            "value": published.value,
            "day": published.day,
            "time": time,
            "from": labels.DATES_FROM[published.origin],
        }

    def in_context(self, document: str, span: Span) -> dict[str, Any]:
        """Set a phrase in the words around it."""
        text = self.documents[document].text
        before = text[max(0, span.start - _CONTEXT) : span.start].rpartition("\n")[2]
        whole = span.start <= _CONTEXT or "\n" in text[span.start - _CONTEXT : span.start]
        after = text[span.end : span.end + _CONTEXT].partition("\n")[0]
        return {
            "link": self.letter_link(document, span),
            "name": self.title(document),
            "before": before if whole else "…" + before.partition(" ")[2],
            "phrase": span.of(text),
            "after": after if len(after) < _CONTEXT else after.rpartition(" ")[0] + "…",
        }  # fmt: skip

    def marked(self, document: str, span: Span, own: Sequence[Span]) -> Markup:
        """Write words with those underlined that are a report's own."""
        text = self.documents[document].text
        out: list[str] = []
        at = span.start
        for word in own:
            if span.holds(word) and word.start >= at:
                gap = text[at : word.start]
                if out and not gap.strip():
                    out.append(f"{shown(gap)}{shown(word.of(text))}")
                    joined = "".join(out[-2:]).replace("</u>", "") + "</u>"
                    out[-2:] = [joined]
                else:
                    out.append(f"{shown(gap)}")
                    out.append(f"<u>{shown(word.of(text))}</u>")
                at = word.end
        out.append(str(shown(text[at : span.end])))
        return Markup("".join(out))  # noqa: S704 - every piece went through shown()

    # Items: statements and claims alike

    def list_item(
        self,
        id_: str,
        anchor: str,
        document: str,
        span: Span,
        versions: Mapping[str, tuple[Span, Wording | None]],
        **more: Any,
    ) -> None:
        """Register a statement or claim as the next of the page's lists; ``more`` are fields of :class:`Item`."""
        self.items[id_] = Item(len(self.items), anchor, id_, document, span, versions, **more)

    def item_words(self, id_: str, most: int) -> str:
        """Give the first words of a statement or claim, as the document that stands for it prints them."""
        found = self.items.get(id_)
        if found is None:
            return ""
        words = _bare(" ".join(self.words(found.document, found.span).split()))
        return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + "…"

    def item_order(self, id_: str) -> int:
        """Order statements before claims, each in the order of the page."""
        found = self.items.get(id_)
        return found.rank if found is not None else 0

    def item_link(self, id_: str) -> Markup:
        """Write the number of a statement or claim as a link to it."""
        found = self.items.get(id_)
        return Markup('<a href="#{}">{}</a>').format(found.anchor, found.number) if found is not None else Markup("?")

    def item_who(self, id_: str) -> Markup:
        """Write who said a statement, and by which cue where that changes the sense; a claim has nobody."""
        found = self.items.get(id_)
        if found is None or not found.speaker:
            return Markup("")
        return Markup("<b>{}</b> ").format(shown(credit(found.speaker, found.cue)))

    def item_line(self, id_: str) -> Markup:
        """Write a statement or claim as a line of a list: who said it, and its words, whole where they are no quote."""
        found = self.items.get(id_)
        if found is None:
            return Markup("")
        words = found.whole or shown(self.item_words(id_, _LINE))
        who = Markup("<b>{}</b> ").format(shown(f"{found.speaker}:")) if found.speaker else Markup("")
        return Markup("{} {}{}").format(self.item_link(id_), who, words)

    def coverage_cell(self, id_: str, document: str, carried: Carried) -> Markup:
        """Write one cell of the coverage table: a letter with a sign for its kind, and the kind in words."""
        if carried == "not-reported":
            return Markup("<td>")
        if carried == "published-before":
            return Markup('<td class="x">×')
        found = self.items.get(id_)
        span, wording = found.versions.get(document, (None, None)) if found is not None else (None, None)
        href = self.anchor(document, span) if span is not None else f"d-{self.slugs[document]}"
        serious = wording is not None and labels.GRAVITIES[labels.gravity(wording)] == "serious"
        letter = self.letters[document]
        sign = COVERAGE_SIGNS[carried].format(letter) + ("!" if serious else "")
        says = f"{letter}, {labels.FORMS[carried]}{', ' + labels.SERIOUS if serious else ''}"
        return Markup('<td><a class="{}{}" href="#{}" aria-label="{}">{}</a>').format(
            _CELL_CLASS[carried], " g" if serious else "", href, says, sign
        )

    def first_item(self, document: str, paragraph: Span | None, items: Iterable[str]) -> Markup | None:
        """Find which of a report's statements stands first in it from its first paragraph on."""
        start = paragraph.start if paragraph is not None else 0
        places = ((found[0].start, each) for each in items if (found := self.items[each].versions.get(document)))
        first = min((place for place in places if place[0] >= start), key=lambda place: place[0], default=None)
        return self.item_line(first[1]) if first is not None else None

    # Texts

    def texts(self, story: Story | None = None) -> list[dict[str, Any]]:
        """Write every document's text with its marks; call it last, when all anchors are known."""
        for n, copy in enumerate(story.copies if story is not None else ()):
            for reuse in copy.passages:
                both = ((copy.document, reuse.document), (copy.of, reuse.of))
                for document, span in both if copy.of in self.documents else both[:1]:
                    self.marks[document].append(
                        Mark(span.start, span.end, "c", self.anchor(document, span), f"c-{n}-{reuse.document.start}")
                    )
        marked = {(d, s.start, s.end) for d, ms in self.marks.items() for s in ms}
        result = []
        for id_, each in self.documents.items():
            marks = _once(self.marks[id_])
            carried = {m.anchor for m in marks}
            for span in sorted(self._anchors[id_]):
                anchor = f"{self.slugs[id_]}:{span.start}-{span.end}"
                if anchor not in carried:
                    marks.append(Mark(span.start, span.end, "", anchor))
            marks.extend(
                Mark(s.start, s.end, FORM_CLASS[a.form])
                for a in each.attributions
                if a.act == "utterance"
                for s in a.content
                if (id_, s.start, s.end) not in marked
            )
            result.append(
                {
                    "slug": self.slugs[id_], "letter": self.letters[id_], "document": each.document,
                    "name": self.title(id_), "published": self.published(each), "doubt": why_doubted(each),
                    "html": render(each.document, marks), "url": web_address(each.document.url),
                    "kind": each.document.kind,
                }
            )  # fmt: skip
        return result


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


def _bare(words: str) -> str:
    """Take off the quotation marks around words, unless that would leave one open inside."""
    bare = words.strip(" ,“”\"'‘’«»„")
    even = bare.count('"') % 2 == 0 and bare.count("“") == bare.count("”") and bare.count("«") == bare.count("»")
    return bare if even else words.strip(" ,")


def _once(marks: Sequence[Mark]) -> list[Mark]:
    """Drop marks that would carry an anchor a second time, keeping what a reader can follow."""
    found: dict[object, Mark] = {}
    for mark in marks:
        key = mark.anchor or (mark.start, mark.end, mark.kind)
        if key not in found or (mark.note and not found[key].note):
            found[key] = mark
        elif mark.note and found[key].note != mark.note:
            found[mark.start, mark.end, mark.note] = mark._replace(anchor=None)
    return list(found.values())


__all__ = ["COVERAGE_SIGNS", "Item", "View", "web_address"]
