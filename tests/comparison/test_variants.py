import msgspec

from onrecord.annotation import Annotations, Attribution, Speaker
from onrecord.comparison.checking.variants import independent_reporters, with_wording
from onrecord.document import Block, Document, Span
from onrecord.story import Copy, Statement, Variant

SPOKEN = "The lower gates will open again once every pilot has signed the new rules, and not before."


def report(name, words):
    text = f"“{words}” Ida Moll said."
    speaker = Speaker("p1", "Ida Moll", "person")
    reported = Attribution(f"{name}.a1", (Span(0, len(words) + 2),), form="direct", speaker="p1")
    return Annotations(Document(name, text), speakers=(speaker,), attributions=(reported,))


def transcript(words):
    return Annotations(
        Document("t", words, kind="transcript", blocks=(Block("turn", 0, len(words), speaker="IDA MOLL"),))
    )


def statement(*names):
    return Statement("s1", "p1", tuple(Variant(name, f"{name}.a1") for name in names))


def verdicts(documents, copies=()):
    names = [d.id for d in documents if d.document.kind == "report"]
    [worded] = with_wording([statement(*names)], documents, copies)
    return {v.document: v.wording.verdict if v.wording else None for v in worded.variants}, worded


def test_with_a_transcript_every_variant_is_held_against_what_was_said():
    short = report("b", SPOKEN.replace("once every pilot has signed the new rules, and not before.", "in May,"))
    found, _ = verdicts([report("a", SPOKEN), short, transcript(SPOKEN)])
    assert found["a"] == "verbatim"
    assert found["b"] not in {"verbatim", "reports-agree", "reports-differ"}


def test_without_one_the_fullest_is_the_measure_and_is_not_judged():
    found, worded = verdicts([report("a", SPOKEN), report("b", SPOKEN.replace("pilot", "captain")[:-16])])
    assert found == {"a": None, "b": "reports-differ"}
    assert worded.consensus is not None
    assert worded.consensus.reports == 2


def test_what_the_others_are_held_against_is_not_called_unchecked_where_the_transcript_lacks_it():
    documents = [report("a", SPOKEN), report("b", SPOKEN[:-20]), transcript("The bells rang twice over the town.")]
    unnamed = (Speaker("p1", "a pilot", "unnamed"),)
    found, _ = verdicts([msgspec.structs.replace(d, speakers=unnamed) for d in documents])
    assert found == {"a": None, "b": "reports-agree"}


def test_copies_of_one_text_are_one_teller():
    documents = [report("a", SPOKEN), report("b", SPOKEN), report("c", SPOKEN)]
    copies = [Copy("b", "a", "declared", "whole", 0.9), Copy("c", "b", "undeclared", "whole", 0.9)]
    assert set(independent_reporters(documents, copies).values()) == {"a"}
    _, worded = verdicts(documents, copies)
    assert worded.consensus is None


def test_copies_in_a_circle_end():
    documents = [report("a", SPOKEN), report("b", SPOKEN)]
    copies = [Copy("b", "a", "declared", "whole", 0.9), Copy("a", "b", "declared", "whole", 0.9)]
    assert set(independent_reporters(documents, copies)) == {"a", "b"}


def test_joined_as_paraphrases_no_wording_is_judged():
    documents = [report("a", SPOKEN), report("b", SPOKEN.replace("pilot", "captain")[:-16])]
    [worded] = with_wording([msgspec.structs.replace(statement("a", "b"), reason="paraphrase")], documents, ())
    assert [v.wording for v in worded.variants] == [None, None]
