"""Lists cost the same number of SQL statements, however long they are."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import store.saleor
from store.engine.graphql.response_cache import RESPONSE_CACHE
from tests.engine.api_client import execute
from tests.engine.merchant import Merchant

pytestmark = pytest.mark.usefixtures("any_cost")
DOCUMENTS = Path(store.saleor.__file__).with_name("documents")
FRAGMENTS = {file.stem: file.read_text() for file in (DOCUMENTS / "fragments").glob("*.graphql")}


def document(name: str) -> str:
    """A document of the client, followed by all fragments that it uses."""
    text, known = (DOCUMENTS / f"{name}.graphql").read_text(), set[str]()
    while missing := set(re.findall(r"\.\.\.(\w+)", text)) & FRAGMENTS.keys() - known:
        known |= missing
        text += "".join(FRAGMENTS[name] for name in sorted(missing))
    return text


def statements(query: str, merchant: Merchant | None = None, **variables: Any) -> int:
    """Number of SQL statements of a call that the response cache does not answer, with warm in-memory caches."""
    token = merchant.token() if merchant else None
    if "$language:" in query:
        variables = {"language": "EN"} | variables
    execute(query, as_=token, **variables)
    RESPONSE_CACHE.clear()
    with CaptureQueriesContext(connection) as caught:
        execute(query, as_=token, **variables)
    return len(caught)


@pytest.fixture
def filled(merchant_with_shop: Merchant) -> Merchant:
    """Eight products in four categories, each with attributes, a guide and two variants."""
    shop = merchant_with_shop
    shop.page("how-to", "How to")
    shop.attribute("use-level", values=("First", "Deep"))
    shop.attribute("cup-count", "NUMERIC")
    shop.attribute("guides", "REFERENCE", entityType="PAGE")
    shop.attribute("colour", values=("Clear", "Blue"))
    shop.product_type("cups", attributes=("use-level", "cup-count", "guides"))
    shop.variant_attribute("colour")
    values = [
        {"id": shop.ids["use-level"], "dropdown": {"value": "First"}},
        {"id": shop.ids["cup-count"], "numeric": "4"},
        {"id": shop.ids["guides"], "references": [shop.ids["page how-to"]]},
    ]
    for name in ("east", "west", "north"):
        shop.warehouse(name)
        shop.link_warehouse(warehouse=name)
    for name in ("a", "b", "c", "d"):
        shop.category(name)
        for at in (1, 2):
            shop.create_listed_product(f"{name}{at}", "9.00", "12.00", category=name, attributes=values)
    given = {"name": "First", "slug": "first-sets", "products": [shop.ids[f"{name}1"] for name in "abcd"]}
    shop.create("first", "collectionCreate", "collection", "CollectionCreateInput!", given)
    listings = [{"channelId": shop.ids["channel us"], "isPublished": True}]
    shop.mutate(
        "collectionChannelListingUpdate",
        "collection { id }",
        id=("ID!", shop.ids["first"]),
        input=("CollectionChannelListingUpdateInput!", {"addChannels": listings}),
    )
    return shop


@pytest.mark.parametrize(
    ("name", "variables"),
    [
        ("CatalogIndex", {}),
        ("SearchIndex", {}),
        ("ProductSlugs", {}),
    ],
)
def test_product_lists_of_ours(filled: Merchant, name: str, variables: dict[str, Any]) -> None:
    query = document(name)
    counts = {statements(query, channel="us", first=size, **variables) for size in (2, 4, 8)}
    assert len(counts) == 1


def test_the_cards_of_a_page(filled: Merchant) -> None:
    slugs = [f"{name}{at}" for name in "abcd" for at in (1, 2)]
    query = document("ProductList")
    counts = {
        statements(query, channel="us", slugs=slugs[:size], category="a", altKey="alt.en")
        for size in (2, 4, 8)
    }
    assert len(counts) == 1


LIST_OF_SALEOR = """query L($channel: String!, $first: Int!) {
  products(first: $first, channel: $channel, sortBy: {field: NAME, direction: ASC}) {
    totalCount pageInfo { hasNextPage endCursor }
    edges { cursor node { id name slug description
      thumbnail(size: 256, format: WEBP) { url alt } media { url } collections { slug } productType { name }
      category { id name slug parent { slug } } translation(languageCode: DE) { name }
      pricing { onSale priceRange { start { gross { amount currency } net { amount } tax { amount } } } }
      attributes { attribute { id name slug inputType translation(languageCode: DE) { name } } values { id name slug translation(languageCode: DE) { name } } }
      assignedAttributes { attribute { slug } ... on AssignedMultiPageReferenceAttribute { value { slug pageType { slug } } } }
      isAvailable isAvailableForPurchase defaultVariant { sku }
      variants { sku quantityAvailable pricing { price { gross { amount } } } media { url }
        attributes(variantSelection: VARIANT_SELECTION) { attribute { slug } values { name } } product { slug } }
      productVariants(first: 5) { edges { node { id translation(languageCode: DE) { name } } } }
    } } } }"""


def test_a_list_that_asks_for_everything(filled: Merchant) -> None:
    counts = {statements(LIST_OF_SALEOR, channel="us", first=size) for size in (2, 4, 8)}
    assert len(counts) == 1
    assert counts.pop() <= 30


STAFF_LISTS = [
    "warehouses(first: $first) { edges { node { slug address { city } stocks(first: 5) { edges { node { quantity } } }"
    " shippingZones(first: 5) { edges { node { name } } } } } }",
    "shippingZones(first: $first) { edges { node { name countries { code } channels { slug } warehouses { slug }"
    " shippingMethods { name channelListings { price { amount } } } } } }",
    "products(first: $first) { edges { node { id slug media { id } channelListings { channel { slug } } productVariants(first: 100)"
    " { edges { node { id sku stocks { warehouse { slug } } channelListings { price { amount } } } } } } } }",
    "attributes(first: $first) { edges { node { id slug choices(first: 5) { totalCount edges { node { name inputType } } } } } }",
    "categories(first: $first) { edges { node { id slug parent { slug } children(first: 5) { totalCount }"
    ' products(channel: "us", first: 1) { totalCount edges { node { slug thumbnail { url } } } } } } }',
    "productTypes(first: $first) { edges { node { id productAttributes { slug } assignedVariantAttributes { attribute { slug } } } } }",
    "stocks(first: $first) { edges { node { quantity quantityReserved warehouse { slug } productVariant { sku product { slug } } } } }",
    "productVariants(first: $first) { edges { node { sku product { slug productType { slug } } stocks { quantity } } } }",
]


@pytest.mark.parametrize("selection", STAFF_LISTS)
def test_lists_for_staff(filled: Merchant, selection: str) -> None:
    query = f"query L($first: Int!) {{ {selection} }}"
    counts = {statements(query, filled, first=size) for size in (2, 4)}
    assert len(counts) == 1


def test_the_home_page(filled: Merchant) -> None:
    before = statements(document("HomePage"), channel="us", altKey="alt.en")
    for name in ("e", "f"):
        filled.category(name)
        filled.create_listed_product(f"{name}1", "9.00", category=name)
    assert statements(document("HomePage"), channel="us", altKey="alt.en") == before


def test_a_count_alone_reads_no_products(filled: Merchant) -> None:
    query = '{ products(first: 8, channel: "us") { totalCount } }'
    assert statements(query) <= 3


def test_a_count_and_the_products_of_a_category_in_one_query(filled: Merchant) -> None:
    query = """{ categories(first: 4) { edges { node {
      count: products(first: 2, channel: "us") { totalCount }
      listed: products(first: 2, channel: "us") { edges { node { slug } } } } } } }"""
    [categories] = execute(query).values()
    counts = {
        (edge["node"]["count"]["totalCount"], len(edge["node"]["listed"]["edges"]))
        for edge in categories["edges"]
    }
    assert counts == {(0, 0), (2, 2)}
