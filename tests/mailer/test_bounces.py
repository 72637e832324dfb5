"""A mail that was accepted and came back: who is told, what is kept back, and how a corrected address helps."""

import io
import mailbox as mailboxes
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from store.mailer import health, reconciliation, suppressions, sweep
from store.mailer.bounces import parsing, recording
from store.mailer.inbox import receive
from store.mailer.mail_classes import MailClass
from store.mailer.models import ContactTask, DeliveryReport, MailAttempt, MailPlan
from tests.mailer.conftest import ORDER, Mailbox, ship_order, states
from tests.mailer.saleor_double import SaleorDouble, event, gid, order

pytestmark = pytest.mark.django_db
ADA = "ada.guest@example.com"


def notification(
    message_id: str,
    *,
    action: str = "failed",
    status: str = "5.1.1",
    recipient: str = ADA,
    returned: str = "text/rfc822-headers",
    no: int = 1,
) -> bytes:
    """A delivery status notification, as Postfix writes it (RFC 3464)."""
    original = f"From: shop@cupwell.example\nMessage-ID: {message_id}\nSubject: Read this\n"
    return f"""\
Return-Path: <>
From: MAILER-DAEMON@mail.example (Mail Delivery System)
To: shop@cupwell.example
Message-ID: <report-{no}@mail.example>
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain

Your mail could not be delivered.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example
X-Postfix-Queue-ID: 4F1

Final-Recipient: rfc822; {recipient}
Original-Recipient: rfc822;{recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} <{recipient}>: no such
    user here

--b1
Content-Type: {returned}

{original}
--b1--
""".encode()


def complaint(message_id: str) -> bytes:
    """A feedback report (RFC 5965)."""
    return f"""\
From: <abuse@provider.example>
Message-ID: <complaint-1@provider.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b1"

--b1
Content-Type: text/plain

This is an email abuse report.

--b1
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: SomeGenerator/1.0
Version: 1
Original-Rcpt-To: <{ADA}>

--b1
Content-Type: message/rfc822

From: <shop@cupwell.example>
Message-ID: {message_id}
Subject: How to use your cups

words
--b1--
""".encode()


@pytest.fixture
def sent(saleor: SaleorDouble, mailbox: Mailbox) -> MailPlan:
    """The safety mail of a paid order, accepted by the server."""
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    sweep.sweep()
    return MailPlan.objects.get(kind="safety-first")


def concerns() -> list[str]:
    return [one.code for one, _ in health.open_concerns()]


@pytest.mark.parametrize("returned", ["text/rfc822-headers", "message/rfc822"])
def test_a_report_is_read_with_the_mail_that_it_names(returned: str) -> None:
    [report] = parsing.parse(notification("<a@cupwell.example>", returned=returned))
    assert (report.kind, report.message_id, report.recipient, report.status) == (
        "bounced",
        "<a@cupwell.example>",
        ADA,
        "5.1.1",
    )
    assert report.reason == f"550 5.1.1 <{ADA}>: no such user here"


def test_the_envelope_id_names_the_mail_where_nothing_was_returned() -> None:
    raw = notification("").replace(b"X-Postfix-Queue-ID: 4F1", b"Original-Envelope-Id: a@cupwell.example")
    assert parsing.parse(raw)[0].message_id == "<a@cupwell.example>"


@pytest.mark.parametrize(
    "raw", [b"", b"\xff\x00", b"Subject: Out of office\n\nI am away.", notification("<a@b>")[:700]]
)
def test_what_is_no_whole_report_names_no_bounce_of_a_mail(raw: bytes) -> None:
    assert [one for one in parsing.parse(raw) if one.message_id] == []


def test_a_safety_mail_that_came_back_becomes_a_task_for_a_person(sent: MailPlan) -> None:
    assert recording.record_message(notification(sent.message_id)) == 1
    sent.refresh_from_db()
    assert (sent.state, sent.problem) == ("unreached", "address")
    assert "no such user here" in sent.last_error
    assert ContactTask.objects.get(closed_at=None).plan == sent
    assert concerns() == ["unreachable"]


