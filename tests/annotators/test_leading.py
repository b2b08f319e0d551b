"""Leading clauses, read by their form where the encoder passed over them."""

from __future__ import annotations

from onrecord.annotation import Attribution
from onrecord.annotators.attribution.leading import leading_clauses, with_sources
from onrecord.document import Span


def span(text: str, words: str) -> Span:
    return Span(at := text.index(words), at + len(words))


def in_words(text: str, a: Attribution) -> tuple[str | None, str | None, str]:
    return a.source and a.source.of(text), a.cue and a.cue.of(text), " … ".join(s.of(text) for s in a.content)


def added(text: str, *found: Attribution) -> list[tuple[str | None, str | None, str]]:
    return [in_words(text, a) for a in leading_clauses(text, [Span(0, len(text))], found)]


def sourced(text: str, a: Attribution) -> tuple[str | None, str | None, str]:
    (mended,) = with_sources(text, [0], [a])
    return in_words(text, mended)


def test_an_appeal_that_nothing_touches_is_told():
    text = "The boats met at dawn, where the head of the Lifeboat Union urged the crews to wait for the tide."
    reported = [("the head of the Lifeboat Union", "urged", "the crews to wait for the tide")]
    assert added(text) == reported
    assert added(text, Attribution("a1", (span(text, "the crews to wait"),))) == []


def test_what_is_only_named_is_told_by_who_names_it():
    text = "Osterhavn closed the strait after what it called “a reckless landing” by the lake towns."
    assert added(text) == [("it", "called", "“a reckless landing”")]


def test_a_scare_word_is_not_told():
    assert added("They sailed on into what he calls “weather” without a word.") == []


def test_a_clause_taken_for_words_told_is_taken_apart():
    text = "Why lake towns want money Osterhavn has long maintained it owes nothing to the lake towns."
    whole = Attribution("a1", (Span(0, len(text) - 1),), form="indirect")
    assert sourced(text, whole) == ("Osterhavn", "has long maintained", "it owes nothing to the lake towns")


def test_the_subject_before_an_aside_is_the_source():
    text = "The suspect in the boat case, named only as H. in the file, admitted he had cut the rope."
    reported = Attribution("a1", (span(text, "he had cut the rope"),), cue=span(text, "admitted"), reason="no-source")
    assert sourced(text, reported) == ("The suspect in the boat case", "admitted", "he had cut the rope")


def test_who_answers_by_threatening_threatens():
    text = "Osterhavn answered the landing by threatening to close the strait."
    reported = Attribution(
        "a1", (span(text, "to close the strait"),), cue=span(text, "threatening"), reason="no-source"
    )
    assert sourced(text, reported) == ("Osterhavn", "threatening", "to close the strait")


def test_a_passive_has_no_such_source():
    text = "The pier, built by hand in a year, was said to be safe."
    reported = Attribution("a1", (span(text, "to be safe"),), cue=span(text, "was said"), reason="no-source")
    assert sourced(text, reported)[0] is None


def test_a_number_put_at_is_told():
    text = "The rescue board put the number of dead at 38 on Friday."
    assert added(text) == [("The rescue board", "put", "the number of dead at 38")]


def test_a_perfect_behind_an_aside_has_its_subject():
    text = "Plover Freight, which was not charged, has denied wrongdoing."
    reported = Attribution("a1", (span(text, "wrongdoing"),), cue=span(text, "has denied"), reason="no-source")
    assert sourced(text, reported)[0] == "Plover Freight"
