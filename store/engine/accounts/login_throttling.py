"""Throttling of login attempts with a delay that grows: after a few failures the next attempt has to wait, twice as
long each time.

Counted for each client and account together, and for each account over all clients, so that many clients don't guess
together. A device on which the right person has logged in before is counted for itself only: whatever strangers do,
they never delay it.
"""

import hashlib
import time

from django.core import signing
from django.core.cache.backends.base import BaseCache

from store.engine.accounts.models import account_email
from store.engine.errors import OperationError
from store.rate_limits import increment, on_both

FREE_ATTEMPTS = 3  # of a client, or a known device, for an account
FREE_ATTEMPTS_OF_ALL = 30  # of all unknown clients together for an account
MAX_DELAY_SECONDS = 15 * 60
EXPIRY_SECONDS = 2 * 3600
DEVICE_SALT = "store.engine.accounts.device"
DEVICE_LIFETIME_SECONDS = 365 * 24 * 3600


def start_attempt(*, origin: str, email: str, device: str = "") -> None:
    """Count an attempt before its password is checked, so that attempts made at once are counted as well.

    `origin` is the client's IP address, `device` what `device_token` gave it. Raises OperationError
    LOGIN_ATTEMPT_DELAYED while the delay after the last attempt has not passed.
    """
    seconds = on_both(lambda counts: _seconds_to_wait(counts, _keys(origin, email, device)))
    if seconds > 0:
        raise OperationError(
            f"Too many attempts to log in. Try again in {seconds} seconds.",
            field="email",
            code="LOGIN_ATTEMPT_DELAYED",
        )


def reset(*, origin: str, email: str, device: str = "") -> None:
    """Forget the attempts of this client or device for the account, after a success. What others tried still counts."""
    key = next(iter(_keys(origin, email, device)))
    on_both(lambda counts: counts.delete_many([key, f"{key}:wait"]))


def device_token(email: str) -> str:
    """What a device shows at the next login, to be stored there after a success."""
    return signing.dumps([account_email(email), time.time_ns()], salt=DEVICE_SALT)


def _keys(origin: str, email: str, device: str) -> dict[str, int]:
    """The counts of an attempt, the client's or the device's own first, each with the attempts that it has free."""
    account = account_email(email)
    if _is_known_device(device, account):
        return {_key("device", device, account): FREE_ATTEMPTS}
    return {_key("client", origin, account): FREE_ATTEMPTS, _key("all", "", account): FREE_ATTEMPTS_OF_ALL}


def _is_known_device(device: str, account: str) -> bool:
    try:
        known: str = signing.loads(device, salt=DEVICE_SALT, max_age=DEVICE_LIFETIME_SECONDS)[0]
    except (signing.BadSignature, ValueError, TypeError, IndexError):
        return False
    return known == account


def _seconds_to_wait(counts: BaseCache, free_attempts: dict[str, int]) -> int:
    """0 when the attempt may go on, which counts it; otherwise whole seconds. At most one attempt starts a delay."""
    waits = counts.get_many([f"{key}:wait" for key in free_attempts])
    if waits:
        return max(1, *(int(until - time.time()) + 1 for until in waits.values()))
    return max(_count(counts, key, free) for key, free in free_attempts.items())


def _count(counts: BaseCache, key: str, free: int) -> int:
    count = increment(counts, key, 1, EXPIRY_SECONDS)
    delay = min(2 ** min(count - free, 20), MAX_DELAY_SECONDS) if count >= free else 0
    if not delay or counts.add(f"{key}:wait", time.time() + delay, delay):
        return 0
    return max(int((counts.get(f"{key}:wait") or 0) - time.time()) + 1, 1)


def _key(kind: str, client: str, account: str) -> str:
    return "login:" + hashlib.sha256(f"{kind}\n{client}\n{account}".encode()).hexdigest()
