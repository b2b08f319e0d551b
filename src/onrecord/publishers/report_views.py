"""The reports as the page lists them: when each came out, what it is made of, how it begins, what text it reuses.

Reads: Story, through the :class:`View`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from onrecord.publishers.date_words import why_doubted
from onrecord.publishers.headlines import headlines as headlines_of
from onrecord.publishers.naming import MORE_THAN_ONE
from onrecord.publishers.passages import Run
from onrecord.publishers.sparklines import makeup
from onrecord.publishers.statements import StatementView
from onrecord.publishers.view import View
from onrecord.story import Copy, Story

_LONGEST = 90


class ReuseWords(NamedTuple):
    """What a report shares with another text, or whom it credits; ``href`` leads to the credit where one is printed."""

    words: str
    href: str = ""


def reuse_words(copy: Copy, view: View) -> ReuseWords:
    """Say what a report shares with another text, or whom it credits: a share only where both texts were compared."""
    of = view.title(copy.of) if copy.of in view.documents else copy.of
    if copy.share is not None:
        return ReuseWords(f"{copy.share:.0%} of its own words also stand in {of}")
    if copy.reason == "common-agency":
        return ReuseWords(f"shares words with {of}; both credit an agency")
    href = view.anchor(copy.document, copy.credit) if copy.credit is not None else ""
    return ReuseWords(f"carries an agency credit ({of})", href)


def reports(story: Story, view: View, statements: Sequence[StatementView]) -> list[dict[str, Any]]:
    """Say of each document when it was published, how long it is, what it is made of and how much it carries."""
    shared: dict[str, int] = dict.fromkeys(view.letters, 0)
    alone: dict[str, int] = dict.fromkeys(view.letters, 0)
    for statement in statements:
        for document in statement.reports:
            (shared if len(statement.reports) >= MORE_THAN_ONE else alone)[document] += 1
    return [
        {
            "place": view.place(each.id),
            "document": each.document,
            "published": view.published(each),
            "doubt": why_doubted(each),
            "words": f"{len(each.text.split()):,}",
            "parts": makeup(each, story.copies) if each.document.kind == "report" else None,
            "reuse": [reuse_words(c, view) for c in story.copies if c.document == each.id],
            "shared": shared[each.id],
            "alone": alone[each.id],
        }
        for each in story.documents
    ]


def headlines(story: Story, view: View) -> list[dict[str, Any]]:
    """Give headlines and first paragraphs by time, each report's own words of the kind ``u``."""
    result = []
    for lead in headlines_of(story.documents):
        id_, headline, paragraph = lead.annotations.id, lead.headline, lead.paragraph
        plainly = [Run("", lead.annotations.document.title or "")]
        result.append(
            {
                "place": view.place(id_, paragraph or headline),
                "published": view.published(lead.annotations),
                "headline": view.runs(id_, headline, lead.own) if headline else plainly,
                "paragraph": view.runs(id_, paragraph, lead.own) if paragraph else [],
            }
        )
    return result


def copies(story: Story, view: View) -> list[dict[str, Any]]:
    """Say who shares text with whom, the greatest share first, with the passages in both; credits come last."""
    result = []
    for copy in sorted(story.copies, key=lambda c: -(c.share or 0.0)):
        pairs = []
        for reuse in copy.passages:
            here = view.place(copy.document, reuse.document)
            there = view.place(copy.of, reuse.of) if copy.of in view.documents else None
            words = " ".join(view.words(copy.document, reuse.document).split())
            pairs.append((here, there, words if len(words) < _LONGEST else words[: _LONGEST - 2] + "…"))
        result.append(
            {
                "place": view.place(copy.document),
                "of": view.place(copy.of) if copy.of in view.documents else None,
                "compared": copy.share is not None and copy.of in view.documents,
                "declared": copy.evidence == "declared",
                "pairs": pairs,
                "words": reuse_words(copy, view),
                "why": view.named(view.copy_words.why(copy)),
            }
        )
    return result
