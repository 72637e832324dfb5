"""Slow clients at the WSGI middleware, without a server; with one: tests/faults/test_slow_clients.py."""

import threading
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from django.contrib.staticfiles.finders import get_finders
from django.core.signals import request_finished
from django.test import RequestFactory

from store import request_bodies, response_buffering, slow_clients
from store.request_bodies import BodyReader
from store.response_buffering import WHOLE_BYTES, ResponseBuffer
from store.slow_clients import SlowClients, TooManySlowClients
from store.wsgi_handler import CheckedHandler

THREADS = 4
POST = {"REQUEST_METHOD": "POST", "CONTENT_LENGTH": "3"}


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slow_clients, "SENDER_WAIT", 0.01)
    monkeypatch.setattr(slow_clients, "BODY_WAIT", 0.01)


class LargeFile:
    """A response of two pieces and unknown size."""

    streaming = True

    def __init__(self) -> None:
        self.closed = 0

    def __iter__(self) -> Iterator[bytes]:
        return iter([b"1", b"2"])

    def close(self) -> None:
        self.closed += 1


def ask(application: Callable[..., Any], environ: dict[str, Any]) -> tuple[str, Any]:
    """(status line, response)"""
    begun: list[str] = []
    response = application(environ, lambda status, headers: begun.append(status))
    return begun[0], response


def large_file(file: LargeFile) -> Callable[..., Any]:
    def application(environ: Any, start_response: Any) -> Any:
        start_response("200 OK", [])
        return file

    return application


def echo(environ: Any, start_response: Any) -> list[bytes]:
    start_response("200 OK", [])
    return [environ["wsgi.input"].read()]


def test_slow_senders_and_readers_together_leave_a_thread_free() -> None:
    slow, bodies = SlowClients(THREADS), 0
    held = []
    while True:
        try:
            slow.begin_sending()
        except TooManySlowClients:
            break
        held.append(slow)
    assert len(held) == THREADS - 2
    with slow.reading_body():
        bodies += 1
        with pytest.raises(TooManySlowClients), slow.reading_body():
            bodies += 1
    assert len(held) + bodies == THREADS - 1


def test_what_was_held_is_given_back() -> None:
    slow = SlowClients(THREADS)
    for _ in range(3 * THREADS):
        with slow.reading_body():
            pass
        response = ask(ResponseBuffer(large_file(LargeFile()), slow), {"REQUEST_METHOD": "GET"})[1]
        response.close()
        response.close()


def test_a_large_file_waits_for_the_one_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slow_clients, "SENDER_WAIT", 20)
    slow = SlowClients(THREADS)
    for _ in range(THREADS - 2):
        slow.begin_sending()
    threading.Timer(0.05, slow.end_sending).start()
    assert ask(ResponseBuffer(large_file(LargeFile()), slow), {"REQUEST_METHOD": "GET"})[0] == "200 OK"


def test_the_head_of_a_large_file_takes_no_thread() -> None:
    slow, file = SlowClients(THREADS), LargeFile()
    for _ in range(THREADS - 2):
        slow.begin_sending()
    assert ask(ResponseBuffer(large_file(file), slow), {"REQUEST_METHOD": "HEAD"}) == ("200 OK", [])
    assert file.closed == 1
    status, _ = ask(ResponseBuffer(large_file(file), slow), {"REQUEST_METHOD": "GET"})
    assert (status, file.closed) == ("503 Service Unavailable", 2)


def test_who_reads_too_slowly_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slow_clients, "seconds_for", lambda size: -1 if size > 1 else 60)
    slow = SlowClients(THREADS)
    _, response = ask(ResponseBuffer(large_file(LargeFile()), slow), {"REQUEST_METHOD": "GET"})
    assert list(response) == [b"1"]


def test_a_body_that_stops_arriving_is_answered_408_and_its_thread_is_free(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(request_bodies, "seconds_for", lambda size: 0.05)
    closed = threading.Event()

    class Silent:
        def read(self, size: int) -> bytes:
            closed.wait(20)
            return b""

    reader = BodyReader(echo, SlowClients(2))
    assert ask(reader, POST | {"wsgi.input": Silent()})[0].startswith("408 ")
    monkeypatch.undo()
    assert ask(reader, POST | {"wsgi.input": BytesIO(b"abc")}) == ("200 OK", [b"abc"])
    closed.set()


def test_an_error_of_the_server_while_a_body_is_read_is_raised() -> None:
    class Broken:
        def read(self, size: int) -> bytes:
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        ask(BodyReader(echo, SlowClients(2)), POST | {"wsgi.input": Broken()})


def test_our_static_files_are_handed_over_whole() -> None:
    """GraphiQL's are for whoever develops."""
    left_out = ["*.map", "graphene_django_graphiql_static"]
    sizes = {name: storage.size(name) for finder in get_finders() for name, storage in finder.list(left_out)}
    assert len(sizes) > 100
    assert {name for name, size in sizes.items() if size > WHOLE_BYTES} == set()
    assert response_buffering.WHOLE_BYTES < 1_000_000  # each connection may hold as much


@pytest.mark.parametrize(
    "content_type",
    ["text/plain; charset*=foo'x'y", "multipart/form-data; boundary*=foo'x'y", "text/plain; charset=hex",
     "application/x-www-form-urlencoded; charset=idna"],
)  # fmt: skip
def test_a_content_type_that_cant_be_read_is_answered_400(content_type: str) -> None:
    finished = list[bool]()

    def note(**_: Any) -> None:
        finished.append(True)

    request_finished.connect(note)
    try:
        environ = RequestFactory().post("/", b"a", content_type=content_type.partition(";")[0]).environ
        status, response = ask(CheckedHandler(), environ | {"CONTENT_TYPE": content_type})
        response.close()
    finally:
        request_finished.disconnect(note)
    assert (status, finished) == ("400 Bad Request", [True])
