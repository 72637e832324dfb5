"""The money of one purchase on each surface, for every way to lower it: the rows add up to the cent and carry their names.

Page, admin, mail x voucher (order, line, delivery) x gift card (none, part, whole) x prices (entered and shown with tax
or without), before and after a part of it is refunded. The same tests run on PostgreSQL, in a process of their own.
"""

import html
import re
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from store.engine.accounts.models import User
from store.engine.channels.models import TaxConfiguration
from store.engine.checkout import promo_codes
from store.engine.discounts import gift_cards
from store.engine.discounts.models import Voucher, VoucherChannelListing, VoucherCode
from store.engine.events import internal_app
from store.engine.orders.models import Order
from store.mailer import composition, orders
from store.mailer.mail_classes import Kind
from store.mailer.models import MailPlan
from store.storefront import cart_cookie
from store.storefront.cart_cookie import CartCookie
from store.storefront.channels import SEEDED
from tests.engine import checkout_flow
from tests.engine.api_client import gid
from tests.engine.checkout_flow import Shop
from tests.engine.orders.order_flow import refund

pytestmark = pytest.mark.django_db(transaction=True)

VOUCHERS: dict[str, dict[str, Any]] = {
    "none": {},
    "order": {"type": "ENTIRE_ORDER", "discount_value_type": "PERCENTAGE"},
    "line": {"type": "SPECIFIC_PRODUCT", "discount_value_type": "PERCENTAGE"},
    "delivery": {"type": "SHIPPING", "discount_value_type": "PERCENTAGE"},
}
CARDS = {"none": None, "part": "20.00", "whole": "500.00"}
PRICES = {
    "net": (False, False),
    "gross": (True, True),
    "net shown gross": (False, True),
    "gross shown net": (True, False),
}


@pytest.mark.parametrize(
    ("prices", "voucher", "card"),
    list(product(PRICES, VOUCHERS, CARDS)),
    ids=lambda value: value.replace(" ", "-"),
)
def test_every_surface_shows_the_same_sums(prices: str, voucher: str, card: str) -> None:
    entered_with_tax, shown_with_tax = PRICES[prices]
    shop = checkout_flow.create_shop(entered_with_tax=entered_with_tax)
    TaxConfiguration.objects.update(display_gross_prices=shown_with_tax)
    shopper = _shopper(shop, voucher, CARDS[card])
    pages = {
        path: shopper.get(path).text
        for path in ("/cart/", "/checkout/", "/checkout/delivery/", "/checkout/payment/")
    }
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', pages["/checkout/payment/"]))
    order = shopper.post("/checkout/payment/", form, follow=True)
    assert order.redirect_chain[-1][0].startswith("/orders/"), order.text
    pages["order"] = order.text

    shown = {path: _rows(page) for path, page in pages.items()}
    rows = shown["order"]
    for path, others in shown.items():
        assert list(others) == list(rows), path
        assert others == rows, path
        assert adds_up(others), path
    assert rows["Total"] == Order.objects.get().total_gross_amount
    assert sum(_line_prices(pages["order"])) == rows["Subtotal"]
    assert ("Discount SPRING" in rows) == (voucher in ("order", "line"))
    assert ("Discount on delivery, SPRING" in rows) == (voucher == "delivery")
    assert ("Gift card ending in 4711" in rows) == (card != "none")
    assert ("Tax" in rows) == (not shown_with_tax)

    address = order.redirect_chain[-1][0]
    _check_admin_and_mail(Order.objects.get(), rows)
    if card != "whole":  # a card is given back by its balance, not by the payment
        refund(Order.objects.get(), "5.00")
        assert _rows(shopper.get(address).text) == rows
        admin, mail = _check_admin_and_mail(Order.objects.get(), rows, about="5.00")
        assert f"Refunded $5.00 of ${rows['Total']}" in admin
        assert "$5.00" in mail


