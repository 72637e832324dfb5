"""Delivery offers: kept while they are the same, renewed when they change, and the chosen one never silently."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from store.engine.catalog.models import ProductType
from store.engine.checkout import delivery_options
from store.engine.checkout.loaded_checkout import LoadedCheckout
from store.engine.checkout.models import Checkout, CheckoutDelivery
from store.engine.errors import OperationError
from store.engine.shipping.models import ShippingMethod, ShippingMethodChannelListing
from store.engine.stock.models import ChannelWarehouse, Warehouse
from tests.engine.checkout_flow import Shop

pytestmark = pytest.mark.django_db


def stored(checkout: Checkout) -> Checkout:
    return Checkout.objects.select_related("delivery").get(pk=checkout.pk)


def offers(checkout: Checkout) -> list[CheckoutDelivery]:
    return delivery_options.calculate(checkout_id=checkout.pk)


def change_price(value: str) -> None:
    ShippingMethodChannelListing.objects.update(price_amount=Decimal(value))


def express(shop: Shop) -> ShippingMethod:
    method = ShippingMethod.objects.create(name="Express", type="PRICE", shipping_zone=shop.zone)
    ShippingMethodChannelListing.objects.create(
        shipping_method=method, channel=shop.channel, price_amount=Decimal("9.90"), currency="USD"
    )
    return method


def choose(checkout: Checkout, **given: Any) -> Checkout:
    return delivery_options.choose(checkout_id=checkout.pk, **given).checkout


def is_valid(checkout: Checkout) -> bool:
    return delivery_options.is_chosen_delivery_valid(LoadedCheckout(stored(checkout)))


def test_an_offer_that_is_the_same_keeps_its_row(shop: Shop, checkout: Checkout) -> None:
    express(shop)
    first, again = offers(checkout), offers(checkout)
    assert [row.pk for row in again] == [row.pk for row in first]
    assert {row.name: row.price_amount for row in again} == {
        "Standard": Decimal("4.90"),
        "Express": Decimal("9.90"),
    }
    assert CheckoutDelivery.objects.count() == 2
    by_name = {row.name: row for row in again}
    assert (by_name["Standard"].tax_class_name, by_name["Express"].tax_class_name) == ("Goods", None)


def test_offers_are_good_for_an_hour(checkout: Checkout) -> None:
    offers(checkout)
    stale_at = stored(checkout).delivery_methods_stale_at
    assert stale_at
    assert timedelta(minutes=59) < stale_at - timezone.now() <= timedelta(hours=1)
    assert not delivery_options.is_stale(stored(checkout))
    Checkout.objects.update(delivery_methods_stale_at=timezone.now())
    assert delivery_options.is_stale(stored(checkout))
    Checkout.objects.update(delivery_methods_stale_at=None)
    assert delivery_options.is_stale(stored(checkout))


def test_an_offer_that_is_not_chosen_takes_the_new_price(shop: Shop, checkout: Checkout) -> None:
    choose(checkout)
    before = offers(checkout)
    change_price("5.50")
    after = offers(checkout)
    assert [(row.pk, row.price_amount) for row in after] == [(before[0].pk, Decimal("5.50"))]
    assert CheckoutDelivery.objects.get().price_amount == Decimal("5.50")


def test_a_chosen_offer_keeps_its_price_and_becomes_invalid(checkout: Checkout) -> None:
    chosen = stored(checkout).delivery
    change_price("5.50")
    (offered,) = offers(checkout)
    now = stored(checkout).delivery
    assert chosen
    assert now
    assert (now.pk, now.price_amount, now.is_valid) == (chosen.pk, Decimal("4.90"), False)
    assert (offered.pk != chosen.pk, offered.price_amount) == (True, Decimal("5.50"))
    assert not is_valid(checkout)
    choose(checkout, delivery_id=offered.pk)
    assert is_valid(checkout)
    offers(checkout)
    assert list(CheckoutDelivery.objects.all()) == [offered]


def test_a_chosen_offer_that_is_made_again_is_valid_again(checkout: Checkout) -> None:
    ShippingMethodChannelListing.objects.update(maximum_order_price_amount=Decimal(1))
    assert offers(checkout) == []
    assert not is_valid(checkout)
    ShippingMethodChannelListing.objects.update(maximum_order_price_amount=None)
    (offered,) = offers(checkout)
    choose(checkout, delivery_id=offered.pk)
    assert is_valid(checkout)


def test_offers_that_are_not_made_any_more_are_deleted(shop: Shop, checkout: Checkout) -> None:
    express(shop)
    assert len(offers(checkout)) == 2
    ShippingMethod.objects.filter(name="Express").delete()
    (offered,) = offers(checkout)
    assert list(CheckoutDelivery.objects.all()) == [offered]


def test_a_stale_choice_is_compared_with_what_is_offered_now(shop: Shop, checkout: Checkout) -> None:
    Checkout.objects.update(delivery_methods_stale_at=timezone.now())
    assert is_valid(checkout)
    express(shop)
    assert is_valid(checkout)
    change_price("5.50")
    assert not is_valid(checkout)
    change_price("4.90")
    CheckoutDelivery.objects.update(active=False)
    assert not is_valid(checkout)
    assert not delivery_options.is_chosen_delivery_valid(LoadedCheckout(Checkout(delivery=None)))


def test_a_method_is_chosen_by_offer_or_by_older_id_and_taken_back(shop: Shop, checkout: Checkout) -> None:
    method = express(shop)
    (fast,) = [row for row in offers(checkout) if row.name == "Express"]
    assert choose(checkout, delivery_id=fast.pk).delivery == fast
    standard = choose(checkout, shipping_method_id=shop.method.pk).delivery
    assert standard
    assert standard.name == "Standard"
    chosen = choose(checkout, shipping_method_id=method.pk).delivery
    assert chosen
    assert chosen.name == "Express"
    assert stored(checkout).delivery == chosen
    assert choose(checkout).delivery is None
    assert stored(checkout).delivery is None


def test_stale_offers_are_made_anew_when_one_is_chosen(shop: Shop, checkout: Checkout) -> None:
    choose(checkout)
    method = express(shop)
    with pytest.raises(OperationError) as refused:
        choose(checkout, shipping_method_id=method.pk)
    assert refused.value.code == "DELIVERY_METHOD_NOT_APPLICABLE"
    Checkout.objects.update(delivery_methods_stale_at=timezone.now())
    assert choose(checkout, shipping_method_id=method.pk).delivery


@pytest.mark.parametrize("given", [{"delivery_id": uuid4()}, {"shipping_method_id": 0}])
def test_what_is_not_offered_can_not_be_chosen(checkout: Checkout, given: dict[str, Any]) -> None:
    before = stored(checkout).delivery
    with pytest.raises(OperationError) as refused:
        choose(checkout, **given)
    assert (refused.value.code, stored(checkout).delivery) == ("DELIVERY_METHOD_NOT_APPLICABLE", before)


def test_what_needs_no_parcel_has_no_delivery(shop: Shop, checkout: Checkout) -> None:
    ProductType.objects.update(is_shipping_required=False)
    with pytest.raises(OperationError) as refused:
        choose(checkout, shipping_method_id=shop.method.pk)
    assert refused.value.code == "SHIPPING_NOT_REQUIRED"
    assert offers(checkout) == []


def test_who_collects_has_the_points_address_and_who_changes_their_mind_has_none(
    shop: Shop, checkout: Checkout
) -> None:
    Warehouse.objects.update(click_and_collect_option="LOCAL")
    point = Warehouse.objects.get()
    collected = choose(checkout, warehouse_id=point.pk)
    found = stored(checkout)
    assert (collected.collection_point, found.collection_point, found.delivery) == (point, point, None)
    assert found.shipping_address
    assert found.shipping_address.street_address_1 == point.address.street_address_1
    assert (found.shipping_address_id == point.address_id, found.save_shipping_address) == (False, False)
    assert delivery_options.is_collection_point_valid(found)
    assert offers(checkout) == []
    choose(checkout)
    found = stored(checkout)
    assert (found.collection_point, found.shipping_address) == (None, None)
    assert delivery_options.is_stale(found)
    assert not delivery_options.is_collection_point_valid(found)


def test_only_the_channels_own_points_can_be_chosen_while_they_are_open(
    shop: Shop, checkout: Checkout
) -> None:
    point = Warehouse.objects.get()
    for closed in (True, False):
        Warehouse.objects.update(click_and_collect_option="DISABLED" if closed else "ALL")
        if not closed:
            ChannelWarehouse.objects.all().delete()
        with pytest.raises(OperationError) as refused:
            choose(checkout, warehouse_id=point.pk)
        assert refused.value.code == "DELIVERY_METHOD_NOT_APPLICABLE"
    ChannelWarehouse.objects.create(channel=shop.channel, warehouse=point)
    choose(checkout, warehouse_id=point.pk)
    Warehouse.objects.update(click_and_collect_option="DISABLED")
    assert not delivery_options.is_collection_point_valid(stored(checkout))
