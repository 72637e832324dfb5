"""The list of saved products: its address is all that the shop knows of it."""

import re

from django.test import Client

from tests.storefront.saleor_double import SaleorDouble

TWO = "/wishlist/?product=glass-valve-set&product=silicone-starter-set"


def slugs_of(page: str) -> list[str]:
    return re.findall(r'<h3><a href="/products/([^/]+)/"', page)


def test_it_shows_the_products_of_its_address_in_their_order(shopper: Client) -> None:
    page = shopper.get(TWO)
    assert slugs_of(page.text) == ["glass-valve-set", "silicone-starter-set"]
    assert (
        'href="/wishlist/?product=silicone-starter-set" rel="nofollow" data-take-out="glass-valve-set"'
        in page.text
    )
    assert (page["X-Robots-Tag"], page.cookies.output()) == ("noindex", "")


def test_what_is_not_sold_and_what_comes_twice_is_left_out(shopper: Client) -> None:
    page = shopper.get(f"{TWO}&product=moon-cup&product=glass-valve-set")
    assert slugs_of(page.text) == ["glass-valve-set", "silicone-starter-set"]


def test_what_is_not_sold_any_more_is_said_and_can_be_taken_out(shopper: Client) -> None:
    assert "data-gone" not in shopper.get(TWO).text
    assert 'data-gone="moon-cup"' in shopper.get(f"{TWO}&product=moon-cup").text
    all_gone = shopper.get("/wishlist/?product=moon-cup&product=sun-cup").text
    assert 'data-gone="moon-cup sun-cup"' in all_gone
    assert "Nothing is saved here." not in all_gone


def test_an_empty_list_asks_the_shop_for_no_product_and_leads_on(
    shopper: Client, saleor: SaleorDouble
) -> None:
    page = shopper.get("/wishlist/").text
    assert "Nothing is saved here." in page
    assert 'class="button" href="/products/"' in page
    assert "ProductList" not in [name for name, _variables in saleor.requests]


def test_each_product_can_be_saved(shopper: Client) -> None:
    assert 'data-slug="glass-valve-set"' in shopper.get("/products/glass-valve-set/").text
