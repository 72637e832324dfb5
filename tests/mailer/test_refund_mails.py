"""After the sale: what a customer is told when an order is cancelled or money goes back."""

from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from store.mailer import sweep
from store.mailer.inbox import Received, receive
from store.mailer.models import MailPlan
from tests.mailer.conftest import ORDER, SHIPMENT, Mailbox, states
from tests.mailer.saleor_double import SaleorDouble, event, fulfillment, gid

pytestmark = pytest.mark.django_db


def text_of(message: EmailMessage) -> str:
    return " ".join(message.get_body(("plain",)).get_content().split())


def pay(saleor: SaleorDouble) -> None:
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")


def refund(saleor: SaleorDouble, amount: float, *, kind: str = "OrderRefunded") -> Received:
    """The event of a refund after which this much has been sent back in all, of 132.27 paid."""
    saleor.orders[ORDER] |= {
        "totalRefunded": {"amount": amount},
        "totalCharged": {"amount": round(132.27 - amount, 2)},
    }
    return receive(event(kind, saleor.orders[ORDER]), source="test")


def cancel(saleor: SaleorDouble) -> None:
    saleor.orders[ORDER]["status"] = "CANCELED"
    receive(event("OrderCancelled", saleor.orders[ORDER]), source="test")


def ship(saleor: SaleorDouble, no: int, line_no: int, *, delivered: bool = False) -> dict[str, Any]:
    """A parcel with one of the order's lines."""
    now = timezone.now().isoformat()
    parcel = fulfillment(
        gid("Fulfillment", no),
        created=now,
        deliveredAt=now if delivered else None,
        lines=[{"quantity": 1, "orderLine": {"id": gid("OrderLine", line_no)}}],
    )
    saleor.orders[ORDER]["fulfillments"].append(parcel)
    receive(event("FulfillmentCreated", saleor.orders[ORDER], parcel), source="test")
    return parcel


def test_a_refund_is_told_with_its_amount(saleor: SaleorDouble, mailbox: Mailbox) -> None:
    pay(saleor)
    sweep.sweep()
    refund(saleor, 10.0)
    sweep.sweep()
    message = mailbox.find("sent $10.00 back")
    assert "You paid $132.27 for this order." in text_of(message)
    assert message["References"] == MailPlan.objects.get(kind="order-confirmation").message_id


def test_each_refund_has_its_own_mail_and_the_second_names_both(
    saleor: SaleorDouble, mailbox: Mailbox
) -> None:
    refund(saleor, 10.0)
    sweep.sweep()
    refund(saleor, 15.5)
    sweep.sweep()
    assert [subject for subject in mailbox.subjects() if "back" in subject] == [
        "We sent $10.00 back to you (order 22)",
        "We sent $5.50 back to you (order 22)",
    ]
    assert "that is $15.50 of the $132.27 that you paid" in text_of(mailbox.find("$5.50"))


def test_two_refunds_of_the_same_amount_are_two_mails(saleor: SaleorDouble, mailbox: Mailbox) -> None:
    for total in (10.0, 20.0):
        refund(saleor, total)
    sweep.sweep()
    assert mailbox.subjects() == ["We sent $10.00 back to you (order 22)"] * 2


def test_the_events_of_one_full_refund_are_one_mail(saleor: SaleorDouble, mailbox: Mailbox) -> None:
    answers = [
        refund(saleor, 132.27),
        refund(saleor, 132.27),
        refund(saleor, 132.27, kind="OrderFullyRefunded"),
    ]
    sweep.sweep()
    assert answers == [Received.NEW, Received.SEEN, Received.NEW]
    assert "all that you paid" in text_of(mailbox.find("$132.27 back"))
    assert len(mailbox.messages()) == 1


def test_an_empty_refund_is_not_told(saleor: SaleorDouble) -> None:
    refund(saleor, 0.0)
    assert MailPlan.objects.count() == 0


def test_a_refund_that_did_not_go_through_is_not_told(saleor: SaleorDouble, mailbox: Mailbox) -> None:
    refund(saleor, 10.0)
    saleor.orders[ORDER]["totalRefunded"] = {"amount": 0.0}
    sweep.sweep()
    assert states() == {"order-refunded": "cancelled"}
    assert mailbox.messages() == []


