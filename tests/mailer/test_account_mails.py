"""The mails that open an account: they leave once, lead to the page that was named, and leave no link behind."""

import pytest
from django.test import Client

from store.mailer import mail_texts, sweep
from store.mailer.inbox import Received, receive
from store.mailer.models import MailBody, MailPlan, OrderEvent
from tests.mailer.conftest import Mailbox
from tests.mailer.saleor_double import account_event

pytestmark = pytest.mark.django_db
LINK = "https://cupwell.example/account/?token=abc-123&email=ada%40example.com"
KINDS = {
    "AccountConfirmationRequested": "account-confirmation",
    "AccountSetPasswordRequested": "account-password",
    "StaffSetPasswordRequested": "staff-password",
    "AccountDeleteRequested": "account-deletion",
    "AccountChangeEmailRequested": "account-email",
}


@pytest.mark.parametrize("name", KINDS)
def test_it_leaves_once_with_its_link_and_no_copy_of_the_link_stays(name: str, mailbox: Mailbox) -> None:
    payload = account_event(name, newEmail="new@example.com")
    assert [receive(payload, source="test") for _ in range(3)] == [Received.NEW, Received.SEEN, Received.SEEN]
    sweep.sweep()
    (mail,) = mailbox.messages()
    assert mail["To"] == ("new@example.com" if name == "AccountChangeEmailRequested" else "ada@example.com")
    assert LINK in mail.get_body(("plain",)).get_content()
    assert "abc-123" in mail.get_body(("html",)).get_content()
    assert [plan.kind for plan in MailPlan.objects.filter(state="sent")] == [KINDS[name]]
    kept = [MailBody.objects.get().text, MailBody.objects.get().html, str(OrderEvent.objects.get().payload)]
    assert not any("abc-123" in text for text in kept)


def test_a_second_request_is_a_second_mail(mailbox: Mailbox) -> None:
    for number in (1, 2):
        receive(
            account_event(
                "AccountSetPasswordRequested",
                redirectUrl=f"https://cupwell.example/?token={number}",
                issuedAt=f"2026-11-21T16:2{number}:00+00:00",
            ),
            source="test",
        )
    sweep.sweep()
    assert len(mailbox.messages()) == 2


def test_without_a_page_to_lead_to_no_mail_leaves_and_the_reason_is_kept(mailbox: Mailbox) -> None:
    receive(account_event("StaffSetPasswordRequested", redirectUrl=None), source="test")
    sweep.sweep()
    assert mailbox.messages() == []
    assert "no page" in MailPlan.objects.get().cancel_reason


def test_it_speaks_the_language_of_the_account(mailbox: Mailbox) -> None:
    user = account_event("AccountSetPasswordRequested")["user"] | {"languageCode": "DE_AT"}
    receive(account_event("AccountSetPasswordRequested", user=user), source="test")
    sweep.sweep()
    assert mailbox.subjects() == [mail_texts.load("account-password", "de").subject]


def test_no_member_of_staff_reads_the_link_in_the_admin(merchant: Client) -> None:
    receive(account_event("StaffSetPasswordRequested"), source="test")
    event, plan = OrderEvent.objects.get(), MailPlan.objects.get()
    for path in (f"orderevent/{event.pk}/change/", f"mailplan/{plan.pk}/change/", "orderevent/", "mailplan/"):
        page = merchant.get(f"/admin/mailer/{path}")
        assert page.status_code == 200
        assert "abc-123" not in page.content.decode()


ROLES = [{"name": "Warehouse"}, {"name": "Orders"}]


@pytest.mark.parametrize(("code", "hours"), [("EN", "24 hours"), ("DE", "24 Stunden"), ("ES", "24 horas")])
def test_an_invitation_names_the_role_and_how_long_the_link_works(
    code: str, hours: str, mailbox: Mailbox
) -> None:
    payload = account_event("StaffSetPasswordRequested")
    payload["user"] |= {"languageCode": code, "isConfirmed": False, "permissionGroups": ROLES}
    receive(payload, source="test")
    sweep.sweep()
    (mail,) = mailbox.messages()
    text = " ".join(mail.get_body(("plain",)).get_content().split())
    assert mail["Subject"] == mail_texts.load("staff-invitation", code.lower()).subject
    assert "Warehouse, Orders" in text
    assert hours in text
    assert LINK in text
    together = hours.replace(" ", "\u00a0")  # a number and its unit stay on one line, in both parts
    assert all(together in mail.get_body((part,)).get_content() for part in ("plain", "html"))


def test_a_new_password_for_somebody_who_is_in_already_is_no_invitation(mailbox: Mailbox) -> None:
    payload = account_event("StaffSetPasswordRequested")
    payload["user"] |= {"isConfirmed": True, "permissionGroups": ROLES}
    receive(payload, source="test")
    sweep.sweep()
    assert mailbox.subjects() == [mail_texts.load("staff-password", "en").subject]
