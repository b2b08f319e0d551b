"""Who stands behind a text that speaks: a statement's issuer, a message's sender, a work by its title.

Reads the :class:`~onrecord.annotators.speakers.discourse.Discourse` and source phrases taken apart; gives entities.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from typing import Final

from onrecord.annotators.speakers.descriptions import Descriptions
from onrecord.annotators.speakers.discourse import Discourse
from onrecord.annotators.speakers.mentions import DEFINITE, Description, head_kind
from onrecord.annotators.speakers.phrases import Phrase
from onrecord.document import Span
from onrecord.lexicon.load import word_list

_ISSUED: Final = word_list("persons.issued")
_SENT: Final = word_list("persons.sent")
_PRINTED: Final = word_list("persons.printed")
_IDENTIFIED: Final = re.compile(
    r"[^.;:“”\"\n]{0,60}?\b(?:identified|named)(?: only| by (?:the )?\w+)? as (?=[A-Z])|, named (?=[A-Z])"
)
_KNOWN_AS: Final = re.compile(
    r"\b(?:known|identified|named|goes by|(?:his|her) name)(?: only)?(?: as| the (?:single )?name(?: of)?) (?=[A-Z])"
)
_TITLED: Final = re.compile('[“"‘]([^“”"]{1,60}?)[,.]?[”"’]\\Z')


class Issuers:
    """Resolves sources that are texts, and sources that are named later in their own sentence."""

    def __init__(
        self, discourse: Discourse, descriptions: Descriptions, one_source: Callable[[Span], int | None]
    ) -> None:
        """Take the document as it is read, what resolves descriptions, and what resolves one member of a source."""
        self.descriptions, self.one_source = descriptions, one_source
        self.entities, self.names, self.reader = discourse.entities, discourse.names, discourse.reader
        self.text, self.tokens = discourse.text, discourse.tokens
        self.statement_of: int | None = None

    def issuer(self, d: Description, phrase: Phrase) -> int | None:
        """Give who issued a statement: "a White House statement", "a statement from the ministry", "the statement"."""
        if self.tokens[d.head].folded in _SENT | _PRINTED:
            return self._sender(d, phrase)
        if self.tokens[d.head].folded not in _ISSUED:
            return None
        inside = [k for k in phrase.names if self.names[k].last <= d.head]
        if inside:
            self.statement_of = self.entities.of_name[inside[-1]]
            return self.statement_of
        if phrase.stop < phrase.high - 1 and self.tokens[phrase.stop].folded in {"from", "by", "of"}:
            after = Span(self.tokens[phrase.stop + 1].start, self.tokens[phrase.high - 1].end)
            issuer = self.one_source(after)
            if issuer is not None:
                self.statement_of = issuer
            return issuer
        before = self.tokens[d.head - 1].folded
        if d.first < d.head and (head_kind(before) == "organisation" or before == "police"):
            maker = Description(d.start, self.tokens[d.head - 1].end, d.first, d.head - 1, "the", head_kind(before))
            self.statement_of = self.descriptions.resolve(maker, is_source=True)
            return self.statement_of
        return self.statement_of if d.first == d.head and d.determiner in DEFINITE else None

    def _sender(self, d: Description, phrase: Phrase) -> int | None:
        """Give who sent or printed words: "a message from the ministry", "a post on the club's page"."""
        if phrase.stop >= phrase.high - 1 or phrase.stop <= d.head:
            return None
        link, last = self.tokens[phrase.stop].folded, phrase.high - 1
        if link in {"from", "by"} and self.tokens[d.head].folded in _SENT:
            return self.one_source(Span(self.tokens[phrase.stop + 1].start, self.tokens[last].end))
        owner = next((i for i in range(phrase.stop + 1, phrase.high) if self.tokens[i].possessive), None)
        if link == "on" and owner is not None and self.tokens[d.head].folded in {"post", "posts", "message"}:
            return self.one_source(Span(self.tokens[phrase.stop + 1].start, self.tokens[owner].end))
        if self.tokens[d.head].folded in _PRINTED:
            inside = [k for k in phrase.names if self.entities.all[self.entities.of_name[k]].kind != "place"]
            return self.entities.of_name[inside[0]] if inside else None
        return None

    def titled_work(self, source: Span) -> int | None:
        """Give the work that a source names by its title in quotation marks."""
        printed = self.text[source.start : source.end]
        title = _TITLED.search(printed)
        if title is None:
            return None
        return self.descriptions.work(title.group(1))

    def identified(self, source: Span) -> int | None:
        """Give the name of "a man, identified by police as Jan Roe" or "a suspect, identified only as J. R."."""
        match = _IDENTIFIED.match(self.text, source.end, source.end + 90) or _KNOWN_AS.search(
            self.text, source.start, source.end
        )
        k = bisect_left(self.reader.name_starts, match.end()) if match is not None else len(self.names)
        if match is None or k >= len(self.names) or self.names[k].start != match.end():
            return None
        entity = self.entities.all[self.entities.of_name[k]]
        if entity.kind not in {"person", "unknown"}:
            return None
        entity.person += 1
        return entity.index
