"""Timed words become a transcript: the cues of subtitles and of speech recognisers, joined to turns.

Reads :class:`Cue` in order; gives a Document whose text is one paragraph a turn, each under its label where a speaker
is named, with the times of the cues kept beside it (:attr:`Document.cues`, in seconds and characters). A sentence
that runs over several cues is one sentence again. A cue whose words carry their own label ("ADA BRANDT: …", ">> …",
"- …") begins a new turn.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from onrecord.document import Block, Document, ReadingNote, TimedCue
from onrecord.readers.transcript import find_turns

_CHANGE = re.compile(r"\s*(?:(?:>>+|&gt;&gt;)\s*|[-–—]\s+)")
_MARKED = re.compile(
    r"\s*(?:[\[(](?P<marked>(?:speaker[ _]?\w{1,3}|S\d{1,2}))[\])]:?|(?P<bare>SPEAKER_\d{1,3}):)\s*", re.IGNORECASE
)
_LABEL = re.compile(r"\s*\[?(?P<name>[^\W\d_a-z][^:\n\[\]\"“”?!;]{0,60}?)\]?:(?=\s)\s*")
_SPACE = re.compile(r"\s+")
_ANONYMOUS = re.compile(r"speaker[ _]?\w{1,3}|S\d{1,2}", re.IGNORECASE)
_OWN_NAME = re.compile(
    r"\b(?:[Mm]y name is|I am|I[’']m|[Tt]his is) "
    r"(?P<name>[A-Z][\w'’-]+(?: [A-Z]\.)?(?: [A-Z][\w'’-]+){1,2})(?=[,.;!?]|$| and\b)"
)
_INTRODUCTION = 300
"""Characters from the start of a speaker's first turn in which the speaker may say who is speaking."""


class Cue(msgspec.Struct, frozen=True):
    """Words said from ``begin`` to ``end``, in seconds, ``None`` where unknown; ``speaker`` as the source has it."""

    words: str
    begin: float | None = None
    end: float | None = None
    speaker: str | None = None


class _Turn(msgspec.Struct):
    """One speaker's cues on end."""

    speaker: str | None
    cues: list[Cue]


def transcript(
    cues: Sequence[Cue],
    identity: str,
    *,
    speakers: Mapping[str, str] | None = None,
    speaker: str | None = None,
    notes: Sequence[ReadingNote] = (),
) -> Document:
    """Join cues to turns and turns to a transcript.

    ``speakers`` gives names for a recogniser's labels (``SPEAKER_00``); ``speaker`` is whose words cues without any
    label are. A label that its own turns name ("I'm Ada Brandt, …") gets that name, and a note says that it was
    inferred.
    """
    turns = _turns(cues, speaker)
    names, inferred = _names(turns, speakers or {})
    parts: list[str] = []
    blocks: list[Block] = []
    timed: list[TimedCue] = []
    at = 0
    for turn in turns:
        label = names.get(turn.speaker, turn.speaker) if turn.speaker else None
        if label:
            blocks.append(Block("turn-label", at, at + len(label) + 1))
            parts.append(f"{label}: ")
            at += len(label) + 2
        begin = at
        for number, cue in enumerate(turn.cues):
            if number:
                parts.append(" ")
                at += 1
            if cue.begin is not None:
                timed.append(TimedCue(at, at + len(cue.words), cue.begin, cue.end))
            parts.append(cue.words)
            at += len(cue.words)
        blocks.append(Block("turn", begin, at, label))
        parts.append("\n\n")
        at += 2
    text = "".join(parts).rstrip("\n")
    found: list[ReadingNote] = [*notes, "cues-joined"]
    if inferred:
        found.append("speaker-inferred")
    labelled = any(block.speaker for block in blocks)
    return Document(
        identity,
        text,
        kind="transcript",
        cues=tuple(timed),
        notes=tuple(found),
        blocks=tuple(blocks) if labelled or len(turns) > 1 else find_turns(text, speaker=speaker),
    )


def _turns(cues: Sequence[Cue], speaker: str | None) -> list[_Turn]:
    turns: list[_Turn] = []
    current = speaker
    for cue in cues:
        for number, (said_by, parts, printed) in enumerate(_split(cue.words)):
            words, changed = _SPACE.sub(" ", printed).strip(), parts
            if not words:
                continue
            begin = cue.begin
            named = cue.speaker if number == 0 and cue.speaker else said_by
            if named is not None:
                current, changed = named, not turns or turns[-1].speaker != named
            elif changed:
                current = None
            elif cue.speaker is None and not turns:
                current = speaker
            piece = Cue(words, begin, cue.end, current)
            if turns and not changed and turns[-1].speaker == current:
                turns[-1].cues.append(piece)
            else:
                turns.append(_Turn(current, [piece]))
    return turns


def _split(words: str) -> list[tuple[str | None, bool, str]]:
    """Part a cue's lines where the speaker changes: the label printed, whether it is another's turn, the words."""
    parts: list[tuple[str | None, bool, str]] = []
    lines = words.splitlines() or [words]
    dialogue = len(lines) > 1 and all(_CHANGE.match(line) for line in lines)
    for line in lines:
        change = _CHANGE.match(line)
        changed = change is not None and (dialogue or not line.lstrip().startswith(("-", "–", "—")))
        rest = line[change.end() :] if change is not None and (changed or dialogue) else line
        marked = _MARKED.match(rest)
        label = None if marked else _LABEL.match(rest)
        if marked:
            parts.append((marked["marked"] or marked["bare"], True, rest[marked.end() :]))
        elif label and _is_name(label["name"]):
            parts.append((label["name"].strip(), True, rest[label.end() :]))
        elif changed or not parts:
            parts.append((None, changed, rest))
        else:
            name, before, said = parts[-1]
            parts[-1] = (name, before, f"{said} {rest}")
    return parts


def _is_name(printed: str) -> bool:
    """Return whether a label reads as a person's or a role's: in capitals, or each of its words with a capital."""
    bare = re.sub(r"\s*[\[(].*", "", printed).split(",", 1)[0]
    parts = bare.split()
    return (
        0 < len(parts) <= 5
        and all(part[0].isupper() for part in parts)
        and (bare.isupper() or len(parts) > 1 or printed.isupper())
    )


def _names(turns: Sequence[_Turn], given: Mapping[str, str]) -> tuple[dict[str, str], bool]:
    """Name a recogniser's labels: as the caller says, else as the speaker's own first words say."""
    names = {label.casefold(): name for label, name in given.items()}
    found: dict[str, str] = {}
    claimed: dict[str, set[str]] = {}
    for turn in turns:
        label = turn.speaker
        if label is None:
            continue
        if label.casefold() in names:
            found[label] = names[label.casefold()]
        elif _ANONYMOUS.fullmatch(label) and label not in claimed:
            opening = " ".join(cue.words for cue in turn.cues)[:_INTRODUCTION]
            own = _OWN_NAME.search(opening)
            claimed[label] = {own["name"]} if own else set()
    once = [name for several in claimed.values() for name in several]
    inferred = False
    for label, several in claimed.items():
        for name in several:
            if once.count(name) == 1:
                found[label] = name
                inferred = True
    return found, inferred
