"""Encryption of the seeds of one-time codes: a copy of the database alone makes no codes.

AES-256-GCM under a key derived from SECRET_KEY, bound to the account, so that no row can be given to another. What was
encrypted under a value of SECRET_KEY_FALLBACKS is still read.
"""

import base64
import secrets
from typing import Any

from django.conf import settings

from store.saleor.keyed_hashes import keyed_hashes

PREFIX = "aes:"  # what has none is a seed in hexadecimal, as it was stored before
NONCE_BYTES = 12
_KEY = ("store.engine.accounts.second-factor", "key")  # salt and value of the derived key


class UnreadableSeed(Exception):
    """No SECRET_KEY at hand decrypts it, or it is another account's."""


def seal(seed: bytes, *, user_id: int) -> str:
    """The seed as it is stored: 68 characters for 20 bytes."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = _cipher(keyed_hashes(*_KEY)[0]).encrypt(nonce, seed, _bound_to(user_id))
    return PREFIX + base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(text: str, *, user_id: int) -> bytes:
    """The seed of a stored text. Raises UnreadableSeed."""
    from cryptography.exceptions import InvalidTag  # brings megabytes that pages of the shop don't need

    if not text.startswith(PREFIX):
        return bytes.fromhex(text)
    stored = base64.urlsafe_b64decode(text.removeprefix(PREFIX))
    for key in keyed_hashes(*_KEY):
        try:
            return bytes(_cipher(key).decrypt(stored[:NONCE_BYTES], stored[NONCE_BYTES:], _bound_to(user_id)))
        except InvalidTag:
            continue
    raise UnreadableSeed("SECRET_KEY is another one than when this second factor was set up.")


def is_current(text: str, *, user_id: int) -> bool:
    """Whether it is encrypted under today's SECRET_KEY."""
    if not text.startswith(PREFIX):
        return False
    if not settings.SECRET_KEY_FALLBACKS:
        return True
    from cryptography.exceptions import InvalidTag

    stored = base64.urlsafe_b64decode(text.removeprefix(PREFIX))
    try:
        _cipher(keyed_hashes(*_KEY)[0]).decrypt(
            stored[:NONCE_BYTES], stored[NONCE_BYTES:], _bound_to(user_id)
        )
    except InvalidTag:
        return False
    return True


def _cipher(key: str) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(bytes.fromhex(key))


def _bound_to(user_id: int) -> bytes:
    return f"user {user_id}".encode()
