"""Pages to write: guides and safety inserts with their texts from guides/, pages of the shop with those of the seed."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from store import guidebook
from store.saleor.markdown_rich_text import to_editorjs
from store.saleor.shop_pages import PAGE_TYPE
from store.seed.read import file_models

GUIDE_TYPE = "guide"
INSERT_TYPE = "safety-insert"


@dataclass(frozen=True, slots=True)
class PageTexts:
    """A page in one language; `content` is an EditorJS document as JSON."""

    title: str
    summary: str
    content: str


@dataclass(frozen=True, slots=True)
class SeedPage:
    """A page to write. `texts` by language; `materials` it applies to, none for all."""

    slug: str
    page_type: str
    texts: Mapping[str, PageTexts]
    metadata: Mapping[str, str] = field(default_factory=dict)
    materials: Sequence[str] = ()

    @property
    def translations(self) -> dict[str, PageTexts]:
        return {language: texts for language, texts in self.texts.items() if language != "en"}


def pages_from_guidebook() -> list[SeedPage]:
    """Every guide and every insert, in all languages. Raises guidebook.GuidebookError."""
    library = guidebook.library()
    guides = [
        SeedPage(
            slug,
            GUIDE_TYPE,
            {lang: _page_texts(guide, lang, guide.summary(lang)) for lang in library.languages},
            materials=guide.materials,
        )
        for slug, guide in library.guides.items()
    ]
    inserts = [
        SeedPage(
            slug,
            INSERT_TYPE,
            {lang: _page_texts(insert, lang, "") for lang in library.languages},
            {"version": insert.version, "date": str(insert.date)},
            (insert.material,),
        )
        for slug, insert in library.inserts.items()
    ]
    return guides + inserts


def shop_pages(files: Iterable[file_models.ShopPage]) -> list[SeedPage]:
    """About, contact, terms and the like, in all languages that their file has."""
    return [
        SeedPage(
            file.slug,
            PAGE_TYPE,
            {
                lang: PageTexts(
                    texts.title, texts.summary, json.dumps(to_editorjs(texts.text), ensure_ascii=False)
                )
                for lang, texts in file.texts.items()
            },
        )
        for file in files
    ]


def _page_texts(source: Any, language: str, summary: str) -> PageTexts:
    blocks = json.dumps(source.blocks(language), ensure_ascii=False)
    return PageTexts(source.title(language), summary, blocks)
