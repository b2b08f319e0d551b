"""How time and memory of reading, annotating and comparing grow with texts of awkward shapes.

For every shape in ``SHAPES`` and each of several sizes a process of its own makes the documents, runs the stages that
come before, and measures the one that the shape is hard for: processor seconds, and the most memory held. The slope is
that of the logarithms: 1 is linear. To measure another shape or stage, add a row. What publishers make of a story is
measured by :mod:`onrecord.benchmarks.shapes`.
"""

from __future__ import annotations

import multiprocessing
import random
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import cycle, islice
from math import log
from typing import Any, Final

import msgspec
import numpy as np

from onrecord import pipeline
from onrecord.benchmarks.compare import made_reports
from onrecord.document import Document
from onrecord.readers import read

Make = Callable[[int], Any]
"""Makes what a shape is, of so many characters: documents, or a page's markup."""
Documents = Sequence[Document]

SIZES: Final = (20_000, 80_000, 320_000)
_NAMES: Final = (
    "Brandt Okoro Lindqvist Marsh Ilan Mensah Ortiz Thorne Vey Dahl Aldous Kerr Novak Sato Weiss Yilmaz".split()
)
_FIRST: Final = "Ada Bo Cleo Dov Esi Faye Gil Hanne Ivo Jun Kai Lena Mara Nils Olga Pia".split()


class Shape(msgspec.Struct, frozen=True):
    """A text that is hard for a stage; ``name`` says what is in it."""

    name: str
    stage: str
    make: Make


class Growth(msgspec.Struct, frozen=True):
    """What was measured of a shape: by size in characters, processor seconds of the stage and peak megabytes."""

    name: str
    stage: str
    seconds: dict[int, float]
    megabytes: dict[int, float]
    slope: float


def _filled(size: int, parts: Iterable[str], joint: str = "") -> str:
    """Join parts until there are so many characters."""
    found: list[str] = []
    held = 0
    for part in parts:
        found.append(part)
        held += len(part) + len(joint)
        if held >= size:
            break
    return joint.join(found)


def _report(text: str) -> list[Document]:
    return [Document("a", text)]


def _repeated(unit: str, joint: str = "", before: str = "", after: str = "") -> Make:
    """Give a report that repeats a unit."""
    return lambda size: _report(before + _filled(size, cycle([unit]), joint) + after)


