"""Money, address and greeting in mails: they add up, as on the order page, in the mail's language, to the buyer."""

import re
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from store.mailer.mail_classes import Kind
from tests.mailer.saleor_double import ADDRESS, line, taxed
from tests.mailer.test_mail_texts import Words, compose_mail

pytestmark = pytest.mark.django_db
PARTS = ("voucher", "line_voucher", "shipping_voucher", "card", "whole_card", "net")
# An order has one voucher code, which is on the order, on lines or on the delivery; and a card pays a part or all.
CASES = [
    case
    for flags in product((False, True), repeat=len(PARTS))
    if not (case := dict(zip(PARTS, flags, strict=True)))["line_voucher"]
    or not (case["voucher"] or case["shipping_voucher"])
    if not (case["card"] and case["whole_card"])
]


def priced(**case: bool) -> dict[str, Any]:
    """An order of 29.00 with 19 % tax and delivery of 4.90, lowered as the case says."""

    def of(net: str) -> dict[str, Any]:
        gross = (Decimal(net) * Decimal("1.19")).quantize(Decimal("0.01"))
        return taxed(float(gross), "EUR", net=float(net))

    is_lowered = case["voucher"] or case["line_voucher"]
    goods = of("26.10" if is_lowered else "29.00")
    shipping = of("0" if case["shipping_voucher"] else "4.90")
    whole = Decimal(str(goods["gross"]["amount"])) + Decimal(str(shipping["gross"]["amount"]))
    card = whole if case["whole_card"] else Decimal(20 if case["card"] else 0)
    item = line(1, "Silicone Set", "Teal", 1, 0.0, "silicone-cups@1.0")
    discounts = [
        *([("TENOFF", 2.90)] if case["voucher"] else []),
        *([("FREESHIP", 5.83)] if case["shipping_voucher"] else []),
    ]
    return {
        "displayGrossPrices": not case["net"],
        "voucherCode": "TENOFF" if is_lowered else None,
        "discounts": [
            {"name": name, "type": "MANUAL", "amount": {"amount": amount}} for name, amount in discounts
        ],
        "giftCards": [{"last4CodeChars": "C4RD"}] if card else [],
        "lines": [item | {"totalPrice": goods, "undiscountedTotalPrice": of("29.00")}],
        "fulfillments": [],
        "subtotal": goods,
        "shippingPrice": shipping,
        "shippingTaxRate": 0.19,
        "undiscountedShippingPrice": {"amount": 4.90 if case["net"] else 5.83},
        "total": taxed(float(whole - card), "EUR", net=float(whole - card)),
        "totalCharged": {"amount": float(whole - card)},
    }


def amounts(text: str) -> list[tuple[str, Decimal]]:
    """Label and amount of each line of the sums."""
    found = re.findall(r"^(\S.*?) +(-?€[\d.,]+)$", text, flags=re.M)
    return [(label, Decimal(amount.replace("€", ""))) for label, amount in found]


@pytest.mark.parametrize(
    "case",
    CASES,
    ids=lambda case: "-".join(name for name, on in case.items() if on) or "plain",
)
def test_the_sums_of_a_confirmation_add_up(case: dict[str, bool]) -> None:
    mail = compose_mail(Kind.ORDER_CONFIRMATION, "", "en", priced(**case))
    rows = dict(amounts(mail.text))
    total, tax_included = rows.pop("Total"), rows.pop("Tax included", None)
    goods = rows.pop("1 × Silicone Set, Teal")
    assert goods == rows["Subtotal"]
    assert sum(rows.values()) == total
    assert ("Tax" in rows) == case["net"]
    assert (tax_included is not None) == (not case["net"])
    assert ("Gift card ending in C4RD" in rows) == (case["card"] or case["whole_card"])
    assert any("TENOFF" in label for label in rows) == (case["voucher"] or case["line_voucher"])
    html = " ".join(Words(mail.html).pieces)
    assert all(f"€{abs(amount):.2f}" in html for amount in rows.values())


@pytest.mark.parametrize(("lang", "country"), [("en", "Germany"), ("de", "Deutschland"), ("es", "Alemania")])
def test_the_address_is_that_of_its_country_in_the_mails_language(lang: str, country: str) -> None:
    address = ADDRESS | {
        "streetAddress1": "Hauptstraße 5",
        "city": "Berlin",
        "postalCode": "10115",
        "countryArea": "",
        "country": {"code": "DE", "country": "Germany"},
    }
    mail = compose_mail(Kind.ORDER_CONFIRMATION, "", lang, {"shippingAddress": address})
    assert f"Ada Guest\nHauptstraße 5\n10115 Berlin\n{country}\n" in mail.text
    pieces = Words(mail.html).pieces
    at = pieces.index("Hauptstraße 5")
    assert pieces[at - 1 : at + 3] == ["Ada Guest", "Hauptstraße 5", "10115 Berlin", country]


def test_an_address_in_the_united_states_is_written_their_way() -> None:
    assert "MOUNTAIN VIEW, CA 94043\nUnited States\n" in compose_mail(Kind.ORDER_CONFIRMATION, "", "en").text


def test_the_buyer_is_greeted_and_not_who_gets_the_parcel() -> None:
    given = {
        "billingAddress": ADDRESS | {"firstName": "Bob"},
        "shippingAddress": ADDRESS | {"firstName": "Alice"},
    }
    assert compose_mail(Kind.ORDER_CONFIRMATION, "", "en", given).text.startswith("Thank you, Bob\n")
    assert "Hello Bob, this mail is" in compose_mail(Kind.SAFETY_FIRST, "", "en", given).text


def test_an_account_is_greeted_where_there_is_no_billing_address() -> None:
    given = {"billingAddress": None, "user": {"firstName": "Bob"}}
    assert compose_mail(Kind.ORDER_CONFIRMATION, "", "en", given).text.startswith("Thank you, Bob\n")


@pytest.mark.parametrize(
    "name", ["You won! https://evil.example", "evil.com", "BUY CHEAP PILLS", "A\nB", "5"]
)
def test_a_name_that_is_none_is_not_greeted(name: str) -> None:
    given = {"billingAddress": ADDRESS | {"firstName": name}, "user": None}
    mail = compose_mail(Kind.ORDER_CONFIRMATION, "", "en", given)
    assert mail.text.startswith("Thank you\n")
    assert Words(mail.html).pieces[1] == "Thank you"
