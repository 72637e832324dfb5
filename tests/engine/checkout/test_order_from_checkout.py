"""The rows of an order that is made from a checkout: its amounts before and after discounts, names, and taxes."""

from decimal import Decimal
from typing import Any

import pytest

from store.engine.accounts.models import User
from store.engine.catalog.models import ProductType
from store.engine.channels.models import Translation
from store.engine.checkout import complete, delivery_options, order_from_checkout, promo_codes
from store.engine.checkout.complete import CompletionOptions
from store.engine.checkout.loaded_checkout import LoadedCheckout
from store.engine.checkout.models import Checkout
from store.engine.discounts.models import Voucher, VoucherChannelListing, VoucherCode
from store.engine.orders.models import Order, OrderLine
from store.engine.stock.models import Warehouse
from tests.engine import checkout_flow
from tests.engine.checkout_flow import Shop

pytestmark = pytest.mark.django_db


def order_of(checkout: Checkout) -> Order:
    order = complete.complete_with_options(checkout.pk, CompletionOptions(allow_unpaid=True))
    order.refresh_from_db()
    return order


def ready(shop: Shop, price: str = "29.00", quantity: int = 1) -> Checkout:
    return checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP", price=price), quantity))


def add_voucher(shop: Shop, checkout: Checkout, value: str, **options: Any) -> None:
    voucher = Voucher.objects.create(name="Spring", **options)
    VoucherCode.objects.create(voucher=voucher, code="SPRING")
    VoucherChannelListing.objects.create(
        voucher=voucher, channel=shop.channel, currency="USD", discount_value=Decimal(value)
    )
    if voucher.type == Voucher.Type.SPECIFIC_PRODUCT:
        voucher.variants.add(shop.variants["CUP"])
    promo_codes.add_code(checkout_id=checkout.pk, code="SPRING")


def full_amounts(line: OrderLine) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    """Before discounts: of a piece in net and gross, and of the line."""
    return (
        line.undiscounted_unit_price_net_amount,
        line.undiscounted_unit_price_gross_amount,
        line.undiscounted_total_price_net_amount,
        line.undiscounted_total_price_gross_amount,
    )


def paid_amounts(line: OrderLine) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    """After discounts: as `full_amounts`."""
    return (
        line.unit_price_net_amount,
        line.unit_price_gross_amount,
        line.total_price_net_amount,
        line.total_price_gross_amount,
    )


def test_taxes_are_shares_with_the_name_of_their_class(shop: Shop) -> None:
    order = order_of(ready(shop))
    assert (order.shipping_tax_rate, order.lines.get().tax_rate) == (Decimal("0.085"), Decimal("0.085"))
    assert (order.shipping_tax_class_name, order.shipping_method_name) == ("Goods", "Standard")
    assert order.shipping_method_id == shop.method.pk


@pytest.mark.parametrize("with_tax", [False, True])
@pytest.mark.parametrize(("price", "quantity"), [("29.00", 2), ("3.33", 3), ("0.07", 7)])
def test_without_discount_all_amounts_are_those_that_are_paid(
    with_tax: bool, price: str, quantity: int
) -> None:
    order = order_of(ready(checkout_flow.create_shop(entered_with_tax=with_tax), price, quantity))
    line = order.lines.get()
    assert full_amounts(line) == paid_amounts(line)
    assert (line.unit_discount_amount, line.undiscounted_base_unit_price_amount) == (0, Decimal(price))


def test_a_voucher_on_the_order_leaves_the_amounts_before_it(shop: Shop) -> None:
    checkout = ready(shop, "29.00", 2)
    add_voucher(shop, checkout, "10")
    order = order_of(checkout)
    line = order.lines.get()
    assert full_amounts(line) == (Decimal("29.00"), Decimal("31.47"), Decimal("58.00"), Decimal("62.93"))
    assert paid_amounts(line) == (Decimal("24.00"), Decimal("26.04"), Decimal("48.00"), Decimal("52.08"))
    assert (line.base_unit_price_amount, line.unit_discount_amount) == (Decimal("29.00"), 0)
    assert (line.unit_discount_reason, line.voucher_code, order.voucher_code) == (None, None, "SPRING")
    assert (order.undiscounted_total_net_amount, order.undiscounted_total_gross_amount) == (
        Decimal("62.90"),
        Decimal("67.83"),
    )


def test_a_voucher_on_a_product_is_the_lines_discount(shop: Shop) -> None:
    checkout = ready(shop, "29.00", 2)
    add_voucher(shop, checkout, "10", type="SPECIFIC_PRODUCT")
    line = order_of(checkout).lines.get()
    assert full_amounts(line) == (Decimal("29.00"), Decimal("31.47"), Decimal("58.00"), Decimal("62.93"))
    assert paid_amounts(line) == (Decimal("19.00"), Decimal("20.62"), Decimal("38.00"), Decimal("41.23"))
    assert (line.base_unit_price_amount, line.unit_discount_amount) == (Decimal("19.00"), Decimal("10.00"))
    assert (line.unit_discount_reason, line.voucher_code) == ("Voucher code: SPRING", "SPRING")


