"""Draft orders."""

from decimal import Decimal
from typing import Any

import pytest

from store.engine.accounts import address_validation
from store.engine.accounts.models import User
from store.engine.catalog.models import ProductChannelListing, ProductVariant
from store.engine.discounts.models import Voucher, VoucherChannelListing, VoucherCode
from store.engine.errors import NotUnique, OperationError, OperationErrors
from store.engine.events.models import Event
from store.engine.orders import draft_orders
from store.engine.orders.draft_orders import NewLine
from store.engine.orders.errors import OrderLineError, VariantError
from store.engine.orders.models import Order
from store.engine.shipping.models import ShippingMethodChannelListing
from store.engine.stock.models import Stock
from tests.engine import checkout_flow
from tests.engine.checkout_flow import ADA, Shop
from tests.engine.orders.order_flow import event_types

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


def test_what_a_draft_is_made_and_changed_with_is_kept() -> None:
    shop = checkout_flow.create_shop()
    given = {"customer_note": "Ring twice", "external_reference": "till-7", "metadata": {"from": "phone"}}
    order = draft(shop, NewLine(shop.variant("CUP").pk, 1), **given)
    assert (order.customer_note, order.external_reference, order.metadata) == (
        "Ring twice",
        "till-7",
        {"from": "phone"},
    )
    assert event_types(order) == ["DRAFT_ORDER_CREATED"]
    assert order.events.filter(type="DRAFT_CREATED").count() == 1
    ada = User.objects.create(email="ada2@example.com")
    changed = draft_orders.update(
        order_id=order.pk, values={"customer_note": None, "metadata": {"by": "Bo"}}, user=ada
    )
    assert (changed.customer_note, changed.user, changed.user_email) == ("", ada, "ada2@example.com")
    assert changed.metadata == {"from": "phone", "by": "Bo"}
    assert event_types(order) == ["DRAFT_ORDER_CREATED", "DRAFT_ORDER_UPDATED"]


def test_a_reference_belongs_to_one_order() -> None:
    shop = checkout_flow.create_shop()
    line = NewLine(shop.variant("CUP").pk, 1)
    first, second = (draft(shop, line, external_reference=name) for name in ("till-7", "till-8"))
    with pytest.raises(NotUnique):
        draft(shop, line, external_reference="till-7")
    with pytest.raises(NotUnique):
        draft_orders.update(order_id=second.pk, values={"external_reference": "till-7"})
    draft_orders.update(order_id=first.pk, values={"external_reference": "till-7"})
    assert Order.objects.count() == 2


def test_more_of_a_variant_goes_on_its_line_and_is_allocated_once_the_order_is_placed() -> None:
    shop, order = draft_with_line()
    cup, pump = shop.variants["CUP"], shop.variant("PUMP", price="10.00")
    _, changed = draft_orders.add_lines(order_id=order.pk, lines=[NewLine(cup.pk, 1), NewLine(pump.pk, 1)])
    assert [(line.variant, line.quantity) for line in changed] == [(cup, 3), (pump, 1)]
    assert checkout_flow.stock_quantities(cup) == (10, 0, 0)
    added = order.events.get(type="ADDED_PRODUCTS")
    assert added.parameters["lines"] == [str(line.pk) for line in changed]
    assert event_types(order)[-1] == "DRAFT_ORDER_UPDATED"
    shop.channel.automatically_confirm_all_new_orders = False
    shop.channel.save()
    draft_orders.complete(order_id=order.pk)
    draft_orders.add_lines(order_id=order.pk, lines=[NewLine(cup.pk, 2)])
    assert checkout_flow.stock_quantities(cup) == (10, 5, 5)
    assert event_types(order)[-1] == "ORDER_UPDATED"


@pytest.mark.parametrize("quantity", [0, -1])
def test_a_line_of_nothing_is_refused(quantity: int) -> None:
    _, order = draft_with_line()
    with pytest.raises(OperationError) as refused:
        draft_orders.change_line(line_id=order.lines.get().pk, quantity=quantity)
    assert (refused.value.code, order.lines.get().quantity) == ("ZERO_QUANTITY", 2)


def test_one_piece_of_a_line_may_stay_and_a_deleted_line_is_in_the_history() -> None:
    shop, order = draft_with_line(3)
    shop.channel.automatically_confirm_all_new_orders = False
    shop.channel.save()
    draft_orders.complete(order_id=order.pk)
    line = order.lines.get()
    draft_orders.change_line(line_id=line.pk, quantity=1)
    assert checkout_flow.stock_quantities(shop.variants["CUP"]) == (10, 1, 1)
    order, _ = draft_orders.delete_line(line_id=line.pk)
    assert order.events.get(type="REMOVED_PRODUCTS").parameters["lines"] == [str(line.pk)]
    assert (order.lines.count(), order.subtotal_gross_amount) == (0, 0)


def test_a_draft_that_is_placed_belongs_to_the_account_of_its_email_and_says_so() -> None:
    ada = User.objects.create(email="ada@example.com")
    _, order = draft_with_line()
    order = draft_orders.complete(order_id=order.pk)
    assert order.user == ada
    assert event_types(order)[1:] == ["ORDER_CREATED", "ORDER_CONFIRMED"]
    assert order.events.filter(type="PLACED_FROM_DRAFT").count() == 1


