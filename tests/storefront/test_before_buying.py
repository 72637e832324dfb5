"""Before buying: who must not use a set, by how it makes suction; and nothing is sold without its safety insert."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from store import guidebook
from store.guidebook import Mechanism
from store.storefront.languages import NAMES, path_in
from tests.storefront.conftest import cart_form, put_in_cart, refused
from tests.storefront.saleor_double import SaleorDouble

CUPS = {Mechanism.SQUEEZE, Mechanism.BULB, Mechanism.VALVE}
WITHOUT_INSERT = "This product has no safety insert yet, so it can't be ordered."


def words(html: str) -> str:
    shown = re.sub(r"<style>.*?</style>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", shown)).split())


def insert_of(product: dict[str, Any]) -> Any:
    slug = product["assignedAttribute"](None, "safety-insert")["value"]["slug"]
    return guidebook.library().inserts[slug]


@pytest.mark.parametrize("language", NAMES)
def test_each_product_page_has_the_lists_of_its_own_mechanism(
    shopper: Client, saleor: SaleorDouble, language: str
) -> None:
    headings = guidebook.library().headings
    for product in saleor.products:
        insert = insert_of(product)
        page = words(shopper.get(path_in(language, f"/products/{product['slug']}/")).text)
        for statement in [*insert.never(language), *insert.ask_first(language)]:
            assert " ".join(statement.text.split()) in page, (product["slug"], statement.id)
        for statement in insert.summary_statements(language):  # the warnings of its mechanism
            assert " ".join(statement.text.split()) in page, (product["slug"], statement.id)
        assert insert.maker.maker["name"] in page, product["slug"]
        named = {statement.id for statement in insert.never(language)}
        if insert.mechanism is not Mechanism.SPARE_PART:
            assert named & {"CI-ALLERGY", "CI-OIL-ALLERGY"}, product["slug"]
        if insert.mechanism in CUPS:
            assert {"CI-PREGNANT", "CI-ANTICOAG"} <= named
            assert headings["never"][language] in page
            assert headings["ask"][language] in page


def test_a_set_without_pump_has_no_warning_of_pumps(shopper: Client) -> None:
    pump = guidebook.library().statements["W-PUMP"].in_language("en").text
    assert " ".join(pump.split()) not in words(shopper.get("/products/glass-bulb-set/").text)
    assert " ".join(pump.split()) in words(shopper.get("/products/glass-valve-set/").text)


def test_oil_says_first_what_it_is_made_of(shopper: Client) -> None:
    page = words(shopper.get("/products/massage-oil/").text)
    insert = guidebook.library().inserts["massage-oil"]
    first = insert.never("en")[0].text
    assert "allerg" in first
    assert page.index(first) < page.index(" ".join(insert.summary_statements("en")[0].text.split()))


def test_the_self_check_stands_beside_the_button_and_before_paying(
    buyer: Client, saleor: SaleorDouble
) -> None:
    page = buyer.get("/products/silicone-starter-set/").text
    after_button = page[page.index("Add to cart") : page.index('id="box-title"')]
    assert "/guides/is-cupping-for-me/" in after_button
    assert 'href="#never"' in after_button
    payment = buyer.get("/checkout/payment/").text
    assert "/guides/is-cupping-for-me/" in payment[payment.index("<main") : payment.index("</main>")]


@pytest.mark.parametrize("language", NAMES)
def test_the_checkout_shows_each_line_of_the_lists_once(
    buyer: Client, saleor: SaleorDouble, language: str
) -> None:
    saleor.fill_cart(**{"SIL_START_TEAL_SOFT": 1, "GLA_BULB_4": 1, "ACC_OIL_100": 1})
    page = buyer.get(path_in(language, "/checkout/payment/")).text
    lines = [words(line) for line in re.findall(r"<li>(.*?)</li>", page)]
    inserts = [guidebook.library().inserts[slug] for slug in ("silicone-cups", "glass-cups", "massage-oil")]
    statements = {one.id: one.text for i in inserts for one in [*i.never(language), *i.ask_first(language)]}
    for text in statements.values():
        assert lines.count(" ".join(text.split())) == 1, text


# --- without an insert ------------------------------------------------------------------------------------
@pytest.fixture
def set_without_insert(saleor: SaleorDouble) -> dict[str, Any]:
    product = saleor.product("silicone-starter-set")
    known = product["assignedAttribute"]

    def without(info: Any, slug: str) -> Any:
        found = known(info, slug)
        return {**found, "value": None} if slug == "safety-insert" else found

    product["assignedAttribute"] = without
    all_of_them = product["assignedAttributes"]
    product["assignedAttributes"] = lambda info, **limit: [
        {**one, "value": None} if one["attribute"]["slug"] == "safety-insert" else one
        for one in (all_of_them(info, **limit) if callable(all_of_them) else all_of_them)
    ]
    return product


def test_a_set_without_an_insert_says_so_and_has_no_button(
    shopper: Client, set_without_insert: dict[str, Any]
) -> None:
    page = words(shopper.get("/products/silicone-starter-set/").text)
    assert WITHOUT_INSERT in page
    assert "Add to cart" not in page


def test_a_set_without_an_insert_is_not_put_in_the_cart(
    shopper: Client, saleor: SaleorDouble, set_without_insert: dict[str, Any]
) -> None:
    page = refused(shopper, *cart_form(saleor))
    assert WITHOUT_INSERT in words(page.text)
    assert not [name for name, _ in saleor.requests if name.startswith("Checkout")]


def test_a_cart_that_holds_it_can_t_be_ordered(
    buyer: Client, saleor: SaleorDouble, set_without_insert: dict[str, Any]
) -> None:
    page = words(buyer.get("/cart/").text)
    assert WITHOUT_INSERT in page
    assert "Go to checkout" not in page
    for step in ("/checkout/", "/checkout/delivery/", "/checkout/payment/"):
        assert buyer.get(step)["Location"] == "/cart/"
    assert buyer.post("/checkout/payment/", {"card": "good"})["Location"] == "/cart/"
    assert "TransactionInitialize" not in [name for name, _ in saleor.requests]


def test_what_needs_no_insert_is_sold(shopper: Client, saleor: SaleorDouble) -> None:
    """Gift wrap: its product type has no attribute for an insert."""
    product = saleor.product("silicone-starter-set")
    known, all_of_them = product["assignedAttribute"], product["assignedAttributes"]
    product["assignedAttribute"] = lambda info, slug: None if slug == "safety-insert" else known(info, slug)
    product["assignedAttributes"] = lambda info, **limit: [
        one
        for one in (all_of_them(info, **limit) if callable(all_of_them) else all_of_them)
        if one["attribute"]["slug"] != "safety-insert"
    ]
    assert put_in_cart(shopper, saleor)["Location"] == "/cart/?first"
