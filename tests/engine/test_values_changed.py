"""Editors who saw other values than those that are there now are told, and overwrite nothing."""

from decimal import Decimal

import pytest

from store.engine.catalog import channel_listings, products
from store.engine.catalog.channel_listings import PriceInput
from store.engine.catalog.models import Product, VariantChannelListing
from store.engine.errors import ChangedValue, NotFound, ValuesChanged
from store.engine.orders import fulfillments
from tests.engine import checkout_flow
from tests.engine.orders.order_flow import bought, send

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_tracking_number_that_somebody_else_changed_is_not_overwritten():
    shop, order = bought(3)
    parcel = send(shop, order, 3, tracking_number="1Z1")
    seen = {"tracking_number": "1Z1"}
    fulfillments.update_tracking(fulfillment_id=parcel.pk, tracking_number="1Z2", seen=seen)
    with pytest.raises(ValuesChanged) as refused:
        fulfillments.update_tracking(fulfillment_id=parcel.pk, tracking_number="1Z3", seen=seen)
    assert refused.value.changes == [ChangedValue("tracking_number", "1Z1", "1Z2")]
    parcel.refresh_from_db()
    assert parcel.tracking_number == "1Z2"


def test_the_same_change_twice_is_one_change():
    shop, order = bought(3)
    parcel = send(shop, order, 3, tracking_number="1Z1")
    for _ in range(2):
        fulfillments.update_tracking(
            fulfillment_id=parcel.pk, tracking_number="1Z2", seen={"tracking_number": "1Z1"}
        )
    assert order.events.filter(type="TRACKING_UPDATED").count() == 1


def test_a_price_that_somebody_else_changed_is_not_overwritten():
    variant = checkout_flow.create_shop().variant("CUP", stock=1, price="29.00")
    listing = VariantChannelListing.objects.get(variant=variant)
    VariantChannelListing.objects.update(price_amount=Decimal("31.00"))
    price = PriceInput(listing.channel, {"price": Decimal("28.00")}, seen={"price": Decimal("29.00")})
    with pytest.raises(ValuesChanged) as refused:
        channel_listings.update_prices(variant=variant, prices=[price])
    assert refused.value.changes == [ChangedValue("price_amount", Decimal("29.00"), Decimal("31.00"))]
    listing.refresh_from_db()
    assert listing.price_amount == Decimal("31.00")


def test_words_that_somebody_else_changed_are_not_overwritten():
    product = checkout_flow.create_shop().variant("CUP", stock=1, price="29.00").product
    seen = {"name": product.name, "seo_title": None}
    Product.objects.update(name="Theirs")
    with pytest.raises(ValuesChanged) as refused:
        products.update(product=product, given={"name": "Mine"}, seen=seen)
    assert [(change.field, change.now) for change in refused.value.changes] == [("name", "Theirs")]


def test_a_product_is_written_as_it_is_now_and_not_as_it_was_read():
    product = checkout_flow.create_shop().variant("CUP", stock=1, price="29.00").product
    Product.objects.update(seo_title="Theirs")
    products.update(product=product, given={"name": "Mine"})
    product = Product.objects.get()
    assert (product.name, product.seo_title) == ("Mine", "Theirs")


def test_a_product_that_is_gone_is_not_found():
    product = checkout_flow.create_shop().variant("CUP", stock=1, price="29.00").product
    products.delete(product=Product.objects.get(pk=product.pk))
    with pytest.raises(NotFound):
        products.update(product=product, given={"name": "Mine"})
