"""Transports of GraphQL requests: over HTTP, or into the embedded engine."""

import hashlib
import json
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

import httpx2

from store.saleor.circuit_breaker import CircuitBreaker
from store.saleor.errors import NetworkError
from store.saleor.text import load_json
from store.saleor.validity import Validity

CONNECT_SECONDS = 2.0
WAIT_FOR_A_SLOT = 0.05  # seconds; longer, and those who wait would hold the threads that must stay free
_MUTATION = re.compile(rb'\{"query": "(?:\s|\\n)*mutation\b')


@dataclass(frozen=True, slots=True)
class Response:
    """An HTTP response: status, body as bytes, headers with lower-case names; how long it holds, if that is known."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    validity: Validity | None = None


class Transport(Protocol):
    """`headers` have lower-case names. `post` raises NetworkError when there is no response."""

    def post(self, body: bytes, headers: Mapping[str, str]) -> Response: ...


@dataclass(frozen=True, slots=True)
class CallLimits:
    """Seconds for one call from begin to end, by kind, and how many calls there may be at the same moment.

    A page gives up soon; a write is given longer, since nobody knows what became of one that was given up.
    """

    read_seconds: float = 20.0
    write_seconds: float = 30.0
    calls: int = 64


class HttpTransport:
    """A Saleor, or our engine on another host, over HTTP. Connections are pooled and shared by threads.

    `ask_again_seconds`: for so long a response is taken to hold; after that it is compared with a new one.
    A connection that could not be made is tried once more; a question, not a write, also after one that broke off.
    """

    def __init__(self, url: str, *, limits: CallLimits | None = None, ask_again_seconds: float = 0.0) -> None:
        self.url, self.ask_again_seconds = url, ask_again_seconds
        self.breaker = CircuitBreaker()
        self._client = httpx2.Client(transport=httpx2.HTTPTransport(retries=1), follow_redirects=False)
        self.limit(limits or CallLimits())

    def limit(self, limits: CallLimits) -> None:
        """Set the limits of the calls from now on."""
        self.limits = limits
        self._slots = threading.BoundedSemaphore(limits.calls)

    def post(self, body: bytes, headers: Mapping[str, str]) -> Response:
        slots = self._slots
        if not slots.acquire(timeout=WAIT_FOR_A_SLOT):
            raise NetworkError(self.url, "too many calls wait for it already")
        try:
            if not self.breaker.may_call():
                raise NetworkError(self.url, "it has not answered lately, and is asked again in some seconds")
            answer = self._ask(body, headers)
        finally:
            slots.release()
        return replace(answer, validity=_RemoteValidity(self, body, headers, answer))

    def _ask(self, body: bytes, headers: Mapping[str, str]) -> Response:
        try:
            answer = self._send(body, headers)
        except (NetworkError, httpx2.RequestError) as error:
            self.breaker.failed()
            if isinstance(error, NetworkError):
                raise
            raise NetworkError(self.url, str(error) or type(error).__name__) from error
        if answer.status >= 500:
            self.breaker.failed()
        else:
            self.breaker.succeeded()
        return answer

    def _send(self, body: bytes, headers: Mapping[str, str]) -> Response:
        is_write = _is_write(body)
        ends_at = time.monotonic() + (self.limits.write_seconds if is_write else self.limits.read_seconds)
        try:
            return self._exchange(body, headers, ends_at)
        except (
            httpx2.RemoteProtocolError,
            httpx2.ReadError,
        ):  # a kept connection that the other side has closed
            if is_write:
                raise
            return self._exchange(body, headers, ends_at)

    def _exchange(self, body: bytes, headers: Mapping[str, str], ends_at: float) -> Response:
        """Raises NetworkError when the time is over, also while a response trickles in."""
        seconds = max(ends_at - time.monotonic(), 0.001)
        timeout = httpx2.Timeout(seconds, connect=min(seconds, CONNECT_SECONDS))
        with self._client.stream(
            "POST", self.url, content=body, headers=dict(headers), timeout=timeout
        ) as response:
            parts = []
            for part in response.iter_bytes():
                if time.monotonic() > ends_at:
                    raise NetworkError(self.url, "its response took too long")
                parts.append(part)
            return Response(
                response.status_code,
                _clean(b"".join(parts)),
                {name.lower(): value for name, value in response.headers.items()},
            )


def _is_write(body: bytes) -> bool:
    """A mutation, or a form with files, which only mutations take."""
    return _MUTATION.match(body) is not None or not body.startswith(b"{")


class _RemoteValidity:
    """Holds for some seconds at a time. Then the same request is sent again: by one thread, while others go on."""

    def __init__(
        self, transport: HttpTransport, request: bytes, headers: Mapping[str, str], answer: Response
    ) -> None:
        self._transport, self._request, self._headers = transport, request, headers
        self._answer = _digest(answer)  # a page cache holds many of these
        self._until = time.time() + transport.ask_again_seconds
        self._lock = threading.Lock()

    def holds_until(self) -> float | None:
        if time.time() < self._until or not self._lock.acquire(blocking=False):
            return self._until
        try:
            again = self._transport.post(self._request, self._headers)
        except NetworkError:
            return None
        finally:
            self._lock.release()
        if _digest(again) != self._answer:
            return None
        self._until = time.time() + self._transport.ask_again_seconds
        return self._until


def _digest(answer: Response) -> tuple[int, bytes]:
    return answer.status, hashlib.blake2b(answer.body, digest_size=32).digest()


def _clean(body: bytes) -> bytes:
    """The JSON with cleaned texts: a Saleor may hold what our pages and mails can't show. Other bodies as they are."""
    try:
        return json.dumps(load_json(body, repair=True)).encode()
    except ValueError:
        return body


class InProcessTransport:
    """The embedded engine, called as a function with the same bytes as over HTTP."""

    def __init__(self, serve: Callable[[bytes, Mapping[str, str]], Response]) -> None:
        self._serve = serve

    def post(self, body: bytes, headers: Mapping[str, str]) -> Response:
        return self._serve(body, headers)
