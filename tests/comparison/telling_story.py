"""Builds annotated reports from marked text, so that comparing is tested without a model.

``{Name: words}`` in a sentence is an utterance of that name; the rest is the report's own voice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.annotation import Annotations, Attribution, DateMention, Form, Speaker
from onrecord.document import Document, Published, Span
from onrecord.story import StorySpeaker

_SPOKEN = re.compile(r"\{(?P<name>[^:{}]*):\s*(?P<words>[^{}]*)\}")
_SENTENCE = re.compile(r"[^\n]+")


def report(name: str, marked: str, day: str | None = "2031-05-14", kinds: dict[str, str] | None = None) -> Annotations:
    """Read a marked text, one sentence a line; ``@date`` after a word dates it."""
    text, attributions, speakers = "", [], {}
    at = 0
    for match in _SPOKEN.finditer(marked):
        text += marked[at : match.start()]
        start = len(text)
        text += match["words"]
        at = match.end()
        who = match["name"].strip()
        if who and who not in speakers:
            kind = (kinds or {}).get(who, "person")
            speakers[who] = Speaker(f"{name}:p{len(speakers) + 1}", who, kind)  # type: ignore[arg-type]
        attributions.append(
            Attribution(
                f"{name}:a{len(attributions) + 1}",
                (Span(start, len(text)),),
                form=_form(match["words"]),
                speaker=speakers[who].id if who else None,
                cue=Span(len(text), len(text) + 1),
            )
        )
    text += marked[at:]
    dates = [DateMention(m.start(), m.end(), m[2]) for m in re.finditer(r"(\w+)@(\d{4}-\d\d-\d\d)", text)]
    return Annotations(
        Document(name, text, published=Published(day, "caller") if day else None),
        sentences=tuple(Span(m.start(), m.end()) for m in _SENTENCE.finditer(text)),
        speakers=tuple(speakers.values()),
        attributions=tuple(attributions),
        dates=tuple(dates),
    )


def _form(words: str) -> Form:
    if re.fullmatch(r"[“\"].*[”\"]", words, re.DOTALL):
        return "direct"
    return "mixed" if re.search(r"[“\"]", words) else "indirect"


def shared(reports: Sequence[Annotations]) -> list[StorySpeaker]:
    """Make one story speaker of each name."""
    members: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for one in reports:
        for speaker in one.speakers:
            members.setdefault((speaker.name, speaker.kind), []).append((one.id, speaker.id))
    return [
        StorySpeaker(f"p{number}", name, kind, tuple(held))  # type: ignore[arg-type]
        for number, ((name, kind), held) in enumerate(sorted(members.items()), 1)
    ]
