"""Random sequences of what happens to orders after the sale: whatever the sequence, money, stock and state agree.

`ORDER_SEQUENCES=500 python -m pytest tests/engine/orders/test_operation_sequences.py` tries many more of them.
"""

import os
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Sum

from store.engine.accounts import address_validation
from store.engine.channels import shop_settings
from store.engine.checkout import complete
from store.engine.errors import OperationError, OperationErrors
from store.engine.events.models import App
from store.engine.orders import (
    cancellation,
    contact_details,
    draft_orders,
    fulfillment_lots,
    fulfillments,
    line_refunds,
    manual_discounts,
    replacements,
    returns,
    staff_operations,
    state,
)
from store.engine.orders.draft_orders import NewLine
from store.engine.orders.fulfillments import FulfillLine
from store.engine.orders.granted_refunds import RefundLine
from store.engine.orders.manual_discounts import Terms
from store.engine.orders.models import Fulfillment, FulfillmentLine, Order, OrderLine
from store.engine.orders.replacements import ReplacementLine
from store.engine.orders.returns import ReturnLine
from store.engine.payments.models import TransactionItem
from store.engine.stock.errors import InsufficientStock
from store.engine.stock.models import Allocation, Stock, StockMovement
from store.safety import lots as lot_record
from store.safety.models import LotMovement, LotQuantity
from store.saleor.order_state import SENT_STATUSES, Lifecycle
from tests.engine import checkout_flow
from tests.engine.api_client import execute_field, gid
from tests.engine.checkout_flow import ADA, Shop
from tests.engine.orders.order_flow import refund

pytestmark = pytest.mark.django_db
SEQUENCES = int(os.environ.get("ORDER_SEQUENCES", "3"))
STEPS = 18
RECEIVED = {"A": 3, "B": 4}  # pieces of CUP, by lot
FIRST_STOCK = {"CUP": 9, "PUMP": 5}
REFUSED = (OperationError, OperationErrors, InsufficientStock)
Act = Callable[[Shop, Order, Random], Any]


def some(rows: Any, dice: Random) -> list[Any]:
    found = list(rows)
    return dice.sample(found, dice.randint(1, len(found))) if found else []


def send(shop: Shop, order: Order, dice: Random) -> None:
    lines = [
        FulfillLine(line.pk, shop.warehouse.pk, dice.randint(1, 3), {"A": 1} if dice.random() < 0.3 else {})
        for line in some(order.lines.all(), dice)
    ]
    fulfillments.fulfill(
        order_id=order.pk, fulfill_lines=lines, allow_stock_to_be_exceeded=dice.random() < 0.1
    )


def cancel_parcel(shop: Shop, order: Order, dice: Random) -> None:
    for parcel in some(order.fulfillments.all(), dice)[:1]:
        fulfillments.cancel(fulfillment_id=parcel.pk, warehouse_id=dice.choice([shop.warehouse.pk, None]))


def deliver(shop: Shop, order: Order, dice: Random) -> None:
    for parcel in some(order.fulfillments.all(), dice)[:1]:
        fulfillments.mark_delivered(fulfillment_id=parcel.pk, at=datetime.now(UTC))


def take_back(shop: Shop, order: Order, dice: Random) -> None:
    sent = FulfillmentLine.objects.filter(fulfillment__order=order)
    returns.return_products(
        order_id=order.pk,
        fulfillment_lines=[ReturnLine(line.pk, dice.randint(1, 2)) for line in some(sent, dice)],
        order_lines=[ReturnLine(line.pk, 1) for line in some(order.lines.all(), dice)]
        if dice.random() < 0.2
        else [],
        refund=dice.random() < 0.5,
        include_shipping=dice.random() < 0.3,
        restock_to=dice.choice([shop.warehouse.pk, None]),
    )


def send_money_back(shop: Shop, order: Order, dice: Random) -> None:
    if TransactionItem.objects.filter(order_id=order.pk).exists():
        refund(order, dice.choice(["0.01", "5.00", "31.47", "200.00"]))


def refund_lines(shop: Shop, order: Order, dice: Random) -> None:
    line_refunds.refund(
        order_id=order.pk,
        lines=[RefundLine(line.pk, dice.randint(1, 2)) for line in some(order.lines.all(), dice)],
        include_shipping=dice.random() < 0.3,
        reason="broken",
        user_id=None,
    )


def cancel(shop: Shop, order: Order, dice: Random) -> None:
    held = state.state_of(order).held
    cancellation.cancel(order_id=order.pk, refund=dice.choice([None, held, held / 2]))


