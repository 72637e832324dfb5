"""A payment is refused, before it charges, for whatever completion would refuse."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from store.engine.accounts.models import Address
from store.engine.catalog.models import ProductChannelListing, ProductType
from store.engine.channels.models import Channel
from store.engine.checkout import complete, contact, delivery_options, legacy_payments, lines, promo_codes
from store.engine.checkout.lines import LineUpdate
from store.engine.checkout.loaded_checkout import LoadedCheckout
from store.engine.checkout.models import Checkout, CheckoutDelivery
from store.engine.checkout.problems import DeliveryMethodInvalidProblem, checkout_problems
from store.engine.discounts import gift_cards
from store.engine.discounts.models import GiftCard, Voucher, VoucherChannelListing, VoucherCode
from store.engine.errors import OperationError
from store.engine.payments.models import Payment, TransactionItem
from store.engine.shipping.models import ShippingMethodChannelListing
from store.engine.stock.models import Stock, Warehouse
from tests.engine import checkout_flow
from tests.engine.checkout_flow import Shop

pytestmark = pytest.mark.django_db

Spoil = Callable[[Shop, Checkout], Any]


def add_voucher(shop: Shop, checkout: Checkout, value: str = "5", **options: Any) -> None:
    voucher = Voucher.objects.create(name="Spring", **options)
    VoucherCode.objects.create(voucher=voucher, code="SPRING")
    VoucherChannelListing.objects.create(
        voucher=voucher, channel=shop.channel, currency="USD", discount_value=Decimal(value)
    )
    promo_codes.add_code(checkout_id=checkout.pk, code="SPRING")


def expired_voucher(shop: Shop, checkout: Checkout) -> None:
    add_voucher(shop, checkout)
    Voucher.objects.update(end_date=timezone.now() - timedelta(minutes=1))


def inactive_gift_card(shop: Shop, checkout: Checkout) -> None:
    gift_cards.issue(amount=Decimal(5), currency="USD", code="GIFT-1234")
    promo_codes.add_code(checkout_id=checkout.pk, code="GIFT-1234")
    GiftCard.objects.update(is_active=False)


def delivery_for_small_orders(_shop: Shop, checkout: Checkout) -> None:
    ShippingMethodChannelListing.objects.update(maximum_order_price_amount=Decimal(50))
    change_quantity(checkout, 2)


def change_quantity(checkout: Checkout, quantity: int) -> None:
    line = checkout.lines.get()
    lines.update_lines(checkout_id=checkout.pk, changes=[LineUpdate(quantity, line_id=line.pk)])


def delivery_price_has_changed(_shop: Shop, checkout: Checkout) -> None:
    ShippingMethodChannelListing.objects.update(price_amount=Decimal("9.90"))
    Checkout.objects.filter(pk=checkout.pk).update(delivery_methods_stale_at=timezone.now())


def broken_address(_shop: Shop, checkout: Checkout) -> None:
    Address.objects.filter(pk=checkout.billing_address_id).update(city="", validation_skipped=True)


def update(**values: Any) -> Spoil:
    return lambda _shop, checkout: Checkout.objects.filter(pk=checkout.pk).update(**values)


SPOILED: dict[str, tuple[Spoil, str, str]] = {
    "no email": (update(email=None), "email", "EMAIL_NOT_SET"),
    "no billing address": (update(billing_address=None), "billingAddress", "BILLING_ADDRESS_NOT_SET"),
    "no shipping address": (update(shipping_address=None), "shippingAddress", "SHIPPING_ADDRESS_NOT_SET"),
    "no delivery": (update(delivery=None), "shippingMethod", "SHIPPING_METHOD_NOT_SET"),
    "delivery for smaller orders": (delivery_for_small_orders, "shippingMethod", "INVALID_SHIPPING_METHOD"),
    "delivery at another price": (delivery_price_has_changed, "shippingMethod", "INVALID_SHIPPING_METHOD"),
    "closed channel": (lambda _s, _c: Channel.objects.update(is_active=False), "channel", "CHANNEL_INACTIVE"),
    "unpublished product": (
        lambda _s, _c: ProductChannelListing.objects.update(is_published=False),
        "lines",
        "UNAVAILABLE_VARIANT_IN_CHANNEL",
    ),
    "no lines": (lambda _s, checkout: change_quantity(checkout, 0), "lines", "NO_LINES"),
    "expired voucher": (expired_voucher, "voucherCode", "VOUCHER_NOT_APPLICABLE"),
    "inactive gift card": (inactive_gift_card, "giftCards", "GIFT_CARD_NOT_APPLICABLE"),
}


@pytest.mark.parametrize("name", SPOILED)
def test_what_completion_refuses_is_not_charged(shop: Shop, checkout: Checkout, name: str) -> None:
    spoil, field, code = SPOILED[name]
    spoil(shop, checkout)
    with pytest.raises(OperationError) as payment_refused:
        checkout_flow.pay(checkout)
    with pytest.raises(OperationError) as completion_refused:
        complete.complete(checkout_id=checkout.pk)
    assert (payment_refused.value.field, payment_refused.value.code) == (field, "INVALID")
    assert (completion_refused.value.field, completion_refused.value.code) == (field, code)
    assert not TransactionItem.objects.exists()


@pytest.mark.parametrize("name", SPOILED)
def test_what_completion_refuses_gets_no_older_payment_either(
    shop: Shop, checkout: Checkout, name: str
) -> None:
    SPOILED[name][0](shop, checkout)
    with pytest.raises(OperationError) as refused:
        legacy_payments.pay(checkout_id=checkout.pk, gateway="mirumee.payments.dummy")
    assert (refused.value.field, Payment.objects.count()) == (SPOILED[name][1], 0)


def test_an_address_that_was_not_validated_is_not_charged(shop: Shop, checkout: Checkout) -> None:
    broken_address(shop, checkout)
    with pytest.raises(OperationError) as refused:
        checkout_flow.pay(checkout)
    assert (refused.value.field, TransactionItem.objects.count()) == ("billingAddress", 0)


def test_sold_out_is_not_charged(checkout: Checkout) -> None:
    Stock.objects.update(quantity=0)
    with pytest.raises(OperationError) as refused:
        checkout_flow.pay(checkout)
    assert (refused.value.field, TransactionItem.objects.count()) == ("lines", 0)


def test_the_chosen_delivery_is_named_among_the_problems_as_soon_as_the_cart_outgrows_it(
    shop: Shop, checkout: Checkout
) -> None:
    delivery_for_small_orders(shop, checkout)
    found = checkout_problems(LoadedCheckout(Checkout.objects.get()))
    assert any(isinstance(problem, DeliveryMethodInvalidProblem) for problem in found)


def test_a_code_that_takes_the_order_below_the_deliverys_least_value_makes_it_invalid_at_once(
    shop: Shop, checkout: Checkout
) -> None:
    ShippingMethodChannelListing.objects.update(minimum_order_price_amount=Decimal(25))
    add_voucher(shop, checkout)
    assert CheckoutDelivery.objects.get(pk=Checkout.objects.get().delivery_id).is_valid is False
    with pytest.raises(OperationError) as refused:
        checkout_flow.pay(checkout)
    assert (refused.value.field, TransactionItem.objects.count()) == ("shippingMethod", 0)


def test_a_removed_code_that_takes_the_order_above_the_deliverys_highest_value_makes_it_invalid(
    shop: Shop, checkout: Checkout
) -> None:
    add_voucher(shop, checkout)
    ShippingMethodChannelListing.objects.update(maximum_order_price_amount=Decimal(25))
    promo_codes.remove_code(checkout_id=checkout.pk, code="SPRING")
    assert CheckoutDelivery.objects.get(pk=Checkout.objects.get().delivery_id).is_valid is False


@pytest.fixture
def collected(shop: Shop, checkout: Checkout) -> Checkout:
    Warehouse.objects.update(click_and_collect_option="ALL")
    return delivery_options.choose(checkout_id=checkout.pk, warehouse_id=shop.warehouse.pk).checkout


def test_whoever_changes_from_collection_to_delivery_is_asked_for_an_address(collected: Checkout) -> None:
    [offered] = collected.deliveries.all()
    changed = delivery_options.choose(checkout_id=collected.pk, delivery_id=offered.pk).checkout
    assert (changed.shipping_address, changed.collection_point) == (None, None)
    with pytest.raises(OperationError) as refused:
        checkout_flow.pay(collected)
    assert (refused.value.field, TransactionItem.objects.count()) == ("shippingAddress", 0)
    checkout_flow.set_address_and_delivery(collected.pk)
    checkout_flow.pay(collected)
    assert complete.complete(checkout_id=collected.pk).collection_point is None


def test_whoever_clears_the_collection_point_keeps_no_address_of_it(collected: Checkout) -> None:
    cleared = delivery_options.choose(checkout_id=collected.pk).checkout
    assert (cleared.shipping_address, cleared.collection_point, cleared.delivery) == (None, None, None)


def test_a_collection_point_that_was_closed_is_not_charged(collected: Checkout) -> None:
    Warehouse.objects.update(click_and_collect_option="DISABLED")
    with pytest.raises(OperationError) as refused:
        checkout_flow.pay(collected)
    assert (refused.value.field, TransactionItem.objects.count()) == ("shippingMethod", 0)


def test_collected_orders_can_be_paid_and_completed(shop: Shop, collected: Checkout) -> None:
    checkout_flow.pay(collected)
    assert complete.complete(checkout_id=collected.pk).collection_point == shop.warehouse


def test_an_order_of_nothing_to_ship_needs_no_delivery(shop: Shop) -> None:
    ProductType.objects.update(is_shipping_required=False)
    made = checkout_flow.create_checkout(shop, (shop.variant("PDF"), 1), email="ada@example.com")
    contact.set_billing_address(
        checkout_id=made.pk, given=checkout_flow.ADA, checks=contact.address_validation.Checks()
    )
    checkout_flow.pay(made)
    assert complete.complete(checkout_id=made.pk).is_paid


def test_a_card_that_cannot_be_spent_does_not_lower_the_total(shop: Shop, checkout: Checkout) -> None:
    before = LoadedCheckout(checkout).quote.total
    inactive_gift_card(shop, checkout)
    assert LoadedCheckout(Checkout.objects.get()).quote.total == before


@pytest.mark.parametrize(
    ("kind", "field"), [("billing_address", "billingAddress"), ("shipping_address", "shippingAddress")]
)
def test_the_address_that_is_wrong_is_named(checkout: Checkout, kind: str, field: str) -> None:
    pk = Checkout.objects.values_list(kind, flat=True).get()
    Address.objects.filter(pk=pk).update(city="", validation_skipped=True)
    with pytest.raises(OperationError) as refused:
        checkout_flow.pay(checkout)
    assert (refused.value.field, TransactionItem.objects.count()) == (field, 0)


def test_the_address_of_what_is_not_shipped_is_not_checked(shop: Shop, checkout: Checkout) -> None:
    Address.objects.filter(pk=checkout.shipping_address_id).update(city="", validation_skipped=True)
    ProductType.objects.update(is_shipping_required=False)
    assert checkout_flow.pay(checkout).event.type == "CHARGE_SUCCESS"


def test_only_the_variants_that_are_not_sold_are_named(shop: Shop) -> None:
    made = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("OIL"), 1), (shop.variant("PDF"), 1))
    ProductChannelListing.objects.filter(product__variants__sku="OIL").update(is_published=False)
    with pytest.raises(OperationError) as refused:
        complete.complete(checkout_id=made.pk)
    assert refused.value.extras["variants"] == [shop.variants["OIL"].pk]
