"""Rich text, which Saleor stores as EditorJS blocks, as safe HTML.

Saleor stores any JSON under `description`, so each part may be missing, null or of another type: such a part is left
out, and a block of a type that is not known here is shown with whatever text it has. Nothing raises.
"""

import html as html_entities
import json
from collections.abc import Callable, Iterator
from typing import Any

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from store.storefront.values import relative_url

INLINE_TAGS = {"a", "b", "br", "code", "del", "em", "i", "mark", "s", "strong", "sub", "sup", "u"}
URL_SCHEMES = {"http", "https", "mailto", "tel"}
HEADING_LEVELS = (3, 4)  # unless the page has only an h1
MAX_LIST_DEPTH = 8

Data = dict[str, Any]  # of a block: JSON as the editor wrote it


def html(blocks: str | None, *, top_level: int = HEADING_LEVELS[0]) -> SafeString:
    """All blocks as HTML. `top_level`: of the highest heading, below those that the page itself has."""
    parts = (
        _header(data, top_level) if kind == "header" else _block(kind, data) for kind, data in _blocks(blocks)
    )
    return mark_safe("".join(parts))  # noqa: S308 - cleaned by nh3


def plain(blocks: str | None) -> str:
    """The first paragraph as text without markup or entities, for meta descriptions and structured data."""
    paragraphs = (_plain(_text(data, "text")) for kind, data in _blocks(blocks) if kind == "paragraph")
    return next(filter(None, paragraphs), "")


def _blocks(text: str | None) -> Iterator[tuple[str, Data]]:
    """(type, data) of each block; text that is no JSON is one paragraph."""
    try:
        content = json.loads(text or "{}")
    except (ValueError, RecursionError):
        yield "paragraph", {"text": escape(text or "")}
        return
    for block in _list(_dict(content).get("blocks")):
        yield _text(_dict(block), "type"), _dict(_dict(block).get("data"))


def _block(kind: str, data: Data) -> str:
    return RENDERERS.get(kind, _paragraph)(data)


def _paragraph(data: Data) -> str:
    return _element("p", _clean(_text(data, "text")))


def _header(data: Data, lowest: int) -> str:
    level, highest = data.get("level"), HEADING_LEVELS[1]
    return _element(
        f"h{min(max(level, lowest), highest) if isinstance(level, int) else lowest}",
        _clean(_text(data, "text")),
    )


def _list_block(data: Data) -> str:
    return _list_items("ol" if data.get("style") == "ordered" else "ul", data.get("items"), depth=1)


def _list_items(tag: str, items: Any, *, depth: int) -> str:
    """An item is text (list 1.x) or has content and items of its own (nested list, list 2.x, checklist)."""
    if depth > MAX_LIST_DEPTH:
        return ""
    return _element(tag, "".join(_list_item(tag, item, depth) for item in _list(items)))


def _list_item(tag: str, item: Any, depth: int) -> str:
    fields = item if isinstance(item, dict) else {"content": item}
    text = _clean(_text(fields, "content") or _text(fields, "text"))
    return _element("li", text + _list_items(tag, fields.get("items"), depth=depth + 1))


def _quote(data: Data) -> str:
    caption = _element("footer", _clean(_text(data, "caption")))
    return _element("blockquote", _paragraph(data) + caption)


def _table(data: Data) -> str:
    rows = [_list(row) for row in _list(data.get("content"))]
    has_headings = bool(data.get("withHeadings")) and bool(rows)
    head = _element("thead", _row("th", rows[0])) if has_headings else ""
    body = _element("tbody", "".join(_row("td", row) for row in rows[has_headings:]))
    return _element("table", head + body)


def _row(tag: str, cells: list[Any]) -> str:
    scope = ' scope="col"' if tag == "th" else ""
    return _element(
        "tr", "".join(f"<{tag}{scope}>{_clean(_text({'cell': cell}, 'cell'))}</{tag}>" for cell in cells)
    )


def _warning(data: Data) -> str:
    title = _element("strong", _clean(_text(data, "title")))
    content = _element("p", title) + _element("p", _clean(_text(data, "message")))
    return f'<div class="notice info">{content}</div>' if content else ""


def _image(data: Data) -> str:
    url = _text(_dict(data.get("file")), "url") or _text(data, "url")
    caption = _clean(_text(data, "caption"))
    image = _image_element(url, _plain(_text(data, "caption"))) if _is_web_url(url) else ""
    return _element("figure", image + _element("figcaption", caption))


def _image_element(url: str, alt: str) -> str:
    return f'<img src="{escape(relative_url(url))}" alt="{escape(alt)}" loading="lazy" decoding="async">'


def _code(data: Data) -> str:
    code = _text(data, "code")
    return f"<pre><code>{escape(code)}</code></pre>" if code else ""


def _delimiter(_: Data) -> str:
    return "<hr>"


def _link(data: Data) -> str:
    """A link or an embedded page (`linkTool`, `embed`): a plain link, since the policy of the pages loads no frames."""
    url = _text(data, "link") or _text(data, "source")
    name = _text(_dict(data.get("meta")), "title") or _text(data, "caption") or url
    link = f'<a href="{escape(url)}" rel="noopener noreferrer">{_plain_html(name)}</a>'
    return _element("p", link if _is_web_url(url) else _clean(name))


RENDERERS: dict[str, Callable[[Data], str]] = {
    "paragraph": _paragraph,
    "list": _list_block,
    "checklist": _list_block,
    "quote": _quote,
    "table": _table,
    "warning": _warning,
    "image": _image,
    "simpleImage": _image,
    "code": _code,
    "delimiter": _delimiter,
    "linkTool": _link,
    "embed": _link,
}


def _element(tag: str, content: str) -> str:
    """The element; nothing for empty content."""
    return f"<{tag}>{content}</{tag}>" if content else ""


def _clean(text: str) -> str:
    return nh3.clean(text, tags=INLINE_TAGS, url_schemes=URL_SCHEMES).strip()


def _plain_html(text: str) -> str:
    return nh3.clean(text, tags=set()).strip()


def _plain(text: str) -> str:
    return html_entities.unescape(_plain_html(text))


def _is_web_url(url: str) -> bool:
    return url.startswith(("https://", "http://")) or (url.startswith("/") and not url.startswith("//"))


def _text(data: Data, key: str) -> str:
    """Text or a number as text; half a surrogate pair, which no page can be encoded with, becomes a question mark."""
    value = data.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).encode("utf-8", "replace").decode()


def _dict(value: Any) -> Data:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
