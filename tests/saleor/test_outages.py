"""A shop that hangs, breaks off, or answers something else: time limits, the circuit breaker, and one tree of errors."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest

from store.saleor.circuit_breaker import CircuitBreaker
from store.saleor.client.client import Client
from store.saleor.errors import GraphQLError, HttpError, MalformedAnswer, NetworkError, SaleorError
from store.saleor.transports import CallLimits, HttpTransport

READ = b'{"query": "\\n query Channels { channels { slug } }"}'
WRITE = b'{"query": "\\n\\n mutation AppDelete { appDelete { id } }"}'


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def transport_of(answer: Callable[[httpx2.Request], httpx2.Response]) -> HttpTransport:
    transport = HttpTransport("https://saleor.example/graphql/")
    transport._client = httpx2.Client(transport=httpx2.MockTransport(answer))
    return transport


# --- the circuit breaker ---


def test_after_three_failures_nobody_asks_until_one_tries_again() -> None:
    clock = Clock()
    breaker = CircuitBreaker(failures=3, pause=5, clock=clock)
    for _ in range(3):
        assert breaker.may_call()
        breaker.failed()
    assert not breaker.may_call()
    clock.now = 5
    assert [breaker.may_call(), breaker.may_call()] == [True, False]
    breaker.failed()
    clock.now = 9.9
    assert not breaker.may_call()
    clock.now = 10
    assert breaker.may_call()
    breaker.succeeded()
    assert [breaker.may_call(), breaker.may_call()] == [True, True]


def test_a_success_in_between_starts_the_count_anew() -> None:
    breaker = CircuitBreaker(failures=2, clock=Clock())
    for _ in range(5):
        breaker.failed()
        breaker.succeeded()
    assert breaker.may_call()


def test_a_shop_that_is_away_is_not_asked_for_each_page() -> None:
    asked = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        raise httpx2.ConnectError("refused")

    transport = transport_of(answer)
    for _ in range(20):
        with pytest.raises(NetworkError):
            transport.post(READ, {})
    assert len(asked) == 3


# --- what is tried again ---


@pytest.mark.parametrize(("body", "times"), [(READ, 2), (WRITE, 1)])
def test_a_question_that_broke_off_is_asked_once_more_and_a_write_never(body: bytes, times: int) -> None:
    asked = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        raise httpx2.RemoteProtocolError("server disconnected without sending a response")

    with pytest.raises(NetworkError):
        transport_of(answer).post(body, {})
    assert len(asked) == times


def test_a_page_gives_up_sooner_than_a_write() -> None:
    seen = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request.extensions["timeout"]["read"])
        return httpx2.Response(200, json={"data": {}})

    transport = transport_of(answer)
    transport.limit(CallLimits(2, 10, 4))
    for body in (READ, WRITE, b"--boundary\r\n"):
        transport.post(body, {})
    assert [round(seconds) for seconds in seen] == [2, 10, 10]


# --- a shop that accepts and never answers ---


@pytest.fixture
def hanging() -> Iterator[str]:
    """The address of a server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/graphql/"


def test_a_hanging_shop_is_given_up_in_time(hanging: str) -> None:
    transport = HttpTransport(hanging, limits=CallLimits(0.1, 0.1, 4))
    with pytest.raises(NetworkError):
        transport.post(READ, {})


def test_no_more_calls_wait_than_there_may_be(hanging: str) -> None:
    """So that some threads stay free: the next one is told at once."""
    transport = HttpTransport(hanging, limits=CallLimits(5, 5, 2))
    waiting = threading.Semaphore(0)
    ask, errors = transport._ask, []

    def counted(*given: Any) -> Any:
        waiting.release()
        return ask(*given)

    transport._ask = counted  # type: ignore[method-assign]

    def call() -> None:
        try:
            transport.post(READ, {})
        except NetworkError as error:
            errors.append(error)

    threads = [threading.Thread(target=call, daemon=True) for _ in range(2)]
    for thread in threads:
        thread.start()
    for _ in threads:
        assert waiting.acquire(timeout=30)
    with pytest.raises(NetworkError, match="too many calls"):
        transport.post(READ, {})
    assert all(thread.is_alive() for thread in threads)
    assert errors == []


# --- answers of another kind ---


def errors_of(code: str) -> bytes:
    return json.dumps(
        {"errors": [{"message": "it broke", "extensions": {"exception": {"code": code}}}], "data": None}
    ).encode()


OUTAGES: dict[str, tuple[int, bytes, type[SaleorError], bool]] = {
    "a page of a proxy": (200, b"<html>Maintenance</html>", HttpError, True),
    "a gateway without a shop": (502, b"<html>Bad gateway</html>", HttpError, True),
    "garbage": (200, b"\x00\xff", HttpError, True),
    "nothing": (200, b"", HttpError, True),
    "a list": (200, b"[]", HttpError, True),
    "no data": (200, b'{"data": null}', MalformedAnswer, True),
    "empty data": (200, b'{"data": {}}', MalformedAnswer, True),
    "other data": (200, b'{"data": {"shop": {"version": 3}}}', MalformedAnswer, True),
    "its database is away": (400, errors_of("OperationalError"), GraphQLError, True),
    "a wrong token": (200, errors_of("PermissionDenied"), GraphQLError, False),
    "a redirect": (301, b"", HttpError, False),
    "a redirect to a page of maintenance": (302, b"", HttpError, True),
    "a wrong address": (404, b"<html>Not found</html>", HttpError, False),
}


@pytest.mark.parametrize("name", OUTAGES)
def test_each_is_one_of_our_errors(name: str) -> None:
    status, body, kind, is_retryable = OUTAGES[name]
    client = Client(transport_of(lambda request: httpx2.Response(status, content=body)))
    with pytest.raises(kind) as caught:
        client.shop_version()
    assert caught.value.is_retryable is is_retryable
