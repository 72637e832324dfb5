"""The product feed for merchant centers, the market in the address, and the web app manifest."""

import json
import re
from xml.etree import ElementTree

import pytest
from django.test import Client

from tests.storefront.saleor_double import SaleorDouble, money

G = "{http://base.google.com/ns/1.0}"


def items(shopper: Client, path: str = "/feeds/products.xml") -> dict[str, ElementTree.Element]:
    page = shopper.get(path)
    assert page["Content-Type"] == "application/xml; charset=utf-8"
    found = ElementTree.fromstring(page.content).iter("item")
    return {str(item.findtext(f"{G}id")): item for item in found}


def test_every_variant_with_a_price_and_a_picture_is_in_it(shopper: Client, saleor: SaleorDouble) -> None:
    skus = {v["sku"] for p in saleor.products if p["thumbnail"] for v in p["all_variants"]}
    assert set(items(shopper)) == skus


def test_an_item_says_what_the_page_says(shopper: Client, saleor: SaleorDouble) -> None:
    saleor.variant("SIL-START-TEAL-SOFT")["quantityAvailable"] = 0
    item = items(shopper)["SIL-START-TEAL-SOFT"]
    assert item.findtext(f"{G}price") == "29.00 USD"
    assert item.findtext(f"{G}availability") == "out_of_stock"
    assert item.findtext(f"{G}item_group_id") == "silicone-starter-set"
    link = item.findtext("link") or ""
    assert link == "https://cupwell.example/products/silicone-starter-set/?sku=SIL-START-TEAL-SOFT"
    assert [one.findtext(f"{G}price") for one in item.iter(f"{G}shipping")] == ["4.90 USD", "12.00 USD"]


def test_a_reduced_price_stands_beside_the_one_before(shopper: Client, saleor: SaleorDouble) -> None:
    saleor.variant("SIL-START-TEAL-SOFT")["pricing"]["priceUndiscounted"] = money(35)
    saleor.variant("SIL-START-TEAL-SOFT")["pricing"]["price"] = money(29)
    item = items(shopper)["SIL-START-TEAL-SOFT"]
    assert (item.findtext(f"{G}price"), item.findtext(f"{G}sale_price")) == ("35.00 USD", "29.00 USD")


def test_what_is_not_for_sale_or_has_no_picture_is_left_out(shopper: Client, saleor: SaleorDouble) -> None:
    saleor.product("silicone-starter-set")["isAvailableForPurchase"] = False
    saleor.product("glass-valve-set")["thumbnail"] = None
    found = {item.findtext(f"{G}item_group_id") for item in items(shopper).values()}
    assert found.isdisjoint({"silicone-starter-set", "glass-valve-set"})


def test_no_name_ends_an_element(shopper: Client, saleor: SaleorDouble) -> None:
    saleor.product("silicone-starter-set")["name"] = "Cups & <b>more</b>"
    assert (items(shopper)["SIL-START-TEAL-SOFT"].findtext("title") or "").startswith("Cups & <b>more</b>, ")


def test_market_and_language_are_those_of_the_address(shopper: Client, saleor: SaleorDouble) -> None:
    item = items(shopper, "/de/feeds/products.xml?market=eu")["SIL-START-TEAL-SOFT"]
    link = item.findtext("link") or ""
    assert link.endswith("/de/products/silicone-starter-set/?sku=SIL-START-TEAL-SOFT&market=eu")
    sent = dict(saleor.requests)["ProductFeed"]
    assert (sent["channel"], sent["country"], sent["language"]) == ("eu", "DE", "DE")


def test_a_link_with_a_market_shows_it_and_its_choices_stay_in_it(
    shopper: Client, saleor: SaleorDouble
) -> None:
    page = shopper.get("/products/silicone-starter-set/?market=eu")
    assert dict(saleor.requests)["ProductPage"]["channel"] == "eu"
    assert not page.cookies
    options = re.findall(r'class="option[^"]*" href="([^"]+)"', page.text)
    assert options
    assert all(url.endswith("&amp;market=eu") for url in options)


def test_who_buys_there_goes_on_there(shopper: Client, saleor: SaleorDouble) -> None:
    variant = saleor.variant("SIL-START-TEAL-SOFT")["id"]
    form = {"variant": variant, "quantity": "1"}
    answer = shopper.post("/products/silicone-starter-set/?market=eu", form)
    assert answer.cookies["region"].value == "eu"
    assert "cart-eu" in answer.cookies


@pytest.mark.parametrize("market", ["", "moon", "%00"])
def test_an_unknown_market_is_the_default_one(shopper: Client, saleor: SaleorDouble, market: str) -> None:
    assert shopper.get(f"/products/silicone-starter-set/?market={market}").status_code == 200
    assert dict(saleor.requests)["ProductPage"]["channel"] == "default-channel"


@pytest.mark.parametrize(("path", "start"), [("/", "/"), ("/de/", "/de/")])
def test_the_manifest_is_linked_and_starts_in_the_language(shopper: Client, path: str, start: str) -> None:
    assert f'<link rel="manifest" href="{path}app.webmanifest">' in shopper.get(path).text
    answer = shopper.get(f"{path}app.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    found = json.loads(answer.content)
    assert (found["start_url"], found["lang"]) == (start, path.strip("/") or "en")
    assert [icon["sizes"] for icon in found["icons"]] == ["192x192", "512x512"]
