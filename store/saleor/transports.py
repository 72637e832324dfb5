"""Transports of GraphQL requests: over HTTP, or into the embedded engine."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import httpx2

from store.saleor.errors import NetworkError
from store.saleor.text import load_json


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
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Response(response.status_code, _clean(response.content), headers)


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
