"""Payments of checkouts and orders."""

from decimal import Decimal
from typing import Any

import pytest

from store.engine.checkout import complete, payment
from store.engine.checkout.loaded_checkout import LoadedCheckout
from store.engine.checkout.models import Checkout
from store.engine.errors import NotFound, NotUnique, OperationError
from store.engine.events.models import Event
from store.engine.payments.gateways import DUMMY, DummyGateway, Response
from store.engine.payments.models import TransactionEvent, TransactionItem
from tests.engine import checkout_flow

pytestmark = pytest.mark.django_db


def dummy_data(kind: str) -> dict[str, Any]:
    return {"event": {"type": kind, "includePspReference": True}}


def ready_checkout() -> Any:
    shop = checkout_flow.create_shop()
    return checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP", price="29.00"), 1))  # 36.79 in all


def status(checkout: Any) -> tuple[str, str]:
    found = LoadedCheckout(Checkout.objects.get(pk=checkout.pk)).payment_status
    return found.charge_status, found.authorize_status


def test_without_an_amount_what_is_left_is_paid() -> None:
    checkout = ready_checkout()
    done = checkout_flow.pay(checkout)
    assert (done.event.type, done.transaction.charged_value) == ("CHARGE_SUCCESS", Decimal("36.79"))
    assert status(checkout) == ("FULL", "FULL")


def test_a_part_is_a_part() -> None:
    checkout = ready_checkout()
    checkout_flow.pay(checkout, amount=Decimal(10))
    assert status(checkout) == ("PARTIAL", "PARTIAL")
    assert checkout_flow.pay(checkout).transaction.charged_value == Decimal("26.79")


def test_a_failed_charge_pays_nothing() -> None:
    checkout = ready_checkout()
    payment.initialize(gateway_id=DUMMY, data=dummy_data("CHARGE_FAILURE"), checkout_id=checkout.pk)
    assert status(checkout) == ("NONE", "NONE")


def test_an_authorization_covers_but_does_not_charge() -> None:
    checkout = ready_checkout()
    payment.initialize(gateway_id=DUMMY, data=dummy_data("AUTHORIZATION_SUCCESS"), checkout_id=checkout.pk)
    assert status(checkout) == ("NONE", "FULL")
    order = complete.complete(checkout_id=checkout.pk)
    assert (order.charge_status, order.authorize_status) == ("NONE", "FULL")


def test_pending_money_counts_on_a_checkout() -> None:
    checkout = ready_checkout()
    payment.initialize(gateway_id=DUMMY, data=dummy_data("CHARGE_REQUEST"), checkout_id=checkout.pk)
    assert status(checkout) == ("FULL", "FULL")


def test_the_same_key_moves_money_once() -> None:
    checkout = ready_checkout()
    first = checkout_flow.pay(checkout, idempotency_key="k")
    second = checkout_flow.pay(checkout, idempotency_key="k")
    assert (second.transaction.pk, second.is_new) == (first.transaction.pk, False)
    assert TransactionItem.objects.count() == 1


def test_the_same_key_for_another_amount_is_refused() -> None:
    checkout = ready_checkout()
    checkout_flow.pay(checkout, idempotency_key="k", amount=Decimal(10))
    with pytest.raises(NotUnique):
        checkout_flow.pay(checkout, idempotency_key="k", amount=Decimal(11))
    assert TransactionItem.objects.count() == 1


def test_a_second_click_after_the_order_gets_the_payment_that_made_it() -> None:
    checkout = ready_checkout()
    first = checkout_flow.pay(checkout, idempotency_key="k")
    complete.complete(checkout_id=checkout.pk)
    assert checkout_flow.pay(checkout, idempotency_key="k").transaction.pk == first.transaction.pk


def test_an_empty_key_is_refused() -> None:
    with pytest.raises(OperationError) as refused:
        checkout_flow.pay(ready_checkout(), idempotency_key="")
    assert refused.value.code == "INVALID"


def test_an_unknown_gateway_is_not_found() -> None:
    with pytest.raises(NotFound):
        payment.initialize(gateway_id="nobody", checkout_id=ready_checkout().pk)


def test_the_dummy_gateway_is_disabled_in_production(settings: Any) -> None:
    settings.DUMMY_PAYMENTS = False
    with pytest.raises(NotFound):
        checkout_flow.pay(ready_checkout())
    assert not TransactionItem.objects.exists()


def test_a_payment_that_asks_for_more_is_processed_in_a_second_step() -> None:
    checkout = ready_checkout()
    first = payment.initialize(
        gateway_id=DUMMY, data=dummy_data("CHARGE_ACTION_REQUIRED"), checkout_id=checkout.pk
    )
    assert status(checkout) == ("NONE", "NONE")
    done = payment.process(transaction_id=first.transaction.pk, data=dummy_data("CHARGE_SUCCESS"))
    assert (done.event.type, status(checkout)) == ("CHARGE_SUCCESS", ("FULL", "FULL"))


def test_processing_again_changes_nothing() -> None:
    checkout = ready_checkout()
    first = checkout_flow.pay(checkout)
    second = payment.process(transaction_id=first.transaction.pk, data=dummy_data("CHARGE_FAILURE"))
    assert (second.event.pk, status(checkout)) == (first.event.pk, ("FULL", "FULL"))


