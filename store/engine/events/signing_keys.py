"""The shop's signing key: RS256 for webhooks and for the tokens of users; its public half is the JWKS.

The key is `settings.RSA_PRIVATE_KEY` (PEM) when set, else made once and kept in the database, enciphered with
the secret key, so that all processes and machines share it.
"""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac
from jwt.algorithms import RSAAlgorithm

from store.engine.events.models import SigningKey


@dataclass(frozen=True, slots=True)
class Key:
    id: str
    private: rsa.RSAPrivateKey

    def jwk(self) -> dict[str, Any]:
        numbers = _public_numbers(self.private)
        return numbers | {"kid": self.id, "alg": "RS256", "use": "sig", "key_ops": ["verify"]}


def key() -> Key:
    return _load(getattr(settings, "RSA_PRIVATE_KEY", ""))


def jwks() -> dict[str, Any]:
    """What `/.well-known/jwks.json` answers."""
    return {"keys": [key().jwk()]}


def sign_token(claims: dict[str, Any]) -> str:
    mine = key()
    return jwt.encode(claims, mine.private, algorithm="RS256", headers={"kid": mine.id})


def read_token(token: str) -> dict[str, Any]:
    """The claims; raises jwt.PyJWTError when the token is not ours, spoilt or expired."""
    claims: dict[str, Any] = jwt.decode(
        token, key().private.public_key(), algorithms=["RS256"], options={"verify_aud": False}
    )
    return claims


def sign_body(body: bytes, *, secret: str = "") -> str:
    """A detached JWS over the raw body (RFC 7797), or hex HMAC-SHA256 for a webhook with the old
    `secretKey`.
    """
    if secret:
        return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    mine = key()
    header = {"alg": "RS256", "b64": False, "crit": ["b64"], "kid": mine.id, "typ": "JWT"}
    head = _b64(json.dumps(header, separators=(",", ":")).encode())
    signature = mine.private.sign(head + b"." + body, padding.PKCS1v15(), SHA256())
    return f"{head.decode()}..{_b64(signature).decode()}"


@lru_cache(maxsize=2)
def _load(given: str) -> Key:
    private = _from_pem(given.encode(), None) if given else _kept()
    return Key(id=_thumbprint(private), private=private)


def _kept() -> rsa.RSAPrivateKey:
    """The newest kept key that our secret key opens; a new one when there is none (first start, changed
    secret).
    """
    for row in SigningKey.objects.order_by("-pk"):
        try:
            return _from_pem(row.pem.encode(), _passphrase())
        except ValueError:
            continue
    return _make()


def _make() -> rsa.RSAPrivateKey:
    fresh = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = fresh.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(_passphrase()),
    ).decode()
    # Two processes may start at once: the first row of this secret key wins, and both use it.
    with transaction.atomic():
        number = SigningKey.objects.count() + 1
        row, ours = SigningKey.objects.get_or_create(pk=number, defaults={"pem": pem})
    return fresh if ours else _from_pem(row.pem.encode(), _passphrase())


def _passphrase() -> bytes:
    return salted_hmac("store.engine.events.signing_keys", "key", algorithm="sha256").hexdigest().encode()


def _from_pem(pem: bytes, passphrase: bytes | None) -> rsa.RSAPrivateKey:
    return cast(rsa.RSAPrivateKey, serialization.load_pem_private_key(pem, passphrase))


def _public_numbers(private: rsa.RSAPrivateKey) -> dict[str, Any]:
    full = RSAAlgorithm.to_jwk(private.public_key(), as_dict=True)
    return {name: full[name] for name in ("kty", "n", "e")}


def _thumbprint(private: rsa.RSAPrivateKey) -> str:
    """RFC 7638."""
    numbers = json.dumps(_public_numbers(private), sort_keys=True, separators=(",", ":"))
    return _b64(hashlib.sha256(numbers.encode()).digest()).decode()


def _b64(raw: bytes) -> bytes:
    return base64.urlsafe_b64encode(raw).rstrip(b"=")
