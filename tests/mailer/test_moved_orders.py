"""The mails of an order that was moved to another shop: nothing is lost, nothing is sent twice."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from store.mailer import moved_orders, reconciliation, sweep
from store.mailer.inbox import receive
from store.mailer.models import MailPlan, MerchantMessage, OrderEvent
from store.mailer.moved_orders import MailUnderWay, MovedOrder
from store.saleor import clients
from tests.mailer.conftest import ORDER, SHIPMENT, Mailbox, ship_order
from tests.mailer.saleor_double import SaleorDouble, event, gid

pytestmark = pytest.mark.django_db
NEW_ORDER, NEW_PARCEL = gid("Order", "aaaaaaaa-a979-4bdc-ac09-6c3aee5b51fa"), gid("Fulfillment", 1)
NEW_SHOP = "saleor.example"


def take_along(order: MovedOrder, *, is_told: bool = True) -> int:
    return moved_orders.take_along(order, is_told=lambda: is_told)


def moved() -> MovedOrder:
    found = (
        clients.staff().changed_orders(changed_since=timezone.now() - timedelta(days=9), after=None).orders
    )
    assert found
    (former,) = [edge.node for edge in found.edges if edge.node.id == ORDER]
    return MovedOrder(former, "embedded", NEW_SHOP, "17", {ORDER: NEW_ORDER, SHIPMENT: NEW_PARCEL})


def in_new_shop(saleor: SaleorDouble, settings: Any) -> None:
    """The order as the new shop has it, and the store connected to that."""
    settings.SHOP_ID = NEW_SHOP
    order = saleor.orders.pop(ORDER)
    saleor.orders[NEW_ORDER] = order | {"id": NEW_ORDER, "number": "17", "origin": "BULK_CREATE"}
    for parcel in saleor.orders[NEW_ORDER]["fulfillments"]:
        parcel["id"] = NEW_PARCEL


def test_due_mail_leaves_once_under_its_new_order(
    saleor: SaleorDouble, mailbox: Mailbox, settings: Any
) -> None:
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    assert take_along(moved()) == 2
    plans = MailPlan.objects.filter(shop=NEW_SHOP)
    assert set(plans.values_list("order_id", "order_number")) == {(NEW_ORDER, "17")}
    assert {key.rpartition(":")[2] for key in plans.values_list("plan_key", flat=True)} == {NEW_ORDER}
    in_new_shop(saleor, settings)
    sweep.sweep()
    sweep.sweep()
    assert len(mailbox.messages()) == 2


def test_what_was_sent_is_not_sent_again_when_the_new_shop_tells_of_it(
    saleor: SaleorDouble, mailbox: Mailbox, settings: Any
) -> None:
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    sweep.sweep()
    take_along(moved())
    in_new_shop(saleor, settings)
    for kind in ("OrderFullyPaid", "OrderPaid"):
        receive(event(kind, saleor.orders[NEW_ORDER]), source="test")
    sweep.sweep()
    assert len(mailbox.messages()) == 2


def test_what_happened_before_any_mail_was_planned_stays_untold(
    saleor: SaleorDouble, mailbox: Mailbox, settings: Any
) -> None:
    """An order whose mails are long deleted is moved for recalls, and its buyer hears nothing of it."""
    ship_order(saleor)
    assert take_along(moved()) == 0
    in_new_shop(saleor, settings)
    saleor.orders[NEW_ORDER]["updatedAt"] = (timezone.now() - timedelta(hours=1)).isoformat()
    parcel = saleor.orders[NEW_ORDER]["fulfillments"][0]
    receive(event("FulfillmentMetadataUpdated", saleor.orders[NEW_ORDER], parcel), source="test")
    reconciliation.plan_missing()
    sweep.sweep()
    assert mailbox.messages() == []
    assert set(MailPlan.objects.values_list("state", flat=True)) == {"cancelled"}
    assert set(MailPlan.objects.values_list("shop", flat=True)) == {"embedded", NEW_SHOP}


def test_what_happens_after_the_move_is_told(saleor: SaleorDouble, mailbox: Mailbox, settings: Any) -> None:
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    sweep.sweep()
    take_along(moved())
    in_new_shop(saleor, settings)
    saleor.orders[NEW_ORDER]["updatedAt"] = (timezone.now() - timedelta(hours=1)).isoformat()
    saleor.orders[NEW_ORDER] |= {"status": "CANCELED", "totalRefunded": {"amount": 132.27}}
    assert reconciliation.plan_missing() == 1  # its webhook was lost
    assert {"order-cancelled", "order-refunded"} <= set(
        MailPlan.objects.filter(state="due").values_list("kind", flat=True)
    )


def test_keys_of_parcels_and_of_what_is_waited_for_are_new(saleor: SaleorDouble) -> None:
    receive(event("FulfillmentCreated", saleor.orders[ORDER], ship_order(saleor)), source="test")
    take_along(moved())
    rows = MailPlan.objects.filter(shop=NEW_SHOP)
    assert {SHIPMENT, ORDER}.isdisjoint(part for row in rows for part in row.plan_key.split(":"))
    assert set(rows.exclude(fulfillment_id="").values_list("fulfillment_id", flat=True)) == {NEW_PARCEL}
    assert {row.waits_for for row in rows if row.waits_for} == {f"safety1:{NEW_ORDER}"}
    assert ORDER not in str(OrderEvent.objects.get(shop=NEW_SHOP).payload)


def test_it_can_be_repeated(saleor: SaleorDouble) -> None:
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    assert (take_along(moved()), take_along(moved())) == (2, 2)
    assert MailPlan.objects.filter(shop=NEW_SHOP).count() == 2


@pytest.mark.parametrize("state", ["claimed", "sending"])
def test_while_a_mail_is_being_sent_nothing_is_changed(saleor: SaleorDouble, state: str) -> None:
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    MailPlan.objects.filter(kind="safety-first").update(state=state)
    with pytest.raises(MailUnderWay):
        take_along(moved())
    assert set(MailPlan.objects.values_list("shop", flat=True)) == {"embedded"}


def test_an_event_that_is_not_planned_yet_is_waited_for(saleor: SaleorDouble) -> None:
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    OrderEvent.objects.update(planned_at=None)
    with pytest.raises(MailUnderWay):
        take_along(moved())


def test_while_the_former_shop_has_an_event_to_tell_nothing_is_taken_for_the_past(
    saleor: SaleorDouble,
) -> None:
    with pytest.raises(MailUnderWay):
        take_along(moved(), is_told=False)
    assert not MailPlan.objects.exists()


@pytest.mark.parametrize("was_told", [True, False])
def test_the_workers_of_the_former_shop_do_not_tell_of_it_again(
    saleor: SaleorDouble, mailbox: Mailbox, was_told: bool
) -> None:
    """They run until the store is restarted with the new shop."""
    parcel = ship_order(saleor)
    if was_told:
        receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
        receive(event("FulfillmentCreated", saleor.orders[ORDER], parcel), source="test")
    due = take_along(moved())
    saleor.orders[ORDER]["updatedAt"] = (timezone.now() - timedelta(hours=1)).isoformat()
    assert reconciliation.plan_missing() == 0
    for kind in ("OrderFullyPaid", "OrderPaid"):
        receive(event(kind, saleor.orders[ORDER]), source="test")
    sweep.sweep()
    assert mailbox.messages() == []
    of_former = MailPlan.objects.filter(shop="embedded")
    assert set(of_former.values_list("state", flat=True)) == {"cancelled"}
    assert MailPlan.objects.filter(shop=NEW_SHOP).exclude(state="cancelled").count() == due


def test_a_mail_that_both_shops_have_planned_is_sent_by_one(saleor: SaleorDouble) -> None:
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    take_along(moved())
    MailPlan.objects.filter(shop="embedded", kind="safety-first").update(state="due", cancel_reason="")
    take_along(moved())
    same = MailPlan.objects.filter(kind="safety-first").order_by("shop")
    assert list(same.values_list("shop", "state")) == [("embedded", "cancelled"), (NEW_SHOP, "due")]


def test_the_former_shops_worker_leaves_overdue_mail_of_the_new_one_alone(saleor: SaleorDouble) -> None:
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    take_along(moved())
    MailPlan.objects.filter(shop=NEW_SHOP).update(expires_at=timezone.now() - timedelta(hours=1))
    assert sweep.expire_overdue() == 0


def test_what_is_under_way_is_counted(saleor: SaleorDouble) -> None:
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    assert moved_orders.under_way("embedded") == 0
    MailPlan.objects.filter(kind="safety-first").update(state="sending")
    OrderEvent.objects.update(planned_at=None)
    assert (moved_orders.under_way("embedded"), moved_orders.under_way(NEW_SHOP)) == (2, 0)


def test_a_message_about_the_order_names_the_new_one(saleor: SaleorDouble) -> None:
    row = MerchantMessage.objects.create(
        topic="contact", digest="d", sender_email="a@example.com", order_id=ORDER, text="?", locale="en"
    )
    take_along(moved())
    row.refresh_from_db()
    assert (row.order_id, row.order_number) == (NEW_ORDER, "17")
