"""A payment app that is installed here: asked over HTTP, its answers checked and written down."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction

from store.engine.checkout import charge_status, complete, gateway_initialize, payment
from store.engine.checkout.queries import find
from store.engine.errors import NotFound, NotUnique, Refusal
from store.engine.events import payload_rendering, sync_webhooks, tasks, webhook_deliveries
from store.engine.events.models import App, EventDelivery, Webhook, WebhookEvent
from store.engine.orders import granted_refunds
from store.engine.orders.models import Order
from store.engine.payments import gateways
from store.engine.payments.models import TransactionEvent, TransactionItem
from tests.engine import checkout_flow
from tests.payment_app import EVENTS, QUERY, PaymentApp, says

pytestmark = pytest.mark.django_db(transaction=True)

ID = "cards.example"


class Cards(PaymentApp):
    def install(
        self, events: tuple[str, ...] = EVENTS, identifier: str = ID, rights: Any = ("HANDLE_PAYMENTS",)
    ) -> App:
        app = App.objects.create(name="Cards", identifier=identifier, permissions=list(rights))
        webhook = Webhook.objects.create(app=app, target_url=self.url, subscription_query=QUERY)
        for event in events:
            WebhookEvent.objects.create(webhook=webhook, event_type=event)
        return app


@pytest.fixture
def cards(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cards]:
    settings.WEBHOOK_ALLOW_PRIVATE_ADDRESSES = True
    monkeypatch.setattr(tasks, "nudge", lambda: None)
    one = Cards()
    one.install()
    yield one
    one.close()


def basket() -> Any:
    shop = checkout_flow.open_shop()
    return checkout_flow.ready(shop, (shop.variant("CUP", price="29.00"), 1))  # 36.79 in all


def pay(checkout: Any, **told: Any) -> Any:
    return payment.initialize(gateway_id=ID, checkout_id=checkout.pk, **told)


def deliver() -> None:
    """What a worker does after the commit."""
    while webhook_deliveries.plan():
        pass
    for pk in (*webhook_deliveries.due(inside=False), *webhook_deliveries.due(inside=True)):
        webhook_deliveries.attempt(pk)


def charged(item: TransactionItem) -> Decimal:
    item.refresh_from_db()
    return item.charged_value


def test_an_installed_app_is_a_gateway_of_every_basket(cards: Cards) -> None:
    cards.install(("TRANSACTION_INITIALIZE_SESSION",), "no.rights", rights=())
    cards.install(("TRANSACTION_REFUND_REQUESTED",), "only.refunds")
    assert [one.id for one in gateways.all_open()] == [gateways.DUMMY, ID]


def test_the_app_says_what_a_browser_needs(cards: Cards) -> None:
    cards.says = [{"data": {"key": "pk_1"}}]
    checkout = basket()
    [found] = gateway_initialize.openings(wanted={ID: {"theme": "dark"}}, checkout_id=checkout.pk)
    assert (found.id, found.data, found.problem) == (ID, {"key": "pk_1"}, "")
    [(event, body)] = cards.asked
    assert event == "payment_gateway_initialize_session"
    assert (body["amount"], body["data"], body["sourceObject"]) == (
        36.79,
        {"theme": "dark"},
        {"__typename": "Checkout"},
    )


@pytest.mark.parametrize("answer", [{"key": 1}, [1], b"no json", (500, {"data": 1}), (302, {"data": 1})])
def test_an_app_that_answers_wrongly_says_nothing_to_a_browser(cards: Cards, answer: Any) -> None:
    cards.says = [answer]
    [found] = gateway_initialize.openings(wanted={ID: None}, checkout_id=basket().pk)
    assert (found.data, bool(found.problem)) == (None, True)


def test_without_a_wish_every_app_that_listens_is_asked(cards: Cards) -> None:
    cards.says = [{"data": 1}]
    assert [one.id for one in gateway_initialize.openings(checkout_id=basket().pk)] == [gateways.DUMMY, ID]


def test_an_app_that_does_not_listen_is_missing(cards: Cards) -> None:
    cards.install(("TRANSACTION_INITIALIZE_SESSION",), "mute")
    found = gateway_initialize.openings(wanted={"mute": None, "nobody": None}, checkout_id=basket().pk)
    assert [one.missing for one in found] == [True, True]


def test_a_charge_the_app_made_pays_the_basket(cards: Cards) -> None:
    cards.says = [says("CHARGE_SUCCESS", data={"receipt": 7}, actions=["REFUND", "DANCE"])]
    checkout = basket()
    done = pay(checkout, data={"token": "t"}, customer_ip_address="192.0.2.7", idempotency_key="k")
    assert (done.event.type, done.data, charged(done.transaction)) == (
        "CHARGE_SUCCESS",
        {"receipt": 7},
        Decimal("36.79"),
    )
    assert (done.transaction.psp_reference, done.transaction.available_actions) == ("psp-1", ["REFUND"])
    [(event, body)] = cards.asked
    assert event == "transaction_initialize_session"
    assert body["wish"] == {"amount": 36.79, "currency": "USD", "actionType": "CHARGE"}
    assert (body["data"], body["idempotencyKey"], body["customerIpAddress"]) == (
        {"token": "t"},
        "k",
        "192.0.2.7",
    )
    assert body["merchantReference"] == body["transaction"]["id"]
    assert complete.complete(checkout_id=checkout.pk).is_paid


def test_no_transaction_is_open_while_the_app_is_asked(cards: Cards) -> None:
    checkout = basket()

    def somebody_else_buys(_body: Any) -> Any:
        """Would wait for a lock, and run into the test's timeout, if we held one."""
        try:
            TransactionItem.objects.filter(checkout_id=checkout.pk).update(message="not locked")
        finally:
            connection.close()
        return says("CHARGE_SUCCESS")

    cards.says = [somebody_else_buys]
    assert pay(checkout).event.type == "CHARGE_SUCCESS"
    [webhook] = sync_webhooks.listening("TRANSACTION_INITIALIZE_SESSION", identifier=ID)
    with transaction.atomic(), pytest.raises(sync_webhooks.InsideTransaction):
        sync_webhooks.ask(webhook, "TRANSACTION_INITIALIZE_SESSION", {})


