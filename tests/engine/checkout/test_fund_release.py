"""Money of expired checkouts goes back by itself where the channel says so."""

from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from store.engine.checkout import complete, fund_release, lines, paid_checkouts, payment
from store.engine.checkout.models import Checkout, CheckoutLine
from store.engine.errors import OperationError
from store.engine.events.models import App, Event, Webhook, WebhookEvent
from store.engine.orders.models import Order
from store.engine.payments.models import TransactionEvent, TransactionItem
from store.mailer import returned_payments
from store.mailer.models import MailPlan
from tests.engine import checkout_flow

pytestmark = pytest.mark.django_db(transaction=True)
TOTAL = Decimal("36.79")


@pytest.fixture
def paid() -> Checkout:
    """A paid checkout of a channel that releases funds after six hours."""
    shop = checkout_flow.create_shop()
    shop.channel.release_funds_for_expired_checkouts = True
    shop.channel.save()
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 1))
    checkout_flow.pay(checkout)
    return checkout


def refusal() -> dict[str, Any]:
    return {"result": "REFUND_FAILURE", "pspReference": "p-9", "amount": 36.79, "message": "No."}


def hours_pass(hours: float, *, payments: float | None = None) -> None:
    now = timezone.now()
    Checkout.objects.update(last_change=now - timedelta(hours=hours))
    TransactionItem.objects.update(modified_at=now - timedelta(hours=hours if payments is None else payments))


def amounts() -> tuple[Decimal, Decimal]:
    item = TransactionItem.objects.get()
    return item.charged_value, item.refunded_value


def test_the_money_of_an_expired_checkout_goes_back_once(paid: Checkout) -> None:
    hours_pass(6.1)
    assert fund_release.sweep() == 1
    assert amounts() == (0, TOTAL)
    hours_pass(12)
    assert fund_release.sweep() == 0
    assert TransactionEvent.objects.filter(type="REFUND_REQUEST").count() == 1


def test_the_customer_is_told_once_by_mail_and_on_the_cart(paid: Checkout) -> None:
    for _ in range(2):
        hours_pass(6.1)
        fund_release.sweep()
    plan = MailPlan.objects.get(kind="payment-returned")
    assert (plan.recipient, plan.event.payload["refunded"], plan.event.payload["released"]) == (
        "ada@example.com",
        "36.790",
        "0.000",
    )
    assert Checkout.objects.get().metadata["payment-given-back"] == "36.790 USD"


def told() -> list[tuple[str, str]]:
    """(refunded, released) of every mail."""
    events = [plan.event for plan in MailPlan.objects.filter(kind="payment-returned").order_by("pk")]
    return [(event.payload["refunded"], event.payload["released"]) for event in events if event]


def on_the_cart() -> str | None:
    found: str | None = Checkout.objects.get().metadata.get("payment-given-back")
    return found


def test_two_payments_of_one_release_are_told_in_one_mail_with_their_sum(paid: Checkout) -> None:
    reserved = payment.create(checkout_id=paid.pk, authorized=Decimal(5))
    TransactionItem.objects.filter(pk=reserved.pk).update(
        app_identifier=TransactionItem.objects.exclude(pk=reserved.pk).get().app_identifier
    )
    hours_pass(6.1)
    fund_release.sweep()
    assert told() == [("36.790", "5.000")]
    assert on_the_cart() == "41.790 USD"


@pytest.mark.parametrize(("state", "mails"), [("due", 1), ("retry_wait", 1), ("claimed", 2), ("sent", 2)])
def test_a_further_payment_is_added_to_the_mail_until_a_worker_has_claimed_it(state: str, mails: int) -> None:
    tell = partial(
        returned_payments.plan, cart="cart", email="ada@example.com", language="de", currency="EUR"
    )
    tell(key="1", refunded=Decimal(5), released=Decimal(0))
    MailPlan.objects.update(state=state)
    for _ in range(2):  # whoever died in between says it again
        tell(key="2", refunded=Decimal(3), released=Decimal(1))
    assert told() == ([("8", "1")] if mails == 1 else [("5", "0"), ("3", "1")])