def test_the_same_report_again_changes_nothing(sent: MailPlan) -> None:
    assert [recording.record_message(notification(sent.message_id)) for _ in range(3)] == [1, 0, 0]
    assert (DeliveryReport.objects.count(), ContactTask.objects.count()) == (1, 1)


def test_a_report_that_names_no_mail_of_ours_changes_nothing(sent: MailPlan) -> None:
    recording.record_message(notification("<guessed@cupwell.example>"))
    sent.refresh_from_db()
    assert sent.state == "sent"
    assert DeliveryReport.objects.get().attempt is None
    assert not suppressions.is_bounced(ADA, MailPlan(mail_class=MailClass.CARE, created_at=sent.created_at))


def test_after_a_bounce_other_mails_of_that_order_wait_for_a_person_and_safety_goes_on(
    sent: MailPlan, saleor: SaleorDouble, settings: Any
) -> None:
    settings.MAIL_QUIET_HOURS = False
    confirmation = MailPlan.objects.get(kind="order-confirmation")
    recording.record_message(notification(confirmation.message_id))
    MailPlan.objects.filter(pk=sent.pk).update(state="due")
    receive(event("FulfillmentCreated", saleor.orders[ORDER], ship_order(saleor)), source="test")
    sweep.sweep()
    assert {kind: states()[kind] for kind in ("safety-first", "shipped")} == {
        "safety-first": "sent",
        "shipped": "unreached",
    }


def test_a_later_order_with_the_same_address_is_written_to(
    sent: MailPlan, saleor: SaleorDouble, mailbox: Mailbox
) -> None:
    recording.record_message(notification(sent.message_id))
    other = gid("Order", 77)
    saleor.orders[other] = order(other, number="77")
    receive(event("OrderFullyPaid", saleor.orders[other]), source="test")
    sweep.sweep()
    assert set(MailPlan.objects.filter(order_id=other).values_list("state", flat=True)) == {"sent"}


def test_a_full_mailbox_keeps_no_later_mail_back(sent: MailPlan) -> None:
    recording.record_message(notification(sent.message_id, status="5.2.2"))
    assert MailPlan.objects.get(pk=sent.pk).problem == "mailbox"
    assert not suppressions.is_bounced(ADA, MailPlan.objects.get(kind="order-confirmation"))


def test_safety_goes_again_by_itself_to_a_corrected_address_and_the_rest_on_request(
    sent: MailPlan, saleor: SaleorDouble, mailbox: Mailbox
) -> None:
    recording.record_message(notification(sent.message_id))
    saleor.orders[ORDER]["userEmail"] = "ada.right@example.com"
    for _ in range(3):
        reconciliation.plan_missing()
        sweep.sweep()
    assert list(sent.attempts.values_list("recipient", flat=True)) == [ADA, "ada.right@example.com"]
    assert [str(message["To"]) for message in mailbox.messages()].count("ada.right@example.com") == 1
    task = ContactTask.objects.get()
    assert (task.done, concerns()) == ("mailed", [])
    first, second = sent.attempts.values_list("message_id", flat=True)
    assert first != second
    recording.record_message(notification(first, no=2))  # a late report about the old address
    assert MailPlan.objects.get(pk=sent.pk).state == "sent"


@pytest.mark.parametrize("address", ["ada@@example.com", "Ada.Guest@EXAMPLE.com", ""])
def test_an_address_that_is_wrong_or_the_same_sends_nothing_again(
    sent: MailPlan, saleor: SaleorDouble, mailbox: Mailbox, address: str
) -> None:
    saleor.orders[ORDER]["userEmail"] = address
    reconciliation.plan_missing()
    sweep.sweep()
    assert len(mailbox.messages()) == 2


