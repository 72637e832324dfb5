"""An installed payment app: called over HTTP, its responses validated and stored."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from store.engine import ports
from store.engine.checkout import complete, gateway_initialize, paid_checkouts, payment
from store.engine.checkout.loaded_checkout import LoadedCheckout
from store.engine.checkout.models import Checkout
from store.engine.errors import NotFound, NotUnique, OperationError
from store.engine.events import sync_webhooks, tasks, webhook_deliveries
from store.engine.events.models import App, EventDelivery, Webhook, WebhookEvent
from store.engine.graphql import serve
from store.engine.orders import granted_refunds
from store.engine.orders.models import Order
from store.engine.payments import gateways
from store.engine.payments.models import TransactionEvent, TransactionItem
from store.engine.stock.errors import InsufficientStock
from store.engine.stock.models import Stock
from tests.engine import checkout_flow
from tests.payment_app import EVENTS, QUERY, PaymentApp, app_response

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
    monkeypatch.setattr(tasks, "enqueue_delivery", lambda: None)
    app = Cards()
    app.install()
    yield app
    app.close()


def ready_checkout() -> Any:
    shop = checkout_flow.create_shop()
    return checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP", price="29.00"), 1))  # 36.79 in all


def pay(checkout: Any, **arguments: Any) -> Any:
    return payment.initialize(gateway_id=ID, checkout_id=checkout.pk, **arguments)


def deliver() -> None:
    """What a worker does after the commit."""
    while webhook_deliveries.plan():
        pass
    for pk in (*webhook_deliveries.due(to_listeners=False), *webhook_deliveries.due(to_listeners=True)):
        webhook_deliveries.attempt(pk)


def charged(item: TransactionItem) -> Decimal:
    item.refresh_from_db()
    return item.charged_value


def test_an_installed_app_is_a_gateway_of_every_checkout(cards: Cards) -> None:
    cards.install(("TRANSACTION_INITIALIZE_SESSION",), "no.rights", rights=())
    cards.install(("TRANSACTION_REFUND_REQUESTED",), "only.refunds")
    assert [gateway.id for gateway in gateways.available()] == [gateways.DUMMY, ID]


def test_the_app_provides_what_a_browser_needs(cards: Cards) -> None:
    cards.responses = [{"data": {"key": "pk_1"}}]
    checkout = ready_checkout()
    [found] = gateway_initialize.initialize_gateways(
        requested={ID: {"theme": "dark"}}, checkout_id=checkout.pk
    )
    assert (found.id, found.data, found.error) == (ID, {"key": "pk_1"}, "")
    [(event, body)] = cards.received
    assert event == "payment_gateway_initialize_session"
    assert (body["amount"], body["data"], body["sourceObject"]) == (
        36.79,
        {"theme": "dark"},
        {"__typename": "Checkout"},
    )


@pytest.mark.parametrize("answer", [{"key": 1}, [1], b"no json", (500, {"data": 1}), (302, {"data": 1})])
def test_an_invalid_configuration_is_reported_as_an_error(cards: Cards, answer: Any) -> None:
    cards.responses = [answer]
    [found] = gateway_initialize.initialize_gateways(requested={ID: None}, checkout_id=ready_checkout().pk)
    assert (found.data, bool(found.error)) == (None, True)


def test_without_a_selection_every_subscribed_app_is_asked(cards: Cards) -> None:
    cards.responses = [{"data": 1}]
    assert [
        gateway.id for gateway in gateway_initialize.initialize_gateways(checkout_id=ready_checkout().pk)
    ] == [gateways.DUMMY, ID]


def test_an_app_without_subscription_is_not_found(cards: Cards) -> None:
    cards.install(("TRANSACTION_INITIALIZE_SESSION",), "mute")
    found = gateway_initialize.initialize_gateways(
        requested={"mute": None, "nobody": None}, checkout_id=ready_checkout().pk
    )
    assert [gateway.not_found for gateway in found] == [True, True]


def test_a_charge_by_the_app_pays_the_checkout(cards: Cards) -> None:
    cards.responses = [app_response("CHARGE_SUCCESS", data={"receipt": 7}, actions=["REFUND", "DANCE"])]
    checkout = ready_checkout()
    done = pay(checkout, data={"token": "t"}, customer_ip_address="192.0.2.7", idempotency_key="k")
    assert (done.event.type, done.data, charged(done.transaction)) == (
        "CHARGE_SUCCESS",
        {"receipt": 7},
        Decimal("36.79"),
    )
    assert (done.transaction.psp_reference, done.transaction.available_actions) == ("psp-1", ["REFUND"])
    [(event, body)] = cards.received
    assert event == "transaction_initialize_session"
    assert body["requestedAction"] == {"amount": 36.79, "currency": "USD", "actionType": "CHARGE"}
    assert (body["data"], body["idempotencyKey"], body["customerIpAddress"]) == (
        {"token": "t"},
        "k",
        "192.0.2.7",
    )
    assert body["merchantReference"] == body["transaction"]["id"]
    assert complete.complete(checkout_id=checkout.pk).is_paid


def test_no_transaction_is_open_while_the_app_is_asked(cards: Cards) -> None:
    checkout = ready_checkout()

    def somebody_else_buys(_body: Any) -> Any:
        """Would wait for a lock, and run into the test's timeout, if one were held."""
        try:
            TransactionItem.objects.filter(checkout_id=checkout.pk).update(message="not locked")
        finally:
            connection.close()
        return app_response("CHARGE_SUCCESS")

    cards.responses = [somebody_else_buys]
    assert pay(checkout).event.type == "CHARGE_SUCCESS"
    [webhook] = sync_webhooks.first_webhook_per_app("TRANSACTION_INITIALIZE_SESSION", identifier=ID)
    with transaction.atomic(), pytest.raises(sync_webhooks.InsideTransaction):
        sync_webhooks.trigger(webhook, "TRANSACTION_INITIALIZE_SESSION", {})


