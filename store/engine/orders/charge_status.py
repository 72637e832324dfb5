"""Whether an order is paid, derived from its transactions whenever one of them changes."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Sum

from store.engine import events
from store.engine.orders import order_events
from store.engine.orders.models import AuthorizeStatus, ChargeStatus, Order, OrderStatus
from store.engine.payments.models import Payment, TransactionItem

ZERO = Decimal(0)


def set_amounts(
    order: Order,
    transactions: Iterable[TransactionItem],
    *,
    granted: Decimal = ZERO,
    payments: Iterable[Payment] = (),
) -> None:
    """Set amounts and statuses on the order (not saved). `granted`: granted refunds, which reduce what is due."""
    items = list(transactions)
    charged = sum((item.charged_value for item in items), ZERO)
    authorized = sum((item.authorized_value for item in items), ZERO)
    for payment in payments:
        charged += payment.captured_amount
        authorized += payment.authorized_amount
    due = max(order.total_gross_amount - granted, ZERO)
    order.total_charged_amount, order.total_authorized_amount = charged, authorized
    if charged == due:
        order.charge_status = ChargeStatus.FULL
    elif charged <= 0:
        order.charge_status = ChargeStatus.NONE
    else:
        order.charge_status = ChargeStatus.PARTIAL if charged < due else ChargeStatus.OVERCHARGED
    covered = charged + authorized
    if not covered:
        order.authorize_status = AuthorizeStatus.NONE if order.total_gross_amount else AuthorizeStatus.FULL
    else:
        order.authorize_status = AuthorizeStatus.FULL if covered >= due else AuthorizeStatus.PARTIAL


CHARGE_COLUMNS = [
    "total_charged_amount",
    "total_authorized_amount",
    "charge_status",
    "authorize_status",
    "updated_at",
]


def refresh_amounts(order: Order) -> None:
    """Recalculate and save, inside the caller's transaction and with the order locked."""
    granted = order.granted_refunds.aggregate(all=Sum("amount_value"))["all"] or ZERO
    items = TransactionItem.objects.filter(order_id=order.pk)
    set_amounts(order, items, granted=granted, payments=Payment.objects.filter(order_id=order.pk))
    order.save(update_fields=CHARGE_COLUMNS)


def refresh(order: Order) -> None:
    """As `refresh_amounts`, and confirm an unconfirmed order where the channel confirms automatically."""
    if order.channel.automatically_confirm_all_new_orders and order.status == OrderStatus.UNCONFIRMED:
        order.status = OrderStatus.UNFULFILLED
        order.save(update_fields=["status", "updated_at"])
    refresh_amounts(order)


def update_after_transaction(
    order: Order, *, charged_before: Decimal, refunded_before: Decimal, item: TransactionItem
) -> None:
    """Refresh the order after a transaction changed, and record the events of it.

    `charged_before`, `refunded_before`: the transaction's amounts before the change, in the order's currency.
    """
    refresh(order)
    if order.status == OrderStatus.DRAFT:
        return
    if item.charged_value > charged_before:
        record_paid(order)
    elif item.refunded_value > refunded_before:
        order_events.record(
            order_events.build(order, "PAYMENT_REFUNDED", amount=str(item.refunded_value - refunded_before))
        )
        events.record_event("ORDER_REFUNDED", kind="Order", pk=order.pk)
        if item.refunded_value >= order.total_gross_amount:
            events.record_event("ORDER_FULLY_REFUNDED", kind="Order", pk=order.pk)
    events.record_event("ORDER_UPDATED", kind="Order", pk=order.pk)


def record_paid(order: Order, *, gateway: str = "") -> None:
    """Record ORDER_PAID and, if the order is fully paid, ORDER_FULLY_PAID."""
    events.record_event("ORDER_PAID", kind="Order", pk=order.pk)
    if order.is_paid:
        order_events.record(
            order_events.build(order, "ORDER_FULLY_PAID", **({"payment_gateway": gateway} if gateway else {}))
        )
        events.record_event("ORDER_FULLY_PAID", kind="Order", pk=order.pk)
