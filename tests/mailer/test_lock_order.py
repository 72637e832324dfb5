"""A worker whose reply came late, a sweep and the retention write about the same mails at once, and none waits for ever.

On SQLite one transaction writes at a time; `test_on_postgresql` runs these where each row has a lock of its own.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from store.mailer import leases, mail_words, outcomes, retention, sending, sweep
from store.mailer.inbox import receive
from store.mailer.models import MailAttempt, MailBody, MailPlan, MailWords, SendingBatch
from store.mailer.transport import Receipt
from tests.mailer.conftest import ORDER, Mailbox
from tests.mailer.saleor_double import SaleorDouble, event

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS = 2.0


@contextmanager
def beside(work: Callable[[], object]) -> Iterator[list[BaseException]]:
    """Run `work` in a thread meanwhile; its error, if there is one, is in the list at the end."""
    errors: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield errors
    finally:
        thread.join()


def waiting(barrier: threading.Barrier) -> None:
    with suppress(threading.BrokenBarrierError):
        barrier.wait(SECONDS)


@pytest.fixture
def late(saleor: SaleorDouble, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Two mails that a worker has sent, whose replies it has read and not recorded, and whose lease has run out."""
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    done: list[Any] = []
    with monkeypatch.context() as patched:
        patched.setattr(outcomes, "accepted", done.extend)
        patched.setattr(leases, "forget_finished", lambda tokens: None)
        sending.send_due(limit=2)
    past = timezone.now() - timedelta(seconds=1)
    SendingBatch.objects.update(lease_until=past, final_until=past, place=2)
    assert len(done) == 2
    return [(attempt, Receipt(250, "ok")) for attempt, _ in done]


def test_a_late_reply_and_a_sweep_do_not_wait_for_each_other(
    late: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    barrier, close, free = threading.Barrier(2), outcomes._close_accepted, sweep._free

    def close_and_wait(done: Any) -> None:
        close(done)
        waiting(barrier)

    def wait_and_free(*args: Any, **kwargs: Any) -> bool:
        waiting(barrier)
        return free(*args, **kwargs)

    monkeypatch.setattr(outcomes, "_close_accepted", close_and_wait)
    monkeypatch.setattr(sweep, "_free", wait_and_free)
    with beside(lambda: outcomes.accepted(late)) as errors:
        sweep.reclaim_expired_leases()
    assert errors == []
    assert set(MailPlan.objects.values_list("state", flat=True)) == {"sent"}
    assert set(MailAttempt.objects.values_list("outcome", flat=True)) == {"accepted"}


def test_what_is_given_back_late_and_a_sweep_do_not_wait_for_each_other(
    late: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    SendingBatch.objects.update(place=0)
    barrier, claimed, free = threading.Barrier(2), outcomes.claimed_row, sweep._free

    def claimed_after_the_first(claim: Any) -> Any:
        if claim.plan_id == MailPlan.objects.latest("pk").pk:
            waiting(barrier)
        return claimed(claim)

    def wait_and_free(*args: Any, **kwargs: Any) -> bool:
        waiting(barrier)
        return free(*args, **kwargs)

    monkeypatch.setattr(outcomes, "claimed_row", claimed_after_the_first)
    monkeypatch.setattr(sweep, "_free", wait_and_free)
    with beside(lambda: outcomes.give_back([attempt for attempt, _ in late])) as errors:
        sweep.reclaim_expired_leases()
    assert errors == []
    assert MailPlan.objects.filter(lease_token=None).count() == 2


def test_words_that_a_mail_needs_again_are_not_forgotten_meanwhile(late: list[Any]) -> None:
    digest, packed = mail_words.pack("text", "<p>html</p>")
    MailWords.objects.create(digest=digest, packed=packed)
    attempt, kept = late[0][0].row, threading.Event()

    def keep_body() -> None:
        with transaction.atomic():
            sending._keep_words({digest: packed})
            MailBody.objects.filter(attempt=attempt).update(words_id=digest)
            kept.set()
            threading.Event().wait(0.5)

    with beside(keep_body) as errors:
        assert kept.wait(20)
        retention.forget_old()
    assert errors == []
    assert MailBody.objects.get(attempt=attempt).html == "<p>html</p>"


def test_words_that_are_forgotten_while_a_mail_wants_them_are_written_again(
    late: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    digest, packed = mail_words.pack("text", "<p>html</p>")
    create, calls = MailWords.objects.bulk_create, []

    def forgotten_at_once(*args: Any, **kwargs: Any) -> Any:
        found = create(*args, **kwargs)
        calls.append(found)
        if len(calls) == 1:
            MailWords.objects.filter(digest=digest).delete()
        return found

    monkeypatch.setattr(MailWords.objects, "bulk_create", forgotten_at_once)
    with transaction.atomic():
        sending._keep_words({digest: packed})
    assert (len(calls), MailWords.objects.filter(digest=digest).count()) == (2, 1)
