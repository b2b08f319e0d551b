"""What documents, speakers and cues are called, and counts in words: the same in every publication."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onrecord.annotation import Annotations, Attribution
from onrecord.publishers.labels import UNCLEAR_SPEAKER, UNKNOWN_SPEAKER
from onrecord.story import Statement, Story

MORE_THAN_ONE = 2
_DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|dismiss|reject|refut|disput|contradict|rebuff|disavow|repudiat|disown|doubt)",
    re.IGNORECASE,
)
_UNDENIED = re.compile(r"\b(?:not|never|no)\b|n['’]t\b", re.IGNORECASE)
_TURNING = r"not|never|no longer|hardly|barely|cannot|stopp?\w* short of|(?:declin|refus|fail|neglect|hesitat)\w* to"
_SHADED = re.compile(
    rf"(?:\b(?:(?:do|does|did|is|are|was|were|has|have|had|be|been|will|would|could|can|may|might|should|wo)(?:n['’]t)?"
    rf"|{_TURNING})\s+)+$",
    re.IGNORECASE,
)
"""Words right before a cue that belong to it."""
_TURNS = re.compile(rf"\b(?:{_TURNING}|would|could|may|might)\b|n['’]t\b", re.IGNORECASE)
"""Those among them that turn or soften what the cue says."""
_BEFORE_A_CUE = 48
_ALPHABET = "ABCDEFGHIJKLMNOPQRSUVWXYZ"


def letters(story: Story) -> dict[str, str]:
    """Give each report of a story a letter (A to Z without T, then AA, AB, …) and each transcript T, T2, T3, …."""
    names: dict[str, str] = {}
    reports = transcripts = 0
    for each in story.documents:
        if each.document.kind == "transcript":
            transcripts += 1
            names[each.id] = "T" if transcripts == 1 else f"T{transcripts}"
        else:
            reports += 1
            names[each.id] = _letter(reports)
    return names


def _letter(number: int) -> str:
    """Write a number from 1 in letters: A, …, Z, AA, AB, …; ``T`` stands for transcripts and is left out."""
    result = ""
    while number:
        number, digit = divmod(number - 1, len(_ALPHABET))
        result = _ALPHABET[digit] + result
    return result


def count(number: int, one: str, many: str | None = None) -> str:
    """Write a number with its noun: ``1 report``, ``2 reports``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def denial(text: str, attribution: Attribution) -> str | None:
    """Give a cue that denies what its content says (*rejected criticism* that the alarm was late), else ``None``.

    Without it the content would be read as what the speaker holds.
    """
    cue = " ".join(attribution.cue.of(text).split()) if attribution.cue is not None else ""
    return cue if denies(cue) else None


def denies(words: str) -> bool:
    """Return whether words hold a verb of denial that is not itself negated."""
    return bool(_DENIAL.search(words)) and not _UNDENIED.search(words)


def cue_words(text: str, attribution: Attribution) -> str:
    """Give a cue as printed, with the words before it that turn or soften it (*did not* say, *declined to* say)."""
    if attribution.cue is None:
        return ""
    start = attribution.cue.start
    before = _SHADED.search(text[max(0, start - _BEFORE_A_CUE) : start])
    if before is not None and _TURNS.search(before.group()):
        start -= len(before.group())
    return " ".join(text[start : attribution.cue.end].split()).strip(" :,;–—-")


def needed_cue(text: str, attribution: Attribution) -> str:
    """Give the cue that must stand beside content, or nothing.

    That is every cue of content outside quotation marks, for its sense hangs on the cue (*were wary about* going on),
    and a cue that denies or negates what stands inside them.
    """
    cue = cue_words(text, attribution)
    if attribution.form != "direct" or denial(text, attribution) is not None or _TURNS.search(cue):
        return cue
    return ""


def credit(speaker: str, cue: str) -> str:
    """Write a speaker with the cue that must be read with the words that follow; without one, the speaker alone."""
    if not cue:
        return f"{speaker}:"
    return f"{cue} {speaker}:" if cue.casefold().startswith("according") else f"{speaker} {cue}:"


def speaker_label(name: str | None, source: str | None = None, *, clear: bool = True) -> str:
    """Name a speaker; under the threshold of confidence say what the text prints and who it may be.

    ``source`` are the words of the text that name the source: ``unclear (she: Hanne Brask?)``.
    """
    printed = " ".join((source or "").split())
    if clear or not (name or printed):
        return name or UNKNOWN_SPEAKER
    if not name:
        return f"{UNCLEAR_SPEAKER} ({printed})"
    if not printed or name.casefold() in printed.casefold():
        return f"{UNCLEAR_SPEAKER} ({printed or name}?)"
    return f"{UNCLEAR_SPEAKER} ({printed}: {name}?)"


def source_words(text: str, attribution: Attribution) -> str | None:
    """Give the words that name an attribution's source, where it prints any."""
    return attribution.source.of(text) if attribution.source is not None else None


def statement_speaker(statement: Statement, name: str | None, versions: Iterable[tuple[str, Attribution]]) -> str:
    """Name a statement's speaker; ``versions`` are its attributions, each with the text of its document."""
    printed = (source_words(text, attribution) for text, attribution in versions)
    return speaker_label(name, next(filter(None, printed), None), clear=statement.speaker_clear)


def quoted_share(annotations: Annotations) -> float:
    """Measure how much of a document stands in direct or mixed attributions, as a part (0 to 1) of its characters."""
    covered: set[int] = set()
    for attribution in annotations.attributions:
        if attribution.form != "indirect":
            for span in attribution.content:
                covered.update(range(span.start, span.end))
    return len(covered) / len(annotations.text) if annotations.text else 0.0
