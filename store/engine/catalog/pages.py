"""Operations on pages."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from store.engine.catalog import publication, search
from store.engine.catalog.attribute_assignment import (
    AttributeValueInput,
    assign_attribute_values,
    validate_attribute_values,
)
from store.engine.catalog.categories import seo_columns
from store.engine.catalog.editorjs import clean_rich_text
from store.engine.catalog.models import AttributeValue, Page, PageType, Product
from store.engine.channels import translations
from store.engine.channels.validation import require_not_blank, slug_or_generated, validate_and_save
from store.engine.errors import Required, camel_case
from store.engine.events import record_deleted_event, record_event
from store.engine.row_lock import lock_row


def create(
    *, page_type: PageType, given: Mapping[str, Any], attribute_values: Sequence[AttributeValueInput] = ()
) -> Page:
    """Create a page. Raises Required, OperationError, OperationErrors."""
    with transaction.atomic(durable=True):
        return create_in_transaction(page_type=page_type, given=given, attribute_values=attribute_values)


def create_in_transaction(
    *, page_type: PageType, given: Mapping[str, Any], attribute_values: Sequence[AttributeValueInput] = ()
) -> Page:
    """`create` inside the caller's transaction."""
    if not (given.get("title") or "").strip():
        raise Required("This field cannot be blank.", field="title")
    validate_attribute_values(attribute_values, required=page_type.attributes.all())
    page = Page(page_type=page_type)
    validate_and_save(page, _columns(page, given) | {"slug": slug_or_generated(Page, given, name="title")})
    assign_attribute_values(owner=page, attribute_values=attribute_values)
    record_event("PAGE_CREATED", kind="Page", pk=page.pk)
    return page


def update(
    *, page: Page, given: Mapping[str, Any], attribute_values: Sequence[AttributeValueInput] = ()
) -> Page:
    """Change the fields in `given` and the attributes in `attribute_values`.

    Raises Required, OperationErrors, NotFound.
    """
    with transaction.atomic(durable=True):
        return update_in_transaction(page=page, given=given, attribute_values=attribute_values)


def update_in_transaction(
    *, page: Page, given: Mapping[str, Any], attribute_values: Sequence[AttributeValueInput] = ()
) -> Page:
    """`update` inside the caller's transaction."""
    for name in ("title", "slug"):
        require_not_blank(given, name)
    validate_attribute_values(attribute_values)
    lock_row(page)
    is_renamed = "title" in given and given["title"] != page.title
    slug = {"slug": given["slug"]} if given.get("slug") else {}
    with _guard_published_products(page, given):
        validate_and_save(page, _columns(page, given) | slug, is_locked=True)
    assign_attribute_values(owner=page, attribute_values=attribute_values)
    if is_renamed:
        _update_reference_names(page)
    record_event("PAGE_UPDATED", kind="Page", pk=page.pk)
    return page


def _guard_published_products(page: Page, given: Mapping[str, Any]) -> AbstractContextManager[None]:
    """Raises OperationErrors if hiding the page or changing its slug leaves a published product without it."""
    name = next(
        (name for name in ("is_published", "slug") if name in given and given[name] != getattr(page, name)),
        None,
    )
    return (
        publication.guard_published(products_referencing([page]), field=camel_case(name))
        if name
        else nullcontext()
    )


def products_referencing(pages: Iterable[Page]) -> QuerySet[Product]:
    """Products with an attribute that refers to one of the pages."""
    return Product.objects.filter(assigned_values__value__reference_page__in=list(pages)).distinct()


def _update_reference_names(page: Page) -> None:
    """Update copies of the title: names of values that refer to the page, and the search index of their products."""
    AttributeValue.objects.filter(reference_page=page).update(name=page.title)
    products = Product.objects.filter(assigned_values__value__reference_page=page)
    search.index(products.values_list("pk", flat=True))


def delete(*, page: Page) -> None:
    """Raises OperationErrors when a published product needs the page."""
    with transaction.atomic(durable=True):
        record_deleted_event("PAGE_DELETED", kind="Page", row=page, slug=page.slug)
        AttributeValue.objects.filter(
            on_pages__page=page, attribute__input_type__in=OWNED_INPUT_TYPES
        ).delete()
        translations.delete(kind="Page", pks=[page.pk])
        with publication.guard_published(products_referencing([page])):
            page.delete()


# Input types whose values belong to one product, variant or page and are deleted with it.
OWNED_INPUT_TYPES = (
    "NUMERIC",
    "PLAIN_TEXT",
    "RICH_TEXT",
    "DATE",
    "DATE_TIME",
    "FILE",
    "REFERENCE",
    "SINGLE_REFERENCE",
)


def _columns(page: Page, given: Mapping[str, Any]) -> dict[str, Any]:
    values = {name: given[name] for name in ("title", "is_published") if given.get(name) is not None}
    if "content" in given:
        values["content"] = clean_rich_text(given["content"], field="content")
    if "published_at" in given:
        values["published_at"] = given["published_at"]
    if (
        values.get("is_published", page.is_published)
        and values.get("published_at", page.published_at) is None
    ):
        values["published_at"] = timezone.now()
    return values | seo_columns(given)
