"""Turns of a transcript: who is printed as speaking, and which words are theirs.

Reads a text (and, of a page, what it sets in bold); gives blocks. The forms known: ``NAME: …``, ``GEN. SURNAME: …``,
``Q: …`` and ``Q …``, ``Name, Title: (00:00)`` and ``Name (00:00):`` on a line of their own, ``[00:00:00] NAME: …``,
``>> NAME: …``, ``[NAME] …``, ``**Name:** …``, ``NAME – …``, those of parliaments (``Mr NAME (Seat) (3.18 pm)—…``,
``Mr. NAME of State. …``, ``Opposition members: …``), names in bold, and names on lines
of their own (``Name (Seat) (Party)``, ``The Minister (Name)``). A run of paragraphs of one speaker is one turn;
a time code that opens a paragraph parts it, so that no turn holds one, and so does a line that only says that members
interject. Stage directions stay in the turn's text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from typing import Literal, NamedTuple

from onrecord.document import Block, Span
from onrecord.lexicon.load import word_list

Sign = Literal["question", "timed", "bold", "capitals", "house", "mixed", "bracketed", "dashed", "stopped", "timecode"]
_WEAK: frozenset[Sign] = frozenset({"bracketed", "dashed"})
"""Signs that stage directions and datelines bear as well: they count where two names come again."""
_LEAST_STOPPED = 3
"""Labels closed by a full stop, of two names or more, from which on they are none by accident."""
_LEAST_WEAK = 2

_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?"
_TIME = rf"(?:\[{_CLOCK}\]|\({_CLOCK}\)|{_CLOCK})"
_LEADING_TIME = re.compile(rf"(?:\[{_CLOCK}\]|\({_CLOCK}\)|{_CLOCK}(?=\s+[^\W\d_]))(?:\s*[-–—]?\s*)")
_QUESTION = re.compile(rf"(?P<name>Q|A)(?P<mark>[.:](?!\w)|(?=\s))\s*(?:[\[(]{_CLOCK}[\])]\s*)?(?=\S|$)")
_COLON = re.compile(
    rf"(?P<name>[^\W\d_][^:\n\"“”?!;]{{0,99}}?)\s*(?P<before>[\[(]{_CLOCK}[\])])?\s*:(?P<after>\s*{_TIME})?(?=\s|$)"
)
_TIMED = re.compile(rf"(?P<name>[^\W\d_][^:\n\"“”?!;]{{0,99}}?)\s+{_TIME}\s*$")
_ARROWS = re.compile(r"(?:>>+|&gt;&gt;)\s*")
_STARS = re.compile(
    rf"(?P<stars>\*{{1,3}}|_{{1,3}})(?P<name>[^\n*_:]{{1,99}}?)(?P<in>\s*:)?(?P=stars)(?P<out>\s*:)?(?:\s*{_TIME})?"
)
_BRACKETED = re.compile(r"\[(?P<name>[^\W\d_][^\[\]\n:]{0,60})\]\s*:?(?=\s|$)")
_DASHED = re.compile(r"(?P<name>[^\W\d_][^\n:;.!?,–—-]{1,60}?)(?:,[^\n:;.!?–—-]{1,60}?)?\s[–—-]\s(?=\S)")
_COURTESY = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Dame|Senator|Chairman|Chairwoman|[Tt]he)\.?"
_HOUSE = re.compile(
    rf"(?P<name>{_COURTESY}(?: [A-Z][\w.'’-]*){{1,5}})"
    r"(?P<seat>(?:\s*\((?:[^()\n]|\([^()\n]*\))*\)){0,2})\s?[—–](?=\S)"
)
_RECORD = re.compile(
    rf"(?P<name>{_COURTESY}(?: [A-Z]\.)*(?: [A-Z][A-Z'’-]{{2,}}){{1,3}})"
    r"(?: of [A-Z]\w+(?: [A-Z]\w+)?)?(?:\s*\([^()\n]*\))?\.\s+(?=\S)"
)
_HOUSES = "|".join(sorted(word_list("transcripts.houses")))
_MEMBERS = "|".join(sorted(word_list("transcripts.house_members")))
_GROUP = rf"(?=[A-Z])(?i:(?:(?:an?|some|several|many|the) )?(?:(?:{_HOUSES})\.? )+(?:{_MEMBERS}))"
_INTERJECTION = re.compile(rf"(?P<name>{_GROUP}):(?=\s|$)")
_SILENT = re.compile(
    rf"(?:{_GROUP}|{_COURTESY}(?: [A-Z][\w'’-]+){{1,3}})\s+(?:having )?(?:interject(?:ing|ed)|rose)\s*[—–-]*\.?\s*$"
    r"|[●•]?\s*\(\d{4}\)\s*$"
)
"""Lines that are said by nobody: "Opposition members interjecting—", "Several hon. Members rose—", "● (1420)"."""
_CHAIRING = r"(?:The|Mr\.|Madam|Mister) (?:SPEAKER|PRESIDENT|CHAIR|PRESIDING OFFICER|ACTING PRESIDENT)(?: pro tempore)?"
_CHAIR = re.compile(rf"(?P<name>{_CHAIRING})(?:\s*\([^()\n]*\))?\.\s+(?=\S)")
_STOPPED = re.compile(
    rf"(?P<name>(?:{_COURTESY}|Representative|Congress(?:man|woman)|Chair|Judge|General|Admiral|Secretary)"
    r"(?: [A-Z][\w'’-]+){1,3}|[Tt]he (?:Chairman|Chairwoman|Chair|Witness)"
    r"|(?!(?:\w+ ){0,3}(?:OF|ON|FOR|AND|THE)\b)[A-Z][A-Z'’-]+(?: [A-Z]\.)?(?: [A-Z][A-Z'’-]+){1,3})\.\s+(?=[A-Z“\"‘])"
)
_CLOSED: tuple[tuple[re.Pattern[str], Sign], ...] = (
    (_RECORD, "house"),
    (_INTERJECTION, "house"),
    (_CHAIR, "house"),
    (_STOPPED, "stopped"),
)
_MEMBER_LINE = re.compile(r"(?P<name>[A-Z][^\n():;.!?]{2,50}?) \([^()\n]{2,60}\) \([A-Z][\w/ -]{1,20}\)")
_OFFICE_LINE = re.compile(r"(?:The|Madam|Mr) [A-Z][^\n():;.!?]{3,90} \((?P<name>[A-Z][^\n()]{2,50})\)")
_CHAIR_LINE = re.compile(r"(?:Mr|Madam) (?:Deputy )?(?:Speaker|Chair|President)")
_LEAST_NAME_LINES = 3
_EXAMINER = re.compile(r"\bBY (?P<name>M(?:R|S|RS)\.? [A-Z][A-Z'’-]+):")
_SWORN = re.compile(
    r"\b(?P<name>[A-Z][A-Z'’-]+(?: [A-Z]\.)?(?: [A-Z][A-Z'’-]+){1,2}),\s+(?:called as a|(?:[A-Z'’]+ )?WITNESS\b"
    r"|having been|being first|(?:was )?(?:first )?duly sworn|SWORN\b)"
)
_DIRECTIONS = word_list("transcripts.directions")
_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_PARENTHESIS = re.compile(r"\s*[\[(][^()\[\]]*[\])]\s*$")
_LOWER_PARTS = word_list("transcripts.lower_parts")
_NO_NAMES = word_list("transcripts.no_names")
_ROLES = re.compile(
    r"(?:speaker|reporter|question|questioner|answer|moderator|interviewer|interviewee|host|staff|operator|audience|"
    r"unidentified|unknown|participant|chair|chairman|chairwoman|translator|interpreter|voice|press|narrator|clerk|judge)"
    r"(?:\s+(?:\d+|[a-z]|speaker|male|female|man|woman|reporter|member))*",
    re.IGNORECASE,
)
_TITLED = re.compile(
    r"(?:mr|mrs|ms|miss|dr|sir|lord|lady|sen|senator|rep|gov|governor|gen|general|lt|col|adm|admiral|maj|capt|captain|"
    r"sgt|sec|secretary|president|minister|prime|chancellor|ambassador|judge|justice|chief|mayor|professor|prof|rabbi|"
    r"bishop|father|sister|king|queen|prince|princess|the|dame|deputy|vice|under|undersecretary|spokesperson|commissioner)"
    r"\.?\s+\S",
    re.IGNORECASE,
)
_TERMINAL = (".", "?", "!", "…", ".”", "?”", "!”", '."', '?"', '!"', ".’", ".)", ":")


class Label(NamedTuple):
    """A speaker's name where it stands: the label's span (time code and colon within), the name, and its sign."""

    start: int
    end: int
    name: str
    sign: Sign


def find_turns(text: str, *, speaker: str | None = None, bold: Sequence[Span] = ()) -> tuple[Block, ...]:
    """Part a transcript into turns and their labels; lines before the first label are paragraphs.

    ``bold`` are the spans that a page sets in bold, in order. Without any label the whole is one turn of ``speaker``.
    """
    lines = _lines(text)
    labels = _accepted(_candidates(text, lines, bold))
    if all(label.sign == "timecode" for label in labels) and (named := _name_lines(text, lines)):
        labels = sorted([*labels, *named])
    if not any(label.sign != "timecode" for label in labels):
        head = _title_lines(text, lines)
        blocks = [Block("paragraph", line.start, line.end) for line in lines[:head]]
        spoken = [label for label in labels if label.start >= lines[head].start] if labels else []
        return tuple(blocks + _turns(text, lines[head:], spoken, speaker))
    first = next(label.start for label in labels if label.sign != "timecode")
    head = sum(1 for line in lines if line.start < first)
    blocks = [Block("paragraph", line.start, line.end) for line in lines[:head]]
    return tuple(blocks + _turns(text, lines[head:], [label for label in labels if label.start >= first], None))


def is_transcript(text: str, *, bold: Sequence[Span] = ()) -> bool:
    """Tell, cautiously, whether a text is a transcript: turns of two speakers or more under a title, and nothing else.

    An interview or an exchange printed in a report stands below prose that introduces it; it stays a report.
    """
    lines = _lines(text)
    labels = [label for label in _accepted(_candidates(text, lines, bold)) if label.sign != "timecode"]
    seen = Counter(label.name.casefold() for label in labels)
    labels = [label for label in labels if label.sign != "mixed" or seen[label.name.casefold()] > 1]
    needed = 8 if any(label.sign == "mixed" for label in labels) else 6
    if len(labels) < needed or len({label.name for label in labels}) < 2 or len(labels) * 5 < len(lines):
        return False
    above = [text[line.start : line.end] for line in lines if line.start < labels[0].start]
    return len(above) <= 12 and all(len(line) < 160 or "transcript" in line[:400].casefold() for line in above)


def _name_lines(text: str, lines: Sequence[Span]) -> list[Label]:
    """Find the names that stand on lines of their own above what each said, as the record of a parliament prints them.

    They are known by a seat and a party, or by an office, at first: ``Jan Roe (Vale) (Ind)``, ``The Minister (Ada
    Moss)``; then by the name alone. Without any such line, or with fewer than three in all, there are none.
    """
    known: set[str] = set()
    found = []
    for line in lines:
        printed = text[line.start : line.end]
        member = _MEMBER_LINE.fullmatch(printed) or _OFFICE_LINE.fullmatch(printed)
        if member:
            known.add(member["name"])
        if member or printed in known or _CHAIR_LINE.fullmatch(printed):
            found.append(Label(line.start, line.end, printed, "house"))
    return found if known and len(found) >= _LEAST_NAME_LINES else []


def _lines(text: str) -> list[Span]:
    lines = []
    for match in _LINE.finditer(text):
        line = match.group()
        start = match.start() + len(line) - len(line.lstrip())
        end = match.end() - len(line) + len(line.rstrip())
        if start < end:
            lines.append(Span(start, end))
    return lines


def _candidates(text: str, lines: Sequence[Span], bold: Sequence[Span]) -> list[Label]:
    labels, at = [], 0
    for line in lines:
        while at < len(bold) and bold[at].end <= line.start:
            at += 1
        lead = bold[at] if at < len(bold) and bold[at].start <= line.start else None
        label = _label(text, line, lead)
        if label is not None:
            labels.append(label)
    return labels


def _label(text: str, line: Span, bold: Span | None) -> Label | None:
    """Find the label that opens a line, or the time code that does."""
    limit = min(line.end, line.start + 200)
    clock = _LEADING_TIME.match(text, line.start, limit)
    start = clock.end() if clock else line.start
    if arrows := _ARROWS.match(text, start, limit):
        start = arrows.end()
    if bold is not None and start < bold.end and (label := _bold_label(text, line, start, bold)):
        return label
    if question := _QUESTION.match(text, start, limit):
        letter, mark = question["name"], question["mark"]
        follows = text[question.end() : question.end() + 1]
        if mark or (letter == "Q" and not follows.islower()):
            return Label(line.start, question.end(), letter, "question")
    if colon := _COLON.match(text, start, limit):
        name = _name(colon["name"])
        if name:
            end = min(colon.end(), line.end)
            sign: Sign = "timed" if colon["before"] or colon["after"] else "capitals" if _capitals(name) else "mixed"
            return Label(line.start, end, name, sign)
    if label := _marked_label(text, line, start, limit):
        return label
    if line.end == limit and (timed := _TIMED.match(text, start, limit)) and (name := _name(timed["name"])):
        return Label(line.start, line.end, name, "timed")
    silent = clock or _SILENT.match(text, start, line.end)
    return Label(line.start, silent.end(), "", "timecode") if silent else None


def _marked_label(text: str, line: Span, start: int, limit: int) -> Label | None:
    """Find a label set off by stars, brackets or a dash, or by a full stop as records of parliaments do."""
    stars = _STARS.match(text, start, limit)
    if stars and (stars["in"] or stars["out"]) and (name := _name(stars["name"])):
        return Label(line.start, stars.end(), name, "bold")
    if (bracketed := _BRACKETED.match(text, start, limit)) and _is_person(name := _name(bracketed["name"])):
        return Label(line.start, bracketed.end(), name, "bracketed")
    house = _HOUSE.match(text, start, limit)
    if house and (house["seat"] or house["name"].split()[-1].isupper()) and (name := _name(house["name"])):
        return Label(line.start, house.end(), name, "house")
    for pattern, sign in _CLOSED:
        closed = pattern.match(text, start, limit)
        if closed and (name := closed["name"] if pattern in {_INTERJECTION, _CHAIR} else _name(closed["name"])):
            return Label(line.start, closed.end(), name, sign)
    if (dashed := _DASHED.match(text, start, limit)) and _capitals(name := _name(dashed["name"])):
        return Label(line.start, dashed.end(), name, "dashed")
    return None


def _is_person(name: str) -> bool:
    """Return whether words in brackets may be a name: none of them a stage direction's."""
    return bool(name) and not any(part.casefold().strip(".") in _DIRECTIONS for part in re.split(r"[\s-]+", name))