@pytest.mark.parametrize(
    "answer",
    [
        b"no json",
        [],
        {},
        {"pspReference": "p"},
        app_response("CHARGE_SUCCESS", psp=None),
        app_response("CHARGE_REQUEST", psp=None),
        app_response("REFUND_SUCCESS"),
        app_response("charge_success"),
        app_response("CHARGE_SUCCESS", amount="a lot"),
        app_response("CHARGE_SUCCESS", amount=-5),
        app_response("CHARGE_SUCCESS", amount=True),
        app_response("CHARGE_SUCCESS", amount="NaN"),
        app_response("CHARGE_SUCCESS", time="yesterday"),
        app_response("CHARGE_SUCCESS", externalUrl="javascript:alert(1)"),
        app_response("CHARGE_SUCCESS", actions="REFUND"),
        app_response("CHARGE_SUCCESS", psp=17),
        b'{"pspReference": "a\\u0000b", "result": "CHARGE_SUCCESS"}',
        (500, app_response("CHARGE_SUCCESS")),
        (400, app_response("CHARGE_SUCCESS")),
        (301, app_response("CHARGE_SUCCESS")),
    ],
)
def test_an_invalid_response_is_a_failure_that_moves_no_money(cards: Cards, answer: Any) -> None:
    cards.responses = [answer]
    done = pay(ready_checkout())
    assert (done.event.type, done.event.include_in_calculations) == ("CHARGE_FAILURE", False)
    assert (charged(done.transaction), done.transaction.events.count()) == (0, 2)


def test_an_app_that_can_not_be_reached_is_a_failure(cards: Cards) -> None:
    Webhook.objects.update(target_url="http://127.0.0.1:9/")
    assert pay(ready_checkout()).event.type == "CHARGE_FAILURE"


def test_private_addresses_are_never_called(cards: Cards, settings: Any) -> None:
    settings.WEBHOOK_ALLOW_PRIVATE_ADDRESSES = False
    assert pay(ready_checkout()).event.type == "CHARGE_FAILURE"
    assert cards.received == []


@pytest.mark.parametrize("result", ["CHARGE_FAILURE", "AUTHORIZATION_FAILURE", "CHARGE_ACTION_REQUIRED"])
def test_a_failure_or_a_next_step_needs_no_reference(cards: Cards, result: str) -> None:
    cards.responses = [app_response(result, psp=None, message="x" * 600)]
    done = pay(ready_checkout())
    assert (done.event.type, len(done.event.message), charged(done.transaction)) == (result, 512, 0)


