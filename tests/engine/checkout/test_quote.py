"""What a checkout costs."""

from decimal import Decimal
from typing import Any

import pytest

from store.engine.channels.models import TaxConfiguration
from store.engine.checkout import promo_codes
from store.engine.checkout.loaded_checkout import LoadedCheckout
from store.engine.discounts.models import Voucher, VoucherChannelListing, VoucherCode
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
