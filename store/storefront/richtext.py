"""Rich text, which Saleor stores as EditorJS blocks, as safe HTML."""

import json
from typing import Any

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

INLINE = {"b", "strong", "i", "em", "a", "br"}


def html(blocks: str | None) -> SafeString:
    """Paragraphs, headings and lists as HTML; other block types are left out."""
    return mark_safe("".join(_block(block) for block in _blocks(blocks)))  # noqa: S308 - cleaned by nh3 below


def plain(blocks: str | None) -> str:
    """The first paragraph without markup, for meta descriptions and structured data."""
    for block in _blocks(blocks):
        if block.get("type") == "paragraph":
            return nh3.clean(str(block.get("data", {}).get("text", "")), tags=set())
    return ""


def _blocks(text: str | None) -> list[dict[str, Any]]:
    try:
        return list(json.loads(text or "{}").get("blocks", []))
    except (ValueError, AttributeError):
        return [{"type": "paragraph", "data": {"text": escape(text or "")}}]


def _block(block: dict[str, Any]) -> str:
    data = block.get("data", {})
    if block.get("type") == "paragraph":
        return f"<p>{_clean(data.get('text'))}</p>"
    if block.get("type") == "header":
        level = min(max(int(data.get("level", 3)), 3), 4)
        return f"<h{level}>{_clean(data.get('text'))}</h{level}>"
    if block.get("type") == "list":
        tag = "ol" if data.get("style") == "ordered" else "ul"
        items = "".join(f"<li>{_clean(_item_text(item))}</li>" for item in data.get("items", []))
        return f"<{tag}>{items}</{tag}>"
    return ""


def _item_text(item: Any) -> str:
    return str(item.get("content", "") if isinstance(item, dict) else item)


def _clean(text: object) -> str:
    return nh3.clean(str(text or ""), tags=INLINE)
