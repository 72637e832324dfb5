"""One-click unsubscription stops the how-to mails, and only those."""

import re

import pytest
from django.test import Client

from store.mailer import suppressions, sweep, unsubscribe
from store.mailer.inbox import receive
from store.mailer.mail_classes import MailClass
from store.mailer.models import MailPlan, Suppression
from tests.mailer.conftest import ORDER, Mailbox, ship_order, states
from tests.mailer.saleor_double import SaleorDouble, event

pytestmark = pytest.mark.django_db
ADA = "ada.guest@example.com"


def send_all_mails(saleor: SaleorDouble) -> None:
    """An order paid and shipped long ago: all mails are due and sent."""
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    fulfillment = ship_order(saleor, created="2026-01-01T10:00:00Z")
    receive(event("FulfillmentCreated", saleor.orders[ORDER], fulfillment), source="test")
    MailPlan.objects.update(expires_at=None)
    for _ in range(2):
        sweep.sweep()


def path() -> str:
    return f"/mail/unsubscribe/{unsubscribe.unsubscribe_token(ADA, 'en')}/"


def test_a_click_stops_how_to_mails_and_never_safety_or_service(
    saleor: SaleorDouble, mailbox: Mailbox
) -> None:
    Client(enforce_csrf_checks=True).post(path(), {"List-Unsubscribe": "One-Click"})
    send_all_mails(saleor)
    assert states() == {
        "order-confirmation": "sent",
        "safety-first": "sent",
        "shipped": "sent",
        "how-to silicone-cups": "cancelled",
        "how-to glass-cups": "cancelled",
    }


def test_unsubscribing_twice_is_idempotent(client: Client) -> None:
    assert [client.post(path()).status_code for _ in range(2)] == [200, 200]
    assert Suppression.objects.count() == 1


def test_looking_at_the_link_changes_nothing(client: Client) -> None:
    page = client.get(path())
    assert (page.status_code, '<form method="post">' in page.content.decode()) == (200, True)
    assert Suppression.objects.count() == 0


@pytest.mark.parametrize("token", ["x", "care.en.0:forged", "e30:1"])
def test_a_made_up_link_is_answered_kindly_and_does_nothing(client: Client, token: str) -> None:
    page = client.post(f"/mail/unsubscribe/{token}/")
    assert (page.status_code, "does not work" in page.content.decode()) == (404, True)
    assert Suppression.objects.count() == 0


def test_the_link_holds_no_address() -> None:
    assert "ada" not in unsubscribe.unsubscribe_token(ADA, "en").lower()


def test_only_care_mails_carry_the_one_click_headers(saleor: SaleorDouble, mailbox: Mailbox) -> None:
    send_all_mails(saleor)
    with_header = sorted(str(mail["Subject"]) for mail in mailbox.messages() if mail["List-Unsubscribe"])
    assert with_header == [
        "Care for your cups",
        "How to use your glass cups with a bulb",
        "How to use your silicone cups",
        "Your technique guide",
    ]


def test_the_link_in_the_header_works_as_it_stands(
    saleor: SaleorDouble, mailbox: Mailbox, client: Client
) -> None:
    send_all_mails(saleor)
    message = mailbox.find("glass cups")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    (url,) = re.findall(r"^<https://cupwell\.example(/.+)>$", message["List-Unsubscribe"])
    assert client.post(url).status_code == 200
    assert suppressions.is_unsubscribed("ADA.Guest@example.com ", MailClass.CARE)
