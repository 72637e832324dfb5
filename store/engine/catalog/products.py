"""Products: making, changing, deleting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from store.engine.catalog import publication, search
from store.engine.catalog.attribute_assignment import Wish, assign, check_wishes
from store.engine.catalog.categories import seo
from store.engine.catalog.collections import add_to
from store.engine.catalog.editorjs import cleaned
from store.engine.catalog.models import (
    AttributeValue,
    Category,
    Collection,
    Product,
    ProductChannelListing,
    ProductType,
)
from store.engine.catalog.pages import SINGLE
from store.engine.channels import translations
from store.engine.channels.validation import not_blank, saved, slug_for
from store.engine.errors import Refusal, Required
from store.engine.events import record, record_gone
from store.engine.taxes.models import TaxClass

PLAIN = ("name", "external_reference", "weight", "rating", "metadata", "private_metadata")


@dataclass(frozen=True, slots=True)
class Links:
    """Rows that the API's input names by id. A name that `given` lacks leaves what the product has."""

    category: Category | None = None
    tax_class: TaxClass | None = None
    collections: Sequence[Collection] = ()
    wishes: Sequence[Wish] = ()


NOTHING = Links()


def create(*, product_type: ProductType, given: Mapping[str, Any], links: Links = NOTHING) -> Product:
    with transaction.atomic(durable=True):
        product = make(product_type=product_type, given=given, links=links)
        search.index([product.pk])
    return product


def make(*, product_type: ProductType, given: Mapping[str, Any], links: Links) -> Product:
    """As `create`, inside the caller's transaction and not searchable yet (index it when all is said)."""
    if not (given.get("name") or "").strip():
        raise Required("This field cannot be blank.", field="name")
    check_wishes(links.wishes, required=product_type.product_attributes.all())
    product = Product(product_type=product_type, category=links.category, tax_class=links.tax_class)
    saved(product, _columns(given) | {"slug": slug_for(Product, given)})
    for collection in links.collections:
        add_to(collection, [product])
    assign(owner=product, wishes=links.wishes)
    record("PRODUCT_CREATED", kind="Product", pk=product.pk)
    return product


def update(*, product: Product, given: Mapping[str, Any], links: Links = NOTHING) -> Product:
    for name in ("name", "slug"):
        not_blank(given, name)
    check_wishes(links.wishes)
    with transaction.atomic(durable=True):
        if "category" in given:
            _recategorise(product, links.category)
        if "tax_class" in given:
            product.tax_class = links.tax_class
        slug = {"slug": given["slug"]} if given.get("slug") else {}
        saved(product, _columns(given) | slug)
        if "collections" in given:
            product.placed.exclude(collection__in=links.collections).delete()
            for collection in links.collections:
                add_to(collection, [product])
        if links.wishes:
            with publication.still_fit(Product.objects.filter(pk=product.pk), field="attributes"):
                assign(owner=product, wishes=links.wishes)
        search.index([product.pk])
        record("PRODUCT_UPDATED", kind="Product", pk=product.pk)
    return product


def _recategorise(product: Product, category: Category | None) -> None:
    """Without a category nothing can be sold, so taking it away unpublishes."""
    product.category = category
    if category is None:
        ProductChannelListing.objects.filter(product=product).update(is_published=False, published_at=None)


def delete(*, product: Product) -> None:
    """With its variants, prices, stock rows and own values. Orders keep the names they were placed with."""
    with transaction.atomic(durable=True):
        record_gone("PRODUCT_DELETED", kind="Product", row=product, slug=product.slug)
        own = AttributeValue.objects.filter(attribute__input_type__in=SINGLE)
        own.filter(on_products__product=product).delete()
        own.filter(on_variants__variant__product=product).delete()
        search.forget([product.pk])
        translations.forget(kind="Product", pks=[product.pk])
        translations.forget(kind="ProductVariant", pks=product.variants.values_list("pk", flat=True))
        product.delete()


def _columns(given: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: given[name] for name in PLAIN if given.get(name) is not None}
    if "description" in given:
        found["description"] = cleaned(given["description"])
    if (given.get("weight") or 0) < 0:
        raise Refusal("Product can't have negative weight.", field="weight")
    return found | seo(given)
