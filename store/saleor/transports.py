"""Bytes in, bytes out: how a GraphQL request reaches whichever Saleor answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import httpx2

from store.saleor.errors import NetworkError


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer: status, body as bytes, headers with lower-case names."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


class Transport(Protocol):
    """One verb. `headers` have lower-case names; raises NetworkError when nothing answered."""

    def post(self, body: bytes, headers: Mapping[str, str]) -> Answer: ...


class HttpTransport:
    """A real Saleor (or our own engine elsewhere) over HTTP. Connections are kept and shared by threads."""

    def __init__(self, url: str, *, timeout: float = 20.0) -> None:
        self.url = url
        self._client = httpx2.Client(timeout=timeout, follow_redirects=False)

    def post(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        try:
            response = self._client.post(self.url, content=body, headers=dict(headers))
        except httpx2.TransportError as error:
            raise NetworkError(self.url, str(error) or type(error).__name__) from error
        return Answer(
            response.status_code, response.content, {k.lower(): v for k, v in response.headers.items()}
        )


class InProcessTransport:
    """The embedded engine, called as a function: the same bytes as over HTTP, without the socket."""

    def __init__(self, serve: Callable[[bytes, Mapping[str, str]], Answer]) -> None:
        self._serve = serve

    def post(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        return self._serve(body, headers)
