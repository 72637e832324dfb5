"""Hours of the day at the recipient's place, and the distance between CARE mails."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from babel.core import get_global
from django.utils import timezone

from store.mailer import sweep, timing
from store.mailer.inbox import receive
from store.mailer.models import MailPlan
from store.mailer.timing import DAYTIME, not_before, opens_at, zone_of
from store.saleor.postal_address import PostalAddress
from tests.mailer.conftest import ORDER, Mailbox, ship_order, states
from tests.mailer.saleor_double import ADDRESS, SaleorDouble, event

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def hours_and_spacing(settings: Any) -> None:
    settings.MAIL_QUIET_HOURS, settings.MAIL_CARE_SPACING_HOURS = True, 16


def at(country: str, area: str = "") -> PostalAddress:
    return PostalAddress(country_code=country, country_area=area)


@pytest.mark.parametrize(
    ("address", "zone"),
    [
        (at("DE"), "Europe/Berlin"),
        (at("US", "CA"), "America/Los_Angeles"),
        (at("US", "ny"), "America/New_York"),
        (at("US"), "America/Chicago"),
        (at("AU", "WA"), "Australia/Perth"),
        (at("KI"), "Pacific/Tarawa"),
        (at("AQ"), "UTC"),  # nine zones: not known
        (at("WS"), "Pacific/Apia"),
        (None, "UTC"),
    ],
)
def test_the_zone_of_an_address(address: PostalAddress | None, zone: str) -> None:
    assert str(zone_of(address)) == zone


@pytest.mark.parametrize(
    ("now", "address", "earliest"),
    [
        ("2026-11-21T22:18:00Z", at("DE"), "2026-11-22T07:00:00Z"),  # 23:18 in Berlin: next morning, 8:00
        ("2026-11-21T04:00:00Z", at("DE"), "2026-11-21T07:00:00Z"),
        ("2026-11-21T12:00:00Z", at("DE"), None),
        ("2026-11-21T19:00:00Z", at("DE"), "2026-11-22T07:00:00Z"),  # 20:00 is past the last hour
        ("2026-11-21T10:00:00Z", at("US", "CA"), "2026-11-21T16:00:00Z"),
        ("2026-03-28T22:00:00Z", at("DE"), "2026-03-29T06:00:00Z"),  # the night in which summer time begins
        ("2026-10-24T22:00:00Z", at("DE"), "2026-10-25T07:00:00Z"),  # and the one in which it ends
        ("2026-11-21T09:00:00Z", at("WS"), "2026-11-21T19:00:00Z"),  # UTC+13
        ("2026-11-21T09:00:00Z", at("AS"), "2026-11-21T19:00:00Z"),  # UTC-11
        ("2028-02-28T23:00:00Z", at("DE"), "2028-02-29T07:00:00Z"),
    ],
)
def test_a_mail_outside_its_hours_waits_for_the_next_morning_there(
    now: str, address: PostalAddress, earliest: str | None
) -> None:
    with time_machine.travel(now, tick=False):
        for number in range(20):
            plan = MailPlan(message_id=f"<{number}@a>", mail_class="service")
            found = not_before(plan, hours=DAYTIME, address=address, recipient="a@b.example")
            if earliest is None:
                assert found is None
            else:
                start = datetime.fromisoformat(earliest)
                assert found is not None
                assert start <= found < start + timedelta(hours=2)


@pytest.mark.parametrize(
    ("zone", "now", "earliest"),
    [
        (
            "Pacific/Kiritimati",
            "2026-11-21T08:00:00Z",
            "2026-11-21T18:00:00Z",
        ),  # UTC+14: 22:00 on the same day
        ("Etc/GMT+12", "2026-11-21T19:00:00Z", "2026-11-21T20:00:00Z"),  # UTC-12: 7:00 on the same day
        ("Etc/GMT+12", "2026-11-21T09:00:00Z", "2026-11-21T20:00:00Z"),  # 21:00 on the day before
    ],
)
def test_the_morning_is_right_at_both_ends_of_the_world(
    zone: str, now: str, earliest: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timing, "zone_of", lambda address: ZoneInfo(zone))
    with time_machine.travel(now, tick=False):
        assert opens_at(DAYTIME, at("KI")) == datetime.fromisoformat(earliest)


def test_each_country_in_which_people_live_has_its_hours() -> None:
    """None falls back to the shop's, but Antarctica, the outlying islands, and what is no country."""
    several = {country for country, zones in get_global("territory_zones").items() if len(zones) > 1}
    assert {country for country in several if str(zone_of(at(country))) == "UTC"} == {"AQ", "UM", "ZZ", "001"}


