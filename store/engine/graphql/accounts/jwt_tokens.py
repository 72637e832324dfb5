"""Mutations of access and refresh tokens and of passwords."""

import secrets
from http.cookies import SimpleCookie
from typing import Any

from django.conf import settings

from store.engine.accounts import customer_accounts, jwt_tokens, passwords
from store.engine.accounts.models import User
from store.engine.errors import OperationError, Required
from store.engine.graphql.accounts.current_user import client_ip, require_user
from store.engine.graphql.registry import Info, SaleorType, mutation


class VerifyToken(SaleorType):
    @staticmethod
    def is_valid(root: dict[str, Any], info: Info) -> bool:
        return bool(root.get("is_valid"))


COOKIE = "refreshToken"


@mutation
def token_create(info: Info, *, email: str, password: str, audience: str | None = None) -> dict[str, Any]:
    user = customer_accounts.log_in(
        email=email, password=password, origin=client_ip(info), device=_known_device(info)
    )
    return _token_payload(info, user, jwt_tokens.custom_audience(audience))


@mutation
def token_refresh(
    info: Info, *, refresh_token: str | None = None, csrf_token: str | None = None
) -> dict[str, Any]:
    """The refresh token is taken from the argument, else from the cookie `refreshToken`. The cookie needs the CSRF
    token with it: browsers send it with requests of other sites' pages, too."""
    token = refresh_token if refresh_token is not None else _token_from_cookie(info)
    if not token:
        raise OperationError("Missing refreshToken", field="refreshToken", code="JWT_MISSING_TOKEN")
    claims = _claims(token, field="refreshToken")
    if claims.get("type") != "refresh":
        raise OperationError("Incorrect refreshToken", field="refreshToken", code="JWT_INVALID_TOKEN")
    if refresh_token is None:
        _check_csrf(csrf_token, claims)
    user = _user(claims, "refresh", field="refreshToken")
    customer_accounts.update_last_login(user)
    token = jwt_tokens.access_token(user, audience=str(claims.get("aud") or ""))
    return {"token": token, "user": user}


@mutation
def token_verify(info: Info, *, token: str) -> dict[str, Any]:
    claims = _claims(token, field="token")
    user = _user(claims, str(claims.get("type")), field="token")
    return {"is_valid": True, "user": user, "payload": claims}


@mutation
def tokens_deactivate_all(info: Info) -> dict[str, Any]:
    customer_accounts.deactivate_all_tokens(user=require_user(info))
    return {}


@mutation
def set_password(info: Info, *, email: str, password: str, token: str) -> dict[str, Any]:
    passwords.reset(email=email, password=password, token=token)
    return _token_payload(
        info, customer_accounts.log_in(email=email, password=password, origin=client_ip(info))
    )


@mutation
def request_password_reset(
    info: Info, *, email: str, redirect_url: str, channel: str | None = None
) -> dict[str, Any]:
    passwords.request_reset(email=email, redirect_url=redirect_url, channel=channel)
    return {}


@mutation
def password_change(info: Info, *, new_password: str, old_password: str | None = None) -> dict[str, Any]:
    user = require_user(info)
    passwords.change(user=user, old=old_password, new=new_password)
    return {"user": user}


def _known_device(info: Info) -> str:
    """The device token of a browser that has this shop's refresh token of an earlier login, ended or not."""
    try:
        claims = jwt_tokens.decode(_token_from_cookie(info) or "")
    except jwt_tokens.InvalidToken:
        return ""
    return str(claims.get("device", ""))


def _token_payload(info: Info, user: User, audience: str = "") -> dict[str, Any]:
    refresh, csrf = jwt_tokens.refresh_token(user, audience=audience)
    info.context.response_headers["set-cookie"] = _set_cookie_header(refresh)
    return {
        "token": jwt_tokens.access_token(user, audience=audience),
        "refresh_token": refresh,
        "csrf_token": csrf,
        "user": user,
    }


def _set_cookie_header(refresh: str) -> str:
    """For pages that don't store the token themselves: scripts can't read it, and it is useless without the CSRF
    token."""
    max_age = int(jwt_tokens.REFRESH_TOKEN_LIFETIME.total_seconds())
    same_site = "SameSite=None; Secure" if settings.PUBLIC_URL.startswith("https://") else "SameSite=Lax"
    return f"{COOKIE}={refresh}; Max-Age={max_age}; Path=/; HttpOnly; {same_site}"


def _token_from_cookie(info: Info) -> str | None:
    morsel = SimpleCookie(info.context.headers.get("cookie", "")).get(COOKIE)
    return morsel.value if morsel else None


def _check_csrf(given: str | None, claims: dict[str, Any]) -> None:
    if not given:
        raise Required(
            "CSRF token is required when refreshToken is provided by the cookie", field="csrfToken"
        )
    if not secrets.compare_digest(given.encode(), str(claims.get("csrfToken", "")).encode()):
        raise OperationError("Invalid csrf token", field="csrfToken", code="JWT_INVALID_CSRF_TOKEN")


def _claims(token: str, *, field: str) -> dict[str, Any]:
    try:
        return jwt_tokens.decode(token)
    except jwt_tokens.InvalidToken as error:
        raise OperationError(error.message, field=field, code=error.code) from None


def _user(claims: dict[str, Any], kind: str, *, field: str) -> User:
    try:
        return jwt_tokens.get_user(claims, kind=kind)
    except jwt_tokens.InvalidToken:
        raise OperationError("Invalid token", field=field, code="JWT_INVALID_TOKEN") from None
