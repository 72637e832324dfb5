"""The product page: variants, stock, guides and insert, structured data, adding to the cart."""

import json
import re

import pytest
from django.test import Client

from tests.storefront.conftest import cart_form, put_in_cart, refused
from tests.storefront.saleor_double import SaleorDouble, connection

ADDRESS = "/products/silicone-starter-set/"


def test_a_product_is_one_call(shopper: Client, saleor: SaleorDouble) -> None:
    assert shopper.get(ADDRESS).status_code == 200
    assert [name for name, _ in saleor.requests] == ["ProductPage"]


def test_a_choice_is_in_the_address(shopper: Client) -> None:
    page = shopper.get(f"{ADDRESS}?colour=blush&firmness=medium").text
    assert "Colour: <strong>Blush</strong>" in page
    assert "Firmness: <strong>Medium</strong>" in page


def test_half_a_choice_takes_what_can_be_bought(shopper: Client, saleor: SaleorDouble) -> None:
    saleor.variant("SIL-START-BLUSH-SOFT")["quantityAvailable"] = 0
    assert "Firmness: <strong>Medium</strong>" in shopper.get(f"{ADDRESS}?colour=blush").text


def test_a_choice_that_is_sold_out_is_marked_and_stays_open(shopper: Client, saleor: SaleorDouble) -> None:
    saleor.variant("SIL-START-BLUSH-SOFT")["quantityAvailable"] = 0
    page = shopper.get(f"{ADDRESS}?colour=teal&firmness=soft").text
    assert "<span>Blush</span><small>out of stock</small>" in page
    assert "Add to cart" in page


def test_a_choice_that_is_not_made_says_with_what_it_is(shopper: Client, saleor: SaleorDouble) -> None:
    product = saleor.variant("SIL-START-BLUSH-SOFT")["product"]
    remaining = [v for v in product["all_variants"] if v["sku"] != "SIL-START-BLUSH-SOFT"]
    product["productVariants"] = connection(remaining)
    page = shopper.get(f"{ADDRESS}?colour=teal&firmness=soft").text
    assert "<span>Blush</span><small>only with Medium</small>" in page


def test_a_gone_choice_says_so_and_shows_what_there_is(shopper: Client) -> None:
    page = shopper.get(f"{ADDRESS}?colour=gold")
    assert page.status_code == 200
    assert "That choice is not made any more." in page.text


def test_stock_is_told_exactly_only_when_it_is_low(shopper: Client, saleor: SaleorDouble) -> None:
    variant = saleor.variant("SIL-START-TEAL-SOFT")
    texts = {}
    for variant["quantityAvailable"] in (60, 5, 1, 0):
        page = shopper.get(f"{ADDRESS}?colour=teal&firmness=soft").text
        texts[variant["quantityAvailable"]] = re.findall(r'class="stock \w+">([^<]+)<', page)
    assert texts == {60: ["In stock"], 5: ["Only 5 left"], 1: ["Only 1 left"], 0: ["Out of stock"]}


def test_what_is_sold_out_has_no_button(shopper: Client, saleor: SaleorDouble) -> None:
    saleor.variant("SIL-START-TEAL-SOFT")["quantityAvailable"] = 0
    page = shopper.get(f"{ADDRESS}?colour=teal&firmness=soft").text
    assert "Add to cart" not in page
    assert "Another one may be in stock." in page
    for one in saleor.variant("SIL-START-TEAL-SOFT")["product"]["all_variants"]:
        one["quantityAvailable"] = 0
    assert "Another one may be in stock." not in shopper.get(f"{ADDRESS}?colour=teal&firmness=soft").text


def test_the_insert_its_warnings_its_maker_and_the_guides_are_on_the_page(shopper: Client) -> None:
    page = shopper.get(ADDRESS).text
    assert 'href="/inserts/silicone-cups/"' in page
    assert 'href="/inserts/silicone-cups.pdf"' in page
    assert page.count('class="signal') >= 3
    assert 'class="maker"' in page
    assert 'href="/guides/first-session/"' in page
    assert "<li>Cotton pouch</li>" in page


def test_machines_read_price_and_stock(shopper: Client, saleor: SaleorDouble) -> None:
    saleor.variant("SIL-START-TEAL-SOFT")["quantityAvailable"] = 0
    found = re.search(r'<script type="application/ld\+json">(.+?)</script>', shopper.get(ADDRESS).text)
    offers = {o["sku"]: o for o in json.loads(found[1])["offers"]}
    assert offers["SIL-START-TEAL-SOFT"]["availability"] == "https://schema.org/OutOfStock"
    assert offers["SIL-START-BLUSH-SOFT"]["price"] == "29.00"


def test_the_box_to_buy_leads_to_returns_and_to_a_person(shopper: Client) -> None:
    page = shopper.get("/products/silicone-starter-set/").text
    box = page[page.index('class="buy"') : page.index('class="insert-panel"')]
    assert 'href="/pages/returns/"' in box
    assert 'href="/contact/"' in box


def test_a_name_can_not_end_the_data_for_machines(shopper: Client, saleor: SaleorDouble) -> None:
    saleor.variant("SIL-START-TEAL-SOFT")["product"]["name"] = "</script><script>alert(1)</script>"
    assert "<script>alert" not in shopper.get(ADDRESS).text


