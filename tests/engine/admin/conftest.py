"""Fixtures: a shop with one product in two variants and two warehouses, whose orders have two pieces and are paid."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.test import Client

from store.engine.accounts.models import Address, User
from store.engine.catalog.models import (
    Category,
    Product,
    ProductChannelListing,
    ProductType,
    ProductVariant,
    VariantChannelListing,
)
from store.engine.channels import shop_settings
from store.engine.channels.models import Channel
from store.engine.events import tasks
from store.engine.orders.models import Order, OrderEvent, OrderLine
from store.engine.payments.models import TransactionEvent, TransactionItem
from store.engine.stock.models import Allocation, Stock, Warehouse

PRICE, DELIVERY = Decimal("31.50"), Decimal("4.90")
HOME = {
    "first_name": "Ada",
    "last_name": "Guest",
    "street_address_1": "1600 Amphitheatre Pkwy",
    "city": "MOUNTAIN VIEW",
    "country_area": "CA",
    "postal_code": "94043",
    "country": "US",
}


@dataclass
class Shop:
    channel: Channel
    warehouses: list[Warehouse]
    product: Product
    variants: list[ProductVariant]

    def stock(self, variant: int = 0, warehouse: int = 0) -> Stock:
        return Stock.objects.get(variant=self.variants[variant], warehouse=self.warehouses[warehouse])

    def refundable(self, order: Order) -> TransactionItem:
        """The order's payment, as the demonstration gateway of our own took it."""
        payment = TransactionItem.objects.get(order_id=order.pk)
        payment.app_identifier, payment.available_actions = "saleor.io.dummy-payment-app", ["REFUND"]
        payment.save()
        TransactionEvent.objects.create(
            transaction=payment,
            type="CHARGE_SUCCESS",
            amount_value=payment.charged_value,
            currency="USD",
            psp_reference="p",
        )
        return payment

    def order(self, number: int = 17, *, pieces: int = 2, paid: bool = True) -> Order:
        """An order of the first variant, allocated in the first warehouse."""
        total = PRICE * pieces
        order = Order.objects.create(
            number=number,
            channel=self.channel,
            currency="USD",
            user_email="ada@example.com",
            shipping_address=Address.objects.create(**HOME),
            billing_address=Address.objects.create(**HOME),
            shipping_method_name="Standard",
            subtotal_net_amount=total,
            subtotal_gross_amount=total,
            shipping_price_net_amount=DELIVERY,
            shipping_price_gross_amount=DELIVERY,
            base_shipping_price_amount=DELIVERY,
            undiscounted_base_shipping_price_amount=DELIVERY,
            total_net_amount=total + DELIVERY,
            total_gross_amount=total + DELIVERY,
            total_charged_amount=total + DELIVERY if paid else 0,
            charge_status="FULL" if paid else "NONE",
        )
        variant = self.variants[0]
        line = OrderLine.objects.create(
            order=order,
            variant=variant,
            product_name=self.product.name,
            variant_name=variant.name,
            product_sku=variant.sku,
            quantity=pieces,
            currency="USD",
            **{
                f"{prefix}unit_price_{kind}_amount": PRICE
                for prefix in ("", "undiscounted_")
                for kind in ("net", "gross")
            },
            **{
                f"{prefix}total_price_{kind}_amount": total
                for prefix in ("", "undiscounted_")
                for kind in ("net", "gross")
            },
            metadata={"insert": "silicone-cups@1.0"},
        )
        stock = self.stock()
        Allocation.objects.create(order_line_id=line.pk, stock=stock, quantity=pieces)
        Stock.objects.filter(pk=stock.pk).update(quantity_allocated=stock.quantity_allocated + pieces)
        OrderEvent.objects.create(order=order, type="PLACED")
        if paid:
            TransactionItem.objects.create(
                order_id=order.pk,
                name="Dummy card",
                psp_reference="psp-1",
                currency="USD",
                charged_value=order.total_gross_amount,
            )
        return order


@pytest.fixture(autouse=True)
def no_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "enqueue_delivery", lambda: None)


@pytest.fixture
def shop(transactional_db: None) -> Shop:
    return create_shop()


def create_shop() -> Shop:
    shop_settings.update(changes={"fulfillment_allow_unpaid": False})  # as `manage.py seed` leaves it
    channel = Channel.objects.create(
        name="United States",
        slug="default-channel",
        is_active=True,
        currency_code="USD",
        default_country="US",
    )
    warehouses = [
        Warehouse.objects.create(name=name, slug=name.lower(), address=Address.objects.create(**HOME))
        for name in ("East", "West")
    ]
    product_type = ProductType.objects.create(name="Cup set", slug="cup-set")
    category = Category.objects.create(name="Silicone", slug="silicone")
    product = Product.objects.create(
        name="Silicone starter set", slug="starter", product_type=product_type, category=category
    )
    ProductChannelListing.objects.create(product=product, channel=channel, currency="USD", is_published=True)
    variants = []
    for position, color in enumerate(("Amber", "Sage")):
        variant = ProductVariant.objects.create(
            product=product, name=color, sku=f"CUP-{color[0]}", sort_order=position
        )
        VariantChannelListing.objects.create(
            variant=variant, channel=channel, currency="USD", price_amount=Decimal("31.50")
        )
        for warehouse, quantity in zip(warehouses, (10, 3), strict=True):
            Stock.objects.create(variant=variant, warehouse=warehouse, quantity=quantity)
        variants.append(variant)
    return Shop(channel, warehouses, product, variants)


@pytest.fixture
def merchant(transactional_db: None) -> User:
    return User.objects.create_superuser("merchant@cupwell.example", "cupwell-demo")


@pytest.fixture
def admin_client(merchant: User) -> Client:
    client = Client()
    client.force_login(merchant)
    return client
