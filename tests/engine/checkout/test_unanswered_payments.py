"""Payments whose result no app has said: on the merchant's list until staff settle them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from store.engine.checkout import complete, paid_checkouts, retention, unanswered_payments
from store.engine.checkout.models import Checkout
from store.engine.errors import OperationError, Required
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
