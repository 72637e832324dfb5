"""The development mailbox shows sent mails, resists crafted names and is closed in production; mail health."""

from typing import Any

import pytest
from django.test import Client

from store.mailer import health, sweep
from store.mailer.inbox import receive
from store.mailer.models import MailPlan
from tests.mailer.conftest import ORDER, Mailbox
from tests.mailer.saleor_double import SaleorDouble, event

pytestmark = pytest.mark.django_db


@pytest.fixture
def name(saleor: SaleorDouble, mailbox: Mailbox, settings: Any) -> str:
    """The safety mail's name in the mailbox."""
    settings.MAILBOX_ENABLED = True
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    sweep.sweep()
    return MailPlan.objects.get(kind="safety-first").message_id.strip("<>")


def test_it_lists_and_shows_a_mail_with_its_parts(client: Client, name: str) -> None:
    assert "Read this before you use your cups (order 22)" in client.get("/mailbox/").content.decode()
    page = client.get(f"/mailbox/{name}/").content.decode()
    assert ("ada.guest@example.com" in page, 'sandbox="allow-popups' in page) == (True, True)


def test_the_html_part_may_load_and_run_nothing(client: Client, name: str) -> None:
    policy = client.get(f"/mailbox/{name}/html/")["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:;")
    assert "sandbox" in policy


def test_an_attachment_comes_down_whole(client: Client, name: str) -> None:
    answer = client.get(f"/mailbox/{name}/attachments/1/")
    assert answer.content[:5] == b"%PDF-"
    assert answer["Content-Disposition"].startswith('attachment; filename="silicone-cups-')


@pytest.mark.parametrize("wrong", ["nothing", "..%2F..%2Fshop", ".hidden"])
def test_a_name_that_is_not_in_the_mailbox_is_not_found(client: Client, name: str, wrong: str) -> None:
    assert client.get(f"/mailbox/{wrong}/").status_code == 404
    assert client.get(f"/mailbox/{name}/attachments/9/").status_code == 404


def test_it_is_closed_outside_development(client: Client, name: str, settings: Any) -> None:
    settings.MAILBOX_ENABLED = False
    paths = ("/mailbox/", f"/mailbox/{name}/", f"/mailbox/{name}/html/", f"/mailbox/{name}/attachments/0/")
    assert [client.get(path).status_code for path in paths] == [404] * 4


def test_health_tells_how_long_the_oldest_mail_has_been_due(saleor: SaleorDouble, mailbox: Mailbox) -> None:
    assert health.oldest_due() == {"safety": None, "service": None, "care": None}
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    MailPlan.objects.filter(mail_class="safety").update(due_at="2026-01-01T00:00:00Z")
    ages = health.oldest_due()
    assert ages["safety"] is not None
    assert ages["safety"].days > 0
    sweep.sweep()
    assert health.oldest_due() == {"safety": None, "service": None, "care": None}
    assert health.heartbeat_ages().get("sweep") is not None
