"""Whole pages, kept in memory as they were sent, for as long as what they were made of holds.

A page is made of responses of the shop and of the guidebook. Each response says how long it holds
(`store.saleor.validity`): the embedded engine until what it read is written, a real Saleor for some seconds, after
which it is asked again. Nothing else limits a page's life, except that it does not outlive its day, since it may
name it.

While nobody writes to the database, a page found valid is sent without asking anything but that (`connect`).
"""

import gzip
import hashlib
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

import brotli
from django.conf import settings
from django.utils import timezone

from store import guidebook
from store.guidebook import Library
from store.saleor.validity import Validity

ENTRY_OVERHEAD = 4_000  # bytes of headers, key and validities
QUERY_SHARE = 4  # pages with a query string have one part in so many of the cache: they are without number
OLD_FOR = 24 * 3600  # seconds after its day, in which a page is shown while the shop is away
GZIP_LEVEL, BROTLI_QUALITY = 6, 5
MAX_HEADER = 300  # characters of Accept-Encoding; who sends more gets the page as it is


class PageKey(NamedTuple):
    """All that a page depends on beside the shop's data."""

    scheme: str
    path: str
    query: str
    channel: str
    preferred_language: str | None  # of the reader, which the page offers
    cart_quantity: int


def _unknown_state() -> Hashable | None:
    return None


_current_state: Callable[[], Hashable | None] = _unknown_state


def connect(current_state: Callable[[], Hashable | None]) -> None:
    """`current_state`: equal values, read by one thread, mean that nothing was written since; None says nothing."""
    global _current_state  # noqa: PLW0603 - of this process
    _current_state = current_state


@dataclass(slots=True)
class CachedPage:
    """A page of status 200. `checked`: by thread, the database's state when it was found valid, and until when."""

    headers: Mapping[str, str]
    etag: str
    compressed: bytes  # with Brotli, which browsers take; made once, while the page is drawn
    validities: Sequence[Validity]
    library: Library
    end_of_day: float
    checked: dict[int, tuple[Hashable, float]] = field(default_factory=dict)
    _gzipped: bytes | None = None

    @classmethod
    def of(cls, body: bytes, headers: Mapping[str, str], validities: Sequence[Validity]) -> "CachedPage":
        tomorrow = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        return cls(
            headers=headers,
            etag=f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"',
            compressed=brotli.compress(body, quality=BROTLI_QUALITY),
            validities=validities,
            library=guidebook.library(),
            end_of_day=tomorrow.timestamp(),
        )

    @property
    def size(self) -> int:
        """Bytes, with the copy for gzip, which is some 15% larger than the other."""
        return 9 * len(self.compressed) // 4 + ENTRY_OVERHEAD

    def body(self, accepted: str) -> tuple[str, bytes]:
        """(content coding, body) for an Accept-Encoding header; coding "" is the page as it is."""
        if len(accepted) > MAX_HEADER:
            accepted = ""
        if _accepts(accepted, "br"):
            return "br", self.compressed
        if not _accepts(accepted, "gzip"):
            return "", brotli.decompress(self.compressed)
        if self._gzipped is None:
            self._gzipped = gzip.compress(brotli.decompress(self.compressed), GZIP_LEVEL, mtime=0)
        return "gzip", self._gzipped

    def holds(self) -> bool:
        state, thread, now = _current_state(), threading.get_ident(), time.time()
        if state is not None and (known := self.checked.get(thread)) and known[0] == state and now < known[1]:
            return True
        until = self._ask(now)
        if until is not None and state is not None:
            self.checked[thread] = (state, until)
        return until is not None

    def _ask(self, now: float) -> float | None:
        """Until when the page holds unless something is written; None if it does not hold any longer."""
        if now >= self.end_of_day or self.library is not guidebook.library():
            return None
        until = self.end_of_day
        for validity in self.validities:
            if (end := validity.holds_until()) is None:
                return None
            until = min(until, end)
        return until


@lru_cache(maxsize=512)
def _accepts(header: str, coding: str) -> bool:
    """Whether Accept-Encoding names the coding, and not with q=0."""
    for item in header.lower().split(","):
        name, _, parameter = item.partition(";")
        if name.strip() == coding:
            return not re.fullmatch(r"\s*q=0(\.0*)?\s*", parameter)
    return False


class PageStore:
    """At most `max_bytes` of pages; evicts the least recently used. Thread-safe."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes, self.used_bytes = max_bytes, 0
        self._pages: OrderedDict[PageKey, CachedPage] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: PageKey) -> CachedPage | None:
        """The page, if there is a valid one."""
        with self._lock:
            if (page := self._pages.get(key)) is None:
                return None
            self._pages.move_to_end(key)
        return page if page.holds() else None

    def get_old(self, key: PageKey) -> CachedPage | None:
        """The last page there was, for when no new one can be made; none with words of guides that have changed."""
        with self._lock:
            page = self._pages.get(key)
        if page is None or page.library is not guidebook.library() or time.time() > page.end_of_day + OLD_FOR:
            return None
        return page

    def put(self, key: PageKey, page: CachedPage) -> None:
        """Store the page, unless it is larger than a sixteenth of the cache."""
        if page.size > self.max_bytes // 16:
            return
        with self._lock:
            self._remove(key)
            self._pages[key] = page
            self.used_bytes += page.size
            while self.used_bytes > self.max_bytes:
                self._remove(next(iter(self._pages)))

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self.used_bytes = 0

    def _remove(self, key: PageKey) -> None:
        if (page := self._pages.pop(key, None)) is not None:
            self.used_bytes -= page.size


class PageCache:
    """Two stores, so that no number of query strings can push out the pages without one."""

    def __init__(self, max_bytes: int) -> None:
        self.with_query = PageStore(max_bytes // QUERY_SHARE)
        self.plain = PageStore(max_bytes - self.with_query.max_bytes)

    @property
    def used_bytes(self) -> int:
        return self.plain.used_bytes + self.with_query.used_bytes

    def get(self, key: PageKey) -> CachedPage | None:
        return self._store(key).get(key)

    def get_old(self, key: PageKey) -> CachedPage | None:
        return self._store(key).get_old(key)

    def put(self, key: PageKey, page: CachedPage) -> None:
        self._store(key).put(key, page)

    def clear(self) -> None:
        self.plain.clear()
        self.with_query.clear()

    def _store(self, key: PageKey) -> PageStore:
        return self.with_query if key.query else self.plain


PAGES = PageCache(settings.PAGE_CACHE_BYTES)
