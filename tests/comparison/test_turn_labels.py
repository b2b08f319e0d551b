"""Whose turn: a label with a role, a party, a seat or a time names a person; two persons of one surname are two."""

from __future__ import annotations

import pytest

from onrecord.annotation import Annotations, Attribution, Speaker
from onrecord.annotators.speakers.turns import turn_speakers
from onrecord.comparison.alignment.index import TranscriptIndex
from onrecord.comparison.checking.check import check_document
from onrecord.comparison.checking.house_style import HouseStyle
from onrecord.comparison.people.turn_labels import whose
from onrecord.document import Document, Span
from onrecord.readers.transcript import find_turns
from onrecord.text.analysed import Analysed
from onrecord.text.sentences import split

MOLL = [
    "The lower gates were opened in April because the upper ones had rusted shut.",
    "Nobody told the harbour office that the divers had left for the winter.",
    "We shall mend the gates before the herring comes, and not a day later.",
]
OKORO = [
    "I asked for the ledgers of both piers and was given a box of old tide tables.",
    "The contractor sold us iron that a child could bend over a knee.",
    "Let the council vote on it tonight while the pilots are all in the room.",
]
FORMS = {
    "capitals": ("IDA MOLL: ", "PER OKORO: "),
    "surname": ("MOLL: ", "OKORO: "),
    "role": ("IDA MOLL, HARBOUR CHIEF: ", "PER OKORO, COUNCILLOR FOR THE NORTH SHORE: "),
    "role before": ("HARBOUR CHIEF IDA MOLL: ", "COUNCILLOR OKORO: "),
    "party": ("SEN. IDA MOLL (D-WX): ", "REP. PER OKORO (R-NB): "),
    "surname and party": ("SEN. MOLL (D-WX): ", "SEN. OKORO (R-NB): "),
    "party behind a comma": ("SEN. IDA MOLL, D-WX: ", "SEN. PER OKORO, R-NB: "),
    "seat": ("Ms Moll (Gull Point): ", "Mr Okoro (North Shore): "),
    "arrows": (">> IDA MOLL: ", ">> PER OKORO: "),
    "arrows without a blank": (">>MOLL: ", ">>OKORO: "),
    "brackets": ("[IDA MOLL] ", "[PER OKORO] "),
    "brackets and a colon": ("[Ida Moll]: ", "[Per Okoro]: "),
    "stars": ("**Ida Moll:** ", "**Per Okoro:** "),
    "stars, colon outside": ("**Ida Moll**: ", "**Per Okoro**: "),
    "title and time": ("Ida Moll, Harbour Chief: (00:14)\n", "Per Okoro, Councillor: (00:40)\n"),
    "time before": ("[00:00:14] Ida Moll: ", "[00:00:40] Per Okoro: "),
    "house with a time": ("Ms MOLL (Gull Point) (3.18 pm)—", "Mr OKORO (North Shore—Minister for Tides) (3.20 pm)—"),
    "house": ("Ms MOLL—", "Mr OKORO—"),
    "record": ("Ms. MOLL. ", "Mr. OKORO. "),
    "record with a state": ("Ms. MOLL of North Wexholm. ", "Mr. OKORO. "),
    "office with the name in brackets": ("The Harbour Chief (Ida Moll): ", "The Chairman (Per Okoro): "),
    "dash": ("IDA MOLL – ", "PER OKORO – "),
    "lower case": ("Ida Moll: ", "Per Okoro: "),
    "network": ("MOLL (on camera): ", "OKORO (voice-over): "),
}


def transcript(forms: tuple[str, str]) -> TranscriptIndex:
    turns = [
        f"{label}{words}" for pair in zip(MOLL, OKORO, strict=True) for label, words in zip(forms, pair, strict=True)
    ]
    text = "\n\n".join(turns)
    document = Document("t", text, "transcript", blocks=find_turns(text))
    cut = split(document)
    return TranscriptIndex([Annotations(document, cut, turn_speakers(Analysed(document, cut)))])


