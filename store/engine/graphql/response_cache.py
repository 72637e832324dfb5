"""In-memory cache of responses to anonymous clients, stored as they were sent.

Executing a list of products takes some ten milliseconds, and the catalog changes only when the merchant writes. A
stored response is sent again if (1) no table that it was read from was written since (`caching.invalidation`), (2) no
publication date has passed since, and (3) the recorded stock queries still return the same (`caching.dependencies`).
There is no time to live and nothing to purge: whatever is not known to be valid is executed again.
"""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from store.engine.caching import invalidation
from store.engine.caching.dependencies import DependencyRecorder
from store.engine.caching.invalidation import Token
from store.engine.catalog import visibility
from store.saleor.validity import UNTIL_WRITTEN

ENTRY_OVERHEAD = 1_000  # bytes that an entry takes beside the request and response bodies


@dataclass(frozen=True, slots=True)
class Validity:
    """The state of the database when execution began. `token` is None during a write: then nothing is stored."""

    token: Token | None
    until: datetime | None  # when the visibility of something in the catalog changes next
    public_url: str  # what the addresses of images begin with

    @classmethod
    def now(cls) -> "Validity":
        token = invalidation.current_token()
        until = visibility.next_scheduled_change(timezone.now()) if token else None
        return cls(token, until, settings.PUBLIC_URL)

    def still_holds(self) -> bool:
        return (
            self.token == invalidation.current_token()
            and self.public_url == settings.PUBLIC_URL
            and (self.until is None or timezone.now() < self.until)
        )


@dataclass(frozen=True, slots=True)
class ResponseValidity:
    """Without the body, so that a page made of it does not hold what the response cache has evicted."""

    validity: Validity
    dependencies: DependencyRecorder

    def holds_until(self) -> float | None:
        """As `store.saleor.validity.Validity` wants it."""
        if not (self.validity.still_holds() and self.dependencies.still_valid()):
            return None
        if self.dependencies.changes_with_time:
            return 0
        return self.validity.until.timestamp() if self.validity.until else UNTIL_WRITTEN


@dataclass(frozen=True, slots=True)
class CachedResponse:
    body: bytes
    validity: ResponseValidity


class ResponseCache:
    """Response bodies by request body, at most `max_bytes` in all; evicts the least recently used. Thread-safe."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes, self.used_bytes = max_bytes, 0
        self._entries: OrderedDict[bytes, CachedResponse] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, request_body: bytes) -> CachedResponse | None:
        """The response, if there is a stored one that is still valid."""
        with self._lock:
            if (entry := self._entries.get(request_body)) is None:
                return None
            self._entries.move_to_end(request_body)
        return entry if entry.validity.holds_until() is not None else None

    def put(
        self, request_body: bytes, body: bytes, validity: Validity, dependencies: DependencyRecorder
    ) -> ResponseValidity | None:
        """Store a response, unless it is larger than a sixteenth of the cache. None, and nothing is stored, for one
        that depends on an unwatched table."""
        if validity.token is None or not invalidation.all_watched(dependencies.tables):
            return None
        entry = CachedResponse(body, ResponseValidity(validity, dependencies))
        size = _size(request_body, body)
        if size > self.max_bytes // 16:
            return entry.validity
        with self._lock:
            self._remove(request_body)
            self._entries[request_body] = entry
            self.used_bytes += size
            while self.used_bytes > self.max_bytes:
                self._remove(next(iter(self._entries)))
        return entry.validity

    def _remove(self, request_body: bytes) -> None:
        if (entry := self._entries.pop(request_body, None)) is not None:
            self.used_bytes -= _size(request_body, entry.body)

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
            self.used_bytes = 0


def _size(request_body: bytes, body: bytes) -> int:
    return len(request_body) + len(body) + ENTRY_OVERHEAD


def is_cacheable(headers: Mapping[str, str]) -> bool:
    """Whether the response depends on the body alone: a request with a token may see more than an anonymous one."""
    is_anonymous = not headers.get("authorization") and not headers.get("authorization-bearer")
    return is_anonymous and headers.get("content-type", "").startswith("application/json")


RESPONSE_CACHE = ResponseCache(settings.RESPONSE_CACHE_BYTES)
