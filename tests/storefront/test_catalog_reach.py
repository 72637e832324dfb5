"""Everything that is sold can be reached: any script, any number of variants and categories, any market."""

import json
import re
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from tests.storefront.conftest import cart_form, put_in_cart, refused
from tests.storefront.saleor_double import SaleorDouble, connection, paragraph

ADDRESS = "/products/silicone-starter-set/"
SLUGS = ["シリコンカップ", "силиконовые-банки", "كؤوس-سيليكون", "schröpfgläser-groß", "ชุดครอบแก้ว"]


# --- slugs of any letters
@pytest.mark.parametrize("slug", SLUGS)
def test_a_product_named_in_any_script_opens_and_is_listed(
    shopper: Client, saleor: SaleorDouble, slug: str
) -> None:
    saleor.product("silicone-starter-set")["slug"] = slug
    address = f"/products/{quote(slug)}/"
    page = shopper.get(address)
    assert page.status_code == 200
    assert f'<link rel="canonical" href="https://cupwell.example{address}">' in page.text
    found = [shopper.get(f"/products/?page={n}").text for n in (1, 2)]
    assert any(f'href="{address}"' in text for text in found)
    assert f"<loc>https://cupwell.example{address}</loc>" in shopper.get("/sitemap.xml").text


def test_a_decomposed_letter_in_the_address_finds_the_composed_one(
    shopper: Client, saleor: SaleorDouble
) -> None:
    saleor.product("silicone-starter-set")["slug"] = "schröpfen"
    assert shopper.get("/products/schro%CC%88pfen/").status_code == 200


def test_a_category_named_in_any_script_opens(shopper: Client, saleor: SaleorDouble) -> None:
    put_in_categories(saleor, "стекло-ß")
    page = shopper.get("/products/").text
    link = re.search(r'href="([^"]+)"[^>]*>стекло-ß ', page)
    assert link
    opened = shopper.get(link[1])
    assert opened.status_code == 200
    assert "<h1>стекло-ß</h1>" in opened.text
    assert f'href="https://cupwell.example/products/?material={quote("стекло-ß")}"' in opened.text


@pytest.mark.parametrize(
    "path", ["/products/%00/", "/products/a%0Ab/", "/guides/%E3%81%82/", "/inserts/%00.pdf"]
)
def test_an_address_that_no_page_has_ends_in_a_404(shopper: Client, path: str) -> None:
    assert shopper.get(path, follow=True).status_code == 404


# --- many variants, variants without attributes, many categories
def many_variants(saleor: SaleorDouble, number: int, **changes: Any) -> list[dict[str, Any]]:
    product = saleor.product("silicone-starter-set")
    first = product["all_variants"][0]
    variants = []
    for n in range(number):
        variant = (
            first | {"id": f"variant-{n}", "sku": f"CUP-{n}", "name": f"Cup {n}", "selection": []} | changes
        )
        variant["attributes"] = lambda _info, variantSelection, own=variant: own[
            "selection" if variantSelection == "VARIANT_SELECTION" else "facts"
        ]
        variants.append(variant)
    product["all_variants"], product["productVariants"] = variants, connection(variants)
    return variants


def test_variants_without_attributes_are_chosen_by_name(shopper: Client, saleor: SaleorDouble) -> None:
    many_variants(saleor, 3)
    page = shopper.get(ADDRESS).text
    assert re.findall(r"data-option[^>]*>.*?<span>([^<]+)</span>", page) == ["Cup 0", "Cup 1", "Cup 2"]
    assert "Choice: <strong>Cup 2</strong>" in shopper.get(f"{ADDRESS}?sku=CUP-2").text


def test_a_variant_without_sku_is_chosen_by_its_id(shopper: Client, saleor: SaleorDouble) -> None:
    many_variants(saleor, 2, sku=None)
    assert 'href="?variant=variant-1"' in shopper.get(ADDRESS).text
    assert "Choice: <strong>Cup 1</strong>" in shopper.get(f"{ADDRESS}?variant=variant-1").text


