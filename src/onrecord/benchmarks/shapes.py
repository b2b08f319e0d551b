"""How time and size grow with input of awkward shapes: many speakers, many reports, blank lines, one thing repeated.

A :data:`SHAPES` row makes input of a size, a :data:`STAGES` row does something with it and gives the bytes that came
out. To measure another shape or stage, add a row. Given are, for each pair, the slopes of the logarithms of processor
seconds and of bytes over doubled sizes: 1 is linear, and the aim is 1.2 at most.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import log
from typing import Final

import msgspec
import numpy as np
from rich.console import Console

from onrecord.annotation import Annotations, Attribution, Figure, Link, Speaker
from onrecord.comparison import coverage
from onrecord.document import Block, Document, Published, Span
from onrecord.publishers import linked, page, records, terminal
from onrecord.story import Copy, FigureGroup, FigureMember, Origins, Statement, Story, StorySpeaker, Terminal, Variant

AIM: Final = 1.2
_LEAST_SECONDS: Final = 0.2
"""Runs under this many seconds say nothing about a slope: the sizes are doubled until the smallest takes so long."""
_DOUBLINGS: Final = 2
_MOST: Final = 1 << 14

Shape = Callable[[int], Story]
Stage = Callable[[Story], int]


class Growth(msgspec.Struct, frozen=True):
    """How one stage grows with one shape: the sizes measured, processor seconds, bytes, and both slopes."""

    shape: str
    stage: str
    sizes: tuple[int, ...]
    seconds: tuple[float, ...]
    bytes: tuple[int, ...]
    slope: float
    slope_of_bytes: float

    @property
    def is_linear(self) -> bool:
        """Return whether both slopes meet the aim."""
        return self.slope <= AIM and self.slope_of_bytes <= AIM


def measure_shapes(
    shapes: Mapping[str, Shape] | None = None, stages: Mapping[str, Stage] | None = None, *, least: int = 25
) -> Iterable[Growth]:
    """Measure each stage on each shape, from the smallest size that takes long enough to three times doubled."""
    for shape, make in (shapes or SHAPES).items():
        for stage, do in (stages or STAGES).items():
            do(make(2))  # what a stage loads when it is first used is no part of how it grows
            sizes, seconds, written = _measured(make, do, least)
            slopes = _slope(sizes, seconds), _slope(sizes, written)
            yield Growth(shape, stage, sizes, tuple(round(s, 2) for s in seconds), written, *slopes)


def _measured(make: Shape, do: Stage, size: int) -> tuple[tuple[int, ...], tuple[float, ...], tuple[int, ...]]:
    """Double the size until a run takes long enough, then measure it and its doubles."""
    while (found := _once(make(size), do))[0] < _LEAST_SECONDS and size < _MOST:
        size *= 2
    sizes = tuple(size << n for n in range(_DOUBLINGS + 1))
    measured = [found, *(_once(make(each), do) for each in sizes[1:])]
    return sizes, tuple(seconds for seconds, _ in measured), tuple(written for _, written in measured)


def _once(story: Story, do: Stage) -> tuple[float, int]:
    begun = time.process_time()
    written = do(story)
    return time.process_time() - begun, written


def _slope(sizes: Sequence[int], found: Sequence[float]) -> float:
    fitted = np.polyfit([log(n) for n in sizes], [log(max(f, 1e-6)) for f in found], 1)
    return round(float(fitted[0]), 2)


# Shapes: stories of a size, put together without reading a text, for publishers


def _speakers(size: int) -> Story:
    """Make a report in which so many speakers say a sentence each."""
    report = _report("one", [f"“The {n} boats stay in,” Speaker {n} said." for n in range(size)])
    return _story([report], [[("one", n)] for n in range(size)])


def _reports(size: int) -> Story:
    """Make so many reports with five statements each, one of them in every report."""
    reports = [
        _report(
            f"r{n}", ["“The boats stay in,” Moll said.", *(f"“Pier {n} has {k} boats,” Moll said." for k in range(4))]
        )
        for n in range(size)
    ]
    own = [[(f"r{n}", k)] for n in range(size) for k in range(1, 5)]
    return _story(reports, [[(f"r{n}", 0) for n in range(size)], *own])


def _one_sentence(size: int) -> Story:
    """Make so many reports of one and the same sentence."""
    reports = [_report(f"r{n}", ["“The boats stay in,” Moll said."]) for n in range(size)]
    return _story(reports, [[(each.id, 0) for each in reports]])


def _repeated(size: int) -> Story:
    """Make a report that prints one quotation so many times."""
    report = _report("one", ["“The boats stay in,” Moll said."] * size)
    return _story([report], [[("one", n) for n in range(size)]])


def _found_twice(size: int) -> Story:
    """Make a report in which so many attributions lie on the same words."""
    report = _report("one", ["“The boats stay in,” Moll said."])
    (first,) = report.attributions
    again = tuple(msgspec.structs.replace(first, id=f"a{n}") for n in range(size))
    return _story([msgspec.structs.replace(report, attributions=again)], [[("one", n) for n in range(size)]])


def _blank_lines(size: int) -> Story:
    """Make a report with so many lines of nothing but spaces."""
    return Story((Annotations(Document("one", "The boats stay in.\n" + "   \n" * 40 * size + "The end.")),))


def _chains(size: int) -> Story:
    """Make so many reports each of which has a sentence from the report before."""
    reports = []
    for n in range(size):
        each = _report(f"r{n}", [f"“The boats stay in,” Moll told r{n - 1}."], outlet=f"Outlet {n}")
        via = (Link(f"Outlet {n - 1}", "outlet-pickup", 22, 26),) if n else ()
        attributions = tuple(msgspec.structs.replace(a, via=via) for a in each.attributions)
        reports.append(msgspec.structs.replace(each, attributions=attributions))
    story = _story(reports, [[(each.id, 0) for each in reports]])
    copies = tuple(Copy(f"r{n}", f"r{n - 1}", "declared", "whole", 0.5) for n in range(1, size))
    return msgspec.structs.replace(story, copies=copies)


def _figures(size: int) -> Story:
    """Make so many reports with a figure each, all in one group, and one in a group of its own."""
    reports = []
    for n in range(size):
        each = _report(f"r{n}", ["“The boats stay in,” Moll said of 12 boats and 15 barges."])
        reports.append(
            msgspec.structs.replace(each, figures=(Figure("f1", 33, 41, 12, 12), Figure("f2", 46, 56, 15, 15)))
        )
    groups = [FigureGroup("g0", "boats", tuple(FigureMember(r.id, "f1") for r in reports), "equal")]
    groups += [
        FigureGroup(f"g{n}", f"barges {n}", (FigureMember(r.id, "f2"),), "equal") for n, r in enumerate(reports, 1)
    ]
    return Story(tuple(reports), figure_groups=tuple(groups))


SHAPES: Final[dict[str, Shape]] = {
    "many speakers": _speakers,
    "many reports": _reports,
    "reports of one sentence": _one_sentence,
    "one quotation many times": _repeated,
    "attributions on the same words": _found_twice,
    "blank lines": _blank_lines,
    "reports in a chain": _chains,
    "many figures": _figures,
}


# Stages: what is done with a shape


def _to_json(story: Story) -> int:
    return len(records.encode(records.story_record(story)))


def _to_page(story: Story) -> int:
    return len(page.render_story(story).encode())


def _to_linked_data(story: Story) -> int:
    return len(linked.encode(story))


def _to_terminal(story: Story) -> int:
    stream = io.StringIO()
    terminal.show(story, Console(file=stream, width=100), everything=True)
    return len(stream.getvalue())


STAGES: Final[dict[str, Stage]] = {
    "JSON": _to_json,
    "page": _to_page,
    "terminal": _to_terminal,
    "linked data": _to_linked_data,
}


def _report(name: str, sentences: Sequence[str], outlet: str | None = None) -> Annotations:
    """Make a report of sentences ``“…,” Somebody said.``, each with its attribution and its speaker."""
    text = ""
    blocks: list[Block] = []
    attributions: list[Attribution] = []
    speakers: dict[str, Speaker] = {}
    for number, sentence in enumerate(sentences):
        start, end = len(text), len(text) + sentence.index("”") + 1
        text += sentence + "\n\n"
        blocks.append(Block("paragraph", start, len(text) - 2))
        who = sentence[end - start + 1 :].rpartition(" ")[0]
        source = Span(end + 1, end + 1 + len(who))
        speaker = speakers.setdefault(who, Speaker(f"p{len(speakers)}", who, "person", mentions=(source,)))
        attributions.append(
            Attribution(f"a{number}", (Span(start, end),), form="direct", source=source, speaker=speaker.id)
        )
    published = Published(f"2031-05-{1 + len(name) % 9:02}", "metadata")
    document = Document(name, text, outlet=outlet, published=published, blocks=tuple(blocks))
    return Annotations(document, tuple(b.span for b in blocks), tuple(speakers.values()), tuple(attributions))


def _story(reports: Sequence[Annotations], said: Sequence[Sequence[tuple[str, int]]]) -> Story:
    """Put reports and statements together, each statement given by document and number of the attribution."""
    members: dict[str, list[tuple[str, str]]] = {}
    for report in reports:
        for speaker in report.speakers:
            members.setdefault(speaker.name, []).append((report.id, speaker.id))
    speakers = tuple(StorySpeaker(f"s{n}", name, "person", tuple(m)) for n, (name, m) in enumerate(members.items()))
    of = {member: speaker.id for speaker in speakers for member in speaker.members}
    local = {(r.id, a.id): a.speaker or "" for r in reports for a in r.attributions}
    statements = tuple(
        Statement(
            f"s{n}",
            of[where[0][0], local[where[0][0], f"a{where[0][1]}"]],
            tuple(Variant(document, f"a{a}") for document, a in where),
            Origins(1, 1, (Terminal("Moll", "statement", tuple(d for d, _ in where)),)),
        )
        for n, where in enumerate(said, 1)
    )
    return Story(tuple(reports), speakers, statements, coverage=coverage.cover(reports, statements, ()))


__all__ = ["AIM", "SHAPES", "STAGES", "Growth", "measure_shapes"]