def test_a_free_draft_is_paid_when_it_is_placed() -> None:
    shop = checkout_flow.create_shop()
    order = draft(shop, NewLine(shop.variant("CUP").pk, 1, price=Decimal(0)))
    draft_orders.set_shipping(order_id=order.pk, shipping_method=None)
    ShippingMethodChannelListing.objects.update(price_amount=0)
    draft_orders.set_shipping(order_id=order.pk, shipping_method=shop.method)
    draft_orders.complete(order_id=order.pk)
    placed = event_types(order)[-4:]
    assert placed == ["ORDER_CREATED", "ORDER_PAID", "ORDER_FULLY_PAID", "ORDER_CONFIRMED"]


def test_what_can_no_longer_be_sold_stops_a_draft_with_its_lines() -> None:
    shop, order = draft_with_line()
    line = order.lines.get()
    ProductChannelListing.objects.update(is_published=False)
    assert refusals(order) == [("PRODUCT_NOT_PUBLISHED", [line.pk])]
    ProductVariant.objects.all().delete()
    assert refusals(order) == [("NOT_FOUND", [line.pk])]
    shop.channel.is_active = False
    shop.channel.save()
    assert [code for code, _ in refusals(order)] == ["CHANNEL_INACTIVE", "NOT_FOUND"]
    assert event_types(order) == ["DRAFT_ORDER_CREATED"]


def refusals(order: Order) -> list[tuple[str, Any]]:
    with pytest.raises(OperationErrors) as refused:
        draft_orders.complete(order_id=order.pk)
    return [(error.code, error.extras.get("order_lines")) for error in refused.value.errors]


def test_goods_that_are_not_sent_need_no_address_and_no_delivery() -> None:
    shop = checkout_flow.create_shop()
    shop.type.is_shipping_required = False
    shop.type.save()
    order = draft_orders.create(
        channel=shop.channel,
        values={},
        lines=[NewLine(shop.variant("COURSE").pk, 1)],
        billing_address=address_validation.clean_address(ADA),
    )
    assert draft_orders.complete(order_id=order.pk).status == "UNFULFILLED"


def test_a_code_that_ran_out_meanwhile_stops_the_draft() -> None:
    shop, order = draft_with_line()
    voucher = Voucher.objects.create(name="Spring", usage_limit=1)
    VoucherCode.objects.create(voucher=voucher, code="SPRING")
    VoucherChannelListing.objects.create(
        voucher=voucher, channel=shop.channel, currency="USD", discount_value=Decimal(8)
    )
    draft_orders.update(order_id=order.pk, values={"voucher_code": "SPRING"})
    VoucherCode.objects.update(used=1)
    with pytest.raises(OperationError) as refused:
        draft_orders.complete(order_id=order.pk)
    assert (refused.value.code, Order.objects.get().status) == ("INVALID_VOUCHER", "DRAFT")
    with pytest.raises(OperationError) as refused:
        draft_orders.update(order_id=order.pk, values={"voucher_code": "WINTER"})
    assert refused.value.code == "INVALID_VOUCHER_CODE"


def test_delivery_is_offered_where_there_is_something_to_send_and_where_to() -> None:
    shop, order = draft_with_line()
    assert [offer.method for offer in draft_orders.available_shipping_methods(order)] == [shop.method]
    without_address = draft_orders.create(
        channel=shop.channel, values={}, lines=[NewLine(shop.variants["CUP"].pk, 1)]
    )
    assert draft_orders.available_shipping_methods(without_address) == []
    with pytest.raises(OperationError) as refused:
        draft_orders.set_shipping(order_id=without_address.pk, shipping_method=shop.method)
    assert refused.value.code == "ORDER_NO_SHIPPING_ADDRESS"
    ShippingMethodChannelListing.objects.update(minimum_order_price_amount=Decimal("58.01"))
    assert draft_orders.available_shipping_methods(order) == []
    ShippingMethodChannelListing.objects.update(minimum_order_price_amount=Decimal("58.00"))
    assert len(draft_orders.available_shipping_methods(order)) == 1


def test_only_a_draft_is_changed_or_deleted_as_one() -> None:
    _, order = draft_with_line()
    draft_orders.complete(order_id=order.pk)
    for act in (
        lambda: draft_orders.update(order_id=order.pk, values={"customer_note": "x"}),
        lambda: draft_orders.delete(order_id=order.pk),
    ):
        with pytest.raises(OperationError) as refused:
            act()
        assert (refused.value.field, refused.value.code) == ("id", "INVALID")
    assert Order.objects.get().customer_note == ""


@pytest.mark.parametrize(("keep", "kept"), [(True, 1), (False, 0), (None, 0)])
def test_addresses_go_into_the_address_book_when_the_draft_says_so(keep: bool | None, kept: int) -> None:
    user = User.objects.create(email="ada@example.com")
    _, order = draft_with_line(save_shipping_address=keep)
    assert user.addresses.count() == 0
    draft_orders.update(order_id=order.pk, values={}, user=user)
    draft_orders.complete(order_id=order.pk)
    user.refresh_from_db()
    assert user.addresses.count() == kept
    assert bool(user.default_shipping_address_id) is bool(kept)
    assert user.default_billing_address_id is None


@pytest.mark.parametrize("kind", ["billing", "shipping"])
def test_an_address_that_is_not_given_can_not_be_kept(kind: str) -> None:
    _, order = draft_with_line()
    with pytest.raises(OperationError) as refused:
        draft_orders.update(order_id=order.pk, values={f"save_{kind}_address": True})
    assert (refused.value.field, refused.value.code) == (
        f"save{kind.title()}Address",
        "MISSING_ADDRESS_DATA",
    )
