"""Corrects where an order's mails and parcels go: its e-mail address and, before everything is sent, its address."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from store.engine import events
from store.engine.accounts.address_validation import clean_address
from store.engine.accounts.models import Address
from store.engine.errors import ChangedValue, OperationError, ValuesChanged
from store.engine.fields import email_or_refusal
from store.engine.orders import order_events, queries, request_keys, state
from store.engine.orders.models import Order
from store.saleor.order_state import Lifecycle, OrderState

EMAIL = "user_email"


def current(order: Order) -> dict[str, str]:
    """What may be corrected now, by name: `user_email`, and the address's fields while something is to be sent."""
    found = {EMAIL: order.user_email}
    if order.shipping_address is not None and _may_be_sent(state.state_of(order)):
        found |= {name: str(getattr(order.shipping_address, name)) for name in Address.FIELDS}
    return found


def correct(
    *,
    order_id: UUID,
    given: Mapping[str, str],
    seen: Mapping[str, str] | None = None,
    request_key: str | None = None,
) -> Order:
    """Write the given values; mails that have not left follow the order's address.

    `given`: by the names of `current`. `seen`: what the editor saw. A `request_key` that was used before does nothing
    more. Raises NotFound, ValuesChanged, OperationError for an address that can't be corrected any more or is none, and
    OperationErrors for a wrong address.
    """
    with transaction.atomic(durable=True):
        order = queries.lock(order_id)
        if request_keys.first_result(request_key, operation="correct_contact", target=order.pk) is not None:
            return order
        now = current(order)
        if set(given) - set(now):
            raise OperationError(
                "Everything is sent, so its address can't be corrected any more.", field="id"
            )
        _check_seen(now, given, seen)
        changed = {name for name, value in given.items() if value != now[name]}
        if EMAIL in changed:
            _set_email(order, given[EMAIL])
        if changed - {EMAIL}:
            _set_address(order, {name: given.get(name, now[name]) for name in Address.FIELDS})
        if changed:
            order.save(update_fields=["user_email", "shipping_address", "updated_at"])
            events.record_event("ORDER_UPDATED", kind="Order", pk=order.pk)
        request_keys.record(request_key, operation="correct_contact", target=order.pk)
    return order


def _may_be_sent(found: OrderState) -> bool:
    return found.lifecycle in (Lifecycle.UNCONFIRMED, Lifecycle.OPEN) and found.quantity_to_send > 0


def _check_seen(now: Mapping[str, str], given: Mapping[str, str], seen: Mapping[str, str] | None) -> None:
    changes = [
        ChangedValue(name, value, now[name])
        for name, value in (seen or {}).items()
        if name in now and now[name] not in (value, given.get(name, value))
    ]
    if changes:
        raise ValuesChanged(changes)


def _set_email(order: Order, email: str) -> None:
    before, order.user_email = order.user_email, email_or_refusal(email, field="userEmail")
    message = f"E-mail address corrected from {before or 'none'} to {order.user_email}."
    order_events.record(order_events.build(order, "OTHER", message=message))


def set_addresses(
    order: Order, *, shipping: Mapping[str, Any] | None, billing: Mapping[str, Any] | None
) -> None:
    """Replace the addresses that are given, inside the caller's transaction, which saves the order.

    Raises OperationErrors for a wrong address, OperationError for a shipping address when everything is sent.
    """
    if shipping is not None:
        if not _may_be_sent(state.state_of(order)):
            raise OperationError(
                "Everything is sent, so its address can't be corrected any more.", field="shippingAddress"
            )
        _set_address(order, shipping)
    if billing is not None:
        address = clean_address(billing, address_type="BILLING")
        address.save()
        order.billing_address = address
        order_events.record(order_events.build(order, "UPDATED_ADDRESS"))


def _set_address(order: Order, parts: Mapping[str, Any]) -> None:
    """A new row: the old one may be the billing address as well."""
    address = clean_address(parts)
    address.save()
    order.shipping_address = address
    order_events.record(order_events.build(order, "UPDATED_ADDRESS"))
