"""Offering ways of delivery and choosing one (Saleor 3.23's Delivery).

An offer is a row with the price of its moment. Offers grow stale (after an hour, or when basket or address change);
a chosen one that is no longer to be had stays as it was and is marked invalid, so that nobody pays another price
than the one they chose without being told.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from store.engine.checkout import queries, shipping_methods
from store.engine.checkout.models import Checkout, CheckoutDelivery
from store.engine.errors import Refusal
from store.engine.shipping.available_methods import Offered
from store.engine.stock.models import Warehouse

OFFERS_HOLD = timedelta(hours=1)
TOLD = (
    "name",
    "description",
    "price_amount",
    "minimum_delivery_days",
    "maximum_delivery_days",
    "tax_class_id",
)


def calculate(*, checkout_id: UUID) -> list[CheckoutDelivery]:
    """What can be chosen now, written down as rows that `choose` takes."""
    with transaction.atomic(durable=True):
        return renew(queries.lock(checkout_id))


def renew(checkout: Checkout) -> list[CheckoutDelivery]:
    """Inside the caller's transaction, with the checkout locked."""
    found = shipping_methods.for_checkout(checkout)
    rows = list(checkout.deliveries.all())
    valid = {row.shipping_method_id: row for row in rows if row.is_valid}
    chosen = checkout.delivery_id
    offered, made = [], []
    for one in found:
        row = valid.get(one.method.pk)
        told = _told(one)
        if row is not None and all(getattr(row, name) == value for name, value in told.items()):
            offered.append(row)
        elif row is not None and row.pk != chosen:
            for name, value in told.items():
                setattr(row, name, value)
            row.save()
            offered.append(row)
        else:
            made.append(_new(checkout, one, told))
            offered.append(made[-1])
    CheckoutDelivery.objects.bulk_create(made)
    keep = {row.pk for row in offered}
    if gone := [row.pk for row in rows if row.pk not in keep and row.pk != chosen]:
        CheckoutDelivery.objects.filter(pk__in=gone).delete()
    if checkout.delivery is not None:
        _mark(checkout.delivery, is_valid=chosen in keep)
    checkout.delivery_methods_stale_at = timezone.now() + OFFERS_HOLD
    Checkout.objects.filter(pk=checkout.pk).update(
        delivery_methods_stale_at=checkout.delivery_methods_stale_at
    )
    return offered


def _told(one: Offered) -> dict[str, Any]:
    method = one.method
    return {
        "name": method.name,
        "description": method.description,
        "price_amount": one.price,
        "minimum_delivery_days": method.minimum_delivery_days,
        "maximum_delivery_days": method.maximum_delivery_days,
        "tax_class_id": method.tax_class_id,
        "tax_class_name": method.tax_class.name if method.tax_class else None,
    }


def _new(checkout: Checkout, one: Offered, told: dict[str, Any]) -> CheckoutDelivery:
    return CheckoutDelivery(
        checkout=checkout,
        shipping_method_id=one.method.pk,
        currency=checkout.currency,
        metadata=dict(one.method.metadata),
        **told,
    )


def _mark(row: CheckoutDelivery, *, is_valid: bool) -> None:
    if row.is_valid != is_valid:
        row.is_valid = is_valid
        row.save(update_fields=["is_valid"])


def is_stale(checkout: Checkout) -> bool:
    return checkout.delivery_methods_stale_at is None or checkout.delivery_methods_stale_at <= timezone.now()


def choose(
    *,
    checkout_id: UUID,
    delivery_id: UUID | None = None,
    shipping_method_id: int | None = None,
    warehouse_id: UUID | None = None,
) -> Checkout:
    """One of: an offer, a shipping method (the older way), a place to collect from; or none, to choose anew."""
    with transaction.atomic(durable=True):
        checkout = queries.lock(checkout_id)
        lines = queries.lines_of(checkout)
        if not queries.needs_shipping(lines):
            raise Refusal(
                "This checkout doesn't need shipping", field="deliveryMethod", code="SHIPPING_NOT_REQUIRED"
            )
        if warehouse_id is not None:
            _collect(checkout, warehouse_id)
        elif delivery_id is None and shipping_method_id is None:
            checkout.delivery, checkout.collection_point = None, None
        else:
            _ship(checkout, delivery_id, shipping_method_id)
        checkout.save(
            update_fields=[
                "delivery",
                "collection_point",
                "shipping_address",
                "save_shipping_address",
                "last_change",
            ]
        )
    queries.forget_prices(checkout)
    return checkout


def _ship(checkout: Checkout, delivery_id: UUID | None, shipping_method_id: int | None) -> None:
    checkout.collection_point = None
    fresh = checkout.deliveries.filter(is_valid=True)
    rows = renew(checkout) if is_stale(checkout) else list(fresh)
    for row in rows:
        if row.active and (row.pk == delivery_id or row.shipping_method_id == shipping_method_id):
            checkout.delivery = row
            return
    raise Refusal(
        "This shipping method is not applicable.",
        field="deliveryMethodId",
        code="DELIVERY_METHOD_NOT_APPLICABLE",
    )


def _collect(checkout: Checkout, warehouse_id: UUID) -> None:
    point = (
        Warehouse.objects.select_related("address")
        .filter(pk=warehouse_id, channels=checkout.channel)
        .exclude(click_and_collect_option="DISABLED")
        .first()
    )
    if point is None:
        raise Refusal(
            "This pick up point is not applicable.",
            field="deliveryMethodId",
            code="DELIVERY_METHOD_NOT_APPLICABLE",
        )
    checkout.delivery, checkout.collection_point = None, point
    checkout.shipping_address, checkout.save_shipping_address = point.address.copy(), False
