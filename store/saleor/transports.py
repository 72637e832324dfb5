"""Transports of GraphQL requests: over HTTP, or into the embedded engine."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import httpx2

from store.saleor.errors import NetworkError


@dataclass(frozen=True, slots=True)
class Response:
    """An HTTP response: status, body as bytes, headers with lower-case names."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


class Transport(Protocol):
    """`headers` have lower-case names. `post` raises NetworkError when there is no response."""

    def post(self, body: bytes, headers: Mapping[str, str]) -> Response: ...


class HttpTransport:
    """A Saleor, or our engine on another host, over HTTP. Connections are pooled and shared by threads."""

    def __init__(self, url: str, *, timeout: float = 20.0) -> None:
        self.url = url
        self._client = httpx2.Client(timeout=timeout, follow_redirects=False)

    def post(self, body: bytes, headers: Mapping[str, str]) -> Response:
        try:
            response = self._client.post(self.url, content=body, headers=dict(headers))
        except httpx2.TransportError as error:
            raise NetworkError(self.url, str(error) or type(error).__name__) from error
        return Response(
            response.status_code, response.content, {k.lower(): v for k, v in response.headers.items()}
        )


class InProcessTransport:
    """The embedded engine, called as a function with the same bytes as over HTTP."""

    def __init__(self, serve: Callable[[bytes, Mapping[str, str]], Response]) -> None:
        self._serve = serve

    def post(self, body: bytes, headers: Mapping[str, str]) -> Response:
        return self._serve(body, headers)
