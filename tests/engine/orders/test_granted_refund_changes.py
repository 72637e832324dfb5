"""Changing a granted refund before its money is requested: lines, delivery, amount, and the transaction."""

from decimal import Decimal
from typing import Any

import pytest

from store.engine.checkout import payment
from store.engine.errors import NotFound, OperationError
from store.engine.orders import granted_refunds
from store.engine.orders.errors import RefundLinesError
from store.engine.orders.granted_refunds import RefundChanges, RefundLine
from store.engine.orders.models import Order, OrderGrantedRefund
from store.engine.payments.models import TransactionItem
from tests.engine import checkout_flow
from tests.engine.orders.order_flow import bought

pytestmark = pytest.mark.django_db
PIECE, DELIVERY = (
    Decimal("31.47"),
    Decimal("5.32"),
)  # 29.00 and 4.90 with 8.5 % of tax, the first as a share of three


def grant(order: Order, **options: Any) -> OrderGrantedRefund:
    return granted_refunds.grant(order_id=order.pk, **options)


def change(refund: OrderGrantedRefund, **changes: Any) -> OrderGrantedRefund:
    return granted_refunds.change(granted_refund_id=refund.pk, changes=RefundChanges(**changes))


def refused_code(refund: OrderGrantedRefund, **changes: Any) -> str:
    before = OrderGrantedRefund.objects.filter(pk=refund.pk).values().get(), refund.lines.count()
    with pytest.raises(OperationError) as refused:
        change(refund, **changes)
    assert (OrderGrantedRefund.objects.filter(pk=refund.pk).values().get(), refund.lines.count()) == before
    return refused.value.code


def piece(order: Order, quantity: int = 1) -> RefundLine:
    return RefundLine(order.lines.get().pk, quantity)


def test_the_amount_follows_lines_and_delivery() -> None:
    _, order = bought(2)
    refund = grant(order, lines=[piece(order)])
    assert change(refund, include_shipping=True).amount_value == PIECE + DELIVERY
    assert change(refund, add=[piece(order)]).amount_value == order.total_gross_amount
    first, second = refund.lines.order_by("pk")
    assert change(refund, remove=[first.pk]).amount_value == PIECE + DELIVERY
    assert list(refund.lines.all()) == [second]
    changed = change(refund, include_shipping=False)
    refund.refresh_from_db()
    assert (changed.amount_value, refund.amount_value, refund.shipping_costs_included) == (
        PIECE,
        PIECE,
        False,
    )


def test_a_reason_alone_leaves_the_rest() -> None:
    _, order = bought(2)
    refund = grant(order, amount=Decimal("7.00"), reason="first")
    changed = change(refund, reason="Scratched")
    refund.refresh_from_db()
    assert (changed.reason, refund.reason, refund.amount_value) == ("Scratched", "Scratched", 7)
    change(refund)
    refund.refresh_from_db()
    assert (refund.reason, refund.amount_value) == ("Scratched", 7)


def test_an_amount_stands_whatever_lines_are_worth() -> None:
    _, order = bought(2)
    refund = grant(order, lines=[piece(order)])
    assert change(refund, amount=Decimal("4.005"), add=[piece(order)]).amount_value == Decimal("4.01")
    order.refresh_from_db()
    assert order.charge_status == "OVERCHARGED"


def test_the_order_follows_a_changed_grant() -> None:
    _, order = bought(2)
    refund = grant(order, amount=order.total_gross_amount)
    order.refresh_from_db()
    assert order.charge_status == "OVERCHARGED"
    TransactionItem.objects.update(charged_value=Decimal(60))
    change(refund, amount=order.total_gross_amount - 60)
    order.refresh_from_db()
    assert (order.charge_status, order.total_charged_amount) == ("FULL", 60)


def test_of_a_transaction_no_more_than_it_holds_is_granted() -> None:
    _, order = bought(2)
    item = TransactionItem.objects.get()
    refund = grant(order, amount=Decimal(100))
    assert refused_code(refund, transaction_id=item.pk) == "AMOUNT_GREATER_THAN_AVAILABLE"
    changed = change(refund, transaction_id=item.pk, amount=Decimal("68.25"))
    assert (changed.transaction_item, changed.amount_value) == (item, Decimal("68.25"))
    assert refused_code(refund, amount=Decimal("68.26")) == "AMOUNT_GREATER_THAN_AVAILABLE"
    TransactionItem.objects.update(charged_value=Decimal(20))
    assert change(refund, add=[piece(order)]).amount_value == 20


