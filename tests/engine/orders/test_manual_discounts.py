"""Discounts that staff gives by hand: amounts to the cent, before vouchers, limits, history."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from store.engine.discounts import gift_cards
from store.engine.discounts.models import GiftCard
from store.engine.errors import NotFound, OperationError
from store.engine.orders import draft_orders, manual_discounts
from store.engine.orders.manual_discounts import Terms
from store.engine.orders.models import Order, OrderLine
from tests.engine import checkout_flow
from tests.engine.orders.order_flow import bought
from tests.engine.orders.test_draft_pricing import draft, lines_of, with_voucher

pytestmark = pytest.mark.django_db
TENTH = Terms("PERCENTAGE", Decimal(10), "A scratch")


def new_draft() -> Order:
    """Two cups of 29.00 and three pumps of 10.00, delivery 4.90; all before 8.5 % tax."""
    return draft(checkout_flow.create_shop())


def net_amounts(order: Order) -> tuple[list[Decimal], Decimal, Decimal]:
    """(of the lines, of the delivery, in all)."""
    order.refresh_from_db()
    lines = [line.total_price_net_amount for line in lines_of(order)]
    return lines, order.shipping_price_net_amount, order.total_net_amount


def cents(*amounts: str) -> list[Decimal]:
    return [Decimal(amount) for amount in amounts]


@pytest.mark.parametrize(
    "terms", [TENTH, Terms("FIXED", Decimal("9.29"), "A scratch")], ids=["percentage", "amount"]
)
def test_a_discount_is_shared_by_goods_and_delivery(terms: Terms) -> None:
    order = manual_discounts.add(order_id=new_draft().pk, terms=terms)
    assert net_amounts(order) == (cents("52.20", "27.00"), Decimal("4.41"), Decimal("83.61"))
    assert order.undiscounted_total_net_amount == Decimal("92.90")
    discount = order.discounts.get()
    assert (discount.type, discount.amount_value, discount.reason) == (
        "MANUAL",
        Decimal("9.29"),
        "A scratch",
    )


def test_an_order_may_be_given_away_but_no_more() -> None:
    order = new_draft()
    with pytest.raises(OperationError) as refused:
        manual_discounts.add(order_id=order.pk, terms=Terms("FIXED", Decimal("100.81")))
    assert (refused.value.field, refused.value.code) == ("value", "INVALID")
    assert refused.value.message.endswith("cannot be higher than 100.380 USD.")
    with pytest.raises(OperationError, match=r"The percentage value \(100.5\) cannot be higher than 100\.$"):
        manual_discounts.add(order_id=order.pk, terms=Terms("PERCENTAGE", Decimal("100.5")))
    assert net_amounts(order)[2] == Decimal("92.90")
    manual_discounts.add(order_id=order.pk, terms=Terms("PERCENTAGE", Decimal(100)))
    assert net_amounts(order) == (cents("0", "0"), 0, 0)


def test_an_order_has_one_discount() -> None:
    order = manual_discounts.add(order_id=new_draft().pk, terms=TENTH)
    with pytest.raises(OperationError, match="already has assigned") as refused:
        manual_discounts.add(order_id=order.pk, terms=TENTH)
    assert (refused.value.field, refused.value.code) == ("orderId", "CANNOT_DISCOUNT")
    assert order.discounts.count() == 1


def test_a_changed_cart_changes_what_is_taken_off() -> None:
    order = manual_discounts.add(order_id=new_draft().pk, terms=TENTH)
    draft_orders.change_line(line_id=lines_of(order)[0].pk, quantity=1)
    assert net_amounts(order) == (cents("26.10", "27.00"), Decimal("4.41"), Decimal("57.51"))
    assert order.discounts.get().amount_value == Decimal("6.39")


def test_a_discount_by_hand_goes_before_a_voucher_until_it_is_taken_back() -> None:
    order = with_voucher(checkout_flow.create_shop(), "8.80")
    manual_discounts.add(order_id=order.pk, terms=Terms("PERCENTAGE", Decimal(50)))
    assert net_amounts(order) == (cents("29.00", "15.00"), Decimal("2.45"), Decimal("46.45"))
    manual_discounts.delete(discount_id=order.discounts.get().pk)
    assert net_amounts(order) == (cents("52.20", "27.00"), Decimal("4.90"), Decimal("84.10"))
    assert order.discounts.get().name == "Spring"


def test_a_voucher_for_the_delivery_stays_beside_it() -> None:
    order = with_voucher(checkout_flow.create_shop(), "2.90", type="SHIPPING")
    manual_discounts.add(order_id=order.pk, terms=TENTH)
    assert net_amounts(order) == (cents("52.20", "27.00"), Decimal("1.80"), Decimal("81.00"))
    amounts = dict(order.discounts.values_list("type", "amount_value"))
    assert amounts == {"VOUCHER": Decimal("2.90"), "MANUAL": Decimal("9.00")}


def test_a_discount_is_changed() -> None:
    order = manual_discounts.add(order_id=new_draft().pk, terms=TENTH)
    discount = order.discounts.get()
    manual_discounts.update(discount_id=discount.pk, terms=Terms("FIXED", Decimal("92.90")))
    assert net_amounts(order) == (cents("0", "0"), 0, 0)
    discount.refresh_from_db()
    assert (discount.value_type, discount.reason) == ("FIXED", "A scratch")


def test_a_line_is_lowered_by_the_piece() -> None:
    order = new_draft()
    cups, pumps = lines_of(order)
    _, line = manual_discounts.set_on_line(line_id=cups.pk, terms=TENTH)
    assert (line.base_unit_price_amount, line.unit_discount_amount) == (Decimal("26.10"), Decimal("2.90"))
    assert line.unit_discount_reason == "A scratch"
    assert net_amounts(order) == (cents("52.20", "30.00"), Decimal("4.90"), Decimal("87.10"))
    manual_discounts.set_on_line(line_id=pumps.pk, terms=Terms("FIXED", Decimal("0.50")))
    assert net_amounts(order)[0] == cents("52.20", "28.50")
    manual_discounts.remove_from_line(line_id=cups.pk)
    assert net_amounts(order)[0] == cents("58.00", "28.50")


def test_a_line_with_its_own_discount_has_none_of_the_vouchers() -> None:
    order = with_voucher(
        checkout_flow.create_shop(), "10", discount_value_type="PERCENTAGE", apply_once_per_order=True
    )
    pumps = lines_of(order)[1]
    assert (pumps.unit_discount_reason, order.total_net_amount) == ("Voucher code: SPRING", Decimal("91.90"))
    _, pumps = manual_discounts.set_on_line(line_id=pumps.pk, terms=Terms("FIXED", Decimal(5)))
    assert (pumps.unit_discount_reason, pumps.voucher_code) == (None, None)
    assert net_amounts(order)[0][1] == Decimal("15.00")


def test_a_voucher_for_the_cheapest_piece_takes_the_cheapest_that_has_no_discount_of_its_own() -> None:
    order = with_voucher(
        checkout_flow.create_shop(), "10", discount_value_type="PERCENTAGE", apply_once_per_order=True
    )
    manual_discounts.set_on_line(line_id=lines_of(order)[1].pk, terms=Terms("FIXED", Decimal(1)))
    assert net_amounts(order)[0] == cents("55.10", "27.00")


def test_a_piece_may_be_given_away_but_no_more() -> None:
    order = new_draft()
    cups = lines_of(order)[0]
    with pytest.raises(OperationError) as refused:  # 31.47 with tax
        manual_discounts.set_on_line(line_id=cups.pk, terms=Terms("FIXED", Decimal("31.48")))
    assert (refused.value.field, refused.value.code) == ("value", "INVALID")
    cups.refresh_from_db()
    assert cups.manual_discount_type is None


def test_a_placed_order_keeps_its_prices() -> None:
    _, order = bought(2)
    line = order.lines.get()
    for change in (
        lambda: manual_discounts.add(order_id=order.pk, terms=TENTH),
        lambda: manual_discounts.set_on_line(line_id=line.pk, terms=TENTH),
        lambda: manual_discounts.remove_from_line(line_id=line.pk),
    ):
        with pytest.raises(OperationError) as refused:
            change()
        assert refused.value.code == "CANNOT_DISCOUNT"
    assert not order.discounts.exists()


def test_a_vouchers_discount_is_not_changed_by_hand() -> None:
    order = with_voucher(checkout_flow.create_shop(), "8.80")
    with pytest.raises(NotFound):
        manual_discounts.update(discount_id=order.discounts.get().pk, terms=TENTH)
    with pytest.raises(NotFound):
        manual_discounts.delete(discount_id=0)


def test_the_history_tells_what_was_before_and_after() -> None:
    order = manual_discounts.add(order_id=new_draft().pk, terms=TENTH)
    discount = order.discounts.get()
    manual_discounts.update(discount_id=discount.pk, terms=TENTH)  # nothing new, nothing told
    manual_discounts.update(discount_id=discount.pk, terms=Terms("FIXED", Decimal(5)))
    manual_discounts.delete(discount_id=discount.pk)
    told = _told(order, "ORDER_DISCOUNT_UPDATED")["discount"]
    assert [Decimal(told[name]) for name in ("old_value", "old_amount", "value", "amount")] == cents(
        "10", "9.29", "5", "5"
    )
    types = list(order.events.values_list("type", flat=True))
    assert [types.count(f"ORDER_DISCOUNT_{what}") for what in ("ADDED", "UPDATED", "DELETED")] == [1, 1, 1]


def test_the_history_tells_of_a_lines_discount() -> None:
    order = new_draft()
    cups: OrderLine = lines_of(order)[0]
    manual_discounts.set_on_line(line_id=cups.pk, terms=TENTH)
    told = _told(order, "ORDER_LINE_DISCOUNT_UPDATED")["line_discounts"][str(cups.pk)]
    assert (told["value_type"], Decimal(told["amount"]), Decimal(told["old_amount"])) == (
        "PERCENTAGE",
        Decimal("2.90"),
        0,
    )


def _told(order: Order, type: str) -> dict[str, Any]:
    parameters: dict[str, Any] = order.events.get(type=type).parameters
    return parameters


def test_no_fraction_of_a_cent_is_taken_off() -> None:
    with pytest.raises(OperationError, match="more decimals") as refused:
        manual_discounts.add(order_id=new_draft().pk, terms=Terms("FIXED", Decimal("0.005")))
    assert refused.value.field == "value"


def test_what_a_gift_card_has_paid_stays_paid() -> None:
    order = new_draft()  # 100.80 with tax
    card = GiftCard.objects.create(
        code="CARD", currency="USD", initial_balance_amount=20, current_balance_amount=20
    )
    gift_cards.spend([card], Decimal(20), order_id=order.pk, user=None, email="ada@example.com")
    manual_discounts.add(order_id=order.pk, terms=Terms("PERCENTAGE", Decimal(50)))
    order.refresh_from_db()
    assert (order.subtotal_gross_amount + order.shipping_price_gross_amount, order.total_gross_amount) == (
        Decimal("50.41"),
        Decimal("30.41"),
    )


def test_a_change_has_the_same_limit_and_nobody_elses_order_is_changed() -> None:
    order = manual_discounts.add(order_id=new_draft().pk, terms=TENTH)
    discount = order.discounts.get()
    with pytest.raises(OperationError, match="cannot be higher"):
        manual_discounts.update(discount_id=discount.pk, terms=Terms("PERCENTAGE", Decimal(101)))
    assert manual_discounts.delete(discount_id=discount.pk) == order
    with pytest.raises(NotFound):
        manual_discounts.add(order_id=uuid4(), terms=TENTH)
    with pytest.raises(NotFound):
        manual_discounts.set_on_line(line_id=uuid4(), terms=TENTH)


def test_the_history_tells_that_a_line_has_no_discount_any_more() -> None:
    order = new_draft()
    cups = lines_of(order)[0]
    manual_discounts.remove_from_line(line_id=cups.pk)
    told = _told(order, "ORDER_LINE_DISCOUNT_REMOVED")["line_discounts"][str(cups.pk)]
    assert (told["value_type"], told["value"]) == ("FIXED", "0")
