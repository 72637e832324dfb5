"""Guides and safety inserts as the shop's pages. Their words come from guides/ by way of the guidebook."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

GUIDE = "guide"
INSERT = "safety-insert"


@dataclass(frozen=True, slots=True)
class PageWords:
    """A page in one language; `content` is an EditorJS document as JSON."""

    title: str
    summary: str
    content: str


@dataclass(frozen=True, slots=True)
class PageText:
    """A page to write. `materials` are those it is for; none means that it suits every cup."""

    slug: str
    page_type: str
    words: Mapping[str, PageWords]
    metadata: Mapping[str, str] = field(default_factory=dict)
    materials: Sequence[str] = ()

    @property
    def translations(self) -> dict[str, PageWords]:
        return {language: words for language, words in self.words.items() if language != "en"}


def from_guidebook() -> list[PageText]:
    """Every guide and every insert, in all languages. Raises guidebook.GuidebookError."""
    from store import guidebook

    library = guidebook.library()
    guides = [
        PageText(
            slug,
            GUIDE,
            {lang: _words(guide, lang, guide.summary(lang)) for lang in library.languages},
            materials=guide.materials,
        )
        for slug, guide in library.guides.items()
    ]
    inserts = [
        PageText(
            slug,
            INSERT,
            {lang: _words(insert, lang, "") for lang in library.languages},
            {"version": insert.version, "date": str(insert.date)},
            (insert.material,),
        )
        for slug, insert in library.inserts.items()
    ]
    return guides + inserts


def _words(source: Any, language: str, summary: str) -> PageWords:
    blocks = json.dumps(source.blocks(language), ensure_ascii=False)
    return PageWords(source.title(language), summary, blocks)
