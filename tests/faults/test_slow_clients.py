"""Clients that send slowly: pages are served all the same."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
THREADS = 4
FILES = {"picture.png": 250_000, "film.mp4": 30_000_000}  # bytes; more than the kernel keeps for a reader


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a web server of its own."""
    folder = tmp_path_factory.mktemp("slow-clients")
    (folder / "media").mkdir()
    for name, size in FILES.items():
        (folder / "media" / name).write_bytes(bytes(size))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = probe.getsockname()[1]
    own = os.environ | {
        "DATA_DIR": str(folder),
        "PORT": str(number),
        "WEB_THREADS": str(THREADS),
        "HOST": "127.0.0.1",
    }
    web = subprocess.Popen([sys.executable, "manage.py", "web"], cwd=ROOT, env=own, start_new_session=True)
    try:
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "-v", "0"],
            cwd=ROOT,
            env=own,
            check=True,
        )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and web.poll() is None:
            try:
                seconds_for_a_page(number)
                break
            except OSError:
                time.sleep(0.2)
        yield number
    finally:
        os.killpg(web.pid, signal.SIGKILL)  # the server's worker process, too
        web.wait()


def seconds_for_a_page(port: int) -> float:
    started = time.monotonic()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/robots.txt", timeout=10) as answer:
        assert answer.status == 200
    return time.monotonic() - started


def status_of(port: int, path: str) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def slow_reader(port: int, path: str) -> socket.socket:
    """Asks for a file and reads nothing of it."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.settimeout(10)
    client.connect(("127.0.0.1", port))
    client.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    return client


def begin(port: int, text: str) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", port), timeout=10)
    client.sendall(text.encode())
    return client


@pytest.mark.fault
def test_slow_bodies_do_not_hold_all_threads(port: int) -> None:
    head = "POST /graphql/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 900000\r\n\r\n{"
    slow = [begin(port, head) for _ in range(4 * THREADS)]
    time.sleep(1)
    assert max(seconds_for_a_page(port) for _ in range(5)) < 5
    refused = begin(port, head.replace("900000", "1"))
    assert b" 503 " in refused.recv(100)
    for client in [*slow, refused]:
        client.close()
    time.sleep(1)
    done = begin(port, head.replace("900000", "1"))  # the slow ones have gone: a body is read again
    assert b" 400 " in done.recv(100)
    done.close()


@pytest.mark.fault
@pytest.mark.parametrize("sent", ["", "GET / HTTP/1.1\r\nHost: local"], ids=["nothing", "half a header"])
def test_connections_that_ask_nothing_delay_nobody_and_are_closed(port: int, sent: str) -> None:
    half = [begin(port, sent) for _ in range(600)]
    assert (
        seconds_for_a_page(port) < 4
    )  # they are closed after five seconds: who had to wait would wait so long
    time.sleep(8)
    half[0].settimeout(5)
    with half[0] as first:
        answer = first.recv(100)
    assert answer == b"" or b" 408 " in answer
    for client in half[1:]:
        client.close()


@pytest.mark.fault
@pytest.mark.parametrize("name", FILES)
def test_who_reads_slowly_does_not_hold_all_threads(port: int, name: str) -> None:
    slow = [slow_reader(port, f"/media/{name}") for _ in range(2 * THREADS)]
    assert max(seconds_for_a_page(port) for _ in range(5)) < 4
    for client in slow:
        client.close()
    deadline = time.monotonic() + 10
    while (status := status_of(port, f"/media/{name}")) == 503 and time.monotonic() < deadline:
        time.sleep(0.2)
    assert status == 200  # the slow ones have gone


@pytest.mark.fault
def test_slow_bodies_and_slow_readers_at_once_do_not_hold_all_threads(port: int) -> None:
    head = "POST /graphql/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000\r\n\r\n{"
    slow = [slow_reader(port, "/media/film.mp4") for _ in range(THREADS)]
    time.sleep(1)
    slow += [begin(port, head) for _ in range(2 * THREADS)]
    time.sleep(1)
    assert max(seconds_for_a_page(port) for _ in range(5)) < 5
    for client in slow:
        client.close()


# Bytes that are no text, numbers that are none or too large, dates, ranges and charsets that do not exist
MALFORMED = (
    "Content-Type: text/plain; charset*=foo'x'y", "Content-Type: a/b; charset=hex", "Content-Type: ;;;=",
    "Content-Type: multipart/form-data; boundary*=foo'x'y", "Content-Length: 1, 1", "Content-Length: -1",
    "Content-Length: " + "9" * 5000, "Cookie: \xff=\xff; sessionid=\xff", "Cookie: =;;=;,\x7f", "Range: bytes=--5",
    "Range: bytes=" + "9" * 5000 + "-", "Range: bytes=-0,1-", "If-Modified-Since: Sun, 99 Foo 99999 99:99:99 GMT",
    "If-Modified-Since: \xff", "If-None-Match: \xff", "Accept-Language: \xff", "Accept-Encoding: br;q=\xff",
    "X-Forwarded-For: \xff, ::::", "X-Forwarded-Proto: \xff", "Authorization: Basic \xff", "Origin: http://[",
    "Referer: http://[", "X-Forwarded-Host: [",
)  # fmt: skip


@pytest.mark.fault
def test_no_header_is_an_internal_error(port: int) -> None:
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        pytest.skip("pages, also those of errors, need collected static files")
    found = {}
    for path in ("/", "/%FF%00", "/media/picture.png", "/healthz", "/graphql/", "/?\xff=%FF"):
        for header in ("Host: [", *MALFORMED):
            host = "" if header.startswith("Host") else "Host: localhost\r\n"
            method = "POST" if header.startswith("Content-Type") else "GET"
            length = "Content-Length: 0\r\n" if method == "POST" else ""
            text = f"{method} {path} HTTP/1.1\r\n{host}{length}{header}\r\nConnection: close\r\n\r\n"
            with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
                client.sendall(text.encode("latin-1"))
                status = client.recv(100)[9:12]
            if status.startswith(b"5") or not status:
                found[path, header[:60]] = status
    assert found == {}


@pytest.mark.fault
def test_a_body_that_is_too_large_is_refused_before_it_is_sent(port: int) -> None:
    head = "POST /graphql/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99000000\r\n\r\n"
    with begin(port, head) as client:
        assert b" 413 " in client.recv(100)


@pytest.mark.fault
@pytest.mark.parametrize(("query", "header", "status"), [(80_000, 1, b" 414 "), (1, 200_000, b" 431 ")])
def test_headers_that_are_too_large_are_refused(port: int, query: int, header: int, status: bytes) -> None:
    text = f"GET /robots.txt?{'q' * query} HTTP/1.1\r\nHost: localhost\r\nCookie: c={'x' * header}\r\n\r\n"
    with begin(port, text) as client:
        assert status in client.recv(100)