def test_a_mail_of_unknown_outcome_is_resolved_by_its_report(sent: MailPlan) -> None:
    confirmation = MailPlan.objects.get(kind="order-confirmation")
    MailPlan.objects.filter(pk__in=(sent.pk, confirmation.pk)).update(state="ambiguous")
    MailAttempt.objects.update(outcome="unknown")
    recording.record_message(notification(sent.message_id, action="delayed", status="4.4.1"))
    recording.record_message(notification(confirmation.message_id, no=2))
    assert states() == {"order-confirmation": "unreached", "safety-first": "sent"}
    assert set(MailAttempt.objects.values_list("outcome", flat=True)) == {"accepted"}


def test_a_complaint_ends_care_mails_for_ever_and_never_safety(sent: MailPlan) -> None:
    recording.record_message(complaint(sent.message_id))
    assert suppressions.is_unsubscribed(ADA, MailClass.CARE)
    assert not suppressions.is_unsubscribed(ADA, MailClass.SAFETY)
    assert not suppressions.is_unsubscribed(ADA, MailClass.SERVICE)
    assert ContactTask.objects.count() == 1
    suppressions.forget_bounce(ADA)
    assert suppressions.is_unsubscribed(ADA, MailClass.CARE)


def test_who_unsubscribes_after_a_bounce_stays_unsubscribed() -> None:
    suppressions.note_bounce(ADA)
    hashed = suppressions.address_hash(ADA)
    suppressions.unsubscribe(hashed, MailClass.CARE, reason="one click")
    suppressions.note_bounce(ADA)
    suppressions.forget_bounce(ADA)
    assert suppressions.is_unsubscribed(ADA, MailClass.CARE)


def test_reports_are_read_from_a_pipe_an_mbox_and_a_maildir(
    sent: MailPlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mbox, maildir = mailboxes.mbox(tmp_path / "mbox"), mailboxes.Maildir(tmp_path / "maildir")
    for box, no in ((mbox, 2), (maildir, 3)):
        box.add(notification(sent.message_id, no=no))
        box.flush()
    piped = io.TextIOWrapper(io.BytesIO(notification(sent.message_id)))
    monkeypatch.setattr("sys.stdin", piped)
    call_command("read_bounces")
    call_command("read_bounces", mailbox=tmp_path / "mbox")
    call_command("read_bounces", mailbox=tmp_path / "maildir")
    assert DeliveryReport.objects.filter(attempt__plan=sent).count() == 3


def test_a_person_reads_whom_to_call_prints_the_insert_and_notes_it(sent: MailPlan, merchant: Client) -> None:
    recording.record_message(notification(sent.message_id))
    task = ContactTask.objects.get()
    page = f"/admin/mailer/contacttask/{task.pk}/change/"
    shown = merchant.get(page).content.decode()
    assert "1600 Amphitheatre Pkwy" in shown
    assert "+16502530000" in shown
    pdf = merchant.get(f"/admin/mailer/contacttask/{task.pk}/inserts/glass-cups.pdf")
    assert pdf.content[:5] == b"%PDF-"
    merchant.post(page, {"done": "posted", "note": "registered letter"})
    task.refresh_from_db()
    assert (task.done, task.closed_by, task.note) == ("posted", "merchant@example.com", "registered letter")
    assert merchant.post(page, {"done": "nothing"}).status_code == 422
    assert concerns() == []


def test_a_stranger_reads_no_task(sent: MailPlan, client: Client) -> None:
    recording.record_message(notification(sent.message_id))
    assert client.get(f"/admin/mailer/contacttask/{ContactTask.objects.get().pk}/change/").status_code == 302


def test_a_report_with_several_recipients_names_each() -> None:
    raw = notification("<a@b.example>").replace(
        b"\n--b1\nContent-Type: text/rfc822",
        b"\nFinal-Recipient: rfc822; b@example.com\nAction: delivered\nStatus: 2.0.0\n\n--b1\nContent-Type: text/rfc822",
    )
    assert [(one.kind, one.recipient) for one in parsing.parse(raw)] == [
        ("bounced", ADA),
        ("delivered", "b@example.com"),
    ]