def test_of_a_second_payment_that_goes_back_the_mail_says_only_that(paid: Checkout) -> None:
    hours_pass(6.1)
    fund_release.sweep()
    MailPlan.objects.update(state="sent")
    lines.add_lines(
        checkout_id=paid.pk, line_inputs=[lines.LineInput(CheckoutLine.objects.get().variant_id, 1)]
    )
    checkout_flow.pay(paid)
    hours_pass(6.1)
    fund_release.sweep()
    second = TransactionItem.objects.last()
    assert second
    assert second.refunded_value > TOTAL
    assert told() == [("36.790", "0.000"), (f"{second.refunded_value:.3f}", "0.000")]
    assert on_the_cart() == f"{TOTAL + second.refunded_value:.3f} USD"


def pay_by_a_slow_app() -> None:
    app = App.objects.create(name="Cards", identifier="cards", permissions=["HANDLE_PAYMENTS"])
    webhook = Webhook.objects.create(app=app, target_url="https://cards.example", subscription_query="")
    WebhookEvent.objects.create(webhook=webhook, event_type="TRANSACTION_REFUND_REQUESTED")
    TransactionItem.objects.update(app_identifier="cards")
    hours_pass(6.1)


@pytest.fixture
def slow_app(paid: Checkout) -> TransactionItem:
    """A payment of an app that answers later, which was asked to give it back."""
    pay_by_a_slow_app()
    fund_release.sweep()
    return TransactionItem.objects.get()


def answer(answered: dict[str, Any] | None) -> None:
    request = TransactionEvent.objects.get(type="REFUND_REQUEST")
    with transaction.atomic(durable=True):
        payment.handle_app_response(Event(extra={"request": request.pk}), answered)


def report(item: TransactionItem, kind: str) -> None:
    payment.report(transaction_id=item.pk, type=kind, psp_reference="p-9", amount=TOTAL, message="No.")


def test_while_the_app_is_asked_the_customer_is_told_nothing(slow_app: TransactionItem) -> None:
    assert (told(), on_the_cart()) == ([], None)
    answer({"pspReference": "p-9"})  # it has begun
    assert (told(), on_the_cart()) == ([], None)


