"""Tokens of signed-in users: JWT with Saleor's claims, signed with the key whose public half is the JWKS."""

import base64
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from django.conf import settings

from store.engine.accounts.models import User
from store.engine.events import signing_keys

ACCESS_LASTS = timedelta(minutes=5)
REFRESH_LASTS = timedelta(days=30)


class BadToken(Exception):
    """`code` is Saleor's word in a mutation's errors, `graphql_code` the one of a request that carries it."""

    def __init__(self, message: str, code: str, graphql_code: str) -> None:
        super().__init__(message)
        self.message, self.code, self.graphql_code = message, code, graphql_code


def access_token(user: User) -> str:
    return signing_keys.sign_token(_claims(user, "access", ACCESS_LASTS))


def refresh_token(user: User) -> tuple[str, str]:
    """The token, and the CSRF token that belongs to it."""
    csrf = secrets.token_urlsafe(48)[:64]
    return signing_keys.sign_token(_claims(user, "refresh", REFRESH_LASTS) | {"csrfToken": csrf}), csrf


def read(token: str) -> dict[str, Any]:
    """The claims of one of our tokens; raises BadToken."""
    try:
        return signing_keys.read_token(token)
    except jwt.ExpiredSignatureError:
        raise BadToken("Signature has expired", "JWT_SIGNATURE_EXPIRED", "ExpiredSignatureError") from None
    except jwt.DecodeError:
        raise BadToken("Error decoding signature", "JWT_DECODE_ERROR", "InvalidSignatureError") from None
    except jwt.InvalidTokenError:
        raise _invalid() from None


def user_of(claims: dict[str, Any], *, kind: str) -> User:
    """The active user whom these claims name, as long as the user's tokens have not been called in."""
    if claims.get("type") != kind:
        raise _invalid()
    user = User.objects.filter(email=str(claims.get("email", "")).lower(), is_active=True).first()
    if user is None or not secrets.compare_digest(user.jwt_token_key, str(claims.get("token", ""))):
        raise _invalid()
    return user


def looks_ours(token: str) -> bool:
    """A JWT that says Saleor's owner; anything else is no business of ours, and its bearer a guest."""
    try:
        claims = jwt.decode(token, options={"verify_signature": False})
    except jwt.PyJWTError:
        return False
    return bool(claims.get("owner") == "saleor")


def _claims(user: User, kind: str, lasts: timedelta) -> dict[str, Any]:
    now = datetime.now(UTC)
    return {
        "iat": now,
        "owner": "saleor",
        "iss": f"{settings.PUBLIC_URL}/graphql/",
        "exp": now + lasts,
        "token": user.jwt_token_key,
        "email": user.email,
        "type": kind,
        "user_id": base64.b64encode(f"User:{user.pk}".encode()).decode(),
        "is_staff": user.is_staff,
    }


def _invalid() -> BadToken:
    message = "Invalid token. Create new one by using tokenCreate mutation."
    return BadToken(message, "JWT_INVALID_TOKEN", "InvalidTokenError")
