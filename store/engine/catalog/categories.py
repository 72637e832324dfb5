"""Operations on categories."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from store.engine.catalog import search
from store.engine.catalog.editorjs import clean_rich_text
from store.engine.catalog.media import UploadedFile, store_image
from store.engine.catalog.models import Category, Product, ProductChannelListing
from store.engine.channels import translations
from store.engine.channels.validation import require_not_blank, slug_or_generated, validate_and_save
from store.engine.errors import OperationError, Required
from store.engine.events import record_deleted_event, record_event

MAX_DEPTH = 6


def create(
    *, given: Mapping[str, Any], parent: Category | None = None, picture: UploadedFile | None = None
) -> Category:
    """Create a category. `given`: CategoryInput in snake_case. Raises Required, OperationError, OperationErrors."""
    if not (given.get("name") or "").strip():
        raise Required("This field cannot be blank.", field="name")
    if parent is not None and parent.level + 1 >= MAX_DEPTH:
        raise OperationError(f"Categories can't be nested deeper than {MAX_DEPTH} levels.", field="parent")
    with transaction.atomic(durable=True):
        category = Category(parent=parent)
        validate_and_save(
            category,
            shared_columns(given, picture, "category-backgrounds")
            | {"slug": slug_or_generated(Category, given)},
        )
        record_event("CATEGORY_CREATED", kind="Category", pk=category.pk)
    return category


def update(*, category: Category, given: Mapping[str, Any], picture: UploadedFile | None = None) -> Category:
    """Change the fields in `given`. Raises Required, OperationError, OperationErrors."""
    for name in ("name", "slug"):
        require_not_blank(given, name)
    with transaction.atomic(durable=True):
        slug = {"slug": given["slug"]} if given.get("slug") else {}
        validate_and_save(category, shared_columns(given, picture, "category-backgrounds") | slug)
        if "name" in given:
            search.index(category.products.values_list("pk", flat=True))
        record_event("CATEGORY_UPDATED", kind="Category", pk=category.pk)
    return category


def delete(*, category: Category) -> None:
    """Delete a category and its descendants. Their products stay, and are unpublished, since a product without
    category can't be published."""
    with transaction.atomic(durable=True):
        deleted = Category.objects.filter(path__startswith=category.path)
        orphaned = list(Product.objects.filter(category__in=deleted).values_list("pk", flat=True))
        ProductChannelListing.objects.filter(product_id__in=orphaned).update(
            is_published=False, published_at=None
        )
        translations.delete(kind="Category", pks=list(deleted.values_list("pk", flat=True)))
        Product.objects.filter(pk__in=orphaned).update(category=None)
        for row in deleted:
            record_deleted_event("CATEGORY_DELETED", kind="Category", row=row)
        deleted.delete()
        search.index(orphaned)


def shared_columns(given: Mapping[str, Any], picture: UploadedFile | None, folder: str) -> dict[str, Any]:
    """Values of the columns that categories and collections share. Stores the picture below `folder`.

    Raises OperationError for a file that is no picture.
    """
    values = {
        name: given[name] for name in ("name", "metadata", "private_metadata") if given.get(name) is not None
    }
    if "description" in given:
        values["description"] = clean_rich_text(given["description"], field="description")
    values |= seo_columns(given)
    if picture is not None:
        values["background_image"] = store_image(picture, folder=folder)
    if given.get("background_image_alt") is not None:
        values["background_image_alt"] = given["background_image_alt"]
    return values


def seo_columns(given: Mapping[str, Any]) -> dict[str, Any]:
    """Values of `seo_title` and `seo_description` from the input's `seo`."""
    seo = given.get("seo") or {}
    names: Sequence[str] = ("title", "description")
    return {f"seo_{name}": seo[name] for name in names if name in seo}
