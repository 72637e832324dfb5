"""The catalog's pages against the embedded engine: slugs of any script, one market only, facts of the chosen variant."""

import re
from io import StringIO
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from store.engine.catalog.models import Category, Page, Product, ProductChannelListing
from store.storefront.page_crawler import iter_public_pages
from tests.storefront.conftest import refused

pytestmark = pytest.mark.usefixtures("seeded_shop")
SET = "/products/silicone-starter-set/"


@pytest.fixture(autouse=True)
def no_cached_answers() -> None:
    """The rows are changed here without the operations that drop cached answers."""
    cache.clear()


def rename_starter_set(slug: str) -> None:
    Product.objects.filter(slug="silicone-starter-set").update(slug=slug)


@pytest.mark.parametrize("slug", ["シリコン-セット", "силиконовый-набор", "مجموعة-سيليكون", "schröpf-größe"])
def test_a_slug_of_any_script_opens_from_the_list_the_sitemap_and_its_guide(slug: str) -> None:
    rename_starter_set(slug)
    shopper, address = Client(), f"/products/{quote(slug)}/"
    assert shopper.get(address).status_code == 200
    pages = ["/", "/products/?material=silicone", "/guides/silicone-squeeze/", "/inserts/silicone-cups/"]
    assert [shopper.get(page).status_code for page in [*pages, "/sitemap.xml"]] == [200] * 5
    assert all(f'href="{address}"' in shopper.get(page).text for page in pages)
    assert f"{address}</loc>" in shopper.get("/sitemap.xml").text


def test_a_category_of_any_script_is_a_page() -> None:
    Category.objects.filter(slug="glass").update(slug="стекло", name="Стекло")
    page = Client().get(f"/products/?material={quote('стекло')}")
    assert page.status_code == 200
    assert "<h1>Стекло</h1>" in page.text


@pytest.mark.slow
def test_the_wording_of_such_pages_is_checked_too() -> None:
    rename_starter_set("シリコン-セット")
    assert f"/products/{quote('シリコン-セット')}/" in [path for path, _, _ in iter_public_pages()]


def test_what_is_sold_in_europe_only_is_shown_to_everybody_with_the_way_there() -> None:
    ProductChannelListing.objects.filter(
        product__slug="silicone-starter-set", channel__slug="default-channel"
    ).delete()
    page = Client().get(SET)
    assert page.status_code == 200
    assert "Sold in this region: European Union." in page.text
    assert "€" in page.text
    assert f"{SET}</loc>" in Client().get("/sitemap.xml").text
    shopper = Client()
    shopper.post("/region/", {"channel": "eu", "next": SET})
    assert "Add to cart" in shopper.get(SET).text


def test_what_is_sold_nowhere_is_a_404() -> None:
    ProductChannelListing.objects.filter(product__slug="silicone-starter-set").delete()
    assert Client().get(SET).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/products/?material=%00",
        "/products/?material=" + "9" * 5000,
        "/products/?page=%C2%B2",
        "/products/?q=%00%EF%BF%BE",
        "/products/?q=" + quote("'\"*:()&|!<>-"),
        "/products/%C2%B2/",
        "/products/" + "9" * 3000 + "/",
    ],
)
def test_no_address_breaks_the_shop(path: str) -> None:
    assert Client().get(path).status_code in {200, 404}


def test_a_quantity_of_any_digits_is_refused_in_words() -> None:
    shopper = Client()
    variant = re.search(r'name="variant" value="([^"]+)"', shopper.get(SET).text)
    assert variant
    for quantity in ("9" * 4301, "²", "١٢", "0"):
        page = refused(shopper, SET, {"variant": variant[1], "quantity": quantity})
        assert re.search(r"Please enter a (whole )?number from 1", page.text)
    page = refused(shopper, SET, {"variant": variant[1], "quantity": "9" * 9})
    assert "One order can hold" in page.text


def spaced(page: str) -> str:
    """With plain spaces in place of those that keep a number and its unit together."""
    return page.replace("\N{NO-BREAK SPACE}", " ")


def facts(page: str) -> dict[str, str]:
    return dict(
        re.findall(r"<div><dt>([^<]+)</dt><dd>(.*?)</dd></div>", spaced(page).split('class="facts"')[1])
    )


def box(page: str) -> list[str]:
    return re.findall(
        r"<li>([^<]+)</li>", spaced(page).split('id="box-title"')[1].split("</ul>", maxsplit=1)[0]
    )


@pytest.mark.parametrize(
    ("sku", "count", "cups"),
    [("PLA-HOME-12", "12", "4 cups, 60 mm (2.4 in)"), ("PLA-HOME-24", "24", "8 cups, 60 mm (2.4 in)")],
)
def test_number_and_box_are_those_of_the_chosen_set(sku: str, count: str, cups: str) -> None:
    page = Client().get(f"/products/pump-home-set/?sku={sku}").text
    assert facts(page)["Cups in the set"] == count
    assert cups in box(page)
    assert "1 extension hose" in box(page)


@pytest.mark.parametrize(
    ("slug", "cups"),
    [("pump-home-set", "12–24 cups"), ("pump-single-cup", "1 cup"), ("pump-starter-set", "6 cups")],
)
def test_a_card_says_how_many_cups_there_are_to_choose_from(slug: str, cups: str) -> None:
    card = Client().get("/products/?material=plastic").text.split(f'href="/products/{slug}/"')[1]
    assert re.findall(r'class="card-facts">(.*?) · ', card)[0] == cups


def test_the_size_is_that_of_the_chosen_cup() -> None:
    page = Client().get("/products/glass-bulb-cup/?sku=GLA-CUP-60").text
    assert facts(page)["Cup sizes"] == "60 mm (2.4 in)"
    assert box(page) == ["1 glass cup, 60 mm (2.4 in)", "1 rubber bulb", "Safety insert"]


def test_the_hose_is_in_the_box_only_where_it_is_chosen() -> None:
    boxes = {
        sku: box(Client().get(f"/products/pump-starter-set/?sku={sku}").text)
        for sku in ("PLA-START-6", "PLA-START-6H")
    }
    assert [("1 extension hose" in lines) for lines in boxes.values()] == [False, True]


def test_a_page_of_six_variants_costs_as_many_statements_as_one_of_two() -> None:
    Client().get(SET)  # what every first request loads
    counts = {}
    for slug in ("pump-single-cup", "silicone-palm-cup"):
        cache.clear()
        with CaptureQueriesContext(connection) as statements:
            assert Client().get(f"/products/{slug}/").status_code == 200
        counts[slug] = len(statements)
    assert len(set(counts.values())) == 1, counts


def test_a_product_that_lost_its_insert_is_listed_by_name_and_can_t_be_bought() -> None:
    call_command("check_products")
    Page.objects.filter(slug="silicone-cups").update(is_published=False)
    out = StringIO()
    with pytest.raises(CommandError, match="5 products can't be bought so"):
        call_command("check_products", stdout=out)
    assert "silicone-starter-set (United States): It has no published safety insert." in out.getvalue()
    assert "silicone-starter-set (European Union): It has no published safety insert." in out.getvalue()
    for channel in ("default-channel", "eu"):
        shopper = Client()
        shopper.post("/region/", {"channel": channel})
        page = shopper.get(SET).text
        assert "This product has no safety insert yet, so it can't be ordered." in page, channel
        assert "Add to cart" not in page
