"""Throttling of failed logins: after three failures the next attempt has to wait, twice as long each time.

Counted in the cache for each client IP and email together; a success resets the count.
"""

import hashlib
import time

from django.core.cache import cache

from store.engine.errors import OperationError

FREE_ATTEMPTS = 3
MAX_DELAY_SECONDS = 15 * 60
EXPIRY_SECONDS = 2 * 3600


def check(*, origin: str, email: str) -> None:
    """Raises OperationError LOGIN_ATTEMPT_DELAYED while the delay after the last failure has not passed."""
    _, blocked_until = cache.get(_key(origin, email), (0, 0.0))
    seconds = int(blocked_until - time.time()) + 1
    if blocked_until > time.time():
        raise OperationError(
            f"Too many attempts to log in. Try again in {seconds} seconds.",
            field="email",
            code="LOGIN_ATTEMPT_DELAYED",
        )


def record_failure(*, origin: str, email: str) -> None:
    count = cache.get(_key(origin, email), (0, 0.0))[0] + 1
    delay = min(2 ** (count - FREE_ATTEMPTS), MAX_DELAY_SECONDS) if count >= FREE_ATTEMPTS else 0
    cache.set(_key(origin, email), (count, time.time() + delay), EXPIRY_SECONDS)


def reset(*, origin: str, email: str) -> None:
    cache.delete(_key(origin, email))


def _key(origin: str, email: str) -> str:

    return "login:" + hashlib.sha256(f"{origin}\n{email.lower()}".encode()).hexdigest()
