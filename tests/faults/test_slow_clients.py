"""Clients that send slowly: pages are served all the same."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
THREADS = 4


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a web server of its own."""
    folder = tmp_path_factory.mktemp("slow-clients")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(number), "--blocking-threads", str(THREADS),
        "--backpressure", "256", "--http1-header-read-timeout", "5000", "--no-ws", "--log-level", "error",
        "store.wsgi:application",
    ]  # fmt: skip
    own = {"DATA_DIR": str(folder), "PORT": str(number), "WEB_THREADS": str(THREADS)}
    web = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **own, "DJANGO_SETTINGS_MODULE": "store.settings"},
        start_new_session=True,
    )
    try:
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "-v", "0"],
            cwd=ROOT,
            env={**os.environ, **own},
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
def test_half_sent_headers_are_closed(port: int) -> None:
    half = [begin(port, "GET / HTTP/1.1\r\nHost: local") for _ in range(100)]
    assert seconds_for_a_page(port) < 5
    time.sleep(8)
    half[0].settimeout(5)
    with half[0] as first:
        answer = first.recv(100)
    assert answer == b"" or b" 408 " in answer
    for client in half[1:]:
        client.close()


@pytest.mark.fault
def test_a_body_that_is_too_large_is_refused_before_it_is_sent(port: int) -> None:
    head = "POST /graphql/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99000000\r\n\r\n"
    with begin(port, head) as client:
        assert b" 413 " in client.recv(100)
