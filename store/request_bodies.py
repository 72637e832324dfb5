"""WSGI middleware that reads the whole body of a request before the application begins.

A client that sends its body slowly occupies a thread until it has sent it (`slow_clients`); who comes when no thread is
left for that is told to come back, and who takes too long is answered 408. Too large a body is refused before it is
read. A proxy that passes on whole requests only (docs/deploy.md) keeps slow clients off.
"""

import tempfile
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from store.saleor.whole_numbers import whole_number
from store.slow_clients import SlowClients, TooManySlowClients, seconds_for

MEMORY_BYTES = 1_000_000  # a larger body is kept in a file that is gone with the request
CHUNK_BYTES = 65_536

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class BodyReader:
    """Wraps a WSGI application."""

    def __init__(self, application: Application, slow_clients: SlowClients) -> None:
        self.application, self.slow_clients = application, slow_clients

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        length = _length(environ)
        if length is not None and length > settings.MAX_BODY:
            return _answer(start_response, "413 Content Too Large", "The request is too large.")
        if length == 0:
            return self.application(environ, start_response)
        reading = _Reading(environ["wsgi.input"], length)
        try:
            with self.slow_clients.reading_body():
                reading.run()
        except TooManySlowClients:
            return _answer(start_response, "503 Service Unavailable", "Please try again in a moment.")
        except TimeoutError:
            return _answer(start_response, "408 Request Timeout", "The request took too long to arrive.")
        if reading.body is None:
            return _answer(start_response, "413 Content Too Large", "The request is too large.")
        environ["wsgi.input"] = reading.body  # closed when the request is forgotten
        environ["CONTENT_LENGTH"] = str(_size(reading.body))
        return self.application(environ, start_response)


@dataclass(slots=True)
class _Reading:
    """`body`: a file at its beginning; None if it is too large, and before it is there.

    A read of the server's can't be interrupted. It goes on in a thread of its own until the answer 408 closes the
    connection, so that a client that went away without a word doesn't keep one of the server's threads for ever.
    """

    source: Any
    length: int | None
    body: Any = None
    error: Exception | None = None

    def run(self) -> None:
        """Raises TimeoutError, and what the server raises."""
        reader = threading.Thread(target=self._read_or_fail, name="request body", daemon=True)
        reader.start()
        reader.join(seconds_for(settings.MAX_BODY if self.length is None else self.length))
        if reader.is_alive():
            raise TimeoutError
        if self.error is not None:
            raise self.error

    def _read_or_fail(self) -> None:
        try:
            self.body = _read(self.source, self.length)
        except Exception as error:  # raised where the request is
            self.error = error


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
