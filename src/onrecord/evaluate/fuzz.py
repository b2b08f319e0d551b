"""Mutated documents, and what must hold of whatever they hold: nothing breaks, nothing points outside its text.

Reads seeds (texts of our own, all of them invented, and those given); makes of them, by a seed of chance, documents
that are cut, spliced and unbalanced, hold control characters, odd encodings, hostile markup or huge words. Each batch
is read, annotated, compared and checked, and written in every form. A fault is an exception that is not ours, a breach
of an invariant, or a finding that changes with the order or the batch of the documents.
"""

from __future__ import annotations

import io
import json
import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, NamedTuple

import msgspec
from rich.console import Console

from onrecord import pipeline
from onrecord.annotation import Annotations
from onrecord.annotators.attribution.encoder import Encoder
from onrecord.document import Document
from onrecord.errors import OnRecordError
from onrecord.evaluate.invariants import faults_of_annotations, faults_of_check, faults_of_story
from onrecord.guards import place_of
from onrecord.publishers import check_terminal, linked, page, records, terminal
from onrecord.readers import Identifiers, read_all
from onrecord.story import Failure

SEEDS: Final = (
    """Sluice stays shut, pilot says

By Ina Moberg | Monday, 6 May 2024 08:30 AM

HALVIK (NPN) - “The sluice stays shut until noon,” harbour pilot Runa Eide said on Monday. She added that 14 boats, not
41, had been damaged and that nobody knew “who left the gate open.”

According to The Halvik Courier, which cited a spokesman for the port, at least 2,400 crates were lost; “it was,
frankly, a mess” — so the spokesman.

Reporting by Ola Lind
""",
    """Eide told the board that Per Lindahl said the gate was "rusty through and through". "We asked for a new one in
2019," she said, "and in March." The minister denied that 1.5 million crowns had been refused last week. "If the inquiry
finds fault, I will resign," he told NPN, but he would not say when.
""",
    """RUNA EIDE: The sluice stays shut until noon, I think. Fourteen boats were damaged.

Q: Who left the gate open?

MS. EIDE: Nobody knows who left the gate open. If the inquiry finds fault, I will resign.

PER LINDAHL: It was rusty. We asked for a new one in 2019, and in March.

Q: Thank you.

MS. EIDE: It was a mess, frankly.
""",
    """<!doctype html><html><head><title>Gate was rusty</title><meta charset=utf-8></head><body><article>
<h1>Gate was rusty</h1><p>The gate was “rusty”, engineer Per Lindahl said in a post on Monday.</p>
<blockquote>We asked for a new one, and nobody listened to us at all.</blockquote>
<p>Some 14 boats were damaged, the port wrote.</p></article></body></html>""",
)
_MARKS: Final = "\"“”„«»‘’'`()[]—–-:;,.!?…"
_ODD: Final = (
    "\x00", "\x07", "\x1b[2J", "\x1b]0;x\x07", "\r", "\u2028", "\x0b", "\x85", "\u200f", "\u202e", "\u2066", "\ufeff",
    "\u00ad", "\u0301", "\U0001f6a2", "\ufffd", "\U000e0041", "قال «لن نغلق»", "他说：“不。”",
    "ﬁ", "²", "٣", "½", "İ", "ß",
)  # fmt: skip
_HOSTILE: Final = (
    "<script>alert(1)</script>", "</title><svg onload=x>", "[/b]", "[link=http://x.example]", ":warning:", "{{ x }}",
    "{% x %}", "&#0;", "]]>", "<!--", "<![CDATA[", "%zz", "\\ud800", "$(x)", "<p><p><b>", "</body>",
)  # fmt: skip
_TOKENS: Final = (
    "1,000,000,000,000,000,000", ".3.4", "1e999", "1/0", "31 December 9999", "29 February 2023", "999999999 days ago",
    "million million million", "on Monday and on Tuesday", "he said she said he said", "said", "“", "No",
    "according to", "0001-01-01", "the 1990s", "May", "Mr", "Q:", "EIDE:", "\n\n\n\n",
)  # fmt: skip
_HUGE: Final = ("9" * 5_000, "x" * 3_000, "hundred " * 60, "“" * 200)
_DAYS: Final = ("2024-05-06", "0001-01-01", "9999-12-31", "1 Jan 2024 00:00:00 +9999999", "", "yesterday", "2024-02-30")
_ENCODINGS: Final = (
    "utf-8",
    "utf-8",
    "utf-8",
    "utf-16",
    "utf-32",
    "cp1252",
    "latin-1",
    "utf-8-sig",
    "shift_jis",
    "utf-7",
)


_STRETCH: Final = 800  # characters of a seed
_SOME: Final = 3  # of a batch, are read again in another


class Fault(NamedTuple):
    """What went wrong, at what work, and the documents that show it."""

    what: str
    work: str
    documents: tuple[Document, ...]


