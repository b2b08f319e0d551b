"""The safe fetcher: one address becomes bytes, within one wall clock, one size and a few redirects, robots.txt heeded.

Reads an address; gives :class:`Fetched`, or raises FetchError with a reason. Each hop is looked up once, checked
(:mod:`onrecord.ingest.addresses`) and connected to as looked up. A clock shuts the connection when the time is up,
whatever the other side is doing: a time limit per read does not end a reply that drips.
"""

from __future__ import annotations

import contextlib
import os
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from http.client import HTTPException
from importlib.metadata import version
from typing import Any
from urllib.parse import urljoin

import msgspec
import urllib3
from protego import Protego
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from onrecord.errors import FetchError
from onrecord.ingest.addresses import Resolver, Target, system_resolver, target

AGENT = "onrecord"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 65_536
_ROBOTS_BYTES = 500_000
"""As RFC 9309 has it: what stands behind is not read."""


class Limits(msgspec.Struct, frozen=True):
    """What one fetch may take: seconds of the wall clock in all, bytes of the decoded body, redirects."""

    seconds: float = 20.0
    size: int = 20_000_000
    redirects: int = 5


class Fetched(msgspec.Struct, frozen=True):
    """What an address gave: the address at the end of the redirects, status, headers (small letters) and decoded body.

    ``asked`` is the address as given, ``at`` the time of the request (UTC, ISO 8601).
    """

    asked: str
    url: str
    status: int
    headers: dict[str, str]
    body: bytes
    at: str

    @property
    def content_type(self) -> str:
        """The media type without its parameters, in small letters."""
        return self.headers.get("content-type", "").split(";", 1)[0].strip().casefold()