@pytest.mark.parametrize(
    "answer",
    [
        b"no json",
        [],
        {},
        {"pspReference": "p"},
        says("CHARGE_SUCCESS", psp=None),
        says("CHARGE_REQUEST", psp=None),
        says("REFUND_SUCCESS"),
        says("charge_success"),
        says("CHARGE_SUCCESS", amount="a lot"),
        says("CHARGE_SUCCESS", amount=-5),
        says("CHARGE_SUCCESS", amount=True),
        says("CHARGE_SUCCESS", amount="NaN"),
        says("CHARGE_SUCCESS", time="yesterday"),
        says("CHARGE_SUCCESS", externalUrl="javascript:alert(1)"),
        says("CHARGE_SUCCESS", actions="REFUND"),
        says("CHARGE_SUCCESS", psp=17),
        b'{"pspReference": "a\\u0000b", "result": "CHARGE_SUCCESS"}',
        (500, says("CHARGE_SUCCESS")),
        (400, says("CHARGE_SUCCESS")),
        (301, says("CHARGE_SUCCESS")),
    ],
)
def test_an_answer_that_is_none_is_a_failure_that_moves_no_money(cards: Cards, answer: Any) -> None:
    cards.says = [answer]
    done = pay(basket())
    assert (done.event.type, done.event.include_in_calculations) == ("CHARGE_FAILURE", False)
    assert (charged(done.transaction), done.transaction.events.count()) == (0, 2)


def test_an_app_that_can_not_be_reached_is_a_failure(cards: Cards) -> None:
    Webhook.objects.update(target_url="http://127.0.0.1:9/")
    assert pay(basket()).event.type == "CHARGE_FAILURE"


def test_the_neighbours_of_this_machine_are_never_asked(cards: Cards, settings: Any) -> None:
    settings.WEBHOOK_ALLOW_PRIVATE_ADDRESSES = False
    assert pay(basket()).event.type == "CHARGE_FAILURE"
    assert cards.asked == []


@pytest.mark.parametrize("result", ["CHARGE_FAILURE", "AUTHORIZATION_FAILURE", "CHARGE_ACTION_REQUIRED"])
def test_a_failure_or_a_next_step_needs_no_reference(cards: Cards, result: str) -> None:
    cards.says = [says(result, psp=None, message="x" * 600)]
    done = pay(basket())
    assert (done.event.type, len(done.event.message), charged(done.transaction)) == (result, 512, 0)


def test_pending_money_counts_on_a_basket(cards: Cards) -> None:
    cards.says = [says("CHARGE_REQUEST", amount=20)]
    checkout = basket()
    done = pay(checkout)
    found = charge_status.paid(find(checkout.pk))  # type: ignore[arg-type]
    assert (found.charge_status, done.event.amount_value, done.transaction.events.count()) == (
        "PARTIAL",
        20,
        1,
    )


def test_an_authorization_covers_and_is_charged_when_staff_ask(cards: Cards) -> None:
    cards.says = [says("AUTHORIZATION_SUCCESS"), says("CHARGE_SUCCESS", psp="psp-2")]
    checkout = basket()
    item = pay(checkout).transaction
    order = complete.complete(checkout_id=checkout.pk)
    payment.request_action(transaction_id=item.pk, action="CHARGE")
    assert charged(item) == 0, "the app is asked by a worker, not by the one who clicked"
    deliver()
    assert cards.asked[-1] == (
        "transaction_charge_requested",
        cards.asked[-1][1] | {"action": {"amount": 36.79, "currency": "USD", "actionType": "CHARGE"}},
    )
    order.refresh_from_db()
    assert (charged(item), order.charge_status) == (Decimal("36.79"), "FULL")


