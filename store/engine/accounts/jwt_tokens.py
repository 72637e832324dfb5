"""Access and refresh tokens of users: JWTs with Saleor's claims, signed with the key that the JWKS publishes."""

import base64
import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from django.conf import settings
from django.db import transaction

from store.engine.accounts import login_throttling
from store.engine.accounts.models import EndedLogin, User, account_email
from store.engine.events import signing_keys
from store.engine.events.models import App, AppExtension

ACCESS_TOKEN_LIFETIME = timedelta(minutes=5)
REFRESH_TOKEN_LIFETIME = timedelta(days=30)
APP_ACCESS = "thirdparty"


class InvalidToken(Exception):
    """`code` is Saleor's error code in a mutation's errors, `graphql_code` that of a request sent with the token."""

    def __init__(self, message: str, code: str, graphql_code: str) -> None:
        super().__init__(message)
        self.message, self.code, self.graphql_code = message, code, graphql_code


def access_token(user: User, *, audience: str = "") -> str:
    """`audience`: whom the token is for, as `custom_audience` writes it; anybody if empty."""
    return signing_keys.sign_token(_claims(user, "access", ACCESS_TOKEN_LIFETIME) | _for(audience))


def app_access_token(user: User, app: App, *, users_codes: frozenset[str]) -> str:
    """With which the app acts for the user: it may do what both may do. `users_codes`: what the request that asks for
    it may do, which can be less than the user may.
    """
    return _app_token(user, app, app.permission_codes(), users_codes=users_codes)


def extension_access_token(user: User, extension: AppExtension, *, users_codes: frozenset[str]) -> str | None:
    """With which the extension of an app acts for the user; None for a request that may not do all that it does.
    `users_codes` as for `app_access_token`.
    """
    codes = frozenset(extension.permissions)
    if not codes <= users_codes:
        return None
    own = {"app_extension": base64.b64encode(f"AppExtension:{extension.pk}".encode()).decode()}
    both = codes & extension.app.permission_codes()
    return _app_token(user, extension.app, both, users_codes=users_codes, **own)


def _app_token(
    user: User, app: App, codes: frozenset[str], *, users_codes: frozenset[str], **own: Any
) -> str:
    own |= {
        "app": base64.b64encode(f"App:{app.pk}".encode()).decode(),
        "permissions": sorted(users_codes & codes),
        "user_permissions": sorted(users_codes),
    }
    if app.audience:
        own["aud"] = app.audience
    return signing_keys.sign_token(_claims(user, APP_ACCESS, ACCESS_TOKEN_LIFETIME) | own)


def refresh_token(user: User, *, audience: str = "") -> tuple[str, str]:
    """The refresh token and its CSRF token. Access tokens that it makes are for the same audience."""
    csrf = secrets.token_urlsafe(48)[:64]
    own = {"csrfToken": csrf, "device": login_throttling.device_token(user.email)} | _for(audience)
    return signing_keys.sign_token(_claims(user, "refresh", REFRESH_TOKEN_LIFETIME) | own), csrf


def custom_audience(name: str | None) -> str:
    """The claim `aud` of an audience that a client has named; apps' own have no prefix."""
    return f"custom:{name}" if name else ""


def _for(audience: str) -> dict[str, str]:
    return {"aud": audience} if audience else {}


def decode(token: str) -> dict[str, Any]:
    """The claims of a token issued by this shop; raises InvalidToken."""
    try:
        return signing_keys.decode_token(token)
    except jwt.ExpiredSignatureError:
        raise InvalidToken(
            "Signature has expired", "JWT_SIGNATURE_EXPIRED", "ExpiredSignatureError"
        ) from None
    except jwt.DecodeError:
        raise InvalidToken("Error decoding signature", "JWT_DECODE_ERROR", "InvalidSignatureError") from None
    except jwt.InvalidTokenError:
        raise _invalid() from None


def get_user(claims: dict[str, Any], *, kind: str) -> User:
    """The active user of these claims; `kind` is "access", APP_ACCESS or "refresh". Raises InvalidToken, also when
    revoked."""
    if claims.get("type") != kind:
        raise _invalid()
    user = User.objects.filter(email=account_email(str(claims.get("email", ""))), is_active=True).first()
    if user is None or not secrets.compare_digest(user.jwt_token_key, str(claims.get("token", ""))):
        raise _invalid()
    if kind == "refresh" and EndedLogin.objects.filter(digest=_login_digest(claims)).exists():
        raise _invalid()
    return user


def end_login(token: str) -> None:
    """After this the refresh token makes no access tokens; one that is no refresh token of this shop, or has ended
    already, is none either way.
    """
    try:
        claims = decode(token)
        get_user(claims, kind="refresh")
    except InvalidToken:
        return
    expires = datetime.fromtimestamp(claims["exp"], UTC)
    with transaction.atomic(durable=True):
        EndedLogin.objects.filter(expires_at__lt=datetime.now(UTC)).delete()
        EndedLogin.objects.get_or_create(digest=_login_digest(claims), defaults={"expires_at": expires})


def _login_digest(claims: dict[str, Any]) -> str:
    """Of the CSRF token, which is another for each login, and which no other spelling of the token changes."""
    return hashlib.sha256(str(claims.get("csrfToken")).encode()).hexdigest()


def get_app(claims: dict[str, Any]) -> App:
    """The active app that a token of `app_access_token` was made for. Raises InvalidToken."""
    pk = base64.b64decode(claims["app"]).decode().removeprefix("App:")
    app = App.objects.filter(pk=pk, is_active=True).first()
    if app is None:
        raise _invalid()
    return app


def is_own_token(token: str) -> bool:
    """Whether it is a JWT whose owner claim is Saleor's; the sender of any other token is treated as a guest."""
    try:
        claims = jwt.decode(token, options={"verify_signature": False})
    except jwt.PyJWTError:
        return False
    return bool(claims.get("owner") == "saleor")


def _claims(user: User, kind: str, lifetime: timedelta) -> dict[str, Any]:
    now = datetime.now(UTC)
    return {
        "iat": now,
        "owner": "saleor",
        "iss": f"{settings.PUBLIC_URL}/graphql/",
        "exp": now + lifetime,
        "token": user.jwt_token_key,
        "email": user.email,
        "type": kind,
        "user_id": base64.b64encode(f"User:{user.pk}".encode()).decode(),
        "is_staff": user.is_staff,
    }


def _invalid() -> InvalidToken:
    message = "Invalid token. Create new one by using tokenCreate mutation."
    return InvalidToken(message, "JWT_INVALID_TOKEN", "InvalidTokenError")