def _check_admin_and_mail(order: Order, rows: dict[str, Decimal], *, about: str = "") -> tuple[str, str]:
    """Both show the amounts of the order page in its order, and the names. `about`: of the mail of a refund.

    Returns the admin's page, and the text of the mail: of the refund if there is one, else the confirmation.
    """
    admin = _admin_page(order)
    shown = _admin_rows(admin)
    assert adds_up(shown)
    assert list(shown.values()) == list(rows.values())
    confirmation = _mail(order, Kind.ORDER_CONFIRMATION)
    mailed = _mail_rows(confirmation)
    assert list(mailed.values()) == list(rows.values())
    for name in ("SPRING", "4711"):
        is_named = any(name in label for label in rows)
        assert any(name in label for label in shown) == any(name in label for label in mailed) == is_named
    return admin, _mail(order, Kind.ORDER_REFUNDED, about) if about else confirmation


def _admin_page(order: Order) -> str:
    merchant = User.objects.filter(is_superuser=True).first() or User.objects.create_superuser(
        "merchant@example.com", "cupwell-demo"
    )
    client = Client()
    client.force_login(merchant)
    return html.unescape(client.get(f"/admin/orders/order/{order.pk}/change/").text)


def _admin_rows(page: str) -> dict[str, Decimal]:
    sums = re.sub(r"</?strong>", "", page[page.index("<tfoot>") :].partition("</tfoot>")[0])
    found = re.findall(r'<td colspan="4"[^>]*>(.*?)</td><td[^>]*>(.*?)</td>', sums)
    return {label: _amount(text) for label, text in found}


def _mail(order: Order, kind: Kind, about: str = "") -> str:
    """The text part of a mail of the order, which is fetched as the mailer does."""
    internal_app.ensure_app()
    fetched = orders.fetch(gid(order))
    assert fetched
    plan = MailPlan(
        message_id="<1@cupwell.example>",
        kind=kind,
        about=about,
        locale="en",
        order_id=fetched.id,
        order_number=fetched.number,
    )
    return composition.compose(plan, fetched, recipient=fetched.email).text


def _mail_rows(text: str) -> dict[str, Decimal]:
    """Without the lines of goods, which begin with their quantity."""
    found = re.findall(r"^(\S.*?) +(-?\$[\d.,]+)$", text, flags=re.M)
    return {label: _amount(amount) for label, amount in found if not re.match(r"\d+ × ", label)}


def adds_up(rows: dict[str, Decimal]) -> bool:
    return (
        sum(amount for label, amount in rows.items() if label not in ("Total", "of which tax"))
        == rows["Total"]
    )


def _shopper(shop: Shop, voucher: str, card: str | None) -> Client:
    """A shopper with 3 cups of 19.99 and one of 7.77, ready to pay, with voucher and gift card."""
    lines = ((shop.variant("CUP", price="19.99"), 3), (shop.variant("PUMP", price="7.77"), 1))
    checkout = checkout_flow.checkout_ready_to_pay(shop, *lines)
    if options := VOUCHERS[voucher]:
        _voucher(shop, **options)
        promo_codes.add_code(checkout_id=checkout.pk, code="SPRING")
    if card:
        gift_cards.issue(amount=Decimal(card), currency="USD", code="SECRET-4711")
        promo_codes.add_code(checkout_id=checkout.pk, code="SECRET-4711")
    response = HttpResponse()
    cart_cookie.write(RequestFactory().get("/"), response, SEEDED[0], CartCookie(gid(checkout), 4))
    shopper = Client()
    shopper.cookies.update(response.cookies)
    return shopper


def _voucher(shop: Shop, **options: Any) -> None:
    voucher = Voucher.objects.create(name="Spring sale", **options)
    VoucherCode.objects.create(voucher=voucher, code="SPRING")
    VoucherChannelListing.objects.create(
        voucher=voucher, channel=shop.channel, currency="USD", discount_value=Decimal(15)
    )
    voucher.variants.add(shop.variants["CUP"])


def _rows(page: str) -> dict[str, Decimal]:
    totals = page[page.index('<dl class="totals">') :].partition("</dl>")[0]
    return {
        html.unescape(label): _amount(text)
        for label, text in re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", totals)
    }


def _line_prices(page: str) -> list[Decimal]:
    return [_amount(text) for text in re.findall(r'<p class="price">(.*?)</p>', page)]


def _amount(text: str) -> Decimal:
    return Decimal(html.unescape(text).replace("$", "").replace(",", "").replace("\u2212", "-"))
