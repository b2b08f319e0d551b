"""Ways from the reports of a statement to where its chains of sourcing end.

Holds the stops and steps of one statement; gives which reports reach which end, which reports have it from one another,
and how many ways share no stop.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from onrecord.annotation import LinkKind
from onrecord.story import Occasion, Terminal

NodeKind = Literal["document", "outlet", "record", "relay", "origin"]


class Node(NamedTuple):
    """A stop on the way from the reports to an origin; ``origin`` is its kind where the way ends here."""

    id: str
    label: str
    kind: NodeKind
    origin: LinkKind | None = None


class End(NamedTuple):
    """Where a chain ends: the stop's id, who or what it is, its kind, and how and where a speaker spoke."""

    id: str
    name: str
    kind: LinkKind
    occasion: Occasion | None = None
    at: str | None = None


class Ways:
    """The stops and steps of one statement, gathered telling by telling."""

    def __init__(self) -> None:
        """Begin without any."""
        self.nodes: dict[str, Node] = {}
        self.steps: set[tuple[str, str]] = set()
        self.documents: list[str] = []
        self.ends: dict[str, End] = {}

    def stop(self, name: str, label: str, kind: NodeKind, origin: LinkKind | None = None) -> str:
        """Add a stop, or say of a known one that ways end there; give its id."""
        known = self.nodes.get(name)
        if known is None or (origin is not None and known.origin is None):
            self.nodes[name] = Node(name, label, kind, origin)
        return name

    def step(self, source: str, target: str) -> None:
        """Lead from one stop to the next."""
        if source != target:
            self.steps.add((source, target))


def _onward(edges: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    onward: dict[str, list[str]] = defaultdict(list)
    for source, target in edges:
        onward[source].append(target)
    return onward


def _backward(ways: Ways) -> dict[str, list[str]]:
    return _onward((target, source) for source, target in ways.steps)


def _reached_from(start: str, onward: dict[str, list[str]]) -> set[str]:
    seen, waiting = {start}, [start]
    while waiting:
        fresh = [n for n in onward.get(waiting.pop(), ()) if n not in seen]
        seen.update(fresh)
        waiting += fresh
    return seen


def reach(ways: Ways) -> dict[str, set[str]]:
    """Map each end to the documents whose ways lead there, followed back from the end: a chain is walked once."""
    backward, documents = _backward(ways), set(ways.documents)
    leading_on = {source for source, _ in ways.steps}
    # An outlet that one report names last and another leads on from is no end.
    ends = [name for name, node in ways.nodes.items() if node.origin is not None and name not in leading_on]
    reached = {end: documents & _reached_from(end, backward) for end in ends}
    return {end: members for end, members in reached.items() if members}


def circles(ways: Ways, reached: dict[str, set[str]]) -> Iterator[Terminal]:
    """Find stops that lead to each other and nowhere else: reports that have it from one another."""
    arrived = set().union(*reached.values()) if reached else set()
    lost = [document for document in ways.documents if document not in arrived]
    if not lost:
        return
    import networkx as nx  # noqa: PLC0415 - slow to load, and circles are rare

    onward, backward = _onward(ways.steps), _backward(ways)
    graph = nx.DiGraph(list(ways.steps))
    for component in sorted(map(sorted, nx.strongly_connected_components(graph))):
        leaves = any(target not in component for stop in component for target in onward.get(stop, ()))
        if len(component) > 1 and not leaves:
            members = tuple(sorted(_reached_from(component[0], backward).intersection(lost)))
            yield Terminal(_listed([ways.nodes[stop].label for stop in component]), "circular", members)


def routes(ways: Ways, reached: dict[str, set[str]]) -> int:
    """Count the ways from documents to ends that share no stop: the most that could be cut off one by one (Menger)."""
    if len(ways.documents) <= 1 or not reached:
        return min(len(ways.documents), len(reached))
    inner = {source for source, _ in ways.steps} - set(ways.documents)
    if not any(ways.nodes[n].kind != "origin" for n in inner) and not any(t in ways.documents for _, t in ways.steps):
        return len(ways.documents)  # Every document reaches an end by itself.
    import networkx as nx  # noqa: PLC0415 - slow to load

    graph = nx.DiGraph()
    graph.add_edges_from(("", document) for document in ways.documents)
    graph.add_edges_from((s, "\0" if _is_end(ways, t) and ways.nodes[t].kind == "origin" else t) for s, t in ways.steps)
    graph.add_edges_from((n, "\0") for n in reached if ways.nodes[n].kind != "origin")
    if "\0" not in graph:
        return 0
    return int(nx.algorithms.connectivity.local_node_connectivity(graph, "", "\0"))


def _is_end(ways: Ways, name: str) -> bool:
    return ways.nodes[name].origin is not None


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
