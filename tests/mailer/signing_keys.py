"""A signing key, published and used as Saleor does."""

import json

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from store.saleor.signature import JwksCache


class Signer:
    def __init__(self, kid: str = "shop-key") -> None:
        self.kid = kid
        self.private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.fetched = 0

    def sign(self, body: bytes) -> str:
        """Detached: `<header>..<signature>`, RS256 with b64=false."""
        headers = {"kid": self.kid, "b64": False, "crit": ["b64"]}
        return jwt.api_jws.PyJWS().encode(
            body, self.private, "RS256", headers=headers, is_payload_detached=True
        )

    def jwks(self) -> dict[str, object]:
        self.fetched += 1
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.private.public_key()))
        return {"keys": [public | {"kid": self.kid, "use": "sig"}]}

    def keys(self, **options: float) -> JwksCache:
        return JwksCache(self.jwks, **options)
