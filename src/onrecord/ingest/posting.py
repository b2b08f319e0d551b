"""The safe poster: bytes go to one address, under the rules of :mod:`.fetching`; redirects are not followed."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Mapping
from http.client import HTTPException

from urllib3.exceptions import HTTPError

from onrecord.errors import FetchError
from onrecord.ingest.addresses import target
from onrecord.ingest.fetching import Fetcher, _because, _body, _clock, _left

_ANSWER: int = 65_536


class Poster(Fetcher):
    """Posts to addresses that are looked up once, checked, and connected to as looked up, within one wall clock."""

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Post bytes to an address, which must answer with a status of success (200 to 299).

        Raises:
            FetchError: it may not be reached, cannot be, exceeds a limit, or answers otherwise.

        """
        deadline = time.monotonic() + self._limits.seconds
        hop = target(url, allow_private=self._allow_private, resolve=self._resolve, seconds=_left(deadline))
        connection, over = self._connection(hop), threading.Event()
        sent = {"User-Agent": self._agent, "Accept": "*/*", **headers}
        try:
            with _clock(connection, deadline, over):
                connection.request("POST", hop.path, body=body, headers=sent, preload_content=False)
                with contextlib.closing(connection.getresponse()) as response:
                    _body(response, over, _ANSWER, url, cut=True)
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            if over.is_set():
                raise FetchError(f"{url} took longer than the time allowed.", "too-slow") from None
            raise FetchError(f"{url} could not be reached ({_because(error)}).", "failed") from None
        finally:
            connection.close()
        if not 200 <= response.status < 300:
            raise FetchError(f"{url} answered with status {response.status}.", "status")
