"""The product list: category, search, sort order and pages, with few queries."""

import re

import pytest
from django.test import Client

from tests.storefront.saleor_double import SaleorDouble


def names(page: str) -> list[str]:
    return re.findall(r'<h3><a href="/products/[\w-]+/">([^<]+)</a>', page)


def test_the_first_page_is_one_call(shopper: Client, saleor: SaleorDouble) -> None:
    page = shopper.get("/products/")
    assert page.status_code == 200
    assert len(names(page.text)) == 12
    assert [name for name, _ in saleor.requests] == ["ProductList"]


def test_the_second_page_starts_where_the_first_ended(shopper: Client, saleor: SaleorDouble) -> None:
    first, second = names(shopper.get("/products/").text), names(shopper.get("/products/?page=2").text)
    assert len(first + second) == len(set(first + second)) == len(saleor.products)
    assert [name for name, _ in saleor.requests[1:]] == ["ProductCursors", "ProductList"]


def test_a_material_shows_only_its_own(shopper: Client) -> None:
    page = shopper.get("/products/?material=glass").text
    assert "<h1>Glass</h1>" in page
    assert all("Glass" in name for name in names(page))


def test_every_material_shows_how_many_there_are(shopper: Client) -> None:
    counts = re.findall(
        r'<span class="n"><span aria-hidden="true">(\d+)<', shopper.get("/products/?material=glass").text
    )
    assert [int(n) for n in counts] == [15, 5, 4, 4, 2]


def test_a_search_keeps_sorting_and_asks_not_to_be_indexed(shopper: Client) -> None:
    page = shopper.get("/products/?q=pump&sort=price").text
    assert names(page)[0] == "Pump Single Cup"
    assert '<meta name="robots" content="noindex, follow">' in page


def test_a_search_without_result_says_what_to_do(shopper: Client) -> None:
    page = shopper.get("/products/?q=zzzz")
    assert page.status_code == 200
    assert "Nothing here fits." in page.text
    assert "0 found for" in page.text


@pytest.mark.parametrize(
    "query", ["page=99", "page=0", "page=x", "page=-1", "page=99999999", "material=copper"]
)
def test_what_the_list_has_not_is_a_404_that_helps(shopper: Client, query: str) -> None:
    page = shopper.get(f"/products/?{query}")
    assert page.status_code == 404
    assert "See all products" in page.text


@pytest.mark.parametrize("query", ["sort=evil", "q=%00%00", "q=" + "x" * 5000, "material="])
def test_nonsense_falls_back_to_a_list(shopper: Client, query: str) -> None:
    assert shopper.get(f"/products/?{query}").status_code == 200


def test_a_search_can_not_write_into_the_page(shopper: Client) -> None:
    page = shopper.get('/products/?q="><script>alert(1)</script>').text
    assert "<script>alert" not in page


def test_the_canonical_address_forgets_search_and_sorting(shopper: Client) -> None:
    page = shopper.get("/products/?material=glass&sort=price&q=glass").text
    assert '<link rel="canonical" href="https://cupwell.example/products/?material=glass">' in page


def test_a_market_is_remembered_and_asked_for(shopper: Client, saleor: SaleorDouble) -> None:
    shopper.post("/region/", {"channel": "eu", "next": "/products/"})
    shopper.get("/products/")
    assert saleor.requests[-1][1]["channel"] == "eu"


def test_a_search_shows_the_best_match_first_unless_asked_otherwise(
    shopper: Client, saleor: SaleorDouble
) -> None:
    shopper.get("/products/?q=pump")
    shopper.get("/products/?q=pump&sort=name")
    shopper.get("/products/?sort=best")
    assert [variables["sortBy"]["field"] for _, variables in saleor.requests] == ["RANK", "NAME", "NAME"]
