"""Tokens that travel by mail. Nothing is stored: each follows from the account as it is, and is void once
used.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from django.contrib.auth.tokens import PasswordResetTokenGenerator

from store.engine.accounts.models import User
from store.engine.errors import Refusal
from store.engine.events import signing_keys

EMAIL_CHANGE_LASTS = timedelta(hours=1)


class _Confirm(PasswordResetTokenGenerator):
    key_salt = "store.engine.accounts.confirm"

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.is_confirmed}"


class _Reset(PasswordResetTokenGenerator):
    key_salt = "store.engine.accounts.reset"


class _Delete(PasswordResetTokenGenerator):
    key_salt = "store.engine.accounts.delete"


confirmation = _Confirm()
password_reset = _Reset()
deletion = _Delete()


def email_change_token(user: User, new_email: str) -> str:
    claims = {
        "exp": datetime.now(UTC) + EMAIL_CHANGE_LASTS,
        "type": "confirm-email-change",
        "user": user.pk,
        "token": user.jwt_token_key,
        "old_email": user.email,
        "new_email": new_email,
    }
    return signing_keys.sign_token(claims)


def email_change_claims(user: User, token: str) -> dict[str, Any]:
    """What was agreed to; raises Refusal unless it was this user who asked and nothing has changed since."""
    try:
        claims = signing_keys.read_token(token)
    except jwt.PyJWTError:
        raise Refusal("Invalid or expired token.", field="token", code="JWT_INVALID_TOKEN") from None
    agreed = (claims.get("type"), claims.get("user"), claims.get("token"), claims.get("old_email"))
    if agreed != ("confirm-email-change", user.pk, user.jwt_token_key, user.email):
        raise Refusal("Invalid token.", field="token", code="JWT_INVALID_TOKEN")
    return claims
