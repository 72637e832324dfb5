"""Entering, staying, leaving."""

import secrets
from http.cookies import SimpleCookie
from typing import Any

from django.conf import settings

from store.engine.accounts import customer_accounts, jwt_tokens, passwords
from store.engine.accounts.models import User
from store.engine.errors import Refusal, Required
from store.engine.graphql.accounts.current_user import origin, signed_in
from store.engine.graphql.registry import Info, SaleorType, mutation


class VerifyToken(SaleorType):
    @staticmethod
    def is_valid(root: dict[str, Any], info: Info) -> bool:
        return bool(root.get("is_valid"))


COOKIE = "refreshToken"


@mutation
def token_create(info: Info, *, email: str, password: str) -> dict[str, Any]:
    return _entered(info, customer_accounts.log_in(email=email, password=password, origin=origin(info)))


@mutation
def token_refresh(
    info: Info, *, refresh_token: str | None = None, csrf_token: str | None = None
) -> dict[str, Any]:
    """From the argument, else from the cookie `refreshToken`; then the CSRF token must prove that a page of the
    holder asks, not a foreign one."""
    token = refresh_token if refresh_token is not None else _cookie(info)
    if not token:
        raise Refusal("Missing refreshToken", field="refreshToken", code="JWT_MISSING_TOKEN")
    claims = _claims(token, field="refreshToken")
    if claims.get("type") != "refresh":
        raise Refusal("Incorrect refreshToken", field="refreshToken", code="JWT_INVALID_TOKEN")
    if refresh_token is None:
        _check_csrf(csrf_token, claims)
    user = _user(claims, "refresh", field="refreshToken")
    customer_accounts.seen(user)
    return {"token": jwt_tokens.access_token(user), "user": user}


@mutation
def token_verify(info: Info, *, token: str) -> dict[str, Any]:
    claims = _claims(token, field="token")
    user = _user(claims, str(claims.get("type")), field="token")
    return {"is_valid": True, "user": user, "payload": claims}


@mutation
def tokens_deactivate_all(info: Info) -> dict[str, Any]:
    customer_accounts.log_out_everywhere(user=signed_in(info))
    return {}


@mutation
def set_password(info: Info, *, email: str, password: str, token: str) -> dict[str, Any]:
    passwords.set_new(email=email, password=password, token=token)
    return _entered(info, customer_accounts.log_in(email=email, password=password, origin=origin(info)))


@mutation
def request_password_reset(
    info: Info, *, email: str, redirect_url: str, channel: str | None = None
) -> dict[str, Any]:
    passwords.request_reset(email=email, redirect_url=redirect_url, channel=channel)
    return {}


@mutation
def password_change(info: Info, *, new_password: str, old_password: str | None = None) -> dict[str, Any]:
    user = signed_in(info)
    passwords.change(user=user, old=old_password, new=new_password)
    return {"user": user}


def _entered(info: Info, user: User) -> dict[str, Any]:
    refresh, csrf = jwt_tokens.refresh_token(user)
    info.context.sent["set-cookie"] = _as_cookie(refresh)
    return {
        "token": jwt_tokens.access_token(user),
        "refresh_token": refresh,
        "csrf_token": csrf,
        "user": user,
    }


def _as_cookie(refresh: str) -> str:
    """For pages that don't keep the token themselves: no script can read it, and it is worth nothing without the
    CSRF token."""
    lasts = int(jwt_tokens.REFRESH_LASTS.total_seconds())
    where = "SameSite=None; Secure" if settings.PUBLIC_URL.startswith("https://") else "SameSite=Lax"
    return f"{COOKIE}={refresh}; Max-Age={lasts}; Path=/; HttpOnly; {where}"


def _cookie(info: Info) -> str | None:
    morsel = SimpleCookie(info.context.headers.get("cookie", "")).get(COOKIE)
    return morsel.value if morsel else None


def _check_csrf(given: str | None, claims: dict[str, Any]) -> None:
    if not given:
        raise Required(
            "CSRF token is required when refreshToken is provided by the cookie", field="csrfToken"
        )
    if not secrets.compare_digest(given.encode(), str(claims.get("csrfToken", "")).encode()):
        raise Refusal("Invalid csrf token", field="csrfToken", code="JWT_INVALID_CSRF_TOKEN")


def _claims(token: str, *, field: str) -> dict[str, Any]:
    try:
        return jwt_tokens.read(token)
    except jwt_tokens.BadToken as error:
        raise Refusal(error.message, field=field, code=error.code) from None


def _user(claims: dict[str, Any], kind: str, *, field: str) -> User:
    try:
        return jwt_tokens.user_of(claims, kind=kind)
    except jwt_tokens.BadToken:
        raise Refusal("Invalid token", field=field, code="JWT_INVALID_TOKEN") from None
