r"""Bytes become text, letter for letter.

Reads bytes and the name they go by (for messages); gives the text. A byte order mark is taken away, nothing else:
``\r\n`` stays two characters, so positions count in what was read.
"""

from __future__ import annotations

import codecs
import re

from onrecord.errors import EmptyDocumentError, FormatError, ReadError

MAX_CHARACTERS = 10_000_000
"""The longest text read as one document; a book has about a million characters."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "a rich text (RTF) document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (b"RIFF", "a sound, film or picture file"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"PAR1", "a Parquet table"),
    (b"WARC/", "a web archive (WARC)"),
)
_PYTHONS_OWN = frozenset({"unicode-escape", "raw-unicode-escape", "utf-7", "idna", "punycode", "undefined"})
_REMEDY = "give a .txt, .html, .json or .jsonl file"
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HIGH = re.compile(rb"[\x80-\xff]+")
_MULTIBYTE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")
_SAMPLE = 65_536
# Printable in Windows code page 1252 and common in English print: quotation marks, dashes, ellipsis, euro, bullet,
# no-break space, pound, section, copyright, degree, fractions, and the accented letters.
_WESTERN = frozenset(
    b"\x80\x82\x84\x85\x8a\x8c\x91\x92\x93\x94\x95\x96\x97\x99\x9a\x9c\xa0\xa3\xa7\xa9\xab\xad\xae"
) | {
    *b"\xb0\xb4\xb7\xbb\xbc\xbd\xbe\xbf",
    *range(0xC0, 0x100),
}


def decode(data: bytes, name: str, *, declared: str | None = None) -> str:
    """Decode ``data``; ``name`` stands in messages, ``declared`` is the encoding that the content itself names.

    In turn: a byte order mark, UTF-8, UTF-16 without a mark, UTF-8 with stray bytes of Windows code page 1252 in it,
    the declared encoding, code page 1252, and what charset-normalizer finds.

    Raises:
        FormatError: the bytes are a picture, an archive or otherwise no text.
        ReadError: no encoding fits.

    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                raise ReadError(
                    f"{name} begins as {encoding.upper()} and is not: save it as UTF-8 and try again."
                ) from None
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise FormatError(f"{name} is {what}, which onrecord does not read: {_REMEDY}.")
    text = _decode(data, name, declared)
    controls = len(_CONTROL.findall(text[:_SAMPLE]))
    if controls * 50 > min(len(text), _SAMPLE):
        raise FormatError(f"{name} holds bytes that are no text: {_REMEDY}.")
    return text


def require_words(text: str, name: str) -> None:
    """Refuse a text without words, or one too long to be one document.

    Raises:
        EmptyDocumentError: no letter or digit stands in it.
        ReadError: it is longer than :data:`MAX_CHARACTERS`.

    """
    if not any(character.isalnum() for character in text):
        raise EmptyDocumentError(f"{name} holds no words: check that it was saved whole.")
    if len(text) > MAX_CHARACTERS:
        raise ReadError(
            f"{name} holds {len(text):,} characters, and one document may have {MAX_CHARACTERS:,}: "
            "split it into its documents."
        )


def _decode(data: bytes, name: str, declared: str | None) -> str:
    wide = _wide(data) if 0 in data[:64] else None  # such bytes may be valid UTF-8 too, full of zeros
    if wide is not None:
        return wide
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    sample = data[:_SAMPLE] if _HIGH.search(data, 0, _SAMPLE) else data
    high = _HIGH.findall(sample)
    if sum(map(len, _MULTIBYTE.findall(sample))) * 2 > sum(map(len, high)):
        return data.decode("utf-8", errors="onrecord-stray-bytes")
    if declared is not None and _is_of_the_web(declared):
        try:
            return data.decode(declared)
        except (LookupError, UnicodeError):
            pass
    high_bytes = b"".join(high)
    if len(high_bytes) * 5 < len(sample) and all(byte in _WESTERN for byte in high_bytes):
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            pass
    return _detected(data, name)


def _is_of_the_web(encoding: str) -> bool:
    """Return whether a page may name an encoding: Python knows more, which turn letters into others."""
    try:
        return codecs.lookup(encoding).name not in _PYTHONS_OWN
    except (LookupError, ValueError):
        return False


def _wide(data: bytes) -> str | None:
    """Decode UTF-16 that lacks its mark: every other byte is zero where the text is mostly ASCII."""
    sample = data[:4096]
    if len(data) % 2 or len(sample) < 8:
        return None
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if sample[first::2].count(0) * 10 > len(sample) * 4 and sample[1 - first :: 2].count(0) == 0:
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                return None
    return None


def _detected(data: bytes, name: str) -> str:
    if data[:_SAMPLE].count(0):
        raise FormatError(f"{name} holds bytes that are no text: {_REMEDY}.")
    from charset_normalizer import from_bytes  # noqa: PLC0415 - needed for one file in a hundred

    start = max(0, (found.start() if (found := _HIGH.search(data)) else 0) - _SAMPLE // 4)
    best = from_bytes(data[start : start + _SAMPLE]).best()
    if best is not None:
        try:
            return data.decode(best.encoding)
        except UnicodeDecodeError:
            pass
    raise ReadError(f"{name} is in no encoding that onrecord knows: save it as UTF-8 and try again.")


def _stray_bytes(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that are no UTF-8, inside a text that is, as Windows code page 1252 one by one."""
    assert isinstance(error, UnicodeDecodeError)
    stray = error.object[error.start : error.end]
    return stray.decode("cp1252", errors="replace"), error.end


codecs.register_error("onrecord-stray-bytes", _stray_bytes)
