"""Which other reports may have what one of them says."""

from onrecord.annotation import Annotations
from onrecord.comparison.echoes import Echoes
from onrecord.document import Document, Span


def report(id_, *sentences, kind="report"):
    spans, at = [], 0
    for sentence in sentences:
        spans.append(Span(at, at + len(sentence)))
        at += len(sentence) + 1
    return Annotations(Document(id_, " ".join(sentences), kind=kind), sentences=tuple(spans))


ONE = report("one", "Divers found the bell under the lock gate.", "The mayor keeps bees.", "It was late.")
REWORDED = report("two", "The bell was found by a diver.", "It lay under the gate of the lock.")
OTHER = report("three", "Bread is dearer in the harbour.", "A mayor spoke.")
SPOKEN = report("four", "The mayor keeps bees.", kind="transcript")
ECHOES = Echoes([ONE, REWORDED, OTHER, SPOKEN])


def elsewhere(*numbers):
    return ECHOES.elsewhere([("one", [ONE.sentences[n] for n in numbers])])


def test_words_that_stand_elsewhere_in_another_order_are_echoed():
    assert elsewhere(0) == {"two"}


def test_what_no_other_report_has_is_echoed_by_none():
    assert elsewhere(1) == frozenset()


def test_of_hardly_any_words_nothing_is_said():
    assert elsewhere(2) == {"two", "three"}
