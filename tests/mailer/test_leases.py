"""Leases, and rows left behind by slow or dead workers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from store.mailer import leases, sending, sweep
from store.mailer.inbox import receive
from store.mailer.models import MailAttempt, MailPlan, SendingBatch
from tests.mailer.conftest import ORDER, Mailbox, states
from tests.mailer.saleor_double import SaleorDouble, event

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(saleor: SaleorDouble) -> MailPlan:
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    MailPlan.objects.filter(kind="safety-first").delete()
    return MailPlan.objects.get()


def lose_lease() -> None:
    past = timezone.now() - timedelta(seconds=1)
    SendingBatch.objects.update(lease_until=past, final_until=past)


def test_a_claimed_row_is_not_given_twice(plan: MailPlan) -> None:
    assert leases.claim_due() is not None
    assert leases.claim_due() is None
    assert leases.claim_due(plan_id=plan.pk) is None
    assert leases.claim_due(limit=50) is None


def test_safety_goes_first(saleor: SaleorDouble) -> None:
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    batch = leases.claim_due()
    assert batch is not None
    assert [plan.kind for plan in batch.plans] == ["safety-first"]


def test_a_worker_that_died_with_a_claim_loses_it_to_the_next(plan: MailPlan, mailbox: Mailbox) -> None:
    leases.claim_due()
    lose_lease()
    sweep.sweep()
    assert states() == {"order-confirmation": "sent"}
    assert len(mailbox.messages()) == 1


def test_a_worker_that_was_too_slow_stops_before_the_last_dot(
    plan: MailPlan, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    before_final = sending._before_final_dot

    def slow(this, wait) -> None:
        lose_lease()
        sweep.reclaim_expired_leases()
        before_final(this, wait)

    monkeypatch.setattr(sending, "_before_final_dot", slow)
    sending.send_due()
    assert mailbox.messages() == []
    monkeypatch.setattr(sending, "_before_final_dot", before_final)
    sweep.sweep()
    assert len(mailbox.messages()) == 1
    assert [attempt.outcome for attempt in MailAttempt.objects.all()] == ["not_sent", "accepted"]


def test_a_late_worker_cannot_overwrite_the_outcome(plan: MailPlan) -> None:
    batch = leases.claim_due()
    assert batch is not None
    lose_lease()
    sweep.reclaim_expired_leases()
    assert leases.complete_claim(batch.claims()[0], state="failed") is False
    assert states() == {"order-confirmation": "retry_wait"}


def test_an_existing_file_resolves_an_ambiguous_outcome(plan: MailPlan, mailbox: Mailbox) -> None:
    sending.send_due()
    token = MailAttempt.objects.get().lease_token
    MailPlan.objects.update(state="sending", lease_token=token)
    MailAttempt.objects.update(outcome="open")
    SendingBatch.objects.create(token=token, place=1, lease_until=timezone.now())
    lose_lease()
    sweep.sweep()
    assert states() == {"order-confirmation": "sent"}
    assert (len(mailbox.messages()), MailAttempt.objects.get().outcome) == (1, "accepted")


def test_sweeping_twice_at_once_reclaims_once(plan: MailPlan) -> None:
    leases.claim_due()
    lose_lease()
    batch = leases.expired_leases().get()
    assert (sweep._reclaim(batch), sweep._reclaim(batch)) == (1, 0)
