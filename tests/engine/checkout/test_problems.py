"""What prevents a checkout from being completed, as it is told to the shopper."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from store.engine.catalog.models import ProductChannelListing, ProductVariant, VariantChannelListing
from store.engine.checkout.loaded_checkout import LoadedCheckout
from store.engine.checkout.models import Checkout, CheckoutLine
from store.engine.checkout.problems import checkout_problems, line_problems
from store.engine.shipping.models import ShippingMethodChannelListing
from store.engine.stock.models import Stock
from tests.engine import checkout_flow
from tests.engine.checkout_flow import Shop

pytestmark = pytest.mark.django_db


def found(checkout: Checkout) -> list[tuple[str, Any]]:
    """(kind, SKU of the line or name of the delivery), and the stock that is left."""
    loaded = LoadedCheckout(Checkout.objects.select_related("delivery").get(pk=checkout.pk))
    return [_told(problem) for problem in checkout_problems(loaded)]


def _told(problem: Any) -> tuple[Any, ...]:
    line = getattr(problem, "line", None)
    about = line.variant.sku if line else problem.delivery.name
    left = [problem.available_quantity] if hasattr(problem, "available_quantity") else []
    return type(problem).__name__.removesuffix("Problem"), about, *left


def test_what_can_be_bought_has_no_problem(shop: Shop) -> None:
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP", stock=3), 3))
    assert found(checkout) == []
    assert line_problems(LoadedCheckout(Checkout(), lines=[])) == []


@pytest.mark.parametrize("left", [1, 0])
def test_a_line_that_the_stock_does_not_cover_is_named_with_what_is_left(shop: Shop, left: int) -> None:
    checkout = checkout_flow.create_checkout(
        shop, (shop.variant("CUP", stock=2), 2), (shop.variant("OIL"), 1)
    )
    Stock.objects.filter(variant__sku="CUP").update(quantity=left)
    assert found(checkout) == [("InsufficientStock", "CUP", left)]
    ProductVariant.objects.filter(sku="CUP").update(track_inventory=False)
    assert found(checkout) == []


def test_lines_of_one_variant_are_short_together(shop: Shop) -> None:
    cup = shop.variant("CUP", stock=3)
    checkout = checkout_flow.create_checkout(shop, (cup, 1))
    CheckoutLine.objects.create(
        checkout=checkout,
        variant=cup,
        quantity=2,
        undiscounted_unit_price_amount=29,
        created_at=timezone.now(),
    )
    assert found(checkout) == []
    Stock.objects.update(quantity=2)
    assert found(checkout) == [("InsufficientStock", "CUP", 2)] * 2


@pytest.mark.parametrize(
    "change",
    [{"is_published": False}, {"available_for_purchase_at": None},
     {"available_for_purchase_at": timezone.now() + timedelta(days=9)}],
)  # fmt: skip
def test_what_is_not_on_sale_any_more_is_unavailable_only(shop: Shop, change: dict[str, Any]) -> None:
    checkout = checkout_flow.create_checkout(shop, (shop.variant("CUP"), 1), (shop.variant("OIL"), 1))
    Stock.objects.update(quantity=0)
    ProductChannelListing.objects.filter(product__variants__sku="CUP").update(**change)
    assert found(checkout) == [("VariantNotAvailable", "CUP"), ("InsufficientStock", "OIL", 0)]


def test_without_price_or_listing_it_is_unavailable(shop: Shop) -> None:
    checkout = checkout_flow.create_checkout(shop, (shop.variant("CUP"), 1), (shop.variant("OIL"), 1))
    VariantChannelListing.objects.filter(variant__sku="CUP").delete()
    ProductChannelListing.objects.filter(product__variants__sku="OIL").delete()
    assert found(checkout) == [("VariantNotAvailable", "CUP"), ("VariantNotAvailable", "OIL")]


def test_a_stale_delivery_is_named_and_an_invalid_one_too(shop: Shop) -> None:
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 1))
    Checkout.objects.update(delivery_methods_stale_at=timezone.now())
    assert found(checkout) == [("DeliveryMethodStale", "Standard")]
    ShippingMethodChannelListing.objects.update(price_amount=Decimal("5.50"))
    assert found(checkout) == [("DeliveryMethodStale", "Standard"), ("DeliveryMethodInvalid", "Standard")]