def test_pending_money_counts_on_a_checkout(cards: Cards) -> None:
    cards.responses = [app_response("CHARGE_REQUEST", amount=20)]
    checkout = ready_checkout()
    done = pay(checkout)
    found = LoadedCheckout(Checkout.objects.get(pk=checkout.pk)).payment_status
    assert (found.charge_status, done.event.amount_value, done.transaction.events.count()) == (
        "PARTIAL",
        20,
        1,
    )


def test_an_authorization_covers_and_is_charged_when_staff_ask(cards: Cards) -> None:
    cards.responses = [app_response("AUTHORIZATION_SUCCESS"), app_response("CHARGE_SUCCESS", psp="psp-2")]
    checkout = ready_checkout()
    item = pay(checkout).transaction
    order = complete.complete(checkout_id=checkout.pk)
    payment.request_action(transaction_id=item.pk, action="CHARGE")
    assert charged(item) == 0, "the app is called by a worker, not by the request"
    deliver()
    assert cards.received[-1] == (
        "transaction_charge_requested",
        cards.received[-1][1] | {"action": {"amount": 36.79, "currency": "USD", "actionType": "CHARGE"}},
    )
    order.refresh_from_db()
    assert (charged(item), order.charge_status) == (Decimal("36.79"), "FULL")


def test_a_next_step_is_processed(cards: Cards) -> None:
    cards.responses = [
        app_response("CHARGE_ACTION_REQUIRED", data={"redirect": "3ds"}),
        app_response("CHARGE_SUCCESS"),
    ]
    checkout = ready_checkout()
    first = pay(checkout)
    done = payment.process(transaction_id=first.transaction.pk, data={"code": 1})
    assert (first.data, done.event.type, charged(done.transaction)) == (
        {"redirect": "3ds"},
        "CHARGE_SUCCESS",
        Decimal("36.79"),
    )
    event, body = cards.received[-1]
    assert (event, body["data"], body["requestedAction"]["actionType"]) == (
        "transaction_process_session",
        {"code": 1},
        "CHARGE",
    )
    second = payment.process(transaction_id=first.transaction.pk, data={"code": 2})
    assert (second.event.pk, len(cards.received)) == (done.event.pk, 2)


def test_the_same_key_asks_again_until_the_app_has_answered(cards: Cards) -> None:
    cards.responses = [(503, {}), app_response("CHARGE_SUCCESS"), app_response("CHARGE_SUCCESS")]
    checkout = ready_checkout()
    first, second, third = (pay(checkout, idempotency_key="k", amount=Decimal(10)) for _ in range(3))
    assert [outcome.event.type for outcome in (first, second, third)] == [
        "CHARGE_FAILURE",
        "CHARGE_SUCCESS",
        "CHARGE_SUCCESS",
    ]
    assert (charged(first.transaction), TransactionItem.objects.count(), len(cards.received)) == (10, 1, 2)
    assert {body["idempotencyKey"] for _, body in cards.received} == {"k"}
    with pytest.raises(NotUnique):
        pay(checkout, idempotency_key="k", amount=Decimal(11))


def test_the_same_answer_twice_counts_once(cards: Cards) -> None:
    """Two requests, both sent before either was answered: the second after the time limit of the first."""
    checkout = ready_checkout()

    def meanwhile(_body: Any) -> Any:
        try:
            TransactionItem.objects.update(gateway_called_at=timezone.now() - timedelta(seconds=61))
            pay(checkout, idempotency_key="k")
        finally:
            connection.close()
        return app_response("CHARGE_SUCCESS")

    cards.responses = [meanwhile, app_response("CHARGE_SUCCESS")]
    done = pay(checkout, idempotency_key="k")
    assert (charged(done.transaction), done.transaction.events.count()) == (Decimal("36.79"), 2)


def test_the_same_reference_with_another_amount_is_a_failure(cards: Cards) -> None:
    cards.responses = [app_response("CHARGE_ACTION_REQUIRED")]
    item = pay(ready_checkout()).transaction
    payment.report(transaction_id=item.pk, type="CHARGE_SUCCESS", psp_reference="psp-9", amount=Decimal(5))
    TransactionEvent.objects.filter(type="CHARGE_SUCCESS").update(include_in_calculations=False)
    cards.responses = [app_response("CHARGE_SUCCESS", psp="psp-9", amount=6)]
    assert payment.process(transaction_id=item.pk).event.type == "CHARGE_FAILURE"


