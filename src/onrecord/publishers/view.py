"""What the page's templates print: findings looked up, put in words and given their places in the texts.

Reads: Story, Check. A :class:`View` remembers every place that something on the page leads to, so that the texts, which
come last, carry those anchors and no others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from onrecord.annotation import Annotations, Figure, Form
from onrecord.document import Span
from onrecord.publishers import labels
from onrecord.publishers.collation import Base, Cell, Row, Telling, collate
from onrecord.publishers.naming import (
    MORE_THAN_ONE,
    denial,
    letters,
    statement_speaker,
)
from onrecord.publishers.texts import Mark, render, shown, slugs
from onrecord.story import Check, Flag, Severity, Statement, Story, Verdict
from onrecord.story import Telling as HowTold

_LEANS = re.compile(r"[,.;:!?…’”)\]]")
_LETTER, _NO_LETTER = re.compile(r"[^\W\d_]"), re.compile(r"[\W\d_]")
_SENTENCE = 220
_CONTEXT = 70
_GLYPHS: dict[HowTold, str] = {"direct": "q", "mixed": "m", "indirect": "i", "own-voice": "o"}


class RowView(NamedTuple):
    """One line of a statement: who prints these words, the words, and what is to be said of them."""

    letters: list[Markup]
    words: Markup
    aligned: bool
    verdict: Verdict | None
    flags: tuple[Flag, ...]
    form: Form
    chains: list[Markup]
    severity: Severity | None = None
    denies: str = ""


class StatementView(NamedTuple):
    """A statement, or a checked quotation, ready to print."""

    id: str
    number: str
    speaker: str
    speaker_id: str
    base: dict[str, Any] | None
    rows: list[RowView]
    tellers: list[str]
    because: str
    origins: str
    gravity: int
    set_against: str


class CheckView(NamedTuple):
    """A checked article, ready to print."""

    annotations: Annotations
    letter: str
    slug: str
    style: str
    quotations: list[StatementView]
    counts: list[tuple[Severity, int]]
    transcripts: list[str]


class FactView(NamedTuple):
    """A claim, ready to print: its tellings, those of the same words together."""

    id: str
    number: str
    tellings: list[dict[str, Any]]
    tellers: list[str]


class View:
    """Looks things up for one page."""

    def __init__(self, documents: Sequence[Annotations]) -> None:
        """Name the documents; ``documents`` in the order in which the page lists them."""
        self.documents = {a.id: a for a in documents}
        self.letters = letters(Story(tuple(documents)))
        self.slugs = slugs(self.documents)
        self.reports = [a.id for a in documents if a.document.kind == "report"]
        self.attributions = {(a.id, x.id): x for a in documents for x in a.attributions}
        self.figures: dict[tuple[str, str], Figure] = {(a.id, f.id): f for a in documents for f in a.figures}
        self.numbers: dict[str, str] = {}
        self._ids = _ids({each: self.title(each) for each in self.documents})
        self.order = {each: n for n, each in enumerate(self.documents)}
        self._items: dict[str, dict[str, Any]] = {}
        self._anchors: dict[str, set[Span]] = {each: set() for each in self.documents}
        self._marks: dict[str, list[Mark]] = {each: [] for each in self.documents}

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

    def sentence_around(self, document: str, span: Span) -> str:
        """Look up the sentence that holds a span, or the line where sentences are not known."""
        annotations = self.documents[document]
        found = next((s for s in annotations.sentences if s.start <= span.start < s.end), None)
        if found is None:
            start = annotations.text.rfind("\n", 0, span.start) + 1
            end = annotations.text.find("\n", span.end)
            found = Span(start, end if end >= 0 else len(annotations.text))
        words = found.of(annotations.text)
        return words if len(words) <= _SENTENCE else words[: _SENTENCE - 1].rsplit(" ", 1)[0] + "…"

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

    # Statements

    def statements(self, story: Story) -> list[StatementView]:
        """Order and number statements, the most told first, and set each one's tellings one over the other."""
        names = {s.id: s.name for s in story.speakers}
        ordered = sorted(story.statements, key=lambda s: -len({v.document for v in s.variants}))
        self.numbers = {s.id: str(n) for n, s in enumerate(ordered, 1)}
        return [self._statement(s, self._speaker(s, names)) for s in ordered]

    def _speaker(self, statement: Statement, names: Mapping[str, str]) -> str:
        versions = [
            (self.documents[v.document].text, self.attributions[v.document, v.attribution]) for v in statement.variants
        ]
        return statement_speaker(statement, names.get(statement.speaker or ""), versions)

    def _statement(self, statement: Statement, speaker: str) -> StatementView:
        tellings = []
        for variant in statement.variants:
            found = self.attributions[variant.document, variant.attribution]
            tellings.append(Telling(variant.document, found.id, found.content, found.form, variant.wording))
        tellers = list(dict.fromkeys(v.document for v in statement.variants))
        group = f"s-{statement.id}"
        number = self.numbers[statement.id]
        base, rows = collate(tellings, self.documents, statement.consensus)
        self._mark_tellings(tellings, group, number, "Statement")
        first = _telling_most(tellings)
        self._items[statement.id] = {
            "anchor": group, "number": number, "speaker": " ".join(filter(None, (speaker, self._denial(first)))),
            "document": first.document, "span": first.content[0],
            "tellings": {t.document: t for t in reversed(tellings)},
        }  # fmt: skip
        origins = statement.origins
        set_against = self.letters[base.document] if base and not base.spoken and len(rows) > 1 else ""
        return StatementView(
            id=statement.id,
            number=number,
            speaker=speaker,
            speaker_id=statement.speaker or "",
            base=self._base(base, speaker) if base is not None and base.spoken else None,
            rows=[self._row(row) for row in rows],
            tellers=tellers,
            because=origins.because if origins else "",
            origins=_interval(origins.low, origins.high) if origins else "",
            gravity=max((_gravity(t.wording.verdict) for t in tellings if t.wording), default=0),
            set_against=set_against,
        )

    def _base(self, base: Base, speaker: str) -> dict[str, Any]:
        said = base.speaker if base.speaker and _last(base.speaker) != _last(speaker) else ""
        return {"link": self.letter_link(base.document, base.span), "words": cells(base.cells), "speaker": said}

    def _row(self, row: Row, severity: Severity | None = None) -> RowView:
        first = row.tellings[0]
        told = sorted(row.tellings, key=lambda t: self.order[t.document])
        links = [self.letter_link(t.document, t.content[0]) for t in told]
        chains = [c for t in row.tellings if (c := self._chain(t)) is not None]
        verdict = first.wording.verdict if first.wording else None
        flags = first.wording.flags if first.wording else ()
        return RowView(
            links, cells(row.cells), row.aligned, verdict, flags, first.form, chains, severity, self._denial(first)
        )

    def _denial(self, telling: Telling) -> str:
        """Give the cue by which a telling's words are denied, or nothing."""
        attribution = self.attributions.get((telling.document, telling.id))
        return "" if attribution is None else denial(self.documents[telling.document].text, attribution) or ""

    def _chain(self, telling: Telling) -> Markup | None:
        """Write through whom a document has the words, nearest to it first, each link leading to its evidence."""
        attribution = self.attributions.get((telling.document, telling.id))
        if attribution is None or not attribution.via:
            return None
        links = [
            Markup('<a href="#{}">{}</a>').format(self.anchor(telling.document, Span(v.start, v.end)), shown(v.name))
            for v in attribution.via
        ]
        return Markup("{} has it from {}").format(
            self.letters[telling.document], Markup(", which has it from ").join(links)
        )

    def _mark_tellings(self, tellings: Sequence[Telling], group: str, number: str, what: str) -> None:
        shared = (
            group if len({t.document for t in tellings}) >= MORE_THAN_ONE or any(_spoken(t) for t in tellings) else ""
        )
        noted: set[str] = set()
        for telling in tellings:
            for n, span in enumerate(telling.content):
                last = n == len(telling.content) - 1
                self._marks[telling.document].append(
                    Mark(
                        span.start, span.end, _FORM_CLASS[telling.form], self.anchor(telling.document, span), shared,
                        number if last else "", group, f"{what} {number}",
                    )
                )  # fmt: skip
            for passage in telling.wording.passages if telling.wording else ():
                if passage.document in self._marks and self.documents[passage.document].document.kind == "transcript":
                    span = Span(passage.start, passage.end)
                    first = passage.document not in noted
                    noted.add(passage.document)
                    self._marks[passage.document].append(
                        Mark(
                            span.start, span.end, "q", self.anchor(passage.document, span), group,
                            number if first else "", group, f"{what} {number}",
                        )
                    )  # fmt: skip

    # Facts

    def facts(self, story: Story) -> list[FactView]:
        """Order and number claims, the most told first."""
        ordered = sorted(story.claims, key=lambda k: -len({m.document for m in k.members}))
        result = []
        for n, claim in enumerate(ordered, 1):
            tellers = list(dict.fromkeys(m.document for m in claim.members))
            group, number = f"k-{claim.id}", f"F{n}"
            rows: dict[tuple[str, str | None], dict[str, Any]] = {}
            for m in sorted(claim.members, key=lambda m: (self.order[m.document], m.start)):
                span = Span(m.start, m.end)
                words = " ".join(self.words(m.document, span).split())
                row = rows.setdefault(
                    (words.casefold(), m.differs), {"words": words, "differs": m.differs, "letters": []}
                )
                row["letters"].append(self.letter_link(m.document, span))
                several = len(tellers) >= MORE_THAN_ONE
                self._marks[m.document].append(
                    Mark(
                        m.start, m.end, "k", self.anchor(m.document, span), group if several else "",
                        number if several else "", group, f"Fact {n}",
                    )
                )  # fmt: skip
            first = claim.members[0]
            self._items[claim.id] = {
                "anchor": group, "number": number, "speaker": "", "document": first.document,
                "span": Span(first.start, first.end),
                "tellings": {m.document: Span(m.start, m.end) for m in reversed(claim.members)},
            }  # fmt: skip
            result.append(FactView(claim.id, number, list(rows.values()), tellers))
        return result

    # Items: statements and facts alike

    def item_words(self, item: str, most: int) -> str:
        """Give the first words of a statement or fact, as the document that stands for it prints them."""
        found = self._items.get(item)
        if found is None:
            return ""
        words = _bare(" ".join(self.words(found["document"], found["span"]).split()))
        return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + "…"

    def item_anchor(self, item: str) -> str:
        """Give the address of a statement or fact."""
        return str(self._items[item]["anchor"]) if item in self._items else ""

    def item_number(self, item: str) -> str:
        """Give the number of a statement or fact."""
        return str(self._items[item]["number"]) if item in self._items else "?"

    def item_order(self, item: str) -> tuple[bool, int]:
        """Order statements before facts, each by number."""
        number = self.item_number(item)
        return number.startswith("F"), int(number.lstrip("F")) if number != "?" else 0

    def item_speaker(self, item: str) -> str:
        """Name the speaker of a statement; a fact has none."""
        return str(self._items[item]["speaker"]) if item in self._items else ""

    def coverage_cell(self, item: str, document: str, telling: HowTold) -> Markup:
        """Write one cell of the coverage table."""
        if telling == "not-told":
            return Markup("<td>")
        if telling == "too-early":
            return Markup('<td class="x">×')
        found = self._items[item]["tellings"].get(document) if item in self._items else None
        span = found.content[0] if isinstance(found, Telling) else found
        href = self.anchor(document, span) if span is not None else f"d-{self.slugs[document]}"
        wording = found.wording if isinstance(found, Telling) else None
        grave = " g" if wording is not None and labels.VERDICTS[wording.verdict][1] == "serious" else ""
        return Markup('<td><a class="{}{}" href="#{}">{}</a>').format(
            _GLYPHS[telling], grave, href, self.letters[document]
        )

    def first_item(self, document: str, paragraph: Span | None, statements: Sequence[StatementView]) -> Markup | None:
        """Find the statement that stands first in a report from its first paragraph on."""
        start = paragraph.start if paragraph is not None else 0
        best: tuple[int, StatementView] | None = None
        for each in statements:
            telling = self._items[each.id]["tellings"].get(document)
            at = min((s.start for s in telling.content if s.start >= start), default=None) if telling else None
            if at is not None and (best is None or at < best[0]):
                best = (at, each)
        if best is None:
            return None
        words = self.item_words(best[1].id, 60)
        return Markup('<a href="#s-{}">{}</a> {}: {}').format(
            best[1].id, best[1].number, shown(best[1].speaker), shown(words)
        )

    # Checks

    def check(self, check: Check) -> CheckView:
        """Set each quotation of an article over the words of the transcript."""
        letter = self.letters[check.document.id]
        views = []
        for n, quotation in enumerate(check.quotations, 1):
            number = str(n) if len(self.reports) == 1 else f"{letter}{n}"
            id_ = f"{self.slugs[check.document.id]}-{n}"
            found = self.attributions.get((check.document.id, quotation.attribution or ""))
            form: Form = found.form if found is not None and found.form != "indirect" else "direct"
            told = Telling(check.document.id, quotation.attribution or "", quotation.content, form, quotation.wording)
            base, rows = collate([told], self.documents)
            self._mark_tellings([told], f"s-{id_}", number, "Quotation")
            self._severe(check.document.id, len(told.content), quotation.severity)
            speaker = quotation.speaker or "speaker unknown"
            views.append(
                StatementView(
                    id_, number, speaker, speaker, self._base(base, speaker) if base else None,
                    [self._row(row, quotation.severity) for row in rows], [check.document.id], "", "",
                    _gravity(quotation.wording.verdict), "",
                )
            )  # fmt: skip
        severities: tuple[Severity, ...] = ("error", "note", "ok")
        counts = [(s, sum(q.severity == s for q in check.quotations)) for s in severities]
        transcripts = [self.slugs[t.id] for t in check.transcripts]
        return CheckView(check.document, letter, self.slugs[check.document.id], check.style, views, counts, transcripts)

    def _severe(self, document: str, contents: int, severity: Severity) -> None:
        """Mark the quotation that was marked last in an article by how severe its verdict is."""
        marks = self._marks[document]
        for n in range(len(marks) - contents, len(marks)):
            marks[n] = marks[n]._replace(kind=f"{marks[n].kind} sev-{severity}")

    # Texts

    def texts(self, story: Story | None = None) -> list[dict[str, Any]]:
        """Write every document's text with its marks; call it last, when all anchors are known."""
        for n, copy in enumerate(story.copies if story is not None else ()):
            for reuse in copy.passages:
                both = ((copy.document, reuse.document), (copy.of, reuse.of))
                for document, span in both if copy.of in self.documents else both[:1]:
                    self._marks[document].append(
                        Mark(span.start, span.end, "c", self.anchor(document, span), f"c-{n}-{reuse.document.start}")
                    )
        told = {(d, s.start, s.end) for d, ms in self._marks.items() for s in ms}
        result = []
        for id_, each in self.documents.items():
            marks = _once(self._marks[id_])
            carried = {m.anchor for m in marks}
            for span in sorted(self._anchors[id_]):
                anchor = f"{self.slugs[id_]}:{span.start}-{span.end}"
                if anchor not in carried:
                    marks.append(Mark(span.start, span.end, "", anchor))
            marks.extend(
                Mark(s.start, s.end, _FORM_CLASS[a.form])
                for a in each.attributions
                if a.act == "utterance"
                for s in a.content
                if (id_, s.start, s.end) not in told
            )
            result.append(
                {
                    "slug": self.slugs[id_], "letter": self.letters[id_], "document": each.document,
                    "name": self.title(id_), "published": self.published(each), "doubt": each.date_doubt,
                    "html": render(each.document, marks), "url": web_address(each.document.url),
                    "kind": each.document.kind,
                }
            )  # fmt: skip
        return result


