"""Throttling of login attempts: after three failures the next attempt has to wait, twice as long each time.

Counted for each client IP and email together, in the cache that all processes share; a success resets the count. While
that cache does not answer (Redis restarts), each process goes by its own count, which it keeps all the time: nobody is
locked out and nobody may guess without end.
"""

import hashlib
import logging
import time
from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.locmem import LocMemCache

from store.engine.accounts.models import account_email
from store.engine.errors import OperationError

log = logging.getLogger(__name__)

FREE_ATTEMPTS = 3
MAX_DELAY_SECONDS = 15 * 60
EXPIRY_SECONDS = 2 * 3600

T = TypeVar("T")
_own_count = LocMemCache("login throttling", {})  # of this process


def start_attempt(*, origin: str, email: str) -> None:
    """Count an attempt before its password is checked, so that attempts made at once are counted as well.

    Raises OperationError LOGIN_ATTEMPT_DELAYED while the delay after the last attempt has not passed.
    """
    key = _key(origin, email)
    seconds = _on_both(lambda store: _seconds_to_wait(store, key))
    if seconds > 0:
        raise OperationError(
            f"Too many attempts to log in. Try again in {seconds} seconds.",
            field="email",
            code="LOGIN_ATTEMPT_DELAYED",
        )


def reset(*, origin: str, email: str) -> None:
    """Forget the attempts of this client and email, after a success."""
    key = _key(origin, email)
    _on_both(lambda store: store.delete_many([key, f"{key}:wait"]))


def _seconds_to_wait(store: BaseCache, key: str) -> int:
    """0 when the attempt may go on, which counts it; otherwise whole seconds. At most one attempt starts a delay."""
    if (blocked_until := store.get(f"{key}:wait")) is None:
        count = _increment(store, key)
        delay = min(2 ** min(count - FREE_ATTEMPTS, 20), MAX_DELAY_SECONDS) if count >= FREE_ATTEMPTS else 0
        blocked_until = time.time() + delay
        if not delay or store.add(f"{key}:wait", blocked_until, delay):
            return 0
    return max(int(blocked_until - time.time()) + 1, 1)


def _increment(store: BaseCache, key: str) -> int:
    store.add(key, 0, EXPIRY_SECONDS)
    try:
        return store.incr(key)
    except ValueError:  # expired between the two lines
        return 1


def _on_both(use: Callable[[BaseCache], T]) -> T:
    """What the shared cache answers, or else this process's own count. Both are written."""
    own = use(_own_count)
    try:
        return use(cache)
    except Exception:  # each cache backend raises errors of its own
        log.warning("the shared cache does not answer; logins are counted in this process", exc_info=True)
        return own


def _key(origin: str, email: str) -> str:
    return "login:" + hashlib.sha256(f"{origin}\n{account_email(email)}".encode()).hexdigest()
