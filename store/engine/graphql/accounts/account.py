"""Mutations of the requestor's own account."""

from typing import Any

from store.engine.accounts import customer_accounts
from store.engine.channels import shop_settings
from store.engine.graphql.accounts.current_user import named_or_own, require_user
from store.engine.graphql.accounts.types import from_language_enum
from store.engine.graphql.registry import Info, mutation


@mutation
def account_register(info: Info, *, input: dict[str, Any]) -> dict[str, Any]:
    user = customer_accounts.register(given=with_language_code(input))
    info.context.rows.of(user).hides_id = True  # see types.User.id
    return {
        "user": user,
        "requires_confirmation": shop_settings.current().enable_account_confirmation_by_email,
    }


@mutation
def send_confirmation_email(info: Info, *, redirect_url: str, channel: str) -> dict[str, Any]:
    customer_accounts.send_confirmation(user=require_user(info), redirect_url=redirect_url, channel=channel)
    return {}


@mutation
def confirm_account(info: Info, *, email: str, token: str) -> dict[str, Any]:
    return {"user": customer_accounts.confirm(email=email, token=token)}


@mutation
def account_update(info: Info, *, input: dict[str, Any], customer_id: str | None = None) -> dict[str, Any]:
    user = named_or_own(info, customer_id)
    customer_accounts.update(user=user, given=with_language_code(input))
    return {"user": user}


@mutation
def request_email_change(
    info: Info, *, password: str, new_email: str, redirect_url: str, channel: str | None = None
) -> dict[str, Any]:
    user = require_user(info)
    customer_accounts.request_email_change(
        user=user, password=password, new_email=new_email, redirect_url=redirect_url, channel=channel
    )
    return {"user": user}


@mutation
def confirm_email_change(info: Info, *, token: str, channel: str | None = None) -> dict[str, Any]:
    user = require_user(info)
    customer_accounts.confirm_email_change(user=user, token=token)
    return {"user": user}


@mutation
def account_request_deletion(info: Info, *, redirect_url: str, channel: str | None = None) -> dict[str, Any]:
    customer_accounts.request_deletion(user=require_user(info), redirect_url=redirect_url, channel=channel)
    return {}


@mutation
def account_delete(info: Info, *, token: str) -> dict[str, Any]:
    user = require_user(info)
    pk = customer_accounts.delete(user=user, token=token)
    user.pk = pk  # the payload still has the id
    return {"user": user}


def with_language_code(given: dict[str, Any]) -> dict[str, Any]:
    """The input with LanguageCodeEnum replaced by the code that the database stores."""
    code = given.get("language_code")
    return given | ({"language_code": from_language_enum(code)} if code else {})
