"""Variants: making, changing, deleting. Their prices are `listings`; how many there are is the subject `stock`."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from store.engine.catalog import search
from store.engine.catalog.attribute_assignment import Wish, assign, check_wishes
from store.engine.catalog.models import AttributeValue, Product, ProductVariant
from store.engine.catalog.pages import SINGLE
from store.engine.catalog.pricing import refresh
from store.engine.channels import translations
from store.engine.channels.validation import saved
from store.engine.errors import Refusal
from store.engine.events import record, record_gone

PLAIN = (
    "name",
    "sku",
    "external_reference",
    "track_inventory",
    "quantity_limit_per_customer",
    "weight",
    "metadata",
    "private_metadata",
)


def make(*, product: Product, given: Mapping[str, Any], wishes: Sequence[Wish] = ()) -> ProductVariant:
    """A new variant at the end of its product. Inside the caller's transaction (stock and prices come with it)."""
    check_wishes(wishes, required=product.product_type.variant_attributes.all())
    last = product.variants.aggregate(last=Max("sort_order"))["last"]
    variant = ProductVariant(product=product, sort_order=0 if last is None else last + 1)
    saved(variant, columns(given))
    assign(owner=variant, wishes=wishes)
    if not variant.name:
        _name(variant)
    if product.default_variant_id is None:
        product.default_variant = variant
        product.save(update_fields=["default_variant", "updated_at"])
    record("PRODUCT_VARIANT_CREATED", kind="ProductVariant", pk=variant.pk)
    return variant


def change(*, variant: ProductVariant, given: Mapping[str, Any], wishes: Sequence[Wish] = ()) -> None:
    """Inside the caller's transaction."""
    check_wishes(wishes)
    saved(variant, columns(given))
    assign(owner=variant, wishes=wishes)
    if not variant.name:
        _name(variant)
    record("PRODUCT_VARIANT_UPDATED", kind="ProductVariant", pk=variant.pk)


def update(
    *, variant: ProductVariant, given: Mapping[str, Any], wishes: Sequence[Wish] = ()
) -> ProductVariant:
    with transaction.atomic(durable=True):
        change(variant=variant, given=given, wishes=wishes)
        search.index([variant.product_id])
    return variant


def delete(*, variant: ProductVariant) -> None:
    """With its prices and stock rows. Its product's next variant becomes the default."""
    with transaction.atomic(durable=True):
        product = variant.product
        record_gone("PRODUCT_VARIANT_DELETED", kind="ProductVariant", row=variant, sku=variant.sku)
        AttributeValue.objects.filter(on_variants__variant=variant, attribute__input_type__in=SINGLE).delete()
        translations.forget(kind="ProductVariant", pks=[variant.pk])
        pk = variant.pk
        variant.delete()
        if product.default_variant_id in (None, pk):
            product.default_variant = product.variants.first()
            product.save(update_fields=["default_variant", "updated_at"])
        refresh([product.pk])
        search.index([product.pk])


def columns(given: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: given[name] for name in PLAIN if name in given}
    for name in ("name", "track_inventory", "metadata", "private_metadata"):
        if found.get(name, "") is None:
            del found[name]
    if "sku" in found:
        found["sku"] = (found["sku"] or "").strip() or None
    if (found.get("weight") or 0) < 0:
        raise Refusal("Product variant can't have negative weight.", field="weight")
    limit = found.get("quantity_limit_per_customer")
    if limit is not None and limit < 1:
        raise Refusal(
            "Product variant can't have quantityLimitPerCustomer lower than 1",
            field="quantityLimitPerCustomer",
        )
    return found


def _name(variant: ProductVariant) -> None:
    """A variant without a name is called by what a shopper chooses it by, else by its SKU."""
    chosen = variant.assigned_values.filter(
        value__attribute__on_variant_types__product_type=variant.product.product_type_id,
        value__attribute__on_variant_types__variant_selection=True,
    ).select_related("value")
    variant.name = " / ".join(one.value.name for one in chosen)[:255] or variant.sku or str(variant.pk)
    variant.save(update_fields=["name", "updated_at"])
