"""Answers for pages that must never wait for the shop: the last one that is known, brought up to date behind them.

Guides and safety inserts show products beside their text. The text is what matters, so the products come as they were
known last; at the first time there are none yet.
"""

import logging
import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from store.saleor import validity
from store.saleor.errors import SaleorError

log = logging.getLogger(__name__)
T = TypeVar("T")
MAX_ENTRIES = 2_000


@dataclass(slots=True)
class _Entry(Generic[T]):
    value: T
    version: int = 0
    asked_at: float = float("-inf")
    running: Future[None] | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


class LastKnown(Generic[T]):
    """`empty`: what is known before the first answer. One thread asks anew for what is older than `seconds`."""

    def __init__(self, *, empty: T, seconds: float) -> None:
        self._empty, self._seconds = empty, seconds
        self._entries: dict[Hashable, _Entry[T]] = {}
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="last known")

    def get(self, key: Hashable, fetch: Callable[[], T]) -> T:
        """At once. A page made of it holds until another answer has come."""
        with self._lock:
            if len(self._entries) >= MAX_ENTRIES and key not in self._entries:
                self._entries.clear()
            entry = self._entries.setdefault(key, _Entry(self._empty))
        known = _Known(entry, entry.version, lambda: self._refresh(entry, fetch))
        value = entry.value  # after its version: at worst a page is made again in vain
        validity.record(known)
        known.holds_until()
        return value

    def wait(self) -> None:
        """Until what was begun has ended. For tests."""
        for entry in list(self._entries.values()):
            if entry.running:
                entry.running.result()

    def _refresh(self, entry: _Entry[T], fetch: Callable[[], T]) -> float:
        """Ask again if it is time, without waiting. Returns when it is time for the next."""
        with entry.lock:
            is_due = time.monotonic() - entry.asked_at >= self._seconds
            if is_due and (entry.running is None or entry.running.done()):
                entry.asked_at = time.monotonic()
                entry.running = self._pool.submit(self._ask, entry, fetch)
        return time.time() + self._seconds

    def _ask(self, entry: _Entry[T], fetch: Callable[[], T]) -> None:
        try:
            value = fetch()
        except SaleorError as error:
            log.warning("shown as it was known last: %s", error)
            return
        if value != entry.value:
            entry.value = value
            entry.version += 1


@dataclass(slots=True)
class _Known(Generic[T]):
    entry: _Entry[T]
    version: int
    refresh: Callable[[], float]

    def holds_until(self) -> float | None:
        """Never waits: a page is sent as it is while the next answer is asked for."""
        self.refresh()
        return time.time() if self.entry.version == self.version else None
