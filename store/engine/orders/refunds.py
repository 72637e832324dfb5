"""What pieces of an order are worth when they go back, and sending money back over all that paid for the order."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from uuid import UUID

from store.engine.money import quantize
from store.engine.orders import charge_status
from store.engine.orders.models import (
    Fulfillment,
    FulfillmentLine,
    Order,
    OrderGrantedRefund,
    OrderGrantedRefundLine,
    OrderLine,
)
from store.engine.payments import legacy_payments, transaction_events
from store.engine.payments.models import Payment, TransactionItem


def request(order: Order, amount: Decimal, *, reason: str = "", user_id: int | None = None) -> Decimal:
    """Request `amount` from one transaction after the other, with the order locked; return what nobody took.

    A refund that a payment app decides on later counts as taken.
    """
    left = amount
    for unlocked in TransactionItem.objects.filter(order_id=order.pk, charged_value__gt=0).order_by("pk"):
        if left > 0:
            left -= _from_transaction(order, unlocked, left, reason=reason, user_id=user_id)
    for payment in Payment.objects.filter(order_id=order.pk, captured_amount__gt=0).order_by("pk"):
        if left > 0:
            left -= _from_legacy_payment(order, payment, left)
    return left


def refunded_pieces(
    order: Order, *, without: Fulfillment | None = None, without_grant: OrderGrantedRefund | None = None
) -> dict[UUID, int]:
    """How many pieces of each line were granted back, or refunded with a return; those of one fulfillment or granted
    refund aside.
    """
    found: dict[UUID, int] = defaultdict(int)
    granted = OrderGrantedRefundLine.objects.filter(granted_refund__order=order).exclude(
        granted_refund=without_grant
    )
    returned = FulfillmentLine.objects.filter(
        fulfillment__order=order, fulfillment__status=Fulfillment.Status.REFUNDED_AND_RETURNED
    ).exclude(fulfillment=without)
    for rows in (granted, returned):
        for line_id, quantity in rows.values_list("order_line_id", "quantity"):
            found[line_id] += quantity
    return found


def worth(pieces: Iterable[tuple[OrderLine, int]], refunded: Mapping[UUID, int]) -> Decimal:
    """What was paid for the pieces of these lines, those aside whose price went back before.

    It is what the line's share of its total grows by: unit prices are rounded, and so would be the price of each piece,
    while pieces that go back one by one have to add up to what was paid.
    """
    now: dict[UUID, int] = defaultdict(int)
    lines = {}
    for line, quantity in pieces:
        lines[line.pk] = line
        now[line.pk] += quantity
    return sum(
        (
            _share(line, min(refunded.get(pk, 0) + now[pk], line.quantity))
            - _share(line, refunded.get(pk, 0))
            for pk, line in lines.items()
        ),
        Decimal(0),
    )


def _share(line: OrderLine, quantity: int) -> Decimal:
    return quantize(line.total_price_gross_amount * quantity / line.quantity, line.currency)


def shipping_was_refunded(order: Order) -> bool:
    """Whether the shipping price was granted back, or refunded with a return, before."""
    return (
        order.granted_refunds.filter(shipping_costs_included=True).exists()
        or order.fulfillments.filter(shipping_refund_amount__gt=0).exists()
    )


def _from_transaction(
    order: Order, unlocked: TransactionItem, most: Decimal, *, reason: str, user_id: int | None
) -> Decimal:
    item = transaction_events.lock(unlocked.pk)
    charged, refunded = item.charged_value, item.refunded_value
    part = min(most, transaction_events.left_for("REFUND", item))
    if part <= 0:
        return Decimal(0)
    event = transaction_events.request_action(
        item=item, action="REFUND", amount=part, message=reason, user_id=user_id
    )
    if not transaction_events.is_accepted(event):
        return Decimal(0)
    charge_status.update_after_transaction(order, charged_before=charged, refunded_before=refunded, item=item)
    return part


def _from_legacy_payment(order: Order, payment: Payment, most: Decimal) -> Decimal:
    part = min(most, payment.captured_amount)
    legacy_payments.refund(payment, part)
    charge_status.update_after_change(order, charged=-part, refunded=part)
    return part
