"""Guides and safety inserts as Saleor pages; their texts come from guides/ through the guidebook."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from store import guidebook

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


def _page_texts(source: Any, language: str, summary: str) -> PageTexts:
    blocks = json.dumps(source.blocks(language), ensure_ascii=False)
    return PageTexts(source.title(language), summary, blocks)
