"""Renders Markdown with placeholders to the text part and the HTML part.

Values never reach the Markdown parser: a placeholder is first filled with a token, which is replaced by the escaped
value in the rendered part. So a customer name such as `[you won](http://…)` cannot become markup.
"""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from typing import Any

from django.template import Context, Engine, TemplateSyntaxError
from markdown_it import MarkdownIt
from markdown_it.token import Token

from store.mailer.personal_values import Mark, clean, underlined, wrap_text

_MISSING = "[[no value for "
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "typographer": False})

LINES = {"h1": "=", "h2": "-", "h3": "~"}  # below a heading of the text part
INK, LINK = "#26231f", "#1b5e57"
SERIF = f"font-family:Georgia,'Times New Roman',serif;font-weight:normal;color:{INK}"
STYLES = {
    "h1": f"margin:0 0 16px;font-size:26px;line-height:32px;{SERIF}",
    "h2": f"margin:28px 0 8px;font-size:19px;line-height:25px;{SERIF}",
    "h3": f"margin:20px 0 8px;font-size:16px;line-height:24px;font-weight:bold;color:{INK}",
    "p": f"margin:0 0 14px;color:{INK}",
    "ul": f"margin:0 0 14px;padding:0 0 0 22px;color:{INK}",
    "ol": f"margin:0 0 14px;padding:0 0 0 24px;color:{INK}",
    "li": "margin:0 0 6px",
    "a": f"color:{LINK};text-decoration:underline",
}
CLASSES = {"h1": "ink", "h2": "ink", "h3": "ink", "p": "ink", "ul": "ink", "ol": "ink", "a": "link"}


class RenderingError(Exception):
    """A mail text that can't be rendered; the message names the file and the remedy."""


class Slot(str):
    """A value of the context: compares and has the length of the value, but prints as its token."""

    token: str

    def __str__(self) -> str:
        return self.token