def _bold_label(text: str, line: Span, start: int, bold: Span) -> Label | None:
    end = min(bold.end, line.end)
    if end - start > 100:
        return None
    printed = text[start:end].strip()
    colon = re.compile(rf"\s*:(?:\s*{_TIME})?").match(text, end, line.end)
    name = _name(_PARENTHESIS.sub("", printed.rstrip(": ").strip()))
    if not name or (not printed.endswith(":") and colon is None and end == line.end and not _capitals(name)):
        return None  # a line all in bold without a colon is a heading
    return Label(line.start, colon.end() if colon else end, name, "bold")


def _name(printed: str) -> str:
    """Give the printed name, or an empty string where the words cannot be one."""
    printed = printed.strip()
    bare = _PARENTHESIS.sub("", printed).split(",", 1)[0].strip()
    parts = bare.split()
    if not 0 < len(parts) <= 7 or parts[0].casefold().strip(".") in _NO_NAMES:
        return ""
    if not all(
        part[0].isupper() or part[0].isdigit() or part.casefold() in _LOWER_PARTS or part[0] in "(#'’" for part in parts
    ):
        return ""
    return printed if parts[0][0].isupper() and any(character.isalpha() for character in bare) else ""


def _capitals(name: str) -> bool:
    bare = re.sub(r"\b(?:Mc|Mac|de|van|von)\b|(?<=\bM)c(?=[A-Z])", "", _PARENTHESIS.sub("", name).split(",", 1)[0])
    letters = [character for character in bare if character.isalpha()]
    return len(letters) > 1 and all(character.isupper() for character in letters)


