"""What is ordered once more: what is still sold, without what was true of the first parcel only."""

from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from store.engine.accounts.models import User
from store.engine.catalog.models import ProductChannelListing, ProductVariant, VariantChannelListing
from store.engine.channels import shop_settings
from store.engine.checkout import reorder
from store.engine.errors import OperationError
from store.engine.orders.models import Order, OrderLine
from store.engine.stock.models import Stock
from tests.engine.orders.order_flow import bought, send

pytestmark = pytest.mark.django_db


def reordered(order: Order, user: User | None = None) -> tuple[list[int], list[str]]:
    loaded, unavailable = reorder.from_order(order_id=order.pk, user=user)
    return [line.quantity for line in loaded.lines], [one.code for one in unavailable]


def test_the_lots_of_the_first_parcel_stay_with_the_first_order() -> None:
    shop, order = bought(2)
    send(shop, order, 2, lots={"LOT-A": 2})
    line = order.lines.get()
    line.metadata |= {"insert": "silicone-cups@2.0"}
    line.save()
    loaded, _ = reorder.from_order(order_id=order.pk, user=None)
    assert [one.metadata for one in loaded.lines] == [{"insert": "silicone-cups@2.0"}]


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda: VariantChannelListing.objects.all().delete(), "UNAVAILABLE_VARIANT_IN_CHANNEL"),
        (lambda: ProductChannelListing.objects.update(is_published=False), "PRODUCT_NOT_PUBLISHED"),
        (
            lambda: ProductChannelListing.objects.update(
                available_for_purchase_at=timezone.now().replace(year=2090)
            ),
            "PRODUCT_UNAVAILABLE_FOR_PURCHASE",
        ),
        (lambda: ProductVariant.objects.update(quantity_limit_per_customer=1), "QUANTITY_GREATER_THAN_LIMIT"),
        (
            lambda: shop_settings.update(changes={"limit_quantity_per_checkout": 1}),
            "QUANTITY_GREATER_THAN_LIMIT",
        ),
        (lambda: Stock.objects.update(quantity=3), "INSUFFICIENT_STOCK"),
        (lambda: ProductVariant.objects.all().delete(), "NOT_FOUND"),
    ],
)
def test_what_is_not_sold_any_more_is_left_out_with_its_reason(spoil: Any, code: str) -> None:
    _, order = bought(2)
    assert reordered(order) == ([2], [])
    spoil()
    assert reordered(order) == ([], [code])


def test_limits_are_reached_but_not_exceeded() -> None:
    _, order = bought(2)
    ProductVariant.objects.update(quantity_limit_per_customer=2)
    Stock.objects.update(quantity=4)
    assert reordered(order) == ([2], [])


def test_what_has_no_counted_stock_can_always_be_ordered() -> None:
    _, order = bought(2)
    Stock.objects.update(quantity=0)
    ProductVariant.objects.update(track_inventory=False)
    assert reordered(order) == ([2], [])


def test_the_pieces_of_two_lines_of_one_variant_count_together() -> None:
    _, order = bought(2)
    line = order.lines.get()
    OrderLine.objects.filter(pk=line.pk).update(quantity=1)
    line.pk, line.quantity = uuid4(), 1
    line.save(force_insert=True)
    ProductVariant.objects.update(quantity_limit_per_customer=1)
    assert reordered(order) == ([], ["QUANTITY_GREATER_THAN_LIMIT"] * 2)


def test_a_cart_belongs_only_to_who_placed_the_order_and_keeps_its_language() -> None:
    _, order = bought(1)
    ada, eve = (User.objects.create(email=f"{name}@example.com") for name in ("ada", "eve"))
    order.user, order.language_code = ada, "DE"
    order.save()
    owners = [reorder.from_order(order_id=order.pk, user=user)[0].checkout for user in (ada, eve, None)]
    assert [(one.user, one.language_code) for one in owners] == [(ada, "DE"), (None, "DE"), (None, "DE")]


def test_an_unknown_order_and_a_closed_channel_are_refused() -> None:
    shop, order = bought(1)
    with pytest.raises(OperationError) as refused:
        reorder.from_order(order_id=uuid4(), user=None)
    assert (refused.value.field, refused.value.code) == ("id", "ORDER_NOT_FOUND")
    shop.channel.is_active = False
    shop.channel.save()
    with pytest.raises(OperationError) as refused:
        reorder.from_order(order_id=order.pk, user=None)
    assert (refused.value.field, refused.value.code) == ("channel", "CHANNEL_INACTIVE")
