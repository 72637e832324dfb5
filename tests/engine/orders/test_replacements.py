"""Pieces that are sent once more for nothing: a new order, tied to the first one."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from store.engine.errors import OperationError
from store.engine.orders import replacements
from store.engine.orders.errors import OrderLineError
from store.engine.orders.models import Order, OrderLine
from store.engine.orders.replacements import ReplacementLine
from store.engine.stock.models import Stock
from tests.engine.checkout_flow import stock_quantities
from tests.engine.orders.order_flow import bought, event_types, send

pytestmark = pytest.mark.django_db


def replace(order: Order, quantity: int = 1, **options: Any) -> Order:
    line = ReplacementLine(order.lines.get().pk, quantity)
    return replacements.replace(order_id=order.pk, lines=[line], **({"reason": " Broken "} | options))


def test_a_replacement_costs_nothing_and_takes_stock_and_address_of_the_first() -> None:
    shop, first = bought(3)
    OrderLine.objects.update(metadata={"insert": "cups@1.0", "lot:A1": "2"})
    send(shop, first, 3)
    again = replace(first, 2)
    again.refresh_from_db()
    line = again.lines.get()
    assert (again.total_gross_amount, again.origin, again.status) == (0, "REISSUE", "UNFULFILLED")
    assert (line.quantity, line.unit_price_gross_amount, line.metadata) == (2, 0, {"insert": "cups@1.0"})
    assert (again.user_email, again.channel, again.currency) == (first.user_email, first.channel, "USD")
    assert again.private_metadata == {"replaces": str(first.number)}
    assert again.number > first.number
    assert stock_quantities(shop.variants["CUP"]) == (7, 2, 2)
    for kind in ("shipping_address", "billing_address"):
        mine, theirs = getattr(again, kind), getattr(first, kind)
        assert (mine.pk != theirs.pk, mine.street_address_1) == (True, theirs.street_address_1)
    first.refresh_from_db()
    assert first.shipping_address


def test_both_orders_name_the_other_and_the_reason() -> None:
    _, first = bought(2)
    again = replace(first, 2)
    told = [order.events.filter(type="OTHER").get().parameters["message"] for order in (first, again)]
    assert told == [
        f"2 pieces are sent once more as order {again}: Broken",
        f"Replaces 2 pieces of order {first}: Broken",
    ]
    assert event_types(first)[-1] == "ORDER_UPDATED"


def test_a_form_sent_twice_sends_the_pieces_once() -> None:
    _, first = bought(2)
    orders = [replace(first, request_key="form 1") for _ in range(2)]
    assert (orders[0], Order.objects.count()) == (orders[1], 2)


def test_where_no_bill_was_addressed_the_parcels_address_serves() -> None:
    _, first = bought(1)
    Order.objects.update(billing_address=None)
    again = replace(first)
    assert again.billing_address
    assert first.shipping_address
    assert again.billing_address.street_address_1 == first.shipping_address.street_address_1


@pytest.mark.parametrize("quantity", [0, -1, 3])
def test_only_pieces_of_the_order_are_sent_once_more(quantity: int) -> None:
    _, first = bought(2)
    with pytest.raises(OperationError, match="pieces of this order"):
        replace(first, quantity)
    assert Order.objects.count() == 1


def test_without_reason_or_pieces_nothing_is_sent() -> None:
    _, first = bought(2)
    for lines, reason, code in (
        ([ReplacementLine(first.lines.get().pk, 1)], "  ", "REQUIRED"),
        ([], "Broken", "REQUIRED"),
        ([ReplacementLine(uuid4(), 1)], "Broken", "INVALID"),
    ):
        with pytest.raises(OperationError) as refused:
            replacements.replace(order_id=first.pk, lines=lines, reason=reason)
        assert (refused.value.code, Order.objects.count()) == (code, 1)


@pytest.mark.parametrize("status", ["DRAFT", "CANCELED", "EXPIRED"])
def test_nothing_of_a_closed_order_is_sent_once_more(status: str) -> None:
    _, first = bought(2)
    Order.objects.update(status=status)
    with pytest.raises(OperationError, match="can't be sent once more"):
        replace(first)


def test_what_left_the_catalog_or_is_sold_out_is_named() -> None:
    _, first = bought(2)
    Stock.objects.update(quantity=2)
    with pytest.raises(OrderLineError):
        replace(first)
    OrderLine.objects.update(variant=None)
    with pytest.raises(OrderLineError) as refused:
        replace(first)
    assert (refused.value.code, refused.value.extras) == (
        "NOT_FOUND",
        {"order_lines": [first.lines.get().pk]},
    )
    assert (Order.objects.count(), Decimal(first.total_gross_amount) > 0) == (1, True)
