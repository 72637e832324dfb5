"""Sends the gift cards of paid orders by themselves, in channels that want it: nobody has to pack them."""

import logging
from uuid import UUID

from django.db.models import F

from store.engine.errors import OperationError
from store.engine.orders import fulfillments, state
from store.engine.orders.fulfillments import FulfillLine
from store.engine.orders.models import ChargeStatus, Order, OrderLine, OrderStatus
from store.engine.stock.errors import InsufficientStock
from store.engine.stock.models import Allocation, Stock
from store.saleor.order_state import Payment

log = logging.getLogger(__name__)
BATCH_SIZE = 50
PAID = (Payment.PAID, Payment.OVERPAID, Payment.NOTHING_DUE)


def due() -> list[UUID]:
    """Paid orders with gift cards that need no parcel and were not sent, at most BATCH_SIZE: any of them, so that those
    which are refused each time keep no other one waiting.
    """
    lines = OrderLine.objects.filter(
        is_gift_card=True,
        is_shipping_required=False,
        quantity_fulfilled__lt=F("quantity"),
        order__channel__automatically_fulfill_non_shippable_gift_card=True,
        order__status__in=[OrderStatus.UNFULFILLED, OrderStatus.PARTIALLY_FULFILLED],
        order__charge_status__in=[ChargeStatus.FULL, ChargeStatus.OVERCHARGED],
    )
    orders = Order.objects.filter(pk__in=lines.values("order_id")).order_by("?")
    return [order.pk for order in orders[:BATCH_SIZE] if _keeps_its_money(order)]


def _keeps_its_money(order: Order) -> bool:
    """Whether nothing of the order's money went back or is to. What a refund was for, only a person knows."""
    return state.state_of(order).payment in PAID and not order.granted_refunds.exists()


def sweep() -> int:
    """Send what is due, and return of how many orders. Any number of workers may run this at once: a card that was
    sent meanwhile is refused. What is refused is logged, and stays with what the desk has to send.
    """
    sent = 0
    for order_id in due():
        try:
            fulfillments.fulfill(order_id=order_id, fulfill_lines=_lines_of(order_id))
            sent += 1
        except (OperationError, InsufficientStock) as error:
            log.info("gift cards of order %s were not sent: %s", order_id, error)
    return sent


def _lines_of(order_id: UUID) -> list[FulfillLine]:
    """The order's gift cards that were not sent, by warehouse: where they are allocated. Cards that are not counted
    are allocated nowhere; theirs is the first that has a stock of them.
    """
    lines = [
        line
        for line in OrderLine.objects.filter(order=order_id, is_gift_card=True, is_shipping_required=False)
        if line.quantity_unfulfilled
    ]
    allocated = Allocation.objects.filter(order_line_id__in=[line.pk for line in lines], quantity__gt=0)
    rows = allocated.order_by("pk").values_list("order_line_id", "stock__warehouse_id", "quantity")
    found = [FulfillLine(line, warehouse, quantity) for line, warehouse, quantity in rows]
    counted = {row.line_id for row in found}
    stocks = Stock.objects.filter(variant__in=[line.variant_id for line in lines]).order_by("-pk")
    warehouses = dict(stocks.values_list("variant_id", "warehouse_id"))
    return found + [
        FulfillLine(line.pk, warehouses[line.variant_id], line.quantity_unfulfilled)
        for line in lines
        if line.pk not in counted and line.variant_id in warehouses
    ]