def test_two_variants_of_the_same_colour_can_both_be_chosen(shopper: Client, saleor: SaleorDouble) -> None:
    selection = [
        {
            "attribute": {"slug": "colour", "name": "Colour"},
            "values": [{"slug": "teal", "name": "Teal", "value": "#2f7f7b"}],
        }
    ]
    many_variants(saleor, 2, selection=selection)
    assert 'href="?sku=CUP-1"' in shopper.get(ADDRESS).text


def test_every_one_of_230_variants_can_be_reached_and_bought(shopper: Client, saleor: SaleorDouble) -> None:
    many_variants(saleor, 230)
    page = shopper.get(f"{ADDRESS}?sku=CUP-229").text
    assert page.count("data-option") == 230
    assert "Choice: <strong>Cup 229</strong>" in page
    assert [name for name, _ in saleor.requests] == [
        "ProductPage",
        "ProductPageVariants",
        "ProductPageVariants",
    ]
    assert shopper.post(ADDRESS, {"variant": "variant-229", "quantity": "1"}).status_code == 303


def test_a_product_with_one_variant_has_no_chooser(shopper: Client, saleor: SaleorDouble) -> None:
    many_variants(saleor, 1)
    assert "data-option" not in shopper.get(ADDRESS).text


def category(slug: str, saleor: SaleorDouble) -> dict[str, Any]:
    return {
        "slug": slug,
        "name": slug,
        "description": paragraph("Cups."),
        "seoDescription": "",
        "products": connection(saleor.products[:2]),
    }


def put_in_categories(saleor: SaleorDouble, *slugs: str) -> None:
    """Categories of these slugs, with a copy of the first product in each."""
    saleor.more_categories = [category(slug, saleor) for slug in slugs]
    saleor.products += [
        saleor.products[0] | {"slug": f"copy-{n}", "category": {"slug": slug, "name": slug}}
        for n, slug in enumerate(slugs)
    ]


def test_every_one_of_130_categories_is_on_the_first_page_and_in_the_list(
    shopper: Client, saleor: SaleorDouble
) -> None:
    put_in_categories(saleor, *(f"kind-{n}" for n in range(130)))
    home, listing = shopper.get("/").text, shopper.get("/products/?material=kind-129").text
    assert 'href="/products/?material=kind-129"' in home
    assert home.count('<li class="tile">') == 134
    assert listing.count('name="material"') == 134
    assert "<h1>kind-129</h1>" in listing
    assert [name for name, _ in saleor.requests][-3:] == ["CatalogIndex", "CatalogIndex", "ProductList"]


# --- markets
def test_what_only_another_market_sells_is_shown_with_the_way_there(
    shopper: Client, saleor: SaleorDouble
) -> None:
    saleor.product("silicone-starter-set")["channels"] = {"eu"}
    page = shopper.get(f"{ADDRESS}?colour=blush&firmness=medium")
    assert page.status_code == 200
    assert "Sold in this region: European Union." in page.text
    assert "Add to cart" not in page.text
    switched = shopper.post("/region/", {"channel": "eu", "next": ADDRESS})
    assert switched["Location"] == ADDRESS
    assert "Add to cart" in shopper.get(ADDRESS).text


def test_the_switch_leads_back_to_the_chosen_variant(shopper: Client, saleor: SaleorDouble) -> None:
    saleor.product("silicone-starter-set")["channels"] = {"eu"}
    page = shopper.get(f"{ADDRESS}?colour=blush&firmness=medium").text
    assert f'name="next" value="{ADDRESS}?sku=SIL-START-BLUSH-MED"' in page


def test_what_only_another_market_sells_can_not_be_put_into_this_cart(
    shopper: Client, saleor: SaleorDouble
) -> None:
    saleor.product("silicone-starter-set")["channels"] = {"eu"}
    page = refused(shopper, *cart_form(saleor))
    assert "This is sold in this region only: European Union." in page.text
    assert {name for name, _ in saleor.requests} == {"ProductPage"}