def test_a_payment_of_a_checkout_completed_meanwhile_goes_to_its_order(cards: Cards) -> None:
    checkout = ready_checkout()

    def the_order_is_made(_body: Any) -> Any:
        try:
            payment.create(checkout_id=checkout.pk, charged=Decimal("36.79"))
            with pytest.raises(OperationError, match="its result is not known yet"):
                complete.complete(checkout_id=checkout.pk)
            paid_checkouts.complete(checkout_id=checkout.pk)  # by staff, who may
        finally:
            connection.close()
        return app_response("CHARGE_SUCCESS", amount=5)

    cards.responses = [the_order_is_made]
    done = pay(checkout, amount=Decimal(5))
    order = Order.objects.get()
    assert (done.transaction.order_id, order.total_charged_amount) == (order.pk, Decimal("41.79"))


def test_a_process_that_dies_while_it_waits_leaves_a_stored_request_and_nothing_half_done(
    cards: Cards, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException): ...

    def dies(*_: Any, **__: Any) -> Any:
        raise Killed

    monkeypatch.setattr(sync_webhooks.webhook_transport, "post", dies)
    checkout = ready_checkout()
    with pytest.raises(Killed):
        pay(checkout, idempotency_key="k")
    [event] = TransactionEvent.objects.all()
    assert (event.type, event.include_in_calculations) == ("CHARGE_REQUEST", False)
    monkeypatch.undo()


def while_the_app_works(
    step: Callable[[], Any], result: dict[str, Any]
) -> tuple[Callable[[Any], Any], list[Any]]:
    """A response of the app that does `step` before it is given, and the list that its result or error goes to."""
    outcomes: list[Any] = []

    def respond(_body: Any) -> Any:
        try:
            outcomes.append(step())
        except OperationError as refused:
            outcomes.append((refused.code, refused.field))
        finally:
            connection.close()
        return result

    return respond, outcomes


IN_PROGRESS = ("CHECKOUT_COMPLETION_IN_PROGRESS", "id")


@pytest.mark.parametrize("key", ["first tab", "second tab"])
def test_a_second_tab_charges_nothing_while_the_app_works_on_the_first(cards: Cards, key: str) -> None:
    checkout = ready_checkout()
    respond, outcomes = while_the_app_works(
        lambda: pay(checkout, idempotency_key=key), app_response("CHARGE_SUCCESS")
    )
    cards.responses = [respond]
    done = pay(checkout, idempotency_key="first tab")
    assert (outcomes, len(cards.received)) == ([IN_PROGRESS], 1)
    assert (charged(done.transaction), TransactionItem.objects.count()) == (Decimal("36.79"), 1)


def test_a_second_tab_charges_nothing_after_the_first_has_paid(cards: Cards) -> None:
    checkout = ready_checkout()
    cards.responses = [app_response("CHARGE_SUCCESS")]
    pay(checkout, idempotency_key="first tab")
    with pytest.raises(OperationError) as refused:
        pay(checkout, idempotency_key="second tab", amount=Decimal("36.79"))
    assert (refused.value.code, TransactionItem.objects.count()) == (IN_PROGRESS[0], 1)


def test_more_than_is_left_is_not_charged(cards: Cards) -> None:
    checkout = ready_checkout()
    cards.responses = [app_response("CHARGE_SUCCESS")]
    pay(checkout, amount=Decimal("30.00"))
    with pytest.raises(OperationError) as refused:
        pay(checkout, amount=Decimal("36.79"))
    assert (refused.value.field, TransactionItem.objects.count()) == ("amount", 1)


def test_the_rest_can_be_paid_while_the_app_works_on_a_part(cards: Cards) -> None:
    checkout = ready_checkout()
    respond, outcomes = while_the_app_works(
        lambda: pay(checkout, amount=Decimal("6.79")), app_response("CHARGE_SUCCESS", psp="a")
    )
    cards.responses = [respond, app_response("CHARGE_SUCCESS", psp="b")]
    first = pay(checkout, amount=Decimal("30.00"))
    assert charged(first.transaction) + charged(outcomes[0].transaction) == Decimal("36.79")


