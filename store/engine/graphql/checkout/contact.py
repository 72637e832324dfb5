"""Who buys, and where it goes."""

from typing import Any

from store.engine.checkout import contact
from store.engine.errors import PermissionDenied
from store.engine.graphql.accounts.types import language_in
from store.engine.graphql.checkout.addresses import checks_of
from store.engine.graphql.checkout.lookup import checkout_pk
from store.engine.graphql.registry import Info, mutation


@mutation
def checkout_email_update(info: Info, *, email: str, id: str | None = None) -> dict[str, Any]:
    return {"checkout": contact.set_email(checkout_id=checkout_pk(id), email=email)}


@mutation
def checkout_language_code_update(info: Info, *, language_code: str, id: str | None = None) -> dict[str, Any]:
    made = contact.set_language(checkout_id=checkout_pk(id), language_code=language_in(language_code))
    return {"checkout": made}


@mutation
def checkout_customer_note_update(info: Info, *, customer_note: str, id: str) -> dict[str, Any]:
    return {"checkout": contact.set_note(checkout_id=checkout_pk(id), note=customer_note)}


@mutation
def checkout_shipping_address_update(
    info: Info,
    *,
    shipping_address: dict[str, Any],
    id: str | None = None,
    save_address: bool | None = True,
    validation_rules: dict[str, Any] | None = None,
) -> dict[str, Any]:
    made = contact.set_shipping_address(
        checkout_id=checkout_pk(id),
        given=shipping_address,
        checks=checks_of(validation_rules),
        keep=save_address is not False,
    )
    return {"checkout": made}


@mutation
def checkout_billing_address_update(
    info: Info,
    *,
    billing_address: dict[str, Any],
    id: str | None = None,
    save_address: bool | None = True,
    validation_rules: dict[str, Any] | None = None,
) -> dict[str, Any]:
    made = contact.set_billing_address(
        checkout_id=checkout_pk(id),
        given=billing_address,
        checks=checks_of(validation_rules),
        keep=save_address is not False,
    )
    return {"checkout": made}


@mutation
def checkout_customer_attach(info: Info, *, id: str | None = None) -> dict[str, Any]:
    _signed_in(info)
    return {"checkout": contact.attach_customer(checkout_id=checkout_pk(id), user=info.context.user)}


@mutation
def checkout_customer_detach(info: Info, *, id: str | None = None) -> dict[str, Any]:
    _signed_in(info)
    made = contact.detach_customer(
        checkout_id=checkout_pk(id),
        user=info.context.user,
        may_for_others=info.context.may("IMPERSONATE_USER"),
    )
    return {"checkout": made}


def _signed_in(info: Info) -> None:
    """Before the checkout is looked up: a guest doesn't learn whether it exists."""
    if info.context.user is None and info.context.app is None:
        raise PermissionDenied("AUTHENTICATED_APP", "AUTHENTICATED_USER")
