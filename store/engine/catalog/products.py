"""Operations on products."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from store.engine.catalog import publication, search, variant_deletion
from store.engine.catalog.attribute_assignment import (
    AttributeValueInput,
    assign_attribute_values,
    validate_attribute_values,
)
from store.engine.catalog.categories import seo_columns
from store.engine.catalog.collections import append_products
from store.engine.catalog.editorjs import clean_rich_text
from store.engine.catalog.models import (
    AttributeValue,
    Category,
    Collection,
    Product,
    ProductChannelListing,
    ProductType,
)
from store.engine.catalog.pages import OWNED_INPUT_TYPES
from store.engine.channels import translations
from store.engine.channels.validation import require_not_blank, slug_or_generated, validate_and_save
from store.engine.errors import OperationError, Required, require_unchanged
from store.engine.events import record_deleted_event, record_event
from store.engine.row_lock import lock_row
from store.engine.taxes.models import TaxClass

PLAIN_COLUMNS = ("name", "external_reference", "weight", "rating", "metadata", "private_metadata")


@dataclass(frozen=True, slots=True)
class Links:
    """Related rows of the input. When a product is updated, `category`, `tax_class` and `collections` are used only if
    `given` has their key, too."""

    category: Category | None = None
    tax_class: TaxClass | None = None
    collections: Sequence[Collection] = ()
    attribute_values: Sequence[AttributeValueInput] = ()


NO_LINKS = Links()


def create(*, product_type: ProductType, given: Mapping[str, Any], links: Links = NO_LINKS) -> Product:
    """Create a product with its attribute values. Raises Required, OperationError, OperationErrors, NotFound."""
    with transaction.atomic(durable=True):
        product = create_in_transaction(product_type=product_type, given=given, links=links)
        search.index([product.pk])
    return product


def create_in_transaction(*, product_type: ProductType, given: Mapping[str, Any], links: Links) -> Product:
    """As `create`, inside the caller's transaction; the caller adds the product to the search index afterwards."""
    if not (given.get("name") or "").strip():
        raise Required("This field cannot be blank.", field="name")
    validate_attribute_values(links.attribute_values, required=product_type.product_attributes.all())
    product = Product(product_type=product_type, category=links.category, tax_class=links.tax_class)
    validate_and_save(product, _columns(given) | {"slug": slug_or_generated(Product, given)})
    for collection in links.collections:
        append_products(collection, [product])
    assign_attribute_values(owner=product, attribute_values=links.attribute_values)
    record_event("PRODUCT_CREATED", kind="Product", pk=product.pk)
    return product


def update(
    *,
    product: Product,
    given: Mapping[str, Any],
    links: Links = NO_LINKS,
    seen: Mapping[str, Any] | None = None,
) -> Product:
    """Change the fields in `given` and the attributes in `links`.

    `seen`: what the editor of a form saw, by column. Raises Required, NotFound, ValuesChanged when a seen value is
    another one meanwhile, OperationError and OperationErrors, also when a published product would no longer meet the
    rule of `publication`.
    """
    with transaction.atomic(durable=True):
        update_in_transaction(product=product, given=given, links=links, seen=seen)
        search.index([product.pk])
    return product


def update_in_transaction(
    *,
    product: Product,
    given: Mapping[str, Any],
    links: Links = NO_LINKS,
    seen: Mapping[str, Any] | None = None,
) -> None:
    """As `update`, inside the caller's transaction; the caller updates the search index."""
    for name in ("name", "slug"):
        require_not_blank(given, name)
    validate_attribute_values(links.attribute_values)
    lock_row(product)
    if not require_unchanged(product, seen=seen, wanted=_columns(given)):
        return
    if "category" in given and links.category is None:
        _unpublish(product)
    slug = {"slug": given["slug"]} if given.get("slug") else {}
    related = {name: getattr(links, name) for name in ("category", "tax_class") if name in given}
    validate_and_save(product, _columns(given) | slug | related, is_locked=True)
    if "collections" in given:
        product.collection_products.exclude(collection__in=links.collections).delete()
        for collection in links.collections:
            append_products(collection, [product])
    if links.attribute_values:
        with publication.guard_published(Product.objects.filter(pk=product.pk), field="attributes"):
            assign_attribute_values(owner=product, attribute_values=links.attribute_values)
    record_event("PRODUCT_UPDATED", kind="Product", pk=product.pk)


def _unpublish(product: Product) -> None:
    """A product without a category can't be published."""
    ProductChannelListing.objects.filter(product=product).update(is_published=False, published_at=None)


def delete(*, product: Product) -> None:
    """Delete a product with its variants, prices, stock and values. Orders have copies of the names."""
    with transaction.atomic(durable=True):
        delete_in_transaction(product=product)


def delete_in_transaction(*, product: Product) -> None:
    variant_deletion.prepare(list(product.variants.values_list("pk", flat=True)))
    record_deleted_event("PRODUCT_DELETED", kind="Product", row=product, slug=product.slug)
    owned_values = AttributeValue.objects.filter(attribute__input_type__in=OWNED_INPUT_TYPES)
    owned_values.filter(on_products__product=product).delete()
    owned_values.filter(on_variants__variant__product=product).delete()
    search.remove([product.pk])
    translations.delete(kind="Product", pks=[product.pk])
    translations.delete(kind="ProductVariant", pks=product.variants.values_list("pk", flat=True))
    product.delete()


def _columns(given: Mapping[str, Any]) -> dict[str, Any]:
    values = {name: given[name] for name in PLAIN_COLUMNS if given.get(name) is not None}
    if "description" in given:
        values["description"] = clean_rich_text(given["description"], field="description")
    if (given.get("weight") or 0) < 0:
        raise OperationError("Product can't have negative weight.", field="weight")
    return values | seo_columns(given)
