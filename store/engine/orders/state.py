"""The state of orders as `store.saleor.order_state` defines it, from the rows of the database.

`state_of` and `states_of` read the rows; `waiting_for_parcel` and `refund_due` are the same rules as querysets, for
lists and counters. Nothing else in the engine decides whether an order is paid, refunded, or may be sent or canceled.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Round
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from store.engine.channels import shop_settings
from store.engine.money import amount_field
from store.engine.orders.models import Fulfillment, Order, OrderGrantedRefund, OrderLine, OrderStatus
from store.engine.payments.models import Payment, PaymentStep, TransactionItem
from store.saleor.order_return import METADATA_KEY
from store.saleor.order_state import (
    RETURNED_STATUSES,
    SENT_STATUSES,
    FulfillmentFacts,
    OrderFacts,
    OrderState,
    order_state,
)

ZERO = Decimal(0)
NOT_OPEN = (OrderStatus.DRAFT, OrderStatus.UNCONFIRMED, OrderStatus.CANCELED, OrderStatus.EXPIRED)


def return_asked() -> QuerySet[Order]:
    """Orders whose buyer asked to return something, which is neither taken back nor closed (`return_requests`)."""
    asked = Order.objects.filter(**{f"private_metadata__{METADATA_KEY}__isnull": False})
    return asked.exclude(status__in=NOT_OPEN)


def state_of(order: Order, *, transactions: Sequence[TransactionItem] | None = None) -> OrderState:
    """The state of one order; read with the order locked where something is decided by it.

    `transactions`: all of the order, if they were read already.
    """
    return states_of([order], transactions=transactions)[order.pk]


def states_of(
    orders: Sequence[Order], *, transactions: Sequence[TransactionItem] | None = None
) -> dict[UUID, OrderState]:
    """The states by primary key, with the same number of statements for any number of orders."""
    may_fulfill_unpaid = shop_settings.current().fulfillment_allow_unpaid
    facts = _facts(orders, transactions)
    return {pk: order_state(found, may_fulfill_unpaid=may_fulfill_unpaid) for pk, found in facts.items()}


def refunded_of(orders: Sequence[Order], *, transactions: Sequence[TransactionItem]) -> dict[UUID, Decimal]:
    """`OrderState.refunded` alone, by primary key, without reading lines and parcels.

    `transactions`: all of these orders.
    """
    pks = [order.pk for order in orders]
    _, _, refunded = _money(transactions, pks)
    return {pk: refunded[pk] for pk in pks}


@dataclass(frozen=True, slots=True)
class _Contents:
    """What an order consists of; `is_legacy`: it has payments of Saleor's older kind, `is_granted`: granted refunds."""

    quantity: int
    quantity_fulfilled: int
    is_legacy: bool
    is_granted: bool


def _contents(pks: Sequence[UUID]) -> dict[UUID, _Contents]:
    own = {"order_id": OuterRef("pk")}
    rows = (
        Order.objects.filter(pk__in=pks)
        .order_by()
        .values_list(
            "pk",
            _pieces(F("quantity")),
            _pieces(F("quantity_fulfilled")),
            Exists(Payment.objects.filter(**own)),
            Exists(OrderGrantedRefund.objects.filter(**own)),
        )
    )
    return {pk: _Contents(*found) for pk, *found in rows}


def _facts(orders: Sequence[Order], transactions: Sequence[TransactionItem] | None) -> dict[UUID, OrderFacts]:
    pks = [order.pk for order in orders]
    contents = _contents(pks)
    if transactions is None:
        transactions = list(TransactionItem.objects.filter(order_id__in=pks))
    legacy = [pk for pk in pks if contents[pk].is_legacy]
    charged, authorized, refunded = _money(transactions, legacy)
    granted = _granted([pk for pk in pks if contents[pk].is_granted])
    parcels = _fulfillments(pks)
    return {
        order.pk: OrderFacts(
            status=order.status,
            total=order.total_gross_amount,
            charged=charged[order.pk],
            refunded=refunded[order.pk],
            authorized=authorized[order.pk],
            granted=granted[order.pk],
            quantity=contents[order.pk].quantity,
            quantity_fulfilled=contents[order.pk].quantity_fulfilled,
            fulfillments=parcels[order.pk],
            shipping=order.shipping_price_gross_amount,
        )
        for order in orders
    }


Amounts = defaultdict[UUID, Decimal]


def _money(
    transactions: Sequence[TransactionItem], legacy_pks: Sequence[UUID]
) -> tuple[Amounts, Amounts, Amounts]:
    """What is charged now, authorized, and was refunded, over all transactions and legacy payments of the orders.

    `legacy_pks`: the orders that may have legacy payments.
    """
    charged, authorized, refunded = _amounts(), _amounts(), _amounts()
    for item in transactions:
        assert item.order_id
        charged[item.order_id] += item.charged_value
        authorized[item.order_id] += item.authorized_value
        refunded[item.order_id] += item.refunded_value
    legacy = list(Payment.objects.filter(order_id__in=legacy_pks)) if legacy_pks else []
    for payment in legacy:
        assert payment.order_id
        charged[payment.order_id] += payment.captured_amount
        authorized[payment.order_id] += payment.authorized_amount
    for step in _legacy_refunds().filter(payment__in=legacy).select_related("payment") if legacy else ():
        assert step.payment.order_id
        refunded[step.payment.order_id] += step.amount_value
    return charged, authorized, refunded


