"""What stands out, in three sentences built from findings alone: altered quotations, thin origins, figures at odds.

Reads: Story. Each sentence leads to its evidence; none says more than a finding does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from onrecord.publishers import labels
from onrecord.publishers.naming import MORE_THAN_ONE, count
from onrecord.publishers.texts import shown
from onrecord.story import FigureGroup, Statement, Story, Variant, Verdict

_SHOWN = 5
_HELD = frozenset(labels.VERDICTS) - {"unchecked", "reports-differ", "reports-agree"}

Link = Callable[[Statement, Variant], Markup]


def sentences(
    story: Story, letters: Mapping[str, str], link: Link, tell: Callable[[FigureGroup], Markup]
) -> list[Markup]:
    """Write the three sentences; ``link`` leads to a telling, ``tell`` writes a figure group's values with links."""
    return [_wording(story, link), _origins(story, letters), _figures(story, tell)]


def _wording(story: Story, link: Link) -> Markup:
    told = [(s, v) for s in story.statements for v in s.variants if v.wording is not None]
    sought = [(s, v) for s, v in told if v.wording and v.wording.verdict in _HELD]
    held = [(s, v) for s, v in sought if v.wording and v.wording.verdict != "not-found"]
    if not sought:
        return _unsettled(story)
    found: dict[Verdict, list[tuple[Statement, Variant]]] = {}
    for s, v in held:
        if v.wording and labels.VERDICTS[v.wording.verdict][1] == "serious":
            found.setdefault(v.wording.verdict, []).append((s, v))
    silent = [(s, v) for s, v in held if v.wording and v.wording.verdict == "elided-silent"]
    lost = [(s, v) for s, v in held if v.wording and "qualifier-lost" in v.wording.flags]
    parts = [
        Markup("{} {}").format(labels.VERDICTS[verdict][0], _linked(found[verdict], link))
        for verdict in labels.VERDICTS
        if verdict in found
    ]
    if silent:
        parts.append(Markup("cut without a sign {}").format(_linked(silent, link)))
    if lost:
        parts.append(Markup("its condition lost {}").format(_linked(lost, link)))
    missing = [(s, v) for s, v in sought if v.wording and v.wording.verdict == "not-found"]
    gone = Markup(", {} not {}").format(len(missing), _linked(missing, link)) if missing else Markup("")
    opening = Markup("<b>Wording.</b> Of {} sought in the transcript, {} found{}, and ").format(
        count(len(sought), "quotation"), "1 was" if len(held) == 1 else f"{len(held)} were", gone
    )
    bad = {id(v) for verdict in found.values() for _, v in verdict} | {id(v) for _, v in (*silent, *lost)}
    if not bad:
        return opening + Markup("none of these changes a word that carries meaning or hides a cut.")
    verb = "needs" if len(bad) == 1 else "need"
    return opening + Markup("{} of these {} a second look: {}.").format(len(bad), verb, Markup("; ").join(parts))


def _unsettled(story: Story) -> Markup:
    several = [s for s in story.statements if _reports(s) >= MORE_THAN_ONE]
    differ = [s for s in several if any(v.wording and v.wording.verdict == "reports-differ" for v in s.variants)]
    if not several:
        return Markup("<b>Wording.</b> No statement is told by more than one report, so no wording could be compared.")
    return Markup(
        "<b>Wording.</b> No transcript settles what was said; in {} of {} told by more than one report, the reports "
        "print different words."
    ).format(len(differ), count(len(several), "statement"))


def _linked(found: Sequence[tuple[Statement, Variant]], link: Link) -> Markup:
    shown_ = Markup(", ").join(link(s, v) for s, v in found[:_SHOWN])
    more = len(found) - _SHOWN
    return Markup("({}{})").format(shown_, f" and {more} more" if more > 0 else "")


def _origins(story: Story, letters: Mapping[str, str]) -> Markup:
    several = [s for s in story.statements if _reports(s) >= MORE_THAN_ONE and s.origins is not None]
    order = {each.id: n for n, each in enumerate(story.documents)}
    copies = sorted((c for c in story.copies if c.extent == "whole"), key=lambda c: order[c.document])
    tail = Markup("")
    if copies:
        named = ", ".join(f"{letters[c.document]} of {letters.get(c.of, c.of)}" for c in copies[:_SHOWN])
        verb = "is a copy" if len(copies) == 1 else "are copies"
        tail = Markup("; {} {} ({})").format(count(len(copies), "report"), verb, shown(named))
    if not several:
        opening = "no statement is told by more than one report" if not story.statements else "no origins were traced"
        return Markup("<b>Origins.</b> {}{}.").format(opening[0].upper() + opening[1:], tail)
    thin = [s for s in several if s.origins is not None and s.origins.high == 1]
    none = [s for s in several if s.origins is not None and s.origins.low == 0]
    zero = Markup("; for {}, no independent origin was found").format(len(none)) if none else Markup("")
    return Markup("<b>Origins.</b> Of {} told by more than one report, {} on a single origin{}{}.").format(
        count(len(several), "statement"), _verb(len(thin)), zero, tail
    )


def _verb(number: int) -> str:
    return "none rests" if number == 0 else "1 rests" if number == 1 else f"{number} rest"


def _figures(story: Story, tell: Callable[[FigureGroup], Markup]) -> Markup:
    groups = story.figure_groups
    if not groups:
        return Markup("<b>Figures.</b> No figure is told by more than one report.")
    at_odds = [g for g in groups if g.verdict == "conflict"]
    opening = Markup("<b>Figures.</b> Of {} told by more than one report, ").format(count(len(groups), "figure"))
    if not at_odds:
        parts = [g for g in groups if g.verdict in {"narrower", "different-time"}]
        more = Markup("; {} {} parts or different times").format(len(parts), "count") if parts else Markup("")
        return opening + Markup("none is in conflict{}.").format(more)
    told = Markup("; ").join(tell(g) for g in at_odds[:_SHOWN])
    more_ = f"; and {len(at_odds) - _SHOWN} more" if len(at_odds) > _SHOWN else ""
    verb = "is" if len(at_odds) == 1 else "are"
    return opening + Markup("{} {} in conflict: {}{}.").format(len(at_odds), verb, told, more_)


def _reports(statement: Statement) -> int:
    return len({v.document for v in statement.variants})
