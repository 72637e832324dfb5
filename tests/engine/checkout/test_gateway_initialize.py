"""What each gateway tells a browser before a payment begins."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from store.engine.checkout.gateway_initialize import initialize_gateways
from store.engine.checkout.models import Checkout
from store.engine.errors import NotFound, OperationError
from store.engine.events.models import App, Webhook, WebhookEvent
from store.engine.events.sync_webhooks import NoResponse
from store.engine.payments import transaction_sessions
from store.engine.payments.gateways import DUMMY, INITIALIZE_GATEWAY, AppGateway, InvalidResponse
from tests.engine import checkout_flow
from tests.engine.checkout_flow import Shop

pytestmark = pytest.mark.django_db
Asked = list[dict[str, Any]]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """What the app `cards`, which answers {"data": {"key": 1}}, was asked with."""
    calls: Asked = []
    app = App.objects.create(
        name="Cards", identifier="cards", is_active=True, permissions=["HANDLE_PAYMENTS"]
    )
    webhook = Webhook.objects.create(app=app, target_url="https://cards.example", is_active=True)
    WebhookEvent.objects.create(webhook=webhook, event_type=INITIALIZE_GATEWAY)

    def call(_gateway: AppGateway, event_type: str, values: dict[str, Any]) -> Any:
        calls.append({"event": event_type} | values)
        return {"data": {"key": 1}}

    monkeypatch.setattr(AppGateway, "call", call)
    return calls


def test_every_gateway_is_asked_with_what_is_left_to_pay(checkout: Checkout, asked: Asked) -> None:
    checkout_flow.pay(checkout, amount=Decimal(10))
    dummy, cards = initialize_gateways(checkout_id=checkout.pk)
    assert (dummy.id, cards.id, cards.data, cards.error, cards.not_found) == (
        DUMMY,
        "cards",
        {"key": 1},
        "",
        False,
    )
    assert "No money moves" in dummy.data["note"]
    assert [(one["event"], one["amount"], one["data"]) for one in asked] == [
        (INITIALIZE_GATEWAY, Decimal("26.79"), None)
    ]
    assert asked[0]["source_object"] == checkout


def test_those_that_are_named_are_asked_with_their_data(checkout: Checkout, asked: Asked) -> None:
    found = initialize_gateways(
        checkout_id=checkout.pk, requested={"cards": {"n": 1}, "gone": None}, amount=Decimal("5.005")
    )
    assert [(one.id, one.not_found) for one in found] == [("cards", False), ("gone", True)]
    assert (asked[0]["data"], asked[0]["amount"]) == ({"n": 1}, Decimal("5.01"))


def test_an_app_that_does_not_listen_is_not_found(checkout: Checkout, asked: Asked) -> None:
    WebhookEvent.objects.all().delete()
    (found,) = initialize_gateways(checkout_id=checkout.pk, requested={"cards": None})
    assert (found.not_found, asked) == (True, [])


@pytest.mark.parametrize("problem", [NoResponse("down"), InvalidResponse("no json")])
def test_an_app_without_a_good_answer_is_an_error(
    checkout: Checkout, asked: Asked, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    def fail(*_given: Any) -> Any:
        raise problem

    monkeypatch.setattr(AppGateway, "call", fail)
    (found,) = initialize_gateways(checkout_id=checkout.pk, requested={"cards": None})
    assert (found.id, found.data, bool(found.error)) == ("cards", None, True)


def test_an_order_may_be_paid_too_and_what_is_unknown_is_not_found(shop: Shop, asked: Asked) -> None:
    order = checkout_flow.place_order(shop, (shop.variant("CUP"), 1))
    initialize_gateways(order_id=order.pk)
    assert (asked[0]["source_object"], asked[0]["amount"]) == (order, 0)
    for unknown in ({"checkout_id": uuid4()}, {"order_id": uuid4()}, {}):
        with pytest.raises(NotFound):
            initialize_gateways(**unknown)  # type: ignore[arg-type]


def test_a_checkout_with_too_many_transactions_begins_no_other(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transaction_sessions, "LIMIT", 1)
    assert initialize_gateways(checkout_id=checkout.pk)
    checkout_flow.pay(checkout, amount=Decimal(10))
    with pytest.raises(OperationError):
        initialize_gateways(checkout_id=checkout.pk)
