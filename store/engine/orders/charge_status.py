"""Whether an order is paid, derived from its transactions whenever one of them changes."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Sum

from store.engine import events
from store.engine.orders import order_events, state
from store.engine.orders.models import AuthorizeStatus, ChargeStatus, Order, OrderStatus
from store.engine.payments.models import Payment, TransactionItem
from store.saleor.order_state import Payment as PaymentState

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
    update_after_change(
        order, charged=item.charged_value - charged_before, refunded=item.refunded_value - refunded_before
    )


def update_after_change(order: Order, *, charged: Decimal, refunded: Decimal) -> None:
    """Refresh the locked order after a transaction or a legacy payment changed, and record the events of it.

    `charged`, `refunded`: the differences that the change made to what is charged now and to what was refunded.
    """
    refresh(order)
    if order.status == OrderStatus.DRAFT:
        return
    if charged > 0:
        _record_paid(order, received=charged + refunded)
    elif refunded > 0:
        _record_refunded(order, refunded, charged_before=order.total_charged_amount - charged)
    events.record_event("ORDER_UPDATED", kind="Order", pk=order.pk)


def _record_paid(order: Order, *, received: Decimal) -> None:
    """Record ORDER_PAID, and ORDER_FULLY_PAID if the amount `received` settled the order: once, also when more is
    paid later.
    """
    events.record_event("ORDER_PAID", kind="Order", pk=order.pk)
    found = state.state_of(order)
    if found.settled and found.due_before(received) > 0:
        record_fully_paid(order)


def record_settled_by_price(order: Order, *, due_before: Decimal) -> None:
    """After new prices of the locked order: record ORDER_FULLY_PAID if what was received covers them now and did not
    before; once, however often the prices go up and down.
    """
    if due_before <= 0 or not state.state_of(order).settled:
        return
    if not order.events.filter(type="ORDER_FULLY_PAID").exists():
        record_fully_paid(order)


def record_fully_paid(order: Order) -> None:
    order_events.record(order_events.build(order, "ORDER_FULLY_PAID"))
    events.record_event("ORDER_FULLY_PAID", kind="Order", pk=order.pk)


def _record_refunded(order: Order, amount: Decimal, *, charged_before: Decimal) -> None:
    """Record ORDER_REFUNDED, and ORDER_FULLY_REFUNDED if this refund sent the last of the order's money back."""
    order_events.record(order_events.build(order, "PAYMENT_REFUNDED", amount=str(amount)))
    events.record_event("ORDER_REFUNDED", kind="Order", pk=order.pk)
    if charged_before > 0 and state.state_of(order).payment is PaymentState.REFUNDED:
        events.record_event("ORDER_FULLY_REFUNDED", kind="Order", pk=order.pk)
