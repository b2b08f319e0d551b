"""A story, or one document by itself, in the terminal: what must be looked at first, then what the reports share.

Reads: Story, Annotations. Writes to a rich console. Differences are marked in more than colour: added or changed words
are underlined, words left out stand as ``⟨…⟩`` with a strike. Statements and claims have the ids of JSON and page.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Final

from rich.console import Console
from rich.text import Text

from onrecord.annotation import Annotations, Attribution, Figure
from onrecord.document import Span
from onrecord.publishers import counts, labels
from onrecord.publishers.copy_words import CopyWords
from onrecord.publishers.date_words import why_doubted
from onrecord.publishers.diff_marks import parts_of
from onrecord.publishers.escapes import line
from onrecord.publishers.figure_words import FigureWords
from onrecord.publishers.naming import (
    count,
    denial,
    letters,
    needed_cue,
    quoted_share,
    source_words,
    speaker_label,
    statement_speaker,
)
from onrecord.publishers.origin_words import OriginWords
from onrecord.publishers.rows import Rows
from onrecord.story import Claim, FigureGroup, Statement, Story, Variant
from onrecord.wording import Wording

_CHANGED: Final = frozenset({"insert", "replace", "bracket"})
_FIRST: Final = ("conflict", "different-time", "narrower", "compatible", "equal")
"""The order of figures: what a reader must look at comes first."""
_GAP_WORDS: Final = 14
_SPOKEN_WORDS: Final = 60
_MOST_SERIOUS: Final = 10


def show(story: Story, console: Console, *, everything: bool = False) -> None:
    """Print the story; what one report alone has, figures that agree and claims only where everything is asked for."""
    view = _View(story, Rows(console), everything=everything)
    view.heading()
    view.limits()
    view.reports()
    view.serious()
    view.figures()
    view.statements()
    view.copies()
    view.voice()
    view.claims()
    view.rest()


def show_annotations(annotations: Annotations, console: Console) -> None:
    """Print what was found in one document by itself: who said what, its figures and dates."""
    rows, text = Rows(console), annotations.text
    names = {speaker.id: speaker.name for speaker in annotations.speakers}
    rows.row(f"{line(annotations.name)}  {line(annotations.document.title or annotations.id)}", style="bold")
    for attribution in annotations.attributions:
        row = Text()
        who = speaker_label(
            names.get(attribution.speaker or ""), source_words(text, attribution), clear=attribution.speaker_clear
        )
        row.append(line(who), style="bold cyan")
        row.append(f"  [{attribution.act}, {labels.FORMS[attribution.form]}]  ", style="magenta")
        row.append_text(_cue(text, attribution))
        row.append(line(" … ".join(span.of(text) for span in attribution.content)))
        row.append_text(_chain(attribution))
        rows.row(row, "  ")
    for figure in annotations.figures:
        rows.row(f"{line(figure.span.of(text))}  [{_bounds(figure)}]", "  figure  ")
    for date in annotations.dates:
        rows.row(f"{line(date.span.of(text))}  [{line(date.value or 'undecided')}]", "  date    ")
    rows.blank()


class _View:
    """Looks words up for the parts of one story, and prints them."""

    def __init__(self, story: Story, rows: Rows, *, everything: bool) -> None:
        self.story = story
        self._origin_words = OriginWords(story.documents)
        self._copy_words = CopyWords(story.documents)
        self.rows = rows
        self.letters = letters(story)
        self.documents = {annotations.id: annotations for annotations in story.documents}
        self.attributions = {(a.id, x.id): x for a in story.documents for x in a.attributions}
        self.order = {document: number for number, document in enumerate(self.documents)}
        self.names = {speaker.id: speaker.name for speaker in story.speakers}
        self.speakers = {member: speaker.id for speaker in story.speakers for member in speaker.members}
        self.counts = counts.of_story(story)
        self.checked = self.counts.transcripts > 0
        reports = {a.id for a in story.documents if a.document.kind == "report"}
        self.shared = [s for s in story.statements if counts.in_several_reports(s, reports)]
        self.shared.sort(key=lambda s: -len({v.document for v in s.variants}))
        self.everything = everything or not self.shared

    def heading(self) -> None:
        self.rows.row(counts.in_words(self.counts), style="bold")

    def limits(self) -> None:
        """Print what limits all that follows: documents left out, reports of several events."""
        if self.story.failures:
            self.rows.heading("Left out", "bold red")
            for failure in self.story.failures:
                self.rows.row(Text(line(failure.because), style="red"), "  ")
        if len(self.story.events) > 1:
            self.rows.heading(
                f"These reports are of {len(self.story.events)} events: compare each by itself", "bold red"
            )
            for event in self.story.events:
                self.rows.row(self._named(event), "  ")

    def reports(self) -> None:
        self.rows.heading("Documents")
        for each in self.story.documents:
            d = each.document
            parts = [
                line(each.name),
                line(d.published.day) if d.published else "undated",
                count(len(d.text.split()), "word"),
            ]
            parts.append("transcript" if d.kind == "transcript" else f"{quoted_share(each):.0%} quoted")
            letter = Text(f"{self.letters[d.id]:<2} ", style="bold")
            self.rows.row(" · ".join(parts), letter)
            if d.title and line(d.title) != line(each.name):
                self.rows.row(Text(line(d.title), style="dim"), "   ")
            if doubt := why_doubted(each):
                self.rows.row(Text(line(doubt), style="yellow"), "   ")

    def serious(self) -> None:
        """Print the versions whose words are seriously off, those first."""
        found = [
            (statement, variant)
            for statement in self.story.statements
            for variant in statement.variants
            if variant.wording is not None and _is_serious(variant.wording)
        ]
        if not found:
            return
        self.rows.heading("Look at these first", "bold red")
        for statement, variant in found[:_MOST_SERIOUS]:
            who = Text.assemble((f"{statement.id} {line(self._named_by(variant))}: ", "bold cyan"))
            self.rows.row(who.append_text(self._version(variant)), self._beginning(variant.document))
            self._spoken(variant)
        if len(found) > _MOST_SERIOUS:
            self.rows.row(f"and {len(found) - _MOST_SERIOUS} more", "  ")

    def _spoken(self, variant: Variant) -> None:
        """Print the sentences of the transcript that a version was compared with."""
        for passage in variant.wording.passages if variant.wording is not None else ():
            spoken = self.documents[passage.document]
            if spoken.document.kind == "transcript":
                whole = _sentences(spoken, Span(passage.start, passage.end))
                who = f"{line(passage.speaker)}: " if passage.speaker else ""
                self.rows.row(Text(f"{who}{_shorten(line(whole), _SPOKEN_WORDS)}", "dim"), self._beginning(spoken.id))

    def statements(self) -> None:
        if self.shared:
            self.rows.heading("Statements in more than one report")
            for statement in self.shared:
                self._statement(statement)
        shared = {s.id for s in self.shared}
        lone = [s for s in self.story.statements if s.id not in shared]
        if lone and self.everything:
            self.rows.heading("Statements in one report only")
            for statement in lone:
                self._statement(statement)

    def _statement(self, statement: Statement) -> None:
        self.rows.blank()
        speaker = line(self._speaker(statement))
        head = Text.assemble((speaker, "bold cyan"))
        for part in self._standing(statement):
            head.append(f" · {part}", style="dim")
        self.rows.row(head, Text(f"{statement.id:<3} ", style="bold"))
        settled = {self._place(v) for v in statement.variants if v.wording is not None}
        for variant in statement.variants:
            # The same words found twice in one document are one version.
            if variant.wording is not None or self._place(variant) not in settled:
                who = line(self._named_by(variant))
                differs = self.speakers.get(self._speaker_of(variant), statement.speaker) != statement.speaker
                differs = differs and who.casefold() != speaker.casefold()
                row = Text.assemble((f"attributed to {who}: " if differs else "", "bold cyan"))
                self.rows.row(row.append_text(self._version(variant)), self._beginning(variant.document))
        several = len({v.document for v in statement.variants}) > 1
        if statement.origins is not None and self.everything and several:
            self.rows.row(Text(line(self._origin_words.of_statement(statement.origins)), style="dim"), "    ")

    def _standing(self, statement: Statement) -> Iterable[str]:
        """Say how many reports have a statement, and on how many sources it rests."""
        several = len({v.document for v in statement.variants})
        if several > 1:
            yield count(several, "report")
        if statement.origins is not None and (several > 1 or statement.origins.high > 0):
            yield counts.sourced(statement.origins)

    def _speaker(self, statement: Statement) -> str:
        versions = [
            (self.documents[v.document].text, self.attributions[v.document, v.attribution]) for v in statement.variants
        ]
        return statement_speaker(statement, self.names.get(statement.speaker or ""), versions)

    def _speaker_of(self, variant: Variant) -> tuple[str, str]:
        return variant.document, self.attributions[variant.document, variant.attribution].speaker or ""

    def _named_by(self, variant: Variant) -> str:
        """Name the speaker that one version names, which need not be the statement's."""
        attribution = self.attributions[variant.document, variant.attribution]
        name = self.names.get(self.speakers.get(self._speaker_of(variant), ""))
        source = source_words(self.documents[variant.document].text, attribution)
        return speaker_label(name, source, clear=attribution.speaker_clear)

    def _place(self, variant: Variant) -> tuple[str, tuple[Span, ...]]:
        return variant.document, self.attributions[variant.document, variant.attribution].content

    def _beginning(self, document: str) -> Text:
        return Text(f"    {self.letters[document]:<2} ", style="bold")

    def _version(self, variant: Variant) -> Text:
        """Write one document's version: its cue where the sense hangs on it, its words, its verdict, its chain."""
        text = self.documents[variant.document].text
        attribution = self.attributions[variant.document, variant.attribution]
        row = _cue(text, attribution)
        row.append_text(self._words(text, attribution, variant.wording))
        if variant.wording is not None and (self.checked or variant.wording.verdict != "unchecked"):
            row.append(f"  [{_verdict(variant.wording)}]", style="magenta")
        row.append_text(_chain(attribution))
        return row

    def _words(self, text: str, attribution: Attribution, wording: Wording | None) -> Text:
        row = Text()
        for number, span in enumerate(attribution.content):
            if number:
                row.append(" … ", style="dim")
            row.append_text(self._marked(text, span, wording))
        return row

    def _marked(self, text: str, span: Span, wording: Wording | None) -> Text:
        edits = wording.edits if wording is not None and wording.verdict != "not-found" else ()
        other = self.documents[wording.passages[0].document].text if wording is not None and wording.passages else ""
        row = Text()
        for part in parts_of(text, span, edits, other):
            words = line(part.words) if part.op == "equal" else line(part.words).strip()
            if row.plain.endswith("⟩") and words[:1].isalnum():
                row.append(" ")
            row.append(words, style="underline bold" if part.op in _CHANGED else "")
            if part.op != "equal" and part.instead_of:
                row.append("" if not row.plain or row.plain.endswith(" ") else " ")
                row.append(f"⟨{_shorten(line(part.instead_of))}⟩", style="strike dim")
        return row

    def figures(self) -> None:
        shown = [g for g in self.story.figure_groups if self.everything or g.verdict != "equal"]
        if not shown:
            return
        self.rows.heading("Figures")
        found = {(a.id, f.id): a.text[f.start : f.end] for a in self.story.documents for f in a.figures}
        words = FigureWords(self.story.documents)
        for group in sorted(shown, key=lambda g: _FIRST.index(g.verdict)):
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
        self.rows.row(row, Text(f"{group.id:<3} ", style="bold"))

    def copies(self) -> None:
        if not self.story.copies:
            return
        self.rows.heading("Shared text and credits")
        for copy in self.story.copies:
            of = self.letters.get(copy.of) or line(copy.of)
            if copy.share is not None:
                words = f"shares words with {of} ({copy.evidence})"
            elif copy.reason == "common-agency":
                words = f"shares words that are credited to {of}"
            else:
                words = f"carries an agency credit: {of}"
            self.rows.row(f"{words}. {line(self._copy_words.why(copy))}".rstrip(), self._beginning(copy.document))

    def voice(self) -> None:
        if not self.story.voice:
            return
        self.rows.heading("Quoted by one report, another’s own words")
        for each in self.story.voice:
            quoted, own = (self._letters([p.document for p in side]) for side in (each.quoted, each.own))
            self.rows.row(f"“{line(each.phrase)}”: quoted in {quoted}, in the report’s own voice in {own}", "    ")

    def claims(self) -> None:
        """Print what several reports say in their own voice; what one alone says there is its text."""
        shared = [c for c in self.story.claims if counts.in_several_reports(c, self.documents)]
        if self.everything and shared:
            self.rows.heading("Unattributed claims in more than one report")
            for claim in shared:
                self._claim(claim)

    def _claim(self, claim: Claim) -> None:
        beginning = Text(f"{claim.id:<3} ", style="bold")
        for member in claim.members:
            beginning.append(f"{self.letters[member.document]:<2} ", style="bold")
            words = Text(line(self.documents[member.document].text[member.start : member.end]))
            if member.differs:
                words.append(f"  [another {member.differs}]", style="magenta")
            self.rows.row(words, beginning)
            beginning = Text("    ")

    def rest(self) -> None:
        """Say what was not printed."""
        if self.everything:
            return
        lone = len(self.story.statements) - len(self.shared)
        claims = self.counts.claims_in_several_reports
        parts = [
            count(lone, "statement") + " in one report only" if lone else "",
            "figures that agree" if any(g.verdict == "equal" for g in self.story.figure_groups) else "",
            count(claims, "unattributed claim") + " in more than one" if claims else "",
            "where each comes from" if any(s.origins for s in self.shared) else "",
        ]
        if any(parts):
            self.rows.blank()
            self.rows.row(f"Not printed: {'; '.join(filter(None, parts))} (--all).")

    def _letters(self, documents: Iterable[str]) -> str:
        return " ".join(self.letters[d] for d in sorted(set(documents), key=self.order.__getitem__))

    def _named(self, documents: Sequence[str]) -> str:
        return ", ".join(f"{self.letters[d]} {line(self.documents[d].name)}" for d in documents)


