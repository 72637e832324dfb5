"""A worker sends a batch of mails over one connection; what happens to it in between loses and doubles none of them."""

import smtplib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from store.mailer import composition, decision, fetching, leases, orders, outcomes, pauses, sending, sweep
from store.mailer.inbox import receive
from store.mailer.models import MailAttempt, MailBody, MailPlan, MailWords, SendingBatch
from tests.faults.smtp_server import Fault, FaultySmtp
from tests.faults.test_smtp_phases import send_by
from tests.mailer.conftest import Mailbox
from tests.mailer.saleor_double import SaleorDouble, event, gid, order

pytestmark = pytest.mark.django_db
MAILS = 6


class Death(BaseException):
    """Instead of SIGKILL: nothing after it is recorded."""


@pytest.fixture(autouse=True)
def confirmations(saleor: SaleorDouble, mailbox: Mailbox) -> None:
    """Six due mails of class SERVICE."""
    for number in range(MAILS):
        order_id = gid("Order", f"batch-{number}")
        saleor.orders[order_id] = order(
            order_id, number=str(number), userEmail=f"buyer{number}@d{number}.example"
        )
        receive(event("OrderFullyPaid", saleor.orders[order_id]), source="test")
    MailPlan.objects.exclude(kind="order-confirmation").delete()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultySmtp]:
    with FaultySmtp() as server:
        send_by(monkeypatch, server)
        yield server


def in_order() -> list[str]:
    return list(MailPlan.objects.order_by("pk").values_list("state", flat=True))


def die_at(monkeypatch: pytest.MonkeyPatch, number: int, *, before: bool) -> None:
    """The process ends at the mail of this number: before it is begun, or after its reply was read."""
    deliver, done = sending._deliver, []

    def wrapped(attempt: Any, *args: Any, **kwargs: Any) -> Any:
        done.append(attempt)
        if before and len(done) == number:
            raise Death
        found = deliver(attempt, *args, **kwargs)
        if len(done) == number:
            raise Death
        return found

    with monkeypatch.context() as patched:
        patched.setattr(sending, "_deliver", wrapped)
        patched.setattr(outcomes, "accepted", lambda done: None)
        with pytest.raises(Death):
            sending.send_due(limit=MAILS)


def fall_silent() -> None:
    past = timezone.now() - timedelta(seconds=1)
    SendingBatch.objects.update(lease_until=past)


def test_a_batch_that_dies_leaves_one_mail_of_unknown_outcome(
    server: FaultySmtp, monkeypatch: pytest.MonkeyPatch
) -> None:
    die_at(monkeypatch, 4, before=False)
    fall_silent()
    sweep.sweep()
    assert in_order() == ["sent"] * 3 + ["sending"] + ["sent"] * 2
    SendingBatch.objects.update(final_until=timezone.now())
    sweep.sweep()
    assert in_order() == ["sent"] * 3 + ["ambiguous"] + ["sent"] * 2
    assert list(server.copies().values()) == [1] * MAILS
    assert SendingBatch.objects.count() == 0


def test_a_batch_that_dies_between_two_mails_leaves_none(
    server: FaultySmtp, monkeypatch: pytest.MonkeyPatch
) -> None:
    die_at(monkeypatch, 3, before=True)
    fall_silent()
    SendingBatch.objects.update(final_until=timezone.now())
    sweep.sweep()
    # Of the second the reply was read, but only the place of the third would have said so.
    assert in_order() == ["sent", "ambiguous", "sent", "sent", "sent", "sent"]
    assert list(server.copies().values()) == [1] * MAILS


def test_mails_of_a_dead_batch_that_were_not_begun_count_no_failure(
    server: FaultySmtp, monkeypatch: pytest.MonkeyPatch
) -> None:
    die_at(monkeypatch, 2, before=True)
    fall_silent()
    sweep.reclaim_expired_leases()
    assert list(MailPlan.objects.order_by("pk").values_list("failures", flat=True)) == [0, 1, 0, 0, 0, 0]
    assert MailAttempt.objects.count() == 2


def test_whoever_dies_while_composing_a_batch_counts_no_failure_until_a_mail_was_alone(
    server: FaultySmtp, monkeypatch: pytest.MonkeyPatch
) -> None:
    compose = composition.compose

    def deadly(plan: MailPlan, *args: Any, **about: Any) -> Any:
        if plan.order_number == "2":
            raise Death
        return compose(plan, *args, **about)

    monkeypatch.setattr(composition, "compose", deadly)
    for failures in ([0] * 6, [0, 0, 1, 0, 0, 0]):
        with pytest.raises(Death):
            sweep.sweep()
        fall_silent()
        sweep.reclaim_expired_leases()
        assert list(MailPlan.objects.order_by("pk").values_list("failures", flat=True)) == failures
    monkeypatch.setattr(composition, "compose", compose)
    sweep.sweep()
    assert in_order() == ["sent"] * MAILS
    assert set(server.copies().values()) == {1}