def test_an_attempt_whose_process_died_blocks_until_the_app_is_asked_again(
    cards: Cards, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException): ...

    def dies(*_: Any, **__: Any) -> Any:
        raise Killed

    checkout = ready_checkout()
    monkeypatch.setattr(sync_webhooks.webhook_transport, "post", dies)
    with pytest.raises(Killed):
        pay(checkout, idempotency_key="k")
    monkeypatch.undo()
    for key, seconds in (("k", 0), ("other", 0), ("other", 61)):
        TransactionItem.objects.update(gateway_called_at=timezone.now() - timedelta(seconds=seconds))
        with pytest.raises(OperationError) as refused:
            pay(checkout, idempotency_key=key)
        assert refused.value.code == IN_PROGRESS[0]
    cards.responses = [app_response("CHARGE_SUCCESS")]
    assert pay(checkout, idempotency_key="k").event.type == "CHARGE_SUCCESS"


@pytest.mark.parametrize(
    "answer", [(503, {}), (500, {}), b"no json", app_response("CHARGE_SUCCESS", psp=None)]
)
def test_after_a_call_without_result_no_other_attempt_charges_for_the_same_money(
    cards: Cards, answer: Any
) -> None:
    checkout = ready_checkout()
    cards.responses = [answer, app_response("CHARGE_SUCCESS")]
    assert pay(checkout, idempotency_key="k").event.type == "CHARGE_FAILURE"
    TransactionItem.objects.update(created_at=timezone.now() - timedelta(days=1))
    for other in ({}, {"idempotency_key": "other"}, {"amount": Decimal(1)}):
        with pytest.raises(OperationError) as refused:
            pay(checkout, **other)
        assert refused.value.code == IN_PROGRESS[0]
    with pytest.raises(OperationError):
        checkout_flow.pay(checkout)
    assert len(cards.received) == 1
    assert pay(checkout, idempotency_key="k").event.type == "CHARGE_SUCCESS"
    assert not TransactionItem.objects.filter(awaits_result=True).exists()


def test_a_call_that_never_reached_the_app_charges_nothing_and_blocks_nothing(cards: Cards) -> None:
    checkout = ready_checkout()
    Webhook.objects.update(target_url="http://127.0.0.1:9/")
    pay(checkout, idempotency_key="k")
    assert checkout_flow.pay(checkout, idempotency_key="k").event.type == "CHARGE_SUCCESS"


def test_an_app_that_is_gone_after_a_call_without_result_may_have_charged(cards: Cards) -> None:
    checkout = ready_checkout()
    cards.responses = [(503, {})]
    pay(checkout, idempotency_key="k")
    Webhook.objects.update(target_url="http://127.0.0.1:9/")
    pay(checkout, idempotency_key="k")
    assert TransactionItem.objects.get().awaits_result


@pytest.mark.parametrize("kind", ["CHARGE_SUCCESS", "CHARGE_FAILURE", "CHARGE_REQUEST"])
def test_a_report_of_the_app_settles_a_call_without_result(cards: Cards, kind: str) -> None:
    checkout = ready_checkout()
    cards.responses = [(503, {})]
    item = pay(checkout).transaction
    payment.report(transaction_id=item.pk, type="INFO", psp_reference="p", amount=None)
    assert TransactionItem.objects.get().awaits_result
    payment.report(transaction_id=item.pk, type=kind, psp_reference="p", amount=Decimal("36.79"))
    assert not TransactionItem.objects.get().awaits_result


def test_a_confirmation_left_open_in_one_tab_is_refused_once_another_has_paid(cards: Cards) -> None:
    checkout = ready_checkout()
    cards.responses = [app_response("CHARGE_ACTION_REQUIRED"), app_response("CHARGE_SUCCESS", psp="b")]
    waiting = pay(checkout).transaction
    pay(checkout)
    with pytest.raises(OperationError) as refused:
        payment.process(transaction_id=waiting.pk)
    assert (refused.value.code, len(cards.received)) == (IN_PROGRESS[0], 2)


@pytest.mark.parametrize("kind", ["CHARGE", "AUTHORIZATION"])
def test_what_the_shopper_confirmed_is_asked_for_also_when_the_order_would_be_refused(
    cards: Cards, kind: str
) -> None:
    checkout = ready_checkout()
    cards.responses = [app_response(f"{kind}_ACTION_REQUIRED"), (503, {}), app_response(f"{kind}_SUCCESS")]
    waiting = pay(checkout, action=kind).transaction
    Stock.objects.update(quantity=0)
    assert payment.process(transaction_id=waiting.pk).event.type == f"{kind}_FAILURE", "it did not answer"
    assert payment.process(transaction_id=waiting.pk).event.type == f"{kind}_SUCCESS"
    with pytest.raises(InsufficientStock):
        complete.complete(checkout_id=checkout.pk)


