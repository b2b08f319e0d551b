"""Tombstones: what was erased does not come back, and nothing of it is kept but a keyed digest.

Without the archive's own secret nobody can try out which address or text a tombstone stands for.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, insert, select

from onrecord.archive import schema
from onrecord.archive.preparing import Prepared

_ANY: Final = select(schema.erasure.c.id).limit(1)


def new_secret(connection: Connection) -> None:
    """Give a new archive its secret."""
    connection.execute(insert(schema.setting), {"name": "secret", "value": secrets.token_bytes(32)})


def marks(connection: Connection, key: str, checksums: Sequence[bytes]) -> dict[str, list[bytes]]:
    """Give the keyed digests of a document's key and of its texts."""
    secret = _secret(connection)
    return {
        "key": [_mark(secret, b"key" + key.encode())],
        "text": [_mark(secret, b"text" + checksum) for checksum in checksums],
    }


def erased(connection: Connection, documents: Sequence[Prepared]) -> dict[str, str]:
    """Say, by key, of which documents key or text was erased."""
    if connection.execute(_ANY).first() is None:
        return {}
    secret = _secret(connection)
    asked = {_mark(secret, b"key" + each.key.encode()): each.key for each in documents}
    asked |= {_mark(secret, b"text" + each.checksum): each.key for each in documents}
    found = connection.execute(
        select(schema.erasure.c.hmac, schema.erasure.c.at).where(schema.erasure.c.hmac.in_(asked))
    )
    return {asked[row.hmac]: f"{asked[row.hmac]} was erased on {row.at[:10]} and is not kept again." for row in found}


def _secret(connection: Connection) -> bytes:
    found = connection.execute(select(schema.setting.c.value).where(schema.setting.c.name == "secret")).scalar_one()
    assert isinstance(found, bytes)
    return found


def _mark(secret: bytes, what: bytes) -> bytes:
    return hmac.digest(secret, what, "sha256")
