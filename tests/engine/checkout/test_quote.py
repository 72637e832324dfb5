"""What a checkout costs."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from store.engine.accounts.models import User
from store.engine.catalog.models import Collection, CollectionProduct, ProductType
from store.engine.channels.models import TaxConfiguration
from store.engine.checkout import promo_codes, queries
from store.engine.checkout.loaded_checkout import LoadedCheckout
from store.engine.checkout.models import Checkout, CheckoutLine
from store.engine.discounts import gift_cards
from store.engine.discounts.models import Voucher, VoucherChannelListing, VoucherCode, VoucherCustomer
from store.engine.taxes.models import TaxClassCountryRate
from tests.engine import checkout_flow
from tests.engine.checkout_flow import Shop

pytestmark = pytest.mark.django_db


def code(shop: Shop, value: str, **options: Any) -> str:
    voucher = Voucher.objects.create(name="Spring", **options)
    VoucherCode.objects.create(voucher=voucher, code="SPRING")
    VoucherChannelListing.objects.create(
        voucher=voucher, channel=shop.channel, currency="USD", discount_value=Decimal(value)
    )
    return "SPRING"


def amounts(checkout: Any) -> tuple[str, str, str]:
    """(lines' gross, shipping gross, total gross)"""
    quoted = LoadedCheckout(checkout).quote
    lines = "+".join(str(price.total.gross.amount) for price in quoted.lines)
    return lines, str(quoted.shipping.gross.amount), str(quoted.total.gross.amount)


def test_net_prices_get_the_flat_rate_on_top() -> None:
    shop = checkout_flow.create_shop()
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP", price="29.00"), 2))
    assert amounts(checkout) == ("62.93", "5.32", "68.25")
    assert LoadedCheckout(checkout).quote.total.net.amount == Decimal("62.90")


def test_prices_entered_with_tax_contain_it() -> None:
    shop = checkout_flow.create_shop(rate="19", entered_with_tax=True)
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP", price="29.00"), 2))
    assert amounts(checkout) == ("58.00", "4.90", "62.90")
    assert LoadedCheckout(checkout).quote.subtotal.net.amount == Decimal("48.74")


def test_a_class_without_a_rate_pays_the_countrys_default() -> None:
    shop = checkout_flow.create_shop()
    TaxClassCountryRate.objects.update(tax_class=None)
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP", price="10.00"), 1))
    assert amounts(checkout) == ("10.85", "5.32", "16.17")


def test_where_no_taxes_are_charged_net_is_gross() -> None:
    shop = checkout_flow.create_shop()
    TaxConfiguration.objects.update(charge_taxes=False)
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP", price="10.00"), 1))
    assert amounts(checkout) == ("10.00", "4.90", "14.90")


def test_a_voucher_on_the_order_is_shared_by_the_lines_to_the_cent() -> None:
    shop = checkout_flow.create_shop(rate="0")
    checkout = checkout_flow.checkout_ready_to_pay(
        shop, (shop.variant("A", price="10.00"), 1), (shop.variant("B", price="20.00"), 1)
    )
    promo_codes.add_code(checkout_id=checkout.pk, code=code(shop, "10.00"))
    checkout.refresh_from_db()
    assert amounts(checkout) == ("6.67+13.33", "4.90", "24.90")


def test_a_percentage_comes_off_before_tax() -> None:
    shop = checkout_flow.create_shop()
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("A", price="100.00"), 1))
    promo_codes.add_code(checkout_id=checkout.pk, code=code(shop, "25", discount_value_type="PERCENTAGE"))
    checkout.refresh_from_db()
    assert amounts(checkout) == ("81.38", "5.32", "86.70")


def test_a_voucher_never_makes_a_price_negative() -> None:
    shop = checkout_flow.create_shop(rate="0")
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("A", price="10.00"), 1))
    promo_codes.add_code(checkout_id=checkout.pk, code=code(shop, "99.00"))
    checkout.refresh_from_db()
    assert amounts(checkout) == ("0.00", "4.90", "4.90")


def test_a_shipping_voucher_takes_off_the_delivery_only() -> None:
    shop = checkout_flow.create_shop(rate="0")
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("A", price="10.00"), 1))
    promo_codes.add_code(
        checkout_id=checkout.pk, code=code(shop, "100", type="SHIPPING", discount_value_type="PERCENTAGE")
    )
    checkout.refresh_from_db()
    assert amounts(checkout) == ("10.00", "0.00", "10.00")


def test_a_voucher_for_certain_products_leaves_the_others_alone() -> None:
    shop = checkout_flow.create_shop(rate="0")
    a, b = shop.variant("A", price="10.00"), shop.variant("B", price="20.00")
    checkout = checkout_flow.checkout_ready_to_pay(shop, (a, 2), (b, 1))
    name = code(shop, "3.00", type="SPECIFIC_PRODUCT")
    Voucher.objects.get().products.add(a.product)
    promo_codes.add_code(checkout_id=checkout.pk, code=name)
    checkout.refresh_from_db()
    assert amounts(checkout) == ("14.00+20.00", "4.90", "38.90")


