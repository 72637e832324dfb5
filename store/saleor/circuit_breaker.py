"""Stops asking a shop that does not answer, so that nobody waits for it in vain."""

import threading
import time
from collections.abc import Callable


class CircuitBreaker:
    """After `failures` in a row no call is made for `pause` seconds. Then one at a time tries, until one succeeds.

    Thread-safe; each process has its own.
    """

    def __init__(
        self, *, failures: int = 3, pause: float = 5.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._allowed, self._pause, self._clock = failures, pause, clock
        self._failed, self._closed_until = 0, 0.0
        self._lock = threading.Lock()

    def may_call(self) -> bool:
        """Whether to make the call now. One that may must report `succeeded` or `failed`."""
        with self._lock:
            if self._failed < self._allowed:
                return True
            if self._clock() < self._closed_until:
                return False
            self._closed_until = self._clock() + self._pause  # this call tries; the others go on waiting
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failed = 0

    def failed(self) -> None:
        with self._lock:
            self._failed += 1
            if self._failed >= self._allowed:
                self._closed_until = self._clock() + self._pause