def _is_serious(wording: Wording) -> bool:
    return "serious" in {labels.VERDICTS[wording.verdict][1], *(labels.FLAGS[flag][1] for flag in wording.flags)}


def _verdict(wording: Wording) -> str:
    """Write a verdict and its flags in the words of the catalogue, the serious ones first."""
    found = [labels.VERDICTS[wording.verdict], *(labels.FLAGS[flag] for flag in wording.flags)]
    return ", ".join(text for text, gravity, _ in sorted(found, key=lambda each: each[1] != "serious"))


def _cue(text: str, attribution: Attribution) -> Text:
    """Write the cue on which the sense of the words hangs, with a colon; nothing where none is needed."""
    cue = needed_cue(text, attribution)
    style = "bold red" if denial(text, attribution) is not None else "italic"
    return Text.assemble((f"{line(cue)}: ", style)) if cue else Text()


def _chain(attribution: Attribution) -> Text:
    """Write through whom a document has the words, nearest to it first."""
    via = " ← ".join(link.name for link in attribution.shown_via)
    return Text.assemble((f"  via {line(via)}", "yellow")) if via else Text()


def _bounds(figure: Figure) -> str:
    low, high = ("" if bound is None else f"{bound:,.10g}" for bound in (figure.low, figure.high))
    return low if low == high else f"{low or 'any'} to {high or 'any'}"


def _sentences(annotations: Annotations, span: Span) -> str:
    """Look up the sentences in which a span stands, from the first to the last."""
    first = bisect_right(annotations.sentences, span.start, key=lambda s: s.start) - 1
    last = bisect_left(annotations.sentences, span.end, key=lambda s: s.end)
    known = annotations.sentences
    start = known[first].start if first >= 0 and known[first].end > span.start else span.start
    end = known[last].end if last < len(known) and known[last].start < span.end else span.end
    return annotations.text[start:end]


def _shorten(words: str, most: int = _GAP_WORDS) -> str:
    listed = words.split()
    if len(listed) <= most:
        return " ".join(listed)
    return f"{' '.join(listed[: most // 2])} … {' '.join(listed[-most // 2 :])}"
