"""Guides, safety inserts and pages of the shop, in every language."""

from collections.abc import Collection, Iterator, Mapping
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
from store.seed.write.merge import comparable_texts

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
    texts = _texts(page.texts["en"])
    create_input = PageCreateInput(
        slug=page.slug,
        page_type=context.id("page-type", page.page_type),
        is_published=True,
        **_input(texts, texts),
    )
    return context.merge_object(
        "page",
        page.slug,
        comparable_texts(texts),
        create=lambda: client.page_create(create_input).page_create,
        update=lambda id_, changed: client.page_update(id_, PageInput(**_input(texts, changed))).page_update,
    )


def _texts(texts: PageTexts) -> dict[str, str]:
    return {
        "title": texts.title,
        "content": texts.content,
        "seo_title": texts.title[:MAX_SEO_TITLE],
        "seo_description": texts.summary[:MAX_SEO_DESCRIPTION],
    }


def _input(texts: Mapping[str, str], names: Collection[str]) -> dict[str, Any]:
    """Of the fields of these names. Saleor takes both texts for search engines together."""
    given: dict[str, Any] = {name: texts[name] for name in names if not name.startswith("seo_")}
    if len(given) < len(names):
        given["seo"] = SeoInput(title=texts["seo_title"], description=texts["seo_description"])
    return given


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
    given, code = _texts(texts), LanguageCodeEnum(language.upper())
    context.update_fields(
        f"page-{language}",
        page.slug,
        comparable_texts(given),
        lambda changed: (
            context.client.page_translate(
                id_, code, PageTranslationInput(**{name: given[name] for name in changed})
            ).page_translate
        ),
    )
