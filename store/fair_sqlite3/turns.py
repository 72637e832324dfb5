"""A queue: whoever came first is next. A plain lock, and SQLite's own waiting, may prefer whoever came last."""

import threading
from collections import deque


class TookTooLong(Exception):
    """The turn did not come in time."""


class Turn:
    """A place in the queue."""

    def __init__(self) -> None:
        self.has_come = threading.Event()


class Turns:
    """Thread-safe. Each `wait` that returns is followed by one `end`, by whichever thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queue: deque[Turn] = deque()

    def wait(self, seconds: float) -> Turn:
        """Returns when the turn has come. Raises TookTooLong."""
        turn = Turn()
        with self._lock:
            self._queue.append(turn)
            if self._queue[0] is turn:
                turn.has_come.set()
        try:
            if turn.has_come.wait(seconds):
                return turn
            raise TookTooLong
        except BaseException:  # also an interrupt: nobody behind may wait for who is gone
            self.end(turn)
            raise

    def end(self, turn: Turn) -> None:
        """Let the next one have its turn; also for one that has not come yet. A second time it does nothing."""
        with self._lock:
            if turn not in self._queue:
                return
            self._queue.remove(turn)
            if self._queue:
                self._queue[0].has_come.set()