def test_a_payment_without_result_is_not_asked_for_again_while_the_order_would_be_refused(
    cards: Cards,
) -> None:
    checkout = ready_checkout()
    cards.responses = [(503, {})]
    waiting = pay(checkout, idempotency_key="k").transaction
    Stock.objects.update(quantity=0)
    again = (
        lambda: payment.process(transaction_id=waiting.pk),
        lambda: pay(checkout, idempotency_key="k"),
    )
    for ask in again:
        with pytest.raises(OperationError) as refused:
            ask()
        assert (refused.value.code, refused.value.field, len(cards.received)) == (*IN_PROGRESS, 1)


def test_refunds_that_an_app_has_not_answered_yet_count(cards: Cards) -> None:
    _, item = paid_order(cards)
    payment.request_action(transaction_id=item.pk, action="REFUND", amount=Decimal("30.00"))
    rest = payment.request_action(transaction_id=item.pk, action="REFUND", amount=Decimal("30.00"))
    assert list(rest.events.values_list("amount_value", flat=True))[-1] == Decimal("6.79")
    with pytest.raises(OperationError) as refused:
        payment.request_action(transaction_id=item.pk, action="REFUND", amount=Decimal("30.00"))
    assert refused.value.code == "INVALID"


def test_a_refund_that_the_app_refused_can_be_requested_again(cards: Cards) -> None:
    _, item = paid_order(cards)
    payment.request_action(transaction_id=item.pk, action="REFUND")
    cards.responses = [app_response("REFUND_FAILURE", psp="r-1"), app_response("REFUND_SUCCESS", psp="r-2")]
    deliver()
    payment.request_action(transaction_id=item.pk, action="REFUND")
    deliver()
    assert charged(item) == 0


def test_granted_refunds_that_an_app_has_not_answered_yet_count(cards: Cards) -> None:
    order, item = paid_order(cards)
    granted = [
        granted_refunds.grant(order_id=order.pk, amount=Decimal("30.00"), transaction_id=item.pk)
        for _ in "12"
    ]
    granted_refunds.request_refund(granted_refund_id=granted[0].pk)
    with pytest.raises(OperationError) as refused:
        granted_refunds.request_refund(granted_refund_id=granted[1].pk)
    assert refused.value.code == "AMOUNT_GREATER_THAN_AVAILABLE"


@pytest.mark.parametrize("by_list", [True, False])
def test_a_checkout_that_is_being_refunded_does_not_become_an_order(cards: Cards, by_list: bool) -> None:
    checkout = ready_checkout()
    cards.responses = [app_response("CHARGE_SUCCESS")]
    item = pay(checkout).transaction
    if by_list:
        paid_checkouts.refund(checkout_id=checkout.pk)
    else:
        payment.request_action(transaction_id=item.pk, action="REFUND")
    with pytest.raises(OperationError) as refused:
        complete.complete(checkout_id=checkout.pk)
    assert (refused.value.code, Order.objects.count()) == ("CHECKOUT_NOT_FULLY_PAID", 0)


def paid_order(cards: Cards) -> tuple[Order, TransactionItem]:
    cards.responses = [app_response("CHARGE_SUCCESS")]
    checkout = ready_checkout()
    item = pay(checkout).transaction
    return complete.complete(checkout_id=checkout.pk), item


def test_a_refund_is_requested_only_from_the_app_that_took_the_money(cards: Cards) -> None:
    order, item = paid_order(cards)
    cards.install(identifier="nosy")
    cards.responses = [app_response("REFUND_SUCCESS", psp="r-1", amount=10, actions=[])]
    payment.request_action(transaction_id=item.pk, action="REFUND", amount=Decimal(10), message="scratched")
    deliver()
    assert [event for event, _ in cards.received[1:]] == ["transaction_refund_requested"]
    item.refresh_from_db()
    order.refresh_from_db()
    assert (item.refunded_value, item.available_actions, order.charge_status) == (10, [], "PARTIAL")
    assert [e.type for e in item.events.all()][-2:] == ["REFUND_REQUEST", "REFUND_SUCCESS"]


