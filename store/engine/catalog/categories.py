"""The tree of categories."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from store.engine.catalog import search
from store.engine.catalog.editorjs import cleaned
from store.engine.catalog.media import Picture, store_picture
from store.engine.catalog.models import Category, Product, ProductChannelListing
from store.engine.channels import translations
from store.engine.channels.validation import not_blank, saved, slug_for
from store.engine.errors import Refusal, Required
from store.engine.events import record, record_gone

MAX_DEPTH = 6


def create(
    *, given: Mapping[str, Any], parent: Category | None = None, picture: Picture | None = None
) -> Category:
    if not (given.get("name") or "").strip():
        raise Required("This field cannot be blank.", field="name")
    if parent is not None and parent.level + 1 >= MAX_DEPTH:
        raise Refusal(f"Categories can't be nested deeper than {MAX_DEPTH} levels.", field="parent")
    with transaction.atomic(durable=True):
        category = Category(parent=parent)
        saved(
            category, described(given, picture, "category-backgrounds") | {"slug": slug_for(Category, given)}
        )
        record("CATEGORY_CREATED", kind="Category", pk=category.pk)
    return category


def update(*, category: Category, given: Mapping[str, Any], picture: Picture | None = None) -> Category:
    for name in ("name", "slug"):
        not_blank(given, name)
    with transaction.atomic(durable=True):
        slug = {"slug": given["slug"]} if given.get("slug") else {}
        saved(category, described(given, picture, "category-backgrounds") | slug)
        if "name" in given:
            search.index(category.products.values_list("pk", flat=True))
        record("CATEGORY_UPDATED", kind="Category", pk=category.pk)
    return category


def delete(*, category: Category) -> None:
    """Its subcategories go with it; products stay, but nobody can buy what has no category: they are unpublished."""
    with transaction.atomic(durable=True):
        gone = Category.objects.filter(path__startswith=category.path)
        left = list(Product.objects.filter(category__in=gone).values_list("pk", flat=True))
        ProductChannelListing.objects.filter(product_id__in=left).update(
            is_published=False, published_at=None
        )
        translations.forget(kind="Category", pks=list(gone.values_list("pk", flat=True)))
        Product.objects.filter(pk__in=left).update(category=None)
        for one in gone:
            record_gone("CATEGORY_DELETED", kind="Category", row=one)
        gone.delete()
        search.index(left)


def move(*, category: Category, parent: Category | None) -> None:
    """Under another parent, with all below it. Inside the caller's transaction."""
    if parent is not None and parent.path.startswith(category.path):
        raise Refusal("A category can't be below itself.", field="parent")
    old, start = category.path, parent.path if parent else "/"
    shift = (parent.level + 1 if parent else 0) - category.level
    branch = Category.objects.filter(path__startswith=old)
    branch.update(
        path=Concat(Value(f"{start}{category.pk}/"), Substr("path", len(old) + 1)), level=F("level") + shift
    )
    Category.objects.filter(pk=category.pk).update(parent=parent)


def below(categories: Iterable[Category]) -> list[int]:
    """Pks of these categories and all under them, in one statement."""
    roots = [category.path for category in categories]
    return (
        [pk for pk, path in Category.objects.values_list("pk", "path") if path.startswith(tuple(roots))]
        if roots
        else []
    )


def described(given: Mapping[str, Any], picture: Picture | None, folder: str) -> dict[str, Any]:
    """Columns that categories and collections share."""
    found = {
        name: given[name] for name in ("name", "metadata", "private_metadata") if given.get(name) is not None
    }
    if "description" in given:
        found["description"] = cleaned(given["description"])
    found |= seo(given)
    if picture is not None:
        found["background_image"] = store_picture(picture, folder=folder)
    if given.get("background_image_alt") is not None:
        found["background_image_alt"] = given["background_image_alt"]
    return found


def seo(given: Mapping[str, Any]) -> dict[str, Any]:
    said = given.get("seo") or {}
    names: Sequence[str] = ("title", "description")
    return {f"seo_{name}": said[name] for name in names if name in said}
