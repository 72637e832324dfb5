"""The shop's own requests are led to a server inside: tried with real sockets, it is never reached.

127.0.0.2 stands for the internet here, and 127.0.0.1 for what is inside.
"""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import httpx2
import pytest

from store.engine.events import checked_requests, url_validation

OUTSIDE, INSIDE = "127.0.0.2", "127.0.0.1"


class Server(HTTPServer):
    """Notes what it is asked for; redirects to `leads_to` if there is one."""

    def __init__(self, host: str, port: int = 0) -> None:
        super().__init__((host, port), Handler)
        self.asked: list[str] = []
        self.leads_to = ""


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(self.headers.get("Host", ""))
        self.send_response(302 if self.server.leads_to else 200)
        if self.server.leads_to:
            self.send_header("Location", self.server.leads_to)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is printed."""


@pytest.fixture
def servers(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Server, Server]]:
    """(outside, inside) on one port."""
    outside = Server(OUTSIDE)
    inside = Server(INSIDE, outside.server_port)
    for server in (outside, inside):
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    is_public = url_validation.is_public
    monkeypatch.setattr(url_validation, "is_public", lambda ip: ip == OUTSIDE or is_public(ip))
    yield outside, inside
    for server in (outside, inside):
        server.shutdown()
        server.server_close()


class Resolver:
    """A name server that answers differently each time; addresses in numbers are resolved as ever."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers, self.asked = list(answers), 0
        self._real = socket.getaddrinfo

    def __call__(self, host: Any, port: Any, *more: Any, **named: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if not str(name).endswith(".example"):
            return self._real(host, port, *more, **named)
        addresses = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port or 0)) for address in addresses]


def test_a_name_that_leads_inside_from_the_second_answer_on_is_asked_once(
    servers: tuple[Server, Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    outside, inside = servers
    resolver = Resolver([OUTSIDE], [INSIDE])
    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    host = f"rebinding.example:{outside.server_port}"
    assert checked_requests.send("GET", f"http://{host}/").status_code == 200
    assert (outside.asked, inside.asked, resolver.asked) == ([host], [], 1)

    with pytest.raises(url_validation.ForbiddenAddress):
        checked_requests.send("GET", f"http://{host}/")
    assert (len(outside.asked), inside.asked) == (1, [])


def test_a_name_with_an_address_inside_among_others_is_not_called(
    servers: tuple[Server, Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    outside, inside = servers
    monkeypatch.setattr(socket, "getaddrinfo", Resolver([OUTSIDE, INSIDE]))
    with pytest.raises(url_validation.ForbiddenAddress):
        checked_requests.send("GET", f"http://both.example:{outside.server_port}/")
    assert (outside.asked, inside.asked) == ([], [])


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:{port}/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]:{port}/",
        "//127.0.0.1:{port}/",
    ],
)
def test_a_redirect_is_an_answer_and_is_not_followed(
    servers: tuple[Server, Server], monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    outside, inside = servers
    monkeypatch.setattr(socket, "getaddrinfo", Resolver([OUTSIDE]))
    outside.leads_to = target.format(port=outside.server_port)
    assert checked_requests.send("GET", f"http://hop.example:{outside.server_port}/").status_code == 302
    assert (len(outside.asked), inside.asked) == (1, [])


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "LOCALHOST", "localhost.", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1",
        "0", "127.0.0.1.", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[::1%25lo]",
        "[fe80::1%25lo]", "①②⑦.⓪.⓪.①", "１２７.0.0.1", "127。0。0。1", "user:word@127.0.0.1", "out.example@127.0.0.1",
        "out.example:80@127.0.0.1", "out.example%40127.0.0.1", "127.0.0.1%2f@out.example@127.0.0.1", " 127.0.0.1",
        "127.0.0.1\t", "169.254.169.254", "[fd00:ec2::254]", "metadata.google.internal", "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
    ],
)  # fmt: skip
def test_no_spelling_of_a_host_leads_inside(
    servers: tuple[Server, Server], monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    outside, inside = servers
    monkeypatch.setattr(socket, "getaddrinfo", Resolver([INSIDE]))
    with pytest.raises((url_validation.ForbiddenAddress, url_validation.NoAddress, httpx2.InvalidURL)):
        checked_requests.send("GET", f"http://{host}:{outside.server_port}/")
    assert (outside.asked, inside.asked) == ([], [])


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "gopher://out.example/", "ftp://out.example/", "http:///x", "x", ""]
)
def test_only_http_is_called(servers: tuple[Server, Server], url: str) -> None:
    with pytest.raises((url_validation.ForbiddenAddress, httpx2.InvalidURL)):
        checked_requests.send("GET", url)
