"""PDF, Word, mail, feeds, tables, Markdown and the fields of other programs: every file made here, in the test."""

from __future__ import annotations

import io
import random
import textwrap
from email.message import EmailMessage

import docx
import pytest
from fpdf import FPDF

from onrecord.document import Span
from onrecord.errors import EmptyDocumentError, FormatError, OnRecordError
from onrecord.readers import feed, fields, language, mail, markdown, pages, pdf, read, tables, word

PROSE = (
    "The council of the harbour town voted on Tuesday for the new sluice, after an evening on which nobody went home. "
    "“We shall dig up every street,” the mayor said, and the hall laughed. The clerk read the count out twice, and "
    "the gallery, which had been loud since six, was quiet for the first time. "
)
ASCII = PROSE.replace("“", '"').replace("”", '"')


def made(draw, font="Times", size=10):
    book = FPDF(format="letter")
    book.set_font(font, size=size)
    draw(book)
    return bytes(book.output())


def lines(book, text, left=20, top=30, width=90, step=5):
    for number, line in enumerate(textwrap.wrap(text, width)):
        book.set_xy(left, top + number * step)
        book.cell(0, step, line)


def court(book, count=4):
    said = ["THE COURT:  Call your witness.", "MS. MOLL:  The ferry left at nine, and nobody", "had counted the cars."]
    for number in range(count):
        book.add_page()
        book.set_xy(20, 8)
        book.cell(0, 5, f"IN RE THE FERRY {number + 1}")
        for line in range(1, 26):
            book.set_xy(15, 12 + line * 9)
            book.cell(8, 5, str(line))
            words = said[(line - 1) % 3]
            book.set_xy(48 if words[:2] in {"TH", "MS"} else 30, 12 + line * 9)
            book.cell(0, 5, words)


def test_a_pdf_is_read_in_paragraphs():
    def draw(book):
        book.add_page()
        lines(book, ASCII)
        lines(book, "The vote came late.", top=70)

    text, notes = pdf.read_pdf(made(draw), "a.pdf")
    assert text == f"{ASCII.strip()}\n\nThe vote came late."
    assert notes == ()


def test_columns_are_read_one_after_the_other():
    left, right = ASCII * 3, ASCII.replace("council", "senate") * 3

    def draw(book):
        book.add_page()
        for number, (one, two) in enumerate(zip(textwrap.wrap(left, 45), textwrap.wrap(right, 45), strict=False)):
            for x, words in ((10, one), (110, two)):
                book.set_xy(x, 30 + number * 5)
                book.cell(90, 5, words)

    text, _ = pdf.read_pdf(made(draw), "a.pdf")
    flat = " ".join(text.split())
    assert flat.index("senate") > flat.rindex("council")
    assert "voted on Tuesday for the new sluice, after an evening" in flat


def test_a_courts_lines_lose_numbers_and_running_heads():
    text, notes = pdf.read_pdf(made(court, "Courier", 11), "a.pdf")
    assert text.split("\n\n")[:2] == [
        "THE COURT: Call your witness.",
        "MS. MOLL: The ferry left at nine, and nobody had counted the cars.",
    ]
    assert set(notes) == {"line-numbers-removed", "running-heads-removed"}
    assert "IN RE" not in text


def test_a_word_parted_at_a_lines_end_is_one_word():
    def draw(book):
        book.add_page()
        for number, line in enumerate(
            ["The council met in the harb-", "our house on Tuesday and it", "voted for the sluice."]
        ):
            book.set_xy(20, 30 + number * 5)
            book.cell(0, 5, line)

    text, notes = pdf.read_pdf(made(draw), "a.pdf")
    assert text == "The council met in the harbour house on Tuesday and it voted for the sluice."
    assert notes == ("hyphenation-joined",)


