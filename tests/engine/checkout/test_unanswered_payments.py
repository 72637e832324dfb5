"""Payments whose result no app has said: on the merchant's list until staff settle them."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.utils import timezone

from store.engine.checkout import (
    complete,
    paid_checkouts,
    payment,
    promo_codes,
    retention,
    unanswered_payments,
)
from store.engine.checkout.models import Checkout
from store.engine.discounts import gift_cards
from store.engine.errors import OperationError, Required
from store.engine.orders.models import Order
from store.engine.payments.models import TransactionItem
from tests.engine import checkout_flow
from tests.engine.checkout_flow import Shop

pytestmark = pytest.mark.django_db
TOTAL = Decimal("36.79")


@pytest.fixture
def checkout(shop: Shop) -> Checkout:
    return checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 1))


@pytest.fixture
def item(checkout: Checkout) -> TransactionItem:
    """A payment that an app was asked for an hour ago."""
    made = TransactionItem.objects.create(
        checkout_id=checkout.pk, currency="USD", idempotency_key="k", app_identifier="a", awaits_result=True
    )
    made.events.create(
        type="CHARGE_REQUEST", amount_value=TOTAL, currency="USD", include_in_calculations=False
    )
    Checkout.objects.update(last_change=timezone.now() - timedelta(hours=1))
    return made


def listed() -> list[tuple[Decimal, Decimal, str]]:
    found = paid_checkouts.paid_checkouts_without_order()
    return [(paid.charged, paid.unanswered, paid.reason) for paid in found]


def test_it_is_on_the_list_once_the_app_had_its_time(checkout: Checkout, item: TransactionItem) -> None:
    assert listed() == [(0, TOTAL, paid_checkouts.NOT_ANSWERED)]
    Checkout.objects.update(last_change=timezone.now())
    assert listed() == []


def test_it_keeps_the_basket(checkout: Checkout, item: TransactionItem, settings: object) -> None:
    with pytest.raises(OperationError):
        retention.delete_one(checkout_id=checkout.pk)


def test_nothing_else_is_charged_until_it_is_closed(checkout: Checkout, item: TransactionItem) -> None:
    for key in ("k2", None):
        with pytest.raises(OperationError) as refused:
            checkout_flow.pay(checkout, idempotency_key=key)
        assert refused.value.code == "CHECKOUT_COMPLETION_IN_PROGRESS"
    unanswered_payments.close(transaction_id=item.pk, user_id=7)
    assert listed() == []
    assert checkout_flow.pay(checkout, idempotency_key="k").event.type == "CHARGE_SUCCESS"
    assert complete.complete(checkout_id=checkout.pk).is_paid
    closed = item.events.latest("pk")
    assert (closed.type, closed.message, closed.user_id) == (
        "CHARGE_FAILURE",
        unanswered_payments.CLOSED,
        7,
    )


def test_what_the_provider_shows_is_recorded_and_makes_the_order(
    checkout: Checkout, item: TransactionItem
) -> None:
    unanswered_payments.record_received(transaction_id=item.pk, psp_reference=" pi_1 ", user_id=7)
    item.refresh_from_db()
    assert (item.charged_value, item.psp_reference, item.available_actions) == (TOTAL, "pi_1", ["REFUND"])
    Checkout.objects.update(last_change=timezone.now() - timedelta(hours=1))
    assert listed() == [(TOTAL, 0, paid_checkouts.NOT_FINISHED)]
    assert paid_checkouts.complete(checkout_id=checkout.pk).is_paid


def test_a_gift_card_beside_it_makes_no_order_until_it_is_settled(
    checkout: Checkout, item: TransactionItem
) -> None:
    """The app may have taken the money: the order would be paid twice."""
    card = gift_cards.issue(amount=TOTAL, currency="USD", code="GIFT-1234")
    promo_codes.add_code(checkout_id=checkout.pk, code="GIFT-1234")
    with pytest.raises(OperationError, match="result is not known yet") as refused:
        complete.complete(checkout_id=checkout.pk)
    card.refresh_from_db()
    assert (refused.value.code, card.current_balance_amount, Order.objects.count()) == (
        "PAYMENT_ERROR",
        TOTAL,
        0,
    )
    Checkout.objects.update(last_change=timezone.now() - timedelta(hours=1))
    assert listed() == [(0, TOTAL, paid_checkouts.NOT_ANSWERED)]
    unanswered_payments.close(transaction_id=item.pk)
    assert complete.complete(checkout_id=checkout.pk).total_charged_amount == 0
    card.refresh_from_db()
    assert card.current_balance_amount == 0


def test_staff_make_the_order_all_the_same(checkout: Checkout, item: TransactionItem) -> None:
    gift_cards.issue(amount=TOTAL, currency="USD", code="GIFT-1234")
    promo_codes.add_code(checkout_id=checkout.pk, code="GIFT-1234")
    order = paid_checkouts.complete(checkout_id=checkout.pk)
    item.refresh_from_db()
    assert (item.order_id, item.awaits_result) == (order.pk, True)


def test_what_is_recorded_is_recorded_in_the_transaction_that_found_it_open(
    item: TransactionItem, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[TransactionItem] = []
    lock = payment.lock_transaction

    def counted(token: UUID) -> tuple[payment.SourceObject | None, TransactionItem]:
        source, locked = lock(token)
        found.append(locked)
        return source, locked

    monkeypatch.setattr(payment, "lock_transaction", counted)
    unanswered_payments.record_received(transaction_id=item.pk, psp_reference="pi_1")
    assert [locked.charged_value for locked in found] == [TOTAL]


def test_a_reference_is_needed(item: TransactionItem) -> None:
    with pytest.raises(Required):
        unanswered_payments.record_received(transaction_id=item.pk, psp_reference=" ")
    assert TransactionItem.objects.get().awaits_result


def test_it_is_settled_once(item: TransactionItem) -> None:
    unanswered_payments.record_received(transaction_id=item.pk, psp_reference="pi_1")
    with pytest.raises(OperationError, match="has come meanwhile"):
        unanswered_payments.close(transaction_id=item.pk)
    with pytest.raises(OperationError, match="has come meanwhile"):
        unanswered_payments.record_received(transaction_id=item.pk, psp_reference="pi_2")
    item.refresh_from_db()
    assert item.charged_value == TOTAL


def test_while_the_app_is_being_asked_nobody_settles_it(item: TransactionItem) -> None:
    TransactionItem.objects.update(gateway_called_at=timezone.now())
    with pytest.raises(OperationError, match="just now"):
        unanswered_payments.close(transaction_id=item.pk)
