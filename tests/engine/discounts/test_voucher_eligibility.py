"""Whether a voucher may be used: its time, its uses, the order and the customer."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from store.engine.accounts.models import User
from store.engine.catalog.models import Category, Collection, Product, ProductType, ProductVariant
from store.engine.channels.models import Channel
from store.engine.discounts import voucher_eligibility
from store.engine.discounts.models import Voucher, VoucherChannelListing, VoucherCode, VoucherCustomer
from store.engine.discounts.voucher_eligibility import NotApplicable

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def channel() -> Channel:
    return Channel.objects.create(
        name="US", slug="us", is_active=True, currency_code="USD", default_country="US"
    )


def add_code(
    channel: Channel | None, *, used: int = 0, is_active: bool = True, **options: Any
) -> VoucherCode:
    min_spent = options.pop("min_spent", None)
    voucher = Voucher.objects.create(name="Spring", **({"start_date": NOW - timedelta(days=1)} | options))
    if channel:
        VoucherChannelListing.objects.create(
            voucher=voucher,
            channel=channel,
            currency="USD",
            discount_value=Decimal(5),
            min_spent_amount=min_spent and Decimal(min_spent),
        )
    return VoucherCode.objects.create(voucher=voucher, code="SPRING", used=used, is_active=is_active)


@pytest.mark.parametrize("lock", [False, True])
@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({}, True),
        ({"is_active": False}, False),
        ({"start_date": NOW}, True),
        ({"start_date": NOW + timedelta(seconds=1)}, False),
        ({"end_date": NOW}, True),
        ({"end_date": NOW - timedelta(seconds=1)}, False),
        ({"usage_limit": 2, "used": 1}, True),
        ({"usage_limit": 2, "used": 2}, False),
        ({"usage_limit": 1}, True),
        ({"used": 9}, True),
    ],
)
def test_a_code_is_found_within_its_time_and_while_it_has_uses_left(
    channel: Channel, options: dict[str, Any], found: bool, lock: bool
) -> None:
    code = add_code(channel, **options)
    active = voucher_eligibility.find_active_code("SPRING", channel, at=NOW, lock=lock)
    assert (active == code) is found


def test_a_code_is_found_only_in_its_channel(channel: Channel) -> None:
    add_code(None)
    assert voucher_eligibility.find_active_code("SPRING", channel) is None


def test_the_uses_of_all_codes_of_a_voucher_count_together(channel: Channel) -> None:
    code = add_code(channel, usage_limit=3, used=1)
    VoucherCode.objects.create(voucher=code.voucher, code="OTHER", used=2)
    assert voucher_eligibility.find_active_code("SPRING", channel) is None


CUSTOMER: dict[str, Any] = {"subtotal": Decimal(30), "quantity": 2, "email": "ada@example.com", "user": None}


@pytest.mark.parametrize(
    ("options", "order", "applies"),
    [
        ({}, {}, True),
        ({"min_spent": "30"}, {}, True),
        ({"min_spent": "30.01"}, {}, False),
        ({"min_checkout_items_quantity": 2}, {}, True),
        ({"min_checkout_items_quantity": 3}, {}, False),
        ({"type": "SHIPPING", "countries": ["US"]}, {"country": "US"}, True),
        ({"type": "SHIPPING", "countries": ["US"]}, {"country": "DE"}, False),
        ({"type": "SHIPPING", "countries": ["US"]}, {}, True),
        ({"type": "SHIPPING", "countries": []}, {"country": "DE"}, True),
        ({"countries": ["US"]}, {"country": "DE"}, True),
        ({"only_for_staff": True}, {}, False),
        ({"only_for_staff": True}, {"user": User(is_staff=False)}, False),
        ({"only_for_staff": True}, {"user": User(is_staff=True)}, True),
        ({"apply_once_per_customer": True}, {}, True),
    ],
)
def test_a_voucher_applies_to_orders_and_customers_it_is_for(
    channel: Channel, options: dict[str, Any], order: dict[str, Any], applies: bool
) -> None:
    voucher = add_code(channel, **options).voucher
    try:
        voucher_eligibility.check(voucher, channel=channel, **(CUSTOMER | order))
    except NotApplicable:
        assert not applies
    else:
        assert applies


@pytest.mark.parametrize(
    ("currency", "said"), [("USD", "50.50 USD"), ("JPY", "51 JPY"), ("KWD", "50.500 KWD")]
)
def test_the_least_order_is_told_with_the_digits_of_its_currency(
    channel: Channel, currency: str, said: str
) -> None:
    voucher = add_code(channel, min_spent="50.500").voucher
    VoucherChannelListing.objects.update(currency=currency)
    with pytest.raises(NotApplicable, match=f"over {said}"):
        voucher_eligibility.check(voucher, channel=channel, **CUSTOMER)


def test_a_voucher_that_is_not_listed_in_the_channel_does_not_apply(channel: Channel) -> None:
    voucher = add_code(None).voucher
    with pytest.raises(NotApplicable):
        voucher_eligibility.check(voucher, channel=channel, **CUSTOMER)
    assert voucher_eligibility.get_voucher_info(voucher, channel) is None


@pytest.mark.parametrize(
    ("email", "applies"), [("ADA@example.com", False), ("bob@example.com", True), (None, True)]
)
def test_once_per_customer_is_by_email_address_in_any_case(
    channel: Channel, email: str | None, applies: bool
) -> None:
    code = add_code(channel, apply_once_per_customer=True)
    voucher_eligibility.record_usage(code, email="ada@example.com")
    try:
        voucher_eligibility.check(code.voucher, channel=channel, **(CUSTOMER | {"email": email}))
    except NotApplicable:
        assert not applies
    else:
        assert applies


def test_the_same_customer_is_recorded_once(channel: Channel) -> None:
    code = add_code(channel, apply_once_per_customer=True)
    voucher_eligibility.record_usage(code, email="ada@example.com")
    for email in ("Ada@example.com", None, ""):
        with pytest.raises(NotApplicable):
            voucher_eligibility.record_usage(code, email=email)
    assert VoucherCustomer.objects.count() == 1


def test_a_use_is_counted_where_uses_are_limited(channel: Channel) -> None:
    code = add_code(channel, usage_limit=5)
    voucher_eligibility.record_usage(code, email="ada@example.com")
    code.refresh_from_db()
    assert (code.used, code.is_active, VoucherCustomer.objects.count()) == (1, True, 0)
    voucher_eligibility.release_usage("SPRING", email="ada@example.com")
    code.refresh_from_db()
    assert code.used == 0


def test_unlimited_uses_are_not_counted(channel: Channel) -> None:
    code = add_code(channel, used=4)
    voucher_eligibility.record_usage(code, email=None)
    voucher_eligibility.release_usage("SPRING", email=None)
    code.refresh_from_db()
    assert (code.used, code.is_active) == (4, True)


def test_a_single_use_code_is_inactive_after_its_use_until_the_order_is_canceled(channel: Channel) -> None:
    code = add_code(channel, single_use=True)
    voucher_eligibility.record_usage(code, email=None)
    code.refresh_from_db()
    assert code.is_active is False
    voucher_eligibility.release_usage("SPRING", email=None)
    code.refresh_from_db()
    assert code.is_active is True


def test_a_canceled_order_lets_its_customer_use_the_code_again(channel: Channel) -> None:
    code = add_code(channel, apply_once_per_customer=True)
    voucher_eligibility.record_usage(code, email="ada@example.com")
    voucher_eligibility.release_usage("SPRING", email="bob@example.com")
    assert VoucherCustomer.objects.count() == 1
    voucher_eligibility.release_usage("SPRING", email="ADA@example.com")
    assert VoucherCustomer.objects.count() == 0


def test_uses_never_become_less_than_none(channel: Channel) -> None:
    code = add_code(channel, usage_limit=5, used=0)
    voucher_eligibility.release_usage("SPRING", email=None)
    voucher_eligibility.release_usage("GONE", email=None)
    code.refresh_from_db()
    assert code.used == 0


@pytest.mark.parametrize(
    ("kind", "for_lines", "for_shipping"),
    [("ENTIRE_ORDER", False, False), ("SHIPPING", False, True), ("SPECIFIC_PRODUCT", True, False)],
)
def test_the_terms_of_a_voucher_in_a_channel(
    channel: Channel, kind: str, for_lines: bool, for_shipping: bool
) -> None:
    voucher = add_code(channel, type=kind, discount_value_type="PERCENTAGE").voucher
    info = voucher_eligibility.get_voucher_info(voucher, channel)
    assert info is not None
    assert (info.value, info.value_type, info.currency) == (5, "PERCENTAGE", "USD")
    assert (info.for_lines, info.for_shipping, info.only_cheapest) == (for_lines, for_shipping, False)


@pytest.mark.parametrize("kind", ["SPECIFIC_PRODUCT", "ENTIRE_ORDER"])
def test_only_a_voucher_on_products_is_limited_to_what_it_names(channel: Channel, kind: str) -> None:
    voucher = add_code(channel, type=kind).voucher
    shelf = Category.objects.create(name="Cups", slug="cups")
    product_type = ProductType.objects.create(name="Set", slug="set")
    product = Product.objects.create(name="Set", slug="set", product_type=product_type, category=shelf)
    variant = ProductVariant.objects.create(product=product, sku="A")
    collection = Collection.objects.create(name="Spring", slug="spring")
    voucher.categories.add(shelf)
    voucher.products.add(product)
    voucher.variants.add(variant)
    voucher.collections.add(collection)
    info = voucher_eligibility.get_voucher_info(voucher, channel)
    assert info
    named = (info.variants, info.products, info.categories, info.collections)
    if kind == "SPECIFIC_PRODUCT":
        assert named == ({variant.pk}, {product.pk}, {shelf.pk}, {collection.pk})
    else:
        assert named == (frozenset(),) * 4


def test_a_code_that_was_switched_off_stays_off_when_its_order_is_canceled(channel: Channel) -> None:
    code = add_code(channel, is_active=False)
    voucher_eligibility.release_usage("SPRING", email=None)
    code.refresh_from_db()
    assert code.is_active is False
