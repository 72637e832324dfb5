"""A row is shown in the channel of its parent: rows of several channels in one answer don't mix."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from store.engine.accounts.models import User
from store.engine.catalog.models import (
    Collection,
    CollectionChannelListing,
    CollectionProduct,
    Menu,
    MenuItem,
    Product,
    ProductChannelListing,
    VariantChannelListing,
)
from store.engine.channels.models import Channel, TaxConfiguration
from store.engine.graphql.row_states import RowStates
from store.engine.orders import fulfillments
from store.engine.orders.fulfillments import FulfillLine
from store.engine.orders.models import Order, OrderLine
from tests.engine.api_client import execute
from tests.engine.checkout_flow import Shop, create_shop, place_order

USD, EUR = "default-channel", "eu"
PRICES = {USD: ("USD", 29.0), EUR: ("EUR", 99.0)}
MONEY = "{gross{currency amount}}"


@pytest.fixture
def shop(transactional_db: None) -> Shop:
    """One cup at 29 dollars, before tax, and at 99 euros, in a channel without taxes; one order in each channel."""
    shop = create_shop(rate="0")
    cup = shop.variant("palm")
    eur = Channel.objects.create(
        name="EU", slug=EUR, is_active=True, currency_code="EUR", default_country="DE"
    )
    TaxConfiguration.objects.create(channel=eur, charge_taxes=False)
    ProductChannelListing.objects.create(
        product=cup.product, channel=eur, currency="EUR", is_published=True, published_at=timezone.now(),
        visible_in_listings=True, available_for_purchase_at=None,
    )  # fmt: skip
    VariantChannelListing.objects.create(
        variant=cup, channel=eur, currency="EUR", price_amount=Decimal("99.00")
    )
    move_to_channel(place_order(shop, (cup, 1)), eur)
    place_order(shop, (cup, 1))
    return shop


def move_to_channel(order: Order, channel: Channel) -> None:
    order.channel, order.currency = channel, channel.currency_code
    order.save()
    OrderLine.objects.filter(order=order).update(currency=channel.currency_code)


@pytest.fixture
def staff(shop: Shop) -> User:
    user: User = User.objects.create_superuser("boss@example.com", "long enough")
    return user


def price(found: dict[str, Any]) -> tuple[str, float]:
    return found["gross"]["currency"], found["gross"]["amount"]


def orders(selection: str, staff: User) -> dict[str, Any]:
    """What is selected of each order's first line, by the order's channel."""
    query = f"{{orders(first:5){{edges{{node{{channel{{slug}} {selection}}}}}}}}}"
    nodes = [edge["node"] for edge in execute(query, as_=staff)["orders"]["edges"]]
    assert len(nodes) == 2
    return {node["channel"]["slug"]: node for node in nodes}


def test_lines_of_orders_show_their_variant_with_the_price_of_their_channel(staff: User) -> None:
    found = orders(f"lines{{variant{{pricing{{price{MONEY}}}}}}}", staff)
    variants = {slug: node["lines"][0]["variant"] for slug, node in found.items()}
    assert {slug: price(variant["pricing"]["price"]) for slug, variant in variants.items()} == PRICES


def test_products_of_ordered_variants_are_shown_in_the_channel_of_the_order(staff: User) -> None:
    pricing = f"pricing{{priceRange{{start{MONEY}}}}}"
    listing = "isAvailableForPurchase"
    variants = f"productVariants(first:5){{edges{{node{{pricing{{price{MONEY}}}}}}}}}"
    found = orders(f"lines{{variant{{product{{{listing} {pricing} {variants}}}}}}}", staff)
    products = {slug: node["lines"][0]["variant"]["product"] for slug, node in found.items()}
    assert products[USD]["isAvailableForPurchase"] is True
    assert products[EUR]["isAvailableForPurchase"] is False
    starts = {slug: price(product["pricing"]["priceRange"]["start"]) for slug, product in products.items()}
    assert starts == PRICES
    [[usd], [eur]] = (products[slug]["productVariants"]["edges"] for slug in (USD, EUR))
    assert price(usd["node"]["pricing"]["price"]) == PRICES[USD]
    assert price(eur["node"]["pricing"]["price"]) == PRICES[EUR]


def test_shipped_lines_show_their_variant_with_the_price_of_their_channel(shop: Shop, staff: User) -> None:
    for order in Order.objects.all():
        lines = [FulfillLine(line.pk, shop.warehouse.pk, 1) for line in order.lines.all()]
        fulfillments.fulfill(order_id=order.pk, fulfill_lines=lines)
    found = orders(f"fulfillments{{lines{{orderLine{{variant{{pricing{{price{MONEY}}}}}}}}}}}", staff)
    lines = {slug: node["fulfillments"][0]["lines"][0] for slug, node in found.items()}
    prices = {slug: price(line["orderLine"]["variant"]["pricing"]["price"]) for slug, line in lines.items()}
    assert prices == PRICES


def test_lists_of_two_channels_in_one_request_have_their_own_prices(shop: Shop) -> None:
    nodes = f"{{edges{{node{{pricing{{priceRange{{start{MONEY}}}}} isAvailableForPurchase}}}}}}"
    query = f'{{usd: products(first:5,channel:"{USD}"){nodes} eur: products(first:5,channel:"{EUR}"){nodes}}}'
    found = {name: connection["edges"][0]["node"] for name, connection in execute(query).items()}
    assert price(found["usd"]["pricing"]["priceRange"]["start"]) == PRICES[USD]
    assert price(found["eur"]["pricing"]["priceRange"]["start"]) == PRICES[EUR]
    assert [found[name]["isAvailableForPurchase"] for name in ("usd", "eur")] == [True, False]


def test_collections_of_two_menus_show_products_of_their_channel(shop: Shop) -> None:
    collection = Collection.objects.create(name="First", slug="first")
    CollectionProduct.objects.create(collection=collection, product=Product.objects.get())
    for channel in Channel.objects.all():
        CollectionChannelListing.objects.create(collection=collection, channel=channel, is_published=True)
    menu = Menu.objects.create(name="Main", slug="main")
    MenuItem.objects.create(menu=menu, name="First", collection=collection)
    products = f"products(first:5){{edges{{node{{pricing{{priceRange{{start{MONEY}}}}}}}}}}}"
    items = f"{{items{{collection{{{products}}}}}}}"
    found = execute(
        f'{{usd: menu(slug:"main",channel:"{USD}"){items} eur: menu(slug:"main",channel:"{EUR}"){items}}}'
    )
    for name, slug in (("usd", USD), ("eur", EUR)):
        shown = found[name]["items"][0]["collection"]
        [product] = shown["products"]["edges"]
        assert price(product["node"]["pricing"]["priceRange"]["start"]) == PRICES[slug]


def test_a_row_that_two_channels_share_is_a_row_of_its_own_in_each(shop: Shop) -> None:
    usd, eur = Channel.objects.order_by("pk")
    rows, product = RowStates(), Product.objects.get()
    [shown_in_usd] = rows.hand_down([product], usd)
    [in_eur, [again_in_eur]] = rows.hand_down([product, [product]], eur)
    assert shown_in_usd is product
    assert in_eur is again_in_eur is not product
    assert (rows.of(product).channel, rows.of(in_eur).channel) == (usd, eur)


def test_values_are_fetched_for_siblings_of_one_channel_and_class_once_each(shop: Shop) -> None:
    usd, eur = Channel.objects.order_by("pk")
    rows, order = RowStates(), Order.objects.first()
    first, second, third = (Product(name=name) for name in "abc")
    rows.in_channel(third, eur)
    for row in (first, second):
        rows.in_channel(row, usd)
    rows.bind([first, first, second, third, order])
    assert [state.row for state in rows.of(first).pending("price")] == [first, second]
    rows.of(second).values["price"] = 1
    assert [state.row for state in rows.of(first).pending("price")] == [first]