_FORM_CLASS: dict[Form, str] = {"direct": "q", "mixed": "m", "indirect": "i"}


def cells(row: Iterable[Cell]) -> Markup:
    """Write a row of words: additions underlined, holes as wide as what they leave out; words part by a space."""
    out: list[str] = []
    for cell in row:
        words = shown(cell.words)
        space = "" if not out or _LEANS.match(cell.words) else " "
        if cell.kind in {"same", "free"}:
            out.append(f"{space}{words}")
        elif cell.kind == "joint":
            out.append(" <i>…</i>")
        elif cell.kind in {"added", "filler", "bracket"}:
            out.append(f"{space}<ins>{words}</ins>")
        elif cell.kind == "hole":
            out.append(f'{space}<i class="sr">[words left out]</i><s class="h" aria-hidden="true">{words}</s>')
        else:
            out.append(f'{space}<s class="{cell.kind[0]}" aria-hidden="true">{words}</s>')
    return Markup("".join(out))  # noqa: S704 - every piece of text in it went through shown()


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


def _telling_most(tellings: Sequence[Telling]) -> Telling:
    """Choose the telling that stands for a statement in a list: not gravely off, in quotation marks, the longest."""

    def rank(telling: Telling) -> tuple[bool, bool, int]:
        first = telling.content[0]
        off = telling.wording is not None and labels.VERDICTS[telling.wording.verdict][1] == "serious"
        return not off, telling.form == "direct", first.end - first.start

    return max(tellings, key=rank)


def _bare(words: str) -> str:
    """Take off the quotation marks around words, unless that would leave one open inside."""
    bare = words.strip(" ,“”\"'‘’«»„")
    even = bare.count('"') % 2 == 0 and bare.count("“") == bare.count("”") and bare.count("«") == bare.count("»")
    return bare if even else words.strip(" ,")


def _last(name: str) -> str:
    """Give the last word of a name: a transcript's label often has no more of it."""
    return name.rsplit(maxsplit=1)[-1].casefold().strip(":.") if name.split() else ""


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


def _spoken(telling: Telling) -> bool:
    return telling.wording is not None and bool(telling.wording.passages)


def _gravity(verdict: Verdict) -> int:
    return ("open", "mild", "care", "serious").index(labels.VERDICTS[verdict][1])


def _interval(low: int, high: int) -> str:
    if high == 0:
        return "no independent origin found"
    if low == high:
        return f"{low} origin" if low == 1 else f"{low} origins"
    return f"{low} to {high} origins"


__all__ = ["CheckView", "FactView", "RowView", "StatementView", "View", "cells", "web_address"]
