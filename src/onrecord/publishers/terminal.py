"""A story, or one document by itself, in the terminal: one screen that says what must be looked at, or everything.

Reads: Story, Annotations. Writes to a rich console. Statements, figures and claims have the ids of JSON and page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.text import Text

from onrecord.annotation import Annotations, Figure
from onrecord.publishers import attention, counts, labels
from onrecord.publishers.disputes import Dispute, disputes
from onrecord.publishers.escapes import line
from onrecord.publishers.index import StoryIndex
from onrecord.publishers.naming import count, source_words, speaker_label
from onrecord.publishers.rows import Rows
from onrecord.publishers.terminal_full import show_everything
from onrecord.publishers.terminal_words import both_wordings, chain_text, cue_text, on_one_row
from onrecord.story import Story

SCREEN: Final = 25
"""Lines of a terminal in which the short view of six reports fits, at 80 columns."""
_DISPUTES: Final = 4
_NAMED: Final = 2
_INDENT: Final = Text("    ")


def show(story: Story, console: Console, *, everything: bool = False) -> None:
    """Print the story: counts, what needs attention, disputes, and where the rest is; or everything, as on the page."""
    index, rows = StoryIndex(story), Rows(console)
    if everything:
        show_everything(index, rows)
        return
    top = [*rows.folded(counts.in_words(counts.of_story(story)), style="bold"), *_limits(story, index, rows)]
    below = [*_disputed(disputes(index), index, rows), *_end(index, rows)]
    found, room = attention.concerns(index), SCREEN - len(top) - len(below)
    worst = _attention(found, index, rows, room) if found else _statements(index, rows, room)
    for row in (*top, *worst, *below):
        rows.as_it_is(row)


def _limits(story: Story, index: StoryIndex, rows: Rows) -> list[Text]:
    """Say what limits all that follows: documents left out, reports of several events."""
    found = [
        rows.one(Text(f"Left out: {line(failure.because)}", style="red"))
        for failure in story.failures[: attention.MOST // 3]
    ]
    if len(story.events) > 1:
        events = "; ".join(
            ", ".join(line(index.name(d)) for d in event if d in index.documents) for event in story.events
        )
        words = f"These reports are of {len(story.events)} events, compare each by itself: {events}"
        found.append(rows.one(Text(words, style="bold red")))
    return found


def _attention(found: Sequence[attention.Concern], index: StoryIndex, rows: Rows, room: int) -> list[Text]:
    """Give as many lines of what needs attention as there is room for, two rows each."""
    number = min(len(found), attention.MOST, max(1, (room - 2) // 2))
    more = f" (the worst {number} of them)" if number < len(found) else ""
    short: list[Text] = []
    whole: list[Text] = []
    for concern in found[:number]:
        outlets = ", ".join(line(index.name(d)) for d in concern.documents)
        head = Text.assemble((f"{concern.statement:<4}", "bold"), (labels.signs()[concern.sign][0], "magenta"))
        head.append_text(Text.assemble(" · ", outlets, " quotes ", (line(concern.speaker), "bold cyan")))
        source = index.documents[concern.source] if concern.source is not None else None
        printed, against = both_wordings(concern, source)
        short += [rows.one(head), rows.one(_INDENT + on_one_row(printed, against, rows.width - len(_INDENT)))]
        whole += [rows.one(head), *(_INDENT + each for each in rows.wrapped(printed + against, len(_INDENT)))]
    heading = rows.one(Text(f"Needs attention: {len(found)}{more}", style="bold red"))
    return [Text(), heading, *(whole if len(whole) + 2 <= room else short)]


def _statements(index: StoryIndex, rows: Rows, room: int) -> list[Text]:
    """Where nothing needs attention, give the statements that most reports have, or else those of one, a row each."""
    shown = [Text(), rows.one(Text("No wording was found that needs attention."))]
    listed = index.shared or [s for found in index.lone.values() for s in found]
    for statement in listed[: max(room - len(shown), 0)]:
        first = statement.variants[0]
        attribution, text = index.attribution(first), index.documents[first.document].text
        row = Text.assemble((f"{statement.id:<4}", "bold"), (f"{line(index.speaker(statement))}: ", "bold cyan"))
        row.append_text(cue_text(text, attribution))
        shown.append(rows.one(row.append(line(" … ".join(span.of(text) for span in attribution.content)))))
    return shown


def _disputed(found: Sequence[Dispute], index: StoryIndex, rows: Rows) -> list[Text]:
    """Give the rows of the disputes, one each."""
    if not found:
        return []
    shown = [Text(), Text(f"Disputes: {len(found)}", style="bold red")]
    for each in found[:_DISPUTES]:
        row = Text.assemble((f"{each.item:<4}", "bold"), line(each.about), ": ")
        row.append_text(Text(" / ").join(_side(each, n, index) for n in range(len(each.sides))))
        shown.append(rows.one(row))
    return shown


def _side(dispute: Dispute, number: int, index: StoryIndex) -> Text:
    side = dispute.sides[number]
    who = list(
        dict.fromkeys(
            line(v.speaker or index.name(v.document)) if dispute.kind == "denial" else line(index.name(v.document))
            for v in side.voices
        )
    )
    named = ", ".join(who) if len(who) <= _NAMED else count(len(who), "document")
    return Text.assemble((line(side.position), "bold"), f" ({named})")


def _end(index: StoryIndex, rows: Rows) -> list[Text]:
    lone = sum(map(len, index.lone.values()))
    words = f"{count(len(index.shared), 'statement')} in more than one report, {lone} in one; figures, sources, texts:"
    return [Text(), *rows.folded(f"{words} --all, or -o story.html for the page.", style="dim")]


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
        row.append_text(cue_text(text, attribution))
        row.append(line(" … ".join(span.of(text) for span in attribution.content)))
        row.append_text(chain_text(attribution))
        rows.row(row, "  ")
    _show_numbers(annotations, rows)
    rows.blank()


def _show_numbers(annotations: Annotations, rows: Rows) -> None:
    text = annotations.text
    for figure in annotations.figures:
        rows.row(f"{line(figure.span.of(text))}  [{_bounds(figure)}]", "  figure  ")
    for date in annotations.dates:
        rows.row(f"{line(date.span.of(text))}  [{line(date.value or 'undecided')}]", "  date    ")


def _bounds(figure: Figure) -> str:
    low, high = ("" if bound is None else f"{bound:,.10g}" for bound in (figure.low, figure.high))
    return low if low == high else f"{low or 'any'} to {high or 'any'}"