def test_a_voucher_on_one_product_is_not_the_others(shop: Shop) -> None:
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 1), (shop.variant("OIL"), 1))
    add_voucher(shop, checkout, "10", type="SPECIFIC_PRODUCT")
    assert [line.voucher_code for line in order_of(checkout).lines.order_by("position")] == ["SPRING", None]


@pytest.mark.parametrize(("automatic", "paid", "status"), [(True, True, "UNFULFILLED"), (True, False, "UNCONFIRMED"),
                                                           (False, True, "UNCONFIRMED")])  # fmt: skip
def test_only_what_is_paid_is_confirmed_by_itself(
    shop: Shop, automatic: bool, paid: bool, status: str
) -> None:
    shop.channel.automatically_confirm_all_new_orders = automatic
    shop.channel.save()
    checkout = ready(shop)
    if paid:
        checkout_flow.pay(checkout)
    loaded = LoadedCheckout(Checkout.objects.get())
    assert order_from_checkout.build_order(loaded, loaded.transactions).status == status


def test_the_customers_address_serves_where_the_checkout_has_none(shop: Shop) -> None:
    checkout = ready(shop)
    ada = User.objects.create(email="ada@home.example")
    for email, user, expected in (
        ("a@example.com", ada, "a@example.com"),
        (None, ada, "ada@home.example"),
        (None, None, ""),
    ):
        checkout.email, checkout.user = email, user
        assert order_from_checkout.build_order(LoadedCheckout(checkout), []).user_email == expected


def test_a_collected_order_names_its_point_and_no_method(shop: Shop) -> None:
    Warehouse.objects.update(click_and_collect_option="LOCAL")
    checkout = ready(shop)
    delivery_options.choose(checkout_id=checkout.pk, warehouse_id=shop.warehouse.pk)
    order = order_of(checkout)
    assert (order.collection_point_name, order.shipping_method_name, order.shipping_method_id) == (
        "Main",
        None,
        None,
    )
    assert (order.shipping_tax_class_name, order.shipping_price_gross_amount) == (None, 0)


def test_gift_cards_and_what_is_not_shipped_are_marked(shop: Shop) -> None:
    for kind, required, expected in (("gift_card", False, (True, False)), ("normal", True, (False, True))):
        ProductType.objects.update(kind=kind, is_shipping_required=required)
        sku = kind.upper()
        line = order_of(checkout_flow.checkout_ready_to_pay(shop, (shop.variant(sku), 1)) if required else
                        _without_delivery(shop, sku)).lines.get()  # fmt: skip
        assert (line.is_gift_card, line.is_shipping_required) == expected


def _without_delivery(shop: Shop, sku: str) -> Checkout:
    checkout = checkout_flow.create_checkout(shop, (shop.variant(sku), 1), email="ada@example.com")
    checkout_flow.contact.set_billing_address(
        checkout_id=checkout.pk, given=checkout_flow.ADA, checks=checkout_flow.Checks()
    )
    return checkout


@pytest.mark.parametrize(
    ("language", "names"), [("de", ("Becher", "Bernstein")), ("DE", ("Becher", "Bernstein")), ("es", ("", "")),
                            ("en", ("", "")), ("en-us", ("", ""))],
)  # fmt: skip
def test_lines_have_the_names_of_the_checkouts_language(
    shop: Shop, language: str, names: tuple[str, str]
) -> None:
    checkout = ready(shop)
    variant = shop.variants["CUP"]
    for code in ("de", "en", "en-us"):
        Translation.objects.create(
            kind="Product", object_pk=variant.product_id, language_code=code, values={"name": "Becher"}
        )
        Translation.objects.create(
            kind="ProductVariant", object_pk=variant.pk, language_code=code, values={"name": "Bernstein"}
        )
    Translation.objects.create(kind="Product", object_pk="999", language_code="de", values={"name": "x"})
    Checkout.objects.update(language_code=language)
    line = order_of(checkout).lines.get()
    assert (line.translated_product_name, line.translated_variant_name) == names
    assert (line.product_name, line.product_sku, line.product_variant_pk) == ("Cup", "CUP", variant.pk)


def test_a_buyer_can_not_say_which_lot_a_piece_is_from(shop: Shop) -> None:
    checkout = ready(shop)
    checkout.lines.update(metadata={"lot:A-17": "1", "lot:B": "none", "insert": "silicone-cups@1.0"})
    line = order_of(checkout).lines.get()
    assert line.metadata == {"insert": "silicone-cups@1.0"}
