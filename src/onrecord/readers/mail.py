"""Mail (``.eml``) becomes a document: its subject, date, sender and the body, decoded by the standard library.

Reads bytes; gives a :class:`Mail`. The plain part is taken where there is one, else the HTML part; attachments are not
read.
"""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage
from email.utils import parseaddr
from typing import cast

import msgspec

from onrecord.errors import EmptyDocumentError, FormatError

_FIELD = re.compile(
    rb"^(?:From|To|Subject|Date|Message-ID|Received|Return-Path|MIME-Version):", re.IGNORECASE | re.MULTILINE
)
_HEAD = 4_000
"""Bytes in which the fields of a mail stand."""
_FEWEST_FIELDS = 3
_BROKEN = (LookupError, AttributeError, TypeError, ValueError, RecursionError)


class Mail(msgspec.Struct, frozen=True):
    """A mail's body, as text or as markup, and what its fields say; ``date`` is as printed there."""

    body: str
    is_markup: bool
    subject: str | None
    sender: str | None
    date: str | None


def is_mail(data: bytes) -> bool:
    """Return whether bytes open with the fields of a mail."""
    head = data[:_HEAD].split(b"\n\n")[0].split(b"\r\n\r\n")[0]
    first = head.lstrip().split(b":", 1)[0]
    return re.fullmatch(rb"[A-Za-z-]{2,40}", first) is not None and len(set(_FIELD.findall(head))) >= _FEWEST_FIELDS


def read_mail(data: bytes, name: str) -> Mail:
    """Read a mail; raises EmptyDocumentError where it has no body of text, FormatError where it is damaged."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    try:
        return _read(message, name)
    except _BROKEN as error:  # the library reads fields when they are asked for, and trips over some
        raise FormatError(f"{name} is a mail that cannot be read ({error}): save its text as .txt.") from None


def _read(message: EmailMessage, name: str) -> Mail:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        raise EmptyDocumentError(f"{name} is a mail without text: save what is attached to it as a file of its own.")
    try:
        body = part.get_content()
    except (LookupError, UnicodeError):
        body = cast("bytes", part.get_payload(decode=True)).decode("utf-8", "replace")
    sender = parseaddr(str(message.get("From", "")))
    return Mail(
        str(body).replace("\r\n", "\n"),
        part.get_content_type() == "text/html",
        _field(message, "Subject"),
        sender[0] or sender[1] or None,
        _field(message, "Date"),
    )


def _field(message: EmailMessage, field: str) -> str | None:
    value = message.get(field)
    return " ".join(str(value).split()) or None if value is not None else None
