"""Mails after shipping and delivery, and when the how-to mail is due."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from store.mailer import sweep
from store.mailer.inbox import receive
from store.mailer.models import MailPlan
from tests.mailer.conftest import ORDER, Mailbox, ship_order, states
from tests.mailer.saleor_double import SaleorDouble, event

pytestmark = pytest.mark.django_db


def pay(saleor: SaleorDouble) -> None:
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")


def create_fulfillment(saleor: SaleorDouble, **changes: object) -> dict[str, object]:
    fulfillment = ship_order(saleor, created=timezone.now().isoformat(), **changes)
    receive(event("FulfillmentCreated", saleor.orders[ORDER], fulfillment), source="test")
    return fulfillment


def report_delivery(saleor: SaleorDouble, fulfillment: dict[str, object], at: str | None = None) -> None:
    fulfillment["deliveredAt"] = at or timezone.now().isoformat()
    receive(event("FulfillmentMetadataUpdated", saleor.orders[ORDER], fulfillment), source="test")


def test_a_fulfillment_makes_one_shipped_mail_with_its_tracking_number(
    saleor: SaleorDouble, mailbox: Mailbox
) -> None:
    create_fulfillment(saleor)
    sweep.sweep()
    message = mailbox.find("on its way")
    assert "Tracking number: TRK1" in message.get_body(("plain",)).get_content()


def test_the_carrier_named_at_the_desk_is_in_the_mail_with_its_page(
    saleor: SaleorDouble, mailbox: Mailbox
) -> None:
    create_fulfillment(saleor, carrier="GLS", trackingNumber="12345678")
    sweep.sweep()
    text = mailbox.find("on its way").get_body(("plain",)).get_content()
    assert "Tracking number: 12345678 (GLS)" in text
    assert "https://gls-group.com/track/12345678" in text


def test_the_same_tracking_number_again_makes_no_second_mail(saleor: SaleorDouble, mailbox: Mailbox) -> None:
    fulfillment = create_fulfillment(saleor)
    receive(event("FulfillmentTrackingNumberUpdated", saleor.orders[ORDER], fulfillment), source="test")
    sweep.sweep()
    assert sum("on its way" in subject for subject in mailbox.subjects()) == 1


def test_a_later_tracking_number_makes_a_second_mail(saleor: SaleorDouble, mailbox: Mailbox) -> None:
    fulfillment = create_fulfillment(saleor, trackingNumber="")
    sweep.sweep()
    fulfillment["trackingNumber"] = "TRK2"
    receive(event("FulfillmentTrackingNumberUpdated", saleor.orders[ORDER], fulfillment), source="test")
    sweep.sweep()
    texts = [
        mail.get_body(("plain",)).get_content()
        for mail in mailbox.messages()
        if "on its way" in mail["Subject"]
    ]
    assert ["TRK2" in text for text in texts] == [False, True]


def test_a_number_that_changed_before_the_mail_left_makes_one_mail_with_the_new_one(
    saleor: SaleorDouble, mailbox: Mailbox
) -> None:
    fulfillment = create_fulfillment(saleor)
    fulfillment["trackingNumber"] = "TRK2"
    sweep.sweep()
    receive(event("FulfillmentTrackingNumberUpdated", saleor.orders[ORDER], fulfillment), source="test")
    sweep.sweep()
    message = mailbox.find("on its way")
    assert "Tracking number: TRK2" in message.get_body(("plain",)).get_content()


def test_how_to_waits_for_delivery_and_then_four_hours(saleor: SaleorDouble, mailbox: Mailbox) -> None:
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        pay(saleor)
        fulfillment = create_fulfillment(saleor)
        sweep.sweep()
        assert states()["how-to silicone-cups"] == "held"
        report_delivery(saleor, fulfillment)
        sweep.sweep()
        assert states()["how-to silicone-cups"] == "planned"
        clock.shift(timedelta(hours=3, minutes=59))
        sweep.sweep()
        assert not any("How to" in subject for subject in mailbox.subjects())
        clock.shift(timedelta(minutes=1))
        sweep.sweep()
    assert sorted(s for s in mailbox.subjects() if "How to" in s) == [
        "How to use your glass cups with a bulb",
        "How to use your silicone cups",
    ]


def test_without_a_delivery_report_the_how_to_goes_after_ten_days(
    saleor: SaleorDouble, mailbox: Mailbox
) -> None:
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        pay(saleor)
        create_fulfillment(saleor)
        clock.shift(timedelta(days=10, minutes=-1))
        sweep.sweep()
        assert states()["how-to glass-cups"] == "held"
        clock.shift(timedelta(minutes=1))
        sweep.sweep()
        assert states()["how-to glass-cups"] == "sent"


def test_delivered_before_shipped_ends_in_the_same_mails(saleor: SaleorDouble, mailbox: Mailbox) -> None:
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        fulfillment = ship_order(saleor, created=timezone.now().isoformat())
        report_delivery(saleor, fulfillment)
        receive(
            event("FulfillmentCreated", saleor.orders[ORDER], fulfillment | {"deliveredAt": None}),
            source="test",
        )
        pay(saleor)
        clock.shift(timedelta(hours=4))
        for _ in range(2):
            sweep.sweep()
    assert states() == {
        "order-confirmation": "sent",
        "safety-first": "sent",
        "shipped": "cancelled",  # delivered before it could be sent
        "how-to silicone-cups": "sent",
        "how-to glass-cups": "sent",
    }
    assert len(mailbox.messages()) == 4


def test_how_to_is_held_until_the_safety_mail_is_sent(saleor: SaleorDouble, mailbox: Mailbox) -> None:
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        fulfillment = create_fulfillment(saleor)
        MailPlan.objects.filter(kind="safety-first").update(
            next_attempt_at=timezone.now() + timedelta(days=2)
        )
        report_delivery(saleor, fulfillment)
        clock.shift(timedelta(hours=5))
        sweep.sweep()
        plan = MailPlan.objects.get(kind="how-to", about="glass-cups")
        assert (plan.state, plan.hold_reason) == ("held", "awaiting the safety mail")
        clock.shift(timedelta(days=2))
        sweep.sweep()
    order = [subject.split(" (")[0] for subject in mailbox.subjects()]
    assert order.index("Read this before you use your cups") < order.index(
        "How to use your glass cups with a bulb"
    )


def test_a_delivery_that_is_taken_back_holds_the_how_to_again(saleor: SaleorDouble, mailbox: Mailbox) -> None:
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        pay(saleor)
        fulfillment = create_fulfillment(saleor)
        sweep.sweep()
        report_delivery(saleor, fulfillment)
        fulfillment["deliveredAt"] = None  # marked by mistake, and no event was sent
        clock.shift(timedelta(hours=4))
        sweep.sweep()
        assert states()["how-to glass-cups"] == "held"
        assert sweep.sweep().processed == 0
        clock.shift(timedelta(days=10))
        sweep.sweep()
    assert states()["how-to glass-cups"] == "sent"


def test_a_merchant_may_ship_without_notifying(saleor: SaleorDouble, mailbox: Mailbox) -> None:
    fulfillment = ship_order(saleor, created=timezone.now().isoformat())
    payload = event("FulfillmentCreated", saleor.orders[ORDER], fulfillment) | {"notifyCustomer": False}
    receive(payload, source="test")
    report_delivery(saleor, fulfillment)
    sweep.sweep()
    assert MailPlan.objects.get(kind="shipped").cancel_reason == "the merchant chose not to tell the customer"
    assert states()["safety-first"] == "sent"  # safety mail cannot be turned off


def test_a_fulfillment_that_waits_for_approval_has_not_left(saleor: SaleorDouble) -> None:
    fulfillment = ship_order(saleor, created=timezone.now().isoformat(), status="WAITING_FOR_APPROVAL")
    receive(event("FulfillmentCreated", saleor.orders[ORDER], fulfillment), source="test")
    assert MailPlan.objects.filter(kind="shipped").count() == 0
    fulfillment["status"] = "FULFILLED"
    receive(event("FulfillmentApproved", saleor.orders[ORDER], fulfillment), source="test")
    assert MailPlan.objects.filter(kind="shipped").count() == 1


def test_every_shipment_has_a_safety_mail(saleor: SaleorDouble) -> None:
    saleor.orders[ORDER]["isPaid"] = False
    create_fulfillment(saleor)
    assert states()["safety-first"] == "due"
    assert "order-confirmation" not in states()


def test_a_cancelled_order_gets_none_of_its_open_mails_and_is_told(
    saleor: SaleorDouble, mailbox: Mailbox
) -> None:
    pay(saleor)
    saleor.orders[ORDER]["status"] = "CANCELED"
    receive(event("OrderCancelled", saleor.orders[ORDER]), source="test")
    sweep.sweep()
    assert states() == {
        "order-confirmation": "cancelled",
        "safety-first": "cancelled",
        "order-cancelled": "sent",
    }
    assert mailbox.subjects() == ["Your Cupwell order 22 was cancelled"]


def test_a_paid_event_after_cancelled_plans_nothing(saleor: SaleorDouble) -> None:
    paid = event("OrderFullyPaid", saleor.orders[ORDER])
    saleor.orders[ORDER]["status"] = "CANCELED"
    receive(event("OrderCancelled", saleor.orders[ORDER]), source="test")
    receive(paid, source="test")
    assert list(states()) == ["order-cancelled"]


def test_an_order_cancelled_without_an_event_is_noticed_before_sending(
    saleor: SaleorDouble, mailbox: Mailbox
) -> None:
    pay(saleor)
    saleor.orders[ORDER]["status"] = "CANCELED"
    sweep.sweep()
    assert set(states().values()) == {"cancelled"}
    assert mailbox.messages() == []


def test_a_returned_fulfillment_stops_its_how_to(saleor: SaleorDouble, mailbox: Mailbox) -> None:
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        pay(saleor)
        fulfillment = create_fulfillment(saleor)
        sweep.sweep()
        report_delivery(saleor, fulfillment)
        fulfillment["status"] = "RETURNED"
        clock.shift(timedelta(hours=4))
        sweep.sweep()
    assert MailPlan.objects.get(about="glass-cups").cancel_reason == "the shipment is returned"


def test_a_delivery_that_cannot_be_parsed_is_ignored(saleor: SaleorDouble) -> None:
    fulfillment = create_fulfillment(saleor)
    report_delivery(saleor, fulfillment, at="yesterday, I think")
    assert states()["how-to glass-cups"] == "held"


def test_a_how_to_that_waited_too_long_is_not_sent_late(saleor: SaleorDouble, mailbox: Mailbox) -> None:
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        pay(saleor)
        fulfillment = create_fulfillment(saleor)
        sweep.sweep()
        report_delivery(saleor, fulfillment)
        clock.shift(timedelta(days=31))
        sweep.sweep()
    assert states()["how-to glass-cups"] == "expired"
