"""Acts: utterances told from attitudes."""

from __future__ import annotations

import pytest

from onrecord.annotation import Attribution
from onrecord.annotators.attribution import acts
from onrecord.document import Document, Span
from onrecord.text.analysed import Analysed


def _act(source: str | None, cue: str, content: str) -> str:
    text = f"{source or ''} {cue} {content}"
    at = len(source or "") + 1
    attribution = Attribution(
        id="a",
        content=(Span(at + len(cue) + 1, len(text)),),
        cue=Span(at, at + len(cue)) if cue else None,
        source=Span(0, len(source)) if source else None,
    )
    (decided,) = acts.decide(Analysed(Document(id="d", text=text)), [attribution])
    return decided.act


@pytest.mark.parametrize(
    ("source", "cue", "content"),
    [
        ("Lund", "said", "the port was full"),
        ("Lund", "vowed", "to open the port"),
        ("he", "tweeted", "that the port was full"),
        ("the board", "According to", "the port was full"),
        ("the report", "shows", "that the port was full"),
        ("Lund", "believes", "“the port has been full for many weeks now”"),
        ("Lund", ":", "The port is full"),
        ("Lund", "tried on Monday to make the case", "that the port was full"),
        ("Lund", "called", "the plan a “farce”"),
        ("Lund", "denied", "that the port was full"),
        ("Lund", "did not deny", "that the port was full"),
        ("Lund", "reemphasized", "the need for cranes"),
    ],
)
def test_what_is_said_written_or_shown_is_an_utterance(source: str, cue: str, content: str) -> None:
    assert _act(source, cue, content) == "utterance"


@pytest.mark.parametrize(
    ("source", "cue", "content"),
    [
        ("Lund", "believes", "the port is full"),
        ("Lund", "wants", "to open the port"),
        ("Lund", "plans to announce", "a new port"),
        ("Lund", "has not said", "when the port would open"),
        ("Lund", "declined to say", "when the port would open"),
        ("Lund", "stopped short of calling", "the plan a failure"),
        ("Lund", "was sure", "that the port was full"),
        (None, "is expected", "the port to open"),
        (None, "allegations of", "fraud"),
        ("Aerial footage", "showed", "the quay under water"),
        ("The ministry", "released", "several images of the wreck"),
        ("She", "Asked", "how the night had gone"),
        ("the clerk", "asked", "not to be named"),
        ("The note", "made no mention of", "a meeting"),
        ("The footage", "sparked debate about", "the crew's silence"),
    ],
)
def test_what_is_held_planned_or_withheld_is_an_attitude(source: str | None, cue: str, content: str) -> None:
    assert _act(source, cue, content) == "attitude"


def test_a_quotation_without_source_is_an_utterance() -> None:
    assert _act(None, "", "“The port has been full for weeks.”") == "utterance"


@pytest.mark.parametrize(
    ("source", "cue", "content"),
    [
        ("the skipper", "had filed charges against", "the owner"),
        ("the movement", "pledged allegiance to", "the northern emir"),
        ("A sailor", "found guilty of", "leaving the wheel"),
        ("The movement", "released a video purporting to show", "the lost boats"),
        ("The chandler", "is recalling", "about 400 life vests"),
        ("Osterhavn", "recalled", "its envoy to the lake states"),
        ("both towns", "claim", "which"),
        ("a club", "is branded", "a sect in the north"),
        ("The council", "has yet to reference", "the landing"),
        ("The two boards", "calling", "a snap meeting for Friday afternoon"),
        ("a faction", "opposed to", "peace with the lake towns"),
        ("The agency", "referred questions to", "the navy"),
        (None, "It was too soon to tell", "whether the pier would reopen"),
        ("The board", "recorded", "14 landings at the pier, two of them with “serious damage”"),
        (None, "were called", "the firefighters to the pier"),
        ("some persons", "reported", "missing on the lake"),
        ("The league", "charges", "Rovers boss over tunnel fight"),
        ("Jury", "finds", "skipper guilty of leaving the wheel"),
        ("thousands", "told", "to leave the lake towns"),
    ],
)
def test_what_is_done_to_somebody_or_put_out_is_no_utterance(source: str, cue: str, content: str) -> None:
    assert _act(source, cue, content) == "attitude"


def test_what_a_sentence_opens_with_is_no_utterance_of_its_own() -> None:
    text = "Confirming the landing, the harbour master said it was late."
    opener = Attribution(id="a", content=(Span(11, 22),), cue=Span(0, 10), source=Span(24, 42))
    (decided,) = acts.decide(Analysed(Document(id="d", text=text)), [opener])
    assert decided.act == "attitude"


@pytest.mark.parametrize(
    ("source", "cue", "content"),
    [
        ("Lund", "recalled", "how the pier had burnt"),
        ("Lund", "charges", "that the board took bribes"),
        ("The movement", "released a video claiming", "that the boats were sunk"),
        ("Lund", "was quoted as saying", "the pier had burnt"),
        ("The prosecutors", "charged", "two skippers with defrauding the port"),
        ("The high court", "directed", "the harbour master to submit a report"),
        ("Lund", "called", "the vote in favour of the pier a mistake"),
        ("The rescue board", "put", "the number of dead at 38"),
    ],
)
def test_words_that_look_like_deeds_may_tell(source: str, cue: str, content: str) -> None:
    assert _act(source, cue, content) == "utterance"


def test_what_is_sung_or_pointed_at_is_not_said() -> None:
    assert _act("The owners", "point at", "the harbour") == "attitude"
    assert _act("The owners", "point out", "that the harbour was shut") == "utterance"
    assert _act("the choir", "sang", "“The Lamps of Home” without its last verse, which is sad") == "attitude"


@pytest.mark.parametrize(
    ("source", "act"),
    [("Let's", "attitude"), ("Let us", "attitude"), ("Lett", "utterance"), ("They let us know, Lund", "utterance")],
)
def test_what_the_reader_is_bidden_to_suppose_is_no_utterance(source: str, act: str) -> None:
    assert _act(source, "say", "the port is full") == act


@pytest.mark.parametrize(
    ("cue", "content", "act"),
    [
        ("asked not to be named", "because the report is not public", "attitude"),
        ("asked", "who had been named", "utterance"),
    ],
)
def test_who_asks_not_to_be_named_has_said_nothing_by_it(cue: str, content: str, act: str) -> None:
    assert _act("who", cue, content) == act
