"""Everything that was found in a story, in the terminal, in the order and in the words of the page.

Reads: Story, through a :class:`StoryIndex`. Reports are called by their letters, which stand at the top.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from onrecord.comparison.coverage import versions
from onrecord.document import Span
from onrecord.publishers import attention, counts, labels
from onrecord.publishers.copy_words import CopyWords
from onrecord.publishers.date_words import why_doubted
from onrecord.publishers.differences import differences
from onrecord.publishers.disputes import Dispute, Voice, disputes
from onrecord.publishers.escapes import line
from onrecord.publishers.figure_words import FigureWords
from onrecord.publishers.index import StoryIndex
from onrecord.publishers.naming import MORE_THAN_ONE, count, credit, needed_cue, quoted_share
from onrecord.publishers.origin_words import OriginWords
from onrecord.publishers.rows import Rows
from onrecord.publishers.terminal_words import chain_text, cue_text, marked_text, segments_text, verdict_words
from onrecord.story import Claim, CoverageForm, FigureGroup, Statement, Variant

_FIGURES = ("conflict", "different-time", "narrower", "compatible", "equal")
_SIGNS: dict[CoverageForm, str] = {"direct": "“{}”", "mixed": "“{}", "indirect": "{}", "own-voice": "•{}"}
_LINE = 100


def show_everything(index: StoryIndex, rows: Rows) -> None:
    """Print all parts of a story, in the order of the page."""
    view = _Everything(index, rows)
    view.top()
    view.attention()
    view.disputes()
    view.differences()
    view.statements()
    view.claims()
    view.coverage()
    view.sources()
    view.figures()
    view.voice()
    view.copies()
    view.reports()


class _Everything:
    """Prints the parts of one story."""

    def __init__(self, index: StoryIndex, rows: Rows) -> None:
        self.index, self.rows, self.story = index, rows, index.story
        self.counts = counts.of_story(self.story)
        self.claims_by_id = {claim.id: claim for claim in self.story.claims}
        self.statements_by_id = {statement.id: statement for statement in self.story.statements}
        self.origin_words = OriginWords(self.story.documents)

    def top(self) -> None:
        """Print the counts, what limits all that follows, and the letters of the reports."""
        self.rows.row(counts.in_words(self.counts), style="bold")
        for failure in self.story.failures:
            self.rows.row(Text(line(failure.because), style="red"), Text("Left out: ", style="bold red"))
        if len(self.story.events) > 1:
            self.rows.heading(
                f"These reports are of {len(self.story.events)} events: compare each by itself", "bold red"
            )
            for event in self.story.events:
                self.rows.row(", ".join(line(self.index.name(d)) for d in event if d in self.index.documents), "  ")
        self.rows.blank()
        self.rows.row(" · ".join(f"{self.index.letters[d]} {line(self.index.name(d))}" for d in self.index.documents))

    def attention(self) -> None:
        found = attention.concerns(self.index)
        if not found:
            return
        self.rows.heading(f"Needs attention ({len(found)})", "bold red")
        for c in found:
            head = Text.assemble((labels.signs()[c.sign][0], "magenta"), f" · {self._letters(c.documents)} · ")
            head.append(line(c.speaker), style="bold cyan")
            self.rows.row(head.append(f" · {labels.WHY[c.sign]}", style="dim"), self._id(c.statement))
            self.rows.row(segments_text(c.printed), "    printed    ")
            if c.said and c.source is not None:
                spoken = self.index.documents[c.source].document.kind == "transcript"
                who = f"  {line(c.said_by)}, " if spoken and c.said_by else "  "
                said = segments_text(c.said).append(f"{who}{self.index.letters[c.source]}", style="dim")
                self.rows.row(said, "    said       " if spoken else "    elsewhere  ")

    def disputes(self) -> None:
        found = disputes(self.index)
        if not found:
            return
        self.rows.heading(f"Disputes ({len(found)})", "bold red")
        for each in found:
            self.rows.row(line(each.about), self._id(each.item))
            for side in each.sides:
                voices = "; ".join(self._voice(v, each) for v in side.voices)
                self.rows.row(voices, Text(f"    {line(side.position)}: ", style="bold"))
            if each.because:
                self.rows.row(Text(line(each.because), style="dim"), "    ")

    def _voice(self, voice: Voice, dispute: Dispute) -> str:
        who = f"{line(voice.speaker)}, " if voice.speaker else ""
        if dispute.kind == "figure":
            return f"{who}{self.index.letters[voice.document]}"
        return f"{who}{self.index.letters[voice.document]}: {line(self.index.words(voice.document, voice.span))}"

    def differences(self) -> None:
        found = differences(self.index)
        if not found:
            return
        self.rows.heading("Only in one report, or missing from one")
        for each in found:
            for ids, words in ((each.lacking, "missing here, in most reports"), (each.alone, "only here")):
                if ids:
                    self.rows.row(f"{line(self.index.name(each.document))}, {words}:", self._beginning(each.document))
                    for id_ in ids:
                        self.rows.row(self._item(id_), Text(f"      {id_:<4}", style="bold"))

    def _item(self, id_: str) -> Text:
        """Write a statement or claim as a line of a list."""
        claim = self.claims_by_id.get(id_)
        if claim is not None:
            first = claim.members[0]
            return Text(line(self.index.words(first.document, Span(first.start, first.end))))
        statement = self.statements_by_id[id_]
        first_version = statement.variants[0]
        attribution = self.index.attribution(first_version)
        cue = needed_cue(self.index.documents[first_version.document].text, attribution)
        words = " … ".join(self.index.words(first_version.document, span) for span in attribution.content)
        return Text.assemble((line(credit(self.index.speaker(statement), cue)), "bold cyan"), f" {line(words)}")

    def statements(self) -> None:
        if self.index.shared:
            self.rows.heading(f"Statements in more than one report ({len(self.index.shared)})")
        for name, found in self.index.by_speaker():
            self.rows.blank()
            self.rows.row(Text(line(name or labels.UNCLEAR_SPEAKER), style="bold cyan underline"))
            for statement in found:
                self._statement(statement)
        for report, found in self.index.lone.items():
            if found:
                self.rows.heading(f"Statements only in {line(self.index.name(report))} ({len(found)})")
                for statement in found:
                    self._statement(statement)

    def _statement(self, statement: Statement) -> None:
        self.rows.blank()
        speaker = line(self.index.speaker(statement))
        head = Text.assemble((speaker, "bold cyan"))
        several = len({v.document for v in statement.variants})
        if several >= MORE_THAN_ONE:
            head.append(f" · {count(several, 'report')}", style="dim")
        if statement.origins is not None and (several >= MORE_THAN_ONE or statement.origins.high > 0):
            head.append(f" · {counts.sourced(statement.origins)}", style="dim")
        self.rows.row(head, self._id(statement.id))
        settled = {self._place(v) for v in statement.variants if v.wording is not None}
        for variant in statement.variants:
            # The same words found twice in one document are one version.
            if variant.wording is not None or self._place(variant) not in settled:
                self.rows.row(self._version(variant, statement, speaker), self._beginning(variant.document))
        if statement.origins is not None and several >= MORE_THAN_ONE:
            self.rows.row(Text(line(self.origin_words.of_statement(statement.origins)), style="dim"), "    ")

    def _version(self, variant: Variant, statement: Statement, speaker: str) -> Text:
        """Write one report's version: whom it names, its cue where the sense hangs on it, its words, verdict, chain."""
        text = self.index.documents[variant.document].text
        attribution = self.index.attribution(variant)
        who = line(self.index.named_by(variant))
        named = self.index.speaker_id(variant) or statement.speaker
        differs = named != statement.speaker and who.casefold() != speaker.casefold()
        row = Text.assemble((f"attributed to {who}: " if differs else "", "bold cyan"))
        row.append_text(cue_text(text, attribution))
        wording = variant.wording
        source = self.index.documents[wording.passages[0].document] if wording and wording.passages else None
        row.append_text(marked_text(text, attribution.content, wording, source))
        if wording is not None and (self.counts.transcripts or wording.verdict != "unchecked"):
            row.append(f"  [{verdict_words(wording)}]", style="magenta")
        return row.append_text(chain_text(attribution))

    def _place(self, variant: Variant) -> tuple[str, tuple[Span, ...]]:
        return variant.document, self.index.attribution(variant).content

    def claims(self) -> None:
        """Print what several reports say in their own voice; what one alone says there is its text."""
        shared = [c for c in self.story.claims if counts.in_several_reports(c, self.index.reports)]
        if shared:
            self.rows.heading(f"Unattributed claims in more than one report ({len(shared)})")
            for claim in shared:
                self._claim(claim)

    def _claim(self, claim: Claim) -> None:
        beginning = self._id(claim.id)
        for member in claim.members:
            beginning.append(f"{self.index.letters[member.document]:<2} ", style="bold")
            words = Text(line(self.index.words(member.document, Span(member.start, member.end))))
            if member.differs:
                words.append(f"  [another {member.differs}]", style="magenta")
            self.rows.row(words, beginning)
            beginning = Text("    ")

    def coverage(self) -> None:
        found = [row for row in self.story.coverage if len(row.cells) >= MORE_THAN_ONE]
        if not found:
            return
        signs = ", ".join(f"{_SIGNS[form].format('A')} {labels.FORMS[form]}" for form in _SIGNS)
        self.rows.heading("Coverage")
        self.rows.row(Text(f"{signs}, ×A {labels.FORMS['published-before']}", style="dim"))
        for row in sorted(found, key=lambda r: -len(r.cells)):
            stands = versions(row, self.story.documents)
            cells = [self._cell(report, stands[report]) for report in self.index.reports]
            words = self._item(row.item)
            words.truncate(_LINE, overflow="ellipsis")
            self.rows.row(words, self._id(row.item))
            self.rows.row(" ".join(filter(None, cells)), "    ")

    def _cell(self, report: str, form: CoverageForm) -> str:
        letter = self.index.letters[report]
        return f"×{letter}" if form == "published-before" else _SIGNS[form].format(letter) if form in _SIGNS else ""

    def sources(self) -> None:
        if self.story.origins is not None:
            self.rows.heading("Sources")
            self.rows.row(line(self.origin_words.of_story(self.story.origins)))

    def figures(self) -> None:
        if not self.story.figure_groups:
            return
        self.rows.heading("Figures")
        found = {(a.id, f.id): a.text[f.start : f.end] for a in self.story.documents for f in a.figures}
        words = FigureWords(self.story.documents)
        for group in sorted(self.story.figure_groups, key=lambda g: _FIGURES.index(g.verdict)):
            self._figure(group, found, words.why(group))

    def _figure(self, group: FigureGroup, found: dict[tuple[str, str], str], why: str) -> None:
        values: dict[str, list[str]] = {}
        for member in group.figures:
            values.setdefault(line(found[member.document, member.figure]).strip(), []).append(member.document)
        label, gravity, _ = labels.FIGURES[group.verdict]
        row = Text.assemble(
            (label, "bold red" if gravity == "serious" else "bold"),
            f"  {line(group.of)}: ",
            "; ".join(f"“{value}” in {self._letters(printing)}" for value, printing in values.items()),
            (f". {line(why)}", "dim"),
        )
        self.rows.row(row, self._id(group.id))

    def voice(self) -> None:
        if self.story.voice:
            self.rows.heading("Quoted in one report, stated as fact in another")
        for each in self.story.voice:
            quoted, own = (self._letters(p.document for p in side) for side in (each.quoted, each.own))
            self.rows.row(f"“{line(each.phrase)}”: quoted in {quoted}, stated as fact in {own}", "    ")

    def copies(self) -> None:
        if not self.story.copies:
            return
        self.rows.heading("Reused text and agency credits")
        why = CopyWords(self.story.documents)
        for copy in self.story.copies:
            of = self.index.letters.get(copy.of) or line(copy.of)
            if copy.share is not None:
                words = f"shares text with {of} ({'credited' if copy.evidence == 'declared' else 'without credit'})"
            elif copy.reason == "common-agency":
                words = f"shares words that are credited to {of}"
            else:
                words = f"carries an agency credit: {of}"
            self.rows.row(f"{words}. {line(why.why(copy))}".rstrip(), self._beginning(copy.document))

    def reports(self) -> None:
        self.rows.heading("The reports")
        for each in self.story.documents:
            d = each.document
            kind = "transcript" if d.kind == "transcript" else f"{quoted_share(each):.0%} quoted"
            day = line(d.published.day) if d.published else "undated"
            parts = [line(each.name), day, count(len(d.text.split()), "word"), kind]
            self.rows.row(" · ".join(parts), Text(f"{self.index.letters[d.id]:<2} ", style="bold"))
            if d.title and line(d.title) != line(each.name):
                self.rows.row(Text(line(d.title), style="dim"), "   ")
            if doubt := why_doubted(each):
                self.rows.row(Text(line(doubt), style="yellow"), "   ")

    def _id(self, id_: str) -> Text:
        return Text(f"{id_:<4}", style="bold")

    def _beginning(self, document: str) -> Text:
        return Text(f"    {self.index.letters[document]:<2} ", style="bold")

    def _letters(self, documents: Iterable[str]) -> str:
        return " ".join(self.index.letters[d] for d in self.index.in_order(documents))


__all__ = ["show_everything"]
