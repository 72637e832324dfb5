"""Sending back the price of pieces and of the delivery in one act: exact sums, once, or nothing at all."""

from decimal import Decimal
from typing import Any

import pytest

from store.engine.checkout import payment
from store.engine.errors import NotFound, OperationError
from store.engine.orders import line_refunds, returns
from store.engine.orders.granted_refunds import RefundLine
from store.engine.orders.models import FulfillmentLine, Order, OrderGrantedRefund
from store.engine.orders.returns import ReturnLine
from store.engine.payments.legacy_payments import GATEWAY
from store.engine.payments.models import Payment, TransactionEvent, TransactionItem
from tests.engine import checkout_flow
from tests.engine.orders.order_flow import bought, event_types, refund, send

pytestmark = pytest.mark.django_db


def refund_pieces(order: Order, quantity: int = 0, **options: Any) -> OrderGrantedRefund | None:
    lines = [RefundLine(order.lines.get().pk, quantity)] if quantity else []
    given: dict[str, Any] = {"include_shipping": False, "reason": " Broken ", "user_id": None} | options
    return line_refunds.refund(order_id=order.pk, lines=lines, **given)


def sent_back(order: Order) -> Decimal:
    return sum(
        (item.refunded_value for item in TransactionItem.objects.filter(order_id=order.pk)), Decimal(0)
    )


def messages(order: Order) -> list[tuple[str, str]]:
    events = order.events.filter(type="TRANSACTION_REFUND_REQUESTED").order_by("pk")
    return [(event.parameters["amount"], event.parameters["message"]) for event in events]


@pytest.mark.parametrize(
    ("quantity", "with_shipping", "amount", "message"),
    [
        (1, False, "31.47", "1 piece; Broken"),
        (2, False, "62.93", "2 pieces; Broken"),
        (2, True, "68.25", "2 pieces and delivery; Broken"),
        (0, True, "5.32", "delivery; Broken"),
    ],
)
def test_pieces_and_delivery_go_back_to_the_cent(
    quantity: int, with_shipping: bool, amount: str, message: str
) -> None:
    _, order = bought(2)
    granted = refund_pieces(order, quantity, include_shipping=with_shipping)
    assert granted
    assert (granted.amount_value, granted.status, granted.reason) == (Decimal(amount), "SUCCESS", "Broken")
    assert granted.shipping_costs_included == with_shipping
    assert [row.quantity for row in granted.lines.all()] == ([quantity] if quantity else [])
    assert sent_back(order) == Decimal(amount)
    assert messages(order) == [(amount, message)]
    order.refresh_from_db()
    assert order.total_charged_amount == Decimal("68.25") - Decimal(amount)
    assert event_types(order)[-2:] == [
        "ORDER_UPDATED",
        "ORDER_UPDATED",
    ]  # its money changed, then its refunds


@pytest.mark.parametrize(
    ("quantity", "options", "field", "code"),
    [
        (1, {"reason": "  "}, "reason", "REQUIRED"),
        (0, {}, "lines", "REQUIRED"),
        (3, {}, "lines", "INVALID"),
    ],
)
def test_what_is_incomplete_or_too_much_sends_nothing_back(
    quantity: int, options: dict[str, Any], field: str, code: str
) -> None:
    _, order = bought(2)
    with pytest.raises(OperationError) as refused:
        refund_pieces(order, quantity, **options)
    assert (refused.value.field, refused.value.code) == (field, code)
    assert (sent_back(order), order.granted_refunds.count(), messages(order)) == (0, 0, [])


def test_each_piece_and_the_delivery_go_back_once() -> None:
    _, order = bought(2)
    refund_pieces(order, 1, include_shipping=True)
    with pytest.raises(OperationError, match="given back before") as refused:
        refund_pieces(order, 1, include_shipping=True)
    assert refused.value.field == "shipping"
    with pytest.raises(OperationError):
        refund_pieces(order, 2)
    refund_pieces(order, 1)
    order.refresh_from_db()
    assert (sent_back(order), order.total_charged_amount) == (Decimal("68.25"), 0)


def test_one_form_sends_back_once() -> None:
    _, order = bought(2)
    first = refund_pieces(order, 1, request_key="form 1")
    assert first
    assert refund_pieces(order, 1, request_key="form 1") is None
    assert (sent_back(order), order.granted_refunds.count()) == (Decimal("31.47"), 1)


def test_a_free_piece_is_not_sent_back() -> None:
    shop = checkout_flow.create_shop()
    order = checkout_flow.place_order(shop, (shop.variant("GIFT", price="0.00"), 1))
    with pytest.raises(OperationError, match="cost nothing"):
        refund_pieces(order, 1)
    assert order.granted_refunds.count() == 0


def test_a_piece_of_one_cent_is_sent_back() -> None:
    shop = checkout_flow.create_shop(rate="0")
    order = checkout_flow.place_order(shop, (shop.variant("GIFT", price="0.01"), 1))
    assert refund_pieces(order, 1)
    assert sent_back(order) == Decimal("0.01")


def test_what_is_not_here_any_more_stops_all_of_it() -> None:
    _, order = bought(2)
    refund(order, "50.00")
    with pytest.raises(OperationError) as refused:
        refund_pieces(order, 2)
    assert (refused.value.code, refused.value.field) == ("CANNOT_REFUND", "order")
    assert str(refused.value.message).startswith("44.68 of 62.93 USD can't be sent back")
    assert (sent_back(order), order.granted_refunds.count()) == (Decimal("50.00"), 0)