def _accepted(labels: Sequence[Label]) -> list[Label]:
    """Keep the labels that are certain, and those in mixed case that come again, or read as a name or a role."""
    seen = Counter(label.name.casefold() for label in labels)
    again = {name for name, number in seen.items() if number > 1}
    weak = {label.name.casefold() for label in labels if label.sign in _WEAK} & again
    if len(weak) < _LEAST_WEAK:
        weak = set()
    stopped = [label.name.casefold() for label in labels if label.sign == "stopped"]
    sure: dict[Sign, bool] = {"stopped": len(stopped) >= _LEAST_STOPPED and 1 < len(set(stopped)) < len(stopped)}
    return [
        label
        for label in labels
        if (
            label.name.casefold() in weak
            if label.sign in _WEAK
            else sure.get(label.sign, label.sign != "mixed" or _is_sure(label, again))
        )
    ]


def _is_sure(label: Label, again: Container[str]) -> bool:
    """Return whether a label in mixed case comes again, or reads as a name or a role."""
    words = _PARENTHESIS.sub("", label.name).split(",", 1)[0].split()
    named = _ROLES.fullmatch(label.name) or _TITLED.match(label.name)
    return label.name.casefold() in again or named is not None or 2 <= len(words) <= 4


def _title_lines(text: str, lines: Sequence[Span]) -> int:
    """Count the lines of title, place and date above a speech: short, and closed by no sentence mark."""
    count = 0
    for line in lines[:6]:
        if len(line) > 140 or text[max(line.start, line.end - 2) : line.end].endswith(_TERMINAL):
            break
        count += 1
    if count == min(len(lines), 6):
        return 0  # a text without full stops has no lines that stand out
    while count and text[lines[count - 1].end : lines[count].start].count("\n") < 2:
        count -= 1  # a blank line parts title and speech
    return count


