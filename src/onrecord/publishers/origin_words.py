"""On how many independent sources something rests, in one sentence: the wording of :class:`onrecord.story.Origins`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from onrecord.annotation import Annotations, LinkKind
from onrecord.publishers.counts import independent_sources
from onrecord.publishers.naming import count
from onrecord.story import Origins, Terminal

_HOW: Final[dict[LinkKind, str]] = {
    "outlet-pickup": "whom the words were said to, or who had them",
    "agency-copy": "an agency's text that does not say where or to whom",
    "undeclared-reuse": "taken over",
    "anonymous": "an unnamed source",
    "vague": "named only in general terms",
    "circular": "each has it from the other",
}
_PRIVATE: Final = ("e-mail", "email", "memo", "letter", "note", "message")


class OriginWords:
    """Words the origins of a story and of its statements."""

    def __init__(self, documents: Iterable[Annotations]) -> None:
        """Take the documents, by whose names they are called."""
        self._names: Mapping[str, str] = {each.id: each.name for each in documents}

    def of_statement(self, origins: Origins) -> str:
        """Explain a count in one sentence, end by end, with the names of the reports."""
        terminals = origins.terminals
        if not terminals:
            return "No report has it."
        reports = {document for terminal in terminals for document in terminal.documents}
        if len(reports) == 1 and len(terminals) == 1:
            return f"1 report: {self._rests(terminals[0])}."
        ends = "; ".join(self._rests(t, every=len(terminals) == 1) for t in terminals)
        extra = "; ".join(["", *self._taken(origins)])
        single = origins.high == 1 and len({taking.document for taking in origins.takings}) == len(reports) - 1
        alone = "; no second source found" if single else ""
        return f"{count(len(reports), 'report')}, {independent_sources(origins)}: {ends}{extra}{alone}."

    def of_story(self, origins: Origins) -> str:
        """Explain the story's count: which reports are one text, and which show where words were heard."""
        terminals = origins.terminals
        if not terminals:
            return "No report was given."
        reports = {document for terminal in terminals for document in terminal.documents}
        parts = [f"{count(len(reports), 'report')}, {independent_sources(origins)}"]
        parts += [
            f"{_listed([self._named(d) for d in t.documents])} are one text ({t.name})"
            for t in terminals
            if len(t.documents) > 1
        ]
        own = [t.name for t in terminals if t.kind == "witnessed"]
        if len(own) < len(terminals):
            verb = "says" if len(own) == 1 else "say"
            parts.append(
                f"only {_listed(own)} {verb} where the words were heard"
                if own
                else "none says where the words were heard"
            )
        return "; ".join(parts) + "."

    def _named(self, document: str) -> str:
        return self._names.get(document, document)

    def _taken(self, origins: Origins) -> list[str]:
        """Say which documents take it from another of the story."""
        takers: dict[str, list[str]] = defaultdict(list)
        for taking in origins.takings:
            takers[self._named(taking.of)].append(taking.document)
        return [
            f"{_listed(sorted(self._named(d) for d in found))} {'takes' if len(found) == 1 else 'take'} it from {of}"
            for of, found in sorted(takers.items())
        ]

    def _rests(self, terminal: Terminal, *, every: bool = False) -> str:
        """Say where the reports of one end have it from, or that they do not say."""
        who = "all" if every else _listed(sorted(self._named(d) for d in terminal.documents))
        one = len(terminal.documents) == 1
        if terminal.kind == "unsourced":
            if every and not one:
                return "none says where or to whom this was said"
            return f"{who} {'does' if one else 'do'} not say where or to whom this was said"
        how = f" ({_HOW[terminal.kind]})" if terminal.kind in _HOW else ""
        return f"{who} {'rests' if one else 'rest'} on {_end(terminal)}{how}"


def _end(terminal: Terminal) -> str:
    """Give an end in a few words."""
    name, at = terminal.name, terminal.at
    if terminal.occasion == "record":
        return f"{name} on record ({at})"
    if terminal.occasion in {"heard", "issued"}:
        private = (at or "").casefold().startswith(_PRIVATE)
        return f"{name} in {'writing' if private else 'public'} (“{at}”)"
    return f"{name} speaking to {at}" if terminal.occasion == "interview" else name


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
