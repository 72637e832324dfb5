"""Limits on how often a client may do a thing, and the counts that they and the login throttling stand on.

Counted in the cache that all processes share (Redis when it is set). While that does not answer, each process goes by
its own count, which it keeps all the time: nobody is locked out and nobody may try without end. The limits and their
defaults are in `settings.RATE_LIMITS`: (how many, in how many seconds).
"""

import hashlib
import ipaddress
import logging
import time
from collections.abc import Callable
from typing import Literal, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.locmem import LocMemCache

from store.client_addresses import is_trusted_proxy

log = logging.getLogger(__name__)

Purpose = Literal[
    "login",
    "register",
    "reset",
    "checkout",
    "cart",
    "search",
    "suggestions",
    "order lookup",
    "message",
    "stored page",
    "graphql cost",
]
PAUSE_SECONDS = 5  # until a shared cache that did not answer is asked again

T = TypeVar("T")
_own_counts = LocMemCache("counts of this process", {"OPTIONS": {"MAX_ENTRIES": 50_000}})
_asked_again_at = 0.0


class TooManyRequests(Exception):
    """The client has done this often enough for now; `seconds` until it may go on."""

    def __init__(self, purpose: Purpose, seconds: int) -> None:
        super().__init__(f"Too many requests ({purpose}). Try again in {seconds} seconds.")
        self.purpose, self.seconds = purpose, seconds


def spend(purpose: Purpose, address: str, *, cost: int = 1) -> None:
    """Count `cost` for the client at this IP address. Raises TooManyRequests, which counts nothing.

    A client that can't be told from others is not limited: an address that is none, or that of a proxy which does not
    say for whom it asks. One client could use up what is meant for all.
    """
    client = client_key(address)
    allowed, seconds = settings.RATE_LIMITS[purpose]
    if not client or not allowed:
        return
    key = f"{purpose}:{client}"
    if wait := on_both(lambda counts: _spend(counts, key, cost, allowed, seconds)):
        raise TooManyRequests(purpose, wait)


def client_key(address: str) -> str:
    """The network that stands for one client: an IPv4 address, or the /64 of an IPv6 address. "" if there is none."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if is_trusted_proxy(ip):
        return ""
    return str(ipaddress.ip_network((ip, 64), strict=False)) if ip.version == 6 else str(ip)


def _spend(counts: BaseCache, key: str, cost: int, allowed: int, seconds: int) -> int:
    """0 when there is room, which is taken; otherwise seconds to wait. The window slides: of the one before counts the
    part that is not over yet."""
    now = time.time()
    index, elapsed = divmod(now, seconds)
    current, before = f"rate:{_digest(key)}:{index:.0f}", f"rate:{_digest(key)}:{index - 1:.0f}"
    used = increment(counts, current, cost, 2 * seconds)
    earlier = counts.get(before, 0) * (1 - elapsed / seconds)
    # One that costs more than the limit passes when nothing else was asked for.
    if used + earlier <= allowed or used + earlier <= cost:
        return 0
    increment(counts, current, -cost, 2 * seconds)
    return max(1, min(int(seconds - elapsed) + 1, seconds))


def increment(counts: BaseCache, key: str, by: int, expiry: int) -> int:
    """The count after adding `by`; it begins at 0 and is forgotten `expiry` seconds after it began."""
    counts.add(key, 0, expiry)
    try:
        return counts.incr(key, by)
    except ValueError:  # expired between the two lines
        return by


def on_both(use: Callable[[BaseCache], T]) -> T:
    """What the shared cache answers, or else this process's own count. Both are written."""
    global _asked_again_at  # noqa: PLW0603 - of this process
    own = use(_own_counts)
    if time.monotonic() < _asked_again_at:
        return own
    try:
        return use(cache)
    except Exception:  # each cache backend raises errors of its own
        _asked_again_at = time.monotonic() + PAUSE_SECONDS
        log.warning("the shared cache does not answer; this process goes by its own counts", exc_info=True)
        return own


def forget_own_counts() -> None:
    """For tests: the counts of this process, and that the shared cache did not answer."""
    global _asked_again_at  # noqa: PLW0603
    _own_counts.clear()
    _asked_again_at = 0.0


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:32]
