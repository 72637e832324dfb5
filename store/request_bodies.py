"""WSGI middleware that reads the whole body of a request before the application begins.

A client that sends its body slowly occupies a thread until it has sent it. At most all threads but one wait for
bodies, so that pages are served meanwhile; who comes then with a body of its own is told to come back. Too large a body
is refused before it is read. A proxy that passes on whole requests only (docs/deploy.md) keeps slow clients off.
"""

import tempfile
import threading
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings

from store.saleor.whole_numbers import whole_number

MEMORY_BYTES = 1_000_000  # a larger body is kept in a file that is gone with the request
WAIT_SECONDS = 0.05  # a body that is there already is read in less
CHUNK_BYTES = 65_536

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class BodyReader:
    """Wraps a WSGI application; `threads` is how many requests one process serves at once."""

    def __init__(self, application: Application, *, threads: int) -> None:
        self.application = application
        self.readers = threading.BoundedSemaphore(max(1, threads - 1))

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        length = _length(environ)
        if length is not None and length > settings.MAX_BODY:
            return _answer(start_response, "413 Content Too Large", "The request is too large.")
        if length == 0:
            return self.application(environ, start_response)
        if not self.readers.acquire(timeout=WAIT_SECONDS):
            return _answer(start_response, "503 Service Unavailable", "Please try again in a moment.")
        try:
            body = _read(environ["wsgi.input"], length)
        finally:
            self.readers.release()
        if body is None:
            return _answer(start_response, "413 Content Too Large", "The request is too large.")
        environ["wsgi.input"] = body  # closed when the request is forgotten
        environ["CONTENT_LENGTH"] = str(_size(body))
        return self.application(environ, start_response)


def _length(environ: dict[str, Any]) -> int | None:
    """Bytes of the body; 0 when there is none, None when it comes in chunks of unknown number."""
    if environ.get("HTTP_TRANSFER_ENCODING"):
        return None
    return whole_number(environ.get("CONTENT_LENGTH") or "0") or 0


def _read(source: Any, length: int | None) -> Any:
    """The body as a file at its beginning; None if it is too large."""
    body = tempfile.SpooledTemporaryFile(max_size=MEMORY_BYTES)  # noqa: SIM115 - closed with the request
    left = settings.MAX_BODY + 1 if length is None else length
    while left > 0 and (chunk := source.read(min(CHUNK_BYTES, left))):
        body.write(chunk)
        left -= len(chunk)
    if length is None and left == 0:
        body.close()
        return None
    body.seek(0)
    return body


def _size(body: Any) -> int:
    size = body.seek(0, 2)
    body.seek(0)
    return int(size)


def _answer(start_response: Callable[..., Any], status: str, message: str) -> Iterable[bytes]:
    headers = [("Content-Type", "text/plain; charset=utf-8"), ("Connection", "close"), ("Retry-After", "1")]
    start_response(status, headers)
    return [message.encode()]
