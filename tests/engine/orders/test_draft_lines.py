"""Lines, vouchers, delivery and placing of drafts: each bound and each value that is kept."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from store.engine.accounts import address_validation
from store.engine.accounts.models import User
from store.engine.catalog.models import ProductType
from store.engine.discounts.models import Voucher, VoucherChannelListing, VoucherCode
from store.engine.errors import NotFound, OperationError, OperationErrors
from store.engine.orders import draft_orders
from store.engine.orders.draft_orders import NewLine
from store.engine.orders.errors import OrderLineError, VariantError
from store.engine.orders.models import Order, OrderLine
from store.engine.shipping import available_methods
from store.engine.shipping.models import ShippingMethod, ShippingMethodChannelListing
from store.engine.stock.models import Stock
from tests.engine import checkout_flow
from tests.engine.checkout_flow import ADA, Shop
from tests.engine.orders.order_flow import event_types

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    made = checkout_flow.create_shop()
    made.variant("CUP", stock=10, weight=0.5)
    made.variant("OIL", price="10.00", stock=10)
    return made


def draft(shop: Shop, *lines: NewLine, user: User | None = None, **values: Any) -> Order:
    return draft_orders.create(
        channel=shop.channel,
        values=values,
        lines=lines,
        user=user,
        shipping_address=address_validation.clean_address(ADA),
        billing_address=address_validation.clean_address(ADA),
        shipping_method=shop.method if lines else None,
    )


def cups(shop: Shop, quantity: int = 2, **options: Any) -> NewLine:
    return NewLine(shop.variants["CUP"].pk, quantity, **options)


def oil(shop: Shop, quantity: int = 1, **options: Any) -> NewLine:
    return NewLine(shop.variants["OIL"].pk, quantity, **options)


def unconfirmed(shop: Shop, *lines: NewLine) -> Order:
    shop.channel.automatically_confirm_all_new_orders = False
    shop.channel.save()
    return draft_orders.complete(order_id=draft(shop, *lines).pk)


def lines_of(order: Order) -> list[tuple[str | None, int, Decimal, int]]:
    rows = order.lines.order_by("position", "pk")
    return list(
        rows.values_list("product_sku", "quantity", "undiscounted_base_unit_price_amount", "position")
    )


def refused(function: Any, **given: Any) -> OperationError:
    with pytest.raises(OperationError) as error:
        function(**given)
    return error.value


def add_voucher(shop: Shop) -> None:
    voucher = Voucher.objects.create(name="Spring", usage_limit=3)
    VoucherCode.objects.create(voucher=voucher, code="SPRING")
    VoucherChannelListing.objects.create(
        voucher=voucher, channel=shop.channel, currency="USD", discount_value=Decimal(8)
    )


def test_lines_stand_in_the_order_in_which_they_were_added(shop: Shop) -> None:
    order = draft(shop, oil(shop), cups(shop, 1), cups(shop, 2))
    assert lines_of(order) == [("OIL", 1, 10, 0), ("CUP", 3, 29, 1)]
    draft_orders.add_lines(order_id=order.pk, lines=[cups(shop, 1, force_new_line=True), oil(shop, 4)])
    assert lines_of(order) == [("OIL", 5, 10, 0), ("CUP", 3, 29, 1), ("CUP", 1, 29, 2)]
    draft_orders.add_lines(
        order_id=order.pk,
        lines=[cups(shop, 1, force_new_line=True, price=Decimal(0)), oil(shop, 1, force_new_line=True)],
    )
    assert lines_of(order)[3:] == [("CUP", 1, 0, 3), ("OIL", 1, 10, 4)]


def test_added_lines_are_answered_with_their_prices(shop: Shop) -> None:
    order = draft(shop)
    _, [line] = draft_orders.add_lines(order_id=order.pk, lines=[cups(shop, 1)])
    assert (line.variant, line.quantity, OrderLine.objects.get().unit_price_gross_amount) == (
        shop.variants["CUP"],
        1,
        Decimal("31.47"),
    )
    changed, line = draft_orders.change_line(line_id=line.pk, quantity=2)
    assert (changed.subtotal_gross_amount, line.quantity, line.total_price_gross_amount) == (
        Decimal("62.93"),
        2,
        Decimal("62.93"),
    )
    changed, gone = draft_orders.delete_line(line_id=line.pk)
    assert (changed.subtotal_gross_amount, gone.pk, order.lines.count()) == (0, line.pk, 0)


@pytest.mark.parametrize("quantity", [0, -1])
def test_nothing_is_added_by_a_line_of_nothing(shop: Shop, quantity: int) -> None:
    order = draft(shop, oil(shop))
    error = refused(draft_orders.add_lines, order_id=order.pk, lines=[cups(shop, quantity)])
    assert (error.code, order.lines.count()) == ("ZERO_QUANTITY", 1)


def test_unknown_variants_lines_and_orders_are_not_found(shop: Shop) -> None:
    order = draft(shop)
    for function, given in (
        (draft_orders.add_lines, {"order_id": order.pk, "lines": [cups(shop), NewLine(0, 1)]}),
        (draft_orders.add_lines, {"order_id": uuid4(), "lines": []}),
        (draft_orders.change_line, {"line_id": uuid4(), "quantity": 1}),
        (draft_orders.delete_line, {"line_id": uuid4()}),
    ):
        with pytest.raises(NotFound):
            function(**given)
    assert order.lines.count() == 0


def test_what_has_no_price_here_is_named(shop: Shop) -> None:
    shop.variants["CUP"].channel_listings.update(price_amount=None)
    order = draft(shop)
    with pytest.raises(VariantError) as error:
        draft_orders.add_lines(order_id=order.pk, lines=[cups(shop), oil(shop)])
    assert (error.value.field, error.value.extras) == ("input", {"variants": [shop.variants["CUP"].pk]})
    assert order.lines.count() == 0


def test_gift_cards_and_what_is_not_sent_are_marked(shop: Shop) -> None:
    ProductType.objects.update(kind="gift_card", is_shipping_required=False)
    line = draft_orders.create(channel=shop.channel, values={}, lines=[cups(shop)]).lines.get()
    assert (line.is_gift_card, line.is_shipping_required, line.currency) == (True, False, "USD")
    assert (line.product_variant_pk, line.product_name) == (shop.variants["CUP"].pk, "Cup")


def test_lines_of_an_unconfirmed_order_hold_their_stock_exactly(shop: Shop) -> None:
    order = unconfirmed(shop, cups(shop, 2), oil(shop))
    cup = order.lines.get(product_sku="CUP")
    for quantity in (2, 5, 1):
        draft_orders.change_line(line_id=cup.pk, quantity=quantity)
        assert checkout_flow.stock_quantities(shop.variants["CUP"]) == (10, quantity, quantity)
    with pytest.raises(OrderLineError) as error:
        draft_orders.change_line(line_id=cup.pk, quantity=11)
    assert (error.value.code, error.value.extras) == ("INSUFFICIENT_STOCK", {"order_lines": [cup.pk]})
    assert "CUP" in error.value.message
    assert checkout_flow.stock_quantities(shop.variants["CUP"]) == (10, 1, 1)
    draft_orders.delete_line(line_id=cup.pk)
    assert checkout_flow.stock_quantities(shop.variants["OIL"]) == (10, 1, 1)
    assert event_types(order)[-1] == "ORDER_UPDATED"


def test_lines_of_a_draft_hold_no_stock(shop: Shop) -> None:
    order = draft(shop, cups(shop, 2))
    line = order.lines.get()
    draft_orders.change_line(line_id=line.pk, quantity=99)
    assert Stock.objects.get(variant=shop.variants["CUP"]).quantity_allocated == 0
    draft_orders.delete_line(line_id=line.pk)
    assert event_types(order)[-1] == "DRAFT_ORDER_UPDATED"


def test_a_line_whose_variant_is_gone_is_changed_without_stock(shop: Shop) -> None:
    order = unconfirmed(shop, cups(shop, 2), oil(shop))
    OrderLine.objects.filter(product_sku="CUP").update(variant=None)
    line = order.lines.get(product_sku="CUP")
    draft_orders.change_line(line_id=line.pk, quantity=1)
    draft_orders.delete_line(line_id=line.pk)
    assert checkout_flow.stock_quantities(shop.variants["CUP"]) == (10, 2, 2)


def test_a_changed_line_counts_for_what_is_due(shop: Shop) -> None:
    order = unconfirmed(shop, cups(shop, 2))
    Order.objects.update(charge_status="FULL")
    draft_orders.change_line(line_id=order.lines.get().pk, quantity=1)
    order.refresh_from_db()
    assert order.charge_status == "NONE"


def test_the_customer_of_a_draft_is_the_account_unless_another_address_is_given(shop: Shop) -> None:
    ada = User.objects.create(email="ada@example.com")
    assert draft(shop, user=ada).user_email == "ada@example.com"
    order = draft(shop, user=ada, user_email="other@example.com", private_metadata={"p": "1"})
    assert (order.user, order.user_email, order.private_metadata) == (ada, "other@example.com", {"p": "1"})
    assert draft(shop).user_email == ""
    bob = User.objects.create(email="bob@example.com")
    changed = draft_orders.update(
        order_id=order.pk, values={"user_email": "b@example.com", "private_metadata": {"q": "2"}}, user=bob
    )
    assert (changed.user, changed.user_email) == (bob, "b@example.com")
    assert changed.private_metadata == {"p": "1", "q": "2"}
    assert draft_orders.update(order_id=order.pk, values={}).user == bob


def test_a_reference_may_be_taken_off_and_other_words_become_empty(shop: Shop) -> None:
    order = draft(shop, external_reference="ERP-1", customer_note="Ring", redirect_url="https://x.example")
    draft_orders.update(order_id=order.pk, values={"external_reference": None, "redirect_url": None})
    order.refresh_from_db()
    assert (order.external_reference, order.redirect_url, order.customer_note) == (None, "", "Ring")
    assert (order.number > 0, order.origin) == (True, "DRAFT")


def test_a_voucher_is_taken_off_by_an_empty_code_and_stays_without_one(shop: Shop) -> None:
    add_voucher(shop)
    order = draft(shop, cups(shop, 2), voucher_code="SPRING")
    assert (order.voucher_code, order.subtotal_net_amount) == ("SPRING", 50)
    assert draft_orders.update(order_id=order.pk, values={}).voucher_code == "SPRING"
    changed = draft_orders.update(order_id=order.pk, values={"voucher_code": ""})
    assert (changed.voucher, changed.voucher_code, changed.subtotal_net_amount) == (None, None, 58)


def test_a_code_is_counted_for_the_email_of_the_order(shop: Shop) -> None:
    add_voucher(shop)
    Voucher.objects.update(apply_once_per_customer=True)
    order = draft(shop, cups(shop), voucher_code="SPRING", user_email="ada@example.com")
    draft_orders.complete(order_id=order.pk)
    code = VoucherCode.objects.get()
    assert (code.used, code.customers.get().customer_email) == (1, "ada@example.com")
    draft_orders.complete(order_id=draft(shop, cups(shop)).pk)
    code.refresh_from_db()
    assert code.used == 1


def test_delivery_is_named_priced_and_taken_off(shop: Shop) -> None:
    order = draft(shop, cups(shop))
    assert (order.shipping_method_name, order.undiscounted_base_shipping_price_amount) == (
        "Standard",
        Decimal("4.90"),
    )
    changed = draft_orders.set_shipping(order_id=order.pk, shipping_method=None)
    assert (changed.shipping_method, changed.shipping_method_name) == (None, None)
    assert changed.undiscounted_base_shipping_price_amount == 0
    assert event_types(order)[-1] == "DRAFT_ORDER_UPDATED"
    shop.zone.countries = ["DE"]
    shop.zone.save()
    for function, given in (
        (draft_orders.update, {"values": {}}),
        (draft_orders.set_shipping, {}),
    ):
        error = refused(function, order_id=order.pk, shipping_method=shop.method, **given)
        assert error.code == "SHIPPING_METHOD_NOT_APPLICABLE"


def test_methods_are_asked_with_value_weight_and_products(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = draft(shop, cups(shop, 3), oil(shop))
    asked: list[dict[str, Any]] = []
    monkeypatch.setattr(available_methods, "find_available", lambda **given: asked.append(given))
    draft_orders.available_shipping_methods(order)
    products = {shop.variants[sku].product_id for sku in ("CUP", "OIL")}
    assert (asked[0]["value"], asked[0]["weight"], set(asked[0]["product_ids"])) == (97, 1.5, products)
    OrderLine.objects.filter(product_sku="CUP").update(variant=None)
    draft_orders.available_shipping_methods(order)
    assert (asked[1]["weight"], asked[1]["product_ids"]) == (0, [shop.variants["OIL"].product_id])
    OrderLine.objects.filter(product_sku="OIL").update(is_shipping_required=False)
    OrderLine.objects.filter(product_sku="CUP").update(is_shipping_required=False)
    assert draft_orders.available_shipping_methods(order) == []


def codes(order: Order) -> list[str]:
    with pytest.raises(OperationErrors) as error:
        draft_orders.complete(order_id=order.pk)
    return [one.code for one in error.value.errors]


def test_a_method_that_does_not_reach_the_address_any_more_stops_the_draft(shop: Shop) -> None:
    order = draft(shop, cups(shop))
    shop.zone.countries = ["DE"]
    shop.zone.save()
    assert codes(order) == ["SHIPPING_METHOD_NOT_APPLICABLE"]
    Order.objects.update(shipping_address=None)
    assert codes(order) == ["ORDER_NO_SHIPPING_ADDRESS"]
    Order.objects.update(billing_address=None, shipping_method=None)
    assert codes(order) == [
        "BILLING_ADDRESS_NOT_SET",
        "ORDER_NO_SHIPPING_ADDRESS",
        "SHIPPING_METHOD_REQUIRED",
    ]


def test_some_things_to_send_need_a_delivery(shop: Shop) -> None:
    order = draft(shop, cups(shop), oil(shop))
    OrderLine.objects.filter(product_sku="CUP").update(is_shipping_required=False)
    Order.objects.update(shipping_method=None)
    assert codes(order) == ["SHIPPING_METHOD_REQUIRED"]


def test_a_placed_draft_keeps_its_customer_and_waits_where_staff_confirm(shop: Shop) -> None:
    ada = User.objects.create(email="ada@example.com")
    User.objects.create(email="other@example.com")
    shop.channel.automatically_confirm_all_new_orders = False
    shop.channel.save()
    order = draft_orders.complete(
        order_id=draft(shop, cups(shop), user=ada, user_email="other@example.com").pk
    )
    assert (order.user, order.status) == (ada, "UNCONFIRMED")
    assert event_types(order)[1:] == ["ORDER_CREATED"]
    guest = draft_orders.complete(order_id=draft(shop, cups(shop), user_email="nobody@example.com").pk)
    assert (guest.user, guest.charge_status) == (None, "NONE")


def test_a_deleted_draft_is_answered_as_it_was(shop: Shop) -> None:
    order = draft(shop, cups(shop))
    gone = draft_orders.delete(order_id=order.pk)
    assert (gone.pk, gone.number) == (order.pk, order.number)
    assert event_types(order)[-1] == "DRAFT_ORDER_DELETED"


def test_another_method_of_the_country_does_not_stop_the_draft(shop: Shop) -> None:
    order = draft(shop, cups(shop))
    method = ShippingMethod.objects.create(name="Express", type="PRICE", shipping_zone=shop.zone)
    ShippingMethodChannelListing.objects.create(
        shipping_method=method, channel=shop.channel, price_amount=Decimal("9.90"), currency="USD"
    )
    assert draft_orders.complete(order_id=order.pk).shipping_method == shop.method