def test_of_a_refund_that_the_app_begins_at_once_and_refuses_later_the_customer_is_told_nothing(
    paid: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = paid_checkouts._request

    def begin_at_once(*arguments: Any) -> Any:
        problem = request(*arguments)
        answer({"pspReference": "p-9"})
        return problem

    monkeypatch.setattr(paid_checkouts, "_request", begin_at_once)
    pay_by_a_slow_app()
    fund_release.sweep()
    assert TransactionItem.objects.get().refund_pending_value == TOTAL
    report(TransactionItem.objects.get(), "REFUND_FAILURE")
    assert (told(), on_the_cart(), amounts()) == ([], None, (TOTAL, 0))


def test_the_customer_is_told_when_the_app_answers_that_it_went_back(slow_app: TransactionItem) -> None:
    answer(refusal() | {"result": "REFUND_SUCCESS"})
    assert (told(), on_the_cart()) == ([("36.790", "0.000")], "36.790 USD")


def test_the_customer_is_told_once_when_the_app_reports_later_that_it_went_back(
    slow_app: TransactionItem,
) -> None:
    answer({"pspReference": "p-9"})
    for _ in range(2):
        report(slow_app, "REFUND_SUCCESS")
    assert (told(), on_the_cart()) == ([("36.790", "0.000")], "36.790 USD")


def test_the_customer_is_told_when_staff_enter_that_it_went_back(slow_app: TransactionItem) -> None:
    payment.change(
        transaction_id=slow_app.pk,
        currencies={},
        check_permission=lambda _item: None,
        changes={"charged": Decimal(0), "refunded": TOTAL},
    )
    assert (told(), on_the_cart()) == ([("36.790", "0.000")], "36.790 USD")


@pytest.mark.parametrize("how", ["answer", "report"])
def test_of_money_that_the_app_did_not_give_back_only_the_merchant_is_told(
    slow_app: TransactionItem, how: str
) -> None:
    if how == "answer":
        answer(refusal())
    else:
        answer({"pspReference": "p-9"})
        report(slow_app, "REFUND_FAILURE")
    assert (told(), on_the_cart()) == ([], None)
    [listed] = paid_checkouts.paid_checkouts_without_order()
    assert listed.reason == "The payment app did not give the money back: No."


def test_what_the_app_takes_back_after_all_is_no_longer_on_the_cart(slow_app: TransactionItem) -> None:
    answer(refusal() | {"result": "REFUND_SUCCESS"})
    report(slow_app, "REFUND_FAILURE")
    assert (amounts(), on_the_cart()) == ((TOTAL, 0), None)


def test_a_payment_since_the_release_that_staff_give_back_is_none_of_it(paid: Checkout) -> None:
    hours_pass(6.1)
    fund_release.sweep()
    checkout_flow.pay(paid)
    paid_checkouts.refund(checkout_id=paid.pk)
    assert (told(), on_the_cart()) == ([("36.790", "0.000")], "36.790 USD")


def test_what_was_only_authorized_is_canceled(paid: Checkout) -> None:
    item = TransactionItem.objects.get()
    TransactionEvent.objects.filter(type="CHARGE_SUCCESS").update(type="AUTHORIZATION_SUCCESS")
    item.authorized_value, item.charged_value = TOTAL, Decimal(0)
    item.save()
    hours_pass(6.1)
    assert fund_release.sweep() == 1
    item.refresh_from_db()
    assert (item.authorized_value, item.canceled_value) == (0, TOTAL)


@pytest.mark.parametrize(("hours", "payments"), [(5.9, 5.9), (6.1, 5.9), (5.9, 6.1)])
def test_a_cart_or_payment_that_changed_lately_is_left_alone(
    paid: Checkout, hours: float, payments: float
) -> None:
    hours_pass(hours, payments=payments)
    assert (fund_release.sweep(), amounts()) == (0, (TOTAL, 0))


@pytest.mark.parametrize(
    "setting",
    [
        {"release_funds_for_expired_checkouts": False},
        {"checkout_ttl_before_releasing_funds": 7},
        {"checkout_ttl_before_releasing_funds": None},
        {"checkout_release_funds_cut_off_date": timezone.now() + timedelta(hours=1)},
    ],
)
def test_the_channels_settings_are_obeyed(paid: Checkout, setting: dict[str, Any]) -> None:
    type(paid.channel).objects.update(**setting)
    hours_pass(6.1)
    assert (fund_release.sweep(), amounts()) == (0, (TOTAL, 0))


def test_a_payment_whose_result_is_unknown_is_left_to_a_person(paid: Checkout) -> None:
    TransactionItem.objects.update(awaits_result=True)
    hours_pass(6.1)
    assert (fund_release.sweep(), amounts()) == (0, (TOTAL, 0))


def test_a_year_old_cart_is_left_to_a_person(paid: Checkout) -> None:
    Checkout.objects.update(created_at=timezone.now() - timedelta(days=366))
    hours_pass(6.1)
    assert fund_release.sweep() == 0


def test_of_a_refusal_the_merchant_is_told_and_nothing_is_asked_again(paid: Checkout) -> None:
    TransactionItem.objects.update(app_identifier="gone.example")
    hours_pass(6.1)
    assert (fund_release.sweep(), amounts()) == (0, (TOTAL, 0))
    assert not MailPlan.objects.filter(kind="payment-returned").exists()
    [listed] = paid_checkouts.paid_checkouts_without_order()
    assert listed.charged == TOTAL
    assert listed.reason == (
        "The payment app did not give the money back: "
        "No app or plugin is configured to handle payment action requests."
    )
    events = TransactionEvent.objects.count()
    hours_pass(12)
    fund_release.sweep()
    assert TransactionEvent.objects.count() == events


def die_in_release(monkeypatch: pytest.MonkeyPatch, when: str) -> None:
    """The money is due to go back, and the process that asks for it ends `when`."""
    request = paid_checkouts._request

    def die(*arguments: Any) -> Any:
        if when == "after it was asked":
            request(*arguments)
        raise SystemExit

    hours_pass(6.1)
    with monkeypatch.context() as dying:
        dying.setattr(paid_checkouts, "_request", die)
        with pytest.raises(SystemExit):
            fund_release.sweep()


@pytest.mark.parametrize("when", ["before it was asked", "after it was asked"])
def test_what_a_process_that_died_had_not_asked_back_is_asked_back_at_once_and_once(
    paid: Checkout, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    die_in_release(monkeypatch, when)
    fund_release.sweep()
    assert amounts() == (0, TOTAL)
    assert not Checkout.objects.filter(funds_release_began_at__isnull=False).exists()
    assert MailPlan.objects.filter(kind="payment-returned").count() == 1
    assert TransactionEvent.objects.filter(type="REFUND_REQUEST").count() == 1


@pytest.mark.parametrize("when", ["before it was asked", "after it was asked"])
def test_what_was_paid_since_a_process_died_stays_when_its_release_is_finished(
    paid: Checkout, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    die_in_release(monkeypatch, when)
    began = Checkout.objects.get().funds_release_began_at
    first = TransactionItem.objects.get()
    fresh = payment.create(checkout_id=paid.pk, charged=TOTAL)
    fund_release.sweep()
    for item in (first, fresh):
        item.refresh_from_db()
    assert (first.charged_value, first.refunded_value) == (0, TOTAL)
    assert (fresh.charged_value, fresh.refunded_value) == (TOTAL, 0)
    assert Checkout.objects.get().funds_released_at == began
    assert (told(), on_the_cart()) == ([("36.790", "0.000")], "36.790 USD")


def test_a_release_that_is_done_again_asks_for_nothing_again(slow_app: TransactionItem) -> None:
    """An app that takes its time: the money is still there while it is asked."""
    Checkout.objects.update(funds_released_at=None)  # as after a process died before the last step
    hours_pass(6.1)
    fund_release.sweep()
    assert TransactionEvent.objects.filter(type="REFUND_REQUEST").count() == 1
    assert Checkout.objects.get().completion_problem == "A refund was requested."


def test_channels_that_stop_releasing_during_the_sweep_are_obeyed(paid: Checkout) -> None:
    hours_pass(6.1)
    type(paid.channel).objects.update(release_funds_for_expired_checkouts=False)
    assert fund_release._release(paid.channel, paid.pk) is False
    assert amounts() == (TOTAL, 0)


@pytest.mark.parametrize(("answer", "reason"), [(None, "Failed to delivery request."), (refusal(), "No.")])
def test_an_app_that_refuses_later_is_on_the_list_too(
    paid: Checkout, answer: dict[str, Any] | None, reason: str
) -> None:
    item = TransactionItem.objects.get()
    request = TransactionEvent.objects.create(
        transaction=item, type="REFUND_REQUEST", amount_value=TOTAL, currency="USD", awaits_response=True
    )
    Checkout.objects.update(completion_problem=payment.REFUND_REQUESTED)
    with transaction.atomic(durable=True):
        payment.handle_app_response(Event(extra={"request": request.pk}), answer)
    [listed] = paid_checkouts.paid_checkouts_without_order()
    assert listed.reason == f"The payment app did not give the money back: {reason}"


def test_who_completes_while_the_money_is_asked_back_keeps_the_order_and_its_payment(
    paid: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = paid_checkouts._request

    def complete_first(*arguments: Any) -> Any:
        complete.complete(checkout_id=paid.pk)
        return request(*arguments)

    monkeypatch.setattr(paid_checkouts, "_request", complete_first)
    hours_pass(6.1)
    assert fund_release.sweep() == 0
    assert (amounts(), Order.objects.get().charge_status) == ((TOTAL, 0), "FULL")


def test_who_completes_after_it_went_back_is_told(paid: Checkout) -> None:
    hours_pass(6.1)
    fund_release.sweep()
    with pytest.raises(OperationError, match="cover the checkout"):
        complete.complete(checkout_id=paid.pk)
    assert Order.objects.count() == 0


def test_a_cart_that_changed_before_it_was_locked_is_left_alone(
    paid: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    hours_pass(6.1)
    due = fund_release.due
    found = list(due(paid.channel).values_list("pk", flat=True))
    assert found == [paid.pk]
    Checkout.objects.get().save()
    assert fund_release._release(paid.channel, paid.pk) is False
    assert amounts() == (TOTAL, 0)
