"""Pages with their attributes."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from store.engine.catalog import publication, search
from store.engine.catalog.attribute_assignment import Wish, assign, check_wishes
from store.engine.catalog.categories import seo
from store.engine.catalog.editorjs import cleaned
from store.engine.catalog.models import AttributeValue, Page, PageType, Product
from store.engine.channels import translations
from store.engine.channels.validation import not_blank, saved, slug_for
from store.engine.channels.wording import camel
from store.engine.errors import Required
from store.engine.events import record, record_gone


def create(*, page_type: PageType, given: Mapping[str, Any], wishes: Sequence[Wish] = ()) -> Page:
    if not (given.get("title") or "").strip():
        raise Required("This field cannot be blank.", field="title")
    check_wishes(wishes, required=page_type.attributes.all())
    with transaction.atomic(durable=True):
        page = Page(page_type=page_type)
        saved(page, _columns(page, given) | {"slug": slug_for(Page, given, name="title")})
        assign(owner=page, wishes=wishes)
        record("PAGE_CREATED", kind="Page", pk=page.pk)
    return page


def update(*, page: Page, given: Mapping[str, Any], wishes: Sequence[Wish] = ()) -> Page:
    for name in ("title", "slug"):
        not_blank(given, name)
    check_wishes(wishes)
    with transaction.atomic(durable=True):
        renamed = "title" in given and given["title"] != page.title
        slug = {"slug": given["slug"]} if given.get("slug") else {}
        with _needed(page, given):
            saved(page, _columns(page, given) | slug)
        assign(owner=page, wishes=wishes)
        if renamed:
            _rename(page)
        record("PAGE_UPDATED", kind="Page", pk=page.pk)
    return page


def _needed(page: Page, given: Mapping[str, Any]) -> AbstractContextManager[None]:
    """A page that published products need is not hidden or moved away from them."""
    name = next(
        (name for name in ("is_published", "slug") if name in given and given[name] != getattr(page, name)),
        None,
    )
    return publication.still_fit(pointing_to([page]), field=camel(name)) if name else nullcontext()


def pointing_to(pages: Iterable[Page]) -> QuerySet[Product]:
    return Product.objects.filter(assigned_values__value__reference_page__in=list(pages)).distinct()


def _rename(page: Page) -> None:
    """References carry the title of what they point to, and products are found by it."""
    AttributeValue.objects.filter(reference_page=page).update(name=page.title)
    pointing = Product.objects.filter(assigned_values__value__reference_page=page)
    search.index(pointing.values_list("pk", flat=True))


def delete(*, page: Page) -> None:
    with transaction.atomic(durable=True):
        record_gone("PAGE_DELETED", kind="Page", row=page, slug=page.slug)
        AttributeValue.objects.filter(on_pages__page=page, attribute__input_type__in=SINGLE).delete()
        translations.forget(kind="Page", pks=[page.pk])
        with publication.still_fit(pointing_to([page])):
            page.delete()


# Input types whose values belong to one owner and go with it.
SINGLE = ("NUMERIC", "PLAIN_TEXT", "RICH_TEXT", "DATE", "DATE_TIME", "FILE", "REFERENCE", "SINGLE_REFERENCE")


def _columns(page: Page, given: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: given[name] for name in ("title", "is_published") if given.get(name) is not None}
    if "content" in given:
        found["content"] = cleaned(given["content"])
    if "published_at" in given:
        found["published_at"] = given["published_at"]
    if found.get("is_published", page.is_published) and found.get("published_at", page.published_at) is None:
        found["published_at"] = timezone.now()
    return found | seo(given)
