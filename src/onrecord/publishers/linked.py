"""A story as linked data: JSON-LD in three published vocabularies, and in none of our own.

Reads: Story. `Web Annotation <https://www.w3.org/TR/annotation-vocab/>`_ says where words stand (``TextQuoteSelector``,
``TextPositionSelector``), `schema.org <https://schema.org>`_ what they are (``Quotation``, ``Claim``, ``NewsArticle``),
`PROV-O <https://www.w3.org/TR/prov-o/>`_ where they came from (``wasQuotedFrom``, ``hadPrimarySource``).

The context stands in the document, so that reading it needs no network. Names are IRIs that anyone can make again: a
document is its web address, or, without one, the SHA-256 of its text (RFC 6920, ``ni:``); everything else is a UUID of
what it is made of (RFC 9562, version 5).

Positions count Unicode code points, as the Web Annotation model asks.
"""

from __future__ import annotations

import base64
import hashlib
import uuid
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import msgspec

from onrecord.annotation import Annotations, Attribution, LinkKind, SpeakerKind
from onrecord.document import Span
from onrecord.publishers.texts import around
from onrecord.publishers.view import web_address
from onrecord.story import Statement, Story, Variant

CONTEXT: dict[str, Any] = {
    "oa": "http://www.w3.org/ns/oa#",
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dcterms": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id",
    "type": "@type",
    "graph": "@graph",
    "Annotation": "oa:Annotation",
    "SpecificResource": "oa:SpecificResource",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "TextPositionSelector": "oa:TextPositionSelector",
    "TextualBody": "oa:TextualBody",
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "describing": "oa:describing",
    "classifying": "oa:classifying",
    "identifying": "oa:identifying",
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "value": "rdf:value",
    "Entity": "prov:Entity",
    "wasQuotedFrom": {"@id": "prov:wasQuotedFrom", "@type": "@id"},
    "hadPrimarySource": {"@id": "prov:hadPrimarySource", "@type": "@id"},
    "wasDerivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    "NewsArticle": "schema:NewsArticle",
    "CreativeWork": "schema:CreativeWork",
    "Quotation": "schema:Quotation",
    "Claim": "schema:Claim",
    "Person": "schema:Person",
    "Organization": "schema:Organization",
    "name": "schema:name",
    "headline": "schema:headline",
    "text": "schema:text",
    "url": {"@id": "schema:url", "@type": "@id"},
    "publisher": {"@id": "schema:publisher", "@type": "@id"},
    "datePublished": "schema:datePublished",
    "author": {"@id": "schema:author", "@type": "@id"},
    "appearance": {"@id": "schema:appearance", "@type": "@id"},
    "firstAppearance": {"@id": "schema:firstAppearance", "@type": "@id"},
    "isPartOf": {"@id": "schema:isPartOf", "@type": "@id"},
    "spokenByCharacter": {"@id": "schema:spokenByCharacter", "@type": "@id"},
    "about": {"@id": "schema:about", "@type": "@id"},
}
"""Every term that is written, with its IRI."""

_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://schema.org/Claim")
_AGENTS: dict[SpeakerKind, str] = {"organisation": "Organization", "group": "Organization", "document": "CreativeWork"}
_PRIMARY: frozenset[LinkKind] = frozenset({"witnessed", "primary-document", "statement"})


def story_jsonld(story: Story) -> dict[str, Any]:
    """Give a story as a JSON-LD object: documents, speakers, claims, quotations and annotations in one graph."""
    writer = _Writer(story)
    graph = [*map(writer.document, story.documents), *writer.speakers()]
    for statement in story.statements:
        graph.extend(writer.statement(statement))
    graph.extend(writer.copies())
    graph.extend(writer.works.values())
    return {"@context": CONTEXT, "graph": graph}


def encode(story: Story) -> bytes:
    """Encode a story as JSON-LD in UTF-8; a lone surrogate is shown as U+FFFD."""
    return msgspec.json.format(msgspec.json.encode(_sound(story_jsonld(story))), indent=1) + b"\n"