def test_a_transaction_of_another_order_is_refused() -> None:
    shop, order = bought(1)
    other = checkout_flow.place_order(shop, (shop.variants["CUP"], 1))
    refund = grant(order, amount=Decimal(5))
    with pytest.raises(NotFound):
        change(refund, transaction_id=TransactionItem.objects.get(order_id=other.pk).pk)


def test_lines_of_others_and_too_many_pieces_are_refused() -> None:
    _, order = bought(2)
    refund, other = grant(order, lines=[piece(order)]), grant(order, amount=Decimal(5), lines=[piece(order)])
    own = refund.lines.get().pk
    foreign = other.lines.get().pk
    assert refused_code(refund, remove=[own, foreign]) == "INVALID"
    with pytest.raises(RefundLinesError, match=f"{foreign}: The refund has no such line.") as removal:
        change(refund, remove=[own, foreign])
    assert [problem.line_id for problem in removal.value.extras["remove_lines"]] == [foreign]
    name = order.lines.get().product_name
    with pytest.raises(RefundLinesError, match=f"{name}: Cannot grant refund for more than") as addition:
        change(refund, add=[piece(order)])
    assert [problem.line_id for problem in addition.value.extras["add_lines"]] == [order.lines.get().pk]
    assert change(refund, remove=[own, own], add=[piece(order)]).amount_value == PIECE - Decimal("0.01")


def test_the_delivery_is_granted_once_over_all_grants() -> None:
    _, order = bought(2)
    first = grant(order, amount=Decimal(1), include_shipping=True)
    second = grant(order, amount=Decimal(1))
    assert refused_code(second, include_shipping=True) == "SHIPPING_COSTS_ALREADY_GRANTED"
    assert change(first, include_shipping=True).amount_value == DELIVERY
    change(first, amount=Decimal(1), include_shipping=False)
    assert change(second, include_shipping=True).amount_value == DELIVERY


@pytest.mark.parametrize(
    ("status", "may_change"), [("NONE", True), ("FAILURE", True), ("PENDING", False), ("SUCCESS", False)]
)
def test_once_its_money_is_requested_a_grant_stands(status: str, may_change: bool) -> None:
    _, order = bought(1)
    refund = grant(order, amount=Decimal(5))
    OrderGrantedRefund.objects.update(status=status)
    if may_change:
        assert change(refund, amount=Decimal(6)).amount_value == 6
    else:
        assert refused_code(refund, amount=Decimal(6)) == "INVALID"


def test_an_unknown_grant_is_not_found() -> None:
    with pytest.raises(NotFound) as refused:
        granted_refunds.change(granted_refund_id=0, changes=RefundChanges())
    assert refused.value.field == "id"


@pytest.mark.parametrize(
    ("reported", "status"),
    [("REFUND_SUCCESS", "SUCCESS"), ("REFUND_FAILURE", "FAILURE"), ("REFUND_REVERSE", "PENDING")],
)
def test_what_an_app_reports_of_the_request_is_the_grants_status(reported: str, status: str) -> None:
    _, order = bought(1)
    item = TransactionItem.objects.get()
    refund = grant(order, amount=Decimal(5), transaction_id=item.pk)
    other = grant(order, amount=Decimal(1))
    item.events.create(
        type="REFUND_REQUEST",
        psp_reference="r-1",
        amount_value=5,
        currency="USD",
        granted_refund_id=refund.pk,
    )
    OrderGrantedRefund.objects.filter(pk=refund.pk).update(status="PENDING")
    payment.report(transaction_id=item.pk, type=reported, psp_reference="r-1", amount=Decimal(5), time=None)
    refund.refresh_from_db()
    other.refresh_from_db()
    expected = "FAILURE" if reported == "REFUND_REVERSE" else status
    assert (refund.status, other.status) == (expected, "NONE")
