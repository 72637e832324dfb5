"""Words that others may hang on any row: public ones, readable by whoever reads the row, and private ones."""

from collections.abc import Iterable, Mapping

from django.db import models, transaction
from django.utils import timezone

from store.engine.errors import NotFound, Refusal, Required
from store.engine.events.outbox import record

# Kinds whose listeners want to know. The other kinds change in silence, as in Saleor.
ANNOUNCED = {
    "Channel": "CHANNEL",
    "Checkout": "CHECKOUT",
    "Collection": "COLLECTION",
    "Fulfillment": "FULFILLMENT",
    "GiftCard": "GIFT_CARD",
    "Order": "ORDER",
    "Product": "PRODUCT",
    "ProductVariant": "PRODUCT_VARIANT",
    "ShippingZone": "SHIPPING_ZONE",
    "Shop": "SHOP",
    "TransactionItem": "TRANSACTION_ITEM",
    "User": "CUSTOMER",
    "Voucher": "VOUCHER",
    "Warehouse": "WAREHOUSE",
}
LONGEST_KEY = 256
LARGEST = 100_000  # characters in all of one row: baskets can be written by anybody
TOUCHED = ("updated_at", "last_change", "modified_at")  # whichever of them the table has


class WithMetadata(models.Model):
    """Abstract. Keys and values are text, as in Saleor."""

    metadata = models.JSONField(default=dict, blank=True)
    private_metadata = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True


def as_mapping(pairs: Iterable[Mapping[str, str]] | Mapping[str, str] | None) -> dict[str, str]:
    """`[{"key": …, "value": …}]`, as clients send it, or a plain mapping, as a mapping."""
    if isinstance(pairs, Mapping):
        return dict(pairs)
    return {pair["key"]: pair["value"] for pair in pairs or ()}


def change(
    *,
    row: WithMetadata,
    kind: str,
    put: Mapping[str, str] | None = None,
    remove: Iterable[str] = (),
    private: bool = False,
) -> bool:
    """Put and remove keys, leaving all others; True when that changed anything. `kind` is Saleor's type name.

    The row is locked and read anew, so that two who write different keys at once both win.
    """
    if any(not key.strip() for key in put or ()):
        raise Required("Metadata key cannot be empty.", field="input")
    if any(len(key) > LONGEST_KEY for key in put or ()):
        raise Refusal(f"A metadata key may have at most {LONGEST_KEY} characters.", field="input")
    name = "private_metadata" if private else "metadata"
    with transaction.atomic(durable=True):
        fresh = type(row)._default_manager.select_for_update().filter(pk=row.pk).first()
        if fresh is None:
            raise NotFound("Cannot update metadata for instance. Updating not existing object.", field="id")
        before: dict[str, str] = getattr(fresh, name)
        gone = set(remove)
        after = {key: value for key, value in before.items() if key not in gone} | dict(put or {})
        setattr(row, name, after)
        if after == before:
            return False
        if sum(len(key) + len(value) for key, value in after.items()) > LARGEST:
            raise Refusal(f"Metadata of one object may hold at most {LARGEST} characters.", field="input")
        _write(row, {name: after})
        if kind in ANNOUNCED:
            record(f"{ANNOUNCED[kind]}_METADATA_UPDATED", kind=kind, pk=row.pk)
    return True


def _write(row: WithMetadata, values: dict[str, object]) -> None:
    columns = {field.name for field in row._meta.concrete_fields}
    values |= {column: timezone.now() for column in TOUCHED if column in columns}
    type(row)._default_manager.filter(pk=row.pk).update(**values)
