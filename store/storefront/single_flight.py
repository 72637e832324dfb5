"""Lets one thread do what several want at the same moment; the others wait for it."""

import threading
from collections.abc import Hashable, Iterator
from contextlib import contextmanager

MAX_WAIT = 5.0  # seconds, after which one that waits does it itself


class SingleFlight:
    def __init__(self) -> None:
        self._running: dict[Hashable, threading.Event] = {}
        self._lock = threading.Lock()

    @contextmanager
    def flight(self, key: Hashable) -> Iterator[None]:
        """Begins at once for the first that comes with this key. Others wait until its block ends, and then look
        whether it is done."""
        with self._lock:
            done = self._running.get(key)
            if is_first := done is None:
                done = self._running[key] = threading.Event()
        if not is_first:
            done.wait(MAX_WAIT)
            yield
            return
        try:
            yield
        finally:
            with self._lock:
                del self._running[key]
            done.set()
