"""The mails of the days and weeks after delivery, the buyer's choices, and a changed insert."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from store import guidebook
from store.guidebook.library import Library
from store.mailer import insert_changes, suppressions, sweep
from store.mailer.inbox import receive
from store.mailer.mail_classes import Kind, MailClass
from store.mailer.models import MailPlan
from store.mailer.preference_links import preferences_url
from tests.mailer.conftest import ORDER, Mailbox, ship_order, states
from tests.mailer.saleor_double import SaleorDouble, event, gid, order

pytestmark = pytest.mark.django_db
ADA = "ada.guest@example.com"


def deliver(saleor: SaleorDouble, order_id: str = ORDER) -> dict[str, Any]:
    receive(event("OrderFullyPaid", saleor.orders[order_id]), source="test")
    parcel = ship_order(saleor, created=timezone.now().isoformat(), deliveredAt=timezone.now().isoformat())
    receive(event("FulfillmentCreated", saleor.orders[order_id], parcel), source="test")
    sweep.sweep()
    return parcel


def path(settings: Any) -> str:
    return preferences_url(order_id=ORDER, address=ADA, lang="en").removeprefix(settings.PUBLIC_URL)


def test_technique_care_and_check_in_come_after_three_fourteen_and_thirty_days(
    saleor: SaleorDouble, mailbox: Mailbox
) -> None:
    sent: dict[str, int] = {}
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        deliver(saleor)
        for day in range(32):
            clock.move_to("2026-11-21T10:00:00Z")
            clock.shift(timedelta(days=day, minutes=1))
            sweep.sweep()
            for kind, state in states(later=True).items():
                if state == "sent":
                    sent.setdefault(kind, day)
    assert {kind: sent[kind] for kind in ("area", "care", "check-in")} == {
        "area": 3,
        "care": 14,
        "check-in": 30,
    }
    assert any(
        "Glass cups with a bulb" in mail.get_body(("plain",)).get_content() for mail in mailbox.messages()
    )


def test_none_of_them_comes_after_everything_was_paid_back(saleor: SaleorDouble, mailbox: Mailbox) -> None:
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        deliver(saleor)
        saleor.orders[ORDER] |= {"totalRefunded": {"amount": 132.27}, "totalCharged": {"amount": 0.0}}
        clock.shift(timedelta(days=31))
        MailPlan.objects.update(expires_at=None)
        sweep.sweep()
    later = {
        kind: state for kind, state in states(later=True).items() if kind in ("area", "care", "check-in")
    }
    assert later == {"area": "cancelled", "care": "cancelled", "check-in": "cancelled"}


def test_a_chosen_area_makes_its_guide_come_and_is_forgotten_then(
    saleor: SaleorDouble, mailbox: Mailbox, client: Client, settings: Any
) -> None:
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        deliver(saleor)
        assert client.get(path(settings)).status_code == 200
        assert MailPlan.objects.get(kind="area").about == ""  # a scanner that opens the link changes nothing
        page = client.post(path(settings), {"action": "area", "area": "lower-back"})
        assert "The guide comes by mail" in page.content.decode()
        clock.shift(timedelta(days=3, minutes=1))
        sweep.sweep()
    message = mailbox.find("technique guide")
    text = message.get_body(("plain",)).get_content()
    assert text.index("Emergency") < text.index("Where to place it")  # red flags come first on the lower back
    assert "lower" not in str(message["Subject"]).lower()
    assert MailPlan.objects.get(kind="area").about == ""


def test_a_choice_before_shipping_waits_for_the_parcel_and_a_late_one_is_sent_at_once(
    saleor: SaleorDouble, mailbox: Mailbox, client: Client, settings: Any
) -> None:
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        client.post(path(settings), {"action": "area", "area": "hips"})
        deliver(saleor)
        assert MailPlan.objects.get(kind="area").due_at == timezone.now() + timedelta(days=3)
        clock.shift(timedelta(days=3, minutes=1))
        sweep.sweep()
        client.post(path(settings), {"action": "area", "area": "glutes"})
        sweep.sweep()
    assert sum("technique guide" in subject for subject in mailbox.subjects()) == 2


@pytest.mark.parametrize(
    "form", [{"action": "area", "area": "neck"}, {"action": "area"}, {"action": "x"}, {}]
)
def test_a_choice_that_does_not_exist_changes_nothing(
    form: dict[str, str], saleor: SaleorDouble, client: Client, settings: Any
) -> None:
    assert client.post(path(settings), form).status_code == 400
    assert not MailPlan.objects.exists()


def test_it_arrived_is_noted_on_each_parcel_under_way(
    saleor: SaleorDouble, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ship_order(saleor)
    asked: list[dict[str, Any]] = []
    post = saleor.post

    def record(body: bytes, headers: Any) -> Any:
        request = json.loads(body)
        if request["operationName"] != "MetadataUpdate":
            return post(body, headers)
        asked.append(request["variables"])
        return type(post(b'{"operationName": "OrderForMail", "variables": {"id": ""}}', {}))(
            200, b'{"data": {"updateMetadata": {"errors": []}}}'
        )

    monkeypatch.setattr(saleor, "post", record)
    assert "Thank you" in client.post(path(settings), {"action": "arrived"}).content.decode()
    assert [(one["id"], one["input"][0]["key"]) for one in asked] == [
        (gid("Fulfillment", 11), "delivered_at")
    ]


def test_the_page_stops_the_how_to_mails_and_a_broken_link_says_so(client: Client, settings: Any) -> None:
    assert client.post(path(settings), {"action": "stop"}).status_code == 200
    assert suppressions.is_unsubscribed(ADA, MailClass.CARE)
    assert client.get(path(settings)[:-3] + "/").status_code == 404


def test_a_shop_that_does_not_answer_loses_no_choice_silently(
    saleor: SaleorDouble, client: Client, settings: Any
) -> None:
    saleor.is_down = True
    page = client.post(path(settings), {"action": "area", "area": "hips"})
    assert (page.status_code, "try again later" in page.content.decode()) == (503, True)


def test_unsubscribed_stays_unsubscribed_when_the_secret_key_is_replaced(
    client: Client, settings: Any
) -> None:
    link = path(settings)
    client.post(link, {"action": "stop"})
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another one"
    assert suppressions.is_unsubscribed(ADA, MailClass.CARE)
    assert client.get(link).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert client.get(link).status_code == 404


def test_a_second_order_of_the_same_set_gets_the_safety_mail_and_no_second_how_to(
    saleor: SaleorDouble, mailbox: Mailbox
) -> None:
    with time_machine.travel("2026-12-21T10:00:00Z", tick=False) as clock:
        deliver(saleor)
        clock.shift(timedelta(days=1))
        sweep.sweep()
        again = gid("Order", 44)
        parcel = saleor.orders[ORDER]["fulfillments"][0] | {"id": gid("Fulfillment", 12)}
        saleor.orders[again] = order(again, number="44") | {
            "fulfillments": saleor.orders[ORDER]["fulfillments"]
        }
        receive(event("OrderFullyPaid", saleor.orders[again]), source="test")
        receive(
            event("FulfillmentCreated", saleor.orders[again], parcel),
            source="test",
        )
        clock.shift(timedelta(days=1))
        sweep.sweep()
    rows = dict(MailPlan.objects.filter(order_id=again).values_list("plan_key", "state"))
    assert rows[f"safety1:{again}"] == "sent"
    assert [state for key, state in rows.items() if key.startswith("howto:")] == ["cancelled", "cancelled"]


def test_two_orders_of_the_same_set_that_arrive_together_get_one_how_to(
    saleor: SaleorDouble, mailbox: Mailbox, settings: Any
) -> None:
    """Both are decided on in one batch, before one of them is sent."""
    settings.MAIL_CARE_SPACING_HOURS = 0
    again = gid("Order", 44)
    with time_machine.travel("2026-12-21T10:00:00Z", tick=False) as clock:
        deliver(saleor)
        parcels = [one | {"id": gid("Fulfillment", 12)} for one in saleor.orders[ORDER]["fulfillments"]]
        saleor.orders[again] = order(again, number="44") | {"fulfillments": parcels}
        receive(event("OrderFullyPaid", saleor.orders[again]), source="test")
        receive(event("FulfillmentCreated", saleor.orders[again], parcels[0]), source="test")
        for _ in range(2):
            clock.shift(timedelta(days=1))
            sweep.sweep()
    states = MailPlan.objects.filter(kind=Kind.HOWTO).order_by("about", "pk").values_list("state", flat=True)
    assert list(states) == ["sent", "cancelled"] * 2


def test_a_major_change_of_an_insert_is_told_once_to_each_owner_with_what_is_new(
    saleor: SaleorDouble, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = guidebook.library()
    new = library.inserts["glass-cups"]
    old = replace(new, version="2.0")
    put(monkeypatch, library, old)
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    sweep.sweep()
    assert insert_changes.announce("glass-cups") == 0
    put(monkeypatch, library, new)
    assert [insert_changes.announce("glass-cups") for _ in range(2)] == [1, 0]
    sweep.sweep()
    message = mailbox.find("has changed")
    text = " ".join(message.get_body(("plain",)).get_content().split())
    changed = [
        one for one in new.changes_since("2.0", "en") if one.major and not one.id.startswith("figure:")
    ]
    assert changed
    assert all((one.now or one.was or "") in text for one in changed)
    assert [part.get_filename() for part in message.iter_attachments()] == [
        f"glass-cups-{new.version}-en.pdf"
    ]
    assert MailPlan.objects.get(kind="insert-change").mail_class == "safety"


def put(monkeypatch: pytest.MonkeyPatch, library: Library, insert: Any) -> None:
    changed = replace(library, inserts={**library.inserts, insert.slug: insert})
    monkeypatch.setattr(guidebook, "library", lambda: changed)