def _turns(text: str, lines: Sequence[Span], labels: Sequence[Label], speaker: str | None) -> list[Block]:
    """Give the labels and, between each and the next, the words spoken."""
    blocks: list[Block] = []
    if not lines:
        return blocks
    end = lines[-1].end
    starts = [label.start for label in labels]
    stops = [*starts[1:], end]
    _speak(blocks, text, Span(lines[0].start, starts[0] if starts else end), speaker)
    names = _examined(text, labels)
    for label, name, stop in zip(labels, names, stops[: len(labels)], strict=True):
        label_end = label.start + len(text[label.start : label.end].rstrip())
        blocks.append(Block("turn-label", label.start, label_end))
        if label.sign != "timecode":
            speaker = name
        _speak(blocks, text, Span(label.end, max(stop, label.end)), speaker)
    return blocks


def _examined(text: str, labels: Sequence[Label]) -> list[str]:
    """Name whom Q. and A. are in court: who examines ("BY MR. ROE:") and the witness who was last sworn."""
    names, examiner, witness, before = [], "", "", 0
    for label in labels:
        for by in _EXAMINER.finditer(text, before, label.start):
            examiner = by["name"]
        for sworn in _SWORN.finditer(text, before, label.start):
            witness = sworn["name"]
        role = {"Q": examiner, "A": witness, "THE WITNESS": witness}.get(label.name, "") if examiner else ""
        names.append(role or label.name)
        before = label.start
    return names


def _speak(blocks: list[Block], text: str, span: Span, speaker: str | None) -> None:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    end = span.end - len(words) + len(words.rstrip())
    if start < end:
        blocks.append(Block("turn", start, end, speaker))