def test_a_description_can_not_bring_a_script(shopper: Client, saleor: SaleorDouble) -> None:
    text = {"blocks": [{"type": "paragraph", "data": {"text": "Soft<script>alert(1)</script> <b>cups</b>"}}]}
    saleor.variant("SIL-START-TEAL-SOFT")["product"]["description"] = json.dumps(text)
    page = shopper.get(ADDRESS).text
    assert "<p>Soft <b>cups</b></p>" in page


def test_an_unknown_product_is_a_404_with_a_way_on(shopper: Client) -> None:
    page = shopper.get("/products/moon-cup/")
    assert page.status_code == 404
    assert "We don&#x27;t sell this, or not any more." in page.text


def test_adding_makes_a_cart_and_tells(shopper: Client, saleor: SaleorDouble) -> None:
    answer = put_in_cart(shopper, saleor)
    assert (answer.status_code, answer["Location"]) == (303, "/cart/?first")
    assert shopper.get("/cart/?first")["Location"] == "/cart/"
    saleor.fill_cart(SIL_START_TEAL_SOFT=1)
    assert "Silicone Starter Set, Teal, soft is in your cart." in shopper.get("/cart/").text


def test_the_cart_cookie_is_out_of_reach_of_scripts_and_can_not_be_altered(
    shopper: Client, saleor: SaleorDouble
) -> None:
    put_in_cart(shopper, saleor)
    cookie = shopper.cookies["cart-default-channel"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    shopper.cookies["cart-default-channel"] = cookie.value.replace("Q", "R", 1)
    saleor.requests.clear()
    assert "There is nothing in it yet." in shopper.get("/cart/").text
    assert saleor.requests == []


def test_adding_more_than_there_is_says_how_many_are_left(shopper: Client, saleor: SaleorDouble) -> None:
    saleor.variant("SIL-START-TEAL-SOFT")["quantityAvailable"] = 2
    error = {"code": "INSUFFICIENT_STOCK", "field": "quantity", "message": "Only 2 left"}
    saleor.responses["CheckoutCreate"] = {"checkoutCreate": {"checkout": None, "errors": [error]}}
    page = refused(shopper, *cart_form(saleor, quantity="3"))
    assert "Only 2 of Silicone Starter Set, Teal, soft are left." in page.text
    assert 'value="3"' in page.text
    assert "cart-default-channel" not in shopper.cookies


def test_a_gone_variant_is_refused_without_asking_the_shop(shopper: Client, saleor: SaleorDouble) -> None:
    page = refused(shopper, ADDRESS, {"variant": "UHJvZHVjdFZhcmlhbnQ6OTk5", "quantity": "1"})
    assert "That choice is not made any more." in page.text
    assert [name for name, _ in saleor.requests] == ["ProductPage"] * 2


def test_a_wrong_number_is_refused_and_kept(shopper: Client, saleor: SaleorDouble) -> None:
    for entered in ("0", "-1", "²", "two", "", "1e3", "9" * 30, "9" * 4301):
        page = refused(shopper, *cart_form(saleor, "SIL-START-BLUSH-MED", entered)).text
        assert re.search(r"Please enter a (whole )?number from 1", page), entered
        assert f'value="{entered[:20]}" required' in page
        assert "Colour: <strong>Blush</strong>" in page
        assert "Please enter a" not in shopper.get(ADDRESS).text  # a later visit starts clean
    assert {name for name, _ in saleor.requests} == {"ProductPage"}


def test_an_expired_cart_is_replaced_and_said_so(buyer: Client, saleor: SaleorDouble) -> None:
    error = {"code": "NOT_FOUND", "field": "id", "message": "Couldn't resolve to a node"}
    saleor.responses["CheckoutLinesAdd"] = {"checkoutLinesAdd": {"checkout": None, "errors": [error]}}
    assert put_in_cart(buyer, saleor)["Location"] == "/cart/"
    assert [name for name, _ in saleor.requests] == ["ProductPage", "CheckoutLinesAdd", "CheckoutCreate"]
    assert "Your earlier cart had expired" in buyer.get("/cart/").text


def test_the_cart_leads_back_to_the_very_variant(buyer: Client) -> None:
    assert 'href="/products/silicone-starter-set/?sku=SIL-START-TEAL-SOFT"' in buyer.get("/cart/").text
    page = buyer.get(f"{ADDRESS}?sku=SIL-START-BLUSH-MED").text
    assert "Colour: <strong>Blush</strong>" in page
    assert "That choice is not made any more." in buyer.get(f"{ADDRESS}?sku=OLD").text


@pytest.mark.parametrize(("path", "size"), [("/products/", "40 mm (1.6 in)"), ("/de/products/", "40 mm")])
def test_sizes_are_in_inches_too_for_english_readers(shopper: Client, path: str, size: str) -> None:
    page = shopper.get(f"{path}glass-bulb-cup/").text.replace("\N{NO-BREAK SPACE}", " ")
    assert f"{size}, 50 mm" in page.partition('class="facts"')[2]
