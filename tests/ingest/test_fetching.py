"""The safe fetcher against hostile name services, servers and addresses; every server stands on the loopback."""

from __future__ import annotations

import contextlib
import gzip
import socket
import ssl
import threading
import time

import pytest
import trustme

from onrecord.errors import FetchError
from onrecord.ingest import addresses
from onrecord.ingest.addresses import is_public
from onrecord.ingest.fetching import Fetcher, Limits

PUBLIC = "93.184.216.34"


class Server:
    """Answers each connection by a function of the request's first line; counts what was asked."""

    def __init__(self, answer, tls=None):
        self.asked = []
        self._answer = answer
        self._tls = tls
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._open = True
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while self._open:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._one, args=(connection,), daemon=True).start()

    def _one(self, connection):
        held = connection
        try:
            with contextlib.suppress(OSError, IndexError):
                held = self._tls.wrap_socket(connection, server_side=True) if self._tls else connection
                request = b""
                while b"\r\n\r\n" not in request and (got := held.recv(4096)):
                    request += got
                path = request.split(b" ")[1].decode()
                self.asked.append(path)
                self._answer(path, held.sendall)
        finally:
            held.close()
            connection.close()

    def close(self):
        self._open = False
        self._socket.close()


@pytest.fixture
def serve():
    servers = []

    def start(answer, tls=None):
        servers.append(Server(answer, tls))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


def reply(body=b"hello", status="200 OK", **headers):
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def page(body=b"hello", status="200 OK", **headers):
    def answer(path, send):
        send(reply(status="404 Not Found") if path == "/robots.txt" else reply(body, status, **headers))

    return answer


def local(**options):
    return Fetcher(allow_private=True, limits=options.pop("limits", Limits(seconds=3.0)), **options)


def test_a_page_is_fetched_with_its_headers(serve):
    server = serve(page(b"<p>Rain</p>", Content_Type="text/html; charset=utf-8"))
    fetched = local().fetch(f"http://127.0.0.1:{server.port}/a?b=c#d")
    assert (fetched.body, fetched.status, fetched.content_type) == (b"<p>Rain</p>", 200, "text/html")
    assert server.asked == ["/robots.txt", "/a?b=c"]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::808:808", "2002:7f00:1::", "::127.0.0.1", "2001:db8::1",
        "2001:0:7f00:1::80ff:fffe",
    ],
)  # fmt: skip
def test_no_address_that_is_not_public_is_fetched(address):
    fetcher = Fetcher(resolve=lambda _host, _port: [address])
    with pytest.raises(FetchError, match="not a public address") as raised:
        fetcher.fetch("http://news.example/")
    assert raised.value.reason == "not-public"


def test_public_addresses_are_public():
    import ipaddress

    for address in (PUBLIC, "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::808:808"):
        assert is_public(ipaddress.ip_address(address)), address


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost"])
def test_other_spellings_of_a_private_host_are_refused(host):
    with pytest.raises(FetchError) as raised:
        Fetcher().fetch(f"http://{host}/")
    assert raised.value.reason in {"not-public", "no-host"}


def test_an_answer_that_mixes_public_and_private_is_refused_whole():
    with pytest.raises(FetchError) as raised:
        Fetcher(resolve=lambda _host, _port: [PUBLIC, "127.0.0.1"]).fetch("http://news.example/")
    assert raised.value.reason == "not-public"


def test_the_name_is_asked_once_a_hop_so_that_a_second_answer_leads_nowhere(serve):
    server = serve(page())
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    fetched = local(resolve=lambda _host, _port: next(answers), heed_robots=True).fetch(
        f"http://news.example:{server.port}/"
    )
    assert fetched.body == b"hello"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://news.example/", "bad-address"),
        ("file:///etc/passwd", "bad-address"),
        ("http:///x", "bad-address"),
        ("http://news.example:99999/", "bad-address"),
        ("http://a b/", "bad-address"),
        ("http://news.example/\r\nHost: x", "bad-address"),
        ("http://user:word@news.example/", "user-in-address"),
        ("http://news.example:22/", "odd-port"),
        ("http://[::1", "bad-address"),
        ("http://" + "a" * 5_000 + "/", "bad-address"),
        ("http://nowhere.invalid/", "no-host"),
    ],
)
def test_odd_addresses_are_refused_by_their_reason(url, reason):
    def resolve(host, _port):
        if host.endswith(".invalid"):
            raise socket.gaierror
        return [PUBLIC]

    with pytest.raises(FetchError) as raised:
        Fetcher(resolve=resolve).fetch(url)
    assert raised.value.reason == reason


def test_a_redirect_to_a_private_address_is_refused(serve, monkeypatch):
    server = serve(page(status="302 Found", Location="http://169.254.169.254/latest"))
    monkeypatch.setattr(addresses, "_PORTS", {"http": server.port, "https": 443})
    monkeypatch.setattr(addresses, "is_public", lambda address: is_public(address) or str(address) == "127.0.0.1")
    with pytest.raises(FetchError) as raised:
        Fetcher(resolve=lambda host, _port: [host if host[0].isdigit() else "127.0.0.1"]).fetch("http://news.example/")
    assert raised.value.reason == "not-public"
    assert "169.254.169.254" in str(raised.value)
    assert server.asked == ["/robots.txt", "/"]