def test_a_next_step_is_processed(cards: Cards) -> None:
    cards.says = [says("CHARGE_ACTION_REQUIRED", data={"redirect": "3ds"}), says("CHARGE_SUCCESS")]
    checkout = basket()
    first = pay(checkout)
    done = payment.process(transaction_id=first.transaction.pk, data={"code": 1})
    assert (first.data, done.event.type, charged(done.transaction)) == (
        {"redirect": "3ds"},
        "CHARGE_SUCCESS",
        Decimal("36.79"),
    )
    event, body = cards.asked[-1]
    assert (event, body["data"], body["wish"]["actionType"]) == (
        "transaction_process_session",
        {"code": 1},
        "CHARGE",
    )
    again = payment.process(transaction_id=first.transaction.pk, data={"code": 2})
    assert (again.event.pk, len(cards.asked)) == (done.event.pk, 2)


def test_the_same_key_asks_again_until_the_app_has_answered(cards: Cards) -> None:
    cards.says = [(503, {}), says("CHARGE_SUCCESS"), says("CHARGE_SUCCESS")]
    checkout = basket()
    first, second, third = (pay(checkout, idempotency_key="k", amount=Decimal(10)) for _ in range(3))
    assert [one.event.type for one in (first, second, third)] == [
        "CHARGE_FAILURE",
        "CHARGE_SUCCESS",
        "CHARGE_SUCCESS",
    ]
    assert (charged(first.transaction), TransactionItem.objects.count(), len(cards.asked)) == (10, 1, 2)
    assert {body["idempotencyKey"] for _, body in cards.asked} == {"k"}
    with pytest.raises(NotUnique):
        pay(checkout, idempotency_key="k", amount=Decimal(11))


def test_the_same_answer_twice_counts_once(cards: Cards) -> None:
    """Two clicks, both asked before either was answered."""
    checkout = basket()

    def meanwhile(_body: Any) -> Any:
        try:
            pay(checkout, idempotency_key="k")
        finally:
            connection.close()
        return says("CHARGE_SUCCESS")

    cards.says = [meanwhile, says("CHARGE_SUCCESS")]
    done = pay(checkout, idempotency_key="k")
    assert (charged(done.transaction), done.transaction.events.count()) == (Decimal("36.79"), 2)


def test_the_same_reference_with_another_amount_is_a_failure(cards: Cards) -> None:
    cards.says = [says("CHARGE_ACTION_REQUIRED")]
    item = pay(basket()).transaction
    payment.report(transaction_id=item.pk, type="CHARGE_SUCCESS", psp_reference="psp-9", amount=Decimal(5))
    TransactionEvent.objects.filter(type="CHARGE_SUCCESS").update(include_in_calculations=False)
    cards.says = [says("CHARGE_SUCCESS", psp="psp-9", amount=6)]
    assert payment.process(transaction_id=item.pk).event.type == "CHARGE_FAILURE"


def test_a_basket_that_became_an_order_meanwhile_gets_its_money(cards: Cards) -> None:
    checkout = basket()

    def the_order_is_made(_body: Any) -> Any:
        try:
            checkout_flow.pay(checkout)
            complete.complete(checkout_id=checkout.pk)
        finally:
            connection.close()
        return says("CHARGE_SUCCESS", amount=5)

    cards.says = [the_order_is_made]
    done = pay(checkout, amount=Decimal(5))
    order = Order.objects.get()
    assert (done.transaction.order_id, order.total_charged_amount) == (order.pk, Decimal("41.79"))


def test_a_process_that_dies_while_it_waits_leaves_a_wish_and_nothing_half_done(
    cards: Cards, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException): ...

    def dies(*_: Any, **__: Any) -> Any:
        raise Killed

    monkeypatch.setattr(sync_webhooks.webhook_transport, "post", dies)
    checkout = basket()
    with pytest.raises(Killed):
        pay(checkout, idempotency_key="k")
    [event] = TransactionEvent.objects.all()
    assert (event.type, event.include_in_calculations) == ("CHARGE_REQUEST", False)
    monkeypatch.undo()


def paid_order(cards: Cards) -> tuple[Order, TransactionItem]:
    cards.says = [says("CHARGE_SUCCESS")]
    checkout = basket()
    item = pay(checkout).transaction
    return complete.complete(checkout_id=checkout.pk), item


