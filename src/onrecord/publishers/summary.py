"""What stands out, in three sentences built from findings alone: changed quotations, sources, contradicting figures.

Reads: Story. Each sentence leads to its evidence; none says more than a finding does. Every count is that of
:mod:`counts` or of the list that stands beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup

from onrecord.publishers import counts, labels
from onrecord.publishers.naming import MORE_THAN_ONE, count
from onrecord.publishers.texts import shown
from onrecord.publishers.view import View
from onrecord.story import FigureGroup, Statement, Story, Variant
from onrecord.wording import Flag, Verdict

_SHOWN = 5
_LOOKED_UP = frozenset(labels.VERDICTS) - {"unchecked", "reports-differ", "reports-agree"}
_WORDINGS = frozenset({"elided-silent", *(k for k, v in labels.VERDICTS.items() if v[1] == "serious")})
_FLAGS = frozenset(k for k, v in labels.FLAGS.items() if v[1] == "serious")

_Version = tuple[Statement, Variant]


def sentences(story: Story, view: View) -> list[Markup]:
    """Write the three sentences; ``view`` has numbered the statements."""
    return [_wording(story, view), _sources(story, view), _figures(story, view)]


def _wording(story: Story, view: View) -> Markup:
    sought = [(s, v) for s in story.statements for v in s.variants if v.wording and v.wording.verdict in _LOOKED_UP]
    if not sought:
        return _unsettled(story)
    missing = [(s, v) for s, v in sought if v.wording and v.wording.verdict == "not-found"]
    found_there = len(sought) - len(missing)
    gone = Markup(", {} not ({})").format(len(missing), _linked(missing, view)) if missing else Markup("")
    unchecked = sum(
        v.wording is not None and v.wording.verdict == "unchecked" and v.wording.reason != "paraphrase"
        for s in story.statements
        for v in s.variants
    )
    if unchecked:
        gone += Markup("; {} could not be checked").format(count(unchecked, "other"))
    opening = Markup("<b>Wording.</b> Of {} looked up in the transcript, {} found{}").format(
        count(len(sought), "quotation"), "1 was" if found_there == 1 else f"{found_there} were", gone
    )
    kinds: dict[Verdict | Flag, list[_Version]] = {}
    for s, v in sought:
        assert v.wording is not None
        for key in (v.wording.verdict, *v.wording.flags):
            if key in _WORDINGS or key in _FLAGS:
                kinds.setdefault(key, []).append((s, v))
    if not kinds:
        return opening + Markup("; no serious change was found.")
    bad = len({id(v) for found in kinds.values() for _, v in found})
    names: dict[Verdict | Flag, str] = {k: v[0] for k, v in (*labels.VERDICTS.items(), *labels.FLAGS.items())}
    parts = [Markup("{} ({})").format(names[k], _linked(kinds[k], view)) for k in names if k in kinds]
    verb = "needs" if bad == 1 else "need"
    return opening + Markup("; {} {} a second look: {}.").format(bad, verb, Markup("; ").join(parts))


def _unsettled(story: Story) -> Markup:
    reports = {a.id for a in story.documents if a.document.kind == "report"}
    several = [s for s in story.statements if counts.in_several_reports(s, reports)]
    verdicts = [{v.wording.verdict for v in s.variants if v.wording is not None} for s in several]
    compared = sum(bool(found & {"reports-differ", "reports-agree"}) for found in verdicts)
    differ = sum("reports-differ" in found for found in verdicts)
    if not several:
        return Markup("<b>Wording.</b> No statement is in more than one report, so no wording could be compared.")
    why = "No transcript was given" if len(reports) == len(story.documents) else "The transcript settles none of it"
    quoted = f"{compared} {'is' if compared == 1 else 'are'} quoted in several and could be compared"
    return Markup("<b>Wording.</b> {}. Of {} in more than one report, {}; in {} the words differ.").format(
        why, count(len(several), "statement"), quoted, differ
    )


def _linked(found: Sequence[_Version], view: View) -> Markup:
    links = [
        Markup('<a href="#s-{}">{}, {}</a>').format(s.id, shown(view.title(v.document)), s.id)
        for s, v in found[:_SHOWN]
    ]
    more = len(found) - _SHOWN
    return Markup("; ").join(links) + (f" and {more} more" if more > 0 else "")


def _sources(story: Story, view: View) -> Markup:
    known = counts.of_story(story)
    parts = []
    if known.independent_sources is not None and known.reports >= MORE_THAN_ONE:
        how_many = counts.independent_sources(known.independent_sources)
        parts.append(Markup("{} come from {}").format(count(known.reports, "report"), how_many))
    shared = sorted(
        (c for c in story.copies if c.share is not None and c.extent == "whole"), key=lambda c: view.order[c.document]
    )
    if shared:
        parts.extend(
            Markup("{} has {} of its own words in common with {}").format(
                shown(view.title(c.document)), f"{c.share:.0%}", shown(view.title(c.of))
            )
            for c in shared[:_SHOWN]
        )
    reports = set(view.reports)
    several = [s for s in story.statements if counts.in_several_reports(s, reports) and s.origins is not None]
    kinds = Counter(counts.sourced(s.origins) for s in several if s.origins is not None)
    if kinds:
        listed = "; ".join(f"{kind}: {number}" for kind, number in kinds.most_common())
        parts.append(Markup("{} in more than one report ({})").format(count(len(several), "statement"), shown(listed)))
    if not parts:
        return Markup("<b>Sources.</b> No sources were traced.")
    return Markup("<b>Sources.</b> {}.").format(Markup("; ").join(parts))


def _figures(story: Story, view: View) -> Markup:
    known = counts.of_story(story)
    at_odds = [
        groups for groups in counts.figures_of(story.figure_groups) if any(g.verdict == "conflict" for g in groups)
    ]
    opening = Markup("<b>Figures.</b> {} in more than one report; ").format(
        count(known.figures_in_several_reports, "figure is", "figures are")
    )
    if not at_odds:
        return opening + Markup("none contradicts another.")
    listed = Markup("; ").join(_values(groups, view) for groups in at_odds[:_SHOWN])
    more = f"; and {len(at_odds) - _SHOWN} more" if len(at_odds) > _SHOWN else ""
    return opening + Markup("{}: {}{}.").format(count(known.contradictions, "contradiction"), listed, more)


def _values(groups: Sequence[FigureGroup], view: View) -> Markup:
    """Write a figure's numbers with who prints each, on one line."""
    at_odds = next(g for g in groups if g.verdict == "conflict")
    values: dict[str, dict[str, Markup]] = {}
    for member in at_odds.figures:
        span = view.figures[member.document, member.figure].span
        value = " ".join(view.words(member.document, span).split())
        link = Markup('<a href="#{}">{}</a>').format(view.anchor(member.document, span), view.letters[member.document])
        values.setdefault(value, {}).setdefault(member.document, link)
    listed = Markup(", ").join(
        Markup("“{}” in {}").format(shown(value), Markup(" ").join(links.values())) for value, links in values.items()
    )
    return Markup('{}: {} (<a href="#g-{}">compare</a>)').format(shown(at_odds.of), listed, at_odds.id)
