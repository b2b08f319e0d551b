"""Names that were read wrongly as kinds: each with a neighbouring form, and one in which the rule must not act."""

from __future__ import annotations

import pytest

from onrecord.annotation import Attribution
from onrecord.annotators.attribution.decoding import _is_heading, _to_words_ends, _without_asked
from onrecord.annotators.layout.blocks import find_blocks
from onrecord.annotators.speakers.naming import resolve
from onrecord.document import Document, Span
from onrecord.text.analysed import Analysed


def speakers(text: str, *said: tuple[str, str | None]) -> list[str | None]:
    """Resolve attributions given by content and source, each looked for after the one before; give their names."""
    document = find_blocks(Document("d", text))
    given, at = [], 0
    for number, (content, source) in enumerate(said, 1):
        start = text.index(content, at)
        near = text.rindex(source, 0, start) if source and source in text[:start] else -1
        after = text.find(source, start) if source else -1
        place = after if source and (near < 0 or 0 <= after < start + len(content) + 8) else near
        span = Span(place, place + len(source)) if source else None
        direct = content.startswith("“")
        given.append(
            Attribution(
                f"a{number}",
                (Span(start, start + len(content)),),
                form="direct" if direct else "indirect",
                cue=None if source is None else Span(place, place),
                source=span,
            )
        )
        at = start
    named, resolved = resolve(Analysed(document), given)
    names = {one.id: one.name for one in named}
    return [names.get(a.speaker or "") for a in resolved]


@pytest.mark.parametrize(
    ("text", "said", "names"),
    [
        # Couples and families of one surname.
        (
            "President Ostrand sang. The first lady, Mirela Ostrand, doubted his taste. Mr. Ostrand wrote no.",
            [("his taste", "Mirela Ostrand"), ("no.", "Mr. Ostrand")],
            ["Mirela Ostrand", "Ostrand"],
        ),
        (
            "Senator Quill left the hall early. His daughter, Anna Quill, said she would wait. Mr. Quill said no.",
            [("she would wait", "Anna Quill"), ("no.", "Mr. Quill")],
            ["Anna Quill", "Quill"],
        ),
        (
            "Dario Quill opened the hall. Mr. Quill said it had cost nothing.",
            [("it had cost nothing", "Mr. Quill")],
            ["Dario Quill"],
        ),
        # Surnames that are words of the calendar, of bodies and of places.
        (
            "The council heard Prime Minister Idra May on Tuesday. May said the bridge would stay.",
            [("the bridge would stay", "May")],
            ["Idra May"],
        ),
        (
            "Clerk Anna March wrote a letter. In March the hall had closed. March said it was cold.",
            [("it was cold", "March said"[:5])],
            ["Anna March"],
        ),
        (
            "Ms Church runs the library. Church said it was full.",
            [("it was full", "Church")],
            ["Church"],
        ),
        (
            "Emily House runs the mill. Emily House said it was full.",
            [("it was full", "Emily House")],
            ["Emily House"],
        ),
        # A word that opens the sentence is no part of a name.
        (
            "The fund bought Brightwave in June. Current Brightwave chair Olaf Renn left. Brightwave said it was sold.",
            [("it was sold", "Brightwave")],
            ["Brightwave"],
        ),
        (
            "Foreign Secretary Olaf Renn left. The Foreign Ministry said it was sorry.",
            [("it was sorry", "The Foreign Ministry")],
            ["Foreign Ministry"],
        ),
        # The chief of another firm.
        (
            "Brightwave chief executive Nora Lind spoke first. The outspoken Kelpa chief executive said he would pay.",
            [("he would pay", "The outspoken Kelpa chief executive")],
            ["outspoken Kelpa chief executive"],
        ),
        # A street is nobody, an office of two words is no name, a pronoun at a source's end is the source.
        (
            "Mayor Olaf Renn will go. Speaking outside 12 Harbour Street he said that he was tired.",
            [("he was tired", "he")],
            ["Olaf Renn"],
        ),
        (
            "Quay Chief Secretary Olaf Renn spoke. The Chief Secretary said it was late.",
            [("it was late", "The Chief Secretary")],
            ["Olaf Renn"],
        ),
        (
            "Olaf Renn was to join the board to enact changes he said would help.",
            [("would help", "the board to enact changes he")],
            ["Olaf Renn"],
        ),
        # The name behind an apposition and "who"; the name behind the commas of a long title.
        (
            "Her son rang Renn Power, her electric provider, who confirmed the error.",
            [("the error", "who")],
            ["Renn Power"],
        ),
        # What leads a bare quotation in names its speaker; nobody where it names two.
        (
            "Mayor Olaf Renn has gone.\n“I am sad,” he said.\nEarlier councillor Tilda Moss gave us this answer: “So.”",
            [("“I am sad,”", "he"), ("“So.”", None)],
            ["Olaf Renn", "Tilda Moss"],
        ),
    ],
)
def test_the_speaker_is_named(text: str, said: list[tuple[str, str | None]], names: list[str]):
    assert speakers(text, *said) == names