class Outcome(NamedTuple):
    """How many documents were made, how many refused in one sentence, how many read; and the faults."""

    made: int
    refused: int
    read: int
    faults: tuple[Fault, ...]


class Mutator:
    """Makes files out of seeds; the same seed of chance makes the same files."""

    def __init__(self, seeds: Sequence[str], chance: int) -> None:
        """Take texts to begin with, and the seed of chance."""
        self._seeds, self._random = [*SEEDS, *seeds], random.Random(chance)  # noqa: S311 - no secret
        self._ways: tuple[Callable[[str], str], ...] = (
            self._cut, self._cut, self._spliced, self._inserted, self._inserted, self._unbalanced, self._repeated,
            self._without, self._shuffled, self._pressed, str.upper, self._doubled,
        )  # fmt: skip

    def file(self) -> tuple[str, bytes]:
        """Make the name and the bytes of one file."""
        text = self._seed()
        for _ in range(self._random.randint(0, 4)):
            text = self._random.choice(self._ways)(text)
        form = self._random.choice(("txt", "txt", "txt", "html", "json", "json"))
        if form == "json":
            text = self._record(text)
        elif form == "html" and self._random.random() < 0.5:
            text = f"<html><body><article><p>{text}</p></article></body></html>".replace("\n\n", "</p><p>")
        data = text.encode(self._random.choice(_ENCODINGS), "ignore")
        if self._random.random() < 0.05:
            at = self._random.randint(0, len(data))
            data = data[:at] + self._random.randbytes(self._random.randint(1, 40)) + data[at:]
        return f"{self._random.choice(('story', 'report', 'a.b', 'x-2'))}.{form}", data

    def _seed(self) -> str:
        """Choose a seed, of a long one a stretch."""
        text = self._random.choice(self._seeds)
        at = self._random.randint(0, max(len(text) - _STRETCH, 0))
        return text[at : at + _STRETCH]

    def _record(self, text: str) -> str:
        pick = self._random.choice
        record: dict[str, Any] = {"text": text}
        if self._random.random() < 0.5:
            record |= {
                "id": pick(["story", "x-2", "a\x1b[2J", 5, "a:1-2", "\ud800", ""]),
                "title": pick([*_HOSTILE, text[:60], None]),
                "outlet": pick([*_HOSTILE, "NPN", "The Halvik Courier", None]),
                "byline": pick([*_HOSTILE, "By Ina Moberg", None]),
                "url": pick([None, "javascript:alert(1)", "https://courier.example/2024/05/06/x", "http://["]),
                "published": pick(_DAYS),
                "kind": pick(["report", "transcript", None]),
            }
        if self._random.random() < 0.3:
            edges = sorted(self._random.randint(0, len(text)) for _ in range(2 * self._random.randint(1, 4)))
            kinds = ("paragraph", "headline", "dateline", "turn", "turn-label", "caption", "credit", "block-quotation")
            record["blocks"] = [
                {"kind": pick(kinds), "start": a, "end": b} for a, b in zip(edges[::2], edges[1::2], strict=True)
            ]
        return json.dumps(record)

    def _place(self, text: str) -> int:
        return self._random.randint(0, len(text))

    def _cut(self, text: str) -> str:
        """Break a text off, most often inside a quotation."""
        marks = [at for at, letter in enumerate(text) if letter in "\"“„«‘'"]
        at = self._random.choice(marks) + self._random.randint(0, 25) if marks else self._place(text)
        return text[:at] if self._random.random() < 0.7 else text[at:]

    def _spliced(self, text: str) -> str:
        other = self._seed()
        return text[: self._place(text)] + other[self._place(other) :]

    def _inserted(self, text: str) -> str:
        for _ in range(self._random.randint(1, 6)):
            at = self._place(text)
            kind = _HUGE if self._random.random() < 0.02 else self._random.choice((_ODD, _HOSTILE, _TOKENS, _MARKS))
            text = text[:at] + self._random.choice(kind) + text[at:]
        return text

    def _unbalanced(self, text: str) -> str:
        """Drop marks, or put others in their place."""
        return "".join(
            self._random.choice(("", self._random.choice(_MARKS)))
            if letter in _MARKS and self._random.random() < 0.3
            else letter
            for letter in text
        )

    def _repeated(self, text: str) -> str:
        a, b = sorted((self._place(text), self._place(text)))
        return text[:b] + text[a : min(b, a + 80)] * self._random.randint(1, 20) + text[b:]

    def _without(self, text: str) -> str:
        return text.replace(self._random.choice(" \n.,aeit"), "")

    def _shuffled(self, text: str) -> str:
        parts = text.split(self._random.choice((" ", "\n", ". ")))
        self._random.shuffle(parts)
        return " ".join(parts)

    def _pressed(self, text: str) -> str:
        a = self._place(text)
        return text[a : a + self._random.randint(0, 30)]

    def _doubled(self, text: str) -> str:
        return text.replace('"', '""').replace("\n", "\r\n")


