"""Attributes: making them, their choices, and which product types and page types have them."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from store.engine.catalog import publication
from store.engine.catalog.models import (
    Attribute,
    AttributePage,
    AttributeProduct,
    AttributeValue,
    AttributeVariant,
    PageType,
    Product,
    ProductType,
)
from store.engine.channels.validation import next_free, not_blank, saved, slug_for
from store.engine.errors import NotUnique, Refusal, Required
from store.engine.events import record, record_gone

PLAIN = (
    "name",
    "external_reference",
    "unit",
    "value_required",
    "visible_in_storefront",
    "filterable_in_storefront",
    "filterable_in_dashboard",
    "storefront_search_position",
    "available_in_grid",
)


def create(
    *,
    given: Mapping[str, Any],
    product_types: Sequence[ProductType] = (),
    page_types: Sequence[PageType] = (),
) -> Attribute:
    """An attribute with its choices. `product_types`/`page_types`: what a reference may point to."""
    with transaction.atomic(durable=True):
        return make(given=given, product_types=product_types, page_types=page_types)


def make(
    *,
    given: Mapping[str, Any],
    product_types: Sequence[ProductType] = (),
    page_types: Sequence[PageType] = (),
) -> Attribute:
    """As `create`, inside the caller's transaction."""
    not_blank(given, "name")
    attribute = Attribute(
        type=given["type"],
        input_type=given.get("input_type") or "DROPDOWN",
        entity_type=given.get("entity_type"),
    )
    _check_kind(attribute, given)
    changes = {name: given[name] for name in PLAIN if given.get(name) is not None}
    saved(attribute, changes | {"slug": slug_for(Attribute, given)})
    attribute.reference_product_types.set(product_types)
    attribute.reference_page_types.set(page_types)
    add_values(attribute=attribute, values=given.get("values") or (), field="values")
    record("ATTRIBUTE_CREATED", kind="Attribute", pk=attribute.pk)
    return attribute


def _check_kind(attribute: Attribute, given: Mapping[str, Any]) -> None:
    if attribute.is_reference and not attribute.entity_type:
        raise Required("Entity type is required for reference input type.", field="entityType")
    if given.get("values") and not attribute.with_choices:
        raise Refusal(
            f"Values cannot be used with input type {attribute.input_type.lower().replace('_', '-')}.",
            field="values",
        )
    if given.get("unit") and attribute.input_type != "NUMERIC":
        raise Refusal("Unit could be set only for numeric attribute.", field="unit")


def update(
    *,
    attribute: Attribute,
    given: Mapping[str, Any],
    remove: Sequence[AttributeValue] = (),
) -> Attribute:
    """Change what is given, add choices, remove choices."""
    for name in ("name", "slug"):
        not_blank(given, name)
    if stray := [one for one in remove if one.attribute_id != attribute.pk]:
        raise Refusal(f"Value {stray[0]} does not belong to this attribute.", field="removeValues")
    if given.get("add_values") and not attribute.with_choices:
        raise Refusal("This attribute has no choices to add to.", field="addValues")
    changes = {name: given[name] for name in (*PLAIN, "slug") if given.get(name) is not None}
    with transaction.atomic(durable=True):
        moved = "slug" in changes and changes["slug"] != attribute.slug
        field = "removeValues" if remove else "slug"
        with _still_fit(attribute, field=field) if remove or moved else nullcontext():
            AttributeValue.objects.filter(pk__in=[one.pk for one in remove]).delete()
            saved(attribute, changes)
        add_values(attribute=attribute, values=given.get("add_values") or (), field="addValues")
        record("ATTRIBUTE_UPDATED", kind="Attribute", pk=attribute.pk)
    return attribute


def delete(*, attribute: Attribute) -> None:
    with transaction.atomic(durable=True), _still_fit(attribute):
        record_gone("ATTRIBUTE_DELETED", kind="Attribute", row=attribute)
        attribute.delete()


def _still_fit(attribute: Attribute, *, field: str | None = None) -> AbstractContextManager[None]:
    """Published products that need the attribute keep it."""
    products = Product.objects.filter(product_type__product_assignments__attribute=attribute)
    return publication.still_fit(products, field=field)


