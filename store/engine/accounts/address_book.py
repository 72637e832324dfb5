"""A user's own addresses, and which of them are used unless another is chosen."""

from collections.abc import Mapping
from typing import Any, Literal

from django.db import transaction

from store.engine import events
from store.engine.accounts import address_validation
from store.engine.accounts.models import Address, User

AddressType = Literal["BILLING", "SHIPPING"]
MOST = 100  # as in Saleor; the oldest makes room


def add(*, user: User, given: Mapping[str, Any], kind: AddressType | None = None) -> Address:
    extras: dict[str, Any] = {"address_type": kind} if kind else {}
    address = address_validation.cleaned(given, **extras)
    with transaction.atomic(durable=True):
        _make_room(user)
        address.save()
        user.addresses.add(address)
        if kind:
            _make_default(user, address, kind)
        events.record("ADDRESS_CREATED", kind="Address", pk=address.pk)
        events.record("CUSTOMER_UPDATED", kind="User", pk=user.pk)
    return address


def change(*, address: Address, given: Mapping[str, Any]) -> Address:
    """Fields that are not given stay as they are."""
    found = address_validation.cleaned(address.parts() | dict(given))
    with transaction.atomic(durable=True):
        for name in Address.PARTS:
            setattr(address, name, getattr(found, name))
        address.validation_skipped = found.validation_skipped
        address.metadata |= found.metadata
        address.save()
        events.record("ADDRESS_UPDATED", kind="Address", pk=address.pk)
    return address


def remove(*, address: Address) -> int:
    """The pk it had."""
    pk: int = address.pk
    with transaction.atomic(durable=True):
        events.record("ADDRESS_DELETED", kind="Address", pk=pk)
        address.delete()
    return pk


def set_default(*, user: User, address: Address, kind: AddressType) -> None:
    with transaction.atomic(durable=True):
        _make_default(user, address, kind)
        events.record("CUSTOMER_UPDATED", kind="User", pk=user.pk)


def remember(*, user: User, address: Address, kind: AddressType) -> None:
    """Keep the address of a checkout in the book, once; runs inside the caller's transaction."""
    known = next((one for one in user.addresses.all() if one.same_place_as(address)), None)
    if known is None:
        if user.addresses.count() >= MOST:
            return
        known = address.copy()
        user.addresses.add(known)
    if getattr(user, _default_field(kind)) is None:
        _make_default(user, known, kind)


def _make_default(user: User, address: Address, kind: AddressType) -> None:
    name = _default_field(kind)
    setattr(user, name, address)
    user.save(update_fields=[name, "updated_at"])


def _default_field(kind: AddressType) -> str:
    return "default_billing_address" if kind == "BILLING" else "default_shipping_address"


def _make_room(user: User) -> None:
    if user.addresses.count() < MOST:
        return
    kept = {user.default_billing_address_id, user.default_shipping_address_id}
    oldest = user.addresses.exclude(pk__in=[pk for pk in kept if pk]).order_by("pk").first()
    if oldest:
        oldest.delete()
