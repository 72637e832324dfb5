"""The merchant is told by mail, once an hour at most, by a server of its own."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from store.mailer import alarm
from store.mailer.inbox import receive
from store.mailer.models import Alarm, MailPlan
from tests.faults.smtp_server import Fault, FaultySmtp
from tests.mailer.conftest import ORDER
from tests.mailer.saleor_double import SaleorDouble, event

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def recipient(settings: Any) -> None:
    settings.MAIL_ALARM_TO = "Merchant <merchant@cupwell.org>"
    settings.EMAIL_URL = "smtp://127.0.0.1:1"


@pytest.fixture
def failed(saleor: SaleorDouble) -> None:
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    MailPlan.objects.update(state="failed")


def hour_passes(**more: float) -> None:
    row = Alarm.objects.latest("at")
    Alarm.objects.filter(pk=row.pk).update(
        at=timezone.now() - timedelta(minutes=61, **more), hour=f"before {row.pk}"
    )


def test_all_is_well_and_nobody_is_told() -> None:
    assert alarm.send_if_needed() is False
    assert not Alarm.objects.exists()


def test_it_goes_by_the_second_server_and_names_no_customer(settings: Any, failed: None) -> None:
    with FaultySmtp() as second:
        settings.MAIL_ALARM_EMAIL_URL = second.url
        assert (alarm.send_if_needed(), alarm.send_if_needed()) == (True, False)
        (mail,) = second.messages()
    assert mail["To"] == "Merchant <merchant@cupwell.org>"
    assert "Mails that were refused: 2" in mail.get_content()
    assert "ada" not in mail.as_string().lower()


def test_what_was_told_is_told_again_after_a_day_and_something_new_after_an_hour(
    settings: Any, failed: None
) -> None:
    with FaultySmtp() as second:
        settings.MAIL_ALARM_EMAIL_URL = second.url
        alarm.send_if_needed()
        MailPlan.objects.filter(kind="safety-first").update(state="ambiguous")
        assert alarm.send_if_needed() is False
        hour_passes()
        assert alarm.send_if_needed() is True
        hour_passes()
        assert alarm.send_if_needed() is False
        hour_passes(hours=23)
        assert alarm.send_if_needed() is True
        assert len(second.accepted) == 3


def test_one_that_could_not_be_sent_is_recorded_and_tried_again_in_an_hour(
    settings: Any, failed: None
) -> None:
    with FaultySmtp([Fault("connect", "554 no")]) as second:
        settings.MAIL_ALARM_EMAIL_URL = second.url
        assert (alarm.send_if_needed(), alarm.send_if_needed()) == (False, False)
        assert "554" in Alarm.objects.get().error
        hour_passes()
        assert alarm.send_if_needed() is True


def test_two_processes_in_one_hour_send_one(
    settings: Any, failed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    Alarm.objects.create(
        hour=timezone.now().strftime("%Y-%m-%dT%H"),
        recipient="",
        text="",
        fingerprint="",
        at=timezone.now() - timedelta(hours=2),
    )
    assert alarm.send_if_needed() is False
    assert Alarm.objects.count() == 1


def test_without_a_recipient_nothing_is_asked(settings: Any, django_assert_num_queries: Any) -> None:
    settings.MAIL_ALARM_TO = ""
    with django_assert_num_queries(0):
        assert alarm.send_if_needed() is False
