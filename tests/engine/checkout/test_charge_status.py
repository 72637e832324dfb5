"""How much of a checkout is paid: the table of Saleor's charge and authorize status."""

from decimal import Decimal

import pytest

from store.engine.checkout.charge_status import status_for_total
from store.engine.payments.models import TransactionItem


def item(charged: str = "0", authorized: str = "0", **pending: str) -> TransactionItem:
    amounts = {name: Decimal(value) for name, value in pending.items()}
    return TransactionItem(charged_value=Decimal(charged), authorized_value=Decimal(authorized), **amounts)


@pytest.mark.parametrize(
    ("total", "items", "charge_status", "authorize_status"),
    [
        ("10", [], "NONE", "NONE"),
        ("10", [item("4")], "PARTIAL", "PARTIAL"),
        ("10", [item("9.99")], "PARTIAL", "PARTIAL"),
        ("10", [item("10")], "FULL", "FULL"),
        ("10", [item("4"), item("6")], "FULL", "FULL"),
        ("10", [item("10.01")], "OVERCHARGED", "FULL"),
        ("10", [item("0", "10")], "NONE", "FULL"),
        ("10", [item("0", "9.99")], "NONE", "PARTIAL"),
        ("10", [item("4", "6")], "PARTIAL", "FULL"),
        ("10", [item("4", "5")], "PARTIAL", "PARTIAL"),
        ("10", [item(charge_pending_value="10")], "FULL", "FULL"),
        ("10", [item(authorize_pending_value="10")], "NONE", "FULL"),
        ("10", [item("-1")], "NONE", "NONE"),
        ("0.5", [item("0.5")], "FULL", "FULL"),
        ("0", [], "FULL", "FULL"),
        ("0", [item("1")], "OVERCHARGED", "FULL"),
    ],
)
def test_status(total: str, items: list[TransactionItem], charge_status: str, authorize_status: str) -> None:
    found = status_for_total(Decimal(total), items, has_lines=True)
    assert (found.charge_status, found.authorize_status) == (charge_status, authorize_status)


def test_a_checkout_without_lines_is_not_paid_by_costing_nothing() -> None:
    found = status_for_total(Decimal(0), [], has_lines=False)
    assert (found.charge_status, found.authorize_status) == ("NONE", "NONE")


def test_the_amounts_are_the_sums_with_what_is_pending() -> None:
    items = [item("1", "2", charge_pending_value="3", authorize_pending_value="4"), item("10", "20")]
    found = status_for_total(Decimal(100), items, has_lines=True)
    assert (found.charged, found.authorized) == (Decimal(14), Decimal(26))
