"""Tokens that travel by mail. Nothing is stored: each follows from the account as it is, and is void once
used.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from django.contrib.auth.tokens import PasswordResetTokenGenerator

from store.engine.hooks import signing
from store.engine.people.models import User
from store.engine.refusals import Refusal

EMAIL_CHANGE_LASTS = timedelta(hours=1)


class _Confirm(PasswordResetTokenGenerator):
    key_salt = "store.engine.people.confirm"

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.is_confirmed}"


class _Reset(PasswordResetTokenGenerator):
    key_salt = "store.engine.people.reset"


class _Delete(PasswordResetTokenGenerator):
    key_salt = "store.engine.people.delete"


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
    return signing.sign_token(claims)


def email_change_claims(user: User, token: str) -> dict[str, Any]:
    """What was agreed to; raises Refusal unless it was this user who asked and nothing has changed since."""
    try:
        claims = signing.read_token(token)
    except jwt.PyJWTError:
        raise Refusal("Invalid or expired token.", field="token", code="JWT_INVALID_TOKEN") from None
    agreed = (claims.get("type"), claims.get("user"), claims.get("token"), claims.get("old_email"))
    if agreed != ("confirm-email-change", user.pk, user.jwt_token_key, user.email):
        raise Refusal("Invalid token.", field="token", code="JWT_INVALID_TOKEN")
    return claims