def report(
    item: TransactionItem, type_: str, reference: str, amount: int | None = None, **values: Any
) -> Any:
    value = None if amount is None else Decimal(amount)
    return payment.report(transaction_id=item.pk, type=type_, psp_reference=reference, amount=value, **values)


def test_a_reported_refund_shows_on_the_order() -> None:
    shop = checkout_flow.create_shop()
    order = checkout_flow.place_order(shop, (shop.variant("CUP"), 1))
    item = TransactionItem.objects.get()
    report(item, "REFUND_SUCCESS", "r1", 10)
    order.refresh_from_db()
    assert (order.charge_status, order.total_charged_amount) == ("PARTIAL", Decimal("26.79"))
    assert Event.objects.filter(type="ORDER_REFUNDED", object_pk=str(order.pk)).count() == 1


def test_the_same_report_again_changes_nothing() -> None:
    item = checkout_flow.pay(ready_checkout()).transaction
    report(item, "REFUND_SUCCESS", "r1", 10)
    assert report(item, "REFUND_SUCCESS", "r1", 10).already_processed
    item.refresh_from_db()
    assert item.refunded_value == 10


def test_a_report_that_contradicts_an_earlier_one_is_refused_and_noted() -> None:
    item = checkout_flow.pay(ready_checkout()).transaction
    report(item, "REFUND_SUCCESS", "r1", 10)
    with pytest.raises(OperationError) as refused:
        report(item, "REFUND_SUCCESS", "r1", 11)
    item.refresh_from_db()
    assert (refused.value.code, item.refunded_value) == ("INCORRECT_DETAILS", 10)
    assert TransactionEvent.objects.filter(type="REFUND_FAILURE").count() == 1


def test_a_success_without_an_amount_is_refused() -> None:
    item = checkout_flow.pay(ready_checkout()).transaction
    with pytest.raises(OperationError) as refused:
        report(item, "CHARGE_SUCCESS", "c2")
    assert refused.value.code == "REQUIRED"


def test_charging_an_order_later_records_that_it_is_paid() -> None:
    checkout = ready_checkout()
    payment.initialize(gateway_id=DUMMY, data=dummy_data("AUTHORIZATION_SUCCESS"), checkout_id=checkout.pk)
    order = complete.complete(checkout_id=checkout.pk)
    payment.request_action(transaction_id=TransactionItem.objects.get().pk, action="CHARGE")
    order.refresh_from_db()
    assert order.charge_status == "FULL"
    event_types = Event.objects.filter(object_pk=str(order.pk)).values_list("type", flat=True)
    assert [event_type for event_type in event_types if event_type.endswith("PAID")] == [
        "ORDER_PAID",
        "ORDER_FULLY_PAID",
    ]


def test_more_than_was_charged_is_never_given_back() -> None:
    item = checkout_flow.pay(ready_checkout()).transaction
    payment.request_action(transaction_id=item.pk, action="REFUND", amount=Decimal(999))
    item.refresh_from_db()
    assert (item.charged_value, item.refunded_value) == (0, Decimal("36.79"))


def test_a_transaction_in_another_currency_is_refused() -> None:
    with pytest.raises(OperationError) as refused:
        payment.create(
            checkout_id=ready_checkout().pk, currencies={"amountCharged": "EUR"}, charged=Decimal(5)
        )
    assert (refused.value.code, TransactionItem.objects.count()) == ("INCORRECT_CURRENCY", 0)


@pytest.mark.parametrize(
    ("paid_by", "action"), [("CHARGE", "REFUND"), ("AUTHORIZATION", "CHARGE"), ("AUTHORIZATION", "CANCEL")]
)
def test_a_refusal_of_the_gateway_is_told_and_the_request_may_be_made_again(
    monkeypatch: pytest.MonkeyPatch, paid_by: str, action: str
) -> None:
    item = payment.initialize(
        gateway_id=DUMMY,
        data=dummy_data(f"{paid_by}_SUCCESS"),
        action=paid_by,
        checkout_id=ready_checkout().pk,
    ).transaction
    before = (item.authorized_value, item.charged_value)

    def refuse(*_arguments: Any) -> Response:
        return Response(f"{action}_FAILURE", Decimal("36.79"), "r-1", "The card is closed.")

    with monkeypatch.context() as patched:
        patched.setattr(DummyGateway, "request_action", refuse)
        with pytest.raises(OperationError) as refused:
            payment.request_action(transaction_id=item.pk, action=action, request_key="form")
    assert refused.value.message == "The payment provider refused. The card is closed. No money was moved."
    item.refresh_from_db()
    assert (item.authorized_value, item.charged_value) == before
    assert TransactionEvent.objects.filter(type=f"{action}_FAILURE").count() == 1
    assert Checkout.objects.get().completion_problem == ""
    payment.request_action(transaction_id=item.pk, action=action, request_key="form")
    assert TransactionEvent.objects.get(type=f"{action}_SUCCESS").amount_value == Decimal("36.79")