def test_scanned_pages_and_broken_pdfs_are_refused_in_a_sentence():
    with pytest.raises(EmptyDocumentError, match="text recognition"):
        pdf.read_pdf(made(lambda book: (book.add_page(), book.rect(10, 10, 50, 50))), "scan.pdf")
    with pytest.raises(FormatError, match="cannot be read"):
        pdf.read_pdf(b"%PDF-1.7\nnothing", "broken.pdf")


NUMBERED = """
                                                    14
 1            THE COURT:  Call your witness.
 2            MS. MOLL:  The ferry left at nine, and nobody
 3   had counted the cars.
 4            MR. LENZ:  Objection.
 5            THE COURT:  Overruled.
                                                    15
 1            MS. MOLL:  It came back at ten,
 2   with nobody on board.
 3            MR. LENZ:  Nobody at all?
 4            MS. MOLL:  Nobody.
 5            THE COURT:  We rise.
"""


def test_a_plain_text_with_numbered_lines_is_read_as_pages():
    found = pages.pages_of_text(NUMBERED)
    assert found is not None
    text, notes = pages.running_text(found)
    assert "MS. MOLL:  The ferry left at nine, and nobody had counted the cars." in text
    assert "It came back at ten, with nobody on board." in text
    assert "14" not in text
    assert "15" not in text
    assert "line-numbers-removed" in notes


@pytest.mark.parametrize(
    "text",
    [
        "1 January was cold.\n\nThe ferry left.\n\nIt came back.",
        "The list:\n1 bread\n3 water\n7 salt\nand nothing else, he said.\nThe rest came later.\nNobody minded.",
        PROSE,
        "",
    ],
)
def test_prose_and_lists_are_no_pages(text):
    assert pages.pages_of_text(text) is None


