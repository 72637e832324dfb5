"""Is this webhook really from our Saleor? Its detached JWS checked against the shop's public keys.

`Saleor-Signature: <header>..<signature>`, RS256 with `b64: false` (RFC 7797): signed is `<header>.` followed
by the raw body. A webhook that was registered with the deprecated `secretKey` carries hex HMAC-SHA256 of the
body instead.
"""

import hashlib
import hmac
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

import httpx2
import jwt

Fetch = Callable[[], Mapping[str, Any]]


class Forged(Exception):
    """The signature is missing or does not fit the body."""


class KeysUnavailable(Exception):
    """The public keys could not be had, so nobody can tell: let the sender try again."""


class Keys:
    """The shop's JWKS, kept for an hour. An unknown key id asks anew, at most once in `patience` seconds."""

    def __init__(self, fetch: Fetch, *, lifetime: float = 3600.0, patience: float = 30.0) -> None:
        self._fetch, self._lifetime, self._patience = fetch, lifetime, patience
        self._keys: dict[str, jwt.PyJWK] = {}
        self._asked_at = float("-inf")
        self._lock = threading.Lock()

    def get(self, key_id: str) -> jwt.PyJWK | None:
        with self._lock:
            age = time.monotonic() - self._asked_at
            if age > self._lifetime or (key_id not in self._keys and age > self._patience):
                self._refresh()
            return self._keys.get(key_id)

    def _refresh(self) -> None:
        try:
            found = jwt.PyJWKSet.from_dict(dict(self._fetch())).keys
        except (httpx2.HTTPError, jwt.PyJWTError, ValueError, KeyError, TypeError) as error:
            if self._keys:  # an hour-old key is better than refusing true webhooks
                self._asked_at = time.monotonic()
                return
            raise KeysUnavailable(str(error) or type(error).__name__) from error
        self._keys = {key.key_id: key for key in found if key.key_id}
        self._asked_at = time.monotonic()


def from_url(url: str) -> Keys:
    """Keys fetched over HTTP, such as `https://shop.example/.well-known/jwks.json`."""

    def fetch() -> Mapping[str, Any]:
        answer = httpx2.get(url, timeout=5.0, follow_redirects=False)
        answer.raise_for_status()
        content: Mapping[str, Any] = answer.json()
        return content

    return Keys(fetch)


def verify(*, body: bytes, signature: str, keys: Keys | None, secret: str = "") -> None:
    """Raise Forged unless the signature fits; KeysUnavailable when that can't be told just now."""
    if not signature:
        raise Forged("the Saleor-Signature header is missing")
    if ".." in signature:
        return _verify_jws(body, signature, keys)
    return _verify_hmac(body, signature, secret)


def _verify_jws(body: bytes, signature: str, keys: Keys | None) -> None:
    if keys is None:
        raise Forged("no public keys are configured to check this signature with")
    try:
        header = jwt.get_unverified_header(signature)
    except jwt.PyJWTError as error:
        raise Forged(f"the signature is no JWS: {error}") from None
    if header.get("alg") != "RS256" or header.get("b64") is not False:
        raise Forged("the signature must be RS256 with a detached, unencoded body")
    key = keys.get(str(header.get("kid", "")))
    if key is None:
        raise Forged("the signature names a key that is not the shop's")
    try:
        jwt.api_jws.PyJWS().decode(signature, key, algorithms=["RS256"], detached_payload=body)
    except jwt.PyJWTError as error:
        raise Forged(f"the signature does not fit the body: {error}") from None


def _verify_hmac(body: bytes, signature: str, secret: str) -> None:
    if not secret:
        raise Forged("the signature is no JWS, and no shared secret is configured")
    expected = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected, signature.lower()):
        raise Forged("the signature does not fit the body")
