"""Operations on product types and page types."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from store.engine.catalog import publication, variant_deletion
from store.engine.catalog.attributes import add_to_page_type
from store.engine.catalog.models import (
    Attribute,
    AttributePage,
    AttributeProduct,
    AttributeVariant,
    PageType,
    Product,
    ProductType,
    ProductVariant,
)
from store.engine.channels.validation import require_not_blank, slug_or_generated, validate_and_save
from store.engine.errors import OperationError, Required
from store.engine.events import record_deleted_event, record_event
from store.engine.taxes.models import TaxClass

PLAIN_COLUMNS = (
    "name",
    "kind",
    "has_variants",
    "is_shipping_required",
    "is_digital",
    "weight",
    "metadata",
    "private_metadata",
)


def create_product_type(
    *,
    given: Mapping[str, Any],
    tax_class: TaxClass | None = None,
    on_product: Sequence[Attribute] = (),
    on_variant: Sequence[Attribute] = (),
) -> ProductType:
    """`on_product`, `on_variant`: attributes of the type's products and variants.

    Raises Required, OperationError, OperationErrors.
    """
    if not (given.get("name") or "").strip():
        raise Required("This field cannot be blank.", field="name")
    _check_attributes(on_product, on_variant)
    with transaction.atomic(durable=True):
        product_type = ProductType(tax_class=tax_class)
        validate_and_save(product_type, _columns(given) | {"slug": slug_or_generated(ProductType, given)})
        _set_attributes(product_type, on_product, on_variant)
    return product_type


def update_product_type(
    *,
    product_type: ProductType,
    given: Mapping[str, Any],
    tax_class: TaxClass | None = None,
    on_product: Sequence[Attribute] | None = None,
    on_variant: Sequence[Attribute] | None = None,
) -> ProductType:
    """`on_product`, `on_variant`: all attributes that it has from now on; None changes nothing.

    Raises Required, OperationError and OperationErrors, also when a published product needs a removed attribute.
    """
    for name in ("name", "slug"):
        require_not_blank(given, name)
    _check_attributes(on_product or (), on_variant or ())
    with transaction.atomic(durable=True):
        links = {"tax_class": tax_class} if "tax_class" in given else {}
        slug = {"slug": given["slug"]} if given.get("slug") else {}
        validate_and_save(product_type, _columns(given) | slug | links)
        with publication.guard_published(product_type.products.all(), field="productAttributes"):
            _set_attributes(product_type, on_product, on_variant)
    return product_type


def delete_product_type(*, product_type: ProductType) -> None:
    """Deletes the products of the type, too."""
    with transaction.atomic(durable=True):
        variants = ProductVariant.objects.filter(product__product_type=product_type)
        variant_deletion.prepare(list(variants.values_list("pk", flat=True)))
        product_type.delete()


def create_page_type(*, given: Mapping[str, Any], attributes: Sequence[Attribute] = ()) -> PageType:
    """Create a page type with its attributes. Raises Required, OperationError, OperationErrors."""
    if not (given.get("name") or "").strip():
        raise Required("This field cannot be blank.", field="name")
    if wrong := [attribute for attribute in attributes if attribute.type != "PAGE_TYPE"]:
        raise OperationError("Only page type attributes allowed.", field="addAttributes", attributes=wrong)
    with transaction.atomic(durable=True):
        page_type = PageType()
        validate_and_save(page_type, {"name": given["name"], "slug": slug_or_generated(PageType, given)})
        AttributePage.objects.bulk_create(
            [AttributePage(page_type=page_type, attribute=attribute) for attribute in attributes]
        )
        record_event("PAGE_TYPE_CREATED", kind="PageType", pk=page_type.pk)
    return page_type


def update_page_type(
    *,
    page_type: PageType,
    given: Mapping[str, Any],
    add: Sequence[Attribute] = (),
    remove: Sequence[Attribute] = (),
) -> PageType:
    """Change name and slug, add and remove attributes. Raises Required, OperationError, OperationErrors."""
    for name in ("name", "slug"):
        require_not_blank(given, name)
    with transaction.atomic(durable=True):
        validate_and_save(page_type, {name: given[name] for name in ("name", "slug") if given.get(name)})
        page_type.page_assignments.filter(attribute__in=remove).delete()
        add_to_page_type(page_type, add)
        record_event("PAGE_TYPE_UPDATED", kind="PageType", pk=page_type.pk)
    return page_type


def delete_page_type(*, page_type: PageType) -> None:
    """Deletes the pages of the type, too. Raises OperationErrors when a published product needs one of them."""
    with transaction.atomic(durable=True), publication.guard_published(_products_referencing(page_type)):
        record_deleted_event("PAGE_TYPE_DELETED", kind="PageType", row=page_type)
        page_type.delete()


def _products_referencing(page_type: PageType) -> QuerySet[Product]:
    return Product.objects.filter(assigned_values__value__reference_page__page_type=page_type).distinct()


def _columns(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in PLAIN_COLUMNS if given.get(name) is not None}


def _check_attributes(on_product: Sequence[Attribute], on_variant: Sequence[Attribute]) -> None:
    for field, attributes in (("productAttributes", on_product), ("variantAttributes", on_variant)):
        if wrong := [attribute for attribute in attributes if attribute.type != "PRODUCT_TYPE"]:
            raise OperationError("Only product type attributes are allowed.", field=field, attributes=wrong)
    if {row.pk for row in on_product} & {row.pk for row in on_variant}:
        raise OperationError(
            "An attribute belongs to products or to variants, not both.", field="variantAttributes"
        )


def _set_attributes(
    product_type: ProductType, on_product: Sequence[Attribute] | None, on_variant: Sequence[Attribute] | None
) -> None:
    """As in Saleor, attributes given with the type have no sort order; those assigned later have one."""
    _replace_assignments(AttributeProduct, product_type, on_product)
    _replace_assignments(AttributeVariant, product_type, on_variant)


def _replace_assignments(
    table: Any, product_type: ProductType, attributes: Sequence[Attribute] | None
) -> None:
    if attributes is None:
        return
    rows = table.objects.filter(product_type=product_type)
    rows.exclude(attribute__in=attributes).delete()
    known = set(rows.values_list("attribute_id", flat=True))
    table.objects.bulk_create(
        [
            table(product_type=product_type, attribute=attribute)
            for attribute in attributes
            if attribute.pk not in known
        ]
    )