def test_after_a_refused_recipient_the_mail_that_kills_the_worker_is_still_found(
    server: FaultySmtp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The refused one has no final dot, so the batch's place says nothing of the next."""
    server.faults = [Fault("rcpt", "450 4.2.1 busy")]
    die_at(monkeypatch, 2, before=True)
    fall_silent()
    sweep.reclaim_expired_leases()
    assert list(MailPlan.objects.order_by("pk").values_list("failures", flat=True)) == [1, 1, 0, 0, 0, 0]
    assert in_order() == ["retry_wait"] * 2 + ["due"] * 4


def test_a_worker_whose_lease_was_taken_away_sends_nothing_more(
    server: FaultySmtp, monkeypatch: pytest.MonkeyPatch
) -> None:
    reach, calls = leases.reach_place, []

    def slow(token: Any, place: int, **wait: Any) -> None:
        calls.append(place)
        if place == 3:
            fall_silent()
            sweep.reclaim_expired_leases()
        reach(token, place, **wait)

    monkeypatch.setattr(leases, "reach_place", slow)
    sending.send_due(limit=MAILS)
    assert (calls, len(server.accepted)) == ([1, 2, 3], 2)
    monkeypatch.setattr(leases, "reach_place", reach)
    sweep.sweep()
    assert set(server.copies().values()) == {1}
    assert in_order().count("sent") == MAILS


def test_a_server_that_wants_no_more_ends_the_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    with FaultySmtp([Fault("rcpt", "421 4.3.2 closing")]) as server:
        send_by(monkeypatch, server)
        assert sending.send_due(limit=MAILS) == MAILS
        assert (in_order(), server.connections) == (["retry_wait"] + ["due"] * 5, 1)
    assert MailAttempt.objects.count() == 1
    assert pauses.active().count() == 1


def test_a_shop_that_answers_slowly_gets_its_first_mails_sent_and_the_others_later(
    saleor: SaleorDouble, server: FaultySmtp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At 12 s for each question a third is not asked any more, and nothing counts as a failure."""
    now, post = [0.0], saleor.post

    def slow(body: bytes, headers: Any) -> Any:
        now[0] += 12.0
        return post(body, headers)

    monkeypatch.setattr(orders, "ASKED_TOGETHER", 2)
    monkeypatch.setattr(orders, "time", SimpleNamespace(monotonic=lambda: now[0]))
    monkeypatch.setattr(saleor, "post", slow)
    monkeypatch.setattr(sending, "time", SimpleNamespace(monotonic=lambda: now[0]))
    monkeypatch.setattr(fetching, "time", SimpleNamespace(monotonic=lambda: now[0]))
    sending.send_due(limit=MAILS)
    assert (saleor.requests, in_order()) == (2, ["sent"] * 4 + ["due"] * 2)
    assert not MailPlan.objects.exclude(failures=0).exists()


def test_each_mail_is_written_while_the_server_thinks_about_the_one_before(
    server: FaultySmtp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At its reply to the first dot it has the first mail, and the second is written already."""
    written, write = list[Any](), sending.envelope_of
    seen = list[tuple[int, int]]()
    read_reply = smtplib.SMTP.getreply

    def reply(session: smtplib.SMTP) -> Any:
        seen.append((len(written), len(server.accepted)))
        return read_reply(session)

    monkeypatch.setattr(sending, "envelope_of", lambda mail: written.append(mail) or write(mail))
    monkeypatch.setattr(smtplib.SMTP, "getreply", reply)
    sending.send_due(limit=MAILS)
    assert len(written) == MAILS
    assert (in_order(), len(set(server.copies()))) == (["sent"] * MAILS, MAILS)
    assert max(ahead - accepted for ahead, accepted in seen) == 2


def test_a_batch_asks_for_its_orders_in_one_question(saleor: SaleorDouble, server: FaultySmtp) -> None:
    saleor.requests = 0
    sending.send_due(limit=MAILS)
    assert (saleor.requests, in_order()) == (1, ["sent"] * MAILS)


def test_orders_that_the_shop_can_not_list_are_asked_for_one_by_one(
    saleor: SaleorDouble, server: FaultySmtp, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = saleor.post

    def refuse_lists(body: bytes, headers: Any) -> Any:
        found = post(body, headers)
        return replace(found, body=b'{"errors": [{"message": "no"}]}') if b"OrdersForMail" in body else found

    monkeypatch.setattr(saleor, "post", refuse_lists)
    sending.send_due(limit=MAILS)
    assert in_order() == ["sent"] * MAILS


def test_an_order_that_can_not_be_read_fails_no_other_mail_of_its_batch(
    server: FaultySmtp, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_order = orders.to_order

    def strict(answer: Any) -> Any:
        if answer.number == "2":
            raise ValueError("no such currency")
        return to_order(answer)

    monkeypatch.setattr(orders, "to_order", strict)
    sending.send_due(limit=MAILS)
    assert in_order() == ["sent"] * 2 + ["retry_wait"] + ["sent"] * 3
    assert MailPlan.objects.get(state="retry_wait").last_error == "ValueError: no such currency"


def test_mails_that_take_long_to_compose_do_not_keep_the_others_waiting(
    server: FaultySmtp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At 8 s for each the fourth is begun no more, and nothing counts as a failure."""
    now, compose = [0.0], composition.compose

    def slow(*args: Any, **about: Any) -> Any:
        now[0] += 8.0
        return compose(*args, **about)

    monkeypatch.setattr(composition, "compose", slow)
    monkeypatch.setattr(sending, "time", SimpleNamespace(monotonic=lambda: now[0]))
    sending.send_due(limit=MAILS)
    assert in_order() == ["sent"] * 3 + ["due"] * 3
    assert not MailPlan.objects.exclude(failures=0).exists()


def test_a_worker_that_is_stopped_composes_no_more(
    server: FaultySmtp, monkeypatch: pytest.MonkeyPatch
) -> None:
    composed, compose = list[Any](), composition.compose

    def counted(*args: Any, **about: Any) -> Any:
        composed.append(args)
        return compose(*args, **about)

    monkeypatch.setattr(composition, "compose", counted)
    sending.send_due(limit=MAILS, is_stopping=lambda: len(composed) == 2)
    assert (len(composed), in_order()) == (2, ["due"] * MAILS)
    assert not MailPlan.objects.exclude(failures=0).exists()


def test_the_lease_is_renewed_while_mails_are_composed(
    server: FaultySmtp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three times its length passes, in steps that are shorter."""
    compose = composition.compose

    def slow(*args: Any, **about: Any) -> Any:
        past = 0.6 * leases.LEASE
        SendingBatch.objects.update(lease_until=F("lease_until") - past)
        return compose(*args, **about)

    monkeypatch.setattr(composition, "compose", slow)
    monkeypatch.setattr(sending, "RENEWED_EVERY", 1)
    sending.send_due(limit=MAILS)
    assert in_order() == ["sent"] * MAILS


def test_a_mail_whose_address_breaks_the_check_fails_no_other_mail_of_its_batch(
    server: FaultySmtp, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_smtp_address = decision.to_smtp_address

    def strict(address: str) -> str:
        if address.startswith("buyer2@"):
            raise RecursionError("an address like no other")
        return to_smtp_address(address)

    monkeypatch.setattr(decision, "to_smtp_address", strict)
    sending.send_due(limit=MAILS)
    assert in_order() == ["sent"] * 2 + ["retry_wait"] + ["sent"] * 3


def test_a_worker_that_is_stopped_records_what_left_and_gives_the_rest_back(server: FaultySmtp) -> None:
    sending.send_due(limit=MAILS, is_stopping=lambda: len(server.copies()) == 2)
    assert in_order() == ["sent"] * 2 + ["due"] * 4
    assert (MailAttempt.objects.count(), SendingBatch.objects.count()) == (2, 0)
    assert not MailPlan.objects.exclude(failures=0).exists()


def test_a_shop_that_is_away_is_asked_once_for_a_batch(saleor: SaleorDouble, server: FaultySmtp) -> None:
    saleor.is_down, saleor.requests = True, 0
    sending.send_due(limit=MAILS)
    assert (saleor.requests, in_order()) == (1, ["retry_wait"] * MAILS)


def test_a_mail_that_failed_before_comes_alone(server: FaultySmtp) -> None:
    MailPlan.objects.filter(pk=MailPlan.objects.earliest("pk").pk).update(failures=1)
    first, second = leases.claim_due(limit=50), leases.claim_due(limit=50)
    assert first is not None
    assert second is not None
    assert (len(first.plans), len(second.plans)) == (1, 5)


def test_a_batch_asks_once_who_wants_no_mail(server: FaultySmtp) -> None:
    with CaptureQueriesContext(connection) as asked:
        sending.send_due(limit=MAILS)
    assert in_order() == ["sent"] * MAILS
    assert sum("mail_suppression" in one["sql"] for one in asked) == 1


def test_what_is_kept_of_a_mail_is_what_was_sent(server: FaultySmtp) -> None:
    sweep.sweep()
    sent = {message["Message-ID"]: message for message in server.messages()}
    for body in MailBody.objects.select_related("attempt"):
        message = sent[body.attempt.message_id]
        text, html = (message.get_body((part,)) for part in ("plain", "html"))
        assert text is not None
        assert html is not None
        kept = [part.replace("\r\n", "\n").rstrip("\n") for part in (text.get_content(), html.get_content())]
        assert [body.text.rstrip("\n"), body.html.rstrip("\n")] == kept
    assert MailWords.objects.count() == 1  # six orders of the same things: one text
