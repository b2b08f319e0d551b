"""How far contents reach: cut where the teller's words end, parted where the teller goes on."""

from __future__ import annotations

import re

from onrecord.annotation import Attribution, Form
from onrecord.annotators.attribution.extents import trim_content_spans
from onrecord.document import Span
from onrecord.text.quotation_marks import read_marks


def mended(text: str, content: str, cue: str, source: str, form: Form = "indirect") -> list[tuple[str | None, str]]:
    """Mend one attribution given by its words; give cues and contents in words."""

    def span(words: str) -> Span:
        return Span(at := text.index(words), at + len(words))

    attribution = Attribution(id="a1", content=(span(content),), cue=span(cue), source=span(source), form=form)
    starts = [m.end() for m in re.finditer(r"^|(?<=[.!?]) ", text)]
    found = trim_content_spans(text, read_marks(text), starts, [attribution])
    return [(a.cue and a.cue.of(text), " … ".join(s.of(text) for s in a.content)) for a in found]


def test_an_unquoted_content_ends_with_its_sentence():
    text = "Police said the thieves came by boat. Two oars and a rope were found on the slip."
    content = text.removeprefix("Police said ").removesuffix(".")
    assert mended(text, content, "said", "Police") == [("said", "the thieves came by boat")]


def test_behind_a_colon_several_sentences_may_be_told():
    text = "The notice said: The slip is shut. No boat may land there."
    content = "The slip is shut. No boat may land there"
    assert mended(text, content, "said:", "The notice") == [("said:", content)]


def test_what_the_teller_would_not_say_is_not_told():
    reported = "the slip was safe"
    for rest in ("but declined to say who had checked it", "but did not give details", "without giving a reason"):
        text = f"Lund said {reported} {rest}."
        assert mended(text, f"{reported} {rest}", "said", "Lund") == [("said", reported)]


def test_when_it_was_is_the_narrators_to_tell():
    reported = "the bridge would reopen"
    for when in (", two years after it was shut", ", just a day before the council votes"):
        assert mended(f"Lund said {reported}{when}.", reported + when, "said", "Lund") == [("said", reported)]
    quoted = "the bridge, “two years after it was shut, is safe”"
    assert mended(f"Lund said {quoted}.", quoted, "said", "Lund", "mixed") == [("said", quoted)]


def test_who_calls_something_a_name_goes_on_saying_why():
    text = "Her uncle called the hearing a “farce” saying the court had made up its mind."
    content = "the hearing a “farce” saying the court had made up its mind"
    assert mended(text, content, "called", "Her uncle", "mixed") == [
        ("called", "the hearing a “farce”"),
        ("saying", "the court had made up its mind"),
    ]


def test_what_somebody_else_would_not_do_is_told():
    content = "the skipper saw the buoy and refused to slow down"
    assert mended(f"Lund said {content}.", content, "said", "Lund") == [("said", content)]


def test_whom_somebody_tells_is_no_part_of_the_quotation():
    text = "Lund answered by telling the harbour board “enough is enough”."
    content = "the harbour board “enough is enough”"
    assert mended(text, content, "answered by telling", "Lund", "mixed") == [
        ("answered by telling", "“enough is enough”")
    ]


def test_a_verb_of_uttering_behind_by_is_the_cues():
    text = "Osterhavn retaliated by threatening to close the strait."
    content = "threatening to close the strait"
    assert mended(text, content, "retaliated by", "Osterhavn") == [("retaliated by threatening", "to close the strait")]


def test_adding_begins_another_telling():
    text = "Lund called the plan “a gift to nobody,” adding those who drew it up should go."
    content = "the plan “a gift to nobody,” adding those who drew it up should go"
    assert mended(text, content, "called", "Lund", "mixed") == [
        ("called", "the plan “a gift to nobody,”"),
        ("adding", "those who drew it up should go"),
    ]


def test_adding_inside_a_quotation_parts_nothing():
    text = "Lund said “we are not building, adding or mending anything this year”."
    content = "“we are not building, adding or mending anything this year”"
    assert mended(text, content, "said", "Lund", "direct") == [("said", content)]


def test_a_headlines_content_reaches_its_end():
    text = "Deputies: Man stole boat, fled up the river"
    assert mended(text, "Man stole boat", ":", "Deputies") == [(":", "Man stole boat, fled up the river")]
    assert mended(text + ".", "Man stole boat", ":", "Deputies") == [(":", "Man stole boat")]


def test_an_unquoted_content_begins_with_the_sentence_that_its_cue_ends():
    text = "The judge set the hearing for March. Lund faces a year at sea, the clerk said."
    content = "The judge set the hearing for March. Lund faces a year at sea"
    assert mended(text, content, "said", "the clerk") == [("said", "Lund faces a year at sea")]


def test_a_relative_clause_ends_with_its_comma():
    text = "The rebels, who the envoy says are fed from abroad, have taken the pier."

    def span(words: str) -> Span:
        return Span(at := text.index(words), at + len(words))

    reported = Attribution("a1", (span("who"), span("are fed from abroad, have taken the pier")), cue=span("says"))
    (found,) = trim_content_spans(text, read_marks(text), [0], [reported])
    assert [s.of(text) for s in found.content] == ["who", "are fed from abroad"]


