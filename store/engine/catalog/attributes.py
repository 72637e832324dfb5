"""Operations on attributes, their choices, and their assignment to product types and page types."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db import transaction
from django.db.models import Max

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
from store.engine.channels.validation import (
    first_free_slug,
    require_not_blank,
    slug_of,
    slug_or_generated,
    validate_and_save,
)
from store.engine.errors import NotUnique, OperationError, Required
from store.engine.events import record_deleted_event, record_event
from store.engine.row_lock import lock_row

PLAIN_COLUMNS = (
    "name",
    "external_reference",
    "unit",
    "value_required",
    "visible_in_storefront",
    "filterable_in_storefront",
    "filterable_in_dashboard",
    "storefront_search_position",
    "available_in_grid",
    "is_variant_only",
)


def create(
    *,
    given: Mapping[str, Any],
    product_types: Sequence[ProductType] = (),
    page_types: Sequence[PageType] = (),
) -> Attribute:
    """Create an attribute with its choices. `product_types`, `page_types`: what a reference attribute may refer to.

    Raises OperationError, OperationErrors.
    """
    with transaction.atomic(durable=True):
        return create_in_transaction(given=given, product_types=product_types, page_types=page_types)


def create_in_transaction(
    *,
    given: Mapping[str, Any],
    product_types: Sequence[ProductType] = (),
    page_types: Sequence[PageType] = (),
) -> Attribute:
    """As `create`, inside the caller's transaction."""
    require_not_blank(given, "name")
    attribute = Attribute(
        type=given["type"],
        input_type=given.get("input_type") or "DROPDOWN",
        entity_type=given.get("entity_type"),
    )
    _check_input_type(attribute, given)
    changes = {name: given[name] for name in PLAIN_COLUMNS if given.get(name) is not None}
    validate_and_save(attribute, changes | {"slug": slug_or_generated(Attribute, given)})
    attribute.reference_product_types.set(product_types)
    attribute.reference_page_types.set(page_types)
    add_values(attribute=attribute, values=given.get("values") or (), field="values")
    record_event("ATTRIBUTE_CREATED", kind="Attribute", pk=attribute.pk)
    return attribute


def _check_input_type(attribute: Attribute, given: Mapping[str, Any]) -> None:
    if attribute.is_reference and not attribute.entity_type:
        raise Required("Entity type is required for reference input type.", field="entityType")
    if given.get("values") and not attribute.with_choices:
        raise OperationError(
            f"Values cannot be used with input type {attribute.input_type.lower().replace('_', '-')}.",
            field="values",
        )
    if given.get("unit") and attribute.input_type != "NUMERIC":
        raise OperationError("Unit could be set only for numeric attribute.", field="unit")


def update(
    *,
    attribute: Attribute,
    given: Mapping[str, Any],
    remove: Sequence[AttributeValue] = (),
) -> Attribute:
    """Change the fields in `given`, add choices (`add_values`) and remove choices.

    Raises OperationError and OperationErrors, also when a published product needs what would be removed.
    """
    with transaction.atomic(durable=True):
        return update_in_transaction(attribute=attribute, given=given, remove=remove)


def update_in_transaction(
    *,
    attribute: Attribute,
    given: Mapping[str, Any],
    remove: Sequence[AttributeValue] = (),
) -> Attribute:
    """As `update`, inside the caller's transaction."""
    for name in ("name", "slug"):
        require_not_blank(given, name)
    if foreign := [value for value in remove if value.attribute_id != attribute.pk]:
        raise OperationError(f"Value {foreign[0]} does not belong to this attribute.", field="removeValues")
    if given.get("add_values") and not attribute.with_choices:
        raise OperationError("This attribute has no choices to add to.", field="addValues")
    lock_row(attribute)
    changes = {name: given[name] for name in (*PLAIN_COLUMNS, "slug") if given.get(name) is not None}
    slug_changes = "slug" in changes and changes["slug"] != attribute.slug
    field = "removeValues" if remove else "slug"
    with _guard_published_products(attribute, field=field) if remove or slug_changes else nullcontext():
        AttributeValue.objects.filter(pk__in=[value.pk for value in remove]).delete()
        validate_and_save(attribute, changes, is_locked=True)
    add_values(attribute=attribute, values=given.get("add_values") or (), field="addValues")
    record_event("ATTRIBUTE_UPDATED", kind="Attribute", pk=attribute.pk)
    return attribute


def delete(*, attribute: Attribute) -> None:
    """Raises OperationErrors when a published product needs the attribute."""
    with transaction.atomic(durable=True), _guard_published_products(attribute):
        record_deleted_event("ATTRIBUTE_DELETED", kind="Attribute", row=attribute)
        attribute.delete()


