"""A paid order of which no event told gets its mails all the same, and a person is told."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from store.mailer import health, reconciliation, sweep
from store.mailer.inbox import receive
from store.mailer.models import MailPlan, OrderEvent, Reconciliation
from store.saleor.errors import NetworkError
from tests.mailer.conftest import ORDER, SHIPMENT, Mailbox, ship_order, states
from tests.mailer.saleor_double import PAGE, SaleorDouble, event, gid, order

pytestmark = pytest.mark.django_db


def test_the_mails_of_a_paid_order_without_event_are_planned_once(
    saleor: SaleorDouble, mailbox: Mailbox
) -> None:
    assert (reconciliation.plan_missing(), reconciliation.plan_missing()) == (1, 0)
    sweep.sweep()
    assert len(mailbox.messages()) == 2
    assert [one.code for one, _ in health.open_concerns()] == ["unannounced"]


def test_an_order_that_was_announced_is_left_alone(saleor: SaleorDouble) -> None:
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    assert reconciliation.plan_missing() == 0
    assert OrderEvent.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"isPaid": False},
        {"status": "EXPIRED"},
        {"origin": "BULK_CREATE"},  # imported: what happened to it happened elsewhere
        {"updatedAt": 1},  # minutes ago: its event may be on its way
    ],
)
def test_an_order_that_needs_no_mail_yet_is_left_alone(changes: dict[str, Any], saleor: SaleorDouble) -> None:
    saleor.orders[ORDER] |= changes
    if minutes := changes.get("updatedAt"):
        saleor.orders[ORDER]["updatedAt"] = (timezone.now() - timedelta(minutes=minutes)).isoformat()
    assert reconciliation.plan_missing() == 0
    assert not MailPlan.objects.exists()


def test_a_lost_shipment_plans_its_mails(saleor: SaleorDouble) -> None:
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    ship_order(saleor)
    assert (reconciliation.plan_missing(), reconciliation.plan_missing()) == (1, 0)
    kinds = list(MailPlan.objects.filter(fulfillment_id=SHIPMENT).values_list("kind", flat=True))
    assert kinds.count("shipped") == 1
    assert "how-to" in kinds


def test_a_lost_delivery_brings_the_how_to_forward(saleor: SaleorDouble) -> None:
    shipped = ship_order(saleor)
    receive(event("FulfillmentCreated", saleor.orders[ORDER], shipped), source="test")
    before = MailPlan.objects.filter(kind="how-to").order_by("pk").first()
    ship_order(saleor, deliveredAt=(timezone.now() - timedelta(hours=1)).isoformat())
    assert (reconciliation.plan_missing(), reconciliation.plan_missing()) == (1, 0)
    assert before
    assert MailPlan.objects.get(pk=before.pk).due_at < before.due_at


def test_a_lost_cancellation_and_refund_plan_their_mails_and_stop_the_others(saleor: SaleorDouble) -> None:
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    saleor.orders[ORDER] |= {"status": "CANCELED", "totalRefunded": {"amount": 132.27}}
    assert (reconciliation.plan_missing(), reconciliation.plan_missing()) == (1, 0)
    assert states() == {
        "order-confirmation": "cancelled",
        "safety-first": "cancelled",
        "order-cancelled": "due",
        "order-refunded": "due",
    }


def test_a_corrected_tracking_number_is_told(saleor: SaleorDouble) -> None:
    receive(event("FulfillmentCreated", saleor.orders[ORDER], ship_order(saleor)), source="test")
    ship_order(saleor, trackingNumber="TRK2")
    assert (reconciliation.plan_missing(), reconciliation.plan_missing()) == (1, 0)
    assert list(MailPlan.objects.filter(kind="shipped").values_list("about", flat=True)) == ["TRK2", "TRK1"]


def test_the_next_look_begins_before_the_end_of_the_last_one(saleor: SaleorDouble) -> None:
    """So that an order that was too young, or that the shop showed late, is looked at again."""
    saleor.orders[ORDER]["updatedAt"] = (timezone.now() - timedelta(minutes=1)).isoformat()
    assert reconciliation.plan_missing() == 0
    look = Reconciliation.objects.get()
    assert timezone.now() - look.looked_until >= reconciliation.GRACE
    saleor.orders[ORDER]["updatedAt"] = (look.looked_until - timedelta(minutes=10)).isoformat()
    assert reconciliation.plan_missing() == 1


def test_an_outage_in_the_middle_loses_nothing(saleor: SaleorDouble, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(2 * PAGE):
        key = gid("Order", f"00000000-0000-4000-8000-00000000000{n}")
        at = timezone.now() - timedelta(hours=30 - n)
        saleor.orders[key] = order(key, number=str(n), updatedAt=at.isoformat())
    answer, asked = saleor.post, []

    def breaks_off(body: bytes, headers: object) -> object:
        asked.append(body)
        saleor.is_down = len(asked) == 2
        return answer(body, headers)  # type: ignore[arg-type]

    monkeypatch.setattr(saleor, "post", breaks_off)
    with pytest.raises(NetworkError):
        reconciliation.plan_missing()
    planned = MailPlan.objects.filter(kind="safety-first").count()
    assert (planned, bool(Reconciliation.objects.get().error)) == (PAGE, True)
    saleor.is_down = False
    reconciliation.plan_missing()
    assert MailPlan.objects.filter(kind="safety-first").count() == 2 * PAGE + 1
    assert Reconciliation.objects.get().error == ""


def test_healthz_tells_when_neither_event_nor_look_comes_through(saleor: SaleorDouble) -> None:
    reconciliation.plan_missing()
    OrderEvent.objects.update(received_at=timezone.now() - timedelta(hours=2))
    assert health.stopped() == ""
    Reconciliation.objects.update(succeeded_at=timezone.now() - timedelta(minutes=20))
    assert "unreadable" in [one.code for one, _ in health.open_concerns()]
    assert health.stopped() == ""
    Reconciliation.objects.update(succeeded_at=timezone.now() - timedelta(hours=2))
    assert health.stopped() == "the shop's orders can't be read, and no event of it arrives"
    OrderEvent.objects.update(received_at=timezone.now())
    assert health.stopped() == ""