def test_once_an_order_only_the_cheapest_piece_is_reduced() -> None:
    shop = checkout_flow.create_shop(rate="0")
    checkout = checkout_flow.checkout_ready_to_pay(
        shop, (shop.variant("A", price="10.00"), 2), (shop.variant("B", price="20.00"), 1)
    )
    name = code(shop, "50", discount_value_type="PERCENTAGE", apply_once_per_order=True)
    promo_codes.add_code(checkout_id=checkout.pk, code=name)
    checkout.refresh_from_db()
    assert amounts(checkout) == ("15.00+20.00", "4.90", "39.90")


def test_an_empty_checkout_with_a_code_costs_nothing() -> None:
    shop = checkout_flow.create_shop(rate="0")
    checkout = checkout_flow.create_checkout(shop)
    promo_codes.add_code(checkout_id=checkout.pk, code=code(shop, "5.00"))
    checkout.refresh_from_db()
    assert amounts(checkout) == ("", "0.00", "0.00")


def test_a_gift_card_lowers_gross_and_net_in_proportion() -> None:
    shop = checkout_flow.create_shop(rate="25")
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("A", price="5.10"), 1))
    gift_cards.issue(amount=Decimal("2.50"), currency="USD", code="GIFT-1234")
    quoted = promo_codes.add_code(checkout_id=checkout.pk, code="GIFT-1234").quote
    assert quoted.total_before_gift_cards.gross.amount == Decimal("12.51")
    assert (quoted.total.gross.amount, quoted.total.net.amount) == (Decimal("10.01"), Decimal("8.00"))


def test_gift_cards_never_make_a_total_negative() -> None:
    shop = checkout_flow.create_shop(rate="0")
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("A", price="5.00"), 1))
    for name in ("GIFT-1", "GIFT-2"):
        gift_cards.issue(amount=Decimal(8), currency="USD", code=name)
        promo_codes.add_code(checkout_id=checkout.pk, code=name)
    total = LoadedCheckout(Checkout.objects.get()).quote.total
    assert (total.gross.amount, total.net.amount) == (0, 0)


def test_an_empty_gift_card_changes_nothing() -> None:
    shop = checkout_flow.create_shop()
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("A", price="10.00"), 1))
    card = gift_cards.issue(amount=Decimal(8), currency="USD", code="GIFT-1")
    promo_codes.add_code(checkout_id=checkout.pk, code="GIFT-1")
    gift_cards.GiftCard.objects.filter(pk=card.pk).update(current_balance_amount=0)
    quoted = LoadedCheckout(Checkout.objects.get()).quote
    assert quoted.total == quoted.total_before_gift_cards


def test_a_unit_price_is_the_lines_share_rounded() -> None:
    shop = checkout_flow.create_shop(rate="0")
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("A", price="10.00"), 3))
    quoted = promo_codes.add_code(checkout_id=checkout.pk, code=code(shop, "1.00")).quote
    [price] = quoted.lines
    assert (price.total.gross.amount, price.unit.gross.amount, price.unit.net.amount) == (
        Decimal("29.00"),
        Decimal("9.67"),
        Decimal("9.67"),
    )
    assert (price.undiscounted_total, price.base_total, price.rate) == (30, 30, 0)


def test_what_is_quoted_names_every_part() -> None:
    shop = checkout_flow.create_shop(rate="10")
    a, b = shop.variant("A", price="10.00"), shop.variant("B", price="20.00")
    checkout = checkout_flow.checkout_ready_to_pay(shop, (a, 2), (b, 1))
    name = code(shop, "3.00", type="SPECIFIC_PRODUCT")
    Voucher.objects.get().products.add(a.product)
    quoted = promo_codes.add_code(checkout_id=checkout.pk, code=name).quote
    assert (quoted.discount, quoted.whole_order_discount, quoted.base_subtotal) == (6, 0, 34)
    assert (quoted.subtotal.net.amount, quoted.subtotal.gross.amount) == (34, Decimal("37.40"))
    assert (quoted.undiscounted_shipping, quoted.base_shipping) == (Decimal("4.90"), Decimal("4.90"))
    assert (quoted.shipping.gross.amount, quoted.shipping_rate) == (Decimal("5.39"), 10)
    assert quoted.total.gross.amount == Decimal("42.79")
    assert quoted.price_of(quoted.lines[1].line) is quoted.lines[1]


def test_a_discount_on_the_order_is_told_apart_from_one_on_lines_and_on_delivery() -> None:
    shop = checkout_flow.create_shop(rate="0")
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("A", price="10.00"), 1))
    quoted = promo_codes.add_code(checkout_id=checkout.pk, code=code(shop, "2.00")).quote
    assert (quoted.discount, quoted.whole_order_discount, quoted.base_subtotal) == (2, 2, 10)
    Voucher.objects.update(type="SHIPPING")
    quoted = LoadedCheckout(Checkout.objects.get()).quote
    assert (quoted.discount, quoted.whole_order_discount) == (2, 0)
    assert (quoted.undiscounted_shipping, quoted.base_shipping) == (Decimal("4.90"), Decimal("2.90"))


