"""The arithmetic behind an order's charge status, authorize status and status, on rows that are not stored."""

from decimal import Decimal

import pytest

from store.engine.orders import charge_status, status
from store.engine.orders.models import Order
from store.engine.payments.models import Payment, TransactionItem

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
