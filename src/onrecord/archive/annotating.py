"""What is found in documents, for the archive: their layout, their annotations, their outlet's one name."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import metadata, resources

from onrecord.archive import keys
from onrecord.archive.preparing import Annotator, Run, run_of
from onrecord.document import Document
from onrecord.guards import guarded
from onrecord.lexicon.outlets import known_outlets
from onrecord.readers.identity import with_own_ids
from onrecord.story import Failure


@cache
def annotator() -> Annotator:
    """Give what annotates here: the weights that come with onrecord, and its version."""
    manifest = resources.files("onrecord").joinpath("weights", "manifest.json").read_bytes()
    return Annotator(hashlib.sha256(manifest).digest(), metadata.version("onrecord"), json.dumps({}))


def annotated(documents: Sequence[Document]) -> Iterator[Run]:
    """Annotate documents; what could not be annotated has the reason in place of what was found."""
    from onrecord import pipeline  # noqa: PLC0415 - the network, which only adding needs

    named, failures = with_own_ids(documents), list[Failure]()
    found = {each.id: each for each in pipeline.annotate(named, failures=failures)} if named else {}
    because = {each.document: each.because for each in failures}
    by = annotator()
    for each in named:
        if each.id in found:
            yield run_of(found[each.id], by)
        else:
            yield Run(by, None, because.get(each.id, f"{each.id} could not be annotated."))


def digest(document: Document) -> bytes:
    """Give a document's digest, by its layout; where that cannot be found, by the blocks that it came with."""
    from onrecord import pipeline  # noqa: PLC0415 - likewise

    found = guarded(pipeline.trace_credits, document, document.id, "annotate")
    blocks = document.blocks if isinstance(found, Failure) else found.document.blocks
    return keys.digest_of(document, blocks)


def outlet_name(document: Document) -> str | None:
    """Give the one name of a document's outlet: as known by its address or name, else as given."""
    known = known_outlets()
    found = known.at(document.url) if document.url else None
    if found is None and document.outlet:
        found = known.named(document.outlet)
    return found.name if found is not None else document.outlet
