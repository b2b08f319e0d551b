"""Short names for documents and counts in words, the same in every publication."""

from __future__ import annotations

import re

from onrecord.annotation import Annotations, Attribution
from onrecord.story import Story

MORE_THAN_ONE = 2
_DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|dismiss|reject|refut|disput|contradict|rebuff|disavow|repudiat|disown|doubt)",
    re.IGNORECASE,
)
_UNDENIED = re.compile(r"\b(?:not|never|no)\b|n['’]t\b", re.IGNORECASE)
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
    return cue if _DENIAL.search(cue) and not _UNDENIED.search(cue) else None


def quoted_share(annotations: Annotations) -> float:
    """Measure how much of a document stands in direct or mixed attributions, as a part (0 to 1) of its characters."""
    covered: set[int] = set()
    for attribution in annotations.attributions:
        if attribution.form != "indirect":
            for span in attribution.content:
                covered.update(range(span.start, span.end))
    return len(covered) / len(annotations.text) if annotations.text else 0.0