class _Writer:
    """Writes the nodes of one story."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.documents = {a.id: a for a in story.documents}
        self.attributions = {(d.id, a.id): a for d in story.documents for a in d.attributions}
        self.names = _document_names(story.documents)
        self.people = {s.id: _name("speaker", s.name, *self.names.values()) for s in story.speakers}
        self.works: dict[str, dict[str, Any]] = {}
        self.outlets: dict[str, str] = {}
        for each in story.documents:
            for name in ((each.publisher or "").casefold(), (each.document.outlet or "").casefold(), each.id):
                if name:
                    self.outlets.setdefault(name, self.names[each.id])

    def document(self, annotations: Annotations) -> dict[str, Any]:
        d = annotations.document
        node: dict[str, Any] = {
            "id": self.names[d.id],
            "type": ["NewsArticle" if d.kind == "report" else "CreativeWork", "Entity"],
            "name": d.outlet or d.id,
        }
        if d.title:
            node["headline"] = d.title
        if d.published:
            node["datePublished"] = d.published.value
        if d.outlet:
            node["publisher"] = {"id": _name("outlet", d.outlet), "type": "Organization", "name": d.outlet}
        if web_address(d.url):
            node["url"] = d.url
        return node

    def speakers(self) -> Iterable[dict[str, Any]]:
        for s in self.story.speakers:
            yield {"id": self.people[s.id], "type": _AGENTS.get(s.kind, "Person"), "name": s.name}

    def statement(self, statement: Statement) -> list[dict[str, Any]]:
        """Write a claim, each version of it, and the annotations that anchor them."""
        versions = [self._version(statement, variant) for variant in statement.variants]
        claim: dict[str, Any] = {
            "id": self._claim(statement),
            "type": ["Claim", "Entity"],
            "appearance": [node["id"] for node, _ in versions],
        }
        if statement.speaker_clear and statement.speaker in self.people:
            claim["author"] = self.people[statement.speaker]
        for terminal in statement.origins.terminals if statement.origins else ():
            if terminal.kind in _PRIMARY:
                claim.setdefault("hadPrimarySource", []).append(self._work(terminal.name))
        return [claim, *(node for pair in versions for node in pair)]

    def _claim(self, statement: Statement) -> str:
        spans = (
            f"{self.names[v.document]} {self.attributions[v.document, v.attribution].extent}"
            for v in statement.variants
        )
        return _name("claim", *sorted(spans))

    def _version(self, statement: Statement, variant: Variant) -> tuple[dict[str, Any], dict[str, Any]]:
        annotations = self.documents[variant.document]
        attribution = self.attributions[variant.document, variant.attribution]
        source = self.names[variant.document]
        node: dict[str, Any] = {
            "id": _name("telling", source, str(attribution.extent)),
            "type": ["CreativeWork" if attribution.form == "indirect" else "Quotation", "Entity"],
            "text": " … ".join(span.of(annotations.text) for span in attribution.content),
            "isPartOf": source,
        }
        if statement.speaker_clear and statement.speaker in self.people and attribution.form != "indirect":
            node["spokenByCharacter"] = self.people[statement.speaker]
        quoted, primary = self._came_from(variant, attribution)
        if quoted:
            node["wasQuotedFrom"] = quoted
        if primary:
            node["hadPrimarySource"] = primary
        bodies: list[Any] = [{"id": node["id"]}]
        if variant.wording is not None:
            bodies.extend(
                {"type": "TextualBody", "purpose": "classifying", "value": value}
                for value in (variant.wording.verdict, *variant.wording.flags)
            )
        annotation = {
            "id": _name("annotation", source, str(attribution.extent)),
            "type": "Annotation",
            "motivation": "identifying",
            "body": bodies,
            "target": [_target(source, annotations.text, span) for span in attribution.content],
        }
        return node, annotation

    def _came_from(self, variant: Variant, attribution: Attribution) -> tuple[list[str], list[str]]:
        """Say from which work a version's words were taken, and which works it goes back to."""
        quoted: list[str] = []
        primary: list[str] = []
        if variant.wording is not None:
            quoted.extend(
                dict.fromkeys(self.names[p.document] for p in variant.wording.passages if p.document in self.names)
            )
        chain = [self._work(link.outlet or link.name) for link in attribution.shown_via]
        for one, before in pairwise(chain):
            self.works.setdefault(one, {"id": one}).setdefault("wasQuotedFrom", before)
        if chain:
            quoted.append(chain[0])
            primary.append(chain[-1])
        own = self.names[variant.document]
        return [q for q in dict.fromkeys(quoted) if q != own], [p for p in primary if p != own]

    def _work(self, name: str) -> str:
        """Name a work that a chain leads to: a document of the story where an outlet is meant, else by its name."""
        if (known := self.outlets.get(name.casefold())) is not None:
            return known
        id_ = _name("work", name.casefold())
        self.works.setdefault(id_, {"id": id_, "type": ["CreativeWork", "Entity"], "name": name})
        return id_

    def copies(self) -> Iterable[dict[str, Any]]:
        for copy in self.story.copies:
            of = self.names[copy.of] if copy.of in self.names else self._work(copy.of)
            yield {"id": self.names[copy.document], "wasDerivedFrom": of}


def _target(source: str, text: str, span: Span) -> dict[str, Any]:
    prefix, suffix = around(text, span)
    return {
        "type": "SpecificResource",
        "source": source,
        "selector": [
            {"type": "TextQuoteSelector", "exact": span.of(text), "prefix": prefix, "suffix": suffix},
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        ],
    }


def _document_names(documents: Sequence[Annotations]) -> dict[str, str]:
    """Name documents by address, or by their text's hash; where two would share a name, their ids tell them apart."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for each in documents:
        name = web_address(each.document.url)
        if name is None or name in taken or not _is_iri(name):
            digest = hashlib.sha256(each.text.encode("utf-8", "surrogatepass")).digest()
            name = f"ni:///sha-256;{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"
        if name in taken:
            name = _name("document", name, each.id)
        names[each.id] = name
        taken.add(name)
    return names


def _is_iri(address: str) -> bool:
    return not any(c in '<>"{}|\\^`' or c <= " " or "\ud800" <= c <= "\udfff" for c in address)


def _name(*parts: str) -> str:
    joined = "\0".join(parts).encode("utf-8", "replace").decode()
    return f"urn:uuid:{uuid.uuid5(_SPACE, joined)}"


def _sound(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {key: _sound(each) for key, each in value.items()}
    return [_sound(each) for each in value] if isinstance(value, list) else value
