"""Words of versions as a terminal shows them: cues, differences, chains of sourcing, verdicts, in the page's words.

Reads: Attribution, Wording. Differences are marked in more than colour: added or changed words are underlined, words
left out stand as ``⟨…⟩`` with a strike.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rich.text import Text

from onrecord.annotation import Annotations, Attribution
from onrecord.document import Span
from onrecord.publishers import labels
from onrecord.publishers.attention import Concern, Segment
from onrecord.publishers.diff_marks import parts_of
from onrecord.publishers.escapes import line
from onrecord.publishers.naming import denial, needed_cue
from onrecord.wording import Wording

_CHANGED: Final = frozenset({"insert", "replace", "bracket"})
_GAP_WORDS: Final = 14


def cue_text(text: str, attribution: Attribution) -> Text:
    """Write the cue on which the sense of the words hangs, with a colon; nothing where none is needed."""
    cue = needed_cue(text, attribution)
    style = "bold red" if denial(text, attribution) is not None else "italic"
    return Text.assemble((f"{line(cue)}: ", style)) if cue else Text()


def chain_text(attribution: Attribution) -> Text:
    """Write through whom a document has the words, nearest to it first."""
    via = " ← ".join(link.name for link in attribution.shown_via)
    return Text.assemble((f"  via {line(via)}", "yellow")) if via else Text()


def verdict_words(wording: Wording) -> str:
    """Write a verdict and its flags in the words of the catalogue, the serious ones first."""
    found = [labels.VERDICTS[wording.verdict], *(labels.FLAGS[flag] for flag in wording.flags)]
    return ", ".join(text for text, gravity, _ in sorted(found, key=lambda each: each[1] != "serious"))


def marked_text(text: str, spans: Iterable[Span], wording: Wording | None, source: Annotations | None) -> Text:
    """Write a version's words with what differs from the source marked."""
    row = Text()
    edits = wording.edits if wording is not None and wording.verdict != "not-found" else ()
    other = source.text if source is not None else ""
    for number, span in enumerate(spans):
        if number:
            row.append(" … ", style="dim")
        for part in parts_of(text, span, edits, other):
            words = line(part.words) if part.op == "equal" else line(part.words).strip()
            if row.plain.endswith("⟩") and words[:1].isalnum():
                row.append(" ")
            row.append(words, style="underline bold" if part.op in _CHANGED else "")
            if part.op != "equal" and part.instead_of:
                row.append("" if not row.plain or row.plain.endswith(" ") else " ")
                row.append(f"⟨{shorten(line(part.instead_of))}⟩", style="strike dim")
    return row


def segments_text(segments: Iterable[Segment]) -> Text:
    """Write a wording in quotation marks: what was lost in angle brackets, what was put in underlined."""
    row = Text("“")
    for segment in segments:
        words = line(segment.words)
        if segment.kind == "lost":
            row.append(f"{' ' * words.startswith(' ')}⟨{words.strip()}⟩{' ' * words.endswith(' ')}", style="bold")
        else:
            row.append(words, style={"put": "bold underline", "around": "dim"}.get(segment.kind, ""))
    row.append("”")
    return row


def both_wordings(concern: Concern, source: Annotations | None) -> tuple[Text, Text]:
    """Write what was printed, and what is to be said against it, as short as both can be understood."""
    said, printed = segments_text(concern.said), segments_text(concern.printed)
    lost = [line(p.words).strip(" ,;:–—") for p in concern.said if p.kind == "lost"]
    if source is None or not concern.said:
        return printed, Text(" – nothing like it in the transcript", style="dim")
    said_in = "said" if _spoken(source) else "elsewhere"
    if concern.sign == "misattributed":
        return printed, Text(f" – said by {line(concern.said_by) or 'somebody else'}", style="dim")
    if lost and not any(p.kind == "put" for p in concern.printed):
        return printed, Text(" – left out: ", style="dim") + Text(" … ".join(lost), style="bold")
    if lost:
        return printed, Text(f" – {said_in}: ", style="dim") + Text(" … ".join(lost), style="bold")
    return printed, Text(f" – {said_in}: ", style="dim") + said


def on_one_row(printed: Text, against: Text, width: int) -> Text:
    """Put both on one row: the longer gives way, the printed words in their middle, the other at its end."""
    room = max(width - against.cell_len, width // 2)
    if printed.cell_len > room:
        words = printed.plain
        kept = max((room - 3) // 2, 1)
        printed = Text(f"{words[:kept].rstrip()} … {words[-kept:].lstrip()}")
    return printed + against


def _spoken(source: Annotations) -> bool:
    return source.document.kind == "transcript"


def shorten(words: str, most: int = _GAP_WORDS) -> str:
    """Cut the middle of more than ``most`` words."""
    listed = words.split()
    if len(listed) <= most:
        return " ".join(listed)
    return f"{' '.join(listed[: most // 2])} … {' '.join(listed[-most // 2 :])}"
