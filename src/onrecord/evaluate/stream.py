"""Stories formed from a stream, scored against labelled ones: B-cubed and CEAFe.

B-cubed (A. Bagga and B. Baldwin, Entity-based cross-document coreferencing, COLING-ACL 1998) is the mean over documents
of how much of a document's story is right (precision) and how much of its labelled story is found (recall). CEAFe
(X. Luo, On coreference resolution performance metrics, HLT-EMNLP 2005) pairs stories with labelled ones, each with one
at most, so that the sum of their likeness, twice the shared documents over all of both, is greatest.
"""

from __future__ import annotations

import json
import time
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import networkx as nx

from onrecord.document import Document, Published
from onrecord.errors import LabelledDataError
from onrecord.grouping.stream import assign_all


class PrecisionRecall(NamedTuple):
    """Precision, recall and their harmonic mean, per cent."""

    precision: float
    recall: float
    f1: float

    @classmethod
    def of(cls, precision: float, recall: float) -> PrecisionRecall:
        """Make one of shares in 0 to 1."""
        total = precision + recall
        return cls(100 * precision, 100 * recall, 200 * precision * recall / total if total else 0.0)


class StreamReport(NamedTuple):
    """How well the stories of one stream were formed, and how many documents went in a second."""

    documents: int
    stories: int
    labelled_stories: int
    b_cubed: PrecisionRecall
    ceaf_e: PrecisionRecall
    documents_a_second: float


def evaluate_stream(path: Path) -> StreamReport:
    """Form stories of the documents of a file of JSON lines (``id``, ``text``, ``story``; ``title``, ``published``).

    Raises LabelledDataError where a line has another form.
    """
    documents, labels = _read(path)
    begun = time.perf_counter()
    formed = assign_all(documents)
    seconds = time.perf_counter() - begun
    return StreamReport(
        len(documents),
        len(set(formed.values())),
        len(set(labels.values())),
        b_cubed(formed, labels),
        ceaf_e(formed, labels),
        len(documents) / seconds if seconds else 0.0,
    )


def b_cubed(formed: Mapping[str, Hashable], labels: Mapping[str, Hashable]) -> PrecisionRecall:
    """Score groups of documents, each given by the group's name, against labelled ones."""
    both = Counter((formed[one], labels[one]) for one in labels)
    found, wanted = Counter(formed[one] for one in labels), Counter(labels.values())
    many = len(labels) or 1
    precision = sum(shared * shared / found[group] for (group, _), shared in both.items()) / many
    recall = sum(shared * shared / wanted[label] for (_, label), shared in both.items()) / many
    return PrecisionRecall.of(precision, recall)


def ceaf_e(formed: Mapping[str, Hashable], labels: Mapping[str, Hashable]) -> PrecisionRecall:
    """Score groups of documents against labelled ones by their best pairing."""
    found: dict[Hashable, set[str]] = defaultdict(set)
    wanted: dict[Hashable, set[str]] = defaultdict(set)
    for one, label in labels.items():
        found[formed[one]].add(one)
        wanted[label].add(one)
    graph = nx.Graph()
    for one, label in labels.items():
        group = formed[one]
        shared = len(found[group] & wanted[label])
        weight = 2 * shared / (len(found[group]) + len(wanted[label]))
        graph.add_edge(("formed", group), ("labelled", label), weight=weight)
    likeness = sum(graph.edges[edge]["weight"] for edge in nx.max_weight_matching(graph))
    return PrecisionRecall.of(likeness / (len(found) or 1), likeness / (len(wanted) or 1))


def _read(path: Path) -> tuple[list[Document], dict[str, str]]:
    documents, labels = [], {}
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            record: dict[str, Any] = json.loads(line)
            day = record.get("published")
            published = Published(day, "metadata") if day else None
            documents.append(Document(record["id"], record["text"], title=record.get("title"), published=published))
            labels[record["id"]] = record["story"]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise LabelledDataError(f"{path}, line {number}: not a document with its story ({error!r}).") from error
    if not documents:
        raise LabelledDataError(f"{path} holds no document.")
    return documents, labels