class Fetcher:
    """Fetches addresses under one set of limits, and keeps what it learnt of each site's robots.txt."""

    def __init__(
        self,
        *,
        limits: Limits | None = None,
        allow_private: bool = False,
        heed_robots: bool = True,
        resolve: Resolver = system_resolver,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """Begin; ``resolve`` is the name service and ``tls`` the trust, both the system's unless given."""
        self._limits = limits or Limits()
        self._allow_private = allow_private
        self._heed_robots = heed_robots
        self._resolve = resolve
        self._tls = tls or ssl.create_default_context()
        self._robots: dict[str, Protego | None] = {}
        self._agent = f"{AGENT}/{version('onrecord')}"

    def fetch(self, url: str, *, headers: Mapping[str, str] | None = None) -> Fetched:
        """Fetch one address.

        Raises:
            FetchError: it may not be fetched, cannot be, or exceeds a limit; its ``reason`` is from a closed list.

        """
        deadline = time.monotonic() + self._limits.seconds
        asked, hops = url, 0
        while True:
            hop = target(url, allow_private=self._allow_private, resolve=self._resolve, seconds=_left(deadline))
            if self._heed_robots and not self._allowed(hop, deadline):
                raise FetchError(f"{url} may not be fetched: the site's robots.txt forbids it.", "robots")
            fetched = self._get(asked, hop, deadline, self._limits.size, headers or {})
            location = fetched.headers.get("location")
            if fetched.status not in _REDIRECTS or location is None:
                return fetched
            hops += 1
            if hops > self._limits.redirects:
                raise FetchError(f"{asked} leads from address to address without an end.", "redirects")
            url = urljoin(hop.url, location)

    def _allowed(self, hop: Target, deadline: float) -> bool:
        """Return whether robots.txt lets us; none at all (4xx) allows, one that fails (5xx) forbids (RFC 9309)."""
        if hop.origin not in self._robots:
            self._robots[hop.origin] = self._read_robots(hop, deadline)
        rules = self._robots[hop.origin]
        return rules is None or rules.can_fetch(hop.url, AGENT)

    def _read_robots(self, hop: Target, deadline: float) -> Protego | None:
        place = msgspec.structs.replace(hop, url=f"{hop.origin}/robots.txt", path="/robots.txt")
        fetched = self._get(place.url, place, deadline, _ROBOTS_BYTES, {}, cut=True)
        if fetched.status >= 500:
            return Protego.parse("User-agent: *\nDisallow: /")
        if fetched.status != 200:
            return None
        return Protego.parse(fetched.body.decode("utf-8", "replace"))

    def _get(
        self, asked: str, hop: Target, deadline: float, size: int, headers: Mapping[str, str], *, cut: bool = False
    ) -> Fetched:
        connection = self._connection(hop)
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        sent = {"User-Agent": self._agent, "Accept-Encoding": "gzip, deflate", "Accept": "*/*", **headers}
        over = threading.Event()
        try:
            with _clock(connection, deadline, over):
                connection.request("GET", hop.path, headers=sent, preload_content=False, decode_content=True)
                with contextlib.closing(connection.getresponse()) as response:
                    body = _body(response, over, size, asked, cut=cut)
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            if over.is_set():
                raise FetchError(f"{asked} took longer than the time allowed.", "too-slow") from None
            raise FetchError(f"{asked} could not be fetched ({_because(error)}).", "failed") from None
        finally:
            connection.close()
        found = {name.casefold(): value for name, value in response.headers.items()}
        return Fetched(asked, hop.url, response.status, found, body, at)

    def _connection(self, hop: Target) -> HTTPConnection:
        wait = urllib3.Timeout(total=self._limits.seconds)
        if hop.scheme == "http":
            plain = _Plain(hop.host, hop.port, timeout=wait.connect_timeout)
            plain.addresses = hop.addresses
            return plain
        secure = _Secure(
            hop.host, hop.port, timeout=wait.connect_timeout, ssl_context=self._tls, server_hostname=hop.host
        )
        secure.addresses = hop.addresses
        return secure


class _Checked:
    """Connects to the addresses that were looked up and checked, and keeps a hand on the socket."""

    addresses: tuple[str, ...] = ()
    hand: socket.socket | None = None
    made: socket.socket | None = None
    on_connect: Callable[[], None] | None = None
    timeout: Any
    port: int

    def _new_conn(self) -> socket.socket:
        failed: OSError | None = None
        for address in self.addresses:
            try:
                made = socket.create_connection((address, self.port), timeout=self.timeout)
            except OSError as error:
                failed = error
                continue
            self.made, self.hand = made, socket.socket(fileno=os.dup(made.fileno()))
            if self.on_connect is not None:
                self.on_connect()
            return made
        raise failed or OSError("no address answered")


class _Plain(_Checked, HTTPConnection):
    pass


class _Secure(_Checked, HTTPSConnection):
    pass


@contextlib.contextmanager
def _clock(connection: Any, deadline: float, over: threading.Event) -> Iterator[None]:
    """Shut the connection at the deadline and set ``over``; a read that waits for the other side then ends at once."""
    lock = threading.Lock()

    def shut() -> None:
        with lock:
            over.set()
            if connection.hand is not None:
                with contextlib.suppress(OSError):
                    connection.hand.shutdown(socket.SHUT_RDWR)

    def connected() -> None:
        if over.is_set():
            shut()

    connection.on_connect = connected
    connection.timeout = max(_left(deadline), 0.001)
    timer = threading.Timer(max(_left(deadline), 0.0), shut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        with lock:
            for held in (connection.hand, connection.made):
                if held is not None:
                    held.close()
            connection.hand = connection.made = None


def _body(response: Any, over: threading.Event, size: int, asked: str, *, cut: bool) -> bytes:
    """Read the decoded body by chunks, and stop at the limits; ``cut`` keeps what came before the limit of size."""
    parts: list[bytes] = []
    have = 0
    while chunk := response.read(_CHUNK):
        have += len(chunk)
        parts.append(chunk)
        if have > size:
            if cut:
                break
            raise FetchError(f"{asked} is larger than {size:,} bytes.", "too-large")
    if over.is_set():
        raise FetchError(f"{asked} took longer than the time allowed.", "too-slow")
    return b"".join(parts)[:size]


def _left(deadline: float) -> float:
    return deadline - time.monotonic()


def _because(error: BaseException) -> str:
    words = str(error).splitlines()[0] if str(error) else type(error).__name__
    return words[:200]
