"""Moving rows within an order that the merchant decides: variants, choices, attributes of a type."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet

from store.engine import sort_order
from store.engine.catalog.models import Attribute, Collection, Page, PageType, Product, ProductVariant
from store.engine.errors import NotFound
from store.engine.events import record_event

EVENTS: Mapping[type[Model], str] = {
    Attribute: "ATTRIBUTE_UPDATED",
    Collection: "COLLECTION_UPDATED",
    Page: "PAGE_UPDATED",
    PageType: "PAGE_TYPE_UPDATED",
    Product: "PRODUCT_UPDATED",
    ProductVariant: "PRODUCT_VARIANT_UPDATED",
}


def reorder(
    rows: QuerySet[Any],
    moves: Mapping[Any, int | None],
    *,
    owner: Model,
    key: str = "pk",
    field: str = "moves",
) -> None:
    """Move `rows`, all that `owner` has; see `sort_order.move`. Raises NotFound on `field` for one that isn't among
    them."""
    with transaction.atomic(durable=True):
        known = set(rows.values_list(key, flat=True))
        if unknown := [value for value in moves if value not in known]:
            raise NotFound(f"Couldn't resolve to a node: {unknown[0]} is not in this order.", field=field)
        sort_order.move(rows, moves, key=key)
        if event := EVENTS.get(type(owner)):
            record_event(event, kind=type(owner).__name__, pk=owner.pk)
