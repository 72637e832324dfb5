"""Requests that no browser sends, as bytes: heads that can't be read, lengths that lie, bodies that never end."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Literal
from urllib.parse import quote

from tests.fuzz.hostile_values import TEXTS

# What is expected: an answer or the end of the connection; for what is left unfinished, nothing at all.
Ending = Literal["answered", "left", "reset"]
PATHS = (
    "/",
    "/products/",
    "/products/silicone-starter-set/",
    "/cart/",
    "/checkout/",
    "/graphql/",
    "/admin/login/",
    "/healthz",
    "/guides/",
    "/de/guides/",
    "/orders/find/",
    "/hooks/saleor/",
    "/mail/unsubscribe/x/",
    "/feeds/products.xml",
    "/media/none.png",
    "/static/none.js",
    "/%FF%00",
    "//",
    "/\\",
)
HEADERS = (
    'Cookie: sessionid="\\000abcdefghij"; answer="\\001"',
    "Cookie: =;;=;,\x7f",
    "Content-Type: text/plain; charset*=foo'x'y",
    "Content-Type: a/b; charset=hex",
    "Range: bytes=" + "9" * 5000 + "-",
    "Range: bytes=0-0,0-0,0-0,-0",
    "If-None-Match: \xff",
    "If-Modified-Since: Sun, 99 Foo 99999 99:99:99 GMT",
    "Accept-Encoding: br;q=\xff, gzip;q=,,",
    "Accept-Language: " + "de;q=1," * 400,
    "X-Forwarded-For: \xff, ::::",
    "X-Forwarded-Host: evil.example",
    "Authorization: Bearer ..",
    "Origin: http://[",
    "Referer: http://[",
    "Expect: 100-continue",
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13",
    "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
    "Transfer-Encoding: identity",
    "TE: trailers, deflate;q=0.5",
    "X-Long: " + "x" * 30_000,
    "X-Longer: " + "x" * 120_000,
    " folded: line",
    "No colon at all",
)
GRAPHQL = (
    "",
    "{",
    "[" * 5000,
    '{"query": "{shop{name}}", "query": 1}',
    '{"query": "' + "{a" * 500 + '"}',
    '[{"query":"{shop{name}}"}]',
    '{"query": "query($a:Int){shop{name}}", "variables": ' + "9" * 5000 + "}",
    '{"query": "\\ud800"}',
    "\x00",
    "null",
)


@dataclass(frozen=True, slots=True)
class HostileRequest:
    kind: str
    content: bytes
    ending: Ending = "answered"


def random_request(random: Random) -> HostileRequest:
    make = random.choice(KINDS)
    return make(random)


def _head(random: Random, method: str, *headers: str, last: bool = True) -> str:
    path = random.choice(PATHS)
    if random.random() < 0.3:
        path += f"?{quote(random.choice(('q', 'page', 'answer', 'market', 'variant')))}={_encoded(random)}"
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", "Connection: close", *headers]
    return "\r\n".join(lines) + ("\r\n\r\n" if last else "")


def _encoded(random: Random) -> str:
    return quote(random.choice(TEXTS)[:300].encode(errors="surrogatepass"))


def _bytes(text: str) -> bytes:
    return text.encode("latin-1", errors="replace")


def odd_header(random: Random) -> HostileRequest:
    headers = random.sample(HEADERS, random.randint(1, 3))
    return HostileRequest(
        "odd header", _bytes(_head(random, random.choice(("GET", "HEAD", "OPTIONS")), *headers))
    )


def noise(random: Random) -> HostileRequest:
    return HostileRequest("noise", random.randbytes(random.randint(1, 400)) + b"\r\n\r\n")


def request_line(random: Random) -> HostileRequest:
    line = random.choice(
        (
            "GET / HTTP/9.9",
            "GET /",
            "get / HTTP/1.1",
            "G" * 9000 + " / HTTP/1.1",
            "GET http://evil.example/ HTTP/1.1",
            "CONNECT evil.example:443 HTTP/1.1",
            "TRACE / HTTP/1.1",
            "GET  /  HTTP/1.1",
            "PRI * HTTP/2.0",
            "OPTIONS * HTTP/1.1",
            "GET /" + "a" * 70_000 + " HTTP/1.1",
        )
    )
    return HostileRequest("request line", _bytes(f"{line}\r\nHost: localhost\r\nConnection: close\r\n\r\n"))


def two_of_a_kind(random: Random) -> HostileRequest:
    pair = random.choice(
        (
            ("Content-Length: 4", "Content-Length: 5"),
            ("Content-Length: 4", "Transfer-Encoding: chunked"),
            ("Host: evil.example", "X: y"),
            ("Transfer-Encoding: chunked", "Transfer-Encoding: xchunked"),
        )
    )
    return HostileRequest(
        "two of a kind", _bytes(_head(random, "POST", *pair) + "0\r\n\r\nGET /cart/ HTTP/1.1\r\n\r\n")
    )


def wrong_length(random: Random) -> HostileRequest:
    length = random.choice(("-1", "0x5", "9" * 40, "1 1", "", "+5", "5.0"))
    return HostileRequest(
        "wrong length", _bytes(_head(random, "POST", f"Content-Length: {length}") + "a=b&c")
    )


def body_missing(random: Random) -> HostileRequest:
    length = random.choice((10, 5000, 900_000))
    return HostileRequest(
        "body missing", _bytes(_head(random, "POST", f"Content-Length: {length}") + "a=b"), "left"
    )


def body_beyond(random: Random) -> HostileRequest:
    text = _head(random, "POST", "Content-Length: 3", "Content-Type: application/x-www-form-urlencoded")
    return HostileRequest("body beyond its length", _bytes(text + "a=b" * 500))


def odd_chunks(random: Random) -> HostileRequest:
    body = random.choice(
        (
            "5\r\nabc\r\n0\r\n\r\n",
            "-1\r\na\r\n0\r\n\r\n",
            "ffffffffffffffff\r\na\r\n0\r\n\r\n",
            "3;ext=" + "x" * 3000 + "\r\nabc\r\n0\r\n\r\n",
            "3\nabc\n0\n\n",
            "0\r\nTrailer: x\r\nHost: evil.example\r\n\r\n",
            "1\r\na\r\n" * 400 + "0\r\n\r\n",
            "zz\r\n",
        )
    )
    return HostileRequest(
        "odd chunks", _bytes(_head(random, "POST", "Transfer-Encoding: chunked") + body), "left"
    )


def pipelined(random: Random) -> HostileRequest:
    one = "GET /robots.txt HTTP/1.1\r\nHost: localhost\r\n\r\n"
    return HostileRequest("pipelined", _bytes(one * random.randint(2, 12) + _head(random, "GET")))


def half_a_head(random: Random) -> HostileRequest:
    text = _head(random, "GET", last=False)
    return HostileRequest("half a head", _bytes(text[: random.randint(1, len(text))]), "left")


def gone_in_the_answer(random: Random) -> HostileRequest:
    return HostileRequest("gone in the answer", _bytes(_head(random, "GET")), "reset")


def graphql(random: Random) -> HostileRequest:
    kind = random.choice(
        ("application/json", "text/plain", "multipart/form-data; boundary=b", "multipart/form-data")
    )
    body = _bytes(random.choice(GRAPHQL))
    head = f"POST /graphql/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: {kind}\r\n"
    return HostileRequest("graphql", _bytes(f"{head}Content-Length: {len(body)}\r\n\r\n") + body)


def form(random: Random) -> HostileRequest:
    pairs = (
        f"{quote(random.choice(TEXTS)[:20].encode(errors='replace'))}={_encoded(random)}" for _ in range(6)
    )
    body = "&".join(("number=1&email=a@b.example", *pairs))
    headers = ("Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}")
    return HostileRequest("form", _bytes(_head(random, "POST", *headers) + body))


KINDS: tuple[Callable[[Random], HostileRequest], ...] = (
    odd_header,
    noise,
    request_line,
    two_of_a_kind,
    wrong_length,
    body_missing,
    body_beyond,
    odd_chunks,
    pipelined,
    half_a_head,
    gone_in_the_answer,
    graphql,
    form,
)
