"""WSGI middleware that hands a response to the server in one piece, so that a slow reader holds no thread.

A server passes on an iterable from the thread that made it, and that thread waits for the reader. Pages, scripts and
pictures are small enough to be given away at once. A larger file is passed on in pieces, on some of the threads
(`slow_clients`); who asks for one more is told to come back.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from store.saleor.whole_numbers import whole_number
from store.slow_clients import Pace, SlowClients, TooManySlowClients

WHOLE_BYTES = 350_000  # a larger file is read in pieces; all our static files are smaller

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class ResponseBuffer:
    """Wraps a WSGI application."""

    def __init__(self, application: Application, slow_clients: SlowClients) -> None:
        self.application, self.slow_clients = application, slow_clients

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        begun: list[tuple[Any, ...]] = []
        response = self.application(environ, lambda *head: begun.append(head))
        if environ["REQUEST_METHOD"] == "HEAD":
            start_response(*begun[-1])
            _close(response)
            return []
        if _is_small(response, begun[-1][1]):
            start_response(*begun[-1])
            return _whole(response)
        try:
            self.slow_clients.begin_sending()
        except TooManySlowClients:
            _close(response)
            headers = [("Content-Type", "text/plain; charset=utf-8"), ("Retry-After", "5")]
            start_response("503 Service Unavailable", headers)
            return [b"Please try again in a moment."]
        start_response(*begun[-1])
        return _Pieces(response, self.slow_clients.end_sending)


class _Pieces:
    """A response whose end, or the going away of its reader, is told once. It ends early for who reads too slowly.

    Who reads nothing at all is ended by a proxy, or by the kernel when it acknowledges nothing (about a quarter of an
    hour): the server asks for no further piece then.
    """

    def __init__(self, response: Iterable[bytes], ended: Callable[[], None]) -> None:
        self.response, self._ended = response, [ended]

    def __iter__(self) -> Iterator[bytes]:
        pace = Pace()
        for piece in self.response:
            if pace.is_too_slow(len(piece)):
                return
            yield piece

    def close(self) -> None:
        try:
            _close(self.response)
        finally:
            if self._ended:
                self._ended.pop()()


def _is_small(response: Iterable[bytes], headers: list[tuple[str, str]]) -> bool:
    """Whether it is in memory already, or a file of known and small size."""
    if isinstance(response, list) or not getattr(response, "streaming", False):
        return True
    sizes = [value for name, value in headers if name.lower() == "content-length"]
    size = whole_number(sizes[0]) if sizes else None
    return size is not None and size <= WHOLE_BYTES


def _whole(response: Iterable[bytes]) -> list[bytes]:
    try:
        return list(response)
    finally:
        _close(response)


def _close(response: Iterable[bytes]) -> None:
    close = getattr(response, "close", None)
    if close is not None:
        close()
