"""The product list: facets with counts, sort order and pages, in two calls."""

import re

import pytest
from django.test import Client

from tests.storefront.saleor_double import SaleorDouble


def names(page: str) -> list[str]:
    return re.findall(r'<h3><a href="/products/[\w-]+/">([^<]+)</a>', page)


def counts(page: str, key: str) -> dict[str, int]:
    """The number beside each value of a facet, by slug."""
    found = re.findall(rf'name="{key}" value="([^"]+)".*?aria-hidden="true">(\d+)<', page)
    return {slug: int(number) for slug, number in found}


def chosen(page: str) -> list[str]:
    return re.findall(r'name="(\w+)" value="([^"]+)" checked', page)


# --- pages
@pytest.mark.parametrize("query", ["", "?page=2", "?material=glass&area=back", "?sort=price"])
def test_every_list_is_two_calls(shopper: Client, saleor: SaleorDouble, query: str) -> None:
    assert shopper.get(f"/products/{query}").status_code == 200
    assert [name for name, _ in saleor.requests] == ["CatalogIndex", "ProductList"]


def test_the_pages_together_have_every_product_once(shopper: Client, saleor: SaleorDouble) -> None:
    first, second = names(shopper.get("/products/").text), names(shopper.get("/products/?page=2").text)
    assert len(first) == 12
    assert len(first + second) == len(set(first + second)) == len(saleor.products)


def test_a_catalogue_of_several_hundred_is_counted_and_shown_whole(
    shopper: Client, saleor: SaleorDouble
) -> None:
    saleor.products = [saleor.products[0] | {"slug": f"cup-{n}", "name": f"Cup {n:03}"} for n in range(230)]
    page = shopper.get("/products/?page=20&sort=name").text
    assert names(page) == ["Cup 228", "Cup 229"]
    assert counts(page, "level") == {"regular-use": 230}


@pytest.mark.parametrize(
    "query", ["page=99", "page=0", "page=x", "page=-1", "page=99999999", "material=copper"]
)
def test_what_the_list_has_not_is_a_404_that_helps(shopper: Client, query: str) -> None:
    page = shopper.get(f"/products/?{query}")
    assert page.status_code == 404
    assert "See all products" in page.text


# --- pictures
def media(name: str, **values: object) -> dict[str, object]:
    words = {"alt.de": f"{name}, deutsch"}
    picture = {"id": name, "alt": name, "type": "IMAGE", "url": f"/media/{name}.webp"}
    return picture | {"metafield": lambda _info, key: words.get(key)} | values


def test_a_card_has_its_last_picture_for_a_pointer_with_words_in_the_language_of_the_page(
    shopper: Client, saleor: SaleorDouble
) -> None:
    video = media("film", type="VIDEO")
    saleor.products = [saleor.products[0] | {"media": [media("cups"), media("box"), media("ruler"), video]}]
    [on_hover] = re.findall(r'<img class="on-hover" [^>]+>', shopper.get("/products/").text)
    assert 'src="/media/ruler.webp" alt="ruler"' in on_hover
    assert 'loading="lazy"' in on_hover
    assert 'alt="ruler, deutsch"' in shopper.get("/de/products/").text


def test_a_card_of_a_product_with_one_picture_has_none_for_a_pointer(
    shopper: Client, saleor: SaleorDouble
) -> None:
    saleor.products = [saleor.products[0] | {"media": [media("cups")]}]
    assert 'class="on-hover"' not in shopper.get("/products/").text


# --- facets
def test_a_material_shows_only_its_own(shopper: Client) -> None:
    page = shopper.get("/products/?material=glass").text
    assert "<h1>Glass</h1>" in page
    assert all("Glass" in name for name in names(page))


def test_every_value_says_how_many_products_have_it(shopper: Client) -> None:
    page = shopper.get("/products/").text
    assert counts(page, "material") == {"accessories": 2, "glass": 4, "plastic": 4, "silicone": 5}
    assert counts(page, "level") == {"first-time": 6, "regular-use": 7}
    assert counts(page, "suction") == {"light": 6, "light-to-moderate": 7}
    assert counts(page, "mechanism") == {
        "rubber-bulb": 3,
        "squeeze-by-hand": 5,
        "valve-and-hand-pump": 5,
    }
    assert counts(page, "area") == {"glutes": 13, "hamstrings": 13, "hips": 13, "lower-back": 13}
    assert sum(counts(page, "price").values()) == 15


def test_a_count_is_that_of_the_result_with_the_other_choices(shopper: Client) -> None:
    page = shopper.get("/products/?material=glass").text
    assert counts(page, "material") == {"accessories": 2, "glass": 4, "plastic": 4, "silicone": 5}
    assert counts(page, "level") == {"first-time": 0, "regular-use": 4}
    assert counts(page, "mechanism")["squeeze-by-hand"] == 0