def _granted(pks: Sequence[UUID]) -> Amounts:
    granted = _amounts()
    for refund in OrderGrantedRefund.objects.filter(order__in=pks) if pks else ():
        granted[refund.order_id] += refund.amount_value
    return granted


def _amounts() -> Amounts:
    """Sums are made here and not by the database: SQLite adds decimals as floats."""
    return defaultdict(lambda: ZERO)


def _legacy_refunds() -> QuerySet[PaymentStep]:
    return PaymentStep.objects.filter(kind="REFUND", is_success=True)


def _fulfillments(pks: Sequence[UUID]) -> defaultdict[UUID, list[FulfillmentFacts]]:
    found: defaultdict[UUID, list[FulfillmentFacts]] = defaultdict(list)
    for parcel in Fulfillment.objects.filter(order__in=pks).annotate(
        pieces=Coalesce(Sum("lines__quantity"), 0)
    ):
        found[parcel.order_id].append(
            FulfillmentFacts(
                status=parcel.status,
                quantity=parcel.pieces,
                created=parcel.created_at,
                delivered_at=_delivered_at(parcel),
                tracking_number=parcel.tracking_number,
            )
        )
    return found


def _delivered_at(fulfillment: Fulfillment) -> datetime | None:
    """Metadata `delivered_at`; None where there is none or somebody wrote what is no time."""
    try:
        found = parse_datetime(str(fulfillment.metadata.get("delivered_at") or ""))
    except ValueError:
        return None
    return timezone.make_aware(found) if found and timezone.is_naive(found) else found


# --- the same rules as querysets ---------------------------------------------------------------------------
def waiting_for_payment() -> QuerySet[Order]:
    """The orders that may be marked as paid: alive, nothing or too little was received, nothing went back."""
    closed = (OrderStatus.DRAFT, OrderStatus.CANCELED, OrderStatus.EXPIRED)
    orders = Order.objects.exclude(status__in=closed).alias(
        refunded=_refunded(),
        granted=_sum_by_order(OrderGrantedRefund.objects.filter(order=OuterRef("pk")), "amount_value"),
    )
    missing = F("total_gross_amount") - F("granted") - F("total_charged_amount")
    # Rounded, as SQLite adds decimals as floats.
    orders = orders.alias(
        missing=Round(missing, precision=3),
        uncovered=Round(missing - F("total_authorized_amount"), precision=3),
    )
    return orders.filter(refunded__lte=0, missing__gt=0, uncovered__gt=0).order_by("number")


def waiting_for_parcel() -> QuerySet[Order]:
    """The orders whose state says `waits_for_parcel`: paid, open, and something is left to send. Oldest first."""
    orders = Order.objects.exclude(status__in=NOT_OPEN).alias(
        refunded=_refunded(),
        granted=_sum_by_order(OrderGrantedRefund.objects.filter(order=OuterRef("pk")), "amount_value"),
        left=_pieces(F("quantity") - F("quantity_fulfilled")),
    )
    orders = orders.filter(left__gt=0)
    if not shop_settings.current().fulfillment_allow_unpaid:
        # Rounded, as SQLite adds decimals as floats.
        open_amount = F("total_gross_amount") - F("granted") - F("total_charged_amount") - F("refunded")
        orders = orders.alias(open_amount=Round(open_amount, precision=3)).filter(open_amount__lte=0)
    return orders.exclude(refunded__gt=0, total_charged_amount__lte=0).order_by("number")


def refund_due() -> QuerySet[Order]:
    """The orders with a `refund_due`: canceled or expired, or wholly returned and more than the delivery cost is still
    here.
    """
    gone = Q(status__in=(OrderStatus.CANCELED, OrderStatus.EXPIRED))
    everything = Q(status=OrderStatus.RETURNED) | Q(returned__gte=F("pieces"))
    more_than_delivery = Q(total_charged_amount__gt=F("shipping_price_gross_amount"))
    returned = Q(returned__gt=0, sent=0) & everything & more_than_delivery
    orders = Order.objects.filter(total_charged_amount__gt=0).alias(
        returned=_pieces_in(RETURNED_STATUSES), sent=_pieces_in(SENT_STATUSES), pieces=_pieces(F("quantity"))
    )
    return orders.filter(gone | returned).order_by("number")


def _refunded() -> Any:
    items = TransactionItem.objects.filter(order_id=OuterRef("pk"))
    legacy = _legacy_refunds().filter(payment__order_id=OuterRef("pk"))
    return _sum_by_order(items, "refunded_value") + _sum_by_order(legacy, "amount_value")


def _sum_by_order(rows: QuerySet[Any], column: str) -> Any:
    """The sum of a column over the rows of the outer order, 0 for none."""
    summed = rows.order_by().annotate(_one=Value(1)).values("_one").annotate(_sum=Sum(column)).values("_sum")
    return Coalesce(Subquery(summed), Value(ZERO), output_field=amount_field())


def _pieces(quantity: Any) -> Any:
    rows = OrderLine.objects.filter(order=OuterRef("pk")).order_by().values("order")
    return Coalesce(Subquery(rows.annotate(_sum=Sum(quantity)).values("_sum")), 0)


def _pieces_in(statuses: Iterable[str]) -> Any:
    rows = Fulfillment.objects.filter(order=OuterRef("pk"), status__in=list(statuses)).order_by()
    return Coalesce(Subquery(rows.values("order").annotate(_sum=Sum("lines__quantity")).values("_sum")), 0)
