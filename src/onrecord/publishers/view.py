"""What the page's templates print: findings looked up, put in words and given their places in the texts.

Reads: Story, Check. A :class:`View` remembers every place that something on the page leads to, so that the texts, which
come last, carry those anchors and no others.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from onrecord.annotation import Annotations, Figure, Form
from onrecord.document import Span
from onrecord.publishers import labels
from onrecord.publishers.collation import Base, Cell, Row, Telling, collate
from onrecord.publishers.counts import sourced
from onrecord.publishers.figure_words import FigureWords
from onrecord.publishers.naming import (
    MORE_THAN_ONE,
    credit,
    denial,
    letters,
    needed_cue,
    source_words,
    speaker_label,
    statement_speaker,
)
from onrecord.publishers.passages import FORM_CLASS, in_sentence, spaced
from onrecord.publishers.texts import Mark, render, shown, slugs
from onrecord.story import Check, Flag, Severity, Statement, Story, Verdict, Wording
from onrecord.story import Telling as HowTold

_LEANS = re.compile(r"[,.;:!?…’”)\]]")
_LETTER, _NO_LETTER = re.compile(r"[^\W\d_]"), re.compile(r"[\W\d_]")
_SENTENCE = 220
_CONTEXT = 70
_CONDITION = 64
_LINE = 140
COVERAGE_SIGNS: dict[HowTold, str] = {"direct": "“{}”", "mixed": "“{}", "indirect": "{}", "own-voice": "•{}"}
"""How a cell of the coverage table writes a report's letter."""
_CELL_CLASS: dict[HowTold, str] = {"direct": "q", "mixed": "m", "indirect": "i", "own-voice": "o"}


class RowView(NamedTuple):
    """One line of a statement: who prints these words, the words, and what is to be said of them.

    ``signs`` are the verdict and its flags, the most serious first, each a key of the legend. ``notes`` are sentences.
    """

    letters: list[Markup]
    words: Markup
    aligned: bool
    signs: list[Sign]
    form: Form
    notes: list[Markup]
    severity: Severity | None = None
    cue: str = ""
    denies: str = ""


class Sign(NamedTuple):
    """A verdict or flag of a row: its key, its label, and how serious it is."""

    key: Verdict | Flag
    label: str
    gravity: labels.Gravity


class StatementView(NamedTuple):
    """A statement, or a checked quotation, ready to print; ``filed`` is the key and the name it is sorted under."""

    id: str
    number: str
    speaker: str
    filed: tuple[str, str]
    base: dict[str, Any] | None
    rows: list[RowView]
    tellers: list[str]
    because: str
    sourced: str
    gravity: int
    set_against: str
    cited: str


class Item(NamedTuple):
    """A statement or claim in a list: its address and number, and the version whose words stand for it."""

    anchor: str
    number: str
    speaker: str
    cue: str
    document: str
    span: Span
    versions: dict[str, tuple[Span, Wording | None]]
    whole: Markup


class CheckView(NamedTuple):
    """A checked article, ready to print."""

    annotations: Annotations
    letter: str
    slug: str
    style: str
    quotations: list[StatementView]
    notices: list[str]
    counts: list[tuple[Severity, int]]
    transcripts: list[str]


class ClaimView(NamedTuple):
    """A claim, ready to print: its versions, those of the same words together."""

    id: str
    number: str
    versions: list[dict[str, Any]]
    tellers: list[str]


