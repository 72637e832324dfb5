"""Guessing passwords gets slower: after each failure the next try from there has to wait, twice as long each
time.

Counted by address and account in the cache; one success forgets it all.
"""

import time

from django.core.cache import cache

from store.engine.errors import Refusal

FREE_TRIES = 3
LONGEST_WAIT = 15 * 60
FORGET_AFTER = 2 * 3600


def check(*, origin: str, email: str) -> None:
    """Raises LOGIN_ATTEMPT_DELAYED while the last failure is too fresh."""
    _, until = cache.get(_key(origin, email), (0, 0.0))
    left = int(until - time.time()) + 1
    if until > time.time():
        raise Refusal(
            f"Too many attempts to log in. Try again in {left} seconds.",
            field="email",
            code="LOGIN_ATTEMPT_DELAYED",
        )


def failed(*, origin: str, email: str) -> None:
    count = cache.get(_key(origin, email), (0, 0.0))[0] + 1
    wait = min(2 ** (count - FREE_TRIES), LONGEST_WAIT) if count >= FREE_TRIES else 0
    cache.set(_key(origin, email), (count, time.time() + wait), FORGET_AFTER)


def succeeded(*, origin: str, email: str) -> None:
    cache.delete(_key(origin, email))


def _key(origin: str, email: str) -> str:
    import hashlib

    return "login:" + hashlib.sha256(f"{origin}\n{email.lower()}".encode()).hexdigest()