def _guard_published_products(
    attribute: Attribute, *, field: str | None = None
) -> AbstractContextManager[None]:
    """Raises OperationErrors if, after the block, a published product no longer meets the rule of `publication`."""
    products = Product.objects.filter(product_type__product_assignments__attribute=attribute)
    return publication.guard_published(products, field=field)


def add_values(
    *, attribute: Attribute, values: Iterable[Mapping[str, Any]], field: str
) -> list[AttributeValue]:
    """Add choices at the end. Their slugs, made from the names, must differ.

    Raises Required, NotUnique, OperationError, OperationErrors on `field`.
    """
    values = list(values)
    if not values:
        return []
    taken = set(attribute.values.values_list("slug", flat=True))
    last = attribute.values.aggregate(last=Max("sort_order"))["last"]
    rows = []
    for position, given in enumerate(values, start=0 if last is None else last + 1):
        name = (given.get("name") or "").strip()
        if not name:
            raise Required("Name is required.", field=field)
        slug = slug_of(name) or "value"
        if slug in taken:
            raise NotUnique(f"Value {name} already exists within this attribute.", field=field)
        taken.add(slug)
        rows.append(_build_value(attribute, given, name, slug, position))
    for row in rows:
        validate_and_save(row, {"name": row.name})
    return rows


def _build_value(
    attribute: Attribute, given: Mapping[str, Any], name: str, slug: str, sort_order: int
) -> AttributeValue:
    if attribute.input_type != "SWATCH" and (given.get("value") or given.get("file_url")):
        raise OperationError("Value and file can be given only for a swatch.", field="values")
    if given.get("value") and given.get("file_url"):
        raise OperationError("Cannot specify both value and file for swatch attribute.", field="values")
    return AttributeValue(
        attribute=attribute,
        name=name,
        slug=slug,
        value=given.get("value") or "",
        file_url=given.get("file_url"),
        content_type=given.get("content_type"),
        external_reference=given.get("external_reference"),
        sort_order=sort_order,
    )


def update_value(*, value: AttributeValue, given: Mapping[str, Any]) -> AttributeValue:
    """Change the fields in `given`: name, value (colour), file … A new name makes a new slug, as in Saleor.

    Raises Required, OperationErrors.
    """
    require_not_blank(given, "name")
    with transaction.atomic(durable=True):
        lock_row(value)
        names = ("name", "value", "file_url", "content_type", "external_reference")
        changes = {name: given[name] for name in names if given.get(name) is not None}
        is_renamed = changes.get("name", value.name) != value.name
        if is_renamed:
            changes["slug"] = choice_slug(value.attribute, changes["name"], besides=value)
        with _guard_published_products(value.attribute, field="name") if is_renamed else nullcontext():
            validate_and_save(value, changes, is_locked=True)
        record_event("ATTRIBUTE_VALUE_UPDATED", kind="AttributeValue", pk=value.pk)
        record_event("ATTRIBUTE_UPDATED", kind="Attribute", pk=value.attribute_id)
    return value


def choice_slug(attribute: Attribute, name: str, *, besides: AttributeValue | None = None) -> str:
    """A slug for a choice of this name that no other one has; `besides`: the choice that gets it."""
    slug = slug_of(name) or "value"
    taken = AttributeValue.objects.filter(attribute=attribute, slug__startswith=slug)
    taken = taken.exclude(pk=besides.pk) if besides else taken
    return first_free_slug(slug, taken.values_list("slug", flat=True))


# --- assignment to types ------------------------------------------------------------------------------
def assign_to_product_type(
    *,
    product_type: ProductType,
    on_product: Sequence[Attribute] = (),
    on_variant: Sequence[tuple[Attribute, bool]] = (),
) -> None:
    """Assign attributes to the products and the variants of a type; for variants with `variantSelection`.

    Raises OperationError.
    """
    _check_assignable(product_type, [*on_product, *(attribute for attribute, _ in on_variant)])
    _check_selection(on_variant)
    with transaction.atomic(durable=True):
        start = _next_sort_order(AttributeProduct.objects.filter(product_type=product_type))
        for order, attribute in enumerate(on_product, start=start):
            AttributeProduct.objects.create(product_type=product_type, attribute=attribute, sort_order=order)
        start = _next_sort_order(AttributeVariant.objects.filter(product_type=product_type))
        for order, (attribute, selection) in enumerate(on_variant, start=start):
            AttributeVariant.objects.create(
                product_type=product_type, attribute=attribute, variant_selection=selection, sort_order=order
            )


