"""Speakers of a story: one under several names, apart where they are two, whatever the order of documents."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotation import Annotations, Attribution, Speaker, SpeakerKind
from onrecord.comparison.people.identities import story_speakers
from onrecord.comparison.people.name_matching import name_words, same_person
from onrecord.document import Document, Span


def _document(name: str, *speakers: tuple[str, SpeakerKind], text: str = "") -> Annotations:
    made = tuple(Speaker(id=f"{name}.p{k}", name=n, kind=kind) for k, (n, kind) in enumerate(speakers))
    return Annotations(document=Document(id=name, text=text), speakers=made)


def _names(*documents: Annotations) -> set[tuple[str, int]]:
    return {(s.name, len(s.members)) for s in story_speakers(documents)[0]}


def test_a_surname_is_joined_to_the_full_name_of_a_sibling() -> None:
    found, (first, second) = story_speakers(
        [_document("a", ("Lund", "person")), _document("b", ("Olav Lund", "person"))]
    )
    assert [(s.name, len(s.members)) for s in found] == [("Olav Lund", 2)]
    assert first.speakers[0].name == "Olav Lund"
    assert first.speakers[0].aliases == ("Lund",)
    assert second.speakers[0].name == "Olav Lund"


def test_two_persons_of_one_surname_stay_apart_and_the_bare_surname_too() -> None:
    assert _names(
        _document("a", ("Olav Lund", "person")),
        _document("b", ("Mina Lund", "person")),
        _document("c", ("Lund", "person")),
    ) == {("Olav Lund", 1), ("Mina Lund", 1), ("Lund", 1)}


def test_spellings_of_one_name_are_joined() -> None:
    assert _names(
        _document("a", ("Mohamed al-Rashidi", "person")), _document("b", ("Muhammad al-Rashidi", "person"))
    ) == {("Muhammad al-Rashidi", 2)}
    assert same_person(("anna", "kowalska"), ("a", "kowalska"))
    assert not same_person(("mark", "hill"), ("mary", "hill"))
    assert same_person(("tom", "hill"), ("tomas", "hill"))
    assert not same_person(("paul", "hill"), ("paula", "hill"))


def test_a_second_family_name_is_no_second_person() -> None:
    assert _names(_document("a", ("Rosa Vega", "person")), _document("b", ("Rosa Vega Molina", "person"))) == {
        ("Rosa Vega Molina", 2)
    }


def test_a_full_name_stays_as_its_document_prints_it() -> None:
    found, (first, _) = story_speakers(
        [_document("a", ("Rosa Vega", "person")), _document("b", ("Rosa Vega Molina", "person"))]
    )
    assert (found[0].name, first.speakers[0].name) == ("Rosa Vega Molina", "Rosa Vega")


def test_acronyms_and_adjectives_of_nations_are_joined() -> None:
    assert _names(
        _document("a", ("NHB", "organisation"), ("Nigeria's government", "organisation")),
        _document("b", ("Northern Harbour Board", "organisation"), ("Nigerian government", "organisation")),
    ) == {("Northern Harbour Board", 2), ("Nigeria's government", 2)}


def test_unnamed_sources_are_joined_only_when_specific() -> None:
    long = "spokesman for the Oslo harbour police"
    assert _names(
        _document("a", ("official", "unnamed"), (long, "unnamed")),
        _document("b", ("official", "unnamed"), (long, "unnamed")),
    ) == {
        ("official", 1),
        (long, 2),
    }


def test_a_sibling_that_names_who_said_the_words_names_the_unknown() -> None:
    words = "The northern cranes were sold to Bergen last winter."
    reported = Attribution(id="x", content=(Span(0, len(words)),), form="direct", source=None)
    unknown = Annotations(document=Document(id="a", text=words), attributions=(reported,))
    sibling = _document("b", ("Olav Lund", "person"), text=words)
    known = Annotations(
        document=sibling.document,
        speakers=sibling.speakers,
        attributions=(Attribution(id="y", content=(Span(0, len(words)),), speaker="b.p0"),),
    )
    (speaker,), (filled, _) = story_speakers([unknown, known])
    assert filled.attributions[0].speaker == filled.speakers[0].id
    assert filled.speakers[0].name == "Olav Lund"
    assert ("a", filled.speakers[0].id) in speaker.members


def _reported(name: str, text: str, printed: str, kind: SpeakerKind, *titles: str, mention: str = "") -> Annotations:
    at = text.index(mention or printed)
    speaker = Speaker(
        id=f"{name}.p0", name=printed, kind=kind, titles=titles, mentions=(Span(at, at + len(mention or printed)),)
    )
    return Annotations(document=Document(id=name, text=text), speakers=(speaker,))


def test_an_office_without_a_name_is_the_one_person_whom_a_sibling_gives_it() -> None:
    named = _reported("a", "Transport Minister Ada Holm spoke.", "Ada Holm", "person", "Transport Minister")
    unnamed = _reported("b", "The transport minister spoke.", "transport minister", "unnamed")
    found, (_, second) = story_speakers([named, unnamed])
    assert [(s.name, len(s.members)) for s in found] == [("Ada Holm", 2)]
    assert (second.speakers[0].name, second.speakers[0].kind) == ("Ada Holm", "person")


def test_an_office_after_the_name_counts_and_one_of_another_land_does_not() -> None:
    named = _reported("a", "Ada Holm, the harbour master of Wexholm, spoke.", "Ada Holm", "person")
    assert _names(named, _reported("b", "Then the harbour master spoke.", "harbour master", "unnamed")) == {
        ("Ada Holm", 2)
    }
    assert (
        len(_names(named, _reported("b", "The Vexian harbour master spoke.", "Vexian harbour master", "unnamed"))) == 2
    )


def test_an_office_of_two_persons_and_a_common_calling_join_nobody() -> None:
    first = _reported("a", "Minister Ada Holm spoke.", "Ada Holm", "person", "Minister")
    second = _reported("b", "Minister Olav Lund spoke.", "Olav Lund", "person", "Minister")
    assert len(_names(first, second, _reported("c", "The minister spoke.", "minister", "unnamed"))) == 3
    spokesman = _reported("a", "Police spokesman Olav Lund spoke.", "Olav Lund", "person", "Police spokesman")
    assert len(_names(spokesman, _reported("c", "The spokesman spoke.", "spokesman", "unnamed"))) == 2


def test_who_speaks_by_name_in_a_report_is_not_whom_it_leaves_unnamed() -> None:
    named = _reported("a", "Minister Ada Holm spoke.", "Ada Holm", "person", "Minister")
    both = _document("b", ("Ada Holm", "person"), ("minister", "unnamed"), text="The minister spoke to Ada Holm.")
    assert len(story_speakers([named, both])[0]) == 2


def test_a_transcripts_surname_is_the_reports_full_name() -> None:
    transcript = _document("t", ("Austen", "person"), ("Q", "unnamed"))
    assert _names(transcript, _document("a", ("Lloyd Austen", "person"))) == {("Lloyd Austen", 2), ("Q", 1)}


def test_titles_articles_and_suffixes_are_no_part_of_a_name() -> None:
    assert name_words("Gen. Olav Lund Jr.") == ("olav", "lund")
    assert name_words("The Northern Harbour Board") == ("northern", "harbour", "board")


@given(st.permutations(["Olav Lund", "Lund", "O. Lund", "Mina Dahl", "Dahl", "police", "Oslo police"]))
def test_the_order_of_documents_changes_nothing(names: list[str]) -> None:
    documents = {n: _document(n, (n, "organisation" if "police" in n else "person")) for n in names}
    found, back = story_speakers([documents[n] for n in names])
    straight, same = story_speakers([documents[n] for n in sorted(names)])
    assert found == straight
    assert [d.id for d in back] == names
    assert {d.id: d for d in back} == {d.id: d for d in same}
