"""Granted refunds: what may be granted, and requesting the money back."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from store.engine.catalog.models import Page, PageType
from store.engine.checkout import payment
from store.engine.errors import NotFound, OperationError, OperationErrors
from store.engine.orders import granted_refunds
from store.engine.orders.granted_refunds import RefundLine
from store.engine.orders.models import Order, OrderGrantedRefund
from store.engine.payments.gateways import DummyGateway, Response
from store.engine.payments.models import TransactionEvent, TransactionItem
from tests.engine import checkout_flow
from tests.engine.orders.order_flow import bought, event_types, refund

pytestmark = pytest.mark.django_db
Status = OrderGrantedRefund.Status


def transaction_of(order: Order) -> TransactionItem:
    return TransactionItem.objects.get(order_id=order.pk)


def grant(order: Order, amount: str | None = None, **options: Any) -> OrderGrantedRefund:
    value = None if amount is None else Decimal(amount)
    return granted_refunds.grant(order_id=order.pk, amount=value, **options)


def refused_code(function: Any, *given: Any, **options: Any) -> str:
    with pytest.raises(OperationError) as refused:
        function(*given, **options)
    return refused.value.code


def test_lines_and_shipping_add_up() -> None:
    _, order = bought(3)
    lines = [RefundLine(order.lines.get().pk, 2, "Broken")]
    granted = grant(order, lines=lines, include_shipping=True)
    assert (granted.amount_value, granted.shipping_costs_included) == (Decimal("68.25"), True)
    assert [(row.quantity, row.reason) for row in granted.lines.all()] == [(2, "Broken")]


def test_all_pieces_of_a_line_are_worth_the_line_to_the_cent() -> None:
    _, order = bought(3, price="3.33")
    line = order.lines.get()
    assert grant(order, lines=[RefundLine(line.pk, 3)]).amount_value == line.total_price_gross_amount


def test_what_is_worth_more_than_was_charged_is_granted_up_to_that() -> None:
    _, order = bought(2)
    refund(order, "60.00")
    item = transaction_of(order)
    lines = [RefundLine(order.lines.get().pk, 2)]
    assert grant(order, lines=lines, transaction_id=item.pk).amount_value == Decimal("8.25")


def test_without_a_transaction_nothing_limits_the_worth_of_lines() -> None:
    _, order = bought(2)
    refund(order, "60.00")
    assert grant(order, lines=[RefundLine(order.lines.get().pk, 2)]).amount_value == Decimal("62.93")


def test_exactly_what_was_charged_is_granted_and_a_cent_more_is_not() -> None:
    _, order = bought(2)
    item = transaction_of(order)
    assert refused_code(grant, order, "68.26", transaction_id=item.pk) == "AMOUNT_GREATER_THAN_AVAILABLE"
    assert grant(order, "68.25", transaction_id=item.pk).amount_value == Decimal("68.25")


@pytest.mark.parametrize("amount", ["0", "-5"])
def test_nothing_and_less_are_not_granted(amount: str) -> None:
    _, order = bought(2)
    assert refused_code(grant, order, amount) == "INVALID"
    assert not order.granted_refunds.exists()


@pytest.mark.parametrize("quantities", [(0,), (-1,), (3,), (1, 2)])
def test_wrong_quantities_of_a_line_are_refused(quantities: tuple[int, ...]) -> None:
    _, order = bought(2)
    line = order.lines.get()
    assert refused_code(grant, order, lines=[RefundLine(line.pk, n) for n in quantities]) == "INVALID"
    assert not order.granted_refunds.exists()


def test_each_piece_is_granted_once_over_all_grants() -> None:
    _, order = bought(3)
    line = order.lines.get()
    grant(order, lines=[RefundLine(line.pk, 2)])
    assert refused_code(grant, order, lines=[RefundLine(line.pk, 2)]) == "INVALID"
    grant(order, lines=[RefundLine(line.pk, 1)])
    assert order.granted_refunds.count() == 2


def test_a_line_of_another_order_is_refused() -> None:
    shop, order = bought(2)
    other = checkout_flow.place_order(shop, (shop.variants["CUP"], 1))
    assert refused_code(grant, order, lines=[RefundLine(other.lines.get().pk, 1)]) == "INVALID"


def test_a_transaction_of_another_order_is_refused() -> None:
    shop, order = bought(2)
    other = transaction_of(checkout_flow.place_order(shop, (shop.variants["CUP"], 1)))
    with pytest.raises(NotFound):
        grant(order, "1.00", transaction_id=other.pk)
    granted = grant(order, "1.00")
    with pytest.raises(NotFound):
        granted_refunds.request_refund(granted_refund_id=granted.pk, transaction_id=other.pk)
    with pytest.raises(NotFound):
        grant(order, "1.00", transaction_id=uuid4())


def test_a_grant_of_nothing_names_the_three_fields() -> None:
    _, order = bought(1)
    with pytest.raises(OperationErrors) as refused:
        grant(order)
    assert {error.code for error in refused.value.errors} == {"REQUIRED"}


def test_a_grant_lowers_what_is_due_at_once() -> None:
    _, order = bought(2)
    grant(order, "8.25")
    order.refresh_from_db()
    assert (order.charge_status, order.total_charged_amount) == ("OVERCHARGED", Decimal("68.25"))


def test_a_granted_refund_above_what_is_still_charged_is_not_requested() -> None:
    _, order = bought(2)
    granted = grant(order, "60.00")
    refund(order, "8.26")
    item = transaction_of(order)
    code = refused_code(granted_refunds.request_refund, granted_refund_id=granted.pk, transaction_id=item.pk)
    granted.refresh_from_db()
    assert (code, granted.status) == ("AMOUNT_GREATER_THAN_AVAILABLE", Status.NONE)
    assert transaction_of(order).refunded_value == Decimal("8.26")


def test_a_granted_refund_of_exactly_what_is_charged_is_requested() -> None:
    _, order = bought(2)
    granted = grant(order, "60.00")
    refund(order, "8.25")
    item = granted_refunds.request_refund(
        granted_refund_id=granted.pk, transaction_id=transaction_of(order).pk
    )
    granted.refresh_from_db()
    assert (granted.status, item.refunded_value, granted.transaction_item) == (
        Status.SUCCESS,
        Decimal("68.25"),
        item,
    )
    assert event_types(order).count("ORDER_FULLY_REFUNDED") == 1
    requests = order.events.filter(type="TRANSACTION_REFUND_REQUESTED")
    assert [Decimal(event.parameters["amount"]) for event in requests] == [Decimal("8.25"), Decimal("60.00")]


def test_the_request_names_the_grant_and_its_reason() -> None:
    _, order = bought(2)
    granted = grant(order, "5.00", reason="Scratched", transaction_id=transaction_of(order).pk)
    granted_refunds.request_refund(granted_refund_id=granted.pk)
    request = TransactionEvent.objects.get(type="REFUND_REQUEST")
    assert (request.granted_refund_id, request.message, request.amount_value) == (
        granted.pk,
        "Scratched",
        Decimal("5.00"),
    )


def test_a_pending_grant_is_not_requested_again() -> None:
    _, order = bought(2)
    granted = grant(order, "5.00", transaction_id=transaction_of(order).pk)
    OrderGrantedRefund.objects.update(status=Status.PENDING)
    code = refused_code(granted_refunds.request_refund, granted_refund_id=granted.pk)
    assert (code, transaction_of(order).refunded_value) == ("REFUND_IS_PENDING", 0)


def test_a_grant_without_a_transaction_needs_one_to_be_requested() -> None:
    _, order = bought(2)
    granted = grant(order, "5.00")
    assert refused_code(granted_refunds.request_refund, granted_refund_id=granted.pk) == "INVALID"
    assert refused_code(granted_refunds.request_refund, granted_refund_id=0) == "NOT_FOUND"


def test_a_grant_that_no_gateway_takes_fails_and_may_be_requested_again() -> None:
    _, order = bought(2)
    granted = grant(order, "5.00", transaction_id=transaction_of(order).pk)
    TransactionItem.objects.update(app_identifier="gone")
    code = refused_code(granted_refunds.request_refund, granted_refund_id=granted.pk)
    granted.refresh_from_db()
    assert (code, granted.status) == ("MISSING_TRANSACTION_ACTION_REQUEST_WEBHOOK", Status.FAILURE)
    TransactionItem.objects.update(app_identifier=checkout_flow.DUMMY)
    granted_refunds.request_refund(granted_refund_id=granted.pk)
    granted.refresh_from_db()
    assert granted.status == Status.SUCCESS


def test_a_grant_that_the_gateway_refuses_fails_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    _, order = bought(2)
    granted = grant(order, "5.00", transaction_id=transaction_of(order).pk)

    def refuse(*_arguments: Any) -> Response:
        return Response("REFUND_FAILURE", Decimal(5), "r-1", "Too late.")

    monkeypatch.setattr(DummyGateway, "request_action", refuse)
    assert refused_code(granted_refunds.request_refund, granted_refund_id=granted.pk) == "INVALID"
    granted.refresh_from_db()
    assert (granted.status, transaction_of(order).refunded_value) == (Status.FAILURE, 0)


def test_what_an_app_reports_later_settles_the_grant() -> None:
    _, order = bought(2)
    item = transaction_of(order)
    granted = grant(order, "5.00", transaction_id=item.pk)
    TransactionEvent.objects.create(
        transaction=item,
        type="REFUND_REQUEST",
        psp_reference="R1",
        amount_value=Decimal(5),
        currency="USD",
        granted_refund_id=granted.pk,
    )
    for kind, status in (("REFUND_SUCCESS", Status.SUCCESS), ("REFUND_FAILURE", Status.FAILURE)):
        payment.report(transaction_id=item.pk, type=kind, psp_reference="R1", amount=Decimal(5))
        granted.refresh_from_db()
        assert granted.status == status


def test_a_request_to_send_money_back_keeps_the_page_that_says_why() -> None:
    _, order = bought(1)
    reason = Page.objects.create(
        page_type=PageType.objects.create(name="Reason", slug="reason"), title="Torn", slug="torn"
    )
    item = refund(order, "1.00", message="Torn", reason_page_id=reason.pk)
    assert item.events.get(type="REFUND_REQUEST").reason_reference_id == reason.pk
    with pytest.raises(OperationError, match="only for REFUND") as refused:
        payment.request_action(transaction_id=item.pk, action="CHARGE", reason_page_id=reason.pk)
    assert refused.value.field == "refundReasonReference"
