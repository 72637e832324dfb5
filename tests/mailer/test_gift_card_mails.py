"""A gift card reaches its recipient by mail, each time that it is sent; its code is kept nowhere."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import timezone, translation

from store.engine.discounts import gift_cards
from store.engine.discounts.models import GiftCard
from store.engine.events import internal_app, payload_rendering
from store.engine.events.models import Event
from store.engine.orders.models import OrderLine
from store.mailer import inbox, sweep
from store.mailer.inbox import Received
from store.mailer.models import MailBody, MailPlan, OrderEvent
from tests.engine.checkout_flow import create_shop
from tests.engine.orders.order_flow import bought, send
from tests.mailer.conftest import Mailbox

pytestmark = pytest.mark.django_db
CODE, TO = "LOVE-2026-CUPS", "friend@example.com"


@pytest.fixture(autouse=True)
def may_read_cards() -> None:
    internal_app.ensure_app()


def make(**changes: Any) -> GiftCard:
    given: dict[str, Any] = {"amount": Decimal(25), "currency": "EUR", "code": CODE, "email": TO}
    return gift_cards.create(**given | {"channel": "us"} | changes)


def deliver() -> list[Received]:
    """Each recorded event twice, as after a crash."""
    found = []
    for event in Event.objects.filter(type="GIFT_CARD_SENT"):
        payload = payload_rendering.render(inbox.SUBSCRIPTION, event)
        assert payload
        found += [inbox.receive(payload, source="test") for _ in range(2)]
    sweep.sweep()
    return found


def test_it_leaves_once_with_code_and_amount(mailbox: Mailbox, caplog: pytest.LogCaptureFixture) -> None:
    make(expiry_date=timezone.now().date() + timedelta(days=30))
    assert deliver() == [Received.NEW, Received.SEEN]
    (mail,) = mailbox.messages()
    assert (mail["To"], mail["Subject"]) == (TO, "Your gift card: €25.00")
    for part in ("plain", "html"):
        assert CODE in mail.get_body((part,)).get_content()
    body, event = MailBody.objects.get(), OrderEvent.objects.get()
    assert "…" in body.text
    plan = MailPlan.objects.values().get()
    assert not any(CODE in str(kept) for kept in (body.text, body.html, body.values, event.payload, plan))
    assert CODE not in caplog.text
    assert not LogEntry.objects.filter(change_message__contains=CODE).exists()


def test_sent_again_it_is_another_mail_in_the_language_of_its_recipient(mailbox: Mailbox) -> None:
    card = make()
    deliver()
    MailPlan.objects.update(locale="de")
    gift_cards.resend(card_id=card.pk, channel="us", email=TO)
    deliver()
    assert sorted(mailbox.subjects()) == ["Ihre Geschenkkarte: 25,00 €", "Your gift card: €25.00"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"is_active": False}, "not active"),
        ({"current_balance_amount": 0}, "spent"),
        ({"expiry_date": "2020-01-01"}, "expired"),
    ],
)
def test_a_card_that_can_not_be_spent_is_not_sent(
    change: dict[str, Any], reason: str, mailbox: Mailbox
) -> None:
    make()
    GiftCard.objects.update(**change)
    deliver()
    assert mailbox.messages() == []
    assert reason in MailPlan.objects.get().cancel_reason


def test_what_was_bought_comes_to_the_buyer_one_mail_a_card(mailbox: Mailbox) -> None:
    shop, order = bought(2)
    OrderLine.objects.update(is_gift_card=True)
    send(shop, order, 2)
    deliver()
    texts = [mail.get_body(("plain",)).get_content() for mail in mailbox.messages()]
    codes = list(GiftCard.objects.values_list("code", flat=True))
    assert sorted(sum(code in text for text in texts) for code in codes) == [1, 1]
    assert {mail["To"] for mail in mailbox.messages()} == {order.user_email}


def test_no_member_of_staff_reads_the_code_in_the_admin(merchant: Client) -> None:
    create_shop()
    make()
    deliver()
    event, plan = OrderEvent.objects.get(), MailPlan.objects.get()
    for path in (f"orderevent/{event.pk}/change/", f"mailplan/{plan.pk}/change/", "orderevent/", "mailplan/"):
        page = merchant.get(f"/admin/mailer/{path}")
        assert (page.status_code, CODE in page.content.decode()) == (200, False)


@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_the_mail_names_the_field_of_the_cart_as_the_shop_does(language: str) -> None:
    with translation.override(language):
        field = translation.gettext("Promo code or gift card")
    text = Path(settings.GUIDES_DIR, "emails", language, "gift-card.md").read_text(encoding="utf-8")
    assert field in text
