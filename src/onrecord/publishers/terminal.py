"""A story in the terminal.

Reads: Story. Writes to a rich console. Differences are marked in more than colour: added or changed words are
underlined, words left out stand as ``⟨…⟩`` with a strike.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.annotation import Annotations, Attribution, Figure
from onrecord.document import Span
from onrecord.publishers import counts
from onrecord.publishers.escapes import line
from onrecord.publishers.marks import pieces
from onrecord.publishers.naming import (
    MORE_THAN_ONE,
    count,
    denial,
    letters,
    quoted_share,
    source_words,
    speaker_label,
    statement_speaker,
)
from onrecord.story import Statement, Story, Variant, Wording

_TELLING = {"direct": "“”", "mixed": "“ ", "indirect": "–", "own-voice": "•", "not-told": "", "too-early": "×"}
_CHANGED = {"insert", "replace", "bracket"}
_FIRST = ("conflict", "different-time", "narrower", "compatible", "equal")
"""The order of figures: what a reader must look at comes first."""
_GAP_WORDS = 14


def show(story: Story, console: Console) -> None:
    """Print the story: its reports, statements, facts, figures, copies, coverage, and what could not be read."""
    view = _View(story)
    for part in (
        view.heading(),
        view.reports(),
        view.shared_statements(),
        view.lone_statements(),
        view.figures(),
        view.copies(),
        view.voice(),
        view.coverage(),
        view.failures(),
    ):
        if part is not None:
            console.print(part)
            console.print()


def show_annotations(annotations: Annotations, console: Console) -> None:
    """Print what was found in one document by itself: who said what, its figures and dates."""
    document, text = annotations.document, annotations.text
    names = {speaker.id: speaker.name for speaker in annotations.speakers}
    console.print(Text(f"{line(annotations.name)}  {line(document.title or document.id)}", style="bold"))
    for attribution in annotations.attributions:
        row = Text("  ")
        who = speaker_label(
            names.get(attribution.speaker or ""), source_words(text, attribution), clear=attribution.speaker_clear
        )
        row.append(line(who), style="bold cyan")
        row.append(f"  [{attribution.act}, {attribution.form}]  ", style="magenta")
        if (cue := denial(text, attribution)) is not None:
            row.append(line(f"{cue}: "), style="bold red")
        row.append(line(" … ".join(span.of(text) for span in attribution.content)))
        if attribution.via:
            row.append(f"  via {line(' ← '.join(link.name for link in attribution.via))}", style="yellow")
        console.print(row)
    for figure in annotations.figures:
        console.print(Text(f"  figure  {line(figure.span.of(text))}  [{_bounds(figure)}]"))
    for date in annotations.dates:
        console.print(Text(f"  date    {line(date.span.of(text))}  [{line(date.value or 'undecided')}]"))
    console.print()


class _View:
    """Looks words up for the parts of one story."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.letters = letters(story)
        self.documents = {annotations.id: annotations for annotations in story.documents}
        self.attributions = {(a.id, x.id): x for a in story.documents for x in a.attributions}
        self.names = {speaker.id: speaker.name for speaker in story.speakers}
        self.counts = counts.of_story(story)
        self.checked = any(a.document.kind == "transcript" for a in story.documents)

    def heading(self) -> RenderableType:
        known = self.counts
        parts = [count(known.reports, "report")]
        if known.transcripts:
            parts.append(count(known.transcripts, "transcript"))
        several = f"{known.statements_in_several_reports:,} in more than one report"
        parts.append(f"{count(known.statements, 'statement')}, {several}")
        if known.independent_sources is not None:
            parts.append(counts.independent_sources(known.independent_sources))
        return Text(" · ".join(parts), style="bold")

    def reports(self) -> RenderableType:
        table = Table(box=None, pad_edge=False, title="Documents", title_justify="left", title_style="bold")
        for column in ("", "Document", "Published", "Words", "Quoted", "Title"):
            table.add_column(column, justify="right" if column in {"Words", "Quoted"} else "left", overflow="fold")
        for each in self.story.documents:
            d = each.document
            table.add_row(
                self.letters[d.id],
                Text(line(each.name)),
                Text(line(d.published.value[:10] if d.published else "undated")),
                f"{len(d.text.split()):,}",
                "" if d.kind == "transcript" else f"{quoted_share(each):.0%}",
                Text(line(d.title or "")),
            )
        return table

    def shared_statements(self) -> RenderableType | None:
        told = [s for s in self.story.statements if len(_tellers(s)) >= MORE_THAN_ONE]
        if not told:
            return None
        return Group(Text("Told by more than one document", style="bold"), *(self._statement(s) for s in told))

    def lone_statements(self) -> RenderableType | None:
        told = [s for s in self.story.statements if len(_tellers(s)) < MORE_THAN_ONE]
        if not told:
            return None
        return Group(Text("Told by one document only", style="bold"), *(self._statement(s) for s in told))

    def _statement(self, statement: Statement) -> RenderableType:
        head = Text()
        head.append(line(self._speaker(statement)), style="bold cyan")
        alone = len(_tellers(statement)) < MORE_THAN_ONE
        silent = statement.origins is not None and all(t.kind == "unsourced" for t in statement.origins.terminals)
        if statement.origins is not None and not (alone and silent):
            head.append(f"  {line(statement.origins.because)}", style="dim")
        shown = [v for v in statement.variants if not any(self._within(v, other) for other in statement.variants)]
        return Padding(Group(head, *(self._variant(v) for v in shown)), (0, 0, 1, 0))

    def _speaker(self, statement: Statement) -> str:
        versions = [
            (self.documents[v.document].text, self.attributions[v.document, v.attribution]) for v in statement.variants
        ]
        return statement_speaker(statement, self.names.get(statement.speaker or ""), versions)

    def _within(self, variant: Variant, other: Variant) -> bool:
        """Tell whether a telling stands in the same words of the same document as one before it."""
        if variant.document != other.document or variant.attribution == other.attribution:
            return False
        ours = self.attributions[variant.document, variant.attribution].content
        theirs = self.attributions[other.document, other.attribution].content
        return ours == theirs and variant.wording is None and other.wording is not None

    def _variant(self, variant: Variant) -> RenderableType:
        annotations = self.documents[variant.document]
        attribution = self.attributions[variant.document, variant.attribution]
        row = Text(f"  {self.letters[variant.document]}  ", style="bold")
        if (cue := denial(annotations.text, attribution)) is not None:
            row.append(line(f"{cue}: "), style="bold red")
        row.append_text(self._words(annotations, attribution, variant.wording))
        if variant.wording is not None and (self.checked or variant.wording.verdict != "unchecked"):
            row.append(f"  [{', '.join((variant.wording.verdict, *variant.wording.flags))}]", style="magenta")
        if attribution.via:
            row.append(f"  via {line(' ← '.join(link.name for link in attribution.via))}", style="yellow")
        return row

    def _words(self, annotations: Annotations, attribution: Attribution, wording: Wording | None) -> Text:
        row = Text()
        for number, span in enumerate(attribution.content):
            if number:
                row.append(" … ", style="dim")
            row.append_text(self._marked(annotations.text, span, wording))
        return row

    def _marked(self, text: str, span: Span, wording: Wording | None) -> Text:
        edits = wording.edits if wording is not None and wording.verdict != "not-found" else ()
        other = self.documents[wording.passages[0].document].text if wording is not None and wording.passages else ""
        row = Text()
        for piece in pieces(text, span, edits, other):
            words = line(piece.words)
            row.append(
                words if piece.op == "equal" else words.strip(),
                style="underline bold" if piece.op in _CHANGED else "",
            )
            if piece.op != "equal" and piece.instead_of:
                row.append(f"⟨{_shorten(line(piece.instead_of))}⟩", style="strike dim")
        return row

    def figures(self) -> RenderableType | None:
        if not self.story.figure_groups:
            return None
        found = {(a.id, f.id): a.text[f.start : f.end] for a in self.story.documents for f in a.figures}
        table = Table(box=None, pad_edge=False, title="Figures", title_justify="left", title_style="bold")
        for column in ("Verdict", "Of", "Told as", "Because"):
            table.add_column(column, overflow="fold")
        for group in sorted(self.story.figure_groups, key=lambda g: _FIRST.index(g.verdict)):
            values: dict[str, dict[str, None]] = {}
            for member in group.figures:
                value = " ".join(found[member.document, member.figure].split())
                values.setdefault(value, {})[self.letters[member.document]] = None
            told = "; ".join(f"{value} ({' '.join(sorted(held))})" for value, held in values.items())
            table.add_row(
                group.verdict,
                *(Text(line(words)) for words in (group.of, told, group.because)),
                style="bold" if group.verdict == "conflict" else "",
            )
        return table

    def copies(self) -> RenderableType | None:
        lines = []
        for c in self.story.copies:
            of = self.letters.get(c.of) or line(c.of)
            lines.append(Text(f"  {self.letters[c.document]} from {of} ({c.extent}, {c.evidence}): {line(c.because)}"))
        return Group(Text("Copies", style="bold"), *lines) if lines else None

    def voice(self) -> RenderableType | None:
        lines = [
            Text(
                f"  “{line(v.phrase)}”: quoted in {self._named([p.document for p in v.quoted])}, "
                f"in the outlet's own voice in {self._named([p.document for p in v.own])}"
            )
            for v in self.story.voice
        ]
        return Group(Text("Voice", style="bold"), *lines) if lines else None

    def coverage(self) -> RenderableType | None:
        rows = [r for r in self.story.coverage if r.kind == "statement"]
        if not rows or len(self.documents) < MORE_THAN_ONE:
            return None
        table = Table(
            pad_edge=False,
            title="Coverage: “” direct, “ mixed, – indirect, • own voice, × too early",
            title_justify="left",
            title_style="bold",
        )
        table.add_column("Statement", overflow="ellipsis", no_wrap=True, max_width=48)
        for document in self.documents:
            table.add_column(self.letters[document], justify="center", no_wrap=True)
        statements = {s.id: s for s in self.story.statements}
        for row in rows:
            cells = {cell.document: _TELLING[cell.telling] for cell in row.cells}
            table.add_row(self._headline(statements[row.item]), *(cells.get(d, "") for d in self.documents))
        return table

    def failures(self) -> RenderableType | None:
        lines = [Text(f"  {line(f.because)}", style="red") for f in self.story.failures]
        return Group(Text("Left out", style="bold red"), *lines) if lines else None

    def _headline(self, statement: Statement) -> Text:
        first = statement.variants[0]
        attribution = self.attributions[first.document, first.attribution]
        text = self.documents[first.document].text
        who = " ".join(filter(None, (self._speaker(statement), denial(text, attribution))))
        return Text(line(f"{who}: {attribution.content[0].of(text)}"))

    def _named(self, documents: Sequence[str]) -> str:
        return ", ".join(dict.fromkeys(self.letters[d] for d in documents))


def _tellers(statement: Statement) -> set[str]:
    return {variant.document for variant in statement.variants}


def _bounds(figure: Figure) -> str:
    low, high = ("" if bound is None else f"{bound:,.10g}" for bound in (figure.low, figure.high))
    return low if low == high else f"{low or 'any'} to {high or 'any'}"


def _shorten(words: str) -> str:
    listed = words.split()
    if len(listed) <= _GAP_WORDS:
        return " ".join(listed)
    return f"{' '.join(listed[: _GAP_WORDS // 2])} … {' '.join(listed[-_GAP_WORDS // 2 :])}"