def fuzz(
    documents: int, *, seeds: Sequence[str] = (), chance: int = 1, batch: int = 10, encoder: Encoder | None = None
) -> Iterator[Outcome]:
    """Make so many documents and put each batch of them through all there is; give the sum after each batch."""
    mutator, chosen = Mutator(seeds, chance), encoder or pipeline.shared_encoder()
    order = random.Random(chance)  # noqa: S311 - no secret
    made = refused = taken = 0
    faults: list[Fault] = []
    while made < documents:
        files = [mutator.file() for _ in range(min(batch, documents - made))]
        read, unread = _read(files)
        made, refused, taken = made + len(files), refused + len(unread), taken + len(read)
        faults += _own_faults("read", unread, read)
        work = _Work(read, chosen, order)
        faults += (fault for stage in (work.annotate, work.compare, work.check) for fault in work.tried(stage))
        yield Outcome(made, refused, taken, tuple(faults))


def _read(files: Sequence[tuple[str, bytes]]) -> tuple[list[Document], list[Failure]]:
    ids = Identifiers()
    documents: list[Document] = []
    failures: list[Failure] = []
    for name, data in files:
        source = io.BytesIO(data)
        source.name = name  # what is read is named after its file
        found, missed = read_all([source], ids=ids)
        documents += found
        failures += missed
    return documents, failures


def _own_faults(work: str, failures: Sequence[Failure], documents: Sequence[Document]) -> list[Fault]:
    """Pick the failures that nobody foresaw."""
    return [
        Fault(failure.because, work, tuple(documents))
        for failure in failures
        if "a fault of onrecord" in failure.because or "for want of memory" in failure.because
    ]


class _Work:
    """One batch on its way through all there is."""

    def __init__(self, documents: Sequence[Document], encoder: Encoder, order: random.Random) -> None:
        self.documents, self._encoder, self._order = documents, encoder, order
        self._found: list[Annotations] = []

    def tried(self, stage: Callable[[], list[str]]) -> list[Fault]:
        """Do one stage's work, and list its faults."""
        if not self.documents:
            return []
        try:
            wrong = stage()
        except OnRecordError as error:
            wrong = [str(error)]
        except Exception as error:  # noqa: BLE001 - what it looks for
            wrong = [place_of(error)]
        return [Fault(what, stage.__name__, tuple(self.documents)) for what in wrong]

    def annotate(self) -> list[str]:
        """Annotate the batch, and some of its documents again in another order and batch."""
        failures: list[Failure] = []
        self._found = pipeline.annotate(self.documents, encoder=self._encoder, failures=failures)
        some = self._order.sample(list(self.documents), min(_SOME, len(self.documents)))
        again = {each.id: each for each in pipeline.annotate(some, encoder=self._encoder, failures=failures)}
        wrong = [failure.because for failure in failures]
        for each in self._found:
            wrong += [f"{each.id}: {fault}" for fault in faults_of_annotations(each)]
            if again.get(each.id, each) != each:
                wrong.append(f"{each.id} changes with its batch")
            records.encode(records.annotations_record(each))
            terminal.show_annotations(each, _console())
        return wrong

    def compare(self) -> list[str]:
        """Compare the batch in two orders, and publish it in every form."""
        story = pipeline.compare_annotated(self._found, encoder=self._encoder)
        wrong = [*(failure.because for failure in story.failures), *faults_of_story(story)]
        shuffled = self._order.sample(self._found, len(self._found))
        other = pipeline.compare_annotated(shuffled, encoder=self._encoder)
        if _canonical(records.story_record(story)) != _canonical(records.story_record(other)):
            wrong.append("the story changes with the order of its documents")
        records.encode(records.story_record(story))
        page.render_story(story).encode()
        linked.encode(story)
        terminal.show(story, _console())
        return wrong

    def check(self) -> list[str]:
        """Check some of the batch against two others."""
        shuffled = self._order.sample(list(self.documents), len(self.documents))
        against, articles = shuffled[:2], shuffled[2 : 2 + _SOME] or shuffled[:1]
        failures: list[Failure] = []
        checks = pipeline.check(articles, against, encoder=self._encoder, failures=failures)
        wrong = [failure.because for failure in failures]
        for check in checks:
            wrong += faults_of_check(check)
            records.encode(records.check_record(check))
            check_terminal.show(check, _console())
        page.render_checks(checks).encode()
        return wrong


def _console() -> Console:
    return Console(file=io.StringIO(), width=100)


def _canonical(record: msgspec.Struct) -> str:
    """Write a record with its lists sorted: what is listed in the order of the documents stands in none."""

    def ordered(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: ordered(each) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return sorted((ordered(each) for each in value), key=lambda each: json.dumps(each, sort_keys=True))
        return value

    return json.dumps(ordered(msgspec.to_builtins(record)), sort_keys=True)
