"""Operations on product variants. Prices are in `channel_listings`, quantities in the package `stock`."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from store.engine.catalog import search, variant_deletion
from store.engine.catalog.attribute_assignment import (
    AttributeValueInput,
    assign_attribute_values,
    validate_attribute_values,
)
from store.engine.catalog.models import AttributeValue, Product, ProductVariant, update_lowest_prices
from store.engine.catalog.pages import OWNED_INPUT_TYPES
from store.engine.channels import shop_settings, translations
from store.engine.channels.validation import validate_and_save
from store.engine.errors import OperationError
from store.engine.events import record_deleted_event, record_event

PLAIN_COLUMNS = (
    "name",
    "sku",
    "external_reference",
    "track_inventory",
    "quantity_limit_per_customer",
    "weight",
    "metadata",
    "private_metadata",
)


def create_in_transaction(
    *, product: Product, given: Mapping[str, Any], attribute_values: Sequence[AttributeValueInput] = ()
) -> ProductVariant:
    """Create a variant, sorted last, inside the caller's transaction (in which stock and prices are written, too).

    Raises OperationError, OperationErrors, NotFound.
    """
    validate_attribute_values(attribute_values, required=product.product_type.variant_attributes.all())
    last = product.variants.aggregate(last=Max("sort_order"))["last"]
    variant = ProductVariant(
        product=product,
        sort_order=0 if last is None else last + 1,
        track_inventory=shop_settings.current().track_inventory_by_default,
    )
    validate_and_save(variant, columns(given))
    assign_attribute_values(owner=variant, attribute_values=attribute_values)
    if not variant.name:
        _set_generated_name(variant)
    if product.default_variant_id is None:
        product.default_variant = variant
        product.save(update_fields=["default_variant", "updated_at"])
    record_event("PRODUCT_VARIANT_CREATED", kind="ProductVariant", pk=variant.pk)
    return variant


def update_in_transaction(
    *, variant: ProductVariant, given: Mapping[str, Any], attribute_values: Sequence[AttributeValueInput] = ()
) -> None:
    """As `update`, inside the caller's transaction; the caller updates the search index."""
    validate_attribute_values(attribute_values)
    validate_and_save(variant, columns(given))
    assign_attribute_values(owner=variant, attribute_values=attribute_values)
    if not variant.name:
        _set_generated_name(variant)
    record_event("PRODUCT_VARIANT_UPDATED", kind="ProductVariant", pk=variant.pk)


def update(
    *, variant: ProductVariant, given: Mapping[str, Any], attribute_values: Sequence[AttributeValueInput] = ()
) -> ProductVariant:
    """Change the fields in `given` and the given attributes. Raises OperationError, OperationErrors, NotFound."""
    with transaction.atomic(durable=True):
        update_in_transaction(variant=variant, given=given, attribute_values=attribute_values)
        search.index([variant.product_id])
    return variant


def delete(*, variant: ProductVariant) -> None:
    """Delete a variant with its prices and stock. If it was the default, the product's next variant becomes it."""
    with transaction.atomic(durable=True):
        delete_in_transaction(variant=variant)


def delete_in_transaction(*, variant: ProductVariant) -> None:
    variant_deletion.prepare([variant.pk])
    product = variant.product
    record_deleted_event("PRODUCT_VARIANT_DELETED", kind="ProductVariant", row=variant, sku=variant.sku)
    AttributeValue.objects.filter(
        on_variants__variant=variant, attribute__input_type__in=OWNED_INPUT_TYPES
    ).delete()
    translations.delete(kind="ProductVariant", pks=[variant.pk])
    pk = variant.pk
    variant.delete()
    if product.default_variant_id in (None, pk):
        product.default_variant = product.variants.first()
        product.save(update_fields=["default_variant", "updated_at"])
    update_lowest_prices([product.pk])
    search.index([product.pk])


def columns(given: Mapping[str, Any]) -> dict[str, Any]:
    """Values of the variant's own columns. Raises OperationError."""
    values = {name: given[name] for name in PLAIN_COLUMNS if name in given}
    for name in ("name", "track_inventory", "metadata", "private_metadata"):
        if values.get(name, "") is None:
            del values[name]
    if "sku" in values:
        values["sku"] = (values["sku"] or "").strip() or None
    if (values.get("weight") or 0) < 0:
        raise OperationError("Product variant can't have negative weight.", field="weight")
    limit = values.get("quantity_limit_per_customer")
    if limit is not None and limit < 1:
        raise OperationError(
            "Product variant can't have quantityLimitPerCustomer lower than 1",
            field="quantityLimitPerCustomer",
        )
    return values


def _set_generated_name(variant: ProductVariant) -> None:
    """Name the variant after its values of the attributes used for selection, else after its SKU or pk."""
    selection_values = variant.assigned_values.filter(
        value__attribute__on_variant_types__product_type=variant.product.product_type_id,
        value__attribute__on_variant_types__variant_selection=True,
    ).select_related("value")
    variant.name = (
        " / ".join(assigned.value.name for assigned in selection_values)[:255]
        or variant.sku
        or str(variant.pk)
    )
    variant.save(update_fields=["name", "updated_at"])
