"""Who buys and where it goes: email, language, note, addresses, and whose basket it is."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from store.engine.accounts import address_validation
from store.engine.accounts.models import Address, User
from store.engine.checkout import lines as checkout_lines
from store.engine.checkout import queries
from store.engine.checkout.models import Checkout
from store.engine.errors import PermissionDenied, Refusal, Required


def set_email(*, checkout_id: UUID, email: str) -> Checkout:
    email = email.strip()
    if not email:
        raise Required("This field cannot be blank.", field="email")
    try:
        validate_email(email)
    except ValidationError:
        raise Refusal("Enter a valid email address.", field="email", code="INVALID") from None
    return _set(checkout_id, email=email)


def set_language(*, checkout_id: UUID, language_code: str) -> Checkout:
    return _set(checkout_id, language_code=language_code)


def set_note(*, checkout_id: UUID, note: str) -> Checkout:
    return _set(checkout_id, note=note)


def _set(checkout_id: UUID, **values: Any) -> Checkout:
    with transaction.atomic(durable=True):
        checkout = queries.lock(checkout_id)
        for name, value in values.items():
            setattr(checkout, name, value)
        checkout.save(update_fields=[*values, "last_change"])
    return checkout


def set_shipping_address(
    *, checkout_id: UUID, given: Mapping[str, Any], checks: address_validation.Checks, keep: bool = True
) -> Checkout:
    """Where it goes. Raises Refusals for a broken address, or when the stock does not reach that country."""
    address = address_validation.cleaned(given, checks=checks, address_type="SHIPPING")
    with transaction.atomic(durable=True):
        checkout = queries.lock(checkout_id)
        lines = queries.lines_of(checkout)
        if checkout.collection_point_id:
            raise Refusal(
                "Can't change shipping address manually. "
                "For click and collect delivery, address is set to a warehouse address.",
                field="shippingAddress",
                code="SHIPPING_CHANGE_FORBIDDEN",
            )
        old_country = queries.country_of(checkout)
        _replace(checkout, "shipping_address", address)
        checkout.country, checkout.save_shipping_address = address.country, keep
        checkout.delivery_methods_stale_at = timezone.now()
        if address.country != old_country:
            wanted: dict[int, int] = defaultdict(int)
            for line in lines:
                if line.variant.track_inventory:
                    wanted[line.variant_id] += line.quantity
            checkout_lines.check_stock(checkout, lines, wanted)
        checkout.save(
            update_fields=[
                "shipping_address",
                "country",
                "save_shipping_address",
                "delivery_methods_stale_at",
                "last_change",
            ]
        )
    queries.forget_prices(checkout)
    return checkout


def set_billing_address(
    *, checkout_id: UUID, given: Mapping[str, Any], checks: address_validation.Checks, keep: bool = True
) -> Checkout:
    address = address_validation.cleaned(given, checks=checks, address_type="BILLING")
    with transaction.atomic(durable=True):
        checkout = queries.lock(checkout_id)
        _replace(checkout, "billing_address", address)
        checkout.save_billing_address = keep
        checkout.save(update_fields=["billing_address", "save_billing_address", "last_change"])
    queries.forget_prices(checkout)
    return checkout


def _replace(checkout: Checkout, name: str, address: Address) -> None:
    """The checkout's own row is written over: nobody else ever points at it."""
    old: Address | None = getattr(checkout, name)
    if old is not None:
        address.pk, address._state.adding = old.pk, False
    address.save()
    setattr(checkout, name, address)


def attach_customer(*, checkout_id: UUID, user: User | None) -> Checkout:
    """The basket becomes the signed-in user's; one that is somebody's already, even the asker's, is refused."""
    if user is None:
        raise PermissionDenied("AUTHENTICATED_USER")
    with transaction.atomic(durable=True):
        checkout = queries.lock(checkout_id)
        if checkout.user_id:
            raise PermissionDenied("IMPERSONATE_USER")
        checkout.user, checkout.email = user, user.email
        checkout.save(update_fields=["user", "email", "last_change"])
    return checkout


def detach_customer(*, checkout_id: UUID, user: User | None, may_for_others: bool = False) -> Checkout:
    with transaction.atomic(durable=True):
        checkout = queries.lock(checkout_id)
        owner = checkout.user_id is None or (user is not None and checkout.user_id == user.pk)
        if not owner and not may_for_others:
            raise PermissionDenied("OWNER", "IMPERSONATE_USER")
        checkout.user = None
        checkout.save(update_fields=["user", "last_change"])
    return checkout