def test_a_month_stays_a_month():
    text = "Anna Moss closed the hall in May. Moss said May 5 was too late."
    assert speakers(text, ("May 5 was too late", "Moss said"[:4])) == ["Anna Moss"]


def attribution(text: str, content: str, cue: str, source: str) -> Attribution:
    def span(words: str, start: int = 0) -> Span:
        at = text.index(words, start)
        return Span(at, at + len(words))

    return Attribution("a", (span(content),), cue=span(cue), source=span(source))


def test_who_answers_a_question_did_not_ask_it():
    text = "When asked whether the quay would close, Renn said no."
    assert _without_asked(text, attribution(text, "whether the quay would close", "asked", "Renn")).source is None
    text = "After being asked if he was tired, Renn left."
    assert _without_asked(text, attribution(text, "if he was tired", "asked", "Renn")).source is None
    text = "Renn asked whether the quay would close."
    kept = attribution(text, "whether the quay would close", "asked", "Renn")
    assert _without_asked(text, kept) == kept


def test_the_first_word_of_a_heading_is_no_utterance():
    text = "What the mayor said after the vote\nWhat the mayor said was short."
    assert _is_heading(text, attribution(text, "What", "said", "the mayor"))
    at = text.index("What the mayor said was")
    assert not _is_heading(text, Attribution("a", (Span(at, at + 4),)))


def test_a_content_ends_with_its_word():
    text = "Renn said they would fight OKL-B, and Moss agreed."
    said = Attribution("a", (Span(10, 30),), source=Span(0, 4))
    assert _to_words_ends(text, said).content[0].of(text) == "they would fight OKL-B"
    text = "Fares will rise-minister"
    tail = Attribution("a", (Span(0, 15),), source=Span(16, 24))
    assert _to_words_ends(text, tail) == tail


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        ("Una MP Anton Brask said the quay was unsafe.", "Una MP Anton Brask", "Anton Brask"),
        ("Una King said the quay was unsafe.", "Una King", "Una King"),
        (
            "North Vale Chief Minister Rima Sen said the quay was unsafe.",
            "North Vale Chief Minister Rima Sen",
            "Rima Sen",
        ),
        ("The teacher Amar Sen said the quay was unsafe.", "The teacher Amar Sen", "Amar Sen"),
        ("Vale Sen. Jon Brask said the quay was unsafe.", "Vale Sen. Jon Brask", "Jon Brask"),
        (
            "Member of Works and Quay Repair, Harbour Board, Jana Vale Brask said the quay was unsafe.",
            "Member of Works and Quay Repair, Harbour Board, Jana Vale Brask",
            "Jana Vale Brask",
        ),
        ("League of Mills CEO, Jon Brask said the quay was unsafe.", "League of Mills CEO, Jon Brask", "Jon Brask"),
        (
            "Jana Brask of the Vale Mill, Corvo, said the quay was unsafe.",
            "Jana Brask of the Vale Mill, Corvo",
            "Jana Brask",
        ),
    ],
)
def test_the_person_is_told_from_the_office(text, source, name):
    assert speakers(text, ("the quay was unsafe", source)) == [name]


