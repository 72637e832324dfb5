"""Reports that come while a worker still sends: a provider is faster than a batch of mails."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from store.mailer import outcomes, sending, sweep, transport
from store.mailer.bounces import recording
from store.mailer.bounces.parsing import Report
from store.mailer.inbox import receive
from store.mailer.models import ContactTask, DeliveryReport, MailAttempt, MailPlan, SendingBatch
from store.mailer.outcomes import Attempt
from tests.mailer.conftest import ORDER, Mailbox, states
from tests.mailer.saleor_double import SaleorDouble, event
from tests.mailer.test_lock_order import beside

pytestmark = pytest.mark.django_db
Kind = DeliveryReport.Kind


@pytest.fixture
def safety(saleor: SaleorDouble, mailbox: Mailbox) -> MailPlan:
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    MailPlan.objects.filter(kind="order-confirmation").delete()
    return MailPlan.objects.get()


def report(plan: MailPlan, kind: Kind) -> Report:
    return Report(
        digest=kind,
        kind=kind,
        message_id=MailAttempt.objects.get(plan=plan).message_id,
        recipient=plan.recipient,
        status="5.1.1" if kind == Kind.BOUNCED else "",
        reason="",
    )


@pytest.fixture
def while_sending(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Calls back when the server has answered, before that is recorded; `error`: what the worker makes of it."""
    deliver = sending._deliver

    def patch(call: Callable[[], object], error: Exception | None = None) -> None:
        def reported(attempt: Attempt, *args: Any, **kwargs: Any) -> sending.Outcome:
            outcome = deliver(attempt, *args, **kwargs)
            assert call()
            return error or outcome

        monkeypatch.setattr(sending, "_deliver", reported)

    return patch


UNKNOWN = transport.OutcomeUnknown(transport.Phase.FINAL, "no reply")


@pytest.mark.parametrize("error", [None, UNKNOWN])
def test_a_safety_mail_that_comes_back_at_once_becomes_a_task(
    safety: MailPlan, while_sending: Callable[..., None], error: Exception | None
) -> None:
    while_sending(lambda: recording.record(report(safety, Kind.BOUNCED)), error)
    sending.send_due()
    assert states() == {"safety-first": "unreached"}
    assert ContactTask.objects.get(closed_at=None).plan == safety


def test_a_delivery_at_once_settles_a_mail_whose_reply_was_lost(
    safety: MailPlan, while_sending: Callable[..., None]
) -> None:
    while_sending(lambda: recording.record(report(safety, Kind.DELIVERED)), UNKNOWN)
    sending.send_due()
    assert states() == {"safety-first": "sent"}
    assert MailAttempt.objects.get().outcome == "accepted"


def test_a_complaint_at_once_leaves_its_task_open(
    safety: MailPlan, while_sending: Callable[..., None]
) -> None:
    while_sending(lambda: recording.record(report(safety, Kind.COMPLAINT)))
    sending.send_due()
    assert ContactTask.objects.get().closed_at is None


def test_what_came_before_the_worker_died_counts_when_its_mail_is_freed(
    safety: MailPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Died(BaseException):
        pass

    def die(attempt: Attempt, *_: Any, **__: Any) -> None:
        sending._before_final_dot(attempt, timedelta())
        raise Died

    monkeypatch.setattr(sending, "_deliver", die)
    with pytest.raises(Died):
        sending.send_due()
    assert recording.record(report(safety, Kind.BOUNCED))
    assert states() == {"safety-first": "sending"}
    monkeypatch.setattr(transport.current(), "was_accepted", lambda message_id: None, raising=False)
    past = timezone.now() - timedelta(seconds=1)
    SendingBatch.objects.update(lease_until=past, final_until=past)
    sweep.reclaim_expired_leases()
    assert states() == {"safety-first": "unreached"}


@pytest.mark.django_db(transaction=True)
def test_a_report_that_waits_for_the_outcome_under_way_counts(
    safety: MailPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker has written the outcome and not committed it."""
    is_written, close = threading.Event(), outcomes._close_accepted

    def close_slowly(done: Any) -> None:
        close(done)
        is_written.set()
        time.sleep(0.3)

    def come_back() -> None:
        assert is_written.wait(20)
        recording.record(report(safety, Kind.BOUNCED))

    monkeypatch.setattr(outcomes, "_close_accepted", close_slowly)
    with beside(come_back) as errors:
        sending.send_due()
    assert errors == []
    assert_is_unreached_with_one_task()


@pytest.mark.django_db(transaction=True)
def test_a_report_under_way_when_the_outcome_is_written_counts(
    safety: MailPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The report has found an attempt without outcome, and is not stored when the worker wants to write it."""
    has_read, locked, accepted = threading.Event(), recording._locked_attempt_of, outcomes.accepted

    def read_slowly(one: Report) -> MailAttempt | None:
        found = locked(one)
        has_read.set()
        time.sleep(0.3)
        return found

    def accepted_meanwhile(done: Any) -> None:
        with beside(lambda: recording.record(report(safety, Kind.BOUNCED))) as errors:
            assert has_read.wait(20)
            accepted(done)
        assert errors == []

    monkeypatch.setattr(recording, "_locked_attempt_of", read_slowly)
    monkeypatch.setattr(outcomes, "accepted", accepted_meanwhile)
    sending.send_due()
    assert_is_unreached_with_one_task()


def assert_is_unreached_with_one_task() -> None:
    assert states() == {"safety-first": "unreached"}
    assert ContactTask.objects.filter(closed_at=None).count() == 1
