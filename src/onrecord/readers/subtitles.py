"""Subtitles become cues: SubRip (``.srt``) and WebVTT (``.vtt``), those of video sites and meeting tools included.

Reads a text; gives :class:`~onrecord.readers.cues.Cue`. webvtt-py reads headers, notes, styles, voices and times; what
is ours is the joining: a rolling caption, which shows its last line again above each new one, is taken once.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterable
from typing import Any

from onrecord.errors import FormatError
from onrecord.readers.cues import Cue

_ARROW = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}\s*-->\s*(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_OPENS = re.compile(rf"[\s\ufeff]*(?:WEBVTT(?=\s|$)|(?:\d+\s*[\r\n])?\s*{_ARROW})")
_TIME_LINE = re.compile(r"^.*-->.*$", re.MULTILINE)
_VOICE = re.compile(r"<v(?:\.[\w.-]+)?[ \t]+([^>]*)>")
_WORD_TIME = re.compile(r"<(?:\d{1,3}:)?\d{1,2}:\d{2}\.\d{1,3}>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|\{\\[^{}]*\}")
_LEADING_NUMBER = re.compile(r"^\d{1,6}$")
_FLASH = 0.05
"""Seconds: a caption shown for less only redraws what stands there."""


def is_subtitles(text: str) -> bool:
    """Return whether a text opens as SubRip or WebVTT does."""
    return _OPENS.match(text) is not None


def read_cues(text: str, name: str) -> list[Cue]:
    """Read the cues of SubRip or WebVTT; raises FormatError where a time line cannot be read."""
    import webvtt  # noqa: PLC0415 - loads when subtitles are read
    from webvtt.errors import MalformedFileError  # noqa: PLC0415 - likewise

    whole = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff \t\n") + "\n"
    form = "vtt" if whole.startswith("WEBVTT") else "srt"
    try:
        captions: list[Any] = webvtt.from_buffer(io.StringIO(whole), format=form).captions
    except MalformedFileError as error:
        raise FormatError(f"{name} is not read as subtitles ({error}): correct its first lines.") from None
    lines = len(_TIME_LINE.findall(whole))
    if len(captions) < lines - whole.count("\nNOTE"):
        captions = _by_hand(whole, name)
    found = [
        (_seconds(caption.start), _seconds(caption.end), (caption.raw_text if form == "vtt" else caption.text))
        for caption in captions
    ]
    return list(_joined(found))


class _Caption:
    """A caption as webvtt-py gives it, read by our own line scan where that passed one over."""

    def __init__(self, start: str, end: str, text: str) -> None:
        self.start, self.end, self.text, self.raw_text = start, end, text, text


def _by_hand(text: str, name: str) -> list[_Caption]:
    """Scan the time lines where the library dropped a caption, so that no words are lost; name a line that is none."""
    captions: list[_Caption] = []
    matches = list(_TIME_LINE.finditer(text))
    for number, match in enumerate(matches):
        times = re.match(r"\s*((?:\d+:)?\d+:\d+[.,]\d+)\s*-->\s*((?:\d+:)?\d+:\d+[.,]\d+)", match.group())
        if times is None:
            line = text.count("\n", 0, match.start()) + 1
            raise FormatError(f"{name}, line {line}, is no time of a subtitle: correct it.")
        stop = matches[number + 1].start() if number + 1 < len(matches) else len(text)
        body = text[match.end() : stop].strip("\n").split("\n")
        if number + 1 < len(matches) and body and _LEADING_NUMBER.match(body[-1].strip()):
            body.pop()
        kept = [line for line in body if line.strip()]
        captions.append(_Caption(times[1], times[2], "\n".join(kept)))
    return captions


def _seconds(clock: str) -> float:
    seconds = 0.0
    for part in clock.split(":"):
        seconds = 60 * seconds + float(part.replace(",", "."))
    return round(seconds, 3)


def _joined(captions: Iterable[tuple[float, float, str]]) -> Iterable[Cue]:
    """Part captions by their voices, and take what rolls up the screen once."""
    shown: list[str] = []
    for begin, end, raw in captions:
        rolling = _WORD_TIME.search(raw) is not None or end - begin < _FLASH
        for speaker, words in _voices(raw):
            lines = [line for line in (_plain(line) for line in words.split("\n")) if line]
            fresh = _without_repeat(shown, lines, rolling=rolling)
            shown = lines or shown
            if fresh:
                yield Cue("\n".join(fresh), begin, end, speaker)


def _without_repeat(shown: list[str], lines: list[str], *, rolling: bool) -> list[str]:
    """Leave out the lines that the screen showed already, and the beginning of a line that grows."""
    for length in range(min(len(shown), len(lines)), 0, -1):
        if shown[-length:] == lines[:length] and (rolling or length < len(lines)):
            return lines[length:]
    if shown and lines and rolling and lines[0].startswith(shown[-1] + " "):
        return [lines[0][len(shown[-1]) + 1 :], *lines[1:]]
    return lines


def _voices(raw: str) -> list[tuple[str | None, str]]:
    parts: list[tuple[str | None, str]] = []
    at, speaker = 0, None
    for match in _VOICE.finditer(raw):
        if raw[at : match.start()].strip():
            parts.append((speaker, raw[at : match.start()]))
        at, speaker = match.end(), html.unescape(match[1]).strip() or None
    parts.append((speaker, raw[at:]))
    return [(name, words) for name, words in parts if words.strip()]


def _plain(line: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", _WORD_TIME.sub("", line))).split())
