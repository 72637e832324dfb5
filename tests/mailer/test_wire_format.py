"""The bytes that go to the mail server: headers as RFC 5322, 8058 and 2369 want them, whatever their length."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from typing import Any

import pytest
import time_machine

from store.mailer import sweep
from store.mailer.inbox import receive
from store.mailer.models import MailPlan
from tests.faults.smtp_server import FaultySmtp
from tests.mailer.conftest import ORDER, Mailbox, ship_order
from tests.mailer.saleor_double import SaleorDouble, event

pytestmark = pytest.mark.django_db
LONG_DOMAIN = "a-very-long-name-of-a-small-shop-with-a-lot-of-words-in-it.example"


@pytest.fixture
def server(mailbox: Mailbox, settings: Any) -> Iterator[FaultySmtp]:
    with FaultySmtp() as server:
        settings.EMAIL_URL = server.url
        settings.MAIL_FROM = f"Cupwell <hello@{LONG_DOMAIN}>"
        settings.PUBLIC_URL = f"https://{LONG_DOMAIN}"
        yield server


def headers(raw: bytes) -> dict[str, str]:
    """The header lines as they were sent, by lower-case name; a folded one keeps its line breaks."""
    head = raw.partition(b"\r\n\r\n")[0].decode("ascii")
    fields = re.split(r"\r\n(?![ \t])", head)
    return {name.lower(): value for name, _, value in (field.partition(": ") for field in fields)}


def send_all(saleor: SaleorDouble, server: FaultySmtp) -> dict[str, bytes]:
    """Every mail of an order that was paid, sent and delivered, by kind."""
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
        sweep.sweep()
        parcel = ship_order(saleor, created="2026-11-21T10:00:00+00:00")
        receive(event("FulfillmentCreated", saleor.orders[ORDER], parcel), source="test")
        sweep.sweep()
        parcel["deliveredAt"] = "2026-11-21T10:00:00+00:00"
        receive(event("FulfillmentMetadataUpdated", saleor.orders[ORDER], parcel), source="test")
        clock.shift(5 * 3600)
        sweep.sweep()
    by_id = {headers(raw)["message-id"]: raw for raw in server.accepted}
    return {plan.kind: by_id[plan.message_id] for plan in MailPlan.objects.filter(state="sent")}


def test_every_header_leaves_as_it_was_written(saleor: SaleorDouble, server: FaultySmtp) -> None:
    sent = send_all(saleor, server)
    assert sorted(sent) == ["how-to", "order-confirmation", "safety-first", "shipped"]
    confirmation_id = MailPlan.objects.get(kind="order-confirmation").message_id
    assert confirmation_id.endswith(f"@{LONG_DOMAIN}>")
    for raw in sent.values():
        assert headers(raw)["content-language"] == "en"
        assert headers(raw)["auto-submitted"] == "auto-generated"
        assert b"=?" not in raw.partition(b"\r\n\r\n")[0]
        assert max(map(len, raw.split(b"\r\n"))) <= 998
    for kind in ("how-to", "shipped"):
        assert headers(sent[kind])["references"] == confirmation_id
        assert headers(sent[kind])["in-reply-to"] == confirmation_id


def test_the_way_out_of_the_how_to_mails_is_one_url_and_works(
    saleor: SaleorDouble, server: FaultySmtp, client: Any
) -> None:
    sent = send_all(saleor, server)
    found = headers(sent["how-to"])
    assert found["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    url = re.fullmatch(rf"<https://{LONG_DOMAIN}(/mail/unsubscribe/\S+/)>", found["list-unsubscribe"])
    assert url is not None
    answer = client.post(url[1], {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not any("list-unsubscribe" in headers(sent[kind]) for kind in sent if kind != "how-to")


@pytest.mark.parametrize(
    ("address", "to"),
    [
        ("kunde@straße.example", "kunde@xn--strae-oqa.example"),
        ("ada@exämple.de", "ada@xn--exmple-cua.de"),
        ("a" * 60 + "@" + "b" * 60 + ".example", "a" * 60 + "@" + "b" * 60 + ".example"),
    ],
    ids=["sharp s", "umlaut", "long"],
)
def test_the_recipient_is_written_as_mail_servers_know_it(
    saleor: SaleorDouble, server: FaultySmtp, address: str, to: str
) -> None:
    saleor.orders[ORDER]["userEmail"] = address
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    sweep.sweep()
    assert {headers(raw)["to"] for raw in server.accepted} == {to}
    assert MailPlan.objects.filter(state="sent").count() == 2


def test_a_long_subject_outside_ascii_is_read_back_whole(saleor: SaleorDouble, server: FaultySmtp) -> None:
    saleor.orders[ORDER]["number"] = "Grüße-" * 30
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    sweep.sweep()
    subjects = [message_from_bytes(raw, policy=policy.default)["Subject"] for raw in server.accepted]
    assert all("Grüße-" * 30 in subject for subject in subjects)
    assert len(subjects) == 2


def test_care_mails_have_a_sender_of_their_own_where_one_is_set(
    saleor: SaleorDouble, server: FaultySmtp, settings: Any
) -> None:
    settings.MAIL_CARE_FROM = "Cupwell guides <guides@cupwell.example>"
    settings.MAIL_FROM = "Cupwell <hello@cupwell.example>"
    sent = {kind: headers(raw)["from"] for kind, raw in send_all(saleor, server).items()}
    assert {kind for kind, sender in sent.items() if sender == settings.MAIL_CARE_FROM} == {"how-to"}
    assert {sender for kind, sender in sent.items() if kind != "how-to"} == {settings.MAIL_FROM}