def add_values(
    *, attribute: Attribute, values: Iterable[Mapping[str, Any]], field: str
) -> list[AttributeValue]:
    """New choices at the end. Names of one attribute differ by their slugs."""
    values = list(values)
    if not values:
        return []
    taken = set(attribute.values.values_list("slug", flat=True))
    last = attribute.values.aggregate(last=Max("sort_order"))["last"]
    rows = []
    for at, given in enumerate(values, start=0 if last is None else last + 1):
        name = (given.get("name") or "").strip()
        if not name:
            raise Required("Name is required.", field=field)
        slug = slugify(name) or slugify(name, allow_unicode=True) or "value"
        if slug in taken:
            raise NotUnique(f"Value {name} already exists within this attribute.", field=field)
        taken.add(slug)
        rows.append(_value(attribute, given, name, slug, at))
    for row in rows:
        saved(row, {"name": row.name})
    return rows


def _value(attribute: Attribute, given: Mapping[str, Any], name: str, slug: str, at: int) -> AttributeValue:
    if attribute.input_type != "SWATCH" and (given.get("value") or given.get("file_url")):
        raise Refusal("Value and file can be given only for a swatch.", field="values")
    if given.get("value") and given.get("file_url"):
        raise Refusal("Cannot specify both value and file for swatch attribute.", field="values")
    return AttributeValue(
        attribute=attribute,
        name=name,
        slug=slug,
        value=given.get("value") or "",
        file_url=given.get("file_url"),
        content_type=given.get("content_type"),
        external_reference=given.get("external_reference"),
        sort_order=at,
    )


def change_value(*, value: AttributeValue, given: Mapping[str, Any]) -> AttributeValue:
    """Rename a choice or change its colour."""
    not_blank(given, "name")
    with transaction.atomic(durable=True):
        names = ("name", "value", "file_url", "content_type", "external_reference")
        changes = {name: given[name] for name in names if given.get(name) is not None}
        renamed = changes.get("name", value.name) != value.name
        with _still_fit(value.attribute, field="name") if renamed else nullcontext():
            saved(value, changes)
        record("ATTRIBUTE_VALUE_UPDATED", kind="AttributeValue", pk=value.pk)
        record("ATTRIBUTE_UPDATED", kind="Attribute", pk=value.attribute_id)
    return value


def choice_slug(attribute: Attribute, name: str) -> str:
    """A free slug for a new choice of that name."""
    slug = slugify(name) or slugify(name, allow_unicode=True) or "value"
    taken = AttributeValue.objects.filter(attribute=attribute, slug__startswith=slug)
    return next_free(slug, taken.values_list("slug", flat=True))


# --- which types have it ------------------------------------------------------------------------------
def assign_to_product_type(
    *,
    product_type: ProductType,
    on_product: Sequence[Attribute] = (),
    on_variant: Sequence[tuple[Attribute, bool]] = (),
) -> None:
    """Give a product type attributes of its products and of its variants (with variantSelection or not)."""
    both = [*on_product, *(one for one, _ in on_variant)]
    _check_assignable(product_type, both)
    _check_selection(on_variant)
    with transaction.atomic(durable=True):
        at = _next(AttributeProduct.objects.filter(product_type=product_type))
        for order, attribute in enumerate(on_product, start=at):
            AttributeProduct.objects.create(product_type=product_type, attribute=attribute, sort_order=order)
        at = _next(AttributeVariant.objects.filter(product_type=product_type))
        for order, (attribute, selection) in enumerate(on_variant, start=at):
            AttributeVariant.objects.create(
                product_type=product_type, attribute=attribute, variant_selection=selection, sort_order=order
            )


def unassign_from_product_type(*, product_type: ProductType, attributes: Sequence[Attribute]) -> None:
    with transaction.atomic(durable=True), publication.still_fit(product_type.products.all()):
        AttributeProduct.objects.filter(product_type=product_type, attribute__in=attributes).delete()
        AttributeVariant.objects.filter(product_type=product_type, attribute__in=attributes).delete()


