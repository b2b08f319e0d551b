"""Where words came from, drawn: origins on the left, reports on the right, the chains between them.

Reads: Story. Layers come from the longest way to an origin, the order inside a layer from a few sweeps of barycentres
(Sugiyama, Tagawa and Toda, 1981); circles of sourcing are parted at their weakest link. The template draws it as inline
SVG without style attributes, for the page's policy forbids them, and says the same in a list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

import networkx as nx

from onrecord.annotation import Annotations, Link, LinkKind
from onrecord.publishers import labels
from onrecord.story import Occasion, Story

_ROW, _COLUMN, _BOX, _HEIGHT, _MARGIN = 34, 330, 230, 26, 8
_SWEEPS = 6
_UNDECLARED: frozenset[LinkKind] = frozenset({"vague", "unsourced", "undeclared-reuse", "circular"})


class Way(NamedTuple):
    """One link between two names: how many statements took it, of which kind it is and whether a report declares it."""

    source: str
    target: str
    kind: LinkKind
    statements: int
    declared: bool


class DrawnWay(NamedTuple):
    """A link as it is drawn: its path and width in pixels, whether it is inferred, and what it says."""

    path: str
    width: float
    inferred: bool
    says: str


class DrawnNode(NamedTuple):
    """A box as it is drawn: its place in pixels, its kind, and its name, whole and cut to the box."""

    x: int
    y: float
    kind: Literal["report", "origin", "vague"]
    name: str
    cut: str
    letter: str


class Drawing(NamedTuple):
    """The drawn graph: its size in pixels, links and boxes."""

    width: int
    height: float
    ways: list[DrawnWay]
    nodes: list[DrawnNode]


class Sources(NamedTuple):
    """The drawn graph and its text alternative."""

    drawing: Drawing
    ways: list[Way]
    names: dict[str, str]
    origins: list[tuple[str, str, list[str]]]


def sources(story: Story, letters: Mapping[str, str]) -> Sources | None:
    """Draw the origins of a story's statements; None where no chain is known."""
    graph = _graph(story)
    if graph.number_of_edges() == 0:
        return None
    names = {node: graph.nodes[node]["name"] for node in graph}
    ways = [
        Way(a, b, data["kind"], data["statements"], data["declared"])
        for a, b, data in sorted(graph.edges(data=True), key=lambda e: (e[0], e[1]))
    ]
    ends = [n for n in graph if graph.in_degree(n) == 0]
    origins = [
        (names[n], _how(graph.nodes[n]), sorted(letters[t[2:]] for t in nx.descendants(graph, n) if t[:2] == "d:"))
        for n in sorted(ends, key=lambda n: (-graph.degree(n), names[n]))
    ]
    return Sources(_draw(graph, _placed(graph), letters), ways, names, origins)


def _graph(story: Story) -> nx.DiGraph:
    """Gather links: a copy's text comes from what it copies, everything else along the chain of its attribution."""
    graph: nx.DiGraph = nx.DiGraph()
    known = _outlets(story.documents)
    for each in story.documents:
        if each.document.kind == "report":
            graph.add_node(f"d:{each.id}", name=each.name, kind="witnessed")
    copied = {c.document: c for c in story.copies if c.extent == "whole"}
    attributions = {(d.id, a.id): a for d in story.documents for a in d.attributions}
    for copy in copied.values():
        known_of = f"d:{copy.of}" if f"d:{copy.of}" in graph else _node(graph, copy.of, "agency-copy", known)
        kind: LinkKind = "agency-copy" if copy.evidence == "declared" else "undeclared-reuse"
        _join(graph, known_of, f"d:{copy.document}", kind, declared=copy.evidence == "declared")
    for statement in story.statements:
        ends = {d: t for t in (statement.origins.terminals if statement.origins else ()) for d in t.documents}
        for variant in statement.variants:
            if variant.document in copied or f"d:{variant.document}" not in graph:
                continue
            chain: Sequence[Link] = attributions[variant.document, variant.attribution].shown_via
            at = f"d:{variant.document}"
            for link in chain:
                source = _node(graph, link.outlet or link.name, link.kind, known)
                _join(graph, source, at, link.kind, declared=link.declared)
                at = source
            terminal = ends.get(variant.document)
            if terminal is not None:
                source = _node(graph, terminal.name, terminal.kind, known, terminal.occasion)
                if not chain or (source != at and not nx.has_path(graph, at, source)):
                    _join(graph, source, at, terminal.kind, declared=terminal.kind not in _UNDECLARED)
    _part_circles(graph)
    graph.remove_nodes_from([n for n in graph if graph.degree(n) == 0])
    return graph


def _outlets(documents: Sequence[Annotations]) -> dict[str, str]:
    names: dict[str, str] = {}
    for each in documents:
        for name in (each.document.outlet, each.publisher, each.id):
            if name and each.document.kind == "report":
                names.setdefault(name.casefold(), each.id)
    return names


