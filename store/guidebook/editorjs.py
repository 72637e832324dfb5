"""Sections as EditorJS blocks, the form in which Saleor keeps the content of a page."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from store.guidebook.html import escape, shape
from store.guidebook.languages import pick
from store.guidebook.records import Figure, Item, Section

EDITOR_VERSION = "2.30.7"


def render(sections: Iterable[Section], lang: str) -> dict[str, Any]:
    """No time stamp: the same words give the same blocks, so a second seeding changes nothing."""
    found = [block for section in sections for block in _section(section, pick(lang))]
    return {"time": 0, "version": EDITOR_VERSION, "blocks": found}


def _section(section: Section, lang: str) -> Iterator[dict[str, Any]]:
    yield {"type": "header", "data": {"text": escape(section.heading(lang)), "level": 2}}
    for form, run in groupby(section.items, key=shape):
        if form in {"steps", "list"}:
            style = "ordered" if form == "steps" else "unordered"
            words = [escape(_words(item, lang)) for item in run]
            yield {"type": "list", "data": {"style": style, "items": words}}
        else:
            yield from ({"type": "paragraph", "data": {"text": _paragraph(item, lang)}} for item in run)


def _words(item: Item, lang: str) -> str:
    return item.alt(lang) if isinstance(item, Figure) else item.text(lang)


def _paragraph(item: Item, lang: str) -> str:
    if isinstance(item, Figure):
        return f"<i>{escape(item.title(lang))}: {escape(item.alt(lang))}</i>"
    label = item.said(lang).label
    return f"<b>{escape(label)}</b> {escape(item.text(lang))}" if label else escape(item.text(lang))