def test_and_behind_a_quotation_goes_on():
    text = "Lund argued the ban was “as dull as ditchwater” and asked for six weeks."
    content = "the ban was “as dull as ditchwater” and asked for six weeks"
    assert mended(text, content, "argued", "Lund", "mixed") == [
        ("argued", "the ban was “as dull as ditchwater”"),
        ("asked for", "six weeks"),
    ]


def test_a_headlines_topic_tells_nothing():
    text = "Krone: Port bank accuses lenders of hoarding"
    assert mended(text, "lenders of hoarding", ":", "Krone") == []


def test_a_vow_does_not_tell_what_happened_meanwhile():
    text = "Lund vowed to close the strait when he took office last year."
    content = "to close the strait when he took office last year"
    assert mended(text, content, "vowed", "Lund") == [("vowed", "to close the strait")]


def test_what_is_only_named_ends_with_its_mark():
    text = "The board seeks what it calls “a quiet sea” in dealing with the lake towns."
    content = "“a quiet sea” in dealing with the lake towns"
    assert mended(text, content, "calls", "it", "mixed") == [("calls", "“a quiet sea”")]


def test_a_participle_behind_the_clause_tells_something_else():
    text = "The skipper died at the checkpoint, the navy said, alleging he had tried to ram it."

    def span(words: str) -> Span:
        return Span(at := text.index(words), at + len(words))

    whole = (span("The skipper died at the checkpoint"), span("alleging he had tried to ram it"))
    reported = Attribution("a1", whole, cue=span("said"), source=span("the navy"))
    found = trim_content_spans(text, read_marks(text), [0], [reported])
    assert [(a.cue and a.cue.of(text), [s.of(text) for s in a.content]) for a in found] == [
        ("said", ["The skipper died at the checkpoint"]),
        ("alleging", ["he had tried to ram it"]),
    ]


def test_but_called_it_begins_another_telling():
    text = "Lund told reporters nothing had landed in the bay but called the launch “most regrettable”."
    content = "nothing had landed in the bay but called the launch “most regrettable”"
    assert mended(text, content, "told", "Lund", "mixed") == [
        ("told", "nothing had landed in the bay"),
        ("called", "the launch “most regrettable”"),
    ]


def test_a_quotation_that_goes_on_is_told_once():
    text = "The notice said: “Stay in your boats.\n“Do not land.”"
    first, second = Span(17, text.index("\n")), Span(text.index("“Do"), len(text))
    whole = Attribution("a1", (first, second), cue=Span(11, 16), source=Span(0, 10), form="direct")
    again = Attribution("a2", (second,), source=Span(0, 10), form="direct", reason="continued-quotation")
    assert list(trim_content_spans(text, read_marks(text), [0], [whole, again])) == [whole]


def test_what_an_outlet_reports_begins_with_who_told_it():
    text = "It came after he called the plan a “reckless stunt,” but said it might work, Reuters reported on Monday."
    content = "the plan a “reckless stunt,” but said it might work"
    assert mended(text, content, "reported", "Reuters", "mixed") == [("reported", f"he called {content}")]
    text = text.replace("Reuters", "Her deputy")
    assert mended(text, content, "reported", "Her deputy", "mixed") == [("reported", content)]


def test_what_a_headline_quotes_behind_a_colon_is_told_apart():
    text = "Gov. Roe Floats Truce With Rebels: ‘You Talk To Whom You Must’\n\nIt rained."
    content = "Truce With Rebels: ‘You Talk To Whom You Must’"
    assert mended(text, content, "Floats", "Gov. Roe", "mixed") == [
        ("Floats", "Truce With Rebels"),
        (":", "‘You Talk To Whom You Must’"),
    ]


def test_a_relative_whose_pronoun_is_not_marked_ends_with_its_comma_too():
    content = "was hurt on the pier, hindering a constable and throwing stones"
    text = f"She is charged with striking a guard, who the port said {content}."
    assert mended(text, content, "said", "the port") == [("said", "was hurt on the pier")]


def test_a_quotation_behind_a_colon_in_running_text_stays_with_what_brings_it_in():
    text = "A clerk said Mr. Roe had written to the court: “We ask for a chair.”\n\nIt rained."
    content = "Mr. Roe had written to the court: “We ask for a chair.”"
    assert mended(text, content, "said", "A clerk", "mixed") == [("said", content)]


def test_what_came_of_a_promise_is_the_narrators():
    reported = "that she would mend the slip"
    for rest in (", but has yet to do so", ", but has not made good on it"):
        text = f"Lund said {reported}{rest}."
        assert mended(text, f"{reported}{rest}", "said", "Lund") == [("said", reported)]
    for kept in ("that the slip is old, but has never failed", "that it would rain, but that nobody has not seen rain"):
        assert mended(f"Lund said {kept}.", kept, "said", "Lund") == [("said", kept)]
