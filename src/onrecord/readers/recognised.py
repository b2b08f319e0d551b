"""What speech recognisers write becomes cues: their JSON, and text with a time or a speaker's number on each line.

Reads a parsed JSON value or a text; gives :class:`~onrecord.readers.cues.Cue`, or ``None`` where it is something else.
Known by their field names: Whisper, WhisperX, faster-whisper (``segments``), whisper.cpp (``transcription``), Rev
(``monologues``), AssemblyAI (``utterances``), Deepgram (``results.utterances``), Amazon Transcribe
(``results.audio_segments``), and the lines of whisper.cpp, pyannote-whisper and meeting tools.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from onrecord.readers.cues import Cue

_CLOCK = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_SPEAKER = r"(?:[\[(]?(?P<speaker>(?:speaker|spk)[ _]?\w{1,3})[\])]?:?\s+)?"
_LINES = (
    re.compile(rf"\[(?P<begin>{_CLOCK})\s*-->\s*(?P<end>{_CLOCK})\]\s*{_SPEAKER}(?P<words>.*)", re.IGNORECASE),
    re.compile(
        rf"\[?(?P<begin>\d+\.\d+|{_CLOCK})\s*(?:-->|-|–|\s)\s*(?P<end>\d+\.\d+|{_CLOCK})\]?\s+"
        r"[\[(]?(?P<speaker>(?:speaker|spk)[ _]?\w{1,3})[\])]?:?\s+(?P<words>.*)",
        re.IGNORECASE,
    ),
    re.compile(r"\((?P<speaker>speaker \w{1,3})\)\s+(?P<words>.*)", re.IGNORECASE),
    re.compile(r"\[?(?P<speaker>SPEAKER_\d{1,3})\]?:?\s+(?P<words>.*)"),
)
_FEWEST = 2
_SHARE = 0.8
"""Of the lines that hold words, at least so many have the form."""


def cues_of_lines(text: str) -> list[Cue] | None:
    """Read a text of which nearly every line has a time or a speaker's number; ``None`` where it is another text."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) < _FEWEST:
        return None
    for form in _LINES:
        if not form.match(lines[0]) and not form.match(lines[1]):
            continue
        matches = [form.match(line) for line in lines]
        if sum(match is not None for match in matches) >= max(_FEWEST, _SHARE * len(lines)):
            return _from_lines(lines, matches)
    return None


def _from_lines(lines: Sequence[str], matches: Sequence[re.Match[str] | None]) -> list[Cue]:
    cues: list[Cue] = []
    for line, match in zip(lines, matches, strict=True):
        if match is None:  # a line that runs on
            if cues:
                last = cues[-1]
                cues[-1] = Cue(f"{last.words} {line}", last.begin, last.end, last.speaker)
            continue
        named = match.groupdict()
        if named["words"].strip():
            begin, end = _seconds(named.get("begin")), _seconds(named.get("end"))
            cues.append(Cue(named["words"], begin, end, named.get("speaker")))
    return cues


def cues_of_json(found: Any) -> list[Cue] | None:
    """Read a recogniser's JSON, told by its field names; ``None`` where it is none of those known."""
    if isinstance(found, list) and found and all(_is_segment(item) for item in found):
        return _segments(found)
    if not isinstance(found, Mapping):
        return None
    results = found.get("results")
    places: tuple[tuple[Any, Callable[[Sequence[Any]], list[Cue]]], ...] = (
        (found.get("segments"), _segments),
        (found.get("transcription"), _whisper_cpp),
        (found.get("monologues"), _monologues),
        (found.get("utterances"), _milliseconds),
        (results.get("utterances") if isinstance(results, Mapping) else None, _segments),
        (results.get("audio_segments") if isinstance(results, Mapping) else None, _segments),
    )
    for items, reader in places:
        if isinstance(items, list) and items and all(isinstance(item, Mapping) for item in items):
            cues = [cue for cue in reader(items) if cue.words.strip()]
            if cues:
                return cues
    return None


def _is_segment(item: Any) -> bool:
    return isinstance(item, Mapping) and isinstance(item.get("text"), str) and "start" in item and "end" in item


def _segments(items: Sequence[Mapping[str, Any]]) -> list[Cue]:
    return [
        Cue(
            _words(item),
            _seconds(item.get("start", item.get("start_time"))),
            _seconds(item.get("end", item.get("end_time"))),
            _speaker(item),
        )
        for item in items
    ]


def _milliseconds(items: Sequence[Mapping[str, Any]]) -> list[Cue]:
    def seconds(value: Any) -> float | None:
        return value / 1000 if isinstance(value, int | float) else None

    return [Cue(_words(i), seconds(i.get("start")), seconds(i.get("end")), _speaker(i)) for i in items]


def _whisper_cpp(items: Sequence[Mapping[str, Any]]) -> list[Cue]:
    cues = []
    for item in items:
        times = item.get("timestamps")
        times = times if isinstance(times, Mapping) else {}
        cues.append(Cue(_words(item), _seconds(times.get("from")), _seconds(times.get("to")), _speaker(item)))
    return cues


def _monologues(items: Sequence[Mapping[str, Any]]) -> list[Cue]:
    cues = []
    for item in items:
        elements = [e for e in item.get("elements") or () if isinstance(e, Mapping)]
        timed = [e for e in elements if "ts" in e]
        words = "".join(str(e.get("value", "")) for e in elements)
        begin = _seconds(timed[0].get("ts")) if timed else None
        end = _seconds(timed[-1].get("end_ts")) if timed else None
        cues.append(Cue(words, begin, end, _speaker(item)))
    return cues


def _words(item: Mapping[str, Any]) -> str:
    value = item.get("text", item.get("transcript", ""))
    return value if isinstance(value, str) else ""


def _speaker(item: Mapping[str, Any]) -> str | None:
    value = item.get("speaker", item.get("speaker_label"))
    if isinstance(value, str):
        return value.strip() or None
    return f"SPEAKER_{value:02d}" if isinstance(value, int) and not isinstance(value, bool) else None


def _seconds(value: Any) -> float | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value)
    seconds = 0.0
    try:
        for part in str(value).split(":"):
            seconds = 60 * seconds + float(part.replace(",", "."))
    except ValueError:
        return None
    return round(seconds, 3)