def test_a_given_name_that_opens_the_text_belongs_to_the_surname_after_it():
    text = "Jana Pike faced questions on Monday.\n\n“We go on,” Pike said."
    assert speakers(text, ("“We go on,”", "Pike")) == ["Jana Pike"]


@pytest.mark.parametrize("heading", ["CHEAP QUARTERS", "A LAST THIRD"])
def test_a_heading_in_capitals_ends_where_the_sentence_begins(heading):
    text = f"{heading} Anton Brask said the quay was unsafe."
    assert speakers(text, ("the quay was unsafe", "Anton Brask")) == ["Anton Brask"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Zorah Wilson", "person"),
        ("Zorah Singh", "person"),
        ("Zorah Coal", "organisation"),
        ("Charlotte Observer", "organisation"),
        ("Charlotte Davis", "person"),
    ],
)
def test_a_family_name_that_is_a_word_makes_a_person_and_an_outlet_none(name, kind):
    document = find_blocks(Document("d", f"The quay was unsafe, {name} said on Monday."))
    start = document.text.index(name)
    source, content = Span(start, start + len(name)), Span(0, document.text.index(","))
    given = Attribution("a1", (content,), cue=Span(source.end + 1, source.end + 5), source=source)
    (speaker,), _ = resolve(Analysed(document), [given])
    assert (speaker.name, speaker.kind) == (name, kind)


def test_a_quotation_printed_again_is_still_its_speakers():
    text = (
        "“She walked past us and took it,” said Imra Boda.\n\nThe head of the zoo, Hanna Weil, spoke on Monday.\n\n"
        "“She walked past us and took it”\n\n“She walked home”"
    )
    said = [("“She walked past us and took it,”", "Imra Boda"), ("“She walked past us and took it”", None)]
    assert speakers(text, *said) == ["Imra Boda", "Imra Boda"]
    assert speakers(text, said[0], ("“She walked home”", None))[1] != "Imra Boda"


def test_a_name_in_capitals_is_given_in_small_letters():
    text = "“We go on,” LOTTE BRANDT said. “We go on,” J.R. EIDE said."
    assert speakers(text, ("“We go on,”", "LOTTE BRANDT"))[0] == "Lotte Brandt"


def test_a_family_name_before_a_comma_is_a_name_though_a_word_as_well():
    text = "Sen. Jim Pike spoke first.\n\n“It is a fund,” Pike, the panel’s oldest member, said."
    assert speakers(text, ("“It is a fund,”", "Pike, the panel’s oldest member,")) == ["Jim Pike"]
    text = "Sen. Jim Pike spoke first.\n\n“It is a fund,” members, the oldest of the panel, said."
    assert speakers(text, ("“It is a fund,”", "members, the oldest of the panel,")) != ["Jim Pike"]


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        ("The survivor Rahima Begum said the quay was unsafe.", "The survivor Rahima Begum", "Rahima Begum"),
        ("Begum Rahima Das said the quay was unsafe.", "Begum Rahima Das", "Rahima Das"),
        ("Its director, S. K. Rahman, said the quay was unsafe.", "Its director, S. K. Rahman,", "S. K. Rahman"),
        (
            "The owner of the quay, Karim Mills, said the quay was unsafe.",
            "The owner of the quay, Karim Mills,",
            "Karim Mills",
        ),
        ("Karim Textiles, the owner, said the quay was unsafe.", "Karim Textiles, the owner,", "Karim Textiles"),
    ],
)
def test_names_of_the_worlds_press(text, source, name):
    assert speakers(text, ("the quay was unsafe", source)) == [name]
