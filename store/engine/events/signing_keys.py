"""The shop's signing key: RS256 for webhooks and user tokens; the public key is published as a JWKS.

The key is `settings.RSA_PRIVATE_KEY` (PEM) when set, else generated once and stored in the database, encrypted with
SECRET_KEY, so that all processes and machines share it.
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
from jwt.algorithms import RSAAlgorithm

from store.engine.events.models import SigningKey
from store.saleor.keyed_hashes import keyed_hash, keyed_hashes

_PASSPHRASE = ("store.engine.events.signing_keys", "key")  # salt and value


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
    """The content of `/.well-known/jwks.json`."""
    return {"keys": [key().jwk()]}


def sign_token(claims: dict[str, Any]) -> str:
    signing_key = key()
    return jwt.encode(claims, signing_key.private, algorithm="RS256", headers={"kid": signing_key.id})


def decode_token(token: str) -> dict[str, Any]:
    """The claims; raises jwt.PyJWTError when the token was not signed by us, is malformed or has expired."""
    claims: dict[str, Any] = jwt.decode(
        token, key().private.public_key(), algorithms=["RS256"], options={"verify_aud": False}
    )
    return claims


def sign_body(body: bytes, *, secret: str = "") -> str:
    """A detached JWS over the raw body (RFC 7797), or hex HMAC-SHA256 for a webhook with the deprecated `secretKey`."""
    if secret:
        return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    signing_key = key()
    header = {"alg": "RS256", "b64": False, "crit": ["b64"], "kid": signing_key.id, "typ": "JWT"}
    encoded_header = _b64(json.dumps(header, separators=(",", ":")).encode())
    signature = signing_key.private.sign(encoded_header + b"." + body, padding.PKCS1v15(), SHA256())
    return f"{encoded_header.decode()}..{_b64(signature).decode()}"


@lru_cache(maxsize=2)
def _load(pem: str) -> Key:
    private = _from_pem(pem.encode(), None) if pem else _stored_key()
    return Key(id=_thumbprint(private), private=private)


def _stored_key() -> rsa.RSAPrivateKey:
    """The newest stored key that SECRET_KEY decrypts, or else SECRET_KEY_FALLBACKS, which is then encrypted anew; a new
    one when there is none (first start, lost secret)."""
    current, *earlier = keyed_hashes(*_PASSPHRASE)
    rows = list(SigningKey.objects.order_by("-pk"))
    for passphrase in (current, *earlier):
        for row in rows:
            try:
                private = _from_pem(row.pem.encode(), passphrase.encode())
            except ValueError:
                continue
            if passphrase != current:
                SigningKey.objects.filter(pk=row.pk).update(pem=_encrypted_pem(private))
            return private
    return _create_key()


def _encrypted_pem(private: rsa.RSAPrivateKey) -> str:
    return private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(keyed_hash(*_PASSPHRASE).encode()),
    ).decode()


def _create_key() -> rsa.RSAPrivateKey:
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = _encrypted_pem(private)
    # Two processes may start at once: the first to create the row wins, and both use its key.
    with transaction.atomic():
        pk = SigningKey.objects.count() + 1
        row, created = SigningKey.objects.get_or_create(pk=pk, defaults={"pem": pem})
    return private if created else _from_pem(row.pem.encode(), keyed_hash(*_PASSPHRASE).encode())


def _from_pem(pem: bytes, passphrase: bytes | None) -> rsa.RSAPrivateKey:
    return cast(rsa.RSAPrivateKey, serialization.load_pem_private_key(pem, passphrase))


def _public_numbers(private: rsa.RSAPrivateKey) -> dict[str, Any]:
    jwk = RSAAlgorithm.to_jwk(private.public_key(), as_dict=True)
    return {name: jwk[name] for name in ("kty", "n", "e")}


def _thumbprint(private: rsa.RSAPrivateKey) -> str:
    """JWK thumbprint (RFC 7638), used as the key id."""
    numbers = json.dumps(_public_numbers(private), sort_keys=True, separators=(",", ":"))
    return _b64(hashlib.sha256(numbers.encode()).digest()).decode()


def _b64(raw: bytes) -> bytes:
    return base64.urlsafe_b64encode(raw).rstrip(b"=")
