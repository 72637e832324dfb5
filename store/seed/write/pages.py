"""Guides and safety inserts, as pages in every language."""

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
from store.seed.read import Catalogue
from store.seed.read.pages import PageText, PageWords
from store.seed.write.context import Bench

LONGEST_SEO_TITLE = 70
LONGEST_SEO_DESCRIPTION = 300


def write_pages(bench: Bench, catalogue: Catalogue) -> Iterator[str]:
    for page in catalogue.pages:
        id_ = _page(bench, page)
        _metadata(bench, page, id_)
        for language, words in page.translations.items():
            _translation(bench, page, id_, language, words)
        yield page.slug


def _page(bench: Bench, page: PageText) -> str:
    client = bench.client
    words = page.words["en"]
    said: dict[str, Any] = {
        "title": words.title,
        "content": words.content,
        "is_published": True,
        "seo": SeoInput(
            title=words.title[:LONGEST_SEO_TITLE], description=words.summary[:LONGEST_SEO_DESCRIPTION]
        ),
    }
    wanted = PageCreateInput(slug=page.slug, page_type=bench.id("page-type", page.page_type), **said)
    return bench.keep(
        "page",
        page.slug,
        wanted,
        create=lambda: client.page_create(wanted).page_create,
        update=lambda id_: client.page_update(id_, PageInput(**said)).page_update,
    )


def _metadata(bench: Bench, page: PageText, id_: str) -> None:
    """An insert carries its version and date: orders point at `<slug>@<version>`."""
    items = [MetadataInput(key=key, value=value) for key, value in page.metadata.items()]
    if items:
        bench.once(
            "page-metadata",
            page.slug,
            [page.metadata, id_],
            lambda: bench.client.metadata_update(id_, items).update_metadata,
        )


def _translation(bench: Bench, page: PageText, id_: str, language: str, words: PageWords) -> None:
    wanted = PageTranslationInput(
        title=words.title,
        content=words.content,
        seo_title=words.title[:LONGEST_SEO_TITLE],
        seo_description=words.summary[:LONGEST_SEO_DESCRIPTION],
    )
    code = LanguageCodeEnum(language.upper())
    bench.once(
        f"page-{language}",
        page.slug,
        [wanted, id_],
        lambda: bench.client.page_translate(id_, code, wanted).page_translate,
    )
