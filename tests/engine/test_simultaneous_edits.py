"""Two people edit one row: each read it before the other saved, and both changes stay.

`row` is what the later editor's request read when it began.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Model

from store.engine.accounts import address_book
from store.engine.accounts.models import Address
from store.engine.catalog import (
    attributes,
    categories,
    collections,
    menus,
    pages,
    product_types,
    products,
    variants,
)
from store.engine.catalog.menus import Link
from store.engine.catalog.models import (
    Attribute,
    AttributeValue,
    Category,
    Collection,
    CollectionChannelListing,
    Menu,
    MenuItem,
    Page,
    PageType,
    Product,
    ProductType,
    ProductVariant,
)
from store.engine.channels.models import Channel, TaxConfiguration
from store.engine.errors import NotFound
from store.engine.events import webhook_registration
from store.engine.events.models import App, Webhook
from store.engine.shipping import shipping_methods
from store.engine.shipping.models import ShippingMethod, ShippingZone
from store.engine.stock import warehouse_assignment, warehouses
from store.engine.stock.models import Warehouse
from store.engine.taxes import tax_classes
from store.engine.taxes.models import TaxClass
from tests.engine import checkout_flow

pytestmark = pytest.mark.django_db(transaction=True)
Edit = Callable[[Any], object]


@pytest.fixture
def shop(transactional_db: None) -> checkout_flow.Shop:
    """A row of each kind."""
    shop = checkout_flow.create_shop()
    shop.variant("CUP")
    attribute = Attribute.objects.create(
        name="Material", slug="material", type="PRODUCT_TYPE", input_type="DROPDOWN"
    )
    AttributeValue.objects.create(attribute=attribute, name="Glass", slug="glass")
    page_type = PageType.objects.create(name="Guide", slug="guide")
    Page.objects.create(title="How to", slug="how-to", page_type=page_type)
    collection = Collection.objects.create(name="New", slug="new")
    CollectionChannelListing.objects.create(collection=collection, channel=shop.channel)
    menu = Menu.objects.create(name="Foot", slug="foot")
    MenuItem.objects.create(menu=menu, name="Shop", url="https://shop.example/")
    app = App.objects.create(name="Books")
    Webhook.objects.create(app=app, name="Orders", target_url="https://books.example/")
    return shop


# (the row's model, the later edit, what the earlier editor saved meanwhile)
EDITS: list[tuple[type[Model], Edit, dict[str, Any]]] = [
    (Product, lambda row: products.update(product=row, given={"rating": 4.5}), {"name": "Theirs"}),
    (
        Product,
        lambda row: products.update(product=row, given={"tax_class": None}, links=products.Links()),
        {"metadata": {"theirs": "1"}},
    ),
    (
        ProductVariant,
        lambda row: variants.update(variant=row, given={"name": "Mine"}),
        {"metadata": {"theirs": "1"}, "sort_order": 7},
    ),
    (
        ProductType,
        lambda row: product_types.update_product_type(product_type=row, given={"name": "Mine"}),
        {"weight": 2.0},
    ),
    (
        PageType,
        lambda row: product_types.update_page_type(page_type=row, given={"name": "Mine"}),
        {"slug": "b"},
    ),
    (Page, lambda row: pages.update(page=row, given={"title": "Mine"}), {"content": {"blocks": []}}),
    (Category, lambda row: categories.update(category=row, given={"name": "Mine"}), {"seo_title": "Theirs"}),
    (
        Collection,
        lambda row: collections.update(collection=row, given={"name": "Mine"}),
        {"seo_title": "Theirs"},
    ),
    (Menu, lambda row: menus.update(menu=row, given={"name": "Mine"}), {"slug": "theirs"}),
    (MenuItem, lambda row: menus.update_item(item=row, name="Mine"), {"sort_order": 5}),
    (
        Attribute,
        lambda row: attributes.update(attribute=row, given={"name": "Mine"}),
        {"value_required": True},
    ),
    (
        AttributeValue,
        lambda row: attributes.update_value(value=row, given={"value": "#fff"}),
        {"sort_order": 3, "name": "Theirs"},
    ),
    (TaxClass, lambda row: tax_classes.update(tax_class=row, name="Mine"), {"metadata": {"theirs": "1"}}),
    (
        TaxConfiguration,
        lambda row: tax_classes.update_configuration(configuration=row, changes={"charge_taxes": False}),
        {"display_gross_prices": False},
    ),
    (
        Channel,
        lambda row: warehouse_assignment.update_channel(channel=row, given={"name": "Mine"}),
        {"expire_orders_after": 90, "is_active": False},
    ),
    (
        ShippingMethod,
        lambda row: shipping_methods.update(method=row, given={"name": "Mine"}),
        {"maximum_delivery_days": 9},
    ),
    (
        ShippingZone,
        lambda row: warehouse_assignment.save_zone(zone=row, given={"name": "Mine"}),
        {"countries": ["US", "CA"]},
    ),
    (Warehouse, lambda row: warehouses.update(warehouse=row, given={"name": "Mine"}), {"is_private": False}),
    (
        Address,
        lambda row: address_book.update(address=row, given={"city": "Palo Alto"}),
        {"phone": "+16502530000"},
    ),
    (
        Webhook,
        lambda row: webhook_registration.update_webhook(webhook=row, given={"name": "Mine"}),
        {"is_active": False},
    ),
]


@pytest.mark.parametrize(
    ("model", "edit", "theirs"), EDITS, ids=lambda value: getattr(value, "__name__", None)
)
def test_what_another_saved_meanwhile_stays(
    shop: checkout_flow.Shop, model: type[Model], edit: Edit, theirs: dict[str, Any]
) -> None:
    rows = model._base_manager
    row = rows.order_by("pk")[0]
    rows.filter(pk=row.pk).update(**theirs)
    before = rows.filter(pk=row.pk).values().get()

    edit(row)

    now = rows.filter(pk=row.pk).values().get()
    assert {name: now[name] for name in theirs} == theirs
    assert now != before, "the edit itself did nothing"


def test_a_row_that_another_deleted_meanwhile_is_not_found(shop: checkout_flow.Shop) -> None:
    collection = Collection.objects.get()
    Collection.objects.all().delete()
    with pytest.raises(NotFound):
        collections.update(collection=collection, given={"name": "Mine"})
    assert not Collection.objects.exists()


def test_a_link_is_changed_and_nothing_else(shop: checkout_flow.Shop) -> None:
    item = MenuItem.objects.get()
    MenuItem.objects.update(name="Theirs")
    menus.update_item(item=item, link=Link(url="https://mine.example/"))
    now = MenuItem.objects.get()
    assert (now.name, now.url) == ("Theirs", "https://mine.example/")
