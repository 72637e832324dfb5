"""CHECKOUT_FULLY_PAID and CHECKOUT_FULLY_AUTHORIZED: once, when payments come to cover the total."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from store.engine.checkout import payment
from store.engine.checkout.models import Checkout
from store.engine.events import outbox
from store.engine.events.models import App, Event, Webhook, WebhookEvent
from tests.engine import checkout_flow

pytestmark = pytest.mark.django_db
KINDS = ["CHECKOUT_FULLY_PAID", "CHECKOUT_FULLY_AUTHORIZED"]


@pytest.fixture(autouse=True)
def no_other_subscribers() -> Iterator[None]:
    outbox.reload_subscribers()
    yield
    outbox.reload_subscribers()


@pytest.fixture
def checkout() -> Checkout:
    """A checkout over 36.79."""
    shop = checkout_flow.create_shop()
    return checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 1))


def subscribe(*kinds: str) -> None:
    app = App.objects.create(name="Listener", is_active=True)
    webhook = Webhook.objects.create(app=app, target_url="https://app.example", is_active=True)
    for kind in kinds:
        WebhookEvent.objects.create(webhook=webhook, event_type=kind)
    outbox.reload_subscribers()


def recorded(checkout: Checkout) -> list[str]:
    rows = Event.objects.filter(type__in=KINDS, object_kind="Checkout", object_pk=str(checkout.pk))
    return sorted(rows.values_list("type", flat=True))


def pay(checkout: Checkout, amount: str, kind: str = "CHARGE_SUCCESS") -> Any:
    data = {"event": {"type": kind, "includePspReference": True}}
    return payment.initialize(
        gateway_id=checkout_flow.DUMMY, checkout_id=checkout.pk, data=data, amount=Decimal(amount)
    )


@pytest.mark.parametrize("kinds", [KINDS, KINDS[:1], KINDS[1:]])
def test_a_checkout_is_fully_paid_with_its_last_part(checkout: Checkout, kinds: list[str]) -> None:
    subscribe(*kinds)
    pay(checkout, "30.00")
    assert recorded(checkout) == []
    pay(checkout, "6.79")
    assert recorded(checkout) == sorted(KINDS)


def test_what_is_authorized_is_not_paid(checkout: Checkout) -> None:
    subscribe(*KINDS)
    pay(checkout, "36.79", "AUTHORIZATION_SUCCESS")
    assert recorded(checkout) == ["CHECKOUT_FULLY_AUTHORIZED"]


def test_more_than_the_total_is_fully_paid_too_and_once(checkout: Checkout) -> None:
    subscribe(*KINDS)
    item = payment.create(checkout_id=checkout.pk, charged=Decimal(40))
    assert recorded(checkout) == sorted(KINDS)
    payment.change(
        transaction_id=item.pk,
        currencies={},
        check_permission=lambda _item: None,
        changes={"charged": Decimal(50)},
    )
    assert recorded(checkout) == sorted(KINDS)


def test_without_subscribers_nothing_is_recorded(checkout: Checkout) -> None:
    pay(checkout, "36.79")
    assert recorded(checkout) == []
