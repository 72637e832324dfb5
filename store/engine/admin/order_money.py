"""The money of an order for the admin: its rows mapped to `order_totals`, with a label for each row shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from store.engine.discounts import gift_cards
from store.engine.discounts.models import GiftCard
from store.engine.orders.draft_pricing import MANUAL
from store.engine.orders.models import Order, OrderLine
from store.engine.payments.models import EventType, TransactionEvent, TransactionItem
from store.saleor.order_totals import (
    Amounts,
    Discount,
    GiftCardUse,
    LineAmounts,
    OrderTotals,
    Row,
    RowKind,
    Taxed,
    discount_name,
    full_shipping,
    order_totals,
)

LABELS = {
    RowKind.SUBTOTAL: ("Goods", "Goods"),
    RowKind.DISCOUNT: ("Discount", "Discount, {}"),
    RowKind.SHIPPING: ("Delivery", "Delivery, {}"),
    RowKind.SHIPPING_DISCOUNT: ("Discount on delivery", "Discount on delivery, {}"),
    RowKind.TAX: ("Tax", "Tax"),
    RowKind.GIFT_CARD: ("Gift card", "Gift card ending in {}"),
}


# No money moved, and none is on its way: a payment with none of these and a failure was declined.
_MOVED = (
    "authorized_value", "charged_value", "refunded_value", "canceled_value", "authorize_pending_value",
    "charge_pending_value", "refund_pending_value", "cancel_pending_value",
)  # fmt: skip
_DECLINED = (EventType.AUTHORIZATION_FAILURE, EventType.CHARGE_FAILURE)


@dataclass(frozen=True, slots=True)
class LabelledRow:
    label: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class LineMoney:
    """An order line with its sum before discounts, and the price of one piece before and after discounts."""

    line: OrderLine
    total: Decimal
    each: Decimal
    each_reduced: Decimal | None


def totals_of(order: Order, lines: Sequence[OrderLine]) -> OrderTotals:
    """What the order's rows say, in net or gross as its buyer saw it."""
    shipping = Taxed(order.shipping_price_net_amount, order.shipping_price_gross_amount)
    discounts = _discounts(order)
    amounts = Amounts(
        currency=order.currency,
        lines=[
            LineAmounts(
                key=str(line.pk),
                total=Taxed(line.total_price_net_amount, line.total_price_gross_amount),
                undiscounted=Taxed(
                    line.undiscounted_total_price_net_amount, line.undiscounted_total_price_gross_amount
                ),
            )
            for line in lines
        ],
        subtotal=Taxed(order.subtotal_net_amount, order.subtotal_gross_amount),
        shipping=shipping,
        total=Taxed(order.total_net_amount, order.total_gross_amount),
        undiscounted_shipping=full_shipping(
            order.undiscounted_base_shipping_price_amount,
            currency=order.currency,
            reduced=shipping,
            rate=order.shipping_tax_rate or Decimal(0),
            discounts=discounts,
            subtotal=Taxed(order.subtotal_net_amount, order.subtotal_gross_amount),
        ),
        discounts=discounts,
        gift_cards=_gift_cards(order.pk),
        shipping_name=order.shipping_method_name or order.collection_point_name or "",
        has_shipping=bool(order.shipping_method_name or order.collection_point_name),
    )
    return order_totals(amounts, gross=order.display_gross_prices)


def labelled_rows(rows: Iterable[Row]) -> list[LabelledRow]:
    result = []
    for row in rows:
        unnamed, named = LABELS[row.kind]
        result.append(LabelledRow(named.format(row.name) if row.name else unnamed, row.amount))
    return result


def lines_with_money(lines: Iterable[OrderLine], totals: OrderTotals) -> list[LineMoney]:
    found = []
    for line in lines:
        before = Taxed(line.undiscounted_unit_price_net_amount, line.undiscounted_unit_price_gross_amount)
        after = Taxed(line.unit_price_net_amount, line.unit_price_gross_amount)
        each, reduced = before.shown(gross=totals.gross), after.shown(gross=totals.gross)
        found.append(
            LineMoney(line, totals.line_totals[str(line.pk)], each, reduced if reduced != each else None)
        )
    return found


def mark_declined(payments: Iterable[TransactionItem]) -> list[TransactionEvent]:
    """Give each payment `declined`: the event that says so where no money moved, else None. The events are returned."""
    unmoved = {
        item.pk
        for item in payments
        if not item.awaits_result and not any(getattr(item, name) for name in _MOVED)
    }
    failures = TransactionEvent.objects.filter(transaction__in=unmoved, type__in=_DECLINED).order_by("pk")
    found = {event.transaction_id: event for event in failures}
    for item in payments:
        item.declined = found.get(item.pk)  # type: ignore[attr-defined]
    return list(found.values())


def _discounts(order: Order) -> list[Discount]:
    """By name. A voucher that lowers lines or the delivery leaves its code on the order only."""
    found = [
        Discount(
            discount_name(kind=one.type, voucher_code=order.voucher_code, name=one.name or one.reason),
            one.amount_value,
            is_shared=one.type == MANUAL,
        )
        for one in order.discounts.all()
    ]
    return found or ([Discount(order.voucher_code, Decimal(0))] if order.voucher_code else [])


def _gift_cards(order_id: UUID) -> list[GiftCardUse]:
    spent = gift_cards.spent_on(order_id)
    cards = GiftCard.objects.in_bulk(spent)
    return [GiftCardUse(cards[pk].display_code, amount) for pk, amount in spent.items()]