def word_file(build):
    document = docx.Document()
    build(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_word_document_gives_paragraphs_and_title_without_tables_and_struck_words():
    def build(document):
        document.add_paragraph("Ferry left uncounted", style="Title")
        paragraph = document.add_paragraph("“It was ")
        paragraph.add_run("hot").font.strike = True
        paragraph.add_run("cold,” Ida Moll said.")
        document.add_table(1, 1).cell(0, 0).text = "in a table"
        document.add_paragraph("")
        document.add_paragraph("Otto Lenz agreed.")

    text, title = word.read_word(word_file(build), "a.docx")
    assert text == "Ferry left uncounted\n\n“It was cold,” Ida Moll said.\n\nOtto Lenz agreed."
    assert title == "Ferry left uncounted"


def test_other_archives_and_empty_word_documents_are_refused():
    with pytest.raises(FormatError):
        word.read_word(b"PK\x03\x04nothing", "a.docx")
    with pytest.raises(EmptyDocumentError):
        word.read_word(word_file(lambda _document: None), "a.docx")


def a_mail(body, subtype="plain", **extra):
    message = EmailMessage()
    message["From"] = "Harbour Press <press@harbour.example>"
    message["To"] = "desk@post.example"
    message["Subject"] = "The ferry — a statement"
    message["Date"] = "Wed, 12 Mar 2031 08:00:00 +0000"
    message.set_content(body, subtype=subtype)
    for name, content in extra.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


@pytest.mark.parametrize("subtype", ["plain", "html"])
def test_a_mail_gives_its_body_and_fields(subtype):
    data = a_mail("“We counted them,” Ida Moll said.\n", subtype, cars=b"12")
    assert mail.is_mail(data)
    found = mail.read_mail(data, "a.eml")
    assert found.body.strip() == "“We counted them,” Ida Moll said."
    assert found.is_markup is (subtype == "html")
    assert (found.subject, found.sender) == ("The ferry — a statement", "Harbour Press")
    assert found.date.startswith("Wed, 12 Mar 2031")


@pytest.mark.parametrize(
    "data", [b"From the harbour: nothing new.\n\nMore.", b"Q: Who?\nA: Nobody.\n", b"", PROSE.encode()]
)
def test_prose_is_no_mail(data):
    assert not mail.is_mail(data)


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Post</title>
<item><title>Ferry left</title><link>https://post.example/1</link><pubDate>Tue, 11 Mar 2031 07:00:00 GMT</pubDate>
<description>&lt;p&gt;“It left,” Ida Moll said.&lt;/p&gt;</description></item>
<item><title>Ferry back</title><link>https://post.example/2</link><description>It came back.</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Post</title><entry><title>Ferry left</title>
<id>tag:post.example,1</id><link href="https://post.example/1"/><updated>2031-03-11T07:00:00Z</updated>
<content type="html">&lt;p&gt;“It left,” Ida Moll said.&lt;/p&gt;</content></entry></feed>"""


@pytest.mark.parametrize(("text", "count"), [(RSS, 2), (ATOM, 1)])
def test_a_feed_gives_one_record_an_entry(text, count):
    assert feed.is_feed(text)
    found = [record for record, _ in feed.entries(text, "a.xml")]
    assert len(found) == count
    assert found[0]["html"] == "<p>“It left,” Ida Moll said.</p>"
    assert (found[0]["title"], found[0]["outlet"], found[0]["url"]) == (
        "Ferry left", "Harbour Post", "https://post.example/1"
    )  # fmt: skip
    assert found[0]["published"].startswith("2031-03-11")


def test_pages_are_no_feeds_and_an_empty_feed_says_so():
    assert not feed.is_feed("<!doctype html><html><body>rss</body></html>")
    with pytest.raises(FormatError, match="without entries"):
        list(feed.entries('<rss version="2.0"><channel><title>x</title></channel></rss>', "a.xml"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_gives_one_record_a_row(delimiter):
    text = (
        f'Headline{delimiter}Content{delimiter}Author\nFerry left{delimiter}"It left, “at nine”."{delimiter}Ida Moll\n'
    )
    found = [record for record, _ in tables.rows(text, "a.csv")]
    assert found[0]["title"] == "Ferry left"
    assert found[0]["text"] == "It left, “at nine”."
    assert found[0]["byline"] == "Ida Moll"


def test_a_table_without_a_text_is_refused_with_its_columns():
    with pytest.raises(FormatError, match="it has a, b"):
        list(tables.rows("a,b\n1,2\n", "a.csv"))


def test_markdown_loses_its_marks_and_keeps_its_parts():
    found = markdown.read_markdown(
        "---\ntitle: Ferry left\ndate: 2031-03-11\n---\n# Ferry *left*\n\n**Ida Moll:** It was ~~hot~~cold, see "
        "[the log](https://post.example).\n\n> Nobody counted.\n\n```\ncode\n```\n"
    )
    assert found.text == "Ferry left\n\nIda Moll: It was cold, see the log.\n\nNobody counted."
    assert [block.kind for block in found.blocks] == ["headline", "paragraph", "block-quotation"]
    assert found.bold == (Span(12, 21),)
    assert found.fields == {"title": "Ferry left", "date": "2031-03-11"}


@pytest.mark.parametrize(
    "record",
    [
        {"title": "Ferry left", "authors": ["Ida Moll"], "publish_date": "2031-03-11", "text": "It left."},
        {"title": "Ferry left", "author": "Ida Moll", "date": "2031-03-11", "text": "It left."},
        {"title": "Ferry left", "authors": ["Ida Moll"], "date_publish": "2031-03-11", "maintext": "It left."},
        {"headline": "Ferry left", "byline": "Ida Moll", "versioncreated": "2031-03-11", "body_text": "It left."},
        {
            "headlines": [{"value": "Ferry left"}], "byline": "Ida Moll", "versioncreated": "2031-03-11",
            "bodies": [{"contenttype": "text/plain", "value": "It left."}],
        },
    ],
)  # fmt: skip
def test_the_fields_of_other_programs_are_understood(record):
    found = fields.renamed(record)
    assert (found["title"], found["byline"], found["published"], found["text"]) == (
        "Ferry left", "Ida Moll", "2031-03-11", "It left."
    )  # fmt: skip


def test_our_own_fields_are_never_overwritten():
    assert fields.renamed({"text": "Ours.", "content": "Theirs.", "url": "x"})["text"] == "Ours."


@pytest.mark.parametrize(("status", "gone"), [("canceled", True), ("withheld", True), ("usable", False), (None, False)])
def test_an_agencys_item_that_was_withdrawn_says_so(status, gone):
    assert fields.withdrawn({"pubstatus": status}) is gone


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Der Hafen blieb am Dienstag geschlossen, weil niemand die Autos gezählt hatte, sagte die Bürgermeisterin.",
            "German",
        ),
        (
            "Le port est resté fermé mardi, parce que personne n'avait compté les voitures, a déclaré la mairesse.",
            "French",
        ),
        ("Порт во вторник оставался закрытым, потому что никто не посчитал машины, сказала мэр города.", "Russian"),
        ("يوم الثلاثاء بقي الميناء مغلقا لأن أحدا لم يعد السيارات، كما قالت رئيسة البلدية للصحفيين.", "Arabic"),
        (PROSE, None),
        ("Bread.", None),
        ("“Ja,” Otto Lenz said, and went home; the rest of the council stayed until the count was read.", None),
    ],
)
def test_a_language_other_than_english_is_named(text, name):
    assert language.other_language(text) == name


def _mutated(data, rng):
    """Change some bytes, leave some out, and say some twice."""
    data = bytearray(data)
    for _ in range(rng.choice([1, 2, 5, 20])):
        at, other = rng.randrange(len(data)), rng.randrange(len(data))
        what = rng.randrange(4)
        if what == 0:
            data[at] = rng.randrange(256)
        elif what == 1:
            del data[at : at + rng.randrange(1, 60)]
        elif what == 2:
            data[at:at] = data[other : other + rng.randrange(1, 80)]
        else:
            data[at:at] = rng.choice([b"\0\0\0", b"<v ", b"-->", b'"', b"\xff\xfe", b"}{", b"\r", "\u202e".encode()])
        data = data or bytearray(b"x")
    return bytes(data)


@pytest.mark.parametrize("seed", range(3))
def test_damaged_files_are_read_or_refused_in_a_sentence_of_ours(seed):
    rng = random.Random(seed)
    files = {
        "a.pdf": made(court, "Courier", 11),
        "a.docx": word_file(lambda document: document.add_paragraph("“We counted them,” Ida Moll said.")),
        "a.eml": a_mail("“We counted them,” Ida Moll said.\n", "html", cars=b"12"),
        "a.rss": RSS.encode(),
        "a.csv": b'text,author\n"It left.",Ida\n',
        "a.md": b"---\ntitle: x\n---\n# A\n\n**B:** c ~~d~~\n\n> e\n",
        "a.vtt": b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ida>It left.\n\n00:02.000 --> 00:03.000\nIt came.\n",
        "a.json": b'{"segments":[{"start":0,"end":1,"text":" It left.","speaker":"SPEAKER_00"}]}',
        "a.txt": NUMBERED.encode(),
    }
    for name, data in files.items():
        for _ in range(40):
            try:
                documents = read(_mutated(data, rng), name=name)
            except OnRecordError as error:
                assert "a fault of onrecord" not in str(error), error  # noqa: PT017 - most are refused, and rightly
                continue
            for document in documents:
                spans = [*document.blocks, *document.cues]
                assert all(0 <= span.start < span.end <= len(document.text) for span in spans), name


def test_a_word_document_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(word, "_LARGEST", 1_000)
    with pytest.raises(FormatError, match="unpacks to"):
        word.read_word(word_file(lambda document: document.add_paragraph("It left.")), "a.docx")
