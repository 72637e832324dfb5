"""A checkout's email, language, note, addresses and customer."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from store.engine.accounts import address_validation
from store.engine.accounts.models import Address, User
from store.engine.checkout import legacy_error_flow, loaded_checkout, queries
from store.engine.checkout import lines as checkout_lines
from store.engine.checkout.loaded_checkout import LoadedCheckout
from store.engine.checkout.models import Checkout
from store.engine.errors import OperationError, PermissionDenied, Required


def set_email(*, checkout_id: UUID, email: str) -> LoadedCheckout:
    """Set the email address. Raises NotFound, Required for a blank one, or OperationError for an invalid one."""
    if not email.strip():
        raise Required("This field cannot be blank.", field="email")
    return _set(checkout_id, email=email)


def set_language(*, checkout_id: UUID, language_code: str) -> LoadedCheckout:
    """Set the language in which the customer is addressed. Raises NotFound."""
    return _set(checkout_id, language_code=language_code)


def set_note(*, checkout_id: UUID, note: str) -> LoadedCheckout:
    """Set the customer's note. Raises NotFound."""
    return _set(checkout_id, note=note)


def _set(checkout_id: UUID, **values: Any) -> LoadedCheckout:
    with transaction.atomic(durable=True):
        loaded = loaded_checkout.lock(checkout_id)
        checkout = loaded.checkout
        for name, value in values.items():
            setattr(checkout, name, value)
        checkout.save(update_fields=[*values, "last_change"])
    return loaded


def set_shipping_address(
    *, checkout_id: UUID, given: Mapping[str, Any], checks: address_validation.Checks, save: bool = True
) -> LoadedCheckout:
    """Set the shipping address; `save` says whether completion adds it to the customer's address book.

    Raises NotFound, OperationErrors for an invalid address or when stock does not reach the new country, and
    OperationError when the order is to be collected.
    """
    address = address_validation.clean_address(given, checks=checks, address_type="SHIPPING")
    with transaction.atomic(durable=True):
        loaded = loaded_checkout.lock(checkout_id)
        checkout, lines = loaded.checkout, loaded.lines
        if checkout.collection_point_id:
            raise OperationError(
                "Can't change shipping address manually. "
                "For click and collect delivery, address is set to a warehouse address.",
                field="shippingAddress",
                code="SHIPPING_CHANGE_FORBIDDEN",
            )
        old_country = queries.country_of(checkout)
        _replace(checkout, "shipping_address", address)
        checkout.country, checkout.save_shipping_address = address.country, save
        checkout.delivery_methods_stale_at = timezone.now()
        if address.country != old_country and legacy_error_flow.is_used_by(loaded):
            quantities: dict[int, int] = defaultdict(int)
            for line in lines:
                if line.variant.track_inventory:
                    quantities[line.variant_id] += line.quantity
            checkout_lines.check_stock(checkout, lines, quantities)
        checkout.save(
            update_fields=[
                "shipping_address",
                "country",
                "save_shipping_address",
                "delivery_methods_stale_at",
                "last_change",
            ]
        )
    return loaded.changed()


def set_billing_address(
    *, checkout_id: UUID, given: Mapping[str, Any], checks: address_validation.Checks, save: bool = True
) -> LoadedCheckout:
    """Set the billing address; `save` as for the shipping address. Raises NotFound or OperationErrors."""
    address = address_validation.clean_address(given, checks=checks, address_type="BILLING")
    with transaction.atomic(durable=True):
        loaded = loaded_checkout.lock(checkout_id)
        checkout = loaded.checkout
        _replace(checkout, "billing_address", address)
        checkout.save_billing_address = save
        checkout.save(update_fields=["billing_address", "save_billing_address", "last_change"])
    return loaded.changed()


def _replace(checkout: Checkout, name: str, address: Address) -> None:
    """Overwrite the checkout's own address row, which nothing else references."""
    old: Address | None = getattr(checkout, name)
    if old is not None:
        address.pk, address._state.adding = old.pk, False
    address.save()
    setattr(checkout, name, address)


def attach_customer(*, checkout_id: UUID, user: User) -> LoadedCheckout:
    """Assign the checkout to the user.

    Raises NotFound, and PermissionDenied if the checkout has a customer already, even the same
    one (as Saleor).
    """
    with transaction.atomic(durable=True):
        loaded = loaded_checkout.lock(checkout_id)
        checkout = loaded.checkout
        if checkout.user_id:
            raise PermissionDenied("IMPERSONATE_USER")
        checkout.user, checkout.email = user, user.email
        checkout.save(update_fields=["user", "email", "last_change"])
    return loaded


def detach_customer(*, checkout_id: UUID, user: User | None, can_impersonate: bool = False) -> LoadedCheckout:
    """Remove the customer. Raises NotFound, and PermissionDenied for others than the customer unless
    `can_impersonate`.
    """
    with transaction.atomic(durable=True):
        loaded = loaded_checkout.lock(checkout_id)
        checkout = loaded.checkout
        is_owner = checkout.user_id is None or (user is not None and checkout.user_id == user.pk)
        if not is_owner and not can_impersonate:
            raise PermissionDenied("OWNER", "IMPERSONATE_USER")
        checkout.user = None
        checkout.save(update_fields=["user", "last_change"])
    return loaded
