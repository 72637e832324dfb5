"""What all pages share: headers, caching, error pages, sitemap, and where texts may be."""

import re
from pathlib import Path

import pytest
from django.test import Client

from store.saleor.errors import GraphQLError, HttpError, NetworkError
from tests.storefront.conftest import refused
from tests.storefront.saleor_double import SaleorDouble

PUBLIC_PAGES = [
    "/",
    "/products/",
    "/guides/",
    "/guides/aftercare/",
    "/inserts/glass-cups/",
    "/products/silicone-starter-set/",
    "/choose/",
    "/compare/",
    "/wishlist/",
    "/robots.txt",
]
STOREFRONT = Path(__file__).resolve().parents[2] / "store/storefront"


@pytest.mark.parametrize("address", PUBLIC_PAGES)
def test_a_page_for_all_may_be_kept_and_sets_no_cookie(shopper: Client, address: str) -> None:
    page = shopper.get(address)
    assert page["Cache-Control"] in ("public, no-cache", "public, max-age=3600")
    assert not page.cookies


@pytest.mark.parametrize("address", PUBLIC_PAGES[:6])
def test_a_page_for_somebody_with_a_cart_is_not_kept_for_others(buyer: Client, address: str) -> None:
    page = buyer.get(address)
    assert "public" not in page.get("Cache-Control", "")
    assert "Cookie" in page["Vary"]


@pytest.mark.parametrize("error", [NetworkError("http://shop", "refused"), HttpError(502, b"bad gateway")])
def test_a_shop_that_is_away_is_503(shopper: Client, saleor: SaleorDouble, error: Exception) -> None:
    saleor.responses["CatalogIndex"] = error
    page = shopper.get("/products/")
    assert page.status_code == 503
    assert "public" not in page.get("Cache-Control", "")


def test_a_fault_of_ours_is_500_in_plain_words(shopper: Client, saleor: SaleorDouble) -> None:
    saleor.responses["CatalogIndex"] = GraphQLError([{"message": "Cannot query field"}])
    page = shopper.get("/products/")
    assert page.status_code == 500
    assert "Something broke on our side." in page.text
    assert "Cannot query" not in page.text


def test_an_unknown_path_is_a_404_in_the_same_hand(shopper: Client) -> None:
    page = shopper.get("/nowhere/")
    assert page.status_code == 404
    assert "This page is not here." in page.text


def test_a_page_that_names_no_icon_gets_the_brands(shopper: Client) -> None:
    answer = shopper.get("/favicon.ico")
    assert answer.status_code == 302
    assert answer["Location"].endswith(".svg")


def test_robots_are_kept_from_private_pages(shopper: Client) -> None:
    text = shopper.get("/robots.txt").text
    assert "Disallow: /orders/" in text
    assert "Sitemap: https://cupwell.example/sitemap.xml" in text


def test_the_sitemap_names_every_product_guide_and_insert(shopper: Client, saleor: SaleorDouble) -> None:
    text = shopper.get("/sitemap.xml").text
    assert all(f"/products/{product['slug']}/</loc>" in text for product in saleor.products)
    assert "/guides/aftercare/</loc>" in text
    assert "/inserts/glass-cups/</loc>" in text


def test_a_region_leads_back_but_never_to_another_site(shopper: Client) -> None:
    answer = shopper.post("/region/", {"channel": "eu", "next": "https://evil.example/"})
    assert answer["Location"] == "/"


@pytest.mark.parametrize(
    "path",
    [
        "/products/silicone-starter-set/",
        "/cart/",
        "/region/",
        "/checkout/",
        "/checkout/delivery/",
        "/checkout/payment/",
    ],
)
def test_no_page_is_the_answer_of_a_form(buyer: Client, path: str) -> None:
    """Also not for a form without any field: Back and reload would send it again."""
    assert buyer.post(path, {}).status_code in (302, 303)


def test_an_unknown_region_is_refused_and_the_way_back_kept(shopper: Client) -> None:
    page = refused(shopper, "/region/", {"channel": "moon", "next": "/cart/"})
    assert "We don&#x27;t deliver there yet." in page.text
    assert 'name="next" value="/cart/"' in page.text


def test_no_template_has_a_style_or_a_script_of_its_own() -> None:
    """The content security policy forbids both; JSON-LD is neither."""
    for template in (STOREFRONT / "templates").rglob("*.html"):
        text = template.read_text()
        assert not re.search(r'\sstyle="|\son\w+="|<style', text), template
        scripts = re.findall(r"<script(?![^>]*(src=|ld\+json))", text)
        assert not scripts, template


def test_no_safety_words_live_in_templates_or_code() -> None:
    """Warnings and limits belong in guides/ only."""
    safety_words = re.compile(
        r"pregnan|blood thinner|blister|bruise|minutes per area|never use|do not use", re.IGNORECASE
    )
    for file in [
        *STOREFRONT.rglob("*.py"),
        *(STOREFRONT / "templates").rglob("*.html"),
        *STOREFRONT.rglob("*.js"),
    ]:
        assert not safety_words.search(file.read_text()), file


def test_pictures_of_our_own_show_under_any_name_of_the_shop(shopper: Client, saleor: SaleorDouble) -> None:
    picture = {"url": "https://cupwell.example/thumbnail/abc/512/webp/", "alt": ""}
    for product in saleor.products:
        product["thumbnail"] = picture
    page = shopper.get("/products/").text
    assert 'src="/thumbnail/abc/512/webp/"' in page
    assert "https://cupwell.example/thumbnail" not in page
