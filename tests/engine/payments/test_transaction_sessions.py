"""Sessions of a payment, without a shop: what is opened, in flight, resumed, and stored of a gateway's answer."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from store.engine.errors import NotFound, NotUnique, OperationError
from store.engine.events.models import App
from store.engine.payments import transaction_sessions
from store.engine.payments.gateways import (
    DUMMY,
    INITIALIZE,
    PROCESS,
    AppGateway,
    DummyGateway,
    Gateway,
    Response,
)
from store.engine.payments.models import TransactionEvent, TransactionItem
from store.engine.payments.transaction_sessions import PendingSession

pytestmark = pytest.mark.django_db
SOURCE = SimpleNamespace(currency="USD")
NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.fixture
def cards() -> AppGateway:
    return AppGateway(App.objects.create(name="Cards", identifier="cards", is_active=True))


def opened(gateway: Gateway | None = None, action: str = "CHARGE", **ids: Any) -> PendingSession:
    return transaction_sessions.open_session(
        gateway=gateway or DummyGateway(),
        data={"n": 1},
        amount=Decimal("36.79"),
        action=action,
        source=SOURCE,
        idempotency_key=str(uuid4()),
        customer_ip_address="192.0.2.7",
        **(ids or {"checkout_id": uuid4()}),
    )


def answer(result: str, reference: str = "p-1", amount: str = "36.79", **given: Any) -> Response:
    return Response(result, Decimal(amount), reference, **given)


def apply(session: PendingSession, response: Response | str) -> transaction_sessions.Outcome:
    return transaction_sessions.apply_response(session.session.transaction, session.request, response)


def test_what_is_opened_is_stored_and_told_to_the_gateway() -> None:
    session = opened(action="AUTHORIZATION")
    request, asked = session.request, session.session
    item = TransactionItem.objects.get()
    assert (item.app_identifier, item.currency, item.idempotency_key) == (
        DUMMY,
        "USD",
        request.idempotency_key,
    )
    assert (request.type, request.amount_value, request.include_in_calculations) == (
        "AUTHORIZATION_REQUEST",
        Decimal("36.79"),
        False,
    )
    assert (asked.action, asked.amount, asked.data, asked.customer_ip_address, asked.source) == (
        "AUTHORIZATION",
        Decimal("36.79"),
        {"n": 1},
        "192.0.2.7",
        SOURCE,
    )
    assert session.event_type == INITIALIZE
    assert opened().request.type == "CHARGE_REQUEST"


@pytest.mark.parametrize("kind", ["checkout_id", "order_id"])
def test_a_hundred_transactions_are_enough_for_one_checkout_or_order(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert transaction_sessions.LIMIT == 100
    monkeypatch.setattr(transaction_sessions, "LIMIT", 2)
    ids = {kind: uuid4()}
    opened(**ids)
    opened(**ids)
    with pytest.raises(OperationError, match="Checkout" if kind == "checkout_id" else "Order"):
        opened(**ids)
    opened()
    assert TransactionItem.objects.count() == 3


def test_what_an_app_was_asked_for_is_in_flight_until_its_result_is_known(cards: AppGateway) -> None:
    item = opened(cards).session.transaction
    assert transaction_sessions.amount_in_flight([item]) == Decimal("36.79")
    assert transaction_sessions.amount_in_flight([item, opened(cards).session.transaction]) == Decimal(
        "73.58"
    )
    assert transaction_sessions.amount_in_flight([opened().session.transaction]) == 0
    item.gateway_called_at = timezone.now() - timedelta(seconds=59)
    assert transaction_sessions.is_being_called(item)
    item.gateway_called_at = timezone.now() - timedelta(seconds=60)
    assert not transaction_sessions.is_being_called(item)
    assert transaction_sessions.amount_in_flight([item]) == Decimal("36.79")
    transaction_sessions.end_without_payment(item)
    assert transaction_sessions.amount_in_flight([item]) == 0
    assert set(item.events.values_list("idempotency_key")) == {(None,)}


def test_an_answer_ends_the_call_and_one_that_can_t_be_read_gives_no_result(cards: AppGateway) -> None:
    session = opened(cards)
    apply(session, "Failed.")
    item = TransactionItem.objects.get()
    assert (item.gateway_called_at, item.awaits_result) == (None, True)
    assert [event.type for event in item.events.order_by("pk")] == ["CHARGE_REQUEST", "CHARGE_FAILURE"]
    assert transaction_sessions.requested_amount(item) == Decimal("36.79")


@pytest.mark.parametrize(
    "result", ["CHARGE_SUCCESS", "AUTHORIZATION_SUCCESS", "CHARGE_REQUEST", "AUTHORIZATION_REQUEST"]
)
def test_money_without_a_reference_is_a_failure(result: str) -> None:
    session = opened()
    outcome = apply(session, answer(result, "", data={"n": 2}))
    item = TransactionItem.objects.get()
    assert (outcome.event.type, outcome.event.include_in_calculations) == ("CHARGE_FAILURE", False)
    assert ("pspReference" in outcome.event.message, outcome.data) == (True, {"n": 2})
    assert (item.charged_value, item.authorized_value, item.charge_pending_value) == (0, 0, 0)


def test_a_success_is_charged_with_its_reference_and_actions() -> None:
    session = opened()
    outcome = apply(session, answer("CHARGE_SUCCESS", amount="36.785", actions=["REFUND"], data={"n": 2}))
    item, request = TransactionItem.objects.get(), TransactionEvent.objects.get(type="CHARGE_REQUEST")
    assert (item.charged_value, item.psp_reference, item.available_actions) == (
        Decimal("36.79"),
        "p-1",
        ["REFUND"],
    )
    assert (outcome.event.type, outcome.data, outcome.is_new, request.psp_reference) == (
        "CHARGE_SUCCESS",
        {"n": 2},
        True,
        "p-1",
    )


def test_a_pending_answer_makes_the_request_count() -> None:
    session = opened()
    given = answer(
        "CHARGE_REQUEST", amount="30.004", message="Wait", external_url="https://p.example", time=NOON
    )
    event = apply(session, given).event
    item = TransactionItem.objects.get()
    event.refresh_from_db()
    assert (event.pk, event.amount_value, event.message, event.external_url, event.created_at) == (
        session.request.pk,
        Decimal("30.00"),
        "Wait",
        "https://p.example",
        NOON,
    )
    assert (event.include_in_calculations, event.psp_reference, item.charge_pending_value) == (
        True,
        "p-1",
        30,
    )
    assert (item.psp_reference, transaction_sessions.requested_amount(item)) == ("p-1", 0)


@pytest.mark.parametrize("result", ["CHARGE_FAILURE", "CHARGE_ACTION_REQUIRED"])
def test_other_answers_move_no_money_and_change_no_actions(result: str) -> None:
    session = opened()
    apply(session, answer(result, actions=["REFUND"], message="No"))
    item = TransactionItem.objects.get()
    assert (item.charged_value, item.psp_reference, item.available_actions) == (0, "p-1", [])
    apply(session, answer(result, ""))
    item.refresh_from_db()
    assert item.psp_reference == "p-1"


def test_the_same_answer_is_stored_once_and_another_amount_contradicts_it() -> None:
    session = opened()
    first = apply(session, answer("CHARGE_SUCCESS"))
    assert apply(session, answer("CHARGE_SUCCESS")).event == first.event
    contradiction = apply(session, answer("CHARGE_SUCCESS", amount="36.80", data={"n": 3}))
    item = TransactionItem.objects.get()
    assert (contradiction.event.type, contradiction.event.message) == (
        "CHARGE_FAILURE",
        transaction_sessions.OTHER_AMOUNT,
    )
    assert (item.charged_value, contradiction.data) == (Decimal("36.79"), {"n": 3})


def test_a_next_step_may_be_asked_for_again_with_the_same_reference() -> None:
    session = opened()
    for _ in range(2):
        apply(session, answer("CHARGE_ACTION_REQUIRED"))
    assert TransactionEvent.objects.filter(type="CHARGE_ACTION_REQUIRED").count() == 2


def test_it_is_authorized_once() -> None:
    session = opened(action="AUTHORIZATION")
    apply(session, answer("AUTHORIZATION_SUCCESS"))
    again = apply(session, answer("AUTHORIZATION_SUCCESS", "p-2"))
    item = TransactionItem.objects.get()
    assert (again.event.message, item.authorized_value) == (
        transaction_sessions.AUTHORIZED_TWICE,
        Decimal("36.79"),
    )
    assert TransactionEvent.objects.filter(type="AUTHORIZATION_SUCCESS").count() == 1


def found(session: PendingSession, **changes: Any) -> transaction_sessions.Outcome | None:
    item = session.session.transaction
    given: dict[str, Any] = {
        "idempotency_key": item.idempotency_key,
        "gateway_id": DUMMY,
        "action": "CHARGE",
        "amount": None,
        "checkout_id": item.checkout_id,
    }
    return transaction_sessions.find_outcome(**given | changes)


def test_an_earlier_request_of_the_same_key_is_found_with_its_last_event() -> None:
    session = opened()
    apply(session, answer("CHARGE_SUCCESS"))
    outcome = found(session, amount=Decimal("36.79"))
    assert outcome
    assert (outcome.event.type, outcome.is_new, outcome.requested_amount) == (
        "CHARGE_SUCCESS",
        False,
        Decimal("36.79"),
    )
    assert found(session)
    assert found(session, idempotency_key="new") is None


@pytest.mark.parametrize(
    "change",
    [{"amount": Decimal("36.80")}, {"action": "AUTHORIZATION"}, {"gateway_id": "cards"},
     {"checkout_id": uuid4()}, {"checkout_id": None, "order_id": uuid4()}],
)  # fmt: skip
def test_a_key_of_another_request_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(NotUnique) as refused:
        found(opened(), **change)
    assert refused.value.field == "idempotencyKey"


def test_a_key_is_given_or_made_and_never_empty() -> None:
    assert transaction_sessions.key_or_new("k") == "k"
    assert len(transaction_sessions.key_or_new(None)) == 36
    with pytest.raises(OperationError):
        transaction_sessions.key_or_new("")


def test_a_gateway_is_found_by_its_id_or_refused() -> None:
    assert transaction_sessions.require_gateway(DUMMY).id == DUMMY
    with pytest.raises(NotFound) as refused:
        transaction_sessions.require_gateway("cards")
    assert refused.value.field == "paymentGateway"


def resume(item: TransactionItem, **given: Any) -> PendingSession:
    return transaction_sessions.resume_session(
        item=item, source=SOURCE, data={"n": 2}, default_action="AUTHORIZATION", **given
    )


def test_a_session_is_resumed_as_it_was_requested(cards: AppGateway) -> None:
    item = opened(cards).session.transaction
    item.gateway_called_at = None
    session = resume(item, customer_ip_address="192.0.2.8")
    assert (session.event_type, session.gateway, session.session.action) == (PROCESS, cards, "CHARGE")
    assert (session.session.amount, session.session.data, session.session.idempotency_key) == (
        Decimal("36.79"),
        {"n": 2},
        item.idempotency_key,
    )
    assert TransactionItem.objects.get().gateway_called_at is not None
    assert resume(opened(action="AUTHORIZATION").session.transaction).session.action == "AUTHORIZATION"


def test_what_has_no_open_request_or_gateway_is_not_resumed() -> None:
    item = opened().session.transaction
    for identifier, code in (("gone", "MISSING_PAYMENT_APP"), ("", "MISSING_PAYMENT_APP_RELATION")):
        item.app_identifier = identifier
        with pytest.raises(OperationError) as refused:
            resume(item)
        assert refused.value.code == code
    TransactionEvent.objects.update(include_in_calculations=True)
    with pytest.raises(OperationError) as refused:
        resume(item)
    assert refused.value.code == "INVALID"


def test_a_session_has_ended_with_an_event_that_counts() -> None:
    session = opened()
    item = session.session.transaction
    assert not transaction_sessions.has_final_event(item)
    apply(session, "Failed.")
    assert not transaction_sessions.has_final_event(item)
    apply(session, answer("CHARGE_ACTION_REQUIRED"))
    assert not transaction_sessions.has_final_event(item)
    apply(session, answer("CHARGE_FAILURE"))
    assert transaction_sessions.has_final_event(item)
