"""Tokens sent by mail. Nothing is stored: each is derived from the account's current state, so that using it
invalidates it.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from django.contrib.auth.tokens import PasswordResetTokenGenerator

from store.engine.accounts.models import User
from store.engine.errors import OperationError
from store.engine.events import signing_keys

EMAIL_CHANGE_LIFETIME = timedelta(hours=1)


class _AccountTokens(PasswordResetTokenGenerator):
    """Also invalid once the user's sessions were ended: a change of password, email, rights or activity."""

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.jwt_token_key}"


class _ConfirmationTokens(_AccountTokens):
    key_salt = "store.engine.accounts.confirm"

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.is_confirmed}"


class _PasswordResetTokens(_AccountTokens):
    key_salt = "store.engine.accounts.reset"


class _DeletionTokens(_AccountTokens):
    key_salt = "store.engine.accounts.delete"


confirmation = _ConfirmationTokens()
password_reset = _PasswordResetTokens()
deletion = _DeletionTokens()


def email_change_token(user: User, new_email: str) -> str:
    claims = {
        "exp": datetime.now(UTC) + EMAIL_CHANGE_LIFETIME,
        "type": "confirm-email-change",
        "user": user.pk,
        "token": user.jwt_token_key,
        "old_email": user.email,
        "new_email": new_email,
    }
    return signing_keys.sign_token(claims)


def email_change_claims(user: User, token: str) -> dict[str, Any]:
    """The token's claims. Raises OperationError unless this user requested it and email and token key are unchanged."""
    try:
        claims = signing_keys.decode_token(token)
    except jwt.PyJWTError:
        raise OperationError("Invalid or expired token.", field="token", code="JWT_INVALID_TOKEN") from None
    state = (claims.get("type"), claims.get("user"), claims.get("token"), claims.get("old_email"))
    if state != ("confirm-email-change", user.pk, user.jwt_token_key, user.email):
        raise OperationError("Invalid token.", field="token", code="JWT_INVALID_TOKEN")
    return claims
