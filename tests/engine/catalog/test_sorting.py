"""Categories and collections in each order that a client may ask for."""

from datetime import UTC, datetime
from typing import Any

import pytest

from store.engine.catalog.models import Category, Collection, CollectionChannelListing, CollectionProduct
from store.engine.events.models import App
from store.engine.events.permission_codes import ALL_PERMISSIONS
from tests.engine import checkout_flow
from tests.engine.api_client import GraphQLErrors, execute

pytestmark = pytest.mark.django_db(transaction=True)


def slugs(kind: str, field: str, direction: str = "ASC", **arguments: Any) -> list[str]:
    """Slugs of all rows in this order, read in pages of two."""
    found: list[str] = []
    after = None
    while True:
        declaration, argument = (
            (", $channel: String", ", channel: $channel") if kind == "collections" else ("", "")
        )
        query = f"""query($after: String{declaration}) {{ {kind}(first: 2, after: $after{argument},
            sortBy: {{field: {field}, direction: {direction}}})
            {{ edges {{ node {{ slug }} }} pageInfo {{ hasNextPage endCursor }} }} }}"""
        page = execute(query, after=after, **arguments)[kind]
        found += [edge["node"]["slug"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


@pytest.fixture
def shop() -> checkout_flow.Shop:
    shop = checkout_flow.create_shop()
    Category.objects.update(name="~", slug="~")  # last in each order of names
    top, empty, deep = (
        Category.objects.create(name=name, slug=name.lower()) for name in ("Top", "Empty", "Deep")
    )
    low = Category.objects.create(name="Low", slug="low", parent=deep)
    Category.objects.create(name="Lower", slug="lower", parent=low)
    Category.objects.create(name="Aside", slug="aside", parent=deep)
    for sku, category in (("A", top), ("B", low), ("C", low)):
        product = shop.variant(sku).product
        product.category = category
        product.save()
    assert empty.path
    return shop


def test_categories_by_what_is_in_them(shop: checkout_flow.Shop) -> None:
    assert slugs("categories", "PRODUCT_COUNT") == ["aside", "empty", "lower", "~", "top", "deep", "low"]
    assert slugs("categories", "PRODUCT_COUNT", "DESC") == [
        "low",
        "deep",
        "top",
        "~",
        "lower",
        "empty",
        "aside",
    ]


def test_categories_by_how_many_are_below(shop: checkout_flow.Shop) -> None:
    assert slugs("categories", "SUBCATEGORY_COUNT", "DESC")[:2] == ["deep", "low"]
    assert slugs("categories", "NAME") == ["aside", "deep", "empty", "low", "lower", "top", "~"]


def test_collections_by_products_and_by_what_holds_in_a_channel(shop: checkout_flow.Shop) -> None:
    for at, name in enumerate(("One", "Two", "Three")):
        row = Collection.objects.create(name=name, slug=name.lower())
        CollectionChannelListing.objects.create(
            collection=row,
            channel=shop.channel,
            is_published=True,
            published_at=datetime(2026, 3 - at, 1, tzinfo=UTC),
        )
    CollectionProduct.objects.create(
        collection=Collection.objects.get(slug="two"), product=shop.variant("D").product
    )
    Collection.objects.create(name="Hidden", slug="hidden")
    here = shop.channel.slug
    assert slugs("collections", "PRODUCT_COUNT", "DESC", channel=here)[0] == "two"
    assert slugs("collections", "PUBLISHED_AT", channel=here) == ["three", "two", "one"]
    boss = App.objects.create(name="Boss", permissions=sorted(ALL_PERMISSIONS))
    assert slugs("collections", "AVAILABILITY", channel=here, as_=boss)[-1] == "two"
    with pytest.raises(GraphQLErrors):
        slugs("collections", "AVAILABILITY", as_=boss)