def _in_two(make: Make) -> Make:
    """Give two reports of one form, so that there is something to compare."""
    return lambda size: [Document(name, make(size // 2)[0].text) for name in "ab"]


def _markup(before: str, unit: str, after: str) -> Make:
    """Give a page that repeats a unit of markup."""
    return lambda size: f"<html><body><article>{before}{_filled(size, cycle([unit]))}{after}</article></body></html>"


def _reports(size: int) -> list[Document]:
    return made_reports(max(size // 4_500, 2))


def _prose(size: int) -> list[Document]:
    return _report(_filled(size, (report.text for report in made_reports(max(size // 3_000, 1))), "\n\n"))


def _identical(size: int) -> list[Document]:
    text = made_reports(1)[0].text
    return [Document(f"r{number}", text) for number in range(max(size // len(text), 2))]


def _named(text: str) -> Iterator[str]:
    """Fill a sentence with one made name after another."""
    rng = random.Random(3)  # noqa: S311 - no secret hangs on it
    while True:
        syllables = "".join(rng.choice(_NAMES)[:3].casefold() for _ in range(3)).capitalize()
        yield text.format(name=f"{rng.choice(_FIRST)} {syllables}", surname=syllables, number=rng.randint(2, 9_000))


def _chained(size: int) -> list[Document]:
    """Give reports each of which has its words from the one before."""
    quotation = (
        "“The gate was shut before the water came,” said Hanne Brandt, the lock keeper, according to the {0} Post."
    )
    names = list(islice(_named("{surname}"), max(size // 150, 2) + 1))
    return [
        Document(
            f"r{number}", f"Lock keeper on the flood\n\n{quotation.format(names[number + 1])}", outlet=f"{name} Post"
        )
        for number, name in enumerate(names[:-1])
    ]


def _figures(size: int) -> list[Document]:
    counted = _filled(size // 2, _named("{number} crates of {surname} apples"), ", ")
    return [Document(name, f"Harvest\n\nThe wardens counted {counted}.") for name in "ab"]


def _people(size: int) -> list[Document]:
    text = _filled(size // 2, _named("“We count {number} boats,” {name} said. {surname} left."), "\n\n")
    return [Document(name, f"Boats\n\n{text}") for name in "ab"]


_QUOTED: Final = "“The boats stay in port until the wind has dropped,” Ada Brandt said."

SHAPES: Final = (
    Shape(
        "spans in one paragraph", "read", _markup("<h1>Boats</h1><p>", "<span>The boats stay in port. </span>", "</p>")
    ),
    Shape("line breaks in one paragraph", "read", _markup("<h1>Boats</h1><p>", "The boats stay in port.<br>", "</p>")),
    Shape(
        "attributes",
        "read",
        lambda size: _markup(f"<p {_filled(size, (f'a{n}=1' for n in range(size)), ' ')}>", "Boats. ", "</p>")(200),
    ),
    Shape("one line of JSON lines", "read lines", lambda size: '{"id": "a", "text": "' + "x " * (size // 2) + '"}'),
    Shape("prose", "annotate", _prose),
    Shape("quotation marks", "annotate", _repeated("“", before="Boats\n\n")),
    Shape("digits", "annotate", _repeated("7", " ", before="Boats\n\n")),
    Shape("hyphens", "annotate", _repeated("-", before="Boats\n\n")),
    Shape("blank lines", "annotate", _repeated("  \n", before="Boats\n\nThe boats stay.", after="They stay.")),
    Shape(
        "spaces before a post's signature",
        "annotate",
        _repeated(" ", before="“Boats stay in port”", after="— Ada Brandt (@ada) May 2, 2031"),
    ),
    Shape(
        "addresses before a post",
        "annotate",
        _repeated(
            "pic.twitter.com/abcdefgh", " ", before="Boats stay in port ", after=" — Ada Brandt (@ada) May 2, 2031"
        ),
    ),
    Shape("no full stop", "annotate", _repeated("and the boats that Ada Brandt said would sail stay in port", " ")),
    Shape("one quotation many times", "annotate", _repeated(_QUOTED, "\n\n")),
    Shape("one quotation many times", "compare", _in_two(_repeated(_QUOTED, "\n\n"))),
    Shape(
        "no full stop", "compare", _in_two(_repeated("and the boats that Ada Brandt said would sail stay in port", " "))
    ),
    Shape("figures in one sentence", "compare", _figures),
    Shape("surnames", "compare", _people),
    Shape("identical reports", "compare", _identical),
    Shape("reports of one event", "compare", _reports),
    Shape("chains of reports", "compare", _chained),
)


def _annotated(documents: Documents) -> list[Any]:
    return pipeline.annotate(documents)


def _as_given(made: Any) -> Any:
    return made


STAGES: Final[dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]]] = {
    "read": (_as_given, lambda markup: read(markup.encode(), name="page.html")),
    "read lines": (_as_given, lambda line: read(line.encode(), name="lines.jsonl")),
    "annotate": (_as_given, _annotated),
    "compare": (_annotated, pipeline.compare_annotated),
}
"""By stage: what comes before it, given what a shape makes, and the stage, given what that gives."""


def measure_texts(
    names: Sequence[str] = (), stages: Sequence[str] = (), sizes: Sequence[int] = SIZES
) -> Iterator[Growth]:
    """Measure the shapes and stages of these names, all of them where none is given."""
    for shape in SHAPES:
        if (not names or shape.name in names) and (not stages or shape.stage in stages):
            yield measure_growth(shape, sizes)


def measure_growth(shape: Shape, sizes: Sequence[int] = SIZES) -> Growth:
    """Measure one shape at several sizes, each in a process of its own."""
    seconds, megabytes = {}, {}
    number = SHAPES.index(shape)
    for size in sizes:
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(1, mp_context=context) as pool:
            seconds[size], megabytes[size] = pool.submit(_measured, number, size).result()
    steep = (
        np.polyfit([log(size) for size in seconds], [log(max(s, 0.001)) for s in seconds.values()], 1)[0]
        if len(sizes) > 1
        else 0
    )
    return Growth(shape.name, shape.stage, seconds, megabytes, round(float(steep), 2))


def _measured(number: int, size: int) -> tuple[float, float]:
    shape = SHAPES[number]
    before, stage = STAGES[shape.stage]
    pipeline.compare([Document("warm", "Boats\n\n" + _QUOTED)])
    given = before(shape.make(size))
    begun = time.process_time()
    stage(given)
    seconds = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    return round(seconds, 3), round(peak)
