"""A customer's own account."""

from typing import Any

from store.engine.graphql.base import Info, mutation
from store.engine.graphql.people.asking import signed_in
from store.engine.graphql.people.types import language_in
from store.engine.people import accounts
from store.engine.shop import settings as shop_settings


@mutation
def account_register(info: Info, *, input: dict[str, Any]) -> dict[str, Any]:
    user = accounts.register(given=spoken(input))
    user.__dict__["nameless"] = True
    return {
        "user": user,
        "requires_confirmation": shop_settings.current().enable_account_confirmation_by_email,
    }


@mutation
def send_confirmation_email(info: Info, *, redirect_url: str, channel: str) -> dict[str, Any]:
    accounts.send_confirmation(user=signed_in(info), redirect_url=redirect_url, channel=channel)
    return {}


@mutation
def confirm_account(info: Info, *, email: str, token: str) -> dict[str, Any]:
    return {"user": accounts.confirm(email=email, token=token)}


@mutation
def account_update(info: Info, *, input: dict[str, Any]) -> dict[str, Any]:
    user = signed_in(info)
    accounts.change(user=user, given=spoken(input))
    return {"user": user}


@mutation
def request_email_change(
    info: Info, *, password: str, new_email: str, redirect_url: str, channel: str | None = None
) -> dict[str, Any]:
    user = signed_in(info)
    accounts.request_email_change(
        user=user, password=password, new_email=new_email, redirect_url=redirect_url, channel=channel
    )
    return {"user": user}


@mutation
def confirm_email_change(info: Info, *, token: str, channel: str | None = None) -> dict[str, Any]:
    user = signed_in(info)
    accounts.confirm_email_change(user=user, token=token)
    return {"user": user}


@mutation
def account_request_deletion(info: Info, *, redirect_url: str, channel: str | None = None) -> dict[str, Any]:
    accounts.request_deletion(user=signed_in(info), redirect_url=redirect_url, channel=channel)
    return {}


@mutation
def account_delete(info: Info, *, token: str) -> dict[str, Any]:
    user = signed_in(info)
    pk = accounts.delete(user=user, token=token)
    user.pk = pk  # the answer still says who it was
    return {"user": user}


def spoken(given: dict[str, Any]) -> dict[str, Any]:
    """LanguageCodeEnum becomes the code we keep."""
    code = given.get("language_code")
    return given | ({"language_code": language_in(code)} if code else {})
