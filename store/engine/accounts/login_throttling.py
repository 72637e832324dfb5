"""Throttling of failed logins: after three failures the next attempt has to wait, twice as long each time.

Counted for each client IP and email together, in the cache that all processes share; a success resets the count. While
that cache does not answer (Redis restarts), each process counts for itself: nobody is locked out and nobody may guess
without end. Every write goes to both, so that a process remembers what it has seen when the shared cache goes away.
"""

import hashlib
import logging
import time
from collections.abc import Callable

from django.core.cache import cache
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.locmem import LocMemCache

from store.engine.errors import OperationError

FREE_ATTEMPTS = 3
MAX_DELAY_SECONDS = 15 * 60
EXPIRY_SECONDS = 2 * 3600

Failures = tuple[int, float]  # number of failures, and until when (Unix time) the next attempt is refused
NO_FAILURES: Failures = (0, 0.0)

_own_count = LocMemCache("login throttling", {})  # of this process
_log = logging.getLogger(__name__)


def check(*, origin: str, email: str) -> None:
    """Raises OperationError LOGIN_ATTEMPT_DELAYED while the delay after the last failure has not passed."""
    _, blocked_until = _failures(_key(origin, email))
    seconds = int(blocked_until - time.time()) + 1
    if blocked_until > time.time():
        raise OperationError(
            f"Too many attempts to log in. Try again in {seconds} seconds.",
            field="email",
            code="LOGIN_ATTEMPT_DELAYED",
        )


def record_failure(*, origin: str, email: str) -> None:
    key = _key(origin, email)
    count = _failures(key)[0] + 1
    delay = min(2 ** (count - FREE_ATTEMPTS), MAX_DELAY_SECONDS) if count >= FREE_ATTEMPTS else 0
    failures = (count, time.time() + delay)
    _on_both(lambda store: store.set(key, failures, EXPIRY_SECONDS))


def reset(*, origin: str, email: str) -> None:
    key = _key(origin, email)
    _on_both(lambda store: store.delete(key))


def _failures(key: str) -> Failures:
    """From the shared cache; the own count only while that does not answer, since others may have reset it."""
    try:
        found: Failures = cache.get(key, NO_FAILURES)
    except Exception:  # each cache backend raises errors of its own
        _log.warning(
            "the shared cache does not answer; failed logins are counted in this process", exc_info=True
        )
        found = _own_count.get(key, NO_FAILURES)
    return found


def _on_both(write: Callable[[BaseCache], object]) -> None:
    write(_own_count)
    try:
        write(cache)
    except Exception:
        _log.warning(
            "the shared cache does not answer; this failed login is counted here only", exc_info=True
        )


def _key(origin: str, email: str) -> str:
    return "login:" + hashlib.sha256(f"{origin}\n{email.lower()}".encode()).hexdigest()
