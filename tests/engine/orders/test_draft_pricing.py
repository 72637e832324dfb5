"""What a draft costs, to the cent: vouchers on the order, on lines and on the delivery; taxes; weights; gone products."""

from decimal import Decimal
from typing import Any

import pytest

from store.engine.accounts import address_validation
from store.engine.accounts.models import Address
from store.engine.catalog.models import Collection, CollectionProduct, ProductVariant
from store.engine.discounts.models import Voucher, VoucherChannelListing, VoucherCode
from store.engine.orders import draft_orders, draft_pricing
from store.engine.orders.draft_orders import NewLine
from store.engine.orders.models import Order, OrderLine
from store.engine.taxes.models import TaxClassCountryRate
from tests.engine import checkout_flow
from tests.engine.checkout_flow import ADA, Shop

pytestmark = pytest.mark.django_db


def draft(shop: Shop, **given: Any) -> Order:
    """Two cups of 29.00 and three pumps of 10.00, delivery 4.90."""
    lines = [
        NewLine(shop.variant("CUP", price="29.00", weight=2).pk, 2),
        NewLine(shop.variant("PUMP", price="10.00").pk, 3),
    ]
    return draft_orders.create(
        channel=shop.channel,
        values={"user_email": "ada@example.com"},
        lines=lines,
        shipping_address=address_validation.clean_address(ADA),
        shipping_method=shop.method,
        **given,
    )


def with_voucher(shop: Shop, value: str, *, covers: Any = None, **terms: Any) -> Order:
    voucher = Voucher.objects.create(name="Spring", **terms)
    VoucherCode.objects.create(voucher=voucher, code="SPRING")
    VoucherChannelListing.objects.create(
        voucher=voucher, channel=shop.channel, currency="USD", discount_value=Decimal(value)
    )
    order = draft(shop)
    if covers:
        covers(voucher)
    return draft_orders.update(order_id=order.pk, values={"voucher_code": "SPRING"})


def lines_of(order: Order) -> list[OrderLine]:
    """The cups, then the pumps."""
    return list(order.lines.order_by("-undiscounted_base_unit_price_amount"))


def test_a_draft_costs_its_lines_the_delivery_and_their_tax() -> None:
    order = draft(checkout_flow.create_shop())
    cups, pumps = lines_of(order)
    assert (cups.total_price_net_amount, cups.total_price_gross_amount) == (
        Decimal("58.00"),
        Decimal("62.93"),
    )
    assert (pumps.unit_price_gross_amount, pumps.total_price_gross_amount) == (
        Decimal("10.85"),
        Decimal("32.55"),
    )
    assert (order.shipping_price_net_amount, order.shipping_price_gross_amount) == (
        Decimal("4.90"),
        Decimal("5.32"),
    )
    assert (order.total_net_amount, order.total_gross_amount) == (Decimal("92.90"), Decimal("100.80"))
    assert (order.undiscounted_total_net_amount, order.undiscounted_total_gross_amount) == (
        Decimal("92.90"),
        Decimal("100.38"),
    )
    assert (order.shipping_tax_rate, cups.tax_rate) == (Decimal("0.085"), Decimal("0.085"))
    assert order.weight == 4.0
    assert not order.discounts.exists()


def test_a_voucher_on_the_order_is_shared_by_its_lines() -> None:
    order = with_voucher(checkout_flow.create_shop(), "8.80")
    cups, pumps = lines_of(order)
    assert (cups.total_price_net_amount, pumps.total_price_net_amount) == (Decimal("52.20"), Decimal("27.00"))
    assert (cups.unit_price_net_amount, cups.unit_price_gross_amount) == (Decimal("26.10"), Decimal("28.32"))
    assert (cups.undiscounted_total_price_net_amount, cups.base_unit_price_amount) == (
        Decimal("58.00"),
        Decimal("29.00"),
    )
    assert (cups.unit_discount_reason, cups.voucher_code) == (None, None)
    discount = order.discounts.get()
    assert (discount.amount_value, discount.value, discount.name, discount.reason) == (
        Decimal("8.80"),
        Decimal("8.80"),
        "Spring",
        "Voucher code: SPRING",
    )
    assert order.total_net_amount == Decimal("84.10")


