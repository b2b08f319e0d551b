"""A check in the forms that editors and services of continuous integration read: GitHub's annotations, and SARIF 2.1.0.

Reads: Check. Lines and columns count from 1, in the text as it was read; a column counts characters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from onrecord.annotation import Annotations
from onrecord.document import Span
from onrecord.publishers import labels
from onrecord.publishers.attention import plain, said_segments
from onrecord.publishers.check_terminal import in_order_of_harm, message, position
from onrecord.publishers.escapes import line
from onrecord.publishers.provenance import installed_version
from onrecord.story import Check, CheckedQuotation

_COMMANDS: Final = {"error": "error", "note": "warning"}
_LEVELS: Final = {"error": "error", "note": "note"}
_SARIF: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def github(checks: Sequence[Check], files: Mapping[str, str]) -> str:
    """Write a workflow command of GitHub a quotation; ``files`` has the path of each article, by its id."""
    rows = []
    for check in checks:
        file = files.get(check.document.id, check.document.id)
        for quotation in in_order_of_harm(check):
            (row, column), (last, end) = _region(check.document.text, quotation.span)
            where = f"file={_property(file)},line={row},endLine={last},col={column},endColumn={end}"
            words = f"{message(quotation, check.document)}\n{_wordings(quotation, check)}"
            rows.append(
                f"::{_COMMANDS[quotation.severity]} {where},title={_property(_title(quotation))}::{_data(words)}"
            )
    return "".join(f"{row}\n" for row in rows)


def sarif(checks: Sequence[Check], files: Mapping[str, str]) -> bytes:
    """Write a SARIF log: a rule for each verdict that occurs, a result for each quotation that breaks the style."""
    results = [_result(q, check, files) for check in checks for q in in_order_of_harm(check)]
    named = {result["ruleId"] for result in results}
    rules = [
        {"id": key, "shortDescription": {"text": label}, "fullDescription": {"text": meaning}}
        for key, (label, _, meaning) in labels.signs().items()
        if key in named
    ]
    driver = {"name": "onrecord", "version": installed_version(), "rules": rules}
    log = {
        "$schema": _SARIF,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }
    return msgspec.json.format(msgspec.json.encode(log), indent=2) + b"\n"


def _result(quotation: CheckedQuotation, check: Check, files: Mapping[str, str]) -> dict[str, Any]:
    (row, column), (last, end) = _region(check.document.text, quotation.span)
    region = {"startLine": row, "startColumn": column, "endLine": last, "endColumn": end}
    file = files.get(check.document.id, check.document.id)
    return {
        "ruleId": _rule(quotation),
        "level": _LEVELS[quotation.severity],
        "message": {"text": f"{message(quotation, check.document)}. {_wordings(quotation, check)}"},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": file}, "region": region}}],
    }


def _rule(quotation: CheckedQuotation) -> str:
    harms = labels.harms(quotation.wording.flags, quotation.severity)
    return harms[0] if harms else quotation.wording.verdict


def _title(quotation: CheckedQuotation) -> str:
    return labels.signs()[_rule(quotation)][0]  # type: ignore[index]


def _wordings(quotation: CheckedQuotation, check: Check) -> str:
    """Write both wordings: what is printed, and what stands in the transcript where something like it does."""
    printed = f"Printed: {line(quotation.span.of(check.document.text)).strip()}"
    transcripts = {t.id: t for t in check.transcripts}
    wording = quotation.wording
    source: Annotations | None = transcripts.get(wording.passages[0].document) if wording.passages else None
    if source is None:
        return printed
    return f"{printed} In the transcript: “{line(plain(said_segments(wording.passages, wording, source)))}”"


def _region(text: str, span: Span) -> tuple[tuple[int, int], tuple[int, int]]:
    return position(text, span), position(text, Span(span.end, span.end))


def _data(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")
