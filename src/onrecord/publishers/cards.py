"""A statement or a verdict as a card that an article can carry: a snippet of HTML, and a picture in SVG.

Reads: Story. A card says what was printed and what was said, by whom and where, with the address of the evidence; it
asks for nothing from outside and holds no script.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from onrecord.publishers import labels
from onrecord.publishers.attention import Concern, concerns, plain
from onrecord.publishers.index import StoryIndex
from onrecord.publishers.texts import shown, slugs
from onrecord.story import Story

WIDTH = 640
"""The width of a picture, in pixels."""
_LETTERS = 68


class Card(NamedTuple):
    """A card: the statement's id, who prints what, what was said instead, why it matters, and where it stands."""

    statement: str
    outlets: str
    speaker: str
    label: str
    printed: str
    said: str
    said_in: str
    why: str
    evidence: str
    url: str


def cards(story: Story, address: str = "") -> list[Card]:
    """Give a card for each line that needs attention, worst first; ``address`` is where the story's page will stand."""
    index = StoryIndex(story)
    names = slugs(index.documents)
    return [
        _card(c, index, f"{address}#{names[c.documents[0]]}:{c.place.start}-{c.place.end}") for c in concerns(index)
    ]


def _card(c: Concern, index: StoryIndex, evidence: str) -> Card:
    source = index.documents[c.source] if c.source is not None else None
    spoken = source is not None and source.document.kind == "transcript"
    return Card(
        statement=c.statement,
        outlets=", ".join(index.name(d) for d in c.documents),
        speaker=c.speaker,
        label=labels.signs()[c.sign][0],
        printed=plain(c.printed),
        said=plain(c.said),
        said_in="" if source is None else "In the transcript" if spoken else f"In {source.name}",
        why=labels.WHY[c.sign],
        evidence=evidence,
        url=index.documents[c.documents[0]].document.url or "",
    )


def as_html(card: Card) -> str:
    """Write a card as a snippet of HTML, without styles: it takes those of the article."""
    return _environment().get_template("card.html").render(card=card)


def as_svg(card: Card) -> str:
    """Write a card as an SVG picture."""
    rows = [
        ("label", [card.label]),
        ("who", _folded(f"{card.outlets}, quoting {card.speaker}")),
        ("words", _folded(f"Printed: “{card.printed}”")),
        ("words", _folded(f"{card.said_in}: “{card.said}”") if card.said else []),
        ("why", _folded(card.why)),
    ]
    return _environment().get_template("card.svg").render(card=card, rows=rows, width=WIDTH)


def _folded(words: str) -> list[str]:
    """Fold words into lines of a picture, which folds none by itself."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) > _LETTERS and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("onrecord.publishers"), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=StrictUndefined,
    )  # fmt: skip
    environment.filters["shown"] = shown
    return environment


def files(story: Story, address: str = "") -> Sequence[tuple[str, bytes]]:
    """Give the cards of a story as files, by name: ``01-s12.html`` and ``01-s12.svg``, in the order of harm."""
    written = []
    for number, card in enumerate(cards(story, address), 1):
        written.append((f"{number:02}-{card.statement}.html", as_html(card).encode()))
        written.append((f"{number:02}-{card.statement}.svg", as_svg(card).encode()))
    return written
