"""Guides, safety inserts and pages of the shop, in every language."""

from collections.abc import Iterator
from typing import Any

from store.saleor.client.enums import LanguageCodeEnum
from store.saleor.client.input_types import (
    MetadataInput,
    PageCreateInput,
    PageInput,
    PageTranslationInput,
    SeoInput,
)
from store.seed.read import Catalog
from store.seed.read.pages import PageTexts, SeedPage
from store.seed.write.context import SeedContext

MAX_SEO_TITLE = 70
MAX_SEO_DESCRIPTION = 300


def write_pages(context: SeedContext, catalog: Catalog) -> Iterator[str]:
    for page in catalog.pages:
        id_ = _page(context, page)
        _metadata(context, page, id_)
        for language, texts in page.translations.items():
            _translation(context, page, id_, language, texts)
        yield page.slug


def _page(context: SeedContext, page: SeedPage) -> str:
    client = context.client
    texts = page.texts["en"]
    fields: dict[str, Any] = {
        "title": texts.title,
        "content": texts.content,
        "is_published": True,
        "seo": SeoInput(title=texts.title[:MAX_SEO_TITLE], description=texts.summary[:MAX_SEO_DESCRIPTION]),
    }
    create_input = PageCreateInput(
        slug=page.slug, page_type=context.id("page-type", page.page_type), **fields
    )
    return context.upsert(
        "page",
        page.slug,
        create_input,
        create=lambda: client.page_create(create_input).page_create,
        update=lambda id_: client.page_update(id_, PageInput(**fields)).page_update,
    )


def _metadata(context: SeedContext, page: SeedPage, id_: str) -> None:
    """Version and date of an insert: order lines refer to `<slug>@<version>`."""
    items = [MetadataInput(key=key, value=value) for key, value in page.metadata.items()]
    if items:
        context.send_if_changed(
            "page-metadata",
            page.slug,
            [page.metadata, id_],
            lambda: context.client.metadata_update(id_, items).update_metadata,
        )


def _translation(context: SeedContext, page: SeedPage, id_: str, language: str, texts: PageTexts) -> None:
    create_input = PageTranslationInput(
        title=texts.title,
        content=texts.content,
        seo_title=texts.title[:MAX_SEO_TITLE],
        seo_description=texts.summary[:MAX_SEO_DESCRIPTION],
    )
    code = LanguageCodeEnum(language.upper())
    context.send_if_changed(
        f"page-{language}",
        page.slug,
        [create_input, id_],
        lambda: context.client.page_translate(id_, code, create_input).page_translate,
    )