def _node(
    graph: nx.DiGraph, name: str, kind: LinkKind, known: Mapping[str, str], occasion: Occasion | None = None
) -> str:
    """Give the node of a name; one who spoke on several kinds of occasion has one for each."""
    document = known.get(name.casefold())
    if document is not None:
        return f"d:{document}"
    node = f"o:{name.casefold()}{f':{occasion}' if occasion else ''}"
    if node not in graph:
        graph.add_node(node, name=name, kind=kind, occasion=occasion)
    return node


def _how(data: Mapping[str, Any]) -> str:
    """Say what a source is, or how it spoke where a report says it."""
    occasion: Occasion | None = data.get("occasion")
    kind: LinkKind = data["kind"]
    return labels.OCCASIONS[occasion] if occasion else labels.KINDS[kind]


def _join(graph: nx.DiGraph, source: str, target: str, kind: LinkKind, *, declared: bool) -> None:
    if source == target:
        return
    if graph.has_edge(source, target):
        graph[source][target]["statements"] += 1
    else:
        graph.add_edge(source, target, kind=kind, statements=1, declared=declared)


def _part_circles(graph: nx.DiGraph) -> None:
    while True:
        try:
            circle = nx.find_cycle(graph)
        except nx.NetworkXNoCycle:
            return
        graph.remove_edge(*min(circle, key=lambda e: (graph.edges[e[:2]]["statements"], e[0], e[1]))[:2])


def _placed(graph: nx.DiGraph) -> dict[str, tuple[int, float]]:
    """Give each node its layer and its row."""
    depth: dict[str, int] = {}
    for node in nx.topological_sort(graph):
        depth[node] = max((depth[p] + 1 for p in graph.predecessors(node)), default=0)
    layers: dict[int, list[str]] = {}
    for node in graph:
        layers.setdefault(depth[node], []).append(node)
    order = {n: float(i) for layer in layers.values() for i, n in enumerate(layer)}
    for sweep in range(_SWEEPS):
        for number in sorted(layers, reverse=bool(sweep % 2)):
            layer = layers[number]
            centre = {n: _centre(graph, n, order) for n in layer}
            layer.sort(key=lambda n, c=centre: (c[n], order[n]))  # type: ignore[misc]
            for row, node in enumerate(layer):
                order[node] = row - len(layer) / 2
    tallest = max(len(layer) for layer in layers.values())
    return {
        n: (number, row + (tallest - len(layer)) / 2) for number, layer in layers.items() for row, n in enumerate(layer)
    }


def _centre(graph: nx.DiGraph, node: str, order: Mapping[str, float]) -> float:
    near = [*graph.predecessors(node), *graph.successors(node)]
    return sum(order[n] for n in near) / len(near) if near else order[node]


def _draw(graph: nx.DiGraph, placed: Mapping[str, tuple[int, float]], letters: Mapping[str, str]) -> Drawing:
    at = {n: (_MARGIN + layer * _COLUMN, _MARGIN + row * _ROW) for n, (layer, row) in placed.items()}
    ways = []
    for a, b, data in sorted(graph.edges(data=True), key=lambda e: (e[0], e[1])):
        (x1, y1), (x2, y2) = at[a], at[b]
        x1, y1, y2 = x1 + _BOX, y1 + _HEIGHT / 2, y2 + _HEIGHT / 2
        middle = (x1 + x2) / 2
        path = f"M{x1} {y1:.0f}C{middle:.0f} {y1:.0f} {middle:.0f} {y2:.0f} {x2} {y2:.0f}"
        names = f"{graph.nodes[a]['name']} to {graph.nodes[b]['name']}"
        says = f"{names}: {labels.KINDS[data['kind']]}, {data['statements']}"
        ways.append(DrawnWay(path, min(5.0, 0.8 + data["statements"] ** 0.5 * 0.6), not data["declared"], says))
    nodes = [_node_drawn(node, graph.nodes[node], x, y, letters) for node, (x, y) in sorted(at.items())]
    width = max(x for x, _ in at.values()) + _BOX + _MARGIN
    return Drawing(width, max(y for _, y in at.values()) + _HEIGHT + _MARGIN, ways, nodes)


def _cut(name: str, room: float) -> str:
    """Cut a name to about so many pixels; a capital is wider than a small letter."""
    width = 0.0
    for n, c in enumerate(name):
        width += 8.6 if c.isupper() or ord(c) > 0x2E80 else 6.7
        if width > room:
            return f"{name[: max(1, n - 1)].rstrip()}…"
    return name


def _node_drawn(node: str, data: Mapping[str, str], x: int, y: float, letters: Mapping[str, str]) -> DrawnNode:
    report = node.startswith("d:")
    cut = _cut(data["name"], _BOX - 24 - (22 if report else 0))
    vague = data["kind"] in {"vague", "unsourced", "anonymous", "circular"}
    letter = letters[node[2:]] if report else ""
    return DrawnNode(x, y, "report" if report else "vague" if vague else "origin", data["name"], cut, letter)