def unassign_from_product_type(*, product_type: ProductType, attributes: Sequence[Attribute]) -> None:
    """Raises OperationErrors when a published product needs one of the attributes."""
    with transaction.atomic(durable=True), publication.guard_published(product_type.products.all()):
        AttributeProduct.objects.filter(product_type=product_type, attribute__in=attributes).delete()
        AttributeVariant.objects.filter(product_type=product_type, attribute__in=attributes).delete()


def update_variant_selection(
    *, product_type: ProductType, selections: Sequence[tuple[Attribute, bool]]
) -> None:
    """Set `variantSelection` of attributes: whether shoppers choose a variant by them. Raises OperationError."""
    _check_selection(selections)
    rows = {row.attribute_id: row for row in product_type.variant_assignments.all()}
    if unassigned := [attribute for attribute, _ in selections if attribute.pk not in rows]:
        raise OperationError(
            "The attribute is not assigned to the variants of this product type.",
            field="operations",
            code="NOT_FOUND",
            attributes=unassigned,
        )
    with transaction.atomic(durable=True):
        for attribute, selection in selections:
            AttributeVariant.objects.filter(pk=rows[attribute.pk].pk).update(variant_selection=selection)


def assign_to_page_type(*, page_type: PageType, attributes: Sequence[Attribute]) -> None:
    """Raises OperationError for an attribute of products, or one that is assigned already."""
    with transaction.atomic(durable=True):
        add_to_page_type(page_type, attributes)


def add_to_page_type(page_type: PageType, attributes: Sequence[Attribute]) -> None:
    """As `assign_to_page_type`, inside the caller's transaction."""
    _check_page_attributes(attributes)
    known = set(page_type.page_assignments.values_list("attribute_id", flat=True))
    if duplicates := [attribute for attribute in attributes if attribute.pk in known]:
        raise OperationError(
            "Some of the attributes have been already assigned to this page type.",
            field="attributes",
            code="ATTRIBUTE_ALREADY_ASSIGNED",
            attributes=duplicates,
        )
    start = _next_sort_order(AttributePage.objects.filter(page_type=page_type))
    for order, attribute in enumerate(attributes, start=start):
        AttributePage.objects.create(page_type=page_type, attribute=attribute, sort_order=order)


def unassign_from_page_type(*, page_type: PageType, attributes: Sequence[Attribute]) -> None:
    with transaction.atomic(durable=True):
        page_type.page_assignments.filter(attribute__in=attributes).delete()


def set_reference_types(
    *, attribute: Attribute, product_types: Sequence[ProductType] = (), page_types: Sequence[PageType] = ()
) -> None:
    """Set the types that a reference attribute may refer to."""
    with transaction.atomic(durable=True):
        attribute.reference_product_types.set(product_types)
        attribute.reference_page_types.set(page_types)


def _check_page_attributes(attributes: Sequence[Attribute]) -> None:
    if wrong := [attribute for attribute in attributes if attribute.type != "PAGE_TYPE"]:
        raise OperationError(
            "Only page type attributes are allowed.", field="addAttributes", attributes=wrong
        )


def _check_assignable(product_type: ProductType, attributes: Sequence[Attribute]) -> None:
    if wrong := [attribute for attribute in attributes if attribute.type != "PRODUCT_TYPE"]:
        raise OperationError(
            "Only product attributes can be assigned.",
            field="operations",
            code="ATTRIBUTE_CANNOT_BE_ASSIGNED",
            attributes=wrong,
        )
    known = set(product_type.product_assignments.values_list("attribute_id", flat=True))
    known |= set(product_type.variant_assignments.values_list("attribute_id", flat=True))
    pks = [attribute.pk for attribute in attributes]
    if duplicates := [
        attribute for attribute in attributes if attribute.pk in known or pks.count(attribute.pk) > 1
    ]:
        names = ", ".join(dict.fromkeys(attribute.name for attribute in duplicates))
        raise OperationError(
            f"{names} have already been assigned to this product type.",
            field="operations",
            code="ATTRIBUTE_ALREADY_ASSIGNED",
            attributes=duplicates,
        )


SELECTABLE_INPUT_TYPES = frozenset({"DROPDOWN", "BOOLEAN", "SWATCH", "NUMERIC"})


def _check_selection(selections: Sequence[tuple[Attribute, bool]]) -> None:
    if wrong := [
        attribute
        for attribute, selection in selections
        if selection and attribute.input_type not in SELECTABLE_INPUT_TYPES
    ]:
        raise OperationError(
            "Some types of attributes cannot be used for variant selection.",
            field="operations",
            code="ATTRIBUTE_CANNOT_BE_ASSIGNED",
            attributes=wrong,
        )


def _next_sort_order(rows: Any) -> int:
    last = rows.aggregate(last=Max("sort_order"))["last"]
    return 0 if last is None else int(last) + 1
