"""Sends pieces once more, for nothing: a new order of what was lost or broken, tied to the first one."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from store.engine import events
from store.engine.accounts.models import Address
from store.engine.errors import OperationError
from store.engine.orders import draft_orders, draft_pricing, order_events, queries, request_keys
from store.engine.orders.errors import OrderLineError
from store.engine.orders.models import Order, OrderLine, OrderStatus
from store.saleor.lot_codes import without_lots

COPIED = ("channel", "user", "user_email", "language_code", "currency", "shipping_method_name")
CLOSED = (OrderStatus.DRAFT, OrderStatus.CANCELED, OrderStatus.EXPIRED)


@dataclass(frozen=True, slots=True)
class ReplacementLine:
    """A quantity of an order line to send once more."""

    line_id: UUID
    quantity: int


def replace(
    *, order_id: UUID, lines: Sequence[ReplacementLine], reason: str, request_key: str | None = None
) -> Order:
    """Place an order of these pieces at a price of 0, with the address and the inserts of the first order.

    With a `request_key` that was used before: the first replacement. Raises NotFound, OperationError, or OrderLineError
    when stock is short; then nothing was written.
    """
    if not reason.strip():
        raise OperationError("Write the reason.", field="reason", code="REQUIRED")
    with transaction.atomic(durable=True):
        first = queries.lock(order_id)
        used = request_keys.first_result(request_key, operation="replace", target=first.pk)
        if used is not None:
            return Order.objects.get(pk=used[0])
        if first.status in CLOSED:
            message = f"An order that is {first.get_status_display()} can't be sent once more."
            raise OperationError(message, field="order")
        chosen = _chosen(first, lines)
        order = _new_order(first)
        for line, _ in chosen:
            assert line.variant_id
        added = draft_orders.add_new_lines(
            order,
            [
                draft_orders.NewLine(
                    int(line.variant_id or 0), quantity, price=Decimal(0), force_new_line=True
                )
                for line, quantity in chosen
            ],
        )
        for new, (line, _) in zip(added, chosen, strict=True):
            new.metadata = without_lots(line.metadata)
            new.save(update_fields=["metadata"])
        draft_pricing.reprice(order)
        number = str(order)
        draft_orders.place(order)
        pieces = sum(quantity for _, quantity in chosen)
        order_events.record(
            order_events.build(
                order, "OTHER", message=f"Replaces {pieces} pieces of order {first}: {reason.strip()}"
            ),
            order_events.build(
                first,
                "OTHER",
                message=f"{pieces} pieces are sent once more as order {number}: {reason.strip()}",
            ),
        )
        request_keys.record(request_key, operation="replace", target=first.pk, result=[order.pk])
        events.record_event("ORDER_UPDATED", kind="Order", pk=first.pk)
    return order


def _chosen(order: Order, lines: Sequence[ReplacementLine]) -> list[tuple[OrderLine, int]]:
    known = {line.pk: line for line in order.lines.all()}
    found = []
    for wanted in lines:
        line = known.get(wanted.line_id)
        if line is None or not 0 < wanted.quantity <= line.quantity:
            raise OperationError("Choose pieces of this order.", field="lines")
        if line.variant_id is None:
            raise OrderLineError(
                f"{line.product_name} is not in the catalog any more.",
                field="lines",
                code="NOT_FOUND",
                order_lines=[line.pk],
            )
        found.append((line, wanted.quantity))
    if not found:
        raise OperationError("Say which pieces are sent once more.", field="lines", code="REQUIRED")
    return found


def _new_order(first: Order) -> Order:
    order = Order(
        number=queries.next_number(),
        status=OrderStatus.DRAFT,
        origin="REISSUE",
        private_metadata={"replaces": str(first.number)},
        **{name: getattr(first, name) for name in COPIED},
    )
    order.shipping_address = _copy(first.shipping_address)
    order.billing_address = _copy(first.billing_address or first.shipping_address)
    order.save(force_insert=True)
    return order


def _copy(address: Address | None) -> Address | None:
    if address is None:
        return None
    new = copy(address)
    new.pk = None
    new._state.adding = True
    new.save()
    return new
