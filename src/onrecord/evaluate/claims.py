"""Claims joined, scored against labelled pairs of sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from onrecord.annotation import Annotations
from onrecord.document import Span
from onrecord.evaluate.counts import Count, counted
from onrecord.evaluate.sourcing import LabelledStory
from onrecord.story import Claim

Sentence = tuple[str, Span]


def count_claims(labelled: LabelledStory, documents: Sequence[Annotations], joined: Sequence[Claim]) -> Count:
    """Count the pairs of sentences that tell a fact in common; nothing where gold has no claims."""
    if not labelled.answers.get("assertions"):
        return Count()
    sentences = {d.id: d.sentences for d in documents}
    wanted, unsure = claim_pairs(labelled, documents)
    found: set[tuple[Sentence, Sentence]] = set()
    for one in joined:
        found |= sentence_pairs([(m.document, Span(m.start, m.end)) for m in one.members], sentences)
    return counted(found, wanted, unsure)


def claim_pairs(
    labelled: LabelledStory, documents: Sequence[Annotations]
) -> tuple[set[tuple[Sentence, Sentence]], set[tuple[Sentence, Sentence]]]:
    """List the pairs of sentences that gold says tell one fact, and those that it leaves in doubt."""
    sentences = {d.id: d.sentences for d in documents}
    wanted: set[tuple[Sentence, Sentence]] = set()
    unsure: set[tuple[Sentence, Sentence]] = set()
    for fact in labelled.answers.get("assertions", ()):
        places = [(m["doc"], Span(m["start"], m["end"])) for m in fact["members"]]
        (unsure if fact.get("unsure") else wanted).update(sentence_pairs(places, sentences))
    return wanted, unsure - wanted


def sentence_pairs(
    places: Iterable[tuple[str, Span]], sentences: Mapping[str, Sequence[Span]]
) -> set[tuple[Sentence, Sentence]]:
    """List the pairs of sentences of different documents that hold the places."""
    held = sorted({(document, sentence_of(span, sentences[document])) for document, span in places})
    return {(a, b) for a, b in combinations(held, 2) if a[0] != b[0]}


def sentence_of(span: Span, sentences: Sequence[Span]) -> Span:
    """Find the sentence that holds most of a span; the span itself, where none does."""
    shared = [(min(s.end, span.end) - max(s.start, span.start), -s.start, s) for s in sentences]
    best = max(shared, default=(0, 0, span))
    return best[2] if best[0] > 0 else span
