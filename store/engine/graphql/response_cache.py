"""Answers to guests are kept, as they were sent, for as long as they are true.

A list of products costs some ten milliseconds to work out and changes when the merchant writes. So an answer is given
again if (1) no table that it was read from was written since (`revision`), (2) no moment has passed at which something
gets published, and (3) the stock, asked again, says what it said then. There is no time to live and nothing to
purge: what is not known to be true is worked out anew.
"""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from store.engine.caching import invalidation
from store.engine.caching.dependencies import Witness
from store.engine.caching.invalidation import Token
from store.engine.catalog import visibility

OVERHEAD = 1_000  # bytes that an entry takes beside question and answer


@dataclass(frozen=True, slots=True)
class Basis:
    """What held when an answer was begun."""

    token: Token | None
    until: datetime | None

    @classmethod
    def now(cls) -> "Basis":
        token = invalidation.token()
        return cls(token, visibility.next_change(timezone.now()) if token else None)

    def holds(self) -> bool:
        return self.token == invalidation.token() and (self.until is None or timezone.now() < self.until)


@dataclass(frozen=True, slots=True)
class Entry:
    body: bytes
    basis: Basis
    witness: Witness


class Answers:
    """Least recently asked goes first, when `room` bytes are full. Used by all threads of a process."""

    def __init__(self, room: int) -> None:
        self.room, self.taken = room, 0
        self._entries: OrderedDict[bytes, Entry] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, question: bytes) -> bytes | None:
        """The answer, if it was kept and is still true."""
        with self._lock:
            if (entry := self._entries.get(question)) is None:
                return None
            self._entries.move_to_end(question)
        return entry.body if entry.basis.holds() and entry.witness.still_true() else None

    def keep(self, question: bytes, body: bytes, basis: Basis, witness: Witness) -> None:
        size = _size(question, body)
        if basis.token is None or size > self.room // 16 or not invalidation.all_watched(witness.tables):
            return
        with self._lock:
            self._drop(question)
            self._entries[question] = Entry(body, basis, witness)
            self.taken += size
            while self.taken > self.room:
                self._drop(next(iter(self._entries)))

    def _drop(self, question: bytes) -> None:
        if (entry := self._entries.pop(question, None)) is not None:
            self.taken -= _size(question, entry.body)

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
            self.taken = 0


def _size(question: bytes, body: bytes) -> int:
    return len(question) + len(body) + OVERHEAD


def may_be_kept(headers: Mapping[str, str]) -> bool:
    """Whoever shows a token may see more than others; a guest's question is its body alone."""
    is_guest = not headers.get("authorization") and not headers.get("authorization-bearer")
    return is_guest and headers.get("content-type", "").startswith("application/json")


ANSWERS = Answers(settings.KEPT_ANSWERS_BYTES)
