"""What was sent is forgotten after the time that the settings say, safety mail long after the rest."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from store.mailer import retention, sweep
from store.mailer.inbox import receive
from store.mailer.models import MailBody, MailPlan, MailWords, MerchantMessage, OrderEvent
from tests.mailer.conftest import ORDER, Mailbox
from tests.mailer.saleor_double import SaleorDouble, event

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sent(saleor: SaleorDouble, mailbox: Mailbox, settings: Any) -> None:
    """The two mails of an order, and a message of a shopper."""
    settings.MAIL_RETENTION_DAYS, settings.SAFETY_MAIL_RETENTION_DAYS = 100, 1000
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    sweep.sweep()
    MerchantMessage.objects.create(
        topic="contact", digest="1", sender_email="a@b.example", text="Hi", locale="en"
    )


def left_after(days: int) -> tuple[list[str], int, int, int]:
    """(kinds whose body is left, messages, events, words)."""
    with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
        retention.forget_old()
    kinds = MailBody.objects.order_by("attempt__plan__kind").values_list("attempt__plan__kind", flat=True)
    return list(kinds), MerchantMessage.objects.count(), OrderEvent.objects.count(), MailWords.objects.count()


def test_nothing_is_forgotten_before_its_time() -> None:
    assert left_after(99) == (["order-confirmation", "safety-first"], 1, 1, 2)


def test_safety_mail_stays_when_the_rest_is_forgotten() -> None:
    assert left_after(101) == (["safety-first"], 0, 0, 1)
    assert set(MailPlan.objects.values_list("state", flat=True)) == {"sent"}


def test_in_the_end_all_is_forgotten_but_that_it_was_sent() -> None:
    assert left_after(1001) == ([], 0, 0, 0)
    assert MailPlan.objects.count() == 2


def test_0_days_keep_it_for_ever(settings: Any) -> None:
    settings.MAIL_RETENTION_DAYS = settings.SAFETY_MAIL_RETENTION_DAYS = 0
    assert left_after(100_000) == (["order-confirmation", "safety-first"], 1, 1, 2)


def test_an_event_told_again_after_it_was_forgotten_sends_no_second_mail(
    saleor: SaleorDouble, mailbox: Mailbox
) -> None:
    left_after(101)
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    sweep.sweep()
    assert len(mailbox.messages()) == 2