def test_a_refund_is_asked_of_the_app_that_took_the_money_and_of_no_other(cards: Cards) -> None:
    order, item = paid_order(cards)
    cards.install(identifier="nosy")
    cards.says = [says("REFUND_SUCCESS", psp="r-1", amount=10, actions=[])]
    payment.request_action(transaction_id=item.pk, action="REFUND", amount=Decimal(10), message="scratched")
    deliver()
    assert [event for event, _ in cards.asked[1:]] == ["transaction_refund_requested"]
    item.refresh_from_db()
    order.refresh_from_db()
    assert (item.refunded_value, item.available_actions, order.charge_status) == (10, [], "PARTIAL")
    assert [e.type for e in item.events.all()][-2:] == ["REFUND_REQUEST", "REFUND_SUCCESS"]


def test_a_refund_whose_result_comes_later_is_pending_until_it_is_reported(cards: Cards) -> None:
    order, item = paid_order(cards)
    promised = granted_refunds.grant(
        order_id=order.pk, amount=Decimal(10), reason="late", transaction_id=item.pk
    )
    cards.says = [{"pspReference": "r-1"}]
    granted_refunds.request_refund(granted_refund_id=promised.pk)
    deliver()
    assert cards.asked[-1][1]["grantedRefund"]["reason"] == "late"
    item.refresh_from_db()
    promised.refresh_from_db()
    assert (item.refund_pending_value, item.charged_value, promised.status) == (
        10,
        Decimal("26.79"),
        "PENDING",
    )
    payment.report(transaction_id=item.pk, type="REFUND_SUCCESS", psp_reference="r-1", amount=Decimal(10))
    item.refresh_from_db()
    promised.refresh_from_db()
    assert (item.refund_pending_value, item.refunded_value, promised.status) == (0, 10, "SUCCESS")


@pytest.mark.parametrize("answer", [{}, says("CHARGE_SUCCESS"), says("REFUND_SUCCESS", psp=None), (404, {})])
def test_a_refund_the_app_does_not_answer_for_has_failed(cards: Cards, answer: Any) -> None:
    order, item = paid_order(cards)
    promised = granted_refunds.grant(order_id=order.pk, amount=Decimal(10), transaction_id=item.pk)
    cards.says = [answer]
    granted_refunds.request_refund(granted_refund_id=promised.pk)
    deliver()
    promised.refresh_from_db()
    assert ([e.type for e in item.events.all()][-1], charged(item), promised.status) == (
        "REFUND_FAILURE",
        Decimal("36.79"),
        "FAILURE",
    )
    assert EventDelivery.objects.filter(status="pending").count() == 0


def test_an_app_that_is_busy_is_asked_again_with_the_same_words(cards: Cards) -> None:
    _, item = paid_order(cards)
    cards.says = [(503, {}), says("REFUND_SUCCESS", psp="r-1")]
    payment.request_action(transaction_id=item.pk, action="REFUND")
    deliver()
    assert item.events.filter(type="REFUND_FAILURE").count() == 0
    EventDelivery.objects.update(next_attempt_at=item.created_at)
    deliver()
    assert cards.asked[-1] == cards.asked[-2]
    assert charged(item) == 0


def test_a_cancellation_frees_what_was_authorized(cards: Cards) -> None:
    cards.says = [says("AUTHORIZATION_SUCCESS"), says("CANCEL_SUCCESS", psp="c-1")]
    item = pay(basket()).transaction
    payment.request_action(transaction_id=item.pk, action="CANCEL")
    deliver()
    item.refresh_from_db()
    assert (item.authorized_value, item.canceled_value) == (0, Decimal("36.79"))


def test_an_app_that_does_not_listen_can_not_be_asked_and_the_attempt_is_kept(cards: Cards) -> None:
    _, item = paid_order(cards)
    WebhookEvent.objects.filter(event_type="TRANSACTION_REFUND_REQUESTED").delete()
    with pytest.raises(Refusal) as refused:
        payment.request_action(transaction_id=item.pk, action="REFUND")
    assert refused.value.code == "MISSING_TRANSACTION_ACTION_REQUEST_WEBHOOK"
    assert [e.type for e in item.events.all()][-2:] == ["REFUND_REQUEST", "REFUND_FAILURE"]
    assert charged(item) == Decimal("36.79")


def test_an_app_that_is_switched_off_is_no_gateway(cards: Cards) -> None:
    cards.says = [says("CHARGE_ACTION_REQUIRED")]
    item = pay(basket()).transaction
    App.objects.update(is_active=False)
    with pytest.raises(NotFound):
        payment.initialize(gateway_id=ID, checkout_id=item.checkout_id)
    with pytest.raises(Refusal) as refused:
        payment.process(transaction_id=item.pk)
    assert refused.value.code == "MISSING_PAYMENT_APP"


def test_rendering_is_wired() -> None:
    assert payload_rendering._render is not None
