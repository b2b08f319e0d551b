"""An address becomes documents: fetched safely, read by its content, and kept as a web archive where asked.

Reads addresses; gives the documents that stand there. What is kept is the reply as it came, one WARC file an address.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from http.client import responses
from pathlib import Path
from urllib.parse import urlsplit

from onrecord.document import Document, DocumentKind
from onrecord.errors import FetchError, UsageError
from onrecord.ingest.fetching import Fetched, Fetcher
from onrecord.readers import Identifiers, read

_FIRST_FAILURE = 400


def fetch_documents(
    url: str,
    fetcher: Fetcher,
    *,
    kind: DocumentKind | None = None,
    ids: Identifiers | None = None,
    speakers: Mapping[str, str] | None = None,
    keep: Path | None = None,
) -> list[Document]:
    """Fetch an address and read what stands there; ``keep`` is a folder for the reply as it came.

    Raises:
        FetchError: it cannot or may not be fetched, or the server answers with an error.
        ReadError: what came is no document that is read.

    """
    fetched = fetcher.fetch(url)
    if keep is not None:
        keep_reply(fetched, keep)
    if fetched.status >= _FIRST_FAILURE:
        said = responses.get(fetched.status, "an error")
        raise FetchError(f"{url} answers {fetched.status} ({said}): check the address.", "status")
    name = urlsplit(fetched.url).path.rstrip("/").rpartition("/")[2] or urlsplit(fetched.url).hostname or "page"
    return read(
        fetched.body,
        kind=kind,
        ids=ids,
        speakers=speakers,
        name=name,
        url=fetched.url,
        content_type=fetched.content_type,
    )


def keep_reply(fetched: Fetched, folder: Path) -> Path:
    """Write a reply as a WARC file whose name tells its time and its address; gives the file's path."""
    from warcio.statusandheaders import StatusAndHeaders  # noqa: PLC0415 - loads when a page is kept
    from warcio.warcwriter import WARCWriter  # noqa: PLC0415 - likewise

    digest = hashlib.sha256(fetched.asked.encode()).hexdigest()[:12]
    stamp = "".join(filter(str.isalnum, fetched.at))
    path = folder / f"{stamp}-{digest}.warc.gz"
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=True)
    # The body stands decoded, so the headers that told of its packing go.
    packed = {"content-encoding", "transfer-encoding", "content-length"}
    headers = [(name, value) for name, value in fetched.headers.items() if name not in packed]
    reply = StatusAndHeaders(
        f"{fetched.status} {responses.get(fetched.status, '')}".strip(),
        [*headers, ("Content-Length", str(len(fetched.body)))],
        protocol="HTTP/1.1",
    )
    writer.write_record(
        writer.create_warc_record(
            fetched.url,
            "response",
            payload=io.BytesIO(fetched.body),
            http_headers=reply,
            warc_headers_dict={"WARC-Date": fetched.at},
        )
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".part")
        beside.write_bytes(stream.getvalue())
        beside.replace(path)
    except OSError as error:
        raise UsageError(f"{folder} cannot be written ({error.strerror}): choose another place for --keep.") from error
    return path