@dataclass(frozen=True, slots=True)
class Block:
    """A block other than running text, such as a button: MJML for the HTML part, `text` for the text part.

    `figures`: slugs of the pictures that the MJML shows, as `cid:<slug>`.
    `personal`: what only one reader has, by the name of its mark; blocks that differ in it alone are equal.
    """

    mjml: str
    text: str
    figures: tuple[str, ...] = ()
    personal: Mapping[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the HTML part: `kind` "text" with HTML, or "block" with MJML."""

    kind: str
    content: str


@dataclass(slots=True)
class Slots:
    """The tokens of one mail. The random salt prevents a text from containing a token."""

    salt: str = field(default_factory=lambda: secrets.token_hex(6))
    values: dict[str, str] = field(default_factory=dict)
    blocks: dict[str, Block] = field(default_factory=dict)

    def wrap(self, value: Any) -> Any:
        if isinstance(value, Block):
            return self.block(value)
        if isinstance(value, Mark):
            return value
        if isinstance(value, str):
            return self._slot(value) if value else ""
        if isinstance(value, Mapping):
            return {key: self.wrap(item) for key, item in value.items()}
        if isinstance(value, Sequence):
            return [self.wrap(item) for item in value]
        return value

    def block(self, block: Block) -> str:
        token = f"qb{self.salt}n{len(self.blocks)}x"
        self.blocks[token] = block
        return token

    @property
    def figures(self) -> list[str]:
        """Slugs of all pictures, each once, in the order in which they are shown."""
        return list(dict.fromkeys(slug for block in self.blocks.values() for slug in block.figures))

    def _slot(self, value: str) -> Slot:
        slot = Slot(value)
        slot.token = f"qs{self.salt}n{len(self.values)}x"
        self.values[slot.token] = clean(value)
        return slot

    def are_whole(self, filled: str) -> bool:
        """False if a token was changed: its value could no longer be filled in."""
        tokens = filled.count(f"qs{self.salt}n") + filled.count(f"qb{self.salt}n")
        return filled.lower().count(self.salt) == tokens

    def plain(self, text: str) -> str:
        for token, value in self.values.items():
            text = text.replace(token, value)
        return text

    def markup(self, html: str) -> str:
        for token, value in self.values.items():
            html = html.replace(token, escape(value))
        return html


@cache
def _engine() -> Engine:
    """Created on first use, because its template tags import this module."""
    return Engine(
        autoescape=False, string_if_invalid=_MISSING + "%s]]", builtins=["store.mailer.template_tags"]
    )


# What is no character of XML 1.0 (section 2.2): MJML refuses the whole mail for one of them, and a message can't carry
# half a surrogate pair. Values come from a shop that may hold anything.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def xml_text(text: str) -> str:
    """The text without characters that XML forbids; half of a character becomes the replacement character."""
    return _NOT_XML.sub("", _SURROGATE.sub("\ufffd", text))


def fill_placeholders(template: str, context: Mapping[str, Any], *, slots: Slots, where: str) -> str:
    """Fill the placeholders of `template`; `where` names the file in errors.

    Raises RenderingError for a syntax error, an unknown placeholder or a filter that changes a value.
    """
    values = {name: slots.wrap(value) for name, value in context.items()}
    try:
        filled = _engine().from_string(template).render(Context(values | {"slots": slots}, autoescape=False))
    except TemplateSyntaxError as error:
        raise RenderingError(f"{where}: {error}") from error
    if _MISSING in filled:
        name = filled.partition(_MISSING)[2].partition("]]")[0]
        raise RenderingError(f"{where}: there is no value `{name}` for this mail; correct the placeholder")
    if not slots.are_whole(filled):
        raise RenderingError(f"{where}: a filter such as `|upper` changes a value; take it out")
    return filled


def render_line(template: str, context: Mapping[str, Any], *, where: str) -> str:
    """Subject or preheader: plain text on one line, which prevents header injection. Raises RenderingError."""
    slots = Slots()
    filled = fill_placeholders(template, context, slots=slots, where=where)
    return " ".join(xml_text(slots.plain(filled)).split())


def to_parts(filled: str, *, slots: Slots) -> list[Part]:
    parts: list[Part] = []
    running: list[Token] = []
    tokens = _MARKDOWN.parse(filled)
    for group in _top_level_groups(tokens):
        block = _block_of(group, slots)
        if block is None:
            running += group
            continue
        _flush_text(running, parts, slots)
        parts.append(Part("block", block.mjml))
    _flush_text(running, parts, slots)
    return parts


def to_text(filled: str, *, slots: Slots) -> str:
    paragraphs = []
    for group in _top_level_groups(_MARKDOWN.parse(filled)):
        block = _block_of(group, slots)
        paragraphs.append(block.text.strip("\n") if block else _block_text(group, slots))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph.strip()) + "\n"


def _top_level_groups(tokens: Sequence[Token]) -> list[list[Token]]:
    groups: list[list[Token]] = []
    for token in tokens:
        if token.level == 0 and token.nesting >= 0:
            groups.append([])
        groups[-1].append(token)
    return groups


def _block_of(group: list[Token], slots: Slots) -> Block | None:
    if group[0].type != "paragraph_open":
        return None
    return slots.blocks.get(group[1].content.strip())


def _flush_text(running: list[Token], parts: list[Part], slots: Slots) -> None:
    if not running:
        return
    for token in running:
        _add_inline_style(token)
        for child in token.children or ():
            _add_inline_style(child)
    html = _MARKDOWN.renderer.render(running, _MARKDOWN.options, {})
    running.clear()
    parts.append(Part("text", slots.markup(html)))


def _add_inline_style(token: Token) -> None:
    """Inline styles, because many clients drop style sheets; classes for clients with dark mode."""
    if token.nesting == 1:
        if token.tag in STYLES:
            token.attrSet("style", STYLES[token.tag])
        if token.tag in CLASSES:
            token.attrSet("class", CLASSES[token.tag])


def _block_text(group: list[Token], slots: Slots) -> str:
    kind = group[0].type
    if kind == "heading_open":
        return _heading(slots.plain(_inline(group[1])), group[0].tag)
    if kind == "paragraph_open":
        return wrap_text(slots.plain(_inline(group[1])))
    if kind in ("bullet_list_open", "ordered_list_open"):
        return _list(group, slots)
    raise RenderingError(
        f"{kind.removesuffix('_open')} is not used in mails: write headings, paragraphs and lists"
    )


def _heading(text: str, tag: str) -> str:
    return underlined(text, LINES[tag])


def _list(group: list[Token], slots: Slots) -> str:
    items = [token for token in group if token.type == "inline"]
    is_ordered = group[0].type == "ordered_list_open"
    lines = []
    for number, item in enumerate(items, start=1):
        mark = f"{number}. " if is_ordered else "- "
        lines.append(wrap_text(slots.plain(_inline(item)), first=mark, rest=" " * len(mark)))
    return "\n".join(lines)


def _inline(token: Token) -> str:
    """A paragraph as plain text. The URL of a link follows its label in parentheses, unless they are the same."""
    out: list[str] = []
    link: tuple[str, int] | None = None
    for child in token.children or ():
        if child.type == "link_open":
            link = (str(child.attrGet("href")), len(out))
        elif child.type == "link_close" and link:
            label = "".join(out[link[1] :])
            if label != link[0]:
                out.append(f" ({link[0]})")
            link = None
        elif child.type == "softbreak":
            out.append(" ")
        elif child.type == "hardbreak":
            out.append("\n")
        else:
            out.append(child.content)
    return "".join(out)