def test_redirects_end(serve):
    server = serve(
        lambda path, send: send(
            reply(status="404 Not Found") if path == "/robots.txt" else reply(status="302 Found", Location=f"{path}x")
        )
    )
    with pytest.raises(FetchError) as raised:
        local().fetch(f"http://127.0.0.1:{server.port}/")
    assert raised.value.reason == "redirects"


def test_a_redirect_is_followed_and_named(serve):
    def answer(path, send):
        if path == "/robots.txt":
            send(reply(status="404 Not Found"))
        else:
            send(reply(b"there") if path == "/b" else reply(status="301 Moved", Location="/b"))

    server = serve(answer)
    fetched = local().fetch(f"http://127.0.0.1:{server.port}/a")
    assert (fetched.body, fetched.url.rsplit("/", 1)[1], fetched.asked.rsplit("/", 1)[1]) == (b"there", "b", "a")


def dripping_headers(_path, send):
    send(b"HTTP/1.1 200 OK\r\n")
    for number in range(100):
        send(f"X-{number}: a\r\n".encode())
        time.sleep(0.1)


def dripping_body(_path, send):
    send(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(100):
        send(b"a")
        time.sleep(0.1)


def endless_body(_path, send):
    send(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        send(b"a" * 1_000)
        time.sleep(0.01)


def silent(_path, _send):
    time.sleep(10)


@pytest.mark.parametrize("answer", [dripping_headers, dripping_body, endless_body, silent])
def test_one_clock_ends_every_reply(serve, answer):
    server = serve(answer)
    began = time.monotonic()
    with pytest.raises(FetchError) as raised:
        local(limits=Limits(seconds=0.7), heed_robots=False).fetch(f"http://127.0.0.1:{server.port}/")
    assert raised.value.reason == "too-slow"
    assert time.monotonic() - began < 3


def test_a_name_service_that_hangs_ends_too():
    began = time.monotonic()
    with pytest.raises(FetchError) as raised:
        Fetcher(resolve=lambda _h, _p: time.sleep(4) or [], limits=Limits(seconds=0.3)).fetch("http://news.example/")
    assert raised.value.reason == "too-slow"
    assert time.monotonic() - began < 3


def test_a_large_body_is_refused(serve):
    server = serve(page(b"a" * 200_000))
    with pytest.raises(FetchError) as raised:
        local(limits=Limits(seconds=3, size=100_000)).fetch(f"http://127.0.0.1:{server.port}/")
    assert raised.value.reason == "too-large"


def test_a_small_body_that_unpacks_to_a_large_one_is_refused(serve):
    server = serve(page(gzip.compress(b"a" * 50_000_000), Content_Encoding="gzip"))
    with pytest.raises(FetchError) as raised:
        local(limits=Limits(seconds=10, size=1_000_000)).fetch(f"http://127.0.0.1:{server.port}/")
    assert raised.value.reason == "too-large"


@pytest.mark.parametrize("junk", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"])
def test_a_broken_reply_is_a_failure(serve, junk):
    server = serve(lambda _path, send: send(junk))
    with pytest.raises(FetchError) as raised:
        local(heed_robots=False).fetch(f"http://127.0.0.1:{server.port}/")
    assert raised.value.reason == "failed"


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        (reply(b"User-agent: *\nDisallow: /private\n"), True),
        (reply(b"User-agent: *\nDisallow: /\n"), False),
        (reply(b"User-agent: onrecord\nDisallow: /a\n"), False),
        (reply(b"User-agent: onrecord\nAllow: /\n\nUser-agent: *\nDisallow: /\n"), True),
        (reply(status="404 Not Found"), True),
        (reply(status="503 Busy"), False),
        (reply(b"\x00\xff nonsense"), True),
    ],
)
def test_robots_txt_is_heeded(serve, robots, allowed):
    server = serve(lambda path, send: send(robots if path == "/robots.txt" else reply()))
    if allowed:
        assert local().fetch(f"http://127.0.0.1:{server.port}/a").body == b"hello"
    else:
        with pytest.raises(FetchError) as raised:
            local().fetch(f"http://127.0.0.1:{server.port}/a")
        assert raised.value.reason == "robots"
    assert server.asked[0] == "/robots.txt"


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


def secure(authority, name):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


def trusting(authority):
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def test_tls_holds_the_certificate_against_the_name_asked_for(serve, authority):
    server = serve(page(b"secret"), secure(authority, "news.example"))
    fetcher = local(resolve=lambda _h, _p: ["127.0.0.1"], tls=trusting(authority))
    assert fetcher.fetch(f"https://news.example:{server.port}/").body == b"secret"
    with pytest.raises(FetchError) as raised:
        fetcher.fetch(f"https://other.example:{server.port}/")
    assert raised.value.reason == "failed"
    assert "certificate" in str(raised.value).casefold()


def test_tls_by_a_stranger_is_refused(serve, authority):
    server = serve(page(), secure(authority, "news.example"))
    with pytest.raises(FetchError) as raised:
        local(resolve=lambda _h, _p: ["127.0.0.1"]).fetch(f"https://news.example:{server.port}/")
    assert raised.value.reason == "failed"


def test_a_tls_handshake_that_hangs_ends():
    listener = socket.create_server(("127.0.0.1", 0))
    began = time.monotonic()
    with pytest.raises(FetchError) as raised:
        local(limits=Limits(seconds=0.5), resolve=lambda _h, _p: ["127.0.0.1"]).fetch(
            f"https://news.example:{listener.getsockname()[1]}/"
        )
    listener.close()
    assert raised.value.reason == "too-slow"
    assert time.monotonic() - began < 3