def pay(shop: Shop, order: Order, dice: Random) -> None:
    staff_operations.mark_as_paid(order_id=order.pk, beside_transactions=dice.random() < 0.5)


def confirm(shop: Shop, order: Order, dice: Random) -> None:
    staff_operations.confirm(order_id=order.pk)


def send_once_more(shop: Shop, order: Order, dice: Random) -> None:
    lines = [ReplacementLine(line.pk, 1) for line in some(order.lines.all(), dice)]
    replacements.replace(order_id=order.pk, lines=lines, reason="lost")


def edit(shop: Shop, order: Order, dice: Random) -> None:
    contact_details.correct(order_id=order.pk, given={"user_email": "ada.new@example.com"})


def begin_draft(shop: Shop, order: Order, dice: Random) -> None:
    address = address_validation.clean_address(ADA)
    draft_orders.create(
        channel=shop.channel,
        values={"user_email": "ada@example.com"},
        lines=[
            NewLine(variant.pk, dice.randint(1, 2), price=dice.choice([None, Decimal("12.34")]))
            for variant in some(shop.variants.values(), dice)
        ],
        shipping_address=address,
        billing_address=address_validation.clean_address(ADA),
        shipping_method=shop.method,
    )


def edit_lines(shop: Shop, order: Order, dice: Random) -> None:
    """Of a draft or an order that is not confirmed; others are refused, as they are in all that follows here."""
    lines = some(order.lines.all(), dice)[:1]
    for line in lines:
        if dice.random() < 0.3:
            draft_orders.delete_line(line_id=line.pk)
        else:
            draft_orders.change_line(line_id=line.pk, quantity=dice.randint(1, 4))
    if dice.random() < 0.5:
        variant = dice.choice(list(shop.variants.values()))
        new = NewLine(variant.pk, dice.randint(1, 2), force_new_line=dice.random() < 0.3)
        draft_orders.add_lines(order_id=order.pk, lines=[new])


def take_off(shop: Shop, order: Order, dice: Random) -> None:
    terms = dice.choice([Terms("PERCENTAGE", Decimal(dice.randint(1, 100))), Terms("FIXED", Decimal("7.77"))])
    if discount := order.discounts.filter(type="MANUAL").first():
        if dice.random() < 0.5:
            manual_discounts.update(discount_id=discount.pk, terms=terms)
        else:
            manual_discounts.delete(discount_id=discount.pk)
    elif dice.random() < 0.5:
        manual_discounts.add(order_id=order.pk, terms=terms)
    for line in some(order.lines.all(), dice)[:1]:
        manual_discounts.set_on_line(line_id=line.pk, terms=terms)


def complete_draft(shop: Shop, order: Order, dice: Random) -> None:
    for draft in Order.objects.filter(status="DRAFT").order_by("number")[:1]:
        draft_orders.complete(order_id=draft.pk)


def correct_lots(shop: Shop, order: Order, dice: Random) -> None:
    for parcel in some(order.fulfillments.all(), dice)[:1]:
        wanted = {
            line.pk: dice.choice([{}, {"A": 1}, {"B": line.quantity}, {"A": 1, "C": 1}])
            for line in parcel.lines.all()
        }
        fulfillment_lots.correct(fulfillment_id=parcel.pk, lots=wanted, reason="counted again")


def place(shop: Shop, order: Order, dice: Random) -> None:
    wanted = [(variant, dice.randint(1, 2)) for variant in some(shop.variants.values(), dice)]
    checkout = checkout_flow.checkout_ready_to_pay(shop, *wanted)
    if dice.random() < 0.7:
        checkout_flow.pay(checkout)
    complete.complete(checkout_id=checkout.pk)


