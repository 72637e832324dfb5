"""Words of a search: numbers apart from their units, plurals by their singular, on SQLite and PostgreSQL alike."""

from collections.abc import Callable, Iterator

import psycopg
import pytest

from store.engine.catalog import search
from tests.engine.api_client import execute_field
from tests.engine.merchant import Merchant

PRODUCTS = {
    1: "Glass cup 60 mm",
    2: "Pump set 6 cups",
    3: "Boxes for batteries",
    4: "Body oil 100ml, PLA-START-6H",
    5: "Box of Größe L",
}
SEARCHES = {
    "60mm": {1},
    "60 mm": {1},
    "6cups": {1, 2},  # a word is the beginning of one: 6 of 60
    "6 cups": {1, 2},
    "glasses": {1},
    "glass": {1},
    "box": {3, 5},
    "boxes": {3, 5},
    "battery": {3},
    "body": {4},
    "batteries": {3},
    "bodies": {4},
    "100 ml": {4},
    "PLA-START-6H": {4},
    "start 6h": {4},
    "GROSSE": {5},
    "glass -- ' \" * : ( & | !": {1},
    "brass": set(),
}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("60mm", "60 mm"),
        ("Größe, 50-mm", "grosse 50 mm"),
        ("6cups", "6 cups"),
        ("A1B2", "a 1 b 2"),
        ("x²", "x 2"),
        ("٦٠مم", "٦٠ مم"),
    ],
)
def test_numbers_stand_apart_from_their_units(text: str, words: str) -> None:
    assert search.normalize(text) == words


def test_shoppers_find_on_sqlite_what_is_sold(merchant_with_shop: Merchant) -> None:
    for number, name in PRODUCTS.items():
        merchant_with_shop.create_listed_product(f"p{number}", "9.00", name=name)
    query = 'query($q: String) { products(first: 9, channel: "us", search: $q) { edges { node { slug } } } }'
    found = {
        text: {int(edge["node"]["slug"][1:]) for edge in execute_field(query, q=text)["edges"]}
        for text in SEARCHES
    }
    assert found == SEARCHES


@pytest.fixture
def find_on_postgres(postgres_url: str) -> Iterator[Callable[[str], set[int]]]:
    """Runs a search against a table like ours, filled with PRODUCTS."""
    with psycopg.connect(postgres_url) as database:
        database.execute("CREATE TEMPORARY TABLE catalog_productsearch (product_id int, vector tsvector)")
        for number, name in PRODUCTS.items():
            row = (number, search.normalize(name))
            database.execute("INSERT INTO catalog_productsearch VALUES (%s, to_tsvector('simple', %s))", row)

        def find(text: str) -> set[int]:
            statement, parameters = search._postgres_query(search.search_terms(text))
            return {row[0] for row in database.execute(statement, parameters)}  # type: ignore[arg-type]

        yield find


def test_shoppers_find_the_same_on_postgres(find_on_postgres: Callable[[str], set[int]]) -> None:
    assert {text: find_on_postgres(text) for text in SEARCHES} == SEARCHES
