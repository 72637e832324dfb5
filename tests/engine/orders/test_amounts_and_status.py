"""The arithmetic behind an order's charge status, authorize status and status."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import transaction

from store.engine.errors import NotFound
from store.engine.orders import charge_status, queries, status
from store.engine.orders.models import Fulfillment, FulfillmentLine, Order
from store.engine.payments.models import Payment, TransactionItem
from tests.engine.locks import recorded_locks
from tests.engine.orders.order_flow import bought

D = Decimal
TABLE = [
    # total, granted, charged, authorized: charge status, authorize status
    ("60", "0", "0", "0", "NONE", "NONE"),
    ("60", "0", "59.99", "0", "PARTIAL", "PARTIAL"),
    ("60", "0", "60", "0", "FULL", "FULL"),
    ("60", "0", "60.01", "0", "OVERCHARGED", "FULL"),
    ("60", "0", "0", "60", "NONE", "FULL"),
    ("60", "0", "0", "59.99", "NONE", "PARTIAL"),
    ("60", "0", "20", "40", "PARTIAL", "FULL"),
    ("60", "0", "20", "39.99", "PARTIAL", "PARTIAL"),
    ("60", "10", "50", "0", "FULL", "FULL"),
    ("60", "10", "0", "50", "NONE", "FULL"),
    ("60", "10", "0", "49.99", "NONE", "PARTIAL"),
    ("60", "70", "0", "0", "FULL", "NONE"),
    ("0", "0", "0", "0", "FULL", "FULL"),
    ("0", "0", "5", "0", "OVERCHARGED", "FULL"),
]


@pytest.mark.parametrize("by", ["transactions", "legacy payments", "both"])
@pytest.mark.parametrize(("total", "granted", "charged", "authorized", "charge", "authorize"), TABLE)
def test_amounts_decide_both_statuses(
    by: str, total: str, granted: str, charged: str, authorized: str, charge: str, authorize: str
) -> None:
    half = 2 if by == "both" else 1
    parts = (D(charged) / half, D(authorized) / half)
    items = [TransactionItem(charged_value=parts[0], authorized_value=parts[1])]
    payments = [Payment(captured_amount=parts[0], authorized_amount=parts[1])]
    items, payments = (
        [] if by == "legacy payments" else items,
        [] if by == "transactions" else payments,
    )
    order = Order(total_gross_amount=D(total))
    charge_status.set_amounts(order, items, granted=D(granted), payments=payments)
    assert (order.total_charged_amount, order.total_authorized_amount) == (D(charged), D(authorized))
    assert (order.charge_status, order.authorize_status) == (charge, authorize)


@pytest.mark.parametrize(
    ("ordered", "sent", "returned", "expected"),
    [
        (3, 0, 0, "UNFULFILLED"),
        (3, -1, 0, "UNFULFILLED"),
        (3, 1, 0, "PARTIALLY_FULFILLED"),
        (3, 2, 0, "PARTIALLY_FULFILLED"),
        (3, 3, 0, "FULFILLED"),
        (3, 3, 1, "PARTIALLY_RETURNED"),
        (3, 3, 2, "PARTIALLY_RETURNED"),
        (3, 3, 3, "RETURNED"),
        (1, 1, 1, "RETURNED"),
    ],
)
def test_pieces_decide_the_status(ordered: int, sent: int, returned: int, expected: str) -> None:
    assert status._status(ordered, sent, returned) == expected


def parcel(order: Order, number: int, kind: str, quantity: int) -> None:
    made = Fulfillment.objects.create(order=order, fulfillment_order=number, status=kind)
    FulfillmentLine.objects.create(fulfillment=made, order_line=order.lines.get(), quantity=quantity)


BY_PARCELS: list[tuple[list[tuple[str, int]], int, str]] = [
    # parcels of an order of four pieces, pieces that are fulfilled, status
    ([], 0, "UNFULFILLED"),
    ([("FULFILLED", 2)], 2, "PARTIALLY_FULFILLED"),
    ([("FULFILLED", 4)], 4, "FULFILLED"),
    ([("WAITING_FOR_APPROVAL", 4)], 4, "UNFULFILLED"),
    ([("FULFILLED", 1), ("WAITING_FOR_APPROVAL", 3)], 4, "PARTIALLY_FULFILLED"),
    ([("FULFILLED", 3), ("RETURNED", 1)], 4, "PARTIALLY_RETURNED"),
    ([("FULFILLED", 3), ("REFUNDED_AND_RETURNED", 1)], 4, "PARTIALLY_RETURNED"),
    ([("RETURNED", 1), ("REFUNDED_AND_RETURNED", 3)], 4, "RETURNED"),
    ([("FULFILLED", 3), ("REPLACED", 1)], 4, "FULFILLED"),
    ([("FULFILLED", 2), ("REPLACED", 1)], 3, "PARTIALLY_FULFILLED"),
    ([("RETURNED", 3), ("REPLACED", 1)], 4, "RETURNED"),
    ([("REPLACED", 4)], 4, "UNFULFILLED"),
    ([("CANCELED", 4)], 0, "UNFULFILLED"),
]


@pytest.mark.django_db
def test_the_parcels_decide_the_status() -> None:
    _, order = bought(4)
    for parcels, fulfilled, expected in BY_PARCELS:
        order.fulfillments.all().delete()
        order.lines.update(quantity_fulfilled=fulfilled)
        Order.objects.update(status="UNFULFILLED")
        order.refresh_from_db()
        for number, (kind, quantity) in enumerate(parcels, start=1):
            parcel(order, number, kind, quantity)
        assert status.refresh(order) == (expected != "UNFULFILLED"), parcels
        order.refresh_from_db()
        assert (parcels, order.status) == (parcels, expected)
        assert not status.refresh(order)


@pytest.mark.django_db
def test_an_order_of_which_all_was_replaced_keeps_its_status() -> None:
    _, order = bought(4)
    order.lines.update(quantity_fulfilled=4)
    parcel(order, 1, "REPLACED", 4)
    order.status = "FULFILLED"
    assert (status.refresh(order), order.status) == (False, "FULFILLED")


@pytest.mark.django_db
def test_orders_are_found_locked_and_numbered() -> None:
    _, order = bought(1)
    assert (queries.get(order.pk), queries.find_by_checkout(order.checkout_token)) == (order, order)
    with recorded_locks() as locked, transaction.atomic():
        assert queries.lock(order.pk) == order
    assert locked == ["Order"]
    for read in (queries.get, queries.lock):
        with pytest.raises(NotFound) as refused, transaction.atomic():
            read(uuid4())
        assert refused.value.field == "order"
    assert queries.find_by_checkout(uuid4()) is None
    assert queries.next_number() < queries.next_number()
