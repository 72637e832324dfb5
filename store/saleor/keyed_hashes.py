"""Keyed hashes of what must be found again but not be read, such as a token or an address.

Keyed by SECRET_KEY. After that was changed, what was stored under an old one (SECRET_KEY_FALLBACKS) is still found.
"""

from django.conf import settings
from django.utils.crypto import salted_hmac


def keyed_hash(salt: str, value: str) -> str:
    """64 hexadecimal digits: what is stored now."""
    return _hash(salt, value, settings.SECRET_KEY)


def keyed_hashes(salt: str, value: str) -> list[str]:
    """As what the value may have been stored, the newest first."""
    return [_hash(salt, value, secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def _hash(salt: str, value: str, secret: str) -> str:
    return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()