def checked(index: TranscriptIndex, *reported: tuple[str, Speaker]) -> list[str]:
    text, attributions = "", []
    for number, (words, speaker) in enumerate(reported):
        start = len(text)
        text += f"“{words}” {speaker.name} said.\n\n"
        content = (Span(start, start + len(words) + 2),)
        attributions.append(Attribution(f"a{number}", content, form="direct", speaker=speaker.id))
    who = {speaker.id: speaker for _, speaker in reported}
    article = Annotations(Document("a", text), speakers=tuple(who.values()), attributions=tuple(attributions))
    found = check_document(article, index, HouseStyle.named("strict")).quotations
    return [q.wording.verdict for q in found]


IDA, PER = Speaker("p1", "Ida Moll", "person"), Speaker("p2", "Per Okoro", "person")


@pytest.mark.parametrize("form", FORMS)
def test_a_label_names_the_person(form: str) -> None:
    index = transcript(FORMS[form])
    assert checked(index, (MOLL[1], IDA), (OKORO[1], PER), (MOLL[2], IDA)) == ["verbatim"] * 3
    assert checked(index, (MOLL[1], PER), (OKORO[1], IDA)) == ["misattributed"] * 2


MS, MR = Speaker("p1", "Chloe Moll", "person", gender="f"), Speaker("p2", "Owain Moll", "person", gender="m")


@pytest.mark.parametrize(
    "forms",
    [
        ("MS. MOLL: ", "MR. MOLL: "),
        ("CHLOE MOLL: ", "OWAIN MOLL: "),
        ("C. MOLL: ", "O. MOLL: "),
        ("Mrs Moll (Gull Point): ", "Mr Moll (North Shore): "),
        ("SEN. CHLOE MOLL (D-WX): ", "SEN. OWAIN MOLL (R-WX): "),
    ],
)
def test_two_persons_of_one_surname_are_told_apart(forms: tuple[str, str]) -> None:
    index = transcript(forms)
    assert checked(index, (MOLL[1], MS), (OKORO[1], MR)) == ["verbatim"] * 2
    assert checked(index, (MOLL[1], MR), (OKORO[1], MS)) == ["misattributed"] * 2


def test_one_of_two_is_known_by_the_other() -> None:
    index = transcript(("MS. MOLL: ", "MR. MOLL: "))
    unsaid = Speaker("p2", "Chris Moll", "person")
    assert checked(index, (MOLL[1], MS), (OKORO[1], unsaid)) == ["verbatim"] * 2
    assert checked(index, (OKORO[1], MS), (MOLL[1], unsaid)) == ["misattributed"] * 2
    alone = transcript(("MS. MOLL: ", "MR. OKORO: "))
    assert checked(alone, (MOLL[1], MS), (MOLL[2], unsaid)) == ["verbatim"] * 2


def test_a_surname_alone_leaves_two_of_one_surname_open() -> None:
    index = transcript(("MS. MOLL: ", "MR. MOLL: "))
    nobody_knows = Speaker("p1", "Moll", "person")
    assert checked(index, (MOLL[1], nobody_knows), (OKORO[1], nobody_knows)) == ["verbatim"] * 2


@pytest.mark.parametrize(
    ("names", "label", "answer"),
    [
        (["Ida Moll", "Moll"], "PER MOLL", False),
        (["Ida Moll", "Moll"], "I. MOLL", True),
        (["Ida Moll", "Moll"], "MOLL, HARBOUR CHIEF", True),
        (["Ida Moll"], "IDA OKORO, MOLL COUNTY CLERK", False),
        (["Ms Moll", "Moll"], "MR. MOLL", False),
        (["Moll"], "MR. MOLL", True),
        (["Ida Moll", "Ida"], "THE CHAIR (Ms Moll)", True),
        (["Ida Moll"], "THE CHAIR", None),
    ],
)
def test_labels_and_names(names: list[str], label: str, answer: bool | None) -> None:
    assert whose(names, label, [label]) is answer


@pytest.mark.parametrize(
    "text",
    [
        "We waited. [APPLAUSE] The gates were shut.\n\n[LAUGHTER] Then they opened.\n\n[APPLAUSE] So it went.",
        "The tide—a high one—came in.\n\nMr Moll—who was late—left.\n\nThe gate. It was shut.",
        "Notes: none.\n\nThe gates opened at six.\n\nNotes: none again.",
    ],
)
def test_what_is_no_label_names_nobody(text: str) -> None:
    assert not any(block.speaker for block in find_turns(text))