def test_a_refund_whose_result_comes_later_is_pending_until_it_is_reported(cards: Cards) -> None:
    order, item = paid_order(cards)
    granted = granted_refunds.grant(
        order_id=order.pk, amount=Decimal(10), reason="late", transaction_id=item.pk
    )
    cards.responses = [{"pspReference": "r-1"}]
    granted_refunds.request_refund(granted_refund_id=granted.pk)
    deliver()
    assert cards.received[-1][1]["grantedRefund"]["reason"] == "late"
    item.refresh_from_db()
    granted.refresh_from_db()
    assert (item.refund_pending_value, item.charged_value, granted.status) == (
        10,
        Decimal("26.79"),
        "PENDING",
    )
    payment.report(transaction_id=item.pk, type="REFUND_SUCCESS", psp_reference="r-1", amount=Decimal(10))
    item.refresh_from_db()
    granted.refresh_from_db()
    assert (item.refund_pending_value, item.refunded_value, granted.status) == (0, 10, "SUCCESS")


@pytest.mark.parametrize(
    "answer", [{}, app_response("CHARGE_SUCCESS"), app_response("REFUND_SUCCESS", psp=None), (404, {})]
)
def test_a_refund_the_app_does_not_answer_for_has_failed(cards: Cards, answer: Any) -> None:
    order, item = paid_order(cards)
    granted = granted_refunds.grant(order_id=order.pk, amount=Decimal(10), transaction_id=item.pk)
    cards.responses = [answer]
    granted_refunds.request_refund(granted_refund_id=granted.pk)
    deliver()
    granted.refresh_from_db()
    assert ([e.type for e in item.events.all()][-1], charged(item), granted.status) == (
        "REFUND_FAILURE",
        Decimal("36.79"),
        "FAILURE",
    )
    assert EventDelivery.objects.filter(status="pending").count() == 0


def test_an_unavailable_app_is_called_again_with_the_same_payload(cards: Cards) -> None:
    _, item = paid_order(cards)
    cards.responses = [(503, {}), app_response("REFUND_SUCCESS", psp="r-1")]
    payment.request_action(transaction_id=item.pk, action="REFUND")
    deliver()
    assert item.events.filter(type="REFUND_FAILURE").count() == 0
    EventDelivery.objects.update(next_attempt_at=item.created_at)
    deliver()
    assert cards.received[-1] == cards.received[-2]
    assert charged(item) == 0


def test_a_cancellation_frees_what_was_authorized(cards: Cards) -> None:
    cards.responses = [app_response("AUTHORIZATION_SUCCESS"), app_response("CANCEL_SUCCESS", psp="c-1")]
    item = pay(ready_checkout()).transaction
    payment.request_action(transaction_id=item.pk, action="CANCEL")
    deliver()
    item.refresh_from_db()
    assert (item.authorized_value, item.canceled_value) == (0, Decimal("36.79"))


def test_an_app_without_subscription_can_not_be_asked_and_the_attempt_is_stored(cards: Cards) -> None:
    _, item = paid_order(cards)
    WebhookEvent.objects.filter(event_type="TRANSACTION_REFUND_REQUESTED").delete()
    with pytest.raises(OperationError) as refused:
        payment.request_action(transaction_id=item.pk, action="REFUND")
    assert refused.value.code == "MISSING_TRANSACTION_ACTION_REQUEST_WEBHOOK"
    assert [e.type for e in item.events.all()][-2:] == ["REFUND_REQUEST", "REFUND_FAILURE"]
    assert charged(item) == Decimal("36.79")


def test_an_app_that_is_switched_off_is_no_gateway(cards: Cards) -> None:
    cards.responses = [app_response("CHARGE_ACTION_REQUIRED")]
    item = pay(ready_checkout()).transaction
    App.objects.update(is_active=False)
    with pytest.raises(NotFound):
        payment.initialize(gateway_id=ID, checkout_id=item.checkout_id)
    with pytest.raises(OperationError) as refused:
        payment.process(transaction_id=item.pk)
    assert refused.value.code == "MISSING_PAYMENT_APP"


def test_rendering_is_wired() -> None:
    assert ports.connected().render_subscription is serve.render_subscription
