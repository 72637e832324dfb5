"""Rich text as light Markdown: what a merchant or an editor of the catalogue writes, as the EditorJS document that
Saleor stores, and back.

Paragraphs, headings, lists and quotes, with **bold**, *italic* and [links](https://example.com). What the Markdown
could not give back unchanged, such as a table, is refused, so that nothing is lost.
"""

import html
import re
from collections.abc import Iterator, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

VERSION = "2.30.7"
_markdown = MarkdownIt("commonmark", {"html": False})
_TAGS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_TAG = re.compile(r"<(/?)(\w+)([^>]*)>")
_HREF = re.compile(r'\shref="([^"]*)"')
_SPECIAL = re.compile(r"([\\*_`\[\]<>])")
Block = dict[str, Any]


class NotEditable(ValueError):
    """The text has something that the form can't show; `what` names it."""

    def __init__(self, what: str) -> None:
        super().__init__(f"This text has {what}, which can't be edited here. Change it through the API.")
        self.what = what


def to_editorjs(text: str) -> Any:
    """The document of a text. Raises NotEditable for Markdown that the shop does not show, such as code."""
    blocks = list(_blocks(_markdown.parse(text)))
    return {"time": 0, "version": VERSION, "blocks": blocks} if blocks else None


def to_markdown(document: Any) -> str:
    """The text of a document. Raises NotEditable if it would not come back the same."""
    blocks = (document or {}).get("blocks") or []
    text = "\n\n".join(_block_text(block) for block in blocks)
    back = (to_editorjs(text) or {}).get("blocks") or []
    if [_plain(block) for block in back] != [_plain(block) for block in blocks]:
        raise NotEditable("a form of its own")
    return text


def to_html(document: Any) -> str:
    """The preview of a document that `to_editorjs` made (its texts are escaped HTML)."""
    parts = []
    for block in (document or {}).get("blocks") or []:
        data = block["data"]
        match block["type"]:
            case "header":
                parts.append(f"<h{data['level']}>{data['text']}</h{data['level']}>")
            case "list":
                tag = "ol" if data["style"] == "ordered" else "ul"
                parts.append(f"<{tag}>{''.join(f'<li>{item}</li>' for item in data['items'])}</{tag}>")
            case "quote":
                parts.append(f"<blockquote>{data['text']}</blockquote>")
            case _:
                parts.append(f"<p>{data['text']}</p>")
    return "".join(parts)


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    position = 0
    while position < len(tokens):
        token = tokens[position]
        end = _end_of(tokens, position)
        inner = tokens[position + 1 : end]
        match token.type:
            case "paragraph_open":
                yield _block("paragraph", text=_inline(inner))
            case "heading_open":
                yield _block("header", text=_inline(inner), level=int(token.tag[1:]))
            case "bullet_list_open" | "ordered_list_open":
                style = "ordered" if token.tag == "ol" else "unordered"
                yield _block("list", style=style, items=_items(inner))
            case "blockquote_open":
                yield _block("quote", text=_inline(inner))
            case _:
                raise NotEditable(_name(token))
        position = end + 1


def _end_of(tokens: Sequence[Token], start: int) -> int:
    """The position of the token that closes the one at `start`."""
    depth = 0
    for position in range(start, len(tokens)):
        depth += tokens[position].nesting
        if depth == 0:
            return position
    return len(tokens) - 1


def _items(tokens: Sequence[Token]) -> list[str]:
    items, position = [], 0
    while position < len(tokens):
        end = _end_of(tokens, position)
        items.append(_inline(tokens[position + 1 : end]))
        position = end + 1
    return items


def _inline(tokens: Sequence[Token]) -> str:
    """The HTML of one run of text. Raises NotEditable for blocks inside it."""
    texts = [token for token in tokens if token.type == "inline"]
    others = [token for token in tokens if token.type not in ("inline", "paragraph_open", "paragraph_close")]
    if others or len(texts) > 1:
        raise NotEditable(_name(others[0]) if others else "a paragraph inside another")
    if not texts:
        return ""
    children = texts[0].children or []
    for child in children:
        if child.type in ("image", "code_inline", "html_inline"):
            raise NotEditable(_name(child))
    rendered = _markdown.renderer.render(children, _markdown.options, {})
    return (
        str(rendered)
        .strip()
        .replace("<strong>", "<b>")
        .replace("</strong>", "</b>")
        .replace("<em>", "<i>")
        .replace("</em>", "</i>")
        .replace("<br />\n", "<br>")
        .replace("\n", " ")
    )


def _name(token: Token) -> str:
    names = {
        "fence": "code",
        "code_block": "code",
        "code_inline": "code",
        "hr": "a line",
        "image": "a picture",
    }
    return names.get(token.type, "a list inside a list")


def _block(type_: str, **data: Any) -> Block:
    return {"type": type_, "data": data}


def _block_text(block: Block) -> str:
    data = block.get("data") or {}
    match block.get("type"):
        case "paragraph":
            return _line_start(_text(data["text"]))
        case "header":
            return f"{'#' * int(data.get('level') or 2)} {_text(data['text'])}"
        case "list" if all(isinstance(item, str) for item in data["items"]):
            ordered = data.get("style") == "ordered"
            lines = [_text(item) for item in data["items"]]
            return "\n".join(f"{f'{n}.' if ordered else '-'} {line}" for n, line in enumerate(lines, start=1))
        case "quote" if not data.get("caption"):
            return f"> {_text(data['text'])}"
    raise NotEditable(f"a block of the kind “{block.get('type')}”")


def _line_start(text: str) -> str:
    """A paragraph that begins like a list or a heading is kept a paragraph."""
    return re.sub(
        r"^(#{1,6}(?=\s)|[-+](?=\s)|\d{1,9}[.)](?=\s))", lambda found: _escaped_start(found[0]), text
    )


def _escaped_start(start: str) -> str:
    return f"{start[:-1]}\\{start[-1]}" if start[-1] in ".)" else f"\\{start}"


def _text(fragment: str) -> str:
    """Inline HTML as Markdown. Raises NotEditable for other markup than bold, italic, links and line breaks."""
    result, position, link = [], 0, ""
    for tag in _TAG.finditer(fragment):
        result.append(_escaped(fragment[position : tag.start()]))
        position = tag.end()
        closing, name, attributes = tag[1], tag[2].lower(), tag[3]
        if name in _TAGS:
            result.append(_TAGS[name])
        elif name == "br":
            result.append("\\\n")
        elif name == "a" and not closing and (found := _HREF.search(attributes)):
            result.append("[")
            link = html.unescape(found[1])
        elif name == "a" and closing:
            result.append(f"](<{link}>)")
        else:
            raise NotEditable(f"markup “{name}”")
    result.append(_escaped(fragment[position:]))
    return "".join(result)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", html.unescape(text).replace("\xa0", "&nbsp;"))


def _plain(block: Block) -> tuple[Any, ...]:
    """What is compared: type and words, however they are escaped."""
    data = block.get("data") or {}
    texts = data.get("items") or [data.get("text", "")]
    return (
        block.get("type"),
        data.get("level", 2) if block.get("type") == "header" else data.get("style", ""),
        [re.sub(r"\s+", " ", _normal(str(text))).strip() for text in texts],
    )


def _normal(text: str) -> str:
    same = re.sub(
        r"<(/?)(strong|em)>", lambda found: f"<{found[1]}{'b' if found[2] == 'strong' else 'i'}>", text
    )
    same = re.sub(r'<a\s[^>]*?href="([^"]*)"[^>]*>', r'<a href="\1">', same)
    return html.unescape(re.sub(r"<br\s*/?>", "<br>", same))
