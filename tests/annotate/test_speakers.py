"""Speakers: names, descriptions, pronouns, groups, unnamed sources; garbage; order and time."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.speakers import naming as speakers
from onrecord.annotation import Attribution
from onrecord.document import Document, Span


def _told(text: str, *sources: str | tuple[str, int], **fields: str) -> list[str | None]:
    """Resolve sources given by their words (the nth occurrence where a number goes with it); contents stand apart."""
    attributions = []
    for number, source in enumerate(sources):
        printed, nth = source if isinstance(source, tuple) else (source, 0)
        found = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(printed)}(?!\w)", text)][nth]
        span = Span(found, found + len(printed))
        attributions.append(Attribution(id=f"a{number}", content=(Span(span.end, span.end),), source=span))
    sentences = [
        Span(m.start(), m.end())
        for m in re.finditer(r"[^\n]+?(?:(?<!M[rs])(?<!Gen)[.!?][”\"]?(?=\s)|$)", text, re.MULTILINE)
    ]
    named, resolved = speakers.resolve(Document(id="d", text=text, **fields), sentences, attributions)  # type: ignore[arg-type]
    names = {speaker.id: speaker.name for speaker in named}
    return [names.get(a.speaker or "") for a in resolved]


def test_a_surname_means_the_full_name_and_titles_are_left_out() -> None:
    text = "Gen. Ada Holm spoke first. Later Holm said that the harbour would open."
    assert _told(text, "Gen. Ada Holm", ("Holm", 1)) == ["Ada Holm", "Ada Holm"]


def test_a_surname_in_a_headline_means_the_full_name_of_the_text() -> None:
    text = "Holm: Harbour Will Open Again Soon\n\nMayor Ada Holm said on Monday that the harbour would open again."
    assert _told(text, "Holm") == ["Ada Holm"]


def test_lower_case_roles_and_offices_with_of_stand_before_a_name() -> None:
    text = "Dredging spokeswoman Tilda Brandt said yes. Secretary of Fisheries Olav Lund said no."
    assert _told(text, "Dredging spokeswoman Tilda Brandt", "Secretary of Fisheries Olav Lund") == [
        "Tilda Brandt",
        "Olav Lund",
    ]


def test_an_appositive_between_source_and_cue_does_not_hide_the_name() -> None:
    text = "Olav Lund, who replaced Ada Holm as head of the port, said the cranes were old."
    assert _told(text, "Olav Lund, who replaced Ada Holm as head of the port,") == ["Olav Lund"]


def test_a_name_after_its_description_is_the_one_described() -> None:
    text = "A spokesperson for the port, Olav Lund, said the cranes were old."
    assert _told(text, "A spokesperson for the port, Olav Lund,") == ["Olav Lund"]


def test_the_object_of_a_description_is_not_its_speaker() -> None:
    text = "A friend of Olav Lund said the cranes were old."
    assert _told(text, "A friend of Olav Lund") == ["friend of Olav Lund"]


def test_a_nickname_in_quotation_marks_stays_inside_the_name() -> None:
    text = "Robert “Birdie” Hale said he would sing. Hale said the hall was full."
    assert _told(text, "Robert “Birdie” Hale", ("Hale", 1)) == ["Robert “Birdie” Hale", "Robert “Birdie” Hale"]


def test_an_acronym_means_what_it_stands_for() -> None:
    text = "The Northern Harbour Board, also known as NHB, met. The NHB said that fees would rise."
    assert _told(text, ("NHB", 1)) == ["Northern Harbour Board"]


def test_pronouns_take_the_gender_that_the_text_shows() -> None:
    text = "Mr. Kit Vale met Ms. Robin Ash at the port.\n\nShe said the cranes were old. He said that they were not."
    assert _told(text, "She", "He") == ["Robin Ash", "Kit Vale"]


def test_a_pronoun_after_a_quotation_means_the_last_speaker() -> None:
    text = "Tilda Brandt said the port was full.\n\n“We told Ada Holm so in May,” she said."
    spans = [Span(0, 12), Span(text.index("she"), text.index("she") + 3)]
    attributions = [
        Attribution(id="a", content=(Span(18, 35),), source=spans[0]),
        Attribution(id="b", content=(Span(text.index("“"), text.index("”") + 1),), form="direct", source=spans[1]),
    ]
    named, resolved = speakers.resolve(Document(id="d", text=text), (), attributions)
    assert resolved[1].speaker == resolved[0].speaker
    assert named[0].name == "Tilda Brandt"


def test_joint_speakers_are_a_group_and_they_finds_it() -> None:
    text = "Olav Lund and Tilda Brandt said the port was full. They said so twice."
    assert _told(text, "Olav Lund and Tilda Brandt", "They") == ["Olav Lund and Tilda Brandt"] * 2


def test_a_source_and_another_source_are_two() -> None:
    text = "A source said the ship had left. Another source said that it had not."
    attributions = [
        Attribution(id="a", content=(Span(14, 31),), source=Span(0, 8)),
        Attribution(id="b", content=(Span(53, 68),), source=Span(33, 47)),
    ]
    _, resolved = speakers.resolve(Document(id="d", text=text), (), attributions)
    assert resolved[0].speaker != resolved[1].speaker


def test_a_description_finds_whom_the_text_calls_so() -> None:
    text = "Defence Secretary Olav Lund flew home. The reporters waited. The defence secretary said nothing was lost."
    assert _told(text, "The defence secretary") == ["Olav Lund"]


def test_the_company_means_the_company_talked_of() -> None:
    text = "Brightwater Shipping Group lost a vessel on Monday. The company said that nobody was hurt."
    assert _told(text, "The company") == ["Brightwater Shipping Group"]


def test_a_misspelt_surname_means_the_only_name_like_it() -> None:
    text = "Tyra Okonedo spoke at the port. Okenedo said the cranes were old."
    assert _told(text, "Okenedo") == ["Tyra Okonedo"]


def test_a_relative_pronoun_means_the_name_before_it() -> None:
    text = "They met Olav Lund, who said that the cranes were old."
    assert _told(text, "who") == ["Olav Lund"]


def test_a_percentage_is_completed_by_the_one_before_it() -> None:
    text = "In the poll 52 percent of dock workers agreed. But 31 percent said that they did not."
    assert _told(text, "52 percent of dock workers", "31 percent") == [
        "52 percent of dock workers",
        "31 percent of dock workers",
    ]


def test_i_inside_a_quotation_is_its_speaker_and_outside_the_author() -> None:
    text = "“I said no,” Olav Lund said. I asked him why."
    attributions = [
        Attribution(id="o", content=(Span(0, 12),), form="direct", source=Span(13, 22)),
        Attribution(id="i", content=(Span(8, 10),), source=Span(1, 2)),
        Attribution(id="n", content=(Span(40, 43),), source=Span(29, 30)),
    ]
    named, resolved = speakers.resolve(Document(id="d", text=text, byline="Mina Dahl"), (), attributions)
    names = {s.id: s.name for s in named}
    assert [names[a.speaker or ""] for a in resolved] == ["Olav Lund", "Olav Lund", "Mina Dahl"]


def test_a_quotation_without_cue_goes_on_with_the_last_speaker() -> None:
    text = "“The port is full,” Olav Lund said. “It has been for weeks.”"
    attributions = [
        Attribution(id="a", content=(Span(0, 19),), form="direct", source=Span(20, 29)),
        Attribution(id="b", content=(Span(36, len(text)),), form="direct", reason="no-cue-no-source"),
    ]
    _, resolved = speakers.resolve(Document(id="d", text=text), (), attributions)
    assert resolved[1].speaker == resolved[0].speaker is not None


def test_every_attribution_comes_back_and_speakers_point_at_characters() -> None:
    text = "Olav Lund said the port was full. He smiled. Lund left."
    named, resolved = speakers.resolve(
        Document(id="d", text=text), (), [Attribution(id="a", content=(Span(15, 32),), source=Span(0, 9))]
    )
    assert [a.id for a in resolved] == ["a"]
    assert [span.of(text) for span in named[0].mentions] == ["Olav Lund", "He", "Lund"]


@given(
    st.text(alphabet=st.sampled_from("Aa. ,“”\"'’\n-he said Mr Roe who and the 1\u202e\u0000é")),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 30)), max_size=4),
)
def test_nothing_raises_on_garbage_and_nothing_is_dropped(text: str, places: list[tuple[int, int]]) -> None:
    attributions = [
        Attribution(
            id=str(k),
            content=(Span(min(start, len(text)), min(start + length, len(text))),),
            source=Span(min(start, len(text)), min(start + length, len(text))),
        )
        for k, (start, length) in enumerate(places)
    ]
    named, resolved = speakers.resolve(Document(id="d", text=text), (), attributions)
    assert len(resolved) == len(attributions)
    assert {a.speaker for a in resolved} - {None} <= {s.id for s in named}
    assert all(0 <= m.start <= m.end <= len(text) for s in named for m in s.mentions)