def test_mails_of_one_morning_are_spread_and_each_keeps_its_minute() -> None:
    with time_machine.travel("2026-11-21T02:00:00Z", tick=False):
        moments = [
            not_before(
                MailPlan(message_id=f"<{n}@a>", mail_class="service"),
                hours=DAYTIME,
                address=at("DE"),
                recipient="",
            )
            for n in [*range(100), *range(100)]
        ]
    assert moments[:100] == moments[100:]
    assert len(set(moments)) > 90


def deliver(saleor: SaleorDouble) -> None:
    saleor.orders[ORDER]["shippingAddress"] = ADDRESS | {"country": {"code": "DE", "country": "Germany"}}
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    parcel = ship_order(saleor, created=timezone.now().isoformat(), deliveredAt=timezone.now().isoformat())
    receive(event("FulfillmentCreated", saleor.orders[ORDER], parcel), source="test")


def test_two_how_tos_to_one_person_are_sixteen_hours_apart_and_none_is_skipped(
    saleor: SaleorDouble, mailbox: Mailbox
) -> None:
    with time_machine.travel("2026-11-21T08:00:00Z", tick=False) as clock:
        deliver(saleor)
        sweep.sweep()
        clock.shift(timedelta(hours=5))
        sweep.sweep()
        assert sum("How to" in subject for subject in mailbox.subjects()) == 1
        clock.shift(timedelta(hours=15, minutes=59))
        sweep.sweep()
        assert sum("How to" in subject for subject in mailbox.subjects()) == 1
        clock.shift(timedelta(hours=4))
        sweep.sweep()
        assert sum("How to" in subject for subject in mailbox.subjects()) == 2
    sent = MailPlan.objects.filter(kind="how-to").values_list("sent_at", flat=True)
    assert abs(sent[0] - sent[1]) >= timedelta(hours=16)


def test_of_two_how_tos_that_are_sent_at_the_same_moment_the_later_one_waits() -> None:
    plans = [
        MailPlan.objects.create(
            plan_key=str(n), message_id=str(n), mail_class="care", kind="how-to", recipient="a@b.example",
            state="claimed", due_at=timezone.now(), next_attempt_at=timezone.now(), priority=1,
        )
        for n in (1, 2)
    ]  # fmt: skip
    found = [not_before(plan, hours=None, address=None, recipient="A@b.example") for plan in plans]
    assert [moment is None for moment in found] == [True, False]


def test_safety_and_confirmation_leave_at_any_hour_and_the_shipping_mail_waits(
    saleor: SaleorDouble, mailbox: Mailbox
) -> None:
    with time_machine.travel("2026-11-21T23:30:00Z", tick=False) as clock:
        saleor.orders[ORDER]["shippingAddress"] = ADDRESS | {"country": {"code": "DE", "country": "Germany"}}
        receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
        parcel = ship_order(saleor, created=timezone.now().isoformat())
        receive(event("FulfillmentCreated", saleor.orders[ORDER], parcel), source="test")
        sweep.sweep()
        assert {name: state for name, state in states().items() if "how-to" not in name} == {
            "order-confirmation": "sent",
            "safety-first": "sent",
            "shipped": "planned",
        }
        clock.shift(timedelta(hours=10))
        sweep.sweep()
        assert states()["shipped"] == "sent"


def test_every_zone_of_the_table_exists() -> None:
    for zone in (*timing._MAIN_ZONES.values(), *timing._AREAS):
        assert datetime(2026, 1, 1, tzinfo=UTC).astimezone(timing.ZoneInfo(zone))
