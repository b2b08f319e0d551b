"""Mentions of outlets in a text: by the names in the table, by names the text itself explains, and by description.

Reads a document's text; gives :class:`Mention` records in text order, each resolved as far as the document allows: to
an outlet's one name, to the document's own outlet, or to nothing but its words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from onrecord.annotators.sourcing.own_outlet import NAME_ENDS, SITE, Publisher, learned_names, sounds_like_outlet
from onrecord.lexicon.load import word_list
from onrecord.lexicon.outlets import Outlet, Outlets
from onrecord.lexicon.patterns import pattern
from onrecord.text.analysed import Analysed
from onrecord.text.words import Word, is_content

_SMALL_WORDS = frozenset({"the", "by", "to", "and", "on", "in", "for", "via"})
MentionKind = Literal["named", "described", "anaphoric", "vague"]

_NAME_BEGINS = word_list("sourcing.name_begins")
_CONNECTORS = word_list("sourcing.connectors")
_NATIONS = word_list("sourcing.nations")
_NOUN = pattern("sourcing.noun")
_MEDIUM_WORD = pattern("sourcing.medium_word")
_AFFILIATE = pattern("sourcing.affiliate")
_NAME_AFTER = pattern("sourcing.name_after")
_WORD_BEFORE = re.compile(r"[\w’'.-]+$")
_PLAIN_ADJECTIVES = word_list("sourcing.plain_adjectives")
_VAGUE = pattern("sourcing.vague")
_CALL_SIGN = pattern("sourcing.call_sign")
_EXPLAINED = pattern("sourcing.explained")
"""A name that the text explains: "Vardheim Now, a local news site"."""


class Mention(NamedTuple):
    """Words that stand for an outlet: ``text[start:end]``.

    ``name`` is the fullest form the document prints (no lower-case article), ``outlet`` the one name where known,
    ``own`` says that it is the outlet of the document itself, ``lead`` is where its noun phrase begins ("the public
    broadcaster WDR").
    """

    start: int
    end: int
    name: str
    kind: MentionKind
    outlet: str | None = None
    own: bool = False
    lead: int = 0


def _class_of_noun(noun: str) -> str:
    """Give the class of medium that a noun phrase names: newspaper, magazine, broadcaster, agency or any."""
    return str(match.lastgroup) if (match := _NOUN_CLASS.search(noun)) else "any"


class MentionFinder:
    """Finds and resolves the mentions of one document."""

    def __init__(self, document: Analysed, outlets: Outlets, publisher: Publisher) -> None:
        """Take the document and what is known of outlets."""
        self._analysed, self._text = document, document.text
        self._outlets = outlets
        self._publisher = publisher
        learned = learned_names(document.text)
        self._learned = {short: full for short, full in learned.items() if sounds_like_outlet(full, outlets)}

    def find(self) -> list[Mention]:
        """List all mentions in text order; none overlap, names before descriptions."""
        found = self._analysed.words()
        named = self._with_explained(list(self._named(found)))
        taken = sorted([*named, *self._described(named)])
        return self._resolve(taken)

    def _named(self, found: Sequence[Word]) -> Iterator[Mention]:
        index = 0
        while index < len(found):
            printed = self._text[found[index].start : found[index].end]
            # Most words are small ones that no name begins with: a name of the table, one that the text explains (in
            # capitals), a call sign (likewise).
            hit = None if printed[0].islower() and not self._outlets.may_begin(printed) else self._name_at(found, index)
            if hit is None:
                index += 1
                continue
            start, after, name, entry = hit
            end = found[after - 1].end
            if self._text[end - 2 : end] in {"'s", "’s"}:
                end -= 2
            yield Mention(start, end, name, "named", entry.name if entry else None)
            index = after

    def _with_explained(self, named: Sequence[Mention]) -> list[Mention]:
        """Add the names that the text itself says are an outlet's, where none is found yet."""
        matches = [*SITE.finditer(self._text), *_EXPLAINED.finditer(self._text)]
        spans = [match.span("name" if "name" in match.groupdict() else 0) for match in matches]
        added = []
        for start, end in sorted(spans):
            near = bisect_left([m.end for m in named], start + 1)
            if near == len(named) or named[near].start >= end:
                name = self._text[start:end]
                entry = self._outlets.named(name) or self._outlets.at(name)
                added.append(Mention(start, end, name, "named", entry.name if entry else None))
        return sorted([*named, *added])

    def _name_at(self, found: Sequence[Word], index: int) -> tuple[int, int, str, Outlet | None] | None:
        text = self._text
        first = text[found[index].start : found[index].end]
        begin = self._with_article(found, index)
        opens = first[:1].isupper() and is_content(found[index].folded) and found[index].folded not in _OPENERS
        generic = self._generic_name(found, index) if opens else None
        known = self._outlets.starting(text, found, index)
        if known and (generic is None or generic <= known[1]):
            alone = known[1] - index == 1
            part = alone and (self._inside_name(found, index) or self._heads_phrase(found, index))
            if part or (begin == found[index].start and self._outlets.demands_article(first)):
                return None
            return begin, known[1], self._printed(found, index, known[1]), known[0]
        if generic is not None:
            return begin, generic, self._printed(found, index, generic), None
        return self._short_name_at(found, index, begin)

    def _short_name_at(
        self, found: Sequence[Word], index: int, begin: int
    ) -> tuple[int, int, str, Outlet | None] | None:
        """Find "the Times", an abbreviation that the text explains, or a station's call sign."""
        short = self._outlets.short_at(self._text, found, index)
        if short and begin < found[index].start and not self._heads_phrase(found, short[1] - 1):
            return begin, short[1], self._printed(found, index, short[1]), None
        bare = self._text[found[index].start : found[index].end].removesuffix("'s").removesuffix("’s")
        if (bare in self._learned and not self._inside_name(found, index)) or _CALL_SIGN.match(bare):
            return begin, index + 1, bare, None
        return None

    def _with_article(self, found: Sequence[Word], index: int) -> int:
        start = found[index].start
        if index and found[index - 1].folded == "the" and self._text[found[index - 1].end : start].isspace():
            return found[index - 1].start
        return start

    def _printed(self, found: Sequence[Word], index: int, after: int) -> str:
        name = " ".join(self._text[found[index].start : found[after - 1].end].split())
        name = name.removesuffix("'s").removesuffix("’s")
        if index and self._text[found[index - 1].start : found[index - 1].end] == "The" and after - index >= 1:
            gap = self._text[found[index - 1].end : found[index].start]
            name = f"The {name}" if gap.isspace() else name
        return name

    def _inside_name(self, found: Sequence[Word], index: int) -> bool:
        """Return whether a one-word name is a part of a longer one: Michael Bloomberg, Time Warner, Mr. Forbes."""
        text = self._text
        word = found[index]
        if index and text[found[index - 1].end : word.start] in {" ", ". "}:
            before = text[found[index - 1].start : found[index - 1].end]
            single = before[:1].isupper() and before.casefold() not in _SMALL_WORDS
            sentence_start = index < 2 or "." in text[found[index - 2].end : found[index - 1].start]
            upper = text[word.start : word.end].isupper()
            if single and not upper and not sentence_start:
                return True
            if before in {"Mr", "Mrs", "Ms", "Dr"}:
                return True
        return False

    def _heads_phrase(self, found: Sequence[Word], index: int) -> bool:
        """Whether a word that names an outlet only begins a phrase here: Vice President, the Australian police."""
        text, word = self._text, found[index]
        printed = text[word.start : word.end]
        if sum(c.isupper() for c in printed) > 1 or index + 1 >= len(found) or printed.endswith(("'s", "’s")):
            return False
        after = found[index + 1]
        if not text[word.end : after.start].isspace() or "\n" in text[word.end : after.start]:
            return False
        return not (
            not is_content(after.folded)
            or after.folded in _FOLLOWERS
            or _FOLLOWING_VERB.match(after.folded)
            or text[after.start : after.end] in _WEEKDAYS
        )

    def _generic_name(self, found: Sequence[Word], index: int) -> int | None:
        """Find the end of a capitalised run that ends, or begins, as the names of outlets do."""
        text = self._text
        last, best, at = index, None, index
        while at < len(found) and at - index < 7:
            printed = text[found[at].start : found[at].end]
            gap = text[found[at - 1].end : found[at].start] if at > index else " "
            initial = gap == ". " and found[at - 1].end - found[at - 1].start <= 2
            if gap not in {" ", "-", "\u00a0", " & "} and not initial:
                break
            if printed[:1].isupper() or (printed in _CONNECTORS and at > index):
                last = at
                bare = printed.removesuffix("'s").removesuffix("’s")
                if at > index and bare in NAME_ENDS:
                    best = at + 1
                at += 1
                if bare != printed:
                    break
                continue
            break
        first = text[found[index].start : found[index].end]
        if best is None and first in _NAME_BEGINS and last > index and text[found[last].start].isupper():
            best = last + 1
        return best

    def _described(self, named: Sequence[Mention]) -> Iterator[Mention]:
        starts = [m.start for m in named]
        for match in _NOUN.finditer(self._text):
            near = bisect_left(starts, match.start())
            after = named[near].start if near < len(named) else len(self._text)
            before = named[near - 1].end if near else 0
            if after < match.end() or before > match.start():
                continue  # The noun belongs to a name that is already found.
            if near and before + 22 >= match.start() and self._apposed(before, match.start()):
                continue  # "Interfax news agency": the name says it.
            if after < match.end() + 12 and self._text[match.end() : after].strip(' \u00a0“"‘,the') == "":
                continue  # "the public broadcaster WDR": likewise.
            described = self._description(match, before)
            if described is not None:
                yield described
        for match in _VAGUE.finditer(self._text):
            yield Mention(match.start("name"), match.end("name"), match["name"], "vague")

    def _apposed(self, start: int, end: int) -> bool:
        between = self._text[start:end].strip()
        return all(w in _PLAIN_ADJECTIVES or w[:1].isupper() for w in between.split())

    def _description(self, noun: re.Match[str], floor: int) -> Mention | None:
        """Read the noun phrase around a noun for a medium: a name beside it, or adjectives and an article."""
        after = _NAME_AFTER.match(self._text, noun.end())
        if after and after["name"].split()[0] not in _WEEKDAYS:
            name = after["name"].rstrip("’'.")
            name = name.removesuffix("'s").removesuffix("’s")
            return Mention(noun.start(), after.start("name") + len(name), name, "named")
        before = self._words_before(noun.start(), floor)
        run: list[str] = []
        while (
            before and before[-1][:1].isupper() and not _is_plain(before[-1]) and before[-1] not in {"The", "A", "An"}
        ):
            run.insert(0, before.pop())
        if run:
            name = " ".join(run)
            sound = noun.group() in {"newspaper", "magazine", "daily", "broadcaster", "radio", "tabloid", "website"}
            return Mention(noun.start() - len(name) - 1, noun.end(), name, "named") if sound else None
        kept: list[str] = []
        while before and _is_plain(before[-1]):
            kept.insert(0, before.pop())
        determiner = before[-1] if before and before[-1].casefold() in _DETERMINERS else ""
        return self._phrase(noun, kept, determiner)

    def _phrase(self, noun: re.Match[str], kept: Sequence[str], determiner: str) -> Mention | None:
        phrase = " ".join([*([determiner] if determiner else []), *kept, noun.group()])
        start = noun.end() - len(phrase)
        if not kept and determiner.casefold() == "the":
            return Mention(start, noun.end(), noun.group(), "anaphoric")
        if not kept and (not determiner or noun.group() == "agency"):
            return None
        return Mention(start, noun.end(), phrase, "described")

    def _words_before(self, end: int, floor: int) -> list[str]:
        """List up to six words that stand right before a place, one space apart."""
        found: list[str] = []
        while len(found) < 6 and end > floor and self._text[end - 1] in " \u00a0":
            match = _WORD_BEFORE.search(self._text, max(floor, end - 30), end - 1)
            if match is None:
                break
            found.insert(0, match.group())
            end = match.start()
        return found

    def _resolve(self, mentions: Sequence[Mention]) -> list[Mention]:
        """Give every name its fullest form, its one name and whether it is the publisher's."""
        fuller = self._fuller_forms(mentions)
        resolved: list[Mention] = []
        latest: dict[str, Mention] = {}
        end = -1
        for mention in mentions:
            if mention.start < end:
                continue
            settled = mention
            if mention.kind == "named":
                settled = self._settle(mention, fuller)
            elif mention.kind == "anaphoric":
                antecedent = latest.get(_class_of_noun(mention.name))
                if antecedent is None:
                    continue
                settled = mention._replace(name=antecedent.name, outlet=antecedent.outlet, own=antecedent.own)
            if settled.kind != "vague":
                for each in self._classes_of(settled):
                    latest[each] = settled
            if _AFFILIATE.match(self._text, settled.end):
                continue  # "CNN affiliate Teletica" is Teletica.
            resolved.append(settled._replace(lead=self._lead(settled.start, end)))
            end = settled.end
        return resolved

    def _lead(self, start: int, floor: int) -> int:
        """Walk back over what introduces a name: adjectives, a word for a medium, an article, "Spain's"."""
        lead = start
        for word in reversed(self._words_before(start, max(floor, 0))):
            possessive = word[:1].isupper() and word.endswith(("'s", "’s"))
            of_affiliate = word[:1].isupper() and bool(_AFFILIATE.match(self._text, lead - 1))
            plain = _is_plain(word) or word.casefold() in _DETERMINERS or _MEDIUM_WORD.fullmatch(word)
            if not (possessive or plain or of_affiliate):
                break
            lead = self._text.rfind(word, max(floor, 0), lead)
            if word.casefold() in _DETERMINERS:
                break
        return lead

    def _classes_of(self, mention: Mention) -> Iterator[str]:
        """Name the kinds of medium that "the newspaper" or "the station" may later call this mention."""
        entry = self._outlets.named(mention.outlet) if mention.outlet else None
        kind = entry.kind if entry else (_class_of_noun(mention.name) if mention.kind == "described" else None)
        for each, kinds in _CLASSES.items():
            if kind is None or kind == "any" or kind in kinds:
                yield each

    def _fuller_forms(self, mentions: Sequence[Mention]) -> dict[str, str]:
        """Map the last word of each longer name to it, so that "the Times" finds The New York Times."""
        fuller: dict[str, str] = {}
        for mention in mentions:
            parts = mention.name.split()
            if mention.kind == "named" and len(parts) - (parts[0] == "The") > 1:
                fuller.setdefault(parts[-1], mention.name)
        return fuller

    def _settle(self, mention: Mention, fuller: dict[str, str]) -> Mention:
        name, entry = mention.name, self._outlets.named(mention.name) if mention.outlet else None
        bare = name.removeprefix("The ").removeprefix("the ")
        if bare in self._learned:
            name = self._learned[bare]
            entry = entry or self._outlets.named(name)
        elif " " not in bare and bare in fuller and (entry is None or bare in _SHORTENED):
            name = fuller[bare]
            entry = self._outlets.named(name)
        elif entry is None or self._outlets.sharing(name):
            shared = self._outlets.sharing(name)
            entry = self._among(shared) or entry or self._outlets.named(name)
        own = self._publisher.is_meant_by(name, entry) or self._publisher.is_meant_by(bare, entry)
        outlet = entry.name if entry else (name if name != mention.name else None)
        if entry is None and own:
            outlet = self._publisher.name
        return mention._replace(name=name, outlet=outlet, own=own)

    def _among(self, shared: Sequence[Outlet]) -> Outlet | None:
        """Choose among outlets of one short name: the publisher, else the only one, or the only one of its country."""
        own = self._publisher.entry
        if own is not None:
            if own in shared:
                return own
            shared = [outlet for outlet in shared if outlet.country == own.country] or shared
        return shared[0] if len(shared) == 1 else None


_DETERMINERS = word_list("sourcing.determiners")


def _is_plain(word: str) -> bool:
    folded = word.casefold()
    return word in _NATIONS or folded in _PLAIN_ADJECTIVES or folded.endswith(("-language", "-based", "-run", "-owned"))


_OPENERS = word_list("sourcing.openers")
_FOLLOWERS = word_list("sourcing.followers")
_FOLLOWING_VERB = pattern("sourcing.following_verb")
_CLASSES: dict[str, frozenset[str]] = {
    "newspaper": frozenset({"newspaper", "site"}),
    "magazine": frozenset({"magazine", "newspaper"}),
    "broadcaster": frozenset({"broadcaster"}),
    "agency": frozenset({"agency"}),
    "any": frozenset({"newspaper", "magazine", "broadcaster", "site"}),
}
_NOUN_CLASS = pattern("sourcing.noun_class")
_WEEKDAYS = word_list("sourcing.weekdays")
_SHORTENED = word_list("sourcing.shortened")
