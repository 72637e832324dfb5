"""A paid order of which no event told gets its mails all the same, and a person is told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from store.mailer import health, reconciliation, sweep
from store.mailer.inbox import receive
from store.mailer.models import MailPlan, OrderEvent
from tests.mailer.conftest import ORDER, Mailbox
from tests.mailer.saleor_double import SaleorDouble, event

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
        {"status": "CANCELED"},
        {"updatedAt": (timezone.now() - timedelta(minutes=1)).isoformat()},  # its event may be on its way
    ],
)
def test_an_order_that_needs_no_safety_mail_yet_is_left_alone(
    changes: dict[str, object], saleor: SaleorDouble
) -> None:
    saleor.orders[ORDER] |= changes
    assert reconciliation.plan_missing() == 0
    assert not MailPlan.objects.exists()