def test_a_voucher_for_a_collection_reduces_what_is_in_it() -> None:
    shop = checkout_flow.create_shop(rate="0")
    a, b = shop.variant("A", price="10.00"), shop.variant("B", price="20.00")
    collection = Collection.objects.create(name="Summer", slug="summer")
    CollectionProduct.objects.create(collection=collection, product=a.product)
    checkout = checkout_flow.checkout_ready_to_pay(shop, (a, 1), (b, 1))
    name = code(shop, "3.00", type="SPECIFIC_PRODUCT")
    Voucher.objects.get().collections.add(collection)
    quoted = promo_codes.add_code(checkout_id=checkout.pk, code=name).quote
    assert [price.base_total for price in quoted.lines] == [7, 20]


def test_a_voucher_that_does_not_apply_any_more_takes_nothing_off() -> None:
    shop = checkout_flow.create_shop(rate="0")
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("A", price="10.00"), 1))
    promo_codes.add_code(checkout_id=checkout.pk, code=code(shop, "2.00"))
    VoucherChannelListing.objects.update(min_spent_amount=Decimal("10.01"))
    quoted = LoadedCheckout(Checkout.objects.get()).quote
    assert (quoted.voucher, quoted.voucher_code, quoted.discount) == (None, None, 0)
    Voucher.objects.update(min_checkout_items_quantity=2)
    VoucherChannelListing.objects.update(min_spent_amount=Decimal("10.00"))
    assert LoadedCheckout(Checkout.objects.get()).quote.voucher is None


def test_a_collected_order_and_one_of_nothing_to_ship_pay_no_delivery() -> None:
    shop = checkout_flow.create_shop(rate="0")
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("A", price="10.00"), 1))
    checkout.collection_point_id = shop.warehouse.pk
    assert amounts(checkout) == ("10.00", "0.00", "10.00")
    checkout.collection_point_id = None
    shop.type.is_shipping_required = False
    shop.type.save()
    assert amounts(Checkout.objects.get()) == ("10.00", "0.00", "10.00")


def test_prices_are_those_of_the_lines_until_they_expire() -> None:
    shop = checkout_flow.create_shop(rate="0")
    checkout = checkout_flow.create_checkout(shop, (shop.variant("A", price="10.00"), 1))
    CheckoutLine.objects.update(undiscounted_unit_price_amount=Decimal("7.00"))
    assert amounts(Checkout.objects.get()) == ("7.00", "0.00", "7.00")
    Checkout.objects.filter(pk=checkout.pk).update(price_expiration=timezone.now())
    assert amounts(Checkout.objects.get()) == ("10.00", "0.00", "10.00")


def test_a_gift_card_on_what_costs_nothing_stays_unused() -> None:
    shop = checkout_flow.create_shop(rate="0")
    checkout = checkout_flow.create_checkout(shop, (shop.variant("A", price="0.00"), 1))
    gift_cards.issue(amount=Decimal(8), currency="USD", code="GIFT-1")
    quoted = promo_codes.add_code(checkout_id=checkout.pk, code="GIFT-1").quote
    assert quoted.total == quoted.total_before_gift_cards


def test_a_cart_of_some_things_to_ship_pays_the_delivery() -> None:
    shop = checkout_flow.create_shop(rate="0")
    cup = shop.variant("CUP", price="10.00")
    kind = ProductType.objects.create(name="File", slug="file", is_shipping_required=False)
    shop.type = kind
    checkout = checkout_flow.checkout_ready_to_pay(shop, (cup, 1), (shop.variant("PDF", price="5.00"), 1))
    assert amounts(checkout) == ("10.00+5.00", "4.90", "19.90")


def test_the_addresses_and_channel_of_a_checkout_that_is_found_are_read_at_once() -> None:
    shop = checkout_flow.create_shop()
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("A"), 1))
    found = queries.find(checkout.pk)
    assert found
    with CaptureQueriesContext(connection) as statements:
        assert (found.shipping_address, found.billing_address, found.channel) == (
            checkout.shipping_address,
            checkout.billing_address,
            shop.channel,
        )
    assert len(statements) == 0
    assert queries.find(Checkout().pk) is None


def test_a_voucher_for_each_customer_looks_at_the_account_first() -> None:
    shop = checkout_flow.create_shop(rate="0")
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("A", price="10.00"), 1))
    promo_codes.add_code(checkout_id=checkout.pk, code=code(shop, "2.00", apply_once_per_customer=True))
    VoucherCustomer.objects.create(voucher_code=VoucherCode.objects.get(), customer_email="bob@example.com")
    assert LoadedCheckout(Checkout.objects.get()).quote.discount == 2
    Checkout.objects.update(user=User.objects.create(email="bob@example.com"))
    assert LoadedCheckout(Checkout.objects.get()).quote.discount == 0
