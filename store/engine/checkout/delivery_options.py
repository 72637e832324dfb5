"""Offering delivery options for a checkout and choosing one (Saleor 3.23's Delivery).

An offer is a row with the price of its moment. Offers become stale after OFFERS_VALID_FOR or when lines or address
change. A chosen offer that is no longer available stays unchanged and is marked invalid, so that nobody is charged a
price other than the one they chose without being told.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from store.engine.checkout import legacy_error_flow, loaded_checkout, shipping_methods
from store.engine.checkout.loaded_checkout import LoadedCheckout
from store.engine.checkout.models import Checkout, CheckoutDelivery
from store.engine.errors import OperationError
from store.engine.shipping.available_methods import AvailableMethod
from store.engine.stock.models import Warehouse

OFFERS_VALID_FOR = timedelta(hours=1)


def calculate(*, checkout_id: UUID) -> list[CheckoutDelivery]:
    """The delivery options available now, stored as rows that `choose` accepts. Raises NotFound."""
    with transaction.atomic(durable=True):
        return refresh(loaded_checkout.lock(checkout_id))


def refresh(loaded: LoadedCheckout) -> list[CheckoutDelivery]:
    """As `calculate`, inside the caller's transaction and with the checkout locked."""
    offered = _write_offers(loaded)
    checkout = loaded.checkout
    Checkout.objects.filter(pk=checkout.pk).update(
        delivery_methods_stale_at=checkout.delivery_methods_stale_at
    )
    return offered


def _write_offers(loaded: LoadedCheckout) -> list[CheckoutDelivery]:
    """As `refresh`; until when they hold is set on the checkout, and the caller saves it."""
    checkout, available = loaded.checkout, shipping_methods.for_checkout(loaded)
    rows = list(checkout.deliveries.all())
    valid = {row.shipping_method_id: row for row in rows if row.is_valid}
    chosen = checkout.delivery_id
    offered, created = [], []
    for offer in available:
        row = valid.get(offer.method.pk)
        values = _offered_values(offer)
        if row is not None and _has_values(row, values):
            offered.append(row)
        elif row is not None and row.pk != chosen:
            for name, value in values.items():
                setattr(row, name, value)
            row.save()
            offered.append(row)
        else:
            created.append(_new_delivery(checkout, offer, values))
            offered.append(created[-1])
    CheckoutDelivery.objects.bulk_create(created)
    current_ids = {row.pk for row in offered}
    if outdated := [row.pk for row in rows if row.pk not in current_ids and row.pk != chosen]:
        CheckoutDelivery.objects.filter(pk__in=outdated).delete()
    if checkout.delivery is not None:
        _set_valid(checkout.delivery, is_valid=chosen in current_ids)
    checkout.delivery_methods_stale_at = timezone.now() + OFFERS_VALID_FOR
    return offered


def _offered_values(offer: AvailableMethod) -> dict[str, Any]:
    method = offer.method
    return {
        "name": method.name,
        "description": method.description,
        "price_amount": offer.price,
        "minimum_delivery_days": method.minimum_delivery_days,
        "maximum_delivery_days": method.maximum_delivery_days,
        "tax_class_id": method.tax_class_id,
        "tax_class_name": method.tax_class.name if method.tax_class else None,
    }


def _has_values(row: CheckoutDelivery, values: dict[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in values.items())


def _new_delivery(checkout: Checkout, offer: AvailableMethod, values: dict[str, Any]) -> CheckoutDelivery:
    return CheckoutDelivery(
        checkout=checkout,
        shipping_method_id=offer.method.pk,
        currency=checkout.currency,
        metadata=dict(offer.method.metadata),
        **values,
    )


def _set_valid(row: CheckoutDelivery, *, is_valid: bool) -> None:
    if row.is_valid != is_valid:
        row.is_valid = is_valid
        row.save(update_fields=["is_valid"])


def is_stale(checkout: Checkout) -> bool:
    return checkout.delivery_methods_stale_at is None or checkout.delivery_methods_stale_at <= timezone.now()


def is_chosen_delivery_valid(loaded: LoadedCheckout) -> bool:
    """Whether the chosen delivery is still offered at its price; for stale offers today's are calculated. Writes
    nothing.
    """
    chosen = loaded.checkout.delivery
    if chosen is None or not chosen.is_valid or not chosen.active:
        return False
    if not is_stale(loaded.checkout):
        return True
    return any(
        offer.method.pk == chosen.shipping_method_id and _has_values(chosen, _offered_values(offer))
        for offer in shipping_methods.for_checkout(loaded)
    )


def is_collection_point_valid(checkout: Checkout) -> bool:
    """Whether orders can still be collected at the chosen collection point."""
    point = checkout.collection_point_id
    return point is not None and collection_points(checkout).filter(pk=point).exists()


def choose(
    *,
    checkout_id: UUID,
    delivery_id: UUID | None = None,
    shipping_method_id: int | None = None,
    warehouse_id: UUID | None = None,
) -> LoadedCheckout:
    """Choose a delivery option, a shipping method (older clients) or a collection point; with none given, clear
    the choice.

    Raises NotFound, and OperationError when the checkout needs no shipping or the choice is not applicable.
    """
    with transaction.atomic(durable=True):
        loaded = loaded_checkout.lock(checkout_id)
        checkout = loaded.checkout
        legacy_error_flow.require_available_lines(loaded)
        legacy_error_flow.require_shipping(loaded)
        if warehouse_id is not None:
            _set_collection_point(checkout, warehouse_id)
        else:
            _leave_collection_point(checkout)
            checkout.delivery = None
            if delivery_id is not None or shipping_method_id is not None:
                checkout.delivery = _offered_delivery(loaded, delivery_id, shipping_method_id)
        checkout.save(
            update_fields=[
                "delivery",
                "collection_point",
                "shipping_address",
                "save_shipping_address",
                "delivery_methods_stale_at",
                "last_change",
            ]
        )
    return loaded.changed()


def _leave_collection_point(checkout: Checkout) -> None:
    """Remove the collection point with its address, so that a parcel never goes there: the customer is asked for an
    address, and the delivery is checked against that.
    """
    if checkout.collection_point_id:
        checkout.collection_point, checkout.shipping_address = None, None
        checkout.delivery_methods_stale_at = timezone.now()


def _offered_delivery(
    loaded: LoadedCheckout, delivery_id: UUID | None, shipping_method_id: int | None
) -> CheckoutDelivery:
    checkout = loaded.checkout
    offers_are_current = checkout.shipping_address is None or not is_stale(checkout)
    rows = list(checkout.deliveries.filter(is_valid=True)) if offers_are_current else _write_offers(loaded)
    for row in rows:
        if row.active and (row.pk == delivery_id or row.shipping_method_id == shipping_method_id):
            return row
    raise OperationError(
        "This shipping method is not applicable.",
        field="deliveryMethodId",
        code="DELIVERY_METHOD_NOT_APPLICABLE",
    )


def _set_collection_point(checkout: Checkout, warehouse_id: UUID) -> None:
    point = collection_points(checkout).select_related("address").filter(pk=warehouse_id).first()
    if point is None:
        raise OperationError(
            "This pick up point is not applicable.",
            field="deliveryMethodId",
            code="DELIVERY_METHOD_NOT_APPLICABLE",
        )
    checkout.delivery, checkout.collection_point = None, point
    checkout.shipping_address, checkout.save_shipping_address = point.address.copy(), False


def collection_points(checkout: Checkout) -> QuerySet[Warehouse]:
    """Where the checkout's order could be collected."""
    return Warehouse.objects.filter(channels=checkout.channel).exclude(click_and_collect_option="DISABLED")
