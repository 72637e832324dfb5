"""A store that was connected to another shop: ids of both may be the same, and mails of the former one are set aside."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from store.mailer import health, interventions, sweep
from store.mailer.inbox import Received, receive
from store.mailer.models import ContactTask, MailPlan, OrderEvent
from tests.mailer.conftest import ORDER, Mailbox, ship_order
from tests.mailer.saleor_double import SaleorDouble, event

pytestmark = pytest.mark.django_db
Step = interventions.Step


def concerns() -> dict[str, int]:
    return {one.code: count for one, count in health.open_concerns()}


def test_the_same_id_of_another_shop_is_another_event(saleor: SaleorDouble, settings: Any) -> None:
    payload = event("FulfillmentCreated", saleor.orders[ORDER], ship_order(saleor))
    answers = []
    for shop in ("embedded", "saleor.example", "saleor.example"):
        settings.SHOP_ID = shop
        answers.append(receive(payload, source="test"))
    assert answers == [Received.NEW, Received.NEW, Received.SEEN]
    assert sorted(set(OrderEvent.objects.values_list("shop", flat=True))) == ["embedded", "saleor.example"]
    one, other = (
        set(MailPlan.objects.filter(shop=shop).values_list("plan_key", flat=True))
        for shop in ("embedded", "saleor.example")
    )
    assert one == other != set()


def test_mails_of_a_shop_that_is_gone_are_set_aside_and_leave_when_it_comes_back(
    saleor: SaleorDouble, mailbox: Mailbox, settings: Any
) -> None:
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    MailPlan.objects.update(due_at=timezone.now() - timedelta(days=2))
    settings.SHOP_ID, before = "saleor.example", saleor.requests
    sweep.sweep()
    assert (saleor.requests, mailbox.messages()) == (before, [])
    assert (concerns(), health.stopped()) == ({"other-shop": 2}, "")
    settings.SHOP_ID = "embedded"
    sweep.sweep()
    assert len(mailbox.messages()) == 2


def test_a_person_ends_the_safety_mail_of_a_shop_that_is_gone(saleor: SaleorDouble, settings: Any) -> None:
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    safety = MailPlan.objects.get(kind="safety-first")
    assert Step.CANCEL not in interventions.possible(safety)
    settings.SHOP_ID = "saleor.example"
    assert Step.SEND_AGAIN not in interventions.possible(safety)
    assert interventions.take(safety, Step.CANCEL, reason="told by telephone", who="merchant@example.com")
    assert concerns() == {"other-shop": 1}


def test_an_order_that_the_shop_does_not_know_is_handed_to_a_person_after_an_hour(
    saleor: SaleorDouble, mailbox: Mailbox
) -> None:
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    saleor.orders.clear()
    for _ in range(7):
        MailPlan.objects.filter(state="retry_wait").update(next_attempt_at=timezone.now())
        sweep.sweep()
    assert set(MailPlan.objects.values_list("kind", "state")) == {
        ("safety-first", "failed"),
        ("order-confirmation", "failed"),
    }
    assert ContactTask.objects.get().plan.kind == "safety-first"