def test_values_of_a_facet_add_up_and_facets_narrow(shopper: Client) -> None:
    page = shopper.get("/products/?material=silicone&material=plastic&level=first-time").text
    assert sorted(names(page)) == [
        "Pump Single Cup",
        "Pump Starter Set",
        "Silicone Glide Pair",
        "Silicone Palm Cup",
        "Silicone Starter Set",
        "Silicone Travel Pair",
    ]
    assert chosen(page) == [("level", "first-time"), ("material", "plastic"), ("material", "silicone")]
    assert "<h1>All products</h1>" in page


@pytest.mark.parametrize(("band", "low", "high"), [("-25", 0, 25), ("25-50", 25, 50), ("50-100", 50, 100)])
def test_a_band_of_prices_shows_what_costs_that_much(
    shopper: Client, saleor: SaleorDouble, band: str, low: int, high: int
) -> None:
    lowest = {p["name"]: p["pricing"]["priceRange"]["start"]["gross"]["amount"] for p in saleor.products}
    shown = names(shopper.get(f"/products/?price={band}").text)
    assert sorted(shown) == sorted(name for name, amount in lowest.items() if low <= amount < high)


def test_what_is_sold_out_can_be_left_out(shopper: Client, saleor: SaleorDouble) -> None:
    saleor.product("glass-bulb-cup")["isAvailable"] = False
    page = shopper.get("/products/?stock=in&material=glass").text
    assert len(names(page)) == 3
    assert counts(page, "stock") == {"in": 3}
    assert names(shopper.get("/products/?material=glass").text)[-1] == "Glass Bulb Cup"


def test_each_choice_can_be_taken_back_by_a_link(shopper: Client) -> None:
    page = shopper.get("/products/?material=glass&level=first-time&sort=price").text
    links = dict(
        re.findall(r'<a class="chip" href="([^"]+)"[^>]*><span class="unseen">[^,]*, </span>(\w+)', page)
    )
    assert links == {
        "/products/?material=glass&amp;sort=price": "First",
        "/products/?level=first-time&amp;sort=price": "Glass",
    }
    assert 'class="clear" href="/products/?sort=price"' in page


def test_a_value_that_nothing_has_is_no_filter(shopper: Client) -> None:
    assert "15 products" in shopper.get("/products/?area=moon&price=1-2").text


def test_a_category_below_another_counts_as_the_one_above(shopper: Client, saleor: SaleorDouble) -> None:
    top = {"slug": "glass", "name": "Glass"}
    saleor.product("glass-bulb-cup")["category"] = {
        "slug": "bulbs",
        "name": "Bulbs",
        "ancestors": {"edges": [{"node": top}]},
    }
    page = shopper.get("/products/?material=glass").text
    assert "Glass Bulb Cup" in names(page)
    assert "bulbs" not in counts(page, "material")


# --- order and addresses
def test_what_suits_a_first_time_comes_first(shopper: Client, saleor: SaleorDouble) -> None:
    saleor.product("pump-single-cup")["isAvailable"] = False
    shown = names(shopper.get("/products/").text)
    assert shown[:2] == ["Silicone Palm Cup", "Silicone Travel Pair"]
    last = names(shopper.get("/products/?page=2").text)
    assert last[-1] == "Pump Single Cup"
    assert set(last[:-1]) == {"Plain Massage Oil", "Spare Valves and Hose"}


def test_the_list_is_sorted_as_asked(shopper: Client, saleor: SaleorDouble) -> None:
    saleor.product("pump-home-set")["created"] = "2026-12-01T12:00:00+00:00"
    first = {
        sort: names(shopper.get(f"/products/?sort={sort}").text)[0]
        for sort in ("price", "-price", "-date", "name")
    }
    assert first == {
        "price": "Spare Valves and Hose",
        "-price": "Glass Valve Set with Hand Pump",
        "-date": "Pump Home Set",
        "name": "Glass Bulb Cup",
    }


@pytest.mark.parametrize("query", ["sort=evil", "q=%00%00", "q=" + "x" * 5000, "material="])
def test_nonsense_falls_back_to_a_list(shopper: Client, query: str) -> None:
    assert shopper.get(f"/products/?{query}").status_code == 200


@pytest.mark.parametrize(
    ("query", "indexed"), [("", True), ("material=glass", True), ("material=glass&page=1", True),
                           ("sort=price", False), ("level=first-time", False),
                           ("material=glass&material=plastic", False), ("q=pump", False)],
)  # fmt: skip
def test_only_whole_lists_and_single_materials_are_for_search_engines(
    shopper: Client, query: str, indexed: bool
) -> None:
    assert ("noindex" not in shopper.get(f"/products/?{query}").text) is indexed


def test_the_canonical_address_forgets_search_and_sorting(shopper: Client) -> None:
    page = shopper.get("/products/?material=glass&sort=price&q=glass").text
    assert '<link rel="canonical" href="https://cupwell.example/products/?material=glass">' in page


def test_a_market_is_remembered_and_asked_for(shopper: Client, saleor: SaleorDouble) -> None:
    shopper.post("/region/", {"channel": "eu", "next": "/products/"})
    shopper.get("/products/")
    assert saleor.requests[-1][1]["channel"] == "eu"
