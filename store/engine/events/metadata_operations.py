"""Setting and deleting metadata keys of any row, with the event that Saleor sends for it."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from store.engine.errors import NotFound, OperationError, Required
from store.engine.events.metadata import WithMetadata
from store.engine.events.outbox import record_event
from store.engine.fields import MAX_METADATA_LENGTH, metadata_length

# Event type prefix by Saleor's type name. Other types change without an event, as in Saleor.
EVENT_PREFIXES = {
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
MAX_KEY_LENGTH = 256
TIMESTAMP_FIELDS = ("updated_at", "last_change", "modified_at")  # set where the model has them


def update_metadata(
    *,
    row: WithMetadata,
    kind: str,
    put: Mapping[str, str] | None = None,
    remove: Iterable[str] = (),
    private: bool = False,
) -> bool:
    """Set the keys of `put` and delete those of `remove`, leaving all others. `kind` is Saleor's type name.

    The row is locked and read again, so that concurrent writers of different keys do not overwrite each other. Returns
    whether anything changed. Raises Required (empty key), NotFound (row deleted), OperationError (too long).
    """
    if any(not key.strip() for key in put or ()):
        raise Required("Metadata key cannot be empty.", field="input")
    if any(len(key) > MAX_KEY_LENGTH for key in put or ()):
        raise OperationError(f"A metadata key may have at most {MAX_KEY_LENGTH} characters.", field="input")
    column = "private_metadata" if private else "metadata"
    with transaction.atomic(durable=True):
        locked_row = type(row)._default_manager.select_for_update().filter(pk=row.pk).first()
        if locked_row is None:
            raise NotFound("Cannot update metadata for instance. Updating not existing object.", field="id")
        before: dict[str, str] = getattr(locked_row, column)
        removed = set(remove)
        after = {key: value for key, value in before.items() if key not in removed} | dict(put or {})
        setattr(row, column, after)
        if after == before:
            return False
        if metadata_length(after) > MAX_METADATA_LENGTH:
            raise OperationError(
                f"Metadata of one object may hold at most {MAX_METADATA_LENGTH} characters.", field="input"
            )
        _write(row, {column: after})
        if kind in EVENT_PREFIXES:
            record_event(f"{EVENT_PREFIXES[kind]}_METADATA_UPDATED", kind=kind, pk=row.pk)
    return True


def _write(row: WithMetadata, values: dict[str, object]) -> None:
    fields = {field.name for field in row._meta.concrete_fields}
    values |= {name: timezone.now() for name in TIMESTAMP_FIELDS if name in fields}
    type(row)._default_manager.filter(pk=row.pk).update(**values)
