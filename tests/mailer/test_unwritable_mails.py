"""A mail that can't be written in full leaves in plain text: nasty characters, huge orders, a layout that fails."""

from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.mailer import composition, sweep
from store.mailer.inbox import receive
from store.mailer.mail_classes import Kind
from store.mailer.models import MailAttempt
from tests.mailer.conftest import ORDER, SHIPMENT, Mailbox, states
from tests.mailer.saleor_double import SaleorDouble, event, fulfillment, gid, line
from tests.mailer.test_mail_texts import Words, compose_mail

pytestmark = pytest.mark.django_db


def lines(count: int) -> list[dict[str, Any]]:
    return [line(no, f"Silicone Set {no}", "Teal", 1, 10.0, "silicone-cups@1.0") for no in range(count)]


@pytest.fixture
def broken_layout(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(source: str) -> str:
        raise ValueError("unable to parse next template in root template")

    monkeypatch.setattr(composition, "_rendered", {})
    monkeypatch.setattr(composition.mjml, "mjml2html", fail)


def test_a_layout_that_fails_leaves_the_text_and_the_insert(
    saleor: SaleorDouble, mailbox: Mailbox, broken_layout: None, caplog: pytest.LogCaptureFixture
) -> None:
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    sweep.sweep()
    assert set(states().values()) == {"sent"}
    safety = mailbox.find("Read this")
    assert safety.get_body(("html",)) is None
    assert "Read this before you use your cups" in safety.get_body(("plain",)).get_content()
    assert len(list(safety.iter_attachments())) == 2
    reasons = set(MailAttempt.objects.values_list("text_only_because", flat=True))
    assert reasons == {"ValueError: unable to parse next template in root template"}
    assert "leaves in plain text" in caplog.text


def test_a_whole_mail_has_no_such_mark(saleor: SaleorDouble, mailbox: Mailbox) -> None:
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    sweep.sweep()
    assert set(MailAttempt.objects.values_list("text_only_because", flat=True)) == {""}


NASTY = "\x00\x07\x0b\x1b\x7f\x85\u2028\ufffe\uffff\ud83d"


@pytest.mark.parametrize("kind", [Kind.ORDER_CONFIRMATION, Kind.SAFETY_FIRST, Kind.SHIPPED])
def test_characters_that_no_mail_can_carry_are_left_out(
    saleor: SaleorDouble, mailbox: Mailbox, kind: Kind
) -> None:
    """In every text of an order: names, street, product, delivery, number."""
    order = saleor.orders[ORDER]
    address = order["billingAddress"] | {"firstName": f"A{NASTY}da", "streetAddress1": f"Ma{NASTY}in St 1"}
    order |= {"billingAddress": address, "shippingAddress": address, "shippingMethodName": f"Sta{NASTY}ndard"}
    order["lines"][0] |= {"productName": f"Silicone{NASTY} Set", "variantName": f"Te{NASTY}al"}
    order["fulfillments"] = [fulfillment(SHIPMENT)]
    found = compose_mail(kind, "", "en", dict(order))
    assert (found.text_only_because, bool(found.html)) == ("", True)
    both = found.text + found.html + found.subject
    assert not set(both) & set(NASTY.replace("\x7f", "").replace("\x85", "").replace("\u2028", ""))
    both.encode()


@given(st.text(st.characters(exclude_categories=()), max_size=40))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_leaves_in_both_parts(text: str) -> None:
    item = line(1, text or "x", text, 1, 10.0, None)
    found = compose_mail(
        Kind.ORDER_CONFIRMATION,
        "",
        "en",
        {"lines": [item], "shippingMethodName": text, "number": text or "1"},
    )
    assert found.text_only_because == ""
    assert found.as_bytes(at=timezone.now())


@pytest.mark.parametrize("count", [60, 61, 300, 2000])
def test_an_order_of_any_length_gets_a_whole_confirmation(
    saleor: SaleorDouble, mailbox: Mailbox, count: int
) -> None:
    saleor.orders[ORDER]["lines"] = lines(count)
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    sweep.sweep()
    assert set(states().values()) == {"sent"}
    message = mailbox.find("Your Cupwell order")
    text = message.get_body(("plain",)).get_content()
    assert text.count("1 × Silicone Set") == 60
    assert (f"and {count - 60} more, see your order page" in text) == (count > 60)
    html = message.get_body(("html",)).get_content()
    assert len(html.encode()) < composition.HTML_LIMIT
    assert "Total" in Words(html).pieces


@pytest.mark.parametrize(("lang", "sentence"), [("de", "und 240 weitere"), ("es", "y 240 más")])
def test_the_rest_is_told_in_the_mails_language(lang: str, sentence: str) -> None:
    assert sentence in compose_mail(Kind.ORDER_CONFIRMATION, "", lang, {"lines": lines(300)}).text


def test_a_parcel_of_2000_lines_is_told(saleor: SaleorDouble, mailbox: Mailbox) -> None:
    parts = [{"quantity": 1, "orderLine": {"id": gid("OrderLine", no)}} for no in range(2000)]
    saleor.orders[ORDER] |= {"lines": lines(2000), "fulfillments": [fulfillment(SHIPMENT, lines=parts)]}
    receive(
        event("FulfillmentCreated", saleor.orders[ORDER], saleor.orders[ORDER]["fulfillments"][0]),
        source="test",
    )
    sweep.sweep()
    assert "and 1940 more" in mailbox.find("on its way").get_body(("plain",)).get_content()