def test_exactly_what_is_here_is_sent_back() -> None:
    _, order = bought(2)
    refund(order, "5.32")
    assert refund_pieces(order, 2)
    assert sent_back(order) == Decimal("68.25")
    assert event_types(order).count("ORDER_FULLY_REFUNDED") == 1


def test_the_payment_learns_who_asked_and_why() -> None:
    _, order = bought(2)
    refund_pieces(order, 1)
    assert TransactionEvent.objects.get(type="REFUND_REQUEST").message == "Broken"


def test_what_went_back_lowers_what_is_due() -> None:
    _, order = bought(2)
    refund_pieces(order, 1)
    order.refresh_from_db()
    assert (order.charge_status, order.total_charged_amount) == ("FULL", Decimal("36.78"))


@pytest.mark.parametrize("first", ["lines", "return"])
def test_a_piece_that_came_back_for_its_money_is_not_refunded_twice(first: str) -> None:
    """By a refund of pieces and by a return in either order: 94.40 were paid for three."""
    shop, order = bought(3)
    parcel = send(shop, order, 3).lines.get().pk
    if first == "lines":
        refund_pieces(order, 1)
        returns.return_products(order_id=order.pk, fulfillment_lines=[ReturnLine(parcel, 3)], refund=True)
    else:
        returns.return_products(order_id=order.pk, fulfillment_lines=[ReturnLine(parcel, 2)], refund=True)
        with pytest.raises(OperationError) as refused:
            refund_pieces(order, 2)
        assert (refused.value.field, sent_back(order)) == ("lines", Decimal("62.93"))
        refund_pieces(order, 1)
    assert sent_back(order) == order.lines.get().total_price_gross_amount == Decimal("94.40")


def sent_line(order: Order) -> int:
    return FulfillmentLine.objects.get(fulfillment__order=order).pk


def refund_products(order: Order, *parts: tuple[int, int], **options: Any) -> Order:
    given: dict[str, Any] = {
        "lines": [],
        "include_shipping": False,
        "amount": None,
        "user_id": None,
    } | options
    return line_refunds.refund_products(order_id=order.pk, fulfillment_lines=parts, **given)


def test_pieces_of_a_parcel_and_unsent_ones_go_back_together() -> None:
    shop, order = bought(3)
    send(shop, order, 2)
    pk = sent_line(order)
    answered = refund_products(
        order, (pk, 2), lines=[RefundLine(order.lines.get().pk, 1)], include_shipping=True
    )
    assert (answered, sent_back(order)) == (order, order.total_gross_amount)
    assert messages(order)[0][1] == "3 pieces and delivery; Refunded products"


def test_another_amount_goes_back_for_all_pieces_of_a_parcel() -> None:
    shop, order = bought(2)
    send(shop, order, 2)
    refund_products(order, (sent_line(order), 2), amount=Decimal("5.00"))
    assert sent_back(order) == 5


@pytest.mark.parametrize("quantity", [3, 99])
def test_no_more_of_a_parcel_goes_back_than_was_in_it(quantity: int) -> None:
    shop, order = bought(4)
    send(shop, order, 2)
    send(shop, order, 2)
    first, second = FulfillmentLine.objects.order_by("pk").values_list("pk", flat=True)
    with pytest.raises(OperationError) as refused:
        refund_products(order, (first, 1), (second, quantity))
    assert (refused.value.code, sent_back(order)) == ("INVALID", 0)


def test_a_parcel_of_another_order_is_not_found() -> None:
    shop, order = bought(1)
    other = checkout_flow.place_order(shop, (shop.variants["CUP"], 1))
    send(shop, order, 1)
    send(shop, other, 1)
    with pytest.raises(NotFound):
        refund_products(order, (sent_line(order), 1), (sent_line(other), 1))
    assert sent_back(order) == 0


def test_the_last_half_dollar_comes_from_the_second_payment() -> None:
    _, order = bought(2)
    payment.create(order_id=order.pk, charged=Decimal("10.00"), available_actions=["REFUND"])
    second = TransactionItem.objects.get(order_id=order.pk, charged_value=10)
    TransactionItem.objects.filter(pk=second.pk).update(app_identifier=checkout_flow.DUMMY)
    refund_pieces(order, amount=Decimal("68.75"))
    taken = sorted(TransactionItem.objects.filter(order_id=order.pk).values_list("refunded_value", flat=True))
    assert sum(taken) == Decimal("68.75")
    assert len([amount for amount in taken if amount]) == 2


def test_a_payment_that_is_not_needed_is_left_alone() -> None:
    _, order = bought(1)
    legacy = Payment.objects.create(
        order_id=order.pk, gateway=GATEWAY, currency="USD", total=5, captured_amount=5
    )
    refund_pieces(order, 1)
    legacy.refresh_from_db()
    assert (legacy.captured_amount, sent_back(order)) == (5, Decimal("31.47"))


def test_a_delivery_of_half_a_dollar_goes_back_once() -> None:
    shop, order = bought(1)
    send(shop, order, 1)
    order.fulfillments.update(shipping_refund_amount=Decimal("0.50"))
    with pytest.raises(OperationError, match="given back before"):
        refund_pieces(order, include_shipping=True)


def test_what_an_app_is_asked_for_already_is_not_sent_back_again() -> None:
    _, order = bought(1)
    item = TransactionItem.objects.get()
    item.events.create(
        type="REFUND_REQUEST", amount_value=item.charged_value, currency="USD", awaits_response=True
    )
    with pytest.raises(OperationError, match="can't be sent back"):
        refund_pieces(order, 1)
    assert item.events.filter(type="REFUND_REQUEST").count() == 1
