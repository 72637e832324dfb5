"""A small shop, and the steps of a guest's checkout, for tests of checkout, orders and payments."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from store.engine.accounts.address_validation import Checks
from store.engine.accounts.models import Address
from store.engine.catalog.models import (
    Category,
    Product,
    ProductChannelListing,
    ProductType,
    ProductVariant,
    VariantChannelListing,
)
from store.engine.channels.models import Channel, TaxConfiguration
from store.engine.checkout import complete, contact, delivery_options, payment
from store.engine.checkout import lines as checkout_lines
from store.engine.checkout.lines import LineInput
from store.engine.checkout.models import Checkout
from store.engine.orders.models import Order
from store.engine.payments.gateways import DUMMY
from store.engine.shipping.models import ShippingMethod, ShippingMethodChannelListing, ShippingZone
from store.engine.stock.models import Allocation, ChannelWarehouse, Stock, Warehouse
from store.engine.taxes.models import TaxClass, TaxClassCountryRate

ADA = {
    "first_name": "Ada",
    "last_name": "Guest",
    "street_address_1": "1600 Amphitheatre Pkwy",
    "city": "Mountain View",
    "postal_code": "94043",
    "country": "US",
    "country_area": "CA",
}
SUCCESS = {"event": {"type": "CHARGE_SUCCESS", "includePspReference": True}}


@dataclass
class Shop:
    channel: Channel
    warehouse: Warehouse
    zone: ShippingZone
    method: ShippingMethod
    tax_class: TaxClass
    type: ProductType
    category: Category
    variants: dict[str, ProductVariant] = field(default_factory=dict)

    def variant(self, sku: str, *, price: str = "29.00", stock: int = 10, **options: Any) -> ProductVariant:
        """A product with one variant, on sale."""
        product = Product.objects.create(
            name=sku.title(), slug=sku.lower(), product_type=self.type, category=self.category
        )
        ProductChannelListing.objects.create(
            product=product,
            channel=self.channel,
            is_published=True,
            published_at=timezone.now(),
            visible_in_listings=True,
            available_for_purchase_at=timezone.now(),
            currency=self.channel.currency_code,
        )
        variant = ProductVariant.objects.create(product=product, sku=sku, name="Amber", **options)
        VariantChannelListing.objects.create(
            variant=variant,
            channel=self.channel,
            currency=self.channel.currency_code,
            price_amount=Decimal(price),
        )
        Stock.objects.create(warehouse=self.warehouse, variant=variant, quantity=stock)
        self.variants[sku] = variant
        return variant


def create_shop(*, rate: str = "8.5", entered_with_tax: bool = False) -> Shop:
    """US dollars, one warehouse, one zone, one shipping method at 4.90, a flat tax rate in percent."""
    channel = Channel.objects.create(
        name="US", slug="default-channel", is_active=True, currency_code="USD", default_country="US"
    )
    TaxConfiguration.objects.create(channel=channel, prices_entered_with_tax=entered_with_tax)
    tax_class = TaxClass.objects.create(name="Goods")
    TaxClassCountryRate.objects.create(tax_class=tax_class, country="US", rate=Decimal(rate))
    address = Address.objects.create(**ADA)
    warehouse = Warehouse.objects.create(name="Main", slug="main", address=address)
    ChannelWarehouse.objects.create(channel=channel, warehouse=warehouse)
    zone = ShippingZone.objects.create(name="US", countries=["US"])
    zone.channels.add(channel)
    warehouse.shipping_zones.add(zone)
    method = ShippingMethod.objects.create(
        name="Standard", type="PRICE", shipping_zone=zone, tax_class=tax_class
    )
    ShippingMethodChannelListing.objects.create(
        shipping_method=method, channel=channel, price_amount=Decimal("4.90"), currency="USD"
    )
    product_type = ProductType.objects.create(name="Cup set", slug="cup-set", tax_class=tax_class)
    category = Category.objects.create(name="Glass", slug="glass")
    return Shop(channel, warehouse, zone, method, tax_class, product_type, category)


def create_checkout(shop: Shop, *lines: tuple[ProductVariant, int], **given: Any) -> Checkout:
    wanted = [LineInput(variant.pk, quantity) for variant, quantity in lines]
    return checkout_lines.create(channel=shop.channel, line_inputs=wanted, **given).checkout


def checkout_ready_to_pay(
    shop: Shop, *lines: tuple[ProductVariant, int], email: str = "ada@example.com"
) -> Checkout:
    """A checkout with email, addresses and delivery, but without payment."""
    checkout = create_checkout(shop, *lines, email=email)
    return set_address_and_delivery(checkout.pk)


def set_address_and_delivery(pk: UUID, given: Mapping[str, Any] = ADA) -> Checkout:
    contact.set_shipping_address(checkout_id=pk, given=given, checks=Checks())
    contact.set_billing_address(checkout_id=pk, given=given, checks=Checks())
    offered = delivery_options.calculate(checkout_id=pk)
    return delivery_options.choose(checkout_id=pk, delivery_id=offered[0].pk).checkout


def pay(checkout: Checkout, **given: Any) -> Any:
    return payment.initialize(gateway_id=DUMMY, data=SUCCESS, checkout_id=checkout.pk, **given)


def place_order(shop: Shop, *lines: tuple[ProductVariant, int]) -> Order:
    checkout = checkout_ready_to_pay(shop, *lines)
    pay(checkout)
    return complete.complete(checkout_id=checkout.pk)


def stock_quantities(variant: ProductVariant) -> tuple[int, int, int]:
    """(quantity, allocated by the stock row, sum of its allocations): the last two must be equal."""
    row = Stock.objects.get(variant=variant)
    allocated = sum(Allocation.objects.filter(stock=row).values_list("quantity", flat=True))
    return row.quantity, row.quantity_allocated, allocated