def test_the_sitemap_has_what_only_one_market_sells_once(shopper: Client, saleor: SaleorDouble) -> None:
    saleor.product("silicone-starter-set")["channels"] = {"eu"}
    text = shopper.get("/sitemap.xml").text
    for slug in ("silicone-starter-set", "pump-home-set"):
        for prefix in ("", "/de", "/es"):
            assert text.count(f"<loc>https://cupwell.example{prefix}/products/{slug}/</loc>") == 1


def test_what_no_market_sells_is_a_404(shopper: Client, saleor: SaleorDouble) -> None:
    saleor.product("silicone-starter-set")["channels"] = set()
    assert shopper.get(ADDRESS).status_code == 404


# --- the chosen variant
def fact(slug: str, *values: str) -> dict[str, Any]:
    name = slug.removeprefix("variant-").replace("-", " ").capitalize()
    return {
        "attribute": {"slug": slug, "name": name, "unit": None},
        "values": [{"name": value, "plainText": None} for value in values],
    }


def facts(page: str) -> dict[str, str]:
    return dict(re.findall(r"<div><dt>([^<]+)</dt><dd>(.*?)</dd></div>", page.split('class="facts"')[1]))


def test_a_fact_of_the_chosen_variant_takes_the_place_of_the_products(
    shopper: Client, saleor: SaleorDouble
) -> None:
    saleor.variant("PLA-HOME-24")["facts"] = [
        fact("variant-cup-count", "24"),
        fact("finish", "Matt", "Clear"),
    ]
    twelve = facts(shopper.get("/products/pump-home-set/?sku=PLA-HOME-12").text)
    twenty_four = facts(shopper.get("/products/pump-home-set/?sku=PLA-HOME-24").text)
    assert (twelve["Cup count"], twenty_four["Cup count"]) == ("12", "24")
    assert twenty_four["Finish"] == "Matt, Clear"
    assert "Finish" not in twelve


def test_the_box_is_that_of_the_chosen_variant(shopper: Client, saleor: SaleorDouble) -> None:
    box = fact("variant-box-contents")
    box["values"] = [{"name": "box", "plainText": "24 cups\n1 hand pump"}]
    saleor.variant("PLA-HOME-24")["facts"] = [box]
    page = shopper.get("/products/pump-home-set/?sku=PLA-HOME-24").text
    assert re.findall(r"<li>([^<]+)</li>", page.split('id="box-title"')[1].split("</ul>")[0]) == [
        "24\xa0cups",
        "1\xa0hand pump",
    ]


def test_the_pictures_are_those_of_the_chosen_variant_then_those_of_none(
    shopper: Client, saleor: SaleorDouble
) -> None:
    product = saleor.product("silicone-starter-set")
    product["media"] = [
        {"id": key, "alt": key, "type": "IMAGE", "url": f"/media/{key}.webp"}
        for key in ("teal", "blush", "scale")
    ]
    saleor.variant("SIL-START-TEAL-SOFT")["media"] = [{"id": "teal"}]
    saleor.variant("SIL-START-BLUSH-SOFT")["media"] = [{"id": "blush"}]
    shown = {
        sku: re.findall(r'data-zoom><img src="/media/(\w+)', shopper.get(f"{ADDRESS}?sku={sku}").text)
        for sku in ("SIL-START-TEAL-SOFT", "SIL-START-BLUSH-SOFT", "SIL-START-BLUSH-MED")
    }
    assert shown == {
        "SIL-START-TEAL-SOFT": ["teal", "scale"],
        "SIL-START-BLUSH-SOFT": ["blush", "scale"],
        "SIL-START-BLUSH-MED": ["teal", "blush", "scale"],
    }


# --- the shop's limits, asked for and not repeated
def test_more_than_twenty_can_be_ordered_where_the_shop_allows_it(
    shopper: Client, saleor: SaleorDouble
) -> None:
    saleor.variant("SIL-START-TEAL-SOFT")["quantityAvailable"] = 50
    assert put_in_cart(shopper, saleor, quantity="40").status_code == 303
    assert saleor.requests[-1][1]["quantity"] == 40


