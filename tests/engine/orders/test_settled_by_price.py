"""A partly paid order that is not confirmed yet, and new prices that settle it: the buyer hears of it, once."""

from decimal import Decimal

import pytest

from store.engine.accounts import address_validation
from store.engine.checkout import payment
from store.engine.orders import draft_orders, manual_discounts
from store.engine.orders.manual_discounts import Terms
from store.engine.orders.models import Order, OrderStatus
from tests.engine import checkout_flow
from tests.engine.checkout_flow import ADA
from tests.engine.orders.order_flow import event_types
from tests.engine.orders.test_draft_pricing import draft, lines_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    """100.80 to pay, 70.00 received, not confirmed."""
    shop = checkout_flow.create_shop()
    shop.channel.automatically_confirm_all_new_orders = False
    shop.channel.save()
    billing = address_validation.clean_address(ADA)
    made = draft_orders.complete(order_id=draft(shop, billing_address=billing).pk)
    payment.create(order_id=made.pk, charged=Decimal(70))
    assert made.status == OrderStatus.UNCONFIRMED
    return made


def times_fully_paid(order: Order) -> tuple[int, int]:
    """(told to listeners, in the history)."""
    return event_types(order).count("ORDER_FULLY_PAID"), order.events.filter(type="ORDER_FULLY_PAID").count()


def test_fewer_pieces_settle_it(order: Order) -> None:
    cups = lines_of(order)[0]
    assert times_fully_paid(order) == (0, 0)
    draft_orders.change_line(line_id=cups.pk, quantity=1)
    assert times_fully_paid(order) == (1, 1)


def test_a_line_less_settles_it(order: Order) -> None:
    draft_orders.delete_line(line_id=lines_of(order)[1].pk)
    assert times_fully_paid(order) == (1, 1)


def test_a_discount_settles_it_once_however_often_it_changes(order: Order) -> None:
    manual_discounts.add(order_id=order.pk, terms=Terms("FIXED", Decimal(10)))
    assert times_fully_paid(order) == (0, 0)
    discount = order.discounts.get()
    for value in (40, 10, 40):
        manual_discounts.update(discount_id=discount.pk, terms=Terms("FIXED", Decimal(value)))
    assert times_fully_paid(order) == (1, 1)


def test_a_discount_on_a_line_settles_it(order: Order) -> None:
    manual_discounts.set_on_line(line_id=lines_of(order)[0].pk, terms=Terms("PERCENTAGE", Decimal(50)))
    assert times_fully_paid(order) == (1, 1)


def test_one_that_was_paid_already_is_not_told_again(order: Order) -> None:
    payment.create(order_id=order.pk, charged=Decimal("30.80"))
    assert times_fully_paid(order) == (1, 1)
    manual_discounts.add(order_id=order.pk, terms=Terms("FIXED", Decimal(10)))
    assert times_fully_paid(order) == (1, 1)


def test_the_draft_itself_tells_nobody() -> None:
    made = draft(checkout_flow.create_shop())
    payment.create(order_id=made.pk, charged=Decimal(70))
    manual_discounts.add(order_id=made.pk, terms=Terms("FIXED", Decimal(40)))
    assert times_fully_paid(made) == (0, 0)
