"""Shipped, delivered, and how the how-to finds its time."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from store.mailer import sweep
from store.mailer.inbox import receive
from store.mailer.models import MailPlan
from tests.mailer.conftest import ORDER, Post, ship, states
from tests.mailer.saleor_double import SaleorDouble, event

pytestmark = pytest.mark.django_db


def pay(saleor: SaleorDouble) -> None:
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")


def send_parcel(saleor: SaleorDouble, **changes: object) -> dict[str, object]:
    parcel = ship(saleor, created=timezone.now().isoformat(), **changes)
    receive(event("FulfillmentCreated", saleor.orders[ORDER], parcel), source="test")
    return parcel


def deliver(saleor: SaleorDouble, parcel: dict[str, object], at: str | None = None) -> None:
    parcel["deliveredAt"] = at or timezone.now().isoformat()
    receive(event("FulfillmentMetadataUpdated", saleor.orders[ORDER], parcel), source="test")


def test_a_parcel_makes_one_shipped_mail_with_its_tracking_number(saleor: SaleorDouble, post: Post) -> None:
    send_parcel(saleor)
    sweep.sweep()
    letter = post.one("on its way")
    assert "Tracking number: TRK1" in letter.get_body(("plain",)).get_content()


def test_the_same_tracking_number_again_makes_no_second_mail(saleor: SaleorDouble, post: Post) -> None:
    parcel = send_parcel(saleor)
    receive(event("FulfillmentTrackingNumberUpdated", saleor.orders[ORDER], parcel), source="test")
    sweep.sweep()
    assert sum("on its way" in subject for subject in post.subjects()) == 1


def test_a_later_tracking_number_makes_a_second_mail(saleor: SaleorDouble, post: Post) -> None:
    parcel = send_parcel(saleor, trackingNumber="")
    sweep.sweep()
    parcel["trackingNumber"] = "TRK2"
    receive(event("FulfillmentTrackingNumberUpdated", saleor.orders[ORDER], parcel), source="test")
    sweep.sweep()
    texts = [
        one.get_body(("plain",)).get_content() for one in post.letters() if "on its way" in one["Subject"]
    ]
    assert ["TRK2" in text for text in texts] == [False, True]


def test_a_number_that_changed_before_the_mail_left_makes_one_mail_with_the_new_one(
    saleor: SaleorDouble, post: Post
) -> None:
    parcel = send_parcel(saleor)
    parcel["trackingNumber"] = "TRK2"
    sweep.sweep()
    receive(event("FulfillmentTrackingNumberUpdated", saleor.orders[ORDER], parcel), source="test")
    sweep.sweep()
    letter = post.one("on its way")
    assert "Tracking number: TRK2" in letter.get_body(("plain",)).get_content()


def test_how_to_waits_for_delivery_and_then_four_hours(saleor: SaleorDouble, post: Post) -> None:
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        pay(saleor)
        parcel = send_parcel(saleor)
        sweep.sweep()
        assert states()["how-to silicone"] == "held"
        deliver(saleor, parcel)
        sweep.sweep()
        assert states()["how-to silicone"] == "planned"
        clock.shift(timedelta(hours=3, minutes=59))
        sweep.sweep()
        assert not any("How to" in subject for subject in post.subjects())
        clock.shift(timedelta(minutes=1))
        sweep.sweep()
    assert sorted(s for s in post.subjects() if "How to" in s) == [
        "How to use your glass cups",
        "How to use your silicone cups",
    ]


def test_nobody_says_delivered_so_the_how_to_goes_after_ten_days(saleor: SaleorDouble, post: Post) -> None:
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        pay(saleor)
        send_parcel(saleor)
        clock.shift(timedelta(days=10, minutes=-1))
        sweep.sweep()
        assert states()["how-to glass"] == "held"
        clock.shift(timedelta(minutes=1))
        sweep.sweep()
        assert states()["how-to glass"] == "sent"


def test_delivered_before_shipped_ends_in_the_same_mails(saleor: SaleorDouble, post: Post) -> None:
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        parcel = ship(saleor, created=timezone.now().isoformat())
        deliver(saleor, parcel)
        receive(
            event("FulfillmentCreated", saleor.orders[ORDER], parcel | {"deliveredAt": None}), source="test"
        )
        pay(saleor)
        clock.shift(timedelta(hours=4))
        for _ in range(2):
            sweep.sweep()
    assert states() == {
        "order-confirmation": "sent",
        "safety-first": "sent",
        "shipped": "cancelled",  # nobody needs to hear by then that it is on its way
        "how-to silicone": "sent",
        "how-to glass": "sent",
    }
    assert len(post.letters()) == 4


def test_how_to_is_held_until_the_safety_mail_is_sent(saleor: SaleorDouble, post: Post) -> None:
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        parcel = send_parcel(saleor)
        MailPlan.objects.filter(kind="safety-first").update(
            next_attempt_at=timezone.now() + timedelta(days=2)
        )
        deliver(saleor, parcel)
        clock.shift(timedelta(hours=5))
        sweep.sweep()
        plan = MailPlan.objects.get(kind="how-to", about="glass")
        assert (plan.state, plan.hold_reason) == ("held", "awaiting the safety mail")
        clock.shift(timedelta(days=2))
        sweep.sweep()
    order = [subject.split(" (")[0] for subject in post.subjects()]
    assert order.index("Read this before you use your cups") < order.index("How to use your glass cups")


def test_a_delivery_that_is_taken_back_holds_the_how_to_again(saleor: SaleorDouble, post: Post) -> None:
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        pay(saleor)
        parcel = send_parcel(saleor)
        sweep.sweep()
        deliver(saleor, parcel)
        parcel["deliveredAt"] = None  # marked by mistake, and nobody told us
        clock.shift(timedelta(hours=4))
        sweep.sweep()
        assert states()["how-to glass"] == "held"
        assert sweep.sweep().worked == 0
        clock.shift(timedelta(days=10))
        sweep.sweep()
    assert states()["how-to glass"] == "sent"


def test_a_merchant_may_send_a_parcel_without_a_word(saleor: SaleorDouble, post: Post) -> None:
    parcel = ship(saleor, created=timezone.now().isoformat())
    quiet = event("FulfillmentCreated", saleor.orders[ORDER], parcel) | {"notifyCustomer": False}
    receive(quiet, source="test")
    deliver(saleor, parcel)
    sweep.sweep()
    assert MailPlan.objects.get(kind="shipped").cancel_reason == "the merchant chose not to tell the customer"
    assert states()["safety-first"] == "sent"  # safety is not the merchant's to turn off


def test_a_parcel_that_waits_for_approval_has_not_left(saleor: SaleorDouble) -> None:
    parcel = ship(saleor, created=timezone.now().isoformat(), status="WAITING_FOR_APPROVAL")
    receive(event("FulfillmentCreated", saleor.orders[ORDER], parcel), source="test")
    assert MailPlan.objects.filter(kind="shipped").count() == 0
    parcel["status"] = "FULFILLED"
    receive(event("FulfillmentApproved", saleor.orders[ORDER], parcel), source="test")
    assert MailPlan.objects.filter(kind="shipped").count() == 1


def test_goods_never_travel_without_their_safety_mail(saleor: SaleorDouble) -> None:
    saleor.orders[ORDER]["isPaid"] = False
    send_parcel(saleor)
    assert states()["safety-first"] == "due"
    assert "order-confirmation" not in states()


def test_a_cancelled_order_gets_none_of_its_open_mails(saleor: SaleorDouble, post: Post) -> None:
    pay(saleor)
    saleor.orders[ORDER]["status"] = "CANCELED"
    receive(event("OrderCancelled", saleor.orders[ORDER]), source="test")
    sweep.sweep()
    assert states() == {"order-confirmation": "cancelled", "safety-first": "cancelled"}
    assert post.letters() == []


def test_paid_told_after_cancelled_plans_nothing(saleor: SaleorDouble) -> None:
    paid = event("OrderFullyPaid", saleor.orders[ORDER])
    saleor.orders[ORDER]["status"] = "CANCELED"
    receive(event("OrderCancelled", saleor.orders[ORDER]), source="test")
    receive(paid, source="test")
    assert MailPlan.objects.count() == 0


def test_an_order_cancelled_without_a_word_is_found_out_before_sending(
    saleor: SaleorDouble, post: Post
) -> None:
    pay(saleor)
    saleor.orders[ORDER]["status"] = "CANCELED"
    sweep.sweep()
    assert set(states().values()) == {"cancelled"}
    assert post.letters() == []


def test_a_returned_parcel_stops_its_how_to(saleor: SaleorDouble, post: Post) -> None:
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        pay(saleor)
        parcel = send_parcel(saleor)
        sweep.sweep()
        deliver(saleor, parcel)
        parcel["status"] = "RETURNED"
        clock.shift(timedelta(hours=4))
        sweep.sweep()
    assert MailPlan.objects.get(about="glass").cancel_reason == "the shipment is returned"


def test_a_delivery_that_nobody_can_read_counts_as_not_said(saleor: SaleorDouble) -> None:
    parcel = send_parcel(saleor)
    deliver(saleor, parcel, at="yesterday, I think")
    assert states()["how-to glass"] == "held"


def test_a_how_to_that_waited_too_long_is_not_sent_late(saleor: SaleorDouble, post: Post) -> None:
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        pay(saleor)
        parcel = send_parcel(saleor)
        sweep.sweep()
        deliver(saleor, parcel)
        clock.shift(timedelta(days=31))
        sweep.sweep()
    assert states()["how-to glass"] == "expired"
