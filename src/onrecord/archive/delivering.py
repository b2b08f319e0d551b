"""Where finds of a watch go: a file of JSON lines, an Atom feed, a mail, an address that is signed for.

A target is ``file:PATH``, ``atom:PATH``, ``mailto:ADDRESS`` or an ``https`` address. What needs the network is handed
in by the caller (:class:`Carriers`); the archive itself connects to nobody.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from pathlib import Path
from typing import Final, NamedTuple
from xml.sax.saxutils import escape, quoteattr

import msgspec

from onrecord.archive.watching import Find, Watch
from onrecord.errors import UsageError

TARGETS: Final = ("file:", "atom:", "mailto:", "https://", "http://")


class Carriers(NamedTuple):
    """What carries finds over the network: a function for mails, one for addresses with body and headers."""

    mail: Callable[[EmailMessage], None] | None = None
    post: Callable[[str, bytes, dict[str, str]], None] | None = None


def look_at(target: str) -> None:
    """Raise UsageError where a target is none."""
    if not target.startswith(TARGETS) or target in TARGETS:
        raise UsageError(f"{target} is no target: write file:PATH, atom:PATH, mailto:ADDRESS or an https address.")


def deliver(watch: Watch, due: Sequence[Find], newest: Sequence[Find], carriers: Carriers, now: str) -> None:
    """Deliver what is due; a feed is written anew with the ``newest``. Raises OSError or OnRecordError if it cannot."""
    kind, _, place = watch.target.partition(":")
    if kind == "file":
        _append(Path(place), b"".join(_line(watch, each) for each in due))
    elif kind == "atom":
        _replace(Path(place), feed(watch, newest, now).encode())
    elif kind == "mailto":
        if carriers.mail is None:
            raise UsageError("No mail can be sent from here: name a server in ONRECORD_SMTP.")
        carriers.mail(mail(watch, due, place))
    else:
        if carriers.post is None:
            raise UsageError("Nothing can be posted from here.")
        for each in due:
            body = _line(watch, each).strip()
            carriers.post(watch.target, body, signed(watch, each, body, now))


def signed(watch: Watch, find: Find, body: bytes, now: str) -> dict[str, str]:
    """Give the headers that sign a find: HMAC-SHA256 of its id, the time and the body under the watch's secret."""
    name = f"{watch.id}-{find.id}"
    signature = hmac.new(bytes.fromhex(watch.secret), f"{name}.{now}.".encode() + body, "sha256").hexdigest()
    return {
        "Content-Type": "application/json",
        "Onrecord-Id": name,
        "Onrecord-Timestamp": now,
        "Onrecord-Signature": f"sha256={signature}",
    }


def _line(watch: Watch, find: Find) -> bytes:
    hit = {**msgspec.structs.asdict(find.hit), "link": find.hit.link}
    return msgspec.json.encode({"watch": watch.name, "id": f"{watch.id}-{find.id}", "at": find.at, "hit": hit}) + b"\n"


def _append(file: Path, lines: bytes) -> None:
    with file.open("ab") as opened:
        opened.write(lines)
        opened.flush()
        os.fsync(opened.fileno())


def _replace(file: Path, content: bytes) -> None:
    part = file.with_name(f".{file.name}.part")
    part.write_bytes(content)
    part.replace(file)


def mail(watch: Watch, finds: Sequence[Find], to: str) -> EmailMessage:
    """Make a mail of finds, in plain text."""
    message = EmailMessage()
    message["To"] = to
    message["Subject"] = " ".join(f"onrecord: {watch.name} ({len(finds)})".split())
    message.set_content("\n\n".join(_told(each) for each in finds) + "\n")
    return message


def _told(find: Find) -> str:
    hit = find.hit
    head = " · ".join(part for part in (hit.day, hit.outlet, hit.speaker if hit.speaker_clear else None) if part)
    return f"{head}\n{hit.context}\n{hit.link}"


def feed(watch: Watch, finds: Sequence[Find], now: str) -> str:
    """Write finds as an Atom feed (RFC 4287), the newest first."""
    entries = "".join(_entry(watch, each) for each in finds)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<id>urn:onrecord:watch:{watch.secret[:16]}</id>\n<title>{_plain(watch.name)}</title>\n"
        f"<updated>{now}</updated>\n<author><name>onrecord</name></author>\n{entries}</feed>\n"
    )


def _entry(watch: Watch, find: Find) -> str:
    hit = find.hit
    title = f"{hit.speaker if hit.speaker and hit.speaker_clear else 'Speaker unclear'}: {hit.words}"
    link = f"<link href={quoteattr(_sound(hit.link))}/>\n" if hit.key.startswith("https://") else ""
    return (
        f"<entry>\n<id>urn:onrecord:watch:{watch.secret[:16]}:{find.id}</id>\n<title>{_plain(title)}</title>\n"
        f"{link}<updated>{find.at}</updated>\n<summary>{_plain(_told(find))}</summary>\n</entry>\n"
    )


def _plain(words: str) -> str:
    return escape(_sound(words))


def _sound(words: str) -> str:
    """Put U+FFFD for what XML cannot hold."""
    return "".join(
        letter if letter in "\t\n" or (letter >= " " and letter not in "\ufffe\uffff") else "\ufffd" for letter in words
    )
