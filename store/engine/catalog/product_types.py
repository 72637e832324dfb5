"""Product types and page types."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from store.engine.catalog import publication
from store.engine.catalog.attributes import give_to_page_type
from store.engine.catalog.models import (
    Attribute,
    AttributePage,
    AttributeProduct,
    AttributeVariant,
    PageType,
    Product,
    ProductType,
)
from store.engine.channels.validation import not_blank, saved, slug_for
from store.engine.errors import Refusal, Required
from store.engine.events import record, record_gone
from store.engine.taxes.models import TaxClass

PLAIN = (
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
    if not (given.get("name") or "").strip():
        raise Required("This field cannot be blank.", field="name")
    _check(on_product, on_variant)
    with transaction.atomic(durable=True):
        product_type = ProductType(tax_class=tax_class)
        saved(product_type, _columns(given) | {"slug": slug_for(ProductType, given)})
        _set(product_type, on_product, on_variant)
    return product_type


def update_product_type(
    *,
    product_type: ProductType,
    given: Mapping[str, Any],
    tax_class: TaxClass | None = None,
    on_product: Sequence[Attribute] | None = None,
    on_variant: Sequence[Attribute] | None = None,
) -> ProductType:
    """`on_product`/`on_variant`: the attributes it has from now on; None leaves them."""
    for name in ("name", "slug"):
        not_blank(given, name)
    _check(on_product or (), on_variant or ())
    with transaction.atomic(durable=True):
        if "tax_class" in given:
            product_type.tax_class = tax_class
        slug = {"slug": given["slug"]} if given.get("slug") else {}
        saved(product_type, _columns(given) | slug)
        with publication.still_fit(product_type.products.all(), field="productAttributes"):
            _set(product_type, on_product, on_variant)
    return product_type


def delete_product_type(*, product_type: ProductType) -> None:
    """With it go its products."""
    with transaction.atomic(durable=True):
        product_type.delete()


def create_page_type(*, given: Mapping[str, Any], attributes: Sequence[Attribute] = ()) -> PageType:
    if not (given.get("name") or "").strip():
        raise Required("This field cannot be blank.", field="name")
    if wrong := [one for one in attributes if one.type != "PAGE_TYPE"]:
        raise Refusal("Only page type attributes allowed.", field="addAttributes", attributes=wrong)
    with transaction.atomic(durable=True):
        page_type = PageType()
        saved(page_type, {"name": given["name"], "slug": slug_for(PageType, given)})
        AttributePage.objects.bulk_create(
            [AttributePage(page_type=page_type, attribute=one) for one in attributes]
        )
        record("PAGE_TYPE_CREATED", kind="PageType", pk=page_type.pk)
    return page_type


def update_page_type(
    *,
    page_type: PageType,
    given: Mapping[str, Any],
    add: Sequence[Attribute] = (),
    remove: Sequence[Attribute] = (),
) -> PageType:
    for name in ("name", "slug"):
        not_blank(given, name)
    with transaction.atomic(durable=True):
        saved(page_type, {name: given[name] for name in ("name", "slug") if given.get(name)})
        page_type.page_assignments.filter(attribute__in=remove).delete()
        give_to_page_type(page_type, add)
        record("PAGE_TYPE_UPDATED", kind="PageType", pk=page_type.pk)
    return page_type


def delete_page_type(*, page_type: PageType) -> None:
    """With it go its pages."""
    with transaction.atomic(durable=True), publication.still_fit(_pointing_to(page_type)):
        record_gone("PAGE_TYPE_DELETED", kind="PageType", row=page_type)
        page_type.delete()


def _pointing_to(page_type: PageType) -> QuerySet[Product]:
    return Product.objects.filter(assigned_values__value__reference_page__page_type=page_type).distinct()


def _columns(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in PLAIN if given.get(name) is not None}


def _check(on_product: Sequence[Attribute], on_variant: Sequence[Attribute]) -> None:
    for field, attributes in (("productAttributes", on_product), ("variantAttributes", on_variant)):
        if wrong := [one for one in attributes if one.type != "PRODUCT_TYPE"]:
            raise Refusal("Only product type attributes are allowed.", field=field, attributes=wrong)
    if {one.pk for one in on_product} & {one.pk for one in on_variant}:
        raise Refusal("An attribute belongs to products or to variants, not both.", field="variantAttributes")


def _set(
    product_type: ProductType, on_product: Sequence[Attribute] | None, on_variant: Sequence[Attribute] | None
) -> None:
    """As Saleor does: attributes given with the type have no place in the order, those assigned later do."""
    _replace(AttributeProduct, product_type, on_product)
    _replace(AttributeVariant, product_type, on_variant)


def _replace(table: Any, product_type: ProductType, wanted: Sequence[Attribute] | None) -> None:
    if wanted is None:
        return
    rows = table.objects.filter(product_type=product_type)
    rows.exclude(attribute__in=wanted).delete()
    known = set(rows.values_list("attribute_id", flat=True))
    table.objects.bulk_create(
        [table(product_type=product_type, attribute=one) for one in wanted if one.pk not in known]
    )