@pytest.mark.parametrize(
    ("available", "per_customer", "most"),
    [(50, 3, ["3"]), (2, None, ["2"]), (2, 3, ["2"]), (4, 3, ["3"]), (50, None, []), (None, None, [])],
)
def test_the_field_stops_at_the_lower_limit_and_never_gives_away_the_stock(
    shopper: Client, saleor: SaleorDouble, available: int | None, per_customer: int | None, most: list[str]
) -> None:
    saleor.variant("SIL-START-TEAL-SOFT").update(
        quantityAvailable=available, quantityLimitPerCustomer=per_customer
    )
    page = shopper.get(f"{ADDRESS}?sku=SIL-START-TEAL-SOFT").text
    assert re.findall(r'name="quantity"[^>]* max="(\d+)"', page) == most


def test_what_is_not_counted_is_in_stock_without_a_limit(shopper: Client, saleor: SaleorDouble) -> None:
    saleor.variant("SIL-START-TEAL-SOFT")["quantityAvailable"] = None
    page = shopper.get(f"{ADDRESS}?sku=SIL-START-TEAL-SOFT").text
    assert "In stock" in page
    assert "Add to cart" in page
    assert "max=" not in page.split("data-add")[1].split("</form>")[0]


def test_more_than_one_order_can_hold_is_refused_with_how_many(shopper: Client, saleor: SaleorDouble) -> None:
    saleor.variant("SIL-START-TEAL-SOFT")["quantityAvailable"] = 50
    error = {"code": "QUANTITY_GREATER_THAN_LIMIT", "field": "quantity", "message": "too many"}
    saleor.responses["CheckoutCreate"] = {"checkoutCreate": {"checkout": None, "errors": [error]}}
    page = refused(shopper, *cart_form(saleor, quantity="60"))
    assert "One order can hold 50 of Silicone Starter Set, Teal, soft" in page.text


# --- text for machines
def test_text_for_machines_has_no_entities(shopper: Client, saleor: SaleorDouble) -> None:
    product = saleor.product("silicone-starter-set")
    product.update(description=paragraph("Plain &amp; simple"), seoDescription="")
    page = shopper.get(ADDRESS).text
    assert '<meta name="description" content="Plain &amp; simple">' in page
    data = re.search(r'<script type="application/ld\+json">(.+?)</script>', page)
    assert data
    assert json.loads(data[1])["description"] == "Plain & simple"


@pytest.mark.parametrize(
    "description", ['{"blocks": null}', '{"blocks": [{"type": "list", "data": null}]}', "null"]
)
def test_a_broken_description_leaves_the_rest_of_the_page(
    shopper: Client, saleor: SaleorDouble, description: str
) -> None:
    saleor.product("silicone-starter-set")["description"] = description
    page = shopper.get(ADDRESS)
    assert page.status_code == 200
    assert "Add to cart" in page.text


# --- queries of any shape
NASTY = ["%00", "%0A", "²", "9" * 5000, "%ED%A0%80", "%EF%BF%BE", "..%2F", "%F0%9F%A5%A4", "١٢", "", "%25%00"]


@pytest.mark.parametrize("value", NASTY)
@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/products/", "page"),
        ("/products/", "material"),
        ("/products/", "q"),
        ("/products/", "sort"),
        ("/products/", "area"),
        ("/products/", "price"),
        (ADDRESS, "sku"),
        (ADDRESS, "variant"),
        (ADDRESS, "colour"),
        ("/guides/", "lang"),
        ("/inserts/silicone-cups/", "v"),
        ("/inserts/silicone-cups.pdf", "size"),
        ("/region/", "next"),
    ],
)
def test_no_query_breaks_a_page(shopper: Client, path: str, name: str, value: str) -> None:
    assert shopper.get(f"{path}?{name}={value}").status_code in {200, 400, 404}


@pytest.mark.parametrize(
    "target", ["//[", "/\0a", "/a\r\nb: c", "javascript:1", "/" + "x" * 9000, "/ü?ü=ß", "http://[::1"]
)
def test_no_way_back_breaks_the_switch_of_markets(shopper: Client, target: str) -> None:
    answer = shopper.post("/region/", {"channel": "eu", "next": target})
    assert answer.status_code in {303, 400}
    assert answer.get("Location", "/").startswith("/")