def test_a_cancelled_paid_order_says_what_goes_back(saleor: SaleorDouble, mailbox: Mailbox) -> None:
    pay(saleor)
    cancel(saleor)
    sweep.sweep()
    assert "You paid $132.27. We send $132.27 back" in text_of(mailbox.find("was cancelled"))


def test_a_cancelled_order_that_was_refunded_says_so(saleor: SaleorDouble, mailbox: Mailbox) -> None:
    pay(saleor)
    cancel(saleor)
    refund(saleor, 132.27)
    sweep.sweep()
    assert "We sent $132.27 back the way you paid." in text_of(mailbox.find("was cancelled"))
    assert "all that you paid" in text_of(mailbox.find("$132.27 back"))


def test_a_cancelled_unpaid_order_says_that_nothing_was_charged(
    saleor: SaleorDouble, mailbox: Mailbox
) -> None:
    saleor.orders[ORDER] |= {"isPaid": False, "totalCharged": {"amount": 0.0}}
    cancel(saleor)
    sweep.sweep()
    assert "Nothing was charged." in text_of(mailbox.find("was cancelled"))


def test_a_confirmation_that_waited_is_not_sent_after_a_full_refund(
    saleor: SaleorDouble, mailbox: Mailbox
) -> None:
    pay(saleor)
    refund(saleor, 132.27)
    sweep.sweep()
    assert states()["order-confirmation"] == "cancelled"


def test_no_how_to_after_a_full_refund(saleor: SaleorDouble, mailbox: Mailbox) -> None:
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        pay(saleor)
        ship(saleor, 1, 2, delivered=True)
        sweep.sweep()
        refund(saleor, 132.27)
        clock.shift(timedelta(hours=5))
        sweep.sweep()
    assert MailPlan.objects.get(kind="how-to").cancel_reason == "the order was refunded in full"


def test_a_goodwill_refund_stops_no_how_to(saleor: SaleorDouble, mailbox: Mailbox) -> None:
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        pay(saleor)
        ship(saleor, 1, 2, delivered=True)
        sweep.sweep()
        refund(saleor, 5.0)
        clock.shift(timedelta(hours=5))
        sweep.sweep()
    assert states()["how-to glass-cups"] == "sent"


def test_two_parcels_of_one_material_make_one_how_to(saleor: SaleorDouble, mailbox: Mailbox) -> None:
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        pay(saleor)
        for no in (1, 2):
            ship(saleor, no, 2, delivered=True)
        clock.shift(timedelta(hours=5))
        sweep.sweep()
        clock.shift(timedelta(days=20))
        sweep.sweep()
    assert [subject for subject in mailbox.subjects() if "How to" in subject] == [
        "How to use your glass cups with a bulb"
    ]


def test_the_how_to_follows_the_parcel_that_arrives_first(saleor: SaleorDouble, mailbox: Mailbox) -> None:
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        pay(saleor)
        ship(saleor, 1, 2)
        second = ship(saleor, 2, 2)
        second["deliveredAt"] = timezone.now().isoformat()
        receive(event("FulfillmentMetadataUpdated", saleor.orders[ORDER], second), source="test")
        clock.shift(timedelta(hours=5))
        sweep.sweep()
    assert states()["how-to glass-cups"] == "sent"


def test_the_how_to_survives_that_the_first_of_two_parcels_comes_back(
    saleor: SaleorDouble, mailbox: Mailbox
) -> None:
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        pay(saleor)
        first = ship(saleor, 1, 2, delivered=True)
        ship(saleor, 2, 2, delivered=True)
        sweep.sweep()
        first["status"] = "RETURNED"
        clock.shift(timedelta(hours=5))
        sweep.sweep()
    assert states()["how-to glass-cups"] == "sent"


def test_a_refund_after_a_return_says_that_it_arrived(saleor: SaleorDouble, mailbox: Mailbox) -> None:
    saleor.orders[ORDER]["fulfillments"] = [fulfillment(SHIPMENT, status="RETURNED")]
    refund(saleor, 132.27)
    sweep.sweep()
    assert "What you returned has reached us." in text_of(mailbox.find("back to you"))
