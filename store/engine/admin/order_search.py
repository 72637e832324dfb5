"""Finds orders as merchants look for them: by number, e-mail, name, city, product, SKU, lot or tracking number.

A number (`7`, `#7`) means that order alone, unless no order has it. Of several words each must be found in some field.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from store.engine.accounts.models import Address
from store.engine.orders.models import Fulfillment, Order, OrderLine
from store.saleor.whole_numbers import whole_number

MAX_WORDS = 8
ADDRESS_COLUMNS = ("first_name", "last_name", "company_name", "city", "postal_code")


def search(orders: QuerySet[Order], typed: str) -> QuerySet[Order]:
    """The orders that match; all of them for an empty text."""
    text = typed.strip()
    number = whole_number(text.removeprefix("#").strip())
    if number is not None and (by_number := orders.filter(number=number)).exists():
        return by_number
    for word in text.split()[:MAX_WORDS]:
        orders = orders.filter(_has(word))
    return orders


def _has(word: str) -> Q:
    address = Q()
    for column in ADDRESS_COLUMNS:
        address |= Q(**{f"{column}__icontains": word})
    addresses = Address.objects.filter(address)
    lines = OrderLine.objects.filter(order=OuterRef("pk")).filter(
        Q(product_sku__icontains=word)
        | Q(product_name__icontains=word)
        | Q(variant_name__icontains=word)
        | Q(metadata__has_key=f"lot:{word}")
    )
    parcels = Fulfillment.objects.filter(order=OuterRef("pk"), tracking_number__icontains=word)
    return (
        Q(user_email__icontains=word)
        | Q(Exists(addresses.filter(pk=OuterRef("shipping_address_id"))))
        | Q(Exists(addresses.filter(pk=OuterRef("billing_address_id"))))
        | Q(Exists(lines))
        | Q(Exists(parcels))
    )
