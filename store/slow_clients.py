"""How many threads of a web process may wait for slow clients, and for how long.

Whoever sends a body slowly, or reads a large file slowly, occupies a thread. Both draw on one number, all threads but
one: two numbers would add up to more threads than there are. Who reads files leaves one more for bodies.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

BODY_WAIT = 0.05  # seconds; a body that is there already is read in less
SENDER_WAIT = 1.5  # seconds; who reads at an ordinary speed has a large file in less
GRACE = 30.0  # seconds that anybody may take
BYTES_PER_SECOND = 20_000  # beyond them; a telephone with a poor connection is faster


class TooManySlowClients(Exception):
    """No thread is free for one more of this sort."""


class SlowClients:
    """The threads of one process; `threads` is how many requests it serves at once."""

    def __init__(self, threads: int) -> None:
        self._waiting = threading.BoundedSemaphore(max(1, threads - 1))
        self._senders = threading.BoundedSemaphore(max(1, threads - 2))

    @contextmanager
    def reading_body(self) -> Iterator[None]:
        """Raises TooManySlowClients."""
        if not self._waiting.acquire(timeout=BODY_WAIT):
            raise TooManySlowClients
        try:
            yield
        finally:
            self._waiting.release()

    def begin_sending(self) -> None:
        """Until `end_sending`. Raises TooManySlowClients. Who waits here is one of those that wait, too."""
        if not self._waiting.acquire(timeout=BODY_WAIT):
            raise TooManySlowClients
        if not self._senders.acquire(timeout=SENDER_WAIT):
            self._waiting.release()
            raise TooManySlowClients

    def end_sending(self) -> None:
        self._senders.release()
        self._waiting.release()


def seconds_for(size: int) -> float:
    """How long a client may take to send or read so many bytes."""
    return GRACE + size / BYTES_PER_SECOND


class Pace:
    """Of one client that reads; the clock starts when it is made."""

    def __init__(self) -> None:
        self._started, self._bytes = time.monotonic(), 0

    def is_too_slow(self, more: int) -> bool:
        """Counts `more` bytes as read, and says whether they and those before took too long."""
        self._bytes += more
        return time.monotonic() - self._started > seconds_for(self._bytes)