@pytest.mark.parametrize("by", ["product", "variant", "category", "collection"])
def test_a_voucher_on_lines_lowers_those_it_names(by: str) -> None:
    shop = checkout_flow.create_shop()

    def cover(voucher: Voucher) -> None:
        pump = shop.variants["PUMP"]
        collection = Collection.objects.create(name="Pumps", slug="pumps")
        CollectionProduct.objects.create(collection=collection, product=pump.product)
        if by == "category":
            shop.variants["CUP"].product.category = None
            shop.variants["CUP"].product.save()
        {
            "product": lambda: voucher.products.add(pump.product),
            "variant": lambda: voucher.variants.add(pump),
            "category": lambda: voucher.categories.add(shop.category),
            "collection": lambda: voucher.collections.add(collection),
        }[by]()

    order = with_voucher(shop, "10", covers=cover, type="SPECIFIC_PRODUCT", discount_value_type="PERCENTAGE")
    cups, pumps = lines_of(order)
    assert (cups.total_price_net_amount, pumps.total_price_net_amount) == (Decimal("58.00"), Decimal("27.00"))
    assert (pumps.base_unit_price_amount, pumps.unit_discount_amount) == (Decimal("9.00"), Decimal("1.00"))
    assert (pumps.unit_discount_reason, pumps.voucher_code) == ("Voucher code: SPRING", "SPRING")
    assert (cups.unit_discount_amount, cups.unit_discount_reason, cups.voucher_code) == (0, None, None)
    assert not order.discounts.exists()


def test_a_voucher_on_the_delivery_lowers_only_that() -> None:
    order = with_voucher(checkout_flow.create_shop(), "50", type="SHIPPING", discount_value_type="PERCENTAGE")
    assert (order.base_shipping_price_amount, order.undiscounted_base_shipping_price_amount) == (
        Decimal("2.45"),
        Decimal("4.90"),
    )
    assert (order.shipping_price_gross_amount, order.subtotal_net_amount) == (
        Decimal("2.66"),
        Decimal("88.00"),
    )
    assert order.discounts.get().amount_value == Decimal("2.45")


def test_a_voucher_that_is_taken_off_leaves_no_trace() -> None:
    order = with_voucher(checkout_flow.create_shop(), "8.80")
    order = draft_orders.update(order_id=order.pk, values={"voucher_code": ""})
    assert (order.total_net_amount, order.discounts.count(), order.voucher_code) == (
        Decimal("92.90"),
        0,
        None,
    )


def test_a_voucher_that_is_worth_more_makes_the_goods_free_and_no_less() -> None:
    order = with_voucher(checkout_flow.create_shop(), "500")
    assert (order.subtotal_gross_amount, order.total_net_amount) == (Decimal(0), Decimal("4.90"))


def test_a_line_whose_product_is_gone_keeps_its_price_and_tax_rate() -> None:
    shop = checkout_flow.create_shop()
    order = with_voucher(
        shop,
        "10",
        covers=lambda voucher: voucher.products.add(shop.variants["CUP"].product),
        type="SPECIFIC_PRODUCT",
        discount_value_type="PERCENTAGE",
    )
    ProductVariant.objects.all().delete()
    order = draft_orders.change_line(line_id=lines_of(order)[0].pk, quantity=1)[0]
    cups, _ = lines_of(order)
    assert (cups.variant, cups.tax_rate, cups.total_price_gross_amount) == (
        None,
        Decimal("0.085"),
        Decimal("31.47"),
    )
    assert order.weight == 0


def test_prices_with_tax_are_what_the_customer_pays() -> None:
    order = draft(checkout_flow.create_shop(rate="19", entered_with_tax=True))
    cups, _ = lines_of(order)
    assert (cups.total_price_net_amount, cups.total_price_gross_amount) == (
        Decimal("48.74"),
        Decimal("58.00"),
    )
    assert (order.total_gross_amount, order.shipping_price_net_amount) == (Decimal("92.90"), Decimal("4.12"))


@pytest.mark.parametrize(
    ("shipping", "billing", "expected"),
    [("DE", "FR", "DE"), (None, "FR", "FR"), (None, None, "US")],
)
def test_tax_is_that_of_where_it_goes(shipping: str | None, billing: str | None, expected: str) -> None:
    shop = checkout_flow.create_shop()
    order = draft(shop)
    order.shipping_address = Address(country=shipping) if shipping else None
    order.billing_address = Address(country=billing) if billing else None
    assert draft_pricing.country_of(order) == expected


def test_another_address_brings_another_tax() -> None:
    shop = checkout_flow.create_shop()
    TaxClassCountryRate.objects.create(tax_class=shop.tax_class, country="DE", rate=Decimal(19))
    shop.zone.countries = ["US", "DE"]
    shop.zone.save()
    berlin = {"first_name": "Ada", "last_name": "Guest", "street_address_1": "Unter den Linden 1"}
    berlin |= {"city": "Berlin", "postal_code": "10117", "country": "DE"}
    order = draft_orders.update(
        order_id=draft(shop).pk, values={}, shipping_address=address_validation.clean_address(berlin)
    )
    assert (order.subtotal_gross_amount, order.shipping_price_gross_amount) == (
        Decimal("104.72"),
        Decimal("5.83"),
    )
