"""What a delivery costs and when it arrives, on the product page and in the cart, before there is an address."""

import json
import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from store.storefront import delivery_offers
from store.storefront.delivery_offers import DeliveryOffer, estimate, working_days_after
from store.storefront.values import Money
from tests.storefront.conftest import put_in_cart
from tests.storefront.saleor_double import SaleorDouble, usd

ADDRESS = "/products/silicone-starter-set/"
WEDNESDAY = date(2026, 12, 2)
PAID = DeliveryOffer("Standard", Money(Decimal("4.90"), "USD"), 3, 6, None, Decimal("59.99"))
FREE = DeliveryOffer("Standard", Money(Decimal("0"), "USD"), 3, 6, Decimal("60"), None)


@pytest.fixture(autouse=True)
def _wednesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery_offers.timezone, "localdate", lambda: WEDNESDAY)


@pytest.mark.parametrize(
    ("day", "number", "arrives"),
    [(2, 1, 3), (2, 3, 7), (4, 1, 7), (5, 1, 7), (6, 1, 7), (2, 0, 2), (2, 8, 14)],
)
def test_weekends_are_no_working_days(day: int, number: int, arrives: int) -> None:
    assert working_days_after(date(2026, 12, day), number) == date(2026, 12, arrives)


def dollars(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def test_the_cheapest_that_fits_the_value_counts() -> None:
    found = estimate([FREE, PAID], dollars("29"))
    assert found
    assert (found.price, found.free_from, found.missing) == (dollars("4.90"), dollars("60"), dollars("31"))
    assert (found.earliest, found.latest) == (date(2026, 12, 7), date(2026, 12, 10))


def test_what_is_free_already_names_no_limit() -> None:
    found = estimate([FREE, PAID], dollars("60"))
    assert found
    assert (found.price.amount, found.free_from) == (0, None)


def test_nothing_is_promised_where_no_method_fits_or_days_are_not_known() -> None:
    assert estimate([FREE], dollars("29")) is None
    assert estimate([PAID], Money(Decimal(29), "EUR")) is None
    assert estimate([PAID], None) is None
    unknown = estimate([DeliveryOffer("Post", dollars("3"), None, None, None, None)], dollars("29"))
    assert unknown
    assert (unknown.earliest, unknown.latest) == (None, None)


def test_the_buy_box_says_cost_and_days(shopper: Client) -> None:
    page = shopper.get(ADDRESS).text
    assert "Delivery from $4.90." in page
    assert "Estimated arrival if you order today: Mon, Dec 7 to Wed, Dec 9" in page


@pytest.mark.parametrize(
    ("path", "words"), [("/de", ("Versand ab", "7. Dez.")), ("/es", ("Envío desde", "7 de dic"))]
)
def test_it_does_so_in_each_language(shopper: Client, path: str, words: tuple[str, str]) -> None:
    page = shopper.get(f"{path}{ADDRESS}").text
    assert all(word in page for word in words)


def test_the_buy_box_is_silent_where_the_shop_has_no_method(shopper: Client, saleor: SaleorDouble) -> None:
    saleor.methods = []
    page = shopper.get(ADDRESS).text
    assert 'class="delivery"' not in page
    assert "shippingDetails" not in page


def test_machines_read_the_delivery_of_each_offer(shopper: Client) -> None:
    found = re.search(r'<script type="application/ld\+json">(.+?)</script>', shopper.get(ADDRESS).text)
    assert found
    details: Any = json.loads(found[1])["offers"][0]["shippingDetails"]
    assert [one["shippingRate"]["value"] for one in details] == ["4.90", "12.00"]
    assert details[0]["shippingDestination"]["addressCountry"] == "US"
    assert details[0]["deliveryTime"]["transitTime"]["maxValue"] == 5


def test_the_cart_says_what_is_missing_for_free_delivery(shopper: Client, saleor: SaleorDouble) -> None:
    put_in_cart(shopper, saleor)
    checkout = saleor.fill_cart(SIL_START_TEAL_SOFT=1)
    checkout["delivery"] = None
    free = dict(saleor.methods[0], price=usd(0), minimumOrderPrice=usd(60))
    saleor.methods = [dict(saleor.methods[0], maximumOrderPrice=usd(59.99)), free]
    page = shopper.get("/cart/").text
    price = checkout["subtotalPrice"]["gross"]["amount"]
    assert "Delivery from $4.90." in page
    assert f"${60 - price:.2f} more and delivery is free." in page


def test_a_cart_with_a_chosen_delivery_has_no_estimate(buyer: Client) -> None:
    assert 'class="delivery"' not in buyer.get("/cart/").text
