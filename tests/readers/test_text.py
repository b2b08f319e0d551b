"""Bytes become text, letter for letter, or one clear sentence says why not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import EmptyDocumentError, FormatError, ReadError
from onrecord.readers.text import MAX_CHARACTERS, decode, require_words

PRINTED = "“We are ready,” said Zoë – “aren’t we?”"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_each_encoding_gives_the_same_letters(encoding):
    assert decode((PRINTED * 3).encode(encoding), "a.txt") == PRINTED * 3


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_known_by_its_zeros(encoding):
    assert decode("The ferry sailed at nine.".encode(encoding), "a.txt") == "The ferry sailed at nine."


def test_line_ends_are_kept_letter_for_letter():
    assert decode(b"One.\r\nTwo.\rThree.\n", "a.txt") == "One.\r\nTwo.\rThree.\n"


def test_a_stray_byte_does_not_spoil_a_utf_8_text():
    assert decode(PRINTED.encode() + b" caf\xe9 \x93quoted\x94", "a.txt") == PRINTED + " café “quoted”"


def test_cyrillic_in_an_old_code_page_is_detected():
    text = "Министр транспорта заявила в среду, что порт будет закрыт до утра. " * 5
    assert decode(text.encode("cp1251"), "a.txt") == text


def test_the_encoding_that_a_page_declares_is_heeded():
    text = "Η υπουργός είπε ότι το λιμάνι κλείνει."
    assert decode(text.encode("iso-8859-7"), "a.html", declared="iso-8859-7") == text


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x89PNG\r\n\x1a\n\x00", "a PNG picture"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"PK\x03\x04\x14\x00", "a ZIP archive"),
        (b"\xff\xd8\xff\xe0", "a JPEG picture"),
        (bytes(range(256)) * 4, "no text"),
        (b"abc\x00\x01\x02\x03" * 100, "no text"),
    ],
)
def test_other_kinds_of_bytes_are_refused_by_name(data, what):
    with pytest.raises(FormatError, match=what) as caught:
        decode(data, "report.txt")
    assert "report.txt" in str(caught.value)
    assert str(caught.value).endswith(".")


def test_a_mark_that_lies_is_told():
    with pytest.raises(ReadError, match="save it as UTF-8"):
        decode(b"\xff\xfea", "a.txt")


def test_nothing_but_marks_is_an_empty_document():
    for text in ("", " \n\t", "“”()…", "\u202e\u200b"):
        with pytest.raises(EmptyDocumentError, match="no words"):
            require_words(text, "a.txt")


def test_a_text_too_long_for_one_document_is_refused():
    with pytest.raises(ReadError, match="split it"):
        require_words("a" * (MAX_CHARACTERS + 1), "a.txt")


@settings(deadline=None)  # other work runs on the machine that tests
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="\ufeff")))
def test_utf_8_comes_back_as_it_was(text):
    try:
        assert decode(text.encode(), "a.txt") == text
    except FormatError:  # a text that begins as a picture or an archive does
        assert text.encode()[:2] in {b"PK", b"GI", b"%P", b"{\\", b"BZ", b"ID", b"Og", b"RI", b"SQ", b"PA", b"WA"}


@settings(deadline=None)  # other work runs on the machine that tests
@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_one_sentence(data):
    try:
        assert isinstance(decode(data, "a.txt"), str)
    except ReadError as error:
        assert str(error).startswith("a.txt ")  # noqa: PT017 - both outcomes are allowed
        assert "\n" not in str(error)  # noqa: PT017