ACTS: list[Act] = [
    *(send, send, send, cancel_parcel, deliver, take_back, take_back, send_money_back, refund_lines),
    *(cancel, pay, confirm, send_once_more, edit, place, correct_lots),
    *(begin_draft, edit_lines, edit_lines, take_off, take_off, complete_draft),
]


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_money_stock_and_state_agree_after_any_sequence(seed: int) -> None:
    dice = Random(seed)
    shop = checkout_flow.create_shop()
    for sku, stock in FIRST_STOCK.items():
        shop.variant(sku, stock=stock)
    shop_settings.update(changes={"fulfillment_allow_unpaid": dice.random() < 0.3})
    shop.channel.allow_unpaid_orders = True
    shop.channel.automatically_confirm_all_new_orders = dice.random() < 0.5
    for code, quantity in RECEIVED.items():
        with transaction.atomic():
            lot_record.receive(sku="CUP", warehouse="main", quantity=quantity, code=code)
    shop.channel.save()
    checkout_flow.place_order(shop, *((variant, 2) for variant in shop.variants.values()))
    staff, done = App.objects.create(name="Desk", permissions=["MANAGE_ORDERS"]), []
    for _ in range(STEPS):
        act, order = dice.choice(ACTS), dice.choice(list(Order.objects.order_by("number")))
        try:
            act(shop, order, dice)
            done.append(f"{act.__name__} {order.number}")
        except REFUSED as refused:
            done.append(f"({act.__name__} {order.number}: {refused})")
        try:
            check_stock()
            check_lots()
            for one in Order.objects.all():
                check_order(one)
                check_api(one, staff)
        except AssertionError as error:
            raise AssertionError(f"after {done}") from error


def check_lots() -> None:
    """What is left of each lot is what came in less what parcels hold that were not canceled or put back on the shelf;
    a lot never holds less than nothing.
    """
    for row in LotQuantity.objects.select_related("lot"):
        moved = LotMovement.objects.filter(lot=row.lot, warehouse=row.warehouse).aggregate(
            Sum("quantity_change")
        )
        assert row.quantity == (moved["quantity_change__sum"] or 0) >= 0


def check_stock() -> None:
    for row in Stock.objects.select_related("variant"):
        moved = StockMovement.objects.filter(stock_id=row.pk).aggregate(
            Sum("quantity_change"), Sum("allocated_change")
        )
        assert row.quantity == FIRST_STOCK[row.variant.sku] + (moved["quantity_change__sum"] or 0)
        allocated = Allocation.objects.filter(stock=row).aggregate(Sum("quantity"))["quantity__sum"] or 0
        assert row.quantity_allocated == allocated == (moved["allocated_change__sum"] or 0)


def check_order(order: Order) -> None:
    found = state.state_of(order)
    is_open = found.lifecycle in (Lifecycle.OPEN, Lifecycle.UNCONFIRMED)
    lots: Counter[tuple[OrderLine, str]] = Counter()
    for line in order.lines.all():
        assert 0 <= line.quantity_fulfilled <= line.quantity
        parts = FulfillmentLine.objects.filter(order_line=line).exclude(fulfillment__status="CANCELED")
        assert line.quantity_fulfilled == sum(part.quantity for part in parts)
        reserved = (
            Allocation.objects.filter(order_line_id=line.pk).aggregate(Sum("quantity"))["quantity__sum"] or 0
        )
        assert reserved == (line.quantity_unfulfilled if is_open else 0)
        for part in parts:
            lots.update({(line, code): count for code, count in part.lots.items()})
    for line in order.lines.all():
        told = {key[4:]: int(value) for key, value in line.metadata.items() if key.startswith("lot:")}
        assert told == {code: count for (of, code), count in lots.items() if of == line}
    items = list(TransactionItem.objects.filter(order_id=order.pk))
    assert all(item.charged_value >= 0 and item.refunded_value >= 0 for item in items)
    assert found.held == sum(item.charged_value for item in items)
    assert found.refunded == sum(item.refunded_value for item in items) <= found.received
    assert order.total_charged_amount == found.held
    total = sum((line.total_price_gross_amount for line in order.lines.all()), Decimal(0))
    assert order.total_gross_amount == total + order.shipping_price_gross_amount
    assert (order in state.waiting_for_parcel()) == found.waits_for_parcel
    assert (order in state.refund_due()) == bool(found.refund_due)
    sent = Fulfillment.objects.filter(order=order, status__in=SENT_STATUSES)
    assert len(found.parcels) == sent.count()


def check_api(order: Order, staff: App) -> None:
    query = """query($id:ID!){order(id:$id){status chargeStatus isPaid actions
        totalCharged{amount} totalRefunded{amount} lines{quantityToFulfill}}}"""
    answer = execute_field(query, as_=staff, id=gid(order))
    found = state.state_of(order)
    assert Decimal(str(answer["totalCharged"]["amount"])) == found.held
    assert Decimal(str(answer["totalRefunded"]["amount"])) == found.refunded
    assert set(answer["actions"]) <= {str(action) for action in found.actions}
    assert sum(line["quantityToFulfill"] for line in answer["lines"]) == sum(
        line.quantity_unfulfilled for line in order.lines.all()
    )
