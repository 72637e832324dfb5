"""Transports of GraphQL requests: over HTTP, or into the embedded engine."""

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

import httpx2

from store.saleor.errors import NetworkError
from store.saleor.text import load_json
from store.saleor.validity import Validity


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


class HttpTransport:
    """A Saleor, or our engine on another host, over HTTP. Connections are pooled and shared by threads.

    `ask_again_seconds`: for so long a response is taken to hold; after that it is compared with a new one.
    """

    def __init__(self, url: str, *, timeout: float = 20.0, ask_again_seconds: float = 0.0) -> None:
        self.url, self.ask_again_seconds = url, ask_again_seconds
        self._client = httpx2.Client(timeout=timeout, follow_redirects=False)

    def post(self, body: bytes, headers: Mapping[str, str]) -> Response:
        try:
            response = self._client.post(self.url, content=body, headers=dict(headers))
        except httpx2.TransportError as error:
            raise NetworkError(self.url, str(error) or type(error).__name__) from error
        answer = Response(
            response.status_code,
            _clean(response.content),
            {name.lower(): value for name, value in response.headers.items()},
        )
        return replace(answer, validity=_RemoteValidity(self, body, headers, answer))


class _RemoteValidity:
    """Holds for some seconds at a time. Then the same request is sent again: by one thread, while others go on."""

    def __init__(
        self, transport: HttpTransport, request: bytes, headers: Mapping[str, str], answer: Response
    ) -> None:
        self._transport, self._request, self._headers, self._answer = transport, request, headers, answer
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
        if (again.status, again.body) != (self._answer.status, self._answer.body):
            return None
        self._until = time.time() + self._transport.ask_again_seconds
        return self._until


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
