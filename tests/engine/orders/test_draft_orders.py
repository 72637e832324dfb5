"""Draft orders."""

from decimal import Decimal
from typing import Any

import pytest

from store.engine.accounts import address_validation
from store.engine.discounts.models import Voucher, VoucherChannelListing, VoucherCode
from store.engine.errors import OperationError, OperationErrors
from store.engine.events.models import Event
from store.engine.orders import draft_orders
from store.engine.orders.draft_orders import NewLine
from store.engine.orders.errors import OrderLineError, VariantError
from store.engine.orders.models import Order
from store.engine.stock.models import Stock
from tests.engine import checkout_flow
from tests.engine.checkout_flow import ADA, Shop

pytestmark = pytest.mark.django_db


def draft(shop: Shop, *lines: NewLine, **given: Any) -> Order:
    return draft_orders.create(
        channel=shop.channel,
        values={"user_email": "ada@example.com", **given},
        lines=lines,
        shipping_address=address_validation.clean_address(ADA),
        billing_address=address_validation.clean_address(ADA),
        shipping_method=shop.method,
    )


def draft_with_line(quantity: int = 2, stock: int = 10, **given: Any) -> tuple[Shop, Order]:
    shop = checkout_flow.create_shop()
    return shop, draft(shop, NewLine(shop.variant("CUP", price="29.00", stock=stock).pk, quantity), **given)


def test_a_draft_is_priced_like_a_checkout() -> None:
    _, order = draft_with_line()
    assert (order.status, order.total_gross_amount) == ("DRAFT", Decimal("68.25"))
    assert order.lines.get().unit_price_gross_amount == Decimal("31.47")


def test_a_draft_allocates_no_stock_until_it_is_completed() -> None:
    shop, order = draft_with_line()
    assert checkout_flow.stock_quantities(shop.variants["CUP"]) == (10, 0, 0)
    order = draft_orders.complete(order_id=order.pk)
    assert (order.status, checkout_flow.stock_quantities(shop.variants["CUP"])) == ("UNFULFILLED", (10, 2, 2))
    assert Event.objects.filter(type="ORDER_CREATED", object_pk=str(order.pk)).count() == 1


def test_staffs_own_price_goes_before_the_listed_one() -> None:
    shop = checkout_flow.create_shop(rate="0")
    order = draft(shop, NewLine(shop.variant("CUP").pk, 1, price=Decimal("5.00")))
    assert order.total_gross_amount == Decimal("9.90")


def test_an_incomplete_draft_names_all_that_is_missing() -> None:
    shop = checkout_flow.create_shop()
    order = draft_orders.create(channel=shop.channel, values={}, lines=[NewLine(shop.variant("CUP").pk, 1)])
    with pytest.raises(OperationErrors) as refused:
        draft_orders.complete(order_id=order.pk)
    codes = [error.code for error in refused.value.errors]
    assert codes == ["BILLING_ADDRESS_NOT_SET", "ORDER_NO_SHIPPING_ADDRESS", "SHIPPING_METHOD_REQUIRED"]


def test_a_draft_without_lines_is_refused() -> None:
    shop = checkout_flow.create_shop()
    order = draft_orders.create(
        channel=shop.channel, values={}, billing_address=address_validation.clean_address(ADA)
    )
    with pytest.raises(OperationErrors) as refused:
        draft_orders.complete(order_id=order.pk)
    assert [error.code for error in refused.value.errors] == ["REQUIRED"]


def test_too_little_stock_stops_the_draft_and_nothing_changes() -> None:
    shop, order = draft_with_line(quantity=3)
    Stock.objects.update(quantity=2)
    with pytest.raises(OrderLineError) as refused:
        draft_orders.complete(order_id=order.pk)
    order.refresh_from_db()
    assert (refused.value.code, order.status) == ("INSUFFICIENT_STOCK", "DRAFT")
    assert checkout_flow.stock_quantities(shop.variants["CUP"]) == (2, 0, 0)


def test_a_draft_is_completed_once() -> None:
    _, order = draft_with_line()
    draft_orders.complete(order_id=order.pk)
    with pytest.raises(OperationError):
        draft_orders.complete(order_id=order.pk)
    assert Stock.objects.get().quantity_allocated == 2


def test_a_variant_that_is_not_sold_here_is_refused() -> None:
    shop = checkout_flow.create_shop()
    variant = shop.variant("CUP")
    variant.channel_listings.all().delete()
    with pytest.raises(VariantError) as refused:
        draft(shop, NewLine(variant.pk, 1))
    assert (refused.value.code, Order.objects.count()) == ("NOT_AVAILABLE_IN_CHANNEL", 0)


def test_changing_lines_of_an_unconfirmed_order_adjusts_allocations() -> None:
    shop, order = draft_with_line()
    shop.channel.automatically_confirm_all_new_orders = False
    shop.channel.save()
    draft_orders.complete(order_id=order.pk)
    line = order.lines.get()
    draft_orders.change_line(line_id=line.pk, quantity=5)
    assert checkout_flow.stock_quantities(shop.variants["CUP"]) == (10, 5, 5)
    draft_orders.delete_line(line_id=line.pk)
    assert checkout_flow.stock_quantities(shop.variants["CUP"]) == (10, 0, 0)


def test_a_confirmed_order_is_not_edited() -> None:
    shop, order = draft_with_line()
    draft_orders.complete(order_id=order.pk)
    with pytest.raises(OperationError) as refused:
        draft_orders.add_lines(order_id=order.pk, lines=[NewLine(shop.variants["CUP"].pk, 1)])
    assert (refused.value.code, order.lines.get().quantity) == ("NOT_EDITABLE", 2)


def test_another_shipping_method_changes_the_total() -> None:
    _, order = draft_with_line()
    order = draft_orders.set_shipping(order_id=order.pk, shipping_method=None)
    assert (order.shipping_price_gross_amount, order.total_gross_amount) == (Decimal(0), Decimal("62.93"))


def test_a_shipping_method_that_does_not_reach_the_address_is_refused() -> None:
    shop, order = draft_with_line()
    shop.zone.countries = ["DE"]
    shop.zone.save()
    with pytest.raises(OperationError) as refused:
        draft_orders.set_shipping(order_id=order.pk, shipping_method=shop.method)
    assert refused.value.code == "SHIPPING_METHOD_NOT_APPLICABLE"


def test_a_voucher_on_a_draft_is_counted_at_completion() -> None:
    shop, order = draft_with_line()
    voucher = Voucher.objects.create(name="Spring", usage_limit=5)
    VoucherCode.objects.create(voucher=voucher, code="SPRING")
    VoucherChannelListing.objects.create(
        voucher=voucher, channel=shop.channel, currency="USD", discount_value=Decimal(8)
    )
    order = draft_orders.update(order_id=order.pk, values={"voucher_code": "SPRING"})
    assert (order.subtotal_net_amount, order.discounts.get().amount_value) == (Decimal("50.00"), Decimal(8))
    draft_orders.complete(order_id=order.pk)
    assert VoucherCode.objects.get().used == 1


def test_a_deleted_draft_is_gone() -> None:
    _, order = draft_with_line()
    draft_orders.delete(order_id=order.pk)
    assert not Order.objects.exists()