def change_selection(*, product_type: ProductType, wanted: Sequence[tuple[Attribute, bool]]) -> None:
    """Say anew by which variant attributes a shopper chooses."""
    _check_selection(wanted)
    rows = {row.attribute_id: row for row in product_type.variant_assignments.all()}
    if stray := [one for one, _ in wanted if one.pk not in rows]:
        raise Refusal(
            "The attribute is not assigned to the variants of this product type.",
            field="operations",
            code="NOT_FOUND",
            attributes=stray,
        )
    with transaction.atomic(durable=True):
        for attribute, selection in wanted:
            AttributeVariant.objects.filter(pk=rows[attribute.pk].pk).update(variant_selection=selection)


def assign_to_page_type(*, page_type: PageType, attributes: Sequence[Attribute]) -> None:
    with transaction.atomic(durable=True):
        give_to_page_type(page_type, attributes)


def give_to_page_type(page_type: PageType, attributes: Sequence[Attribute]) -> None:
    """As `assign_to_page_type`, inside the caller's transaction."""
    _check_page_attributes(attributes)
    known = set(page_type.page_assignments.values_list("attribute_id", flat=True))
    if twice := [one for one in attributes if one.pk in known]:
        raise Refusal(
            "Some of the attributes have been already assigned to this page type.",
            field="attributes",
            code="ATTRIBUTE_ALREADY_ASSIGNED",
            attributes=twice,
        )
    at = _next(AttributePage.objects.filter(page_type=page_type))
    for order, attribute in enumerate(attributes, start=at):
        AttributePage.objects.create(page_type=page_type, attribute=attribute, sort_order=order)


def unassign_from_page_type(*, page_type: PageType, attributes: Sequence[Attribute]) -> None:
    with transaction.atomic(durable=True):
        page_type.page_assignments.filter(attribute__in=attributes).delete()


def points_to(
    *, attribute: Attribute, product_types: Sequence[ProductType] = (), page_types: Sequence[PageType] = ()
) -> None:
    """Limit what a reference may point to."""
    with transaction.atomic(durable=True):
        attribute.reference_product_types.set(product_types)
        attribute.reference_page_types.set(page_types)


def _check_page_attributes(attributes: Sequence[Attribute]) -> None:
    if wrong := [one for one in attributes if one.type != "PAGE_TYPE"]:
        raise Refusal("Only page type attributes are allowed.", field="addAttributes", attributes=wrong)


def _check_assignable(product_type: ProductType, attributes: Sequence[Attribute]) -> None:
    if wrong := [one for one in attributes if one.type != "PRODUCT_TYPE"]:
        raise Refusal(
            "Only product attributes can be assigned.",
            field="operations",
            code="ATTRIBUTE_CANNOT_BE_ASSIGNED",
            attributes=wrong,
        )
    known = set(product_type.product_assignments.values_list("attribute_id", flat=True))
    known |= set(product_type.variant_assignments.values_list("attribute_id", flat=True))
    pks = [one.pk for one in attributes]
    if twice := [one for one in attributes if one.pk in known or pks.count(one.pk) > 1]:
        names = ", ".join(dict.fromkeys(one.name for one in twice))
        raise Refusal(
            f"{names} have already been assigned to this product type.",
            field="operations",
            code="ATTRIBUTE_ALREADY_ASSIGNED",
            attributes=twice,
        )


SELECTABLE = frozenset({"DROPDOWN", "BOOLEAN", "SWATCH", "NUMERIC"})


def _check_selection(wanted: Sequence[tuple[Attribute, bool]]) -> None:
    if wrong := [one for one, selection in wanted if selection and one.input_type not in SELECTABLE]:
        raise Refusal(
            "Some types of attributes cannot be used for variant selection.",
            field="operations",
            code="ATTRIBUTE_CANNOT_BE_ASSIGNED",
            attributes=wrong,
        )


def _next(rows: Any) -> int:
    last = rows.aggregate(last=Max("sort_order"))["last"]
    return 0 if last is None else int(last) + 1