class View:
    """Looks things up for one page."""

    def __init__(self, documents: Sequence[Annotations]) -> None:
        """Name the documents; ``documents`` in the order in which the page lists them."""
        self.documents = {a.id: a for a in documents}
        self.letters = letters(Story(tuple(documents)))
        self.figure_words = FigureWords(documents)
        self.slugs = slugs(self.documents)
        self.reports = [a.id for a in documents if a.document.kind == "report"]
        self.attributions = {(a.id, x.id): x for a in documents for x in a.attributions}
        self.figures: dict[tuple[str, str], Figure] = {(a.id, f.id): f for a in documents for f in a.figures}
        self.numbers: dict[str, str] = {}
        self._ids = _ids({each: self.title(each) for each in self.documents})
        self.order = {each: n for n, each in enumerate(self.documents)}
        self._joined: dict[tuple[str, str], tuple[str, str]] = {}
        self._speakers: dict[str, str] = {}
        self._items: dict[str, Item] = {}
        self._ranks: dict[str, int] = {}
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
        """Order statements, those in most reports first, and set each one's versions one over the other."""
        self._joined = {member: (s.id, s.name) for s in story.speakers for member in s.members}
        self._speakers = names = {s.id: s.name for s in story.speakers}
        ordered = sorted(story.statements, key=lambda s: -len({v.document for v in s.variants}))
        self.numbers = {s.id: s.id for s in ordered}
        return [self._statement(s, self._speaker(s, names)) for s in ordered]

    def _speaker(self, statement: Statement, names: Mapping[str, str]) -> str:
        versions = [
            (self.documents[v.document].text, self.attributions[v.document, v.attribution]) for v in statement.variants
        ]
        return statement_speaker(statement, names.get(statement.speaker or ""), versions)

    def _statement(self, statement: Statement, speaker: str) -> StatementView:
        tellings = [self._version(v.document, v.attribution, v.wording) for v in statement.variants]
        tellers = list(dict.fromkeys(v.document for v in statement.variants))
        group = f"s-{statement.id}"
        number = self.numbers[statement.id]
        base, rows = collate(tellings, self.documents, statement.consensus)
        self._mark_tellings(tellings, group, number, "Statement")
        first = _telling_most(tellings)
        cue = needed_cue(self.documents[first.document].text, self.attributions[first.document, first.id])
        self._ranks[statement.id] = len(self._ranks)
        self._items[statement.id] = Item(
            group, number, speaker, cue, first.document, first.content[0],
            {t.document: (t.content[0], t.wording) for t in reversed(tellings)}, Markup(first.around),  # noqa: S704
        )  # fmt: skip
        origins = statement.origins
        set_against = self.letters[base.document] if base and not base.spoken and len(rows) > 1 else ""
        clear = statement.speaker is not None and statement.speaker_clear
        return StatementView(
            id=statement.id,
            number=number,
            speaker=speaker,
            filed=(statement.speaker or "", speaker) if clear else ("unclear", labels.UNCLEAR_SPEAKER),
            base=self._base(base, speaker) if base is not None and base.spoken else None,
            rows=[self._row(row, named=statement.speaker) for row in rows],
            tellers=tellers,
            because=origins.because if origins else "",
            sourced=sourced(origins) if origins else "",
            gravity=max((_gravity(t.wording) for t in tellings if t.wording), default=0),
            set_against=set_against,
            cited=credit(speaker, cue),
        )

    def _version(self, document: str, attribution: str, wording: Wording | None) -> Telling:
        """Look a version up; outside quotation marks its sentence comes along, for half a clause misleads."""
        found = self.attributions[document, attribution]
        around = str(in_sentence(self.documents[document], found)) if found.form != "direct" else ""
        cue = needed_cue(self.documents[document].text, found)
        return Telling(document, found.id, found.content, found.form, wording, cue, around)

    def _base(self, base: Base, speaker: str) -> dict[str, Any]:
        said = base.speaker if base.speaker and _last(base.speaker) != _last(speaker) else ""
        return {"link": self.letter_link(base.document, base.span), "words": cells(base.cells), "speaker": said}

    def _row(self, row: Row, severity: Severity | None = None, named: str | None = None) -> RowView:
        first = row.tellings[0]
        told = sorted(row.tellings, key=lambda t: self.order[t.document])
        links = [self.letter_link(t.document, t.content[0]) for t in told]
        notes = [c for t in row.tellings for c in (self._chain(t), self._names_another(t, named)) if c is not None]
        if first.wording is not None and (why := _why_unchecked(first.wording)):
            notes.insert(0, Markup("{}").format(why))
        elif first.wording is not None and (when := self._time(first.wording)):
            notes.insert(0, when)
        within = not row.aligned and first.form != "direct" and bool(first.around)
        return RowView(
            letters=links,
            words=Markup(first.around) if within else cells(row.cells),  # noqa: S704 - written by in_sentence()
            aligned=row.aligned,
            signs=self._signs(first.wording),
            form=first.form,
            notes=notes,
            severity=severity,
            cue="" if within else first.cue,
            denies=self._denial(first),
        )

    def _signs(self, wording: Wording | None) -> list[Sign]:
        """List a verdict and its flags, the most serious first."""
        if wording is None:
            return []
        signs = [Sign(wording.verdict, labels.VERDICTS[wording.verdict][0], labels.VERDICTS[wording.verdict][1])]
        for flag in wording.flags:
            label, gravity, _ = labels.FLAGS[flag]
            lost = self._condition(wording) if flag == "qualifier-lost" else ""
            signs.append(Sign(flag, f"{label}: “{lost}”" if lost else label, gravity))
        return sorted(signs, key=lambda sign: -labels.GRAVITIES.index(sign.gravity))

    def _time(self, wording: Wording) -> Markup | None:
        """Say at which time of the recording the words are said, with a link where the recording has an address."""
        document = self.documents[wording.passages[0].document].document if wording.passages else None
        second = document.second(wording.passages[0].start) if document else None
        if document is None or second is None:
            return None
        said = labels.clock(second)
        if document.url and document.url.startswith(("https://", "http://")):
            address = f"{document.url.partition('#')[0]}#t={int(second)}"
            return Markup('<a href="{}" rel="noreferrer">at {}</a>').format(address, said)
        return Markup("at {}").format(said)

    def _condition(self, wording: Wording) -> str:
        """Give the rest of the sentence that a shortened quotation leaves out: what follows it, else what precedes."""
        if wording.verdict != "trimmed" or not wording.passages:
            return ""
        passage = wording.passages[-1]
        spoken = self.documents[passage.document]
        at = bisect_right(spoken.sentences, passage.end - 1, key=lambda s: s.start) - 1
        sentence = spoken.sentences[at] if at >= 0 else Span(passage.start, passage.end)
        after = spoken.text[passage.end : max(passage.end, sentence.end)]
        before = spoken.text[min(sentence.start, passage.start) : passage.start]
        lost = spaced(after).strip(" .,;:—–-") or spaced(before).strip(" .,;:—–-")
        return lost if len(lost) <= _CONDITION else lost[:_CONDITION].rsplit(" ", 1)[0] + " …"

    def _names_another(self, telling: Telling, named: str | None) -> Markup | None:
        """Say whom a report names where that is not whom the statement is listed under."""
        found = self.attributions.get((telling.document, telling.id))
        joined = self._joined.get((telling.document, found.speaker or "")) if found is not None else None
        listed = self._speakers.get(named or "")
        if found is None or joined is None or listed is None or not found.speaker_clear:
            return None
        if joined[1].casefold() == listed.casefold():
            return None
        return Markup("{} names {}").format(self.letters[telling.document], shown(joined[1]))

    def _denial(self, telling: Telling) -> str:
        """Give the cue by which a version's words are denied, or nothing."""
        attribution = self.attributions.get((telling.document, telling.id))
        return "" if attribution is None else denial(self.documents[telling.document].text, attribution) or ""

    def _chain(self, telling: Telling) -> Markup | None:
        """Write through whom a document has the words, nearest to it first, each link leading to its evidence."""
        attribution = self.attributions.get((telling.document, telling.id))
        if attribution is None or not attribution.shown_via:
            return None
        links = [
            Markup('<a href="#{}">{}</a>').format(self.anchor(telling.document, Span(v.start, v.end)), shown(v.name))
            for v in attribution.shown_via
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
                        span.start, span.end, FORM_CLASS[telling.form], self.anchor(telling.document, span), shared,
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

    # Claims

    def claims(self, story: Story) -> list[ClaimView]:
        """Order claims, those in most reports first."""
        ordered = sorted(story.claims, key=lambda k: -len({m.document for m in k.members}))
        result = []
        for claim in ordered:
            tellers = list(dict.fromkeys(m.document for m in claim.members))
            group, number = f"k-{claim.id}", claim.id
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
                        number if several else "", group, f"Unattributed claim {number}",
                    )
                )  # fmt: skip
            first = claim.members[0]
            self._ranks[claim.id] = len(self._ranks)
            self._items[claim.id] = Item(
                group, number, "", "", first.document, Span(first.start, first.end),
                {m.document: (Span(m.start, m.end), None) for m in reversed(claim.members)}, Markup(""),
            )  # fmt: skip
            result.append(ClaimView(claim.id, number, list(rows.values()), tellers))
        return result

    # Items: statements and claims alike

    def item(self, id_: str) -> Item | None:
        """Look up a statement or claim as it stands in a list."""
        return self._items.get(id_)

    def item_words(self, id_: str, most: int) -> str:
        """Give the first words of a statement or claim, as the document that stands for it prints them."""
        found = self._items.get(id_)
        if found is None:
            return ""
        words = _bare(" ".join(self.words(found.document, found.span).split()))
        return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + "…"

    def item_order(self, id_: str) -> int:
        """Order statements before claims, each in the order of the page."""
        return self._ranks.get(id_, 0)

    def item_link(self, id_: str) -> Markup:
        """Write the number of a statement or claim as a link to it."""
        found = self._items.get(id_)
        return Markup('<a href="#{}">{}</a>').format(found.anchor, found.number) if found is not None else Markup("?")

    def item_who(self, id_: str) -> Markup:
        """Write who said a statement, and by which cue where that changes the sense; a claim has nobody."""
        found = self._items.get(id_)
        if found is None or not found.speaker:
            return Markup("")
        return Markup("<b>{}</b> ").format(shown(credit(found.speaker, found.cue)))

    def item_line(self, id_: str) -> Markup:
        """Write a statement or claim as a line of a list: who said it, and its words, whole where they are no quote."""
        found = self._items.get(id_)
        if found is None:
            return Markup("")
        words = found.whole or shown(self.item_words(id_, _LINE))
        who = Markup("<b>{}</b> ").format(shown(f"{found.speaker}:")) if found.speaker else Markup("")
        return Markup("{} {}{}").format(self.item_link(id_), who, words)

    def coverage_cell(self, id_: str, document: str, telling: HowTold) -> Markup:
        """Write one cell of the coverage table: a letter with a sign for its kind, and the kind in words."""
        if telling == "not-told":
            return Markup("<td>")
        if telling == "too-early":
            return Markup('<td class="x">×')
        found = self._items.get(id_)
        span, wording = found.versions.get(document, (None, None)) if found is not None else (None, None)
        href = self.anchor(document, span) if span is not None else f"d-{self.slugs[document]}"
        serious = wording is not None and labels.GRAVITIES[_gravity(wording)] == "serious"
        letter = self.letters[document]
        sign = COVERAGE_SIGNS[telling].format(letter) + ("!" if serious else "")
        says = f"{letter}, {labels.FORMS[telling]}{', ' + labels.SERIOUS if serious else ''}"
        return Markup('<td><a class="{}{}" href="#{}" aria-label="{}">{}</a>').format(
            _CELL_CLASS[telling], " g" if serious else "", href, says, sign
        )

    def first_item(self, document: str, paragraph: Span | None, statements: Sequence[StatementView]) -> Markup | None:
        """Find which of a report's statements stands first in it from its first paragraph on."""
        start = paragraph.start if paragraph is not None else 0
        best: tuple[int, StatementView] | None = None
        for each in statements:
            found = self._items[each.id].versions.get(document)
            if found is not None and found[0].start >= start and (best is None or found[0].start < best[0]):
                best = (found[0].start, each)
        if best is None:
            return None
        return self.item_line(best[1].id)

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
            text = check.document.text
            cue = needed_cue(text, found) if found is not None else ""
            told = Telling(
                check.document.id, quotation.attribution or "", quotation.content, form, quotation.wording, cue
            )
            base, rows = collate([told], self.documents)
            self._mark_tellings([told], f"s-{id_}", number, "Quotation")
            self._severe(check.document.id, len(told.content), quotation.severity)
            source = source_words(text, found) if found is not None else None
            clear = found is None or found.speaker_clear
            speaker = speaker_label(quotation.speaker, source, clear=clear)
            filed = (quotation.speaker or "", speaker) if clear else ("unclear", labels.UNCLEAR_SPEAKER)
            views.append(
                StatementView(
                    id_, number, speaker, filed, self._base(base, speaker) if base else None,
                    [self._row(row, quotation.severity) for row in rows], [check.document.id], "", "",
                    _gravity(quotation.wording), "", credit(speaker, cue),
                )
            )  # fmt: skip
        severities: tuple[Severity, ...] = ("error", "note", "ok")
        counts = [(s, sum(q.severity == s for q in check.quotations)) for s in severities]
        transcripts = [self.slugs[t.id] for t in check.transcripts]
        notices = [labels.NOTICES[notice] for notice in check.notices]
        return CheckView(
            check.document, letter, self.slugs[check.document.id], check.style, views, notices, counts, transcripts
        )

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
                Mark(s.start, s.end, FORM_CLASS[a.form])
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


def _why_unchecked(wording: Wording) -> str:
    """Say why a version was not checked, or nothing where it was."""
    return labels.REASONS[wording.reason] if wording.reason is not None else ""


def _gravity(wording: Wording) -> int:
    """Say how serious a wording is, its flags counted in."""
    signs = [labels.VERDICTS[wording.verdict][1], *(labels.FLAGS[flag][1] for flag in wording.flags)]
    return max(map(labels.GRAVITIES.index, signs))


__all__ = ["CheckView", "ClaimView", "Item", "RowView", "Sign", "StatementView", "View", "cells", "web_address"]
