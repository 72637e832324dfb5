"""Discounts that staff gives by hand on a draft or unconfirmed order, or on each piece of one of its lines.

An order has one at most; it is shared out over goods and delivery. `draft_pricing` works out the amounts.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from store.engine.discounts.voucher_arithmetic import PERCENTAGE
from store.engine.errors import NotFound, OperationError
from store.engine.money import quantize
from store.engine.orders import draft_orders, order_events
from store.engine.orders.draft_pricing import MANUAL
from store.engine.orders.models import Order, OrderDiscount, OrderLine


@dataclass(frozen=True, slots=True)
class Terms:
    """`value_type`: FIXED (`value` in the order's currency) or PERCENTAGE (`value` of 100)."""

    value_type: str
    value: Decimal
    reason: str | None = None


def add(*, order_id: UUID, terms: Terms) -> Order:
    """Give a discount on the whole order. Raises NotFound, or OperationError if it has one or `terms` exceed it."""
    with transaction.atomic(durable=True):
        order = _lock(order_id)
        if order.discounts.filter(type=MANUAL).exists():
            raise OperationError(
                "Order already has assigned discount.", field="orderId", code="CANNOT_DISCOUNT"
            )
        _check(terms, order.undiscounted_total_gross_amount, order.currency)
        discount = OrderDiscount(order=order, type=MANUAL, currency=order.currency)
        _change(discount, terms)
        draft_orders.reprice_and_record(order)
        discount.refresh_from_db()
        order_events.record(order_events.build(order, "ORDER_DISCOUNT_ADDED", discount=_told(discount)))
    return order


def update(*, discount_id: int, terms: Terms) -> Order:
    """Change an order's discount. Raises NotFound, or OperationError as `add` does."""
    with transaction.atomic(durable=True):
        order, discount = _lock_discount(discount_id)
        _check(terms, order.undiscounted_total_gross_amount, order.currency)
        before = _told(discount)
        _change(discount, terms)
        draft_orders.reprice_and_record(order)
        discount.refresh_from_db()
        if (before["value"], before["value_type"]) != (str(discount.value), discount.value_type):
            told = _told(discount) | {
                f"old_{name}": before[name] for name in ("value_type", "value", "amount")
            }
            order_events.record(order_events.build(order, "ORDER_DISCOUNT_UPDATED", discount=told))
    return order


def delete(*, discount_id: int) -> Order:
    """Take an order's discount back; a voucher that it stood before counts again. Raises NotFound or OperationError."""
    with transaction.atomic(durable=True):
        order, discount = _lock_discount(discount_id)
        told = _told(discount)
        discount.delete()
        draft_orders.reprice_and_record(order)
        order_events.record(order_events.build(order, "ORDER_DISCOUNT_DELETED", discount=told))
    return order


def set_on_line(*, line_id: UUID, terms: Terms) -> tuple[Order, OrderLine]:
    """Give a discount on each piece of a line. Raises NotFound, or OperationError if `terms` exceed the price."""
    with transaction.atomic(durable=True):
        order, line = _lock_line(line_id)
        _check(terms, line.undiscounted_unit_price_gross_amount, order.currency)
        before = _told_of_line(line)
        changed = (line.manual_discount_type, line.manual_discount_value) != (terms.value_type, terms.value)
        line.manual_discount_type, line.manual_discount_value = terms.value_type, terms.value
        line.manual_discount_reason = line.manual_discount_reason if terms.reason is None else terms.reason
        _save_line(order, line)
        if changed:
            told = _told_of_line(line) | {
                f"old_{name}": before[name] for name in ("value_type", "value", "amount")
            }
            _record_on_line(order, line, "ORDER_LINE_DISCOUNT_UPDATED", told)
    return order, line


def remove_from_line(*, line_id: UUID) -> tuple[Order, OrderLine]:
    """Take a line's discount back; a voucher that it stood before counts again. Raises NotFound or OperationError."""
    with transaction.atomic(durable=True):
        order, line = _lock_line(line_id)
        told = _told_of_line(line)
        line.manual_discount_type = line.manual_discount_value = line.manual_discount_reason = None
        _save_line(order, line)
        _record_on_line(order, line, "ORDER_LINE_DISCOUNT_REMOVED", told)
    return order, line


def _lock(order_id: UUID) -> Order:
    try:
        return draft_orders.lock_editable(order_id)
    except OperationError as error:
        if error.code != "NOT_EDITABLE":
            raise
        raise OperationError(
            "Only draft and unconfirmed order can be modified.", field="orderId", code="CANNOT_DISCOUNT"
        ) from error


def _lock_discount(discount_id: int) -> tuple[Order, OrderDiscount]:
    """The discount that staff gave, read under the lock of its order."""
    order_id = OrderDiscount.objects.filter(pk=discount_id).values_list("order_id", flat=True).first()
    order = _lock(order_id) if order_id else None
    discount = OrderDiscount.objects.filter(pk=discount_id, type=MANUAL).first()
    if order is None or discount is None:
        raise NotFound("There is no such discount.", field="discountId")
    return order, discount


def _lock_line(line_id: UUID) -> tuple[Order, OrderLine]:
    return draft_orders.lock_line(line_id, lock=_lock, field="orderLineId")


def _check(terms: Terms, price: Decimal, currency: str) -> None:
    if terms.value_type != PERCENTAGE and terms.value != quantize(terms.value, currency):
        message = f"{terms.value} has more decimals than {currency}."
        raise OperationError(message, field="value", code="INVALID")
    most = Decimal(100) if terms.value_type == PERCENTAGE else price
    if terms.value > most:
        what = "percentage value" if terms.value_type == PERCENTAGE else "value"
        unit = "" if terms.value_type == PERCENTAGE else f" {currency}"
        raise OperationError(
            f"The {what} ({terms.value}) cannot be higher than {most}{unit}.", field="value", code="INVALID"
        )


def _change(discount: OrderDiscount, terms: Terms) -> None:
    discount.value_type, discount.value = terms.value_type, terms.value
    discount.reason = discount.reason if terms.reason is None else terms.reason
    discount.save()


def _save_line(order: Order, line: OrderLine) -> None:
    line.save(update_fields=["manual_discount_type", "manual_discount_value", "manual_discount_reason"])
    draft_orders.reprice_and_record(order)
    line.refresh_from_db()


def _told(discount: OrderDiscount) -> dict[str, Any]:
    """What the history keeps of a discount; amounts as text."""
    return {
        "value_type": discount.value_type,
        "value": str(discount.value),
        "reason": discount.reason,
        "amount": str(discount.amount_value),
    }


def _told_of_line(line: OrderLine) -> dict[str, Any]:
    return {
        "value_type": line.manual_discount_type or "FIXED",
        "value": str(line.manual_discount_value or Decimal(0)),
        "reason": line.unit_discount_reason,
        "amount": str(line.unit_discount_amount),
    }


def _record_on_line(order: Order, line: OrderLine, type: str, told: dict[str, Any]) -> None:
    order_events.record(
        order_events.build(order, type, lines=[str(line.pk)], line_discounts={str(line.pk): told})
    )
