"""What resolves speakers, each collaborator by itself: built on a document that is read, and asked one thing."""

from __future__ import annotations

from collections import Counter

from onrecord.annotators.speakers.antecedents import Antecedents
from onrecord.annotators.speakers.bodies import Bodies
from onrecord.annotators.speakers.descriptions import Descriptions
from onrecord.annotators.speakers.discourse import Discourse
from onrecord.annotators.speakers.entities import Entities
from onrecord.annotators.speakers.name_reading import NameReader
from onrecord.annotators.speakers.possessors import Possessors
from onrecord.annotators.speakers.resolution import Walk
from onrecord.annotators.speakers.tokens import tokenise
from onrecord.annotators.speakers.traits import printed
from onrecord.document import Document
from onrecord.text.analysed import Analysed


def discourse(text: str) -> Discourse:
    return Discourse(Analysed(Document(id="d", text=text)), ())


def test_a_run_of_capitals_is_read_without_a_finder() -> None:
    text = "Gov. Ida Quorn"
    (name,) = NameReader(text, tokenise(text), Counter(), Counter()).parse(0, 3)
    assert (name.titles, printed(text, tokenise(text), name)) == ("Gov.", "Ida Quorn")


def test_entities_join_a_surname_to_its_full_name_without_a_walk() -> None:
    text = "Ida Quorn left the hall. Quorn did not look back."
    read = discourse(text)
    entities = Entities(text, read.tokens, read.names, opening=0)
    assert [entities.all[entity].name for entity in entities.of_name] == ["Ida Quorn", "Ida Quorn"]


def test_a_pronoun_that_nobody_was_met_before_means_nobody() -> None:
    read = discourse("She had left the hall before Ida Quorn came.")
    assert Antecedents(read).resolve(0) is None


def test_a_pronoun_means_whom_the_history_holds() -> None:
    walk = Walk(Analysed(Document(id="d", text="Ida Quorn left the hall. She did not look back.")), ())
    walk.run()
    pronoun = next(x for x, token in enumerate(walk.tokens) if token.folded == "she")
    assert walk.entities.all[walk.discourse.of_token[pronoun]].name == "Ida Quorn"


def test_a_body_that_was_not_met_is_described_by_none() -> None:
    read = discourse("The ministry said the harbour was closed.")
    (description,) = [d for d in read.described if d.kind == "organisation"]
    assert Bodies(read).body_described(description, is_source=True) is None


def test_what_is_described_twice_in_the_same_words_is_one() -> None:
    read = discourse("The ministry closed the harbour. The ministry opened it again.")
    antecedents = Antecedents(read)
    descriptions = Descriptions(read, antecedents, Bodies(read))
    first, second = (d for d in read.described if d.kind == "organisation")
    met = descriptions.resolve(first, is_source=True)
    assert met is not None
    assert descriptions.resolve(second, is_source=True) == met


def test_a_description_without_a_possessor_keeps_its_name() -> None:
    read = discourse("The ministry closed the harbour.")
    (description,) = [d for d in read.described if d.kind == "organisation"]
    assert Possessors(read, Antecedents(read)).named(description, "ministry") == "ministry"
