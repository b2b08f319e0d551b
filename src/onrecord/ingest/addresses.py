"""Which addresses may be fetched: public ones of the web, looked up once and connected to as looked up.

Reads an address as typed; gives a :class:`Target`, or raises FetchError with the reason. An answer of the name service
that holds one address that is not public is refused whole, so that no second answer can lead elsewhere.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import SplitResult, urlsplit, urlunsplit

import msgspec

from onrecord.errors import FetchError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Sequence[str]]
"""Gives the numeric addresses of a host name; raises OSError where it has none."""

_PORTS = {"http": 80, "https": 443}
_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
_COMPATIBLE = ipaddress.ip_network("::/96")
_LONGEST = 4_000


class Target(msgspec.Struct, frozen=True):
    """An address that may be fetched: its parts, and the numeric addresses to connect to."""

    url: str
    scheme: str
    host: str
    port: int
    path: str
    addresses: tuple[str, ...]

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"{self.scheme}://{_bracketed(self.host)}:{self.port}"


def target(url: str, *, allow_private: bool, resolve: Resolver, seconds: float) -> Target:
    """Look an address up and check it; raises FetchError where it may not or cannot be fetched."""
    parts = _parts(url)
    host = parts.hostname or ""
    try:
        port = parts.port or _PORTS[parts.scheme]
    except ValueError:
        raise FetchError(f"{url} names no port that exists: correct the address.", "bad-address") from None
    if port != _PORTS[parts.scheme] and not allow_private:
        raise FetchError(f"{url} names the port {port}; only the web's usual ports are fetched.", "odd-port")
    try:
        name = host if _is_numeric(host) else host.encode("idna").decode("ascii")
    except UnicodeError:
        raise FetchError(f"{url} names a host that cannot exist: correct the address.", "bad-address") from None
    found = _looked_up(name, port, resolve, seconds)
    if not found:
        raise FetchError(f"{url} cannot be found: no such host.", "no-host")
    if not allow_private:
        for each in found:
            if not is_public(ipaddress.ip_address(each.split("%", 1)[0])):
                raise FetchError(
                    f"{url} leads to {each}, which is not a public address (--allow-private permits it).", "not-public"
                )
    path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    return Target(urlunsplit(parts._replace(fragment="")), parts.scheme, name, port, path, tuple(found))


def _parts(url: str) -> SplitResult:
    if len(url) > _LONGEST or any(ord(character) < 0x21 or ord(character) == 0x7F for character in url):
        raise FetchError("An address holds blanks, control characters, or is too long: correct it.", "bad-address")
    try:
        parts = urlsplit(url)
    except ValueError:
        raise FetchError(f"{url} is no address: correct it.", "bad-address") from None
    if parts.scheme not in _PORTS or not parts.hostname:
        raise FetchError(
            f"{url} is no address of the web: give one that begins with https:// or http://.", "bad-address"
        )
    if parts.username is not None or parts.password is not None:
        raise FetchError(f"{parts.hostname} is given with a user's name: leave it out.", "user-in-address")
    return parts


def is_public(address: Address) -> bool:
    """Return whether an address is public; ones packed into others (mapped, NAT64, 6to4, Teredo) are looked through."""
    inner = _unpacked(address)
    if inner is not None:
        return is_public(inner) and not (isinstance(address, ipaddress.IPv6Address) and address in _NAT64[1])
    private = address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback
    return address.is_global and not private and not getattr(address, "is_site_local", False)


def _unpacked(address: Address) -> ipaddress.IPv4Address | None:
    if not isinstance(address, ipaddress.IPv6Address):
        return None
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if any(address in network for network in _NAT64):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return ipaddress.IPv4Address(int(address)) if address in _COMPATIBLE and int(address) > 1 else None


def _is_numeric(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _looked_up(host: str, port: int, resolve: Resolver, seconds: float) -> list[str]:
    """Ask the name service once, and no longer than the time left."""
    found: list[str] = []
    failed: list[BaseException] = []

    def ask() -> None:
        try:
            found.extend(dict.fromkeys(resolve(host, port)))
        except (OSError, UnicodeError, ValueError) as error:
            failed.append(error)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(max(seconds, 0.0))
    if asking.is_alive():
        raise FetchError(f"{host} was not found in the time allowed.", "too-slow")
    return [] if failed else found


def system_resolver(host: str, port: int) -> list[str]:
    """Ask the system's name service."""
    answers: list[Any] = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(answer[4][0]) for answer in answers]


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
