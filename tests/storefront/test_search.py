"""The search: synonyms, typing errors, three languages, sizes and article numbers; products and guides."""

import re

import pytest
from django.test import Client

from store.storefront import search_words
from tests.storefront.saleor_double import SaleorDouble

CUP_SETS = 13


def names(page: str) -> list[str]:
    """The cards in their order, without the marks of what was found."""
    titles = re.findall(r'<h3><a href="/products/[^"]+">(.*?)</a></h3>', page)
    return [re.sub(r"</?mark>", "", title) for title in titles]


def guides(page: str) -> list[str]:
    return re.findall(r'<h3><a href="/(?:\w\w/)?guides/([\w-]+)/">', page.partition('id="found-guides"')[2])


def found(shopper: Client, search: str, path: str = "/products/") -> str:
    return shopper.get(path, {"q": search}).text


@pytest.mark.parametrize(
    "search",
    ["cupping", "suction", "suction cups", "vacuum", "cuping", "Schröpfen", "schropfen", "ventosas", "vacío"],
)
def test_every_word_for_it_finds_the_cups(shopper: Client, search: str) -> None:
    page = found(shopper, search)
    total = re.search(r"(\d+) found for", page)
    assert total
    assert int(total[1]) >= CUP_SETS
    assert "Plain Massage Oil" not in names(page)[:12]


@pytest.mark.parametrize(
    ("search", "first"),
    [
        ("pump", "Pump Single Cup"),
        ("pmup", "Pump Single Cup"),
        ("glas", "Glass Bulb Cup"),
        ("vidrio bomba", "Glass Valve Set with Hand Pump"),
        ("Anfänger Silikon", "Silicone Starter Set"),
        ("oil", "Plain Massage Oil"),
        ("öl", "Plain Massage Oil"),
        ("massge oil", "Plain Massage Oil"),
        ("Ersatz ventil", "Spare Valves and Hose"),
        ("travel", "Silicone Travel Pair"),
    ],
)
def test_the_best_match_comes_first(shopper: Client, search: str, first: str) -> None:
    assert names(found(shopper, search))[0] == first


@pytest.mark.parametrize("search", ["60mm", "60 mm", "6 cm", "60 MM"])
def test_a_size_finds_the_sets_that_have_it(shopper: Client, saleor: SaleorDouble, search: str) -> None:
    page = found(shopper, search)
    assert "Glass Bulb Cup" in names(page)
    assert "Plain Massage Oil" not in names(page)
    assert re.search(r'class="reason">Cup diameters: [^<]*<mark>60 mm</mark>', page)


@pytest.mark.parametrize("search", ["GLA-VALVE-8", "gla-valve-8", "gla valve 8", "GLAVALVE8"])
def test_an_article_number_finds_its_variant(shopper: Client, search: str) -> None:
    page = found(shopper, search)
    assert names(page) == ["Glass Valve Set with Hand Pump"]
    assert 'href="/products/glass-valve-set/?sku=GLA-VALVE-8"' in page
    assert "Article number: <mark>GLA-VALVE-8</mark>" in page


def test_what_was_corrected_is_said(shopper: Client) -> None:
    page = found(shopper, "silicon pmup glas")
    assert "“pmup” is nowhere here. This is what we have for “<strong>pump</strong>”." in page
    assert "nowhere here" not in found(shopper, "pump")


def test_a_card_says_why_it_was_found(shopper: Client) -> None:
    page = found(shopper, "beginner")
    assert page.count('class="reason">Use level: <mark>First</mark> time') == 4
    assert "Silicone <mark>Starter</mark> Set" in page
    assert "<mark>Pump</mark> Starter Set" in found(shopper, "pump")


def test_guides_are_found_with_the_products(shopper: Client) -> None:
    page = found(shopper, "marks")
    assert guides(page)[0] == "marks"
    assert len(guides(page)) <= 4
    assert guides(found(shopper, "Abdrücke", "/de/products/"))[:1] == ["marks"]


def test_a_search_and_facets_narrow_each_other(shopper: Client) -> None:
    page = shopper.get("/products/", {"q": "pump", "material": "glass"}).text
    assert names(page)[0] == "Glass Valve Set with Hand Pump"
    assert all("Glass" in name for name in names(page))
    assert '<input type="hidden" name="q" value="pump">' in page
    assert re.search(r'name="material" value="plastic".*?aria-hidden="true">4<', page)


def test_a_search_is_two_calls_and_the_best_match_comes_first_unless_asked_otherwise(
    shopper: Client, saleor: SaleorDouble
) -> None:
    assert names(found(shopper, "pump"))[0] == "Pump Single Cup"
    assert [name for name, _ in saleor.requests] == ["SearchIndex", "ProductList"]
    by_name = names(shopper.get("/products/", {"q": "pump", "sort": "name"}).text)
    assert by_name == sorted(by_name)


def test_a_search_without_result_says_what_to_do(shopper: Client) -> None:
    page = shopper.get("/products/?q=zzzz")
    assert page.status_code == 200
    assert "Nothing here fits." in page.text
    assert "0 found for" in page.text
    assert 'href="/guides/"' in page.text.partition("Nothing here fits.")[2]


def test_a_search_can_not_write_into_the_page(shopper: Client) -> None:
    assert "<script>alert" not in found(shopper, '"><script>alert(1)</script>')


# --- while one types
def test_suggestions_are_the_first_products_and_guides_and_the_way_to_all(shopper: Client) -> None:
    answer = shopper.get("/de/search/suggestions/", {"q": "pumpe"})
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer.text.count('href="/de/products/') == 5 + 1
    assert 1 <= answer.text.count('href="/de/guides/') <= 2
    assert 'class="all" href="/de/products/?q=pumpe"' in answer.text


@pytest.mark.parametrize("search", ["", "zzzz", "%00"])
def test_where_there_is_nothing_to_suggest_the_answer_is_empty(shopper: Client, search: str) -> None:
    assert shopper.get("/search/suggestions/", {"q": search}).text.strip() == ""


# --- words
@pytest.mark.parametrize(
    ("one", "other", "errors"),
    [("cuping", "cupping", 1), ("pmup", "pump", 1), ("glass", "glass", 0), ("silcone", "silicone", 1),
     ("abcd", "wxyz", 4), ("", "cup", 3), ("vlave", "valve", 1)],
)  # fmt: skip
def test_typing_errors_are_counted(one: str, other: str, errors: int) -> None:
    assert search_words.typing_errors(one, other) == errors


def test_a_short_word_and_a_number_are_not_corrected() -> None:
    vocabulary = {"cup", "oil", "60mm"}
    assert [term.typed for term in search_words.terms("cap 61mm", vocabulary)] == ["cap", "61mm"]


def test_words_that_say_nothing_are_left_out_unless_there_is_no_other() -> None:
    assert [term.typed for term in search_words.terms("a pump for the back", {"pump"})] == ["pump", "back"]
    assert [term.typed for term in search_words.terms("for the", set())] == ["for", "the"]


def test_the_parts_of_a_marked_text_are_the_text() -> None:
    text = "Für Öl, 60 mm und Gläser"
    parts = search_words.marked(text, ("ol", "60mm", "glas"))
    assert "".join(part for part, _ in parts) == text
    assert [part for part, is_found in parts if is_found] == ["Öl", "60 mm", "Gläser"]
