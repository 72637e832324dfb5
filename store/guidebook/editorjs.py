"""Sections as EditorJS blocks, the format in which Saleor stores page content."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from store.guidebook.html import escape, item_layout
from store.guidebook.languages import supported_language
from store.guidebook.records import Figure, Item, Section

EDITOR_VERSION = "2.30.7"


def render(sections: Iterable[Section], lang: str) -> dict[str, Any]:
    """An EditorJS document. `time` is always 0: the same text gives the same document, so seeding is idempotent."""
    blocks = [block for section in sections for block in _section(section, supported_language(lang))]
    return {"time": 0, "version": EDITOR_VERSION, "blocks": blocks}


def _section(section: Section, lang: str) -> Iterator[dict[str, Any]]:
    yield {"type": "header", "data": {"text": escape(section.heading(lang)), "level": 2}}
    if section.lead:
        yield {"type": "paragraph", "data": {"text": escape(section.lead.text(lang))}}
    for layout, items in groupby(section.items, key=item_layout):
        if layout in {"steps", "list"}:
            style = "ordered" if layout == "steps" else "unordered"
            texts = [escape(_item_text(item, lang)) for item in items]
            yield {"type": "list", "data": {"style": style, "items": texts}}
        else:
            yield from ({"type": "paragraph", "data": {"text": _paragraph(item, lang)}} for item in items)


def _item_text(item: Item, lang: str) -> str:
    return item.alt(lang) if isinstance(item, Figure) else item.text(lang)


def _paragraph(item: Item, lang: str) -> str:
    if isinstance(item, Figure):
        return f"<i>{escape(item.title(lang))}: {escape(item.alt(lang))}</i>"
    label = item.in_language(lang).label
    return f"<b>{escape(label)}</b> {escape(item.text(lang))}" if label else escape(item.text(lang))
