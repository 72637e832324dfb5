"""Mutations of a checkout's customer, addresses, language and note."""

from typing import Any

from store.engine.checkout import contact
from store.engine.errors import PermissionDenied, Required
from store.engine.graphql.accounts.current_user import named_customer
from store.engine.graphql.accounts.types import from_language_enum
from store.engine.graphql.checkout.addresses import validation_checks
from store.engine.graphql.checkout.loaded import checkout_payload
from store.engine.graphql.checkout.lookup import checkout_pk
from store.engine.graphql.ids import to_global_id
from store.engine.graphql.registry import Info, mutation


@mutation
def checkout_email_update(info: Info, *, email: str, id: str | None = None) -> dict[str, Any]:
    return checkout_payload(info, contact.set_email(checkout_id=checkout_pk(id), email=email))


@mutation
def checkout_language_code_update(info: Info, *, language_code: str, id: str | None = None) -> dict[str, Any]:
    checkout = contact.set_language(
        checkout_id=checkout_pk(id), language_code=from_language_enum(language_code)
    )
    return checkout_payload(info, checkout)


@mutation
def checkout_customer_note_update(info: Info, *, customer_note: str, id: str) -> dict[str, Any]:
    return checkout_payload(info, contact.set_note(checkout_id=checkout_pk(id), note=customer_note))


@mutation
def checkout_shipping_address_update(
    info: Info,
    *,
    shipping_address: dict[str, Any],
    id: str | None = None,
    save_address: bool | None = True,
    validation_rules: dict[str, Any] | None = None,
) -> dict[str, Any]:
    checkout = contact.set_shipping_address(
        checkout_id=checkout_pk(id),
        given=shipping_address,
        checks=validation_checks(validation_rules),
        save=save_address is not False,
    )
    return checkout_payload(info, checkout)


@mutation
def checkout_billing_address_update(
    info: Info,
    *,
    billing_address: dict[str, Any],
    id: str | None = None,
    save_address: bool | None = True,
    validation_rules: dict[str, Any] | None = None,
) -> dict[str, Any]:
    checkout = contact.set_billing_address(
        checkout_id=checkout_pk(id),
        given=billing_address,
        checks=validation_checks(validation_rules),
        save=save_address is not False,
    )
    return checkout_payload(info, checkout)


@mutation
def checkout_customer_attach(
    info: Info, *, id: str | None = None, customer_id: str | None = None
) -> dict[str, Any]:
    _require_requestor(info)
    user = info.context.user
    if customer_id and not (user and customer_id == to_global_id("User", user.pk)):
        user = named_customer(info, customer_id)
    elif user is None:
        raise Required(
            "The customerId value must be provided when running mutation as app.", field="customerId"
        )
    return checkout_payload(info, contact.attach_customer(checkout_id=checkout_pk(id), user=user))


@mutation
def checkout_customer_detach(info: Info, *, id: str | None = None) -> dict[str, Any]:
    _require_requestor(info)
    checkout = contact.detach_customer(
        checkout_id=checkout_pk(id),
        user=info.context.user,
        can_impersonate=info.context.has_permission("IMPERSONATE_USER"),
    )
    return checkout_payload(info, checkout)


def _require_requestor(info: Info) -> None:
    """Called before the checkout is looked up, so that a guest doesn't learn whether it exists.

    Raises PermissionDenied without a user or an app.
    """
    if info.context.user is None and info.context.app is None:
        raise PermissionDenied("AUTHENTICATED_APP", "AUTHENTICATED_USER")
