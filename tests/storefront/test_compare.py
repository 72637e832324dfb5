"""The table that compares sets: its address is all there is of it."""

import re

import pytest
from django.test import Client

from tests.storefront.saleor_double import SaleorDouble, connection

TWO = "/compare/?set=silicone-starter-set&set=glass-valve-set"


def rows_of(page: str) -> dict[str, tuple[bool, list[str]]]:
    """(is marked, cells) by the name of the fact."""
    found = re.findall(r'<tr( class="differs")?><th scope="row">(.+?)</th>(.+?)</tr>', page, re.DOTALL)
    return {
        re.sub(r"\s*<.*", "", name): (bool(mark), re.findall(r"<td[^>]*>(.*?)</td>", cells, re.DOTALL))
        for mark, name, cells in found
    }


def test_the_facts_of_two_sets_stand_side_by_side_and_differences_are_marked(shopper: Client) -> None:
    rows = rows_of(shopper.get(TWO).text)
    marked, cells = rows["Material"]
    assert marked
    assert len(cells) == 2
    assert cells[0] != cells[1]


def test_what_is_the_same_is_not_marked(shopper: Client, saleor: SaleorDouble) -> None:
    saleor.product("glass-valve-set")["assignedAttributes"] = saleor.product("silicone-starter-set")[
        "assignedAttributes"
    ]
    rows = rows_of(shopper.get(TWO).text)
    assert rows["Material"][0] is False


def test_one_set_has_nothing_that_differs(shopper: Client) -> None:
    assert 'class="differs' not in shopper.get("/compare/?set=silicone-starter-set").text


def test_at_most_four_and_each_once(shopper: Client, saleor: SaleorDouble) -> None:
    slugs = [product["slug"] for product in saleor.products]
    query = "&".join(f"set={slug}" for slug in [slugs[0], slugs[0], *slugs[:6], "moon-cup"])
    page = shopper.get(f"/compare/?{query}").text
    assert page.count('scope="col"') == 4
    assert 'class="compare-add"' not in page


def test_an_unknown_set_is_left_out(shopper: Client) -> None:
    page = shopper.get("/compare/?set=moon-cup&set=silicone-starter-set")
    assert page.status_code == 200
    assert page.text.count('scope="col"') == 1


def test_a_set_is_added_and_taken_out_without_a_script(shopper: Client) -> None:
    page = shopper.get(TWO).text
    assert '<input type="hidden" name="set" value="glass-valve-set">' in page
    assert '<option value="pump-home-set">' in page
    assert '<option value="glass-valve-set">' not in page
    assert '<option value="massage-oil">' not in page
    assert 'href="/compare/?set=glass-valve-set"' in page


def test_the_empty_table_asks_for_a_first_set(shopper: Client) -> None:
    assert "Choose a set to begin with." in shopper.get("/compare/").text


@pytest.mark.parametrize(("address", "robots"), [("/compare/", None), (TWO, "noindex")])
def test_a_chosen_table_is_not_indexed(shopper: Client, address: str, robots: str | None) -> None:
    assert shopper.get(address).get("X-Robots-Tag") == robots


def test_related_sets_are_others_of_the_category_that_can_be_bought(
    shopper: Client, saleor: SaleorDouble
) -> None:
    glass = [one for one in saleor.products if one["category"]["slug"] == "glass"]
    for one in glass:
        one["category"] = one["category"] | {
            "products": lambda info, channel, **p: connection(glass)(info, **p)
        }
    sold_out = next(one for one in glass if one["slug"] == "glass-bulb-cup")
    sold_out["isAvailable"] = False
    page = shopper.get("/products/glass-valve-set/").text
    section = page.partition("Others of this kind")[2]
    shown = re.findall(r'href="/products/([\w-]+)/"', section)
    assert set(shown) == {one["slug"] for one in glass} - {"glass-valve-set", "glass-bulb-cup"}
    assert "/compare/?set=glass-valve-set&amp;set=" in section


def test_a_set_without_a_name_is_left_out_and_not_asked_for(shopper: Client, saleor: SaleorDouble) -> None:
    page = shopper.get("/compare/?set=&set=silicone-starter-set")
    assert (page.status_code, page.text.count('scope="col"')) == (200, 1)
    asked = [variables["slug"] for name, variables in saleor.requests if name == "ProductPage"]
    assert asked == ["silicone-starter-set"]
