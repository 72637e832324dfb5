"""Mails about an order that nobody placed, or about any that somebody did: how they read before the first one leaves.

Nothing is written. The made-up order comes in the form in which a shop answers, so that it goes through the same code.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from store import guidebook
from store.guidebook.mechanisms import CUP_MECHANISMS
from store.mailer import orders, plan_rules, planning
from store.mailer.mail_classes import Kind
from store.mailer.mail_kinds import ABOUT_ORDER, all_kinds, mail_kind
from store.mailer.models import MailPlan
from store.mailer.orders import Order
from store.saleor.client.order_for_mail import OrderForMail

ORDER_ID = "T3JkZXI6MA=="  # Order:0, which no shop has
PARCEL_ID = "RnVsZmlsbG1lbnQ6MA=="
CURRENCY, PRICE = "EUR", Decimal(39)
_OF_A_MESSAGE = (Kind.RETURN_RECEIVED, Kind.RETURN_CLOSED)  # they repeat what somebody wrote
_ADDRESS = {
    "firstName": "Ada",
    "lastName": "Example",
    "companyName": "",
    "streetAddress1": "Musterstraße 1",
    "streetAddress2": "",
    "city": "Berlin",
    "cityArea": "",
    "postalCode": "10115",
    "countryArea": "",
    "country": {"code": "DE", "country": "Germany"},
    "phone": "",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A mail with what it is about, as `MailPlan.about`."""

    kind: Kind
    about: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.about}"

    @property
    def label(self) -> str:
        return f"{self.kind.label} ({self.about})" if self.about else str(self.kind.label)


def choices() -> list[Choice]:
    """Every mail about an order, once for each insert, area or amount that its words differ by."""
    kinds = [one.kind for one in all_kinds() if one.about is ABOUT_ORDER and one.kind not in _OF_A_MESSAGE]
    return [Choice(kind, about) for kind in kinds for about in _abouts(kind)]


def _abouts(kind: Kind) -> Iterator[str]:
    library = guidebook.library()
    match kind:
        case Kind.HOWTO:
            yield from plan_rules.howto_inserts(library.inserts)
        case Kind.AREA:
            yield ""
            yield from (slug for slug, guide in library.guides.items() if guide.topic == "area")
        case Kind.INSERT_CHANGE:
            yield from (f"{slug}@{one.version}" for slug, one in library.inserts.items())
        case Kind.ORDER_REFUNDED:
            yield from (plan_rules.amount_text(PRICE / 2), plan_rules.amount_text(PRICE))
        case _:
            yield ""


def plan(choice: Choice, *, lang: str, order_id: str = ORDER_ID, order_number: str = "0") -> MailPlan:
    """The mail, not written."""
    kind = mail_kind(choice.kind)
    return MailPlan(
        kind=choice.kind,
        mail_class=kind.mail_class,
        about=choice.about,
        locale=lang,
        order_id=order_id,
        order_number=order_number,
        fulfillment_id=PARCEL_ID,
        message_id=planning.new_message_id(),
    )


def order(choice: Choice, *, lang: str) -> Order:
    """An order of one piece of the insert that the mail is about, or of the first cups; sent, and paid."""
    found = OrderForMail.model_validate({"order": _answer(_inserts(choice), choice, lang=lang)}).order
    assert found
    return orders.to_order(found)


def _inserts(choice: Choice) -> list[str]:
    library = guidebook.library()
    slug = choice.about.partition("@")[0]
    if slug in library.inserts:
        return [slug]
    return [next(slug for slug in library.inserts if library.mechanism_of(slug) in CUP_MECHANISMS)]


def _answer(slugs: Sequence[str], choice: Choice, *, lang: str) -> dict[str, Any]:
    total = PRICE * len(slugs)
    refunded = Decimal(choice.about) if choice.kind is Kind.ORDER_REFUNDED else Decimal(0)
    return {
        "id": ORDER_ID,
        "number": "0",
        "created": timezone.now().isoformat(),
        "updatedAt": timezone.now().isoformat(),
        "origin": "CHECKOUT",
        "status": "CANCELED" if choice.kind is Kind.ORDER_CANCELLED else "FULFILLED",
        "isPaid": True,
        "userEmail": "ada@example.com",
        "languageCodeEnum": lang.upper(),
        "user": None,
        "displayGrossPrices": True,
        "voucherCode": None,
        "shippingMethodName": "Standard",
        "collectionPointName": None,
        "discounts": [],
        "giftCards": [],
        "shippingAddress": _ADDRESS,
        "billingAddress": _ADDRESS,
        "subtotal": _taxed(total),
        "shippingPrice": _taxed(Decimal(0)),
        "shippingTaxRate": 0.0,
        "undiscountedShippingPrice": {"amount": 0.0},
        "total": _taxed(total),
        "totalAuthorized": {"amount": 0.0},
        "totalCharged": {"amount": float(total)},
        "totalRefunded": {"amount": float(refunded)},
        "lines": [_line(slug, lang) for slug in slugs],
        "fulfillments": [_parcel(slugs)],
    }


def _line(slug: str, lang: str) -> dict[str, Any]:
    insert = guidebook.library().inserts[slug]
    return {
        "id": slug,
        "productName": insert.title(lang),
        "variantName": "",
        "translatedProductName": "",
        "translatedVariantName": "",
        "productSku": slug,
        "quantity": 1,
        "quantityFulfilled": 1,
        "totalPrice": _taxed(PRICE),
        "undiscountedTotalPrice": _taxed(PRICE),
        "insert": f"{slug}@{insert.version}",
        "variant": None,
    }


def _parcel(slugs: Sequence[str]) -> dict[str, Any]:
    at = timezone.now() - timedelta(days=1)
    return {
        "id": PARCEL_ID,
        "status": "FULFILLED",
        "trackingNumber": "00340434161094042557",
        "created": at.isoformat(),
        "deliveredAt": None,
        "shippedAt": None,
        "carrier": None,
        "lines": [{"quantity": 1, "orderLine": {"id": slug}} for slug in slugs],
    }


def _taxed(amount: Decimal) -> dict[str, Any]:
    money = {"amount": float(amount), "currency": CURRENCY}
    return {"gross": money, "net": money}
