"""Verifies the signature of Saleor's webhooks: a detached JWS, checked against Saleor's public keys.

`Saleor-Signature: <header>..<signature>`, RS256 with `b64: false` (RFC 7797): the signing input is `<header>.`
followed by the raw body. A webhook that was registered with the deprecated `secretKey` carries hex HMAC-SHA256 of
the body instead.
"""

import hashlib
import hmac
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

import httpx2
import jwt

MIN_REFETCH_SECONDS = 30.0  # whoever sends unknown key ids must not make us ask the shop each time
Fetch = Callable[[], Mapping[str, Any]]


class InvalidSignature(Exception):
    """The signature is missing or does not fit the body."""


class UnknownKey(Exception):
    """The signature names a key that the shop does not publish yet or any more: the sender should retry.

    A new key may reach us before the shop's list of keys does, and Saleor never sends again what was refused.
    """


class KeysUnavailable(Exception):
    """The public keys could not be fetched, so the signature is neither right nor wrong: the sender should retry."""


class JwksCache:
    """Saleor's JWKS, cached for `lifetime` seconds.

    An unknown key id fetches it again, at most once in `min_refetch_interval` seconds.
    """

    def __init__(
        self, fetch: Fetch, *, lifetime: float = 3600.0, min_refetch_interval: float = MIN_REFETCH_SECONDS
    ) -> None:
        self._fetch, self._lifetime, self._min_refetch_interval = fetch, lifetime, min_refetch_interval
        self._keys: dict[str, jwt.PyJWK] = {}
        self._fetched_at = float("-inf")
        self._lock = threading.Lock()

    def get(self, key_id: str) -> jwt.PyJWK | None:
        """Raises KeysUnavailable when they were never fetched and can't be now."""
        with self._lock:
            age = time.monotonic() - self._fetched_at
            if age > self._lifetime or (key_id not in self._keys and age > self._min_refetch_interval):
                self._refresh()
            return self._keys.get(key_id)

    def _refresh(self) -> None:
        try:
            keys = jwt.PyJWKSet.from_dict(dict(self._fetch())).keys
        except (httpx2.HTTPError, jwt.PyJWTError, ValueError, KeyError, TypeError) as error:
            if self._keys:  # an hour-old key is better than refusing valid webhooks
                self._fetched_at = time.monotonic()
                return
            raise KeysUnavailable(str(error) or type(error).__name__) from error
        self._keys = {key.key_id: key for key in keys if key.key_id}
        self._fetched_at = time.monotonic()


def jwks_from_url(url: str) -> JwksCache:
    """Keys fetched over HTTP, such as `https://shop.example/.well-known/jwks.json`."""

    def fetch() -> Mapping[str, Any]:
        response = httpx2.get(url, timeout=5.0, follow_redirects=False)
        response.raise_for_status()
        content: Mapping[str, Any] = response.json()
        return content

    return JwksCache(fetch)


def verify(*, body: bytes, signature: str, keys: JwksCache | None, secret: str = "") -> None:
    """Raise InvalidSignature unless the signature fits the body.

    Raises UnknownKey or KeysUnavailable where that can't be told now and the same request may be accepted later.
    `secret` is for webhooks registered with a `secretKey`.
    """
    if not signature:
        raise InvalidSignature("the Saleor-Signature header is missing")
    if ".." in signature:
        return _verify_jws(body, signature, keys)
    return _verify_hmac(body, signature, secret)


def _verify_jws(body: bytes, signature: str, keys: JwksCache | None) -> None:
    if keys is None:
        raise InvalidSignature("no public keys are configured to check this signature with")
    try:
        header = jwt.get_unverified_header(signature)
    except jwt.PyJWTError as error:
        raise InvalidSignature(f"the signature is no JWS: {error}") from None
    if header.get("alg") != "RS256" or header.get("b64") is not False:
        raise InvalidSignature("the signature must be RS256 with a detached, unencoded body")
    key = keys.get(str(header.get("kid", "")))
    if key is None:
        raise UnknownKey("the signature names a key that is not among the shop's")
    try:
        jwt.api_jws.PyJWS().decode(signature, key, algorithms=["RS256"], detached_payload=body)
    except jwt.PyJWTError as error:
        raise InvalidSignature(f"the signature does not fit the body: {error}") from None


def _verify_hmac(body: bytes, signature: str, secret: str) -> None:
    if not secret:
        raise InvalidSignature("the signature is no JWS, and no shared secret is configured")
    expected = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), signature.lower().encode(errors="replace")):
        raise InvalidSignature("the signature does not fit the body")
