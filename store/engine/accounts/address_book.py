"""A user's saved addresses and which of them are the defaults for billing and shipping."""

from collections.abc import Mapping
from typing import Any, Literal, Protocol

from django.db import transaction

from store.engine import events
from store.engine.accounts import address_validation
from store.engine.accounts.models import Address, User
from store.engine.channels.models import ShopSettings
from store.engine.row_lock import lock_row

AddressType = Literal["BILLING", "SHIPPING"]
MAX_ADDRESSES = 100  # as in Saleor; adding one more deletes the oldest


def add(*, user: User, given: Mapping[str, Any], kind: AddressType | None = None) -> Address:
    """Save a new address, as the default of `kind` if that is given. Raises OperationErrors."""
    extras: dict[str, Any] = {"address_type": kind} if kind else {}
    address = address_validation.clean_address(given, **extras)
    with transaction.atomic(durable=True):
        _delete_oldest_if_full(user)
        address.save()
        user.addresses.add(address)
        if kind:
            _make_default(user, address, kind)
        events.record_event("ADDRESS_CREATED", kind="Address", pk=address.pk)
        events.record_event("CUSTOMER_UPDATED", kind="User", pk=user.pk)
    return address


def update(*, address: Address, given: Mapping[str, Any]) -> Address:
    """Change the given fields only; the whole address is validated. Raises OperationErrors, NotFound."""
    with transaction.atomic(durable=True):
        lock_row(address)
        cleaned = address_validation.clean_address(address.as_dict() | dict(given))
        for name in Address.FIELDS:
            setattr(address, name, getattr(cleaned, name))
        address.validation_skipped = cleaned.validation_skipped
        address.metadata |= cleaned.metadata
        address.save()
        events.record_event("ADDRESS_UPDATED", kind="Address", pk=address.pk)
    return address


def remove(*, address: Address) -> int:
    """Delete the address; returns its former pk."""
    pk: int = address.pk
    with transaction.atomic(durable=True):
        events.record_event("ADDRESS_DELETED", kind="Address", pk=pk)
        address.delete()
    return pk


def set_default(*, user: User, address: Address, kind: AddressType) -> None:
    with transaction.atomic(durable=True):
        _make_default(user, address, kind)
        events.record_event("CUSTOMER_UPDATED", kind="User", pk=user.pk)


def set_defaults(user: User, given: Mapping[str, Any]) -> None:
    """Save `default_billing_address` and `default_shipping_address`, as far as they are given, to the address book,
    inside the caller's transaction. Raises OperationErrors.
    """
    kinds: tuple[AddressType, ...] = ("BILLING", "SHIPPING")
    for kind in kinds:
        if fields := given.get(_default_field(kind)):
            address = address_validation.clean_address(fields, address_type=kind)
            _delete_oldest_if_full(user)
            address.save()
            user.addresses.add(address)
            _make_default(user, address, kind)


class Addressed(Protocol):
    """A checkout or an order, with what its customer wants to find in the address book."""

    @property
    def user(self) -> User | None: ...

    @property
    def billing_address(self) -> Address | None: ...

    @property
    def shipping_address(self) -> Address | None: ...

    save_billing_address: bool
    save_shipping_address: bool

    @property
    def collection_point_id(self) -> object: ...


def store_addresses(row: Addressed) -> None:
    """Save the addresses that the customer wants to keep, inside the caller's transaction; never that of a collection
    point, which is the shop's own.
    """
    if row.user is None:
        return
    if row.save_billing_address and row.billing_address:
        store_address(user=row.user, address=row.billing_address, kind="BILLING")
    if row.save_shipping_address and row.shipping_address and not row.collection_point_id:
        store_address(user=row.user, address=row.shipping_address, kind="SHIPPING")


def store_address(*, user: User, address: Address, kind: AddressType) -> None:
    """Save the address of a checkout unless the user has it already or the address book is full.

    Becomes the default of `kind` if there is none. Runs inside the caller's transaction.
    """
    stored = next((own for own in user.addresses.all() if own.has_same_fields_as(address)), None)
    if stored is None:
        if user.addresses.count() >= MAX_ADDRESSES:
            return
        stored = address.copy()
        user.addresses.add(stored)
    if getattr(user, _default_field(kind)) is None:
        _make_default(user, stored, kind)


def _make_default(user: User, address: Address, kind: AddressType) -> None:
    name = _default_field(kind)
    setattr(user, name, address)
    user.save(update_fields=[name, "updated_at"])


def _default_field(kind: AddressType) -> str:
    return "default_billing_address" if kind == "BILLING" else "default_shipping_address"


def _delete_oldest_if_full(user: User) -> None:
    if user.addresses.count() < MAX_ADDRESSES:
        return
    defaults = {user.default_billing_address_id, user.default_shipping_address_id}
    oldest = user.addresses.exclude(pk__in=[pk for pk in defaults if pk]).order_by("pk").first()
    if oldest:
        oldest.delete()


def set_company_address(given: Mapping[str, Any] | None) -> ShopSettings:
    """Set the shop's own address, or with None remove it. Raises OperationErrors."""
    address = address_validation.clean_address(given) if given is not None else None
    with transaction.atomic(durable=True):
        settings, _ = ShopSettings.objects.select_for_update().get_or_create(pk=1)
        if address is not None:
            address.save()
        settings.company_address_id = address.pk if address is not None else None
        settings.save(update_fields=["company_address_id"])
    return settings
