"""HTTP requests to addresses that others name: to the IP address that was checked, without redirects, of limited size
and time.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import httpx2

from store.engine.events import url_validation

TIMEOUT = httpx2.Timeout(18.0, connect=2.0)
DEADLINE = 20.0  # seconds for the whole response, so that a slowly sending receiver can't occupy a worker
MAX_RESPONSE_BYTES = 1_000_000


class ResponseTooLarge(httpx2.ReadError):
    """More bytes came than were asked for."""


@dataclass(frozen=True, slots=True)
class Response:
    status_code: int
    content_type: str
    body: bytes


def send(
    method: str,
    target: str | httpx2.URL,
    *,
    headers: Mapping[str, str] | None = None,
    content: bytes = b"",
    max_bytes: int | None = None,
    allow_private: bool | None = None,
) -> Response:
    """The response, whatever its status; `allow_private` as in `url_validation.resolve`.

    Raises ForbiddenAddress, ConnectionError (no such name), httpx2.InvalidURL, httpx2.HTTPError and, of the latter,
    ResponseTooLarge.
    """
    url = httpx2.URL(target)
    address = url_validation.resolve(url, allow_private=allow_private)
    request = _client().build_request(
        method,
        url.copy_with(host=address),
        content=content,
        headers={**(headers or {}), "Host": url.netloc.decode()},
        extensions={"sni_hostname": url.host},
    )
    response = _client().send(request, follow_redirects=False, stream=True)
    try:
        body = _read(response, max_bytes or MAX_RESPONSE_BYTES)
        return Response(response.status_code, response.headers.get("content-type", ""), body)
    finally:
        response.close()


def _read(response: httpx2.Response, max_bytes: int) -> bytes:
    deadline = time.monotonic() + DEADLINE
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > max_bytes:
            raise ResponseTooLarge(f"the answer is larger than {max_bytes} bytes")
        if time.monotonic() > deadline:
            raise httpx2.ReadTimeout(f"the answer took longer than {DEADLINE:.0f} seconds")
    return bytes(body)


@cache
def _client() -> httpx2.Client:
    return httpx2.Client(timeout=TIMEOUT, trust_env=False)
