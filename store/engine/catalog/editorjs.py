"""Rich text: EditorJS blocks, cleaned of anything a browser would run, and their plain words."""

import html
import re
from collections.abc import Iterator
from typing import Any

import nh3

TAGS = {"a", "b", "i", "strong", "em", "u", "s", "br", "code", "mark", "sub", "sup", "span", "del"}
ATTRIBUTES = {"a": {"href", "title", "target"}}
URL_SCHEMES = {"http", "https", "mailto", "tel"}
_TAG = re.compile(r"<[^>]+>")


def cleaned(content: Any) -> Any:
    """The same content with every text cleaned; what isn't EditorJS stays as it is, cleaned as well."""
    if isinstance(content, dict):
        return {key: cleaned(value) for key, value in content.items()}
    if isinstance(content, list):
        return [cleaned(value) for value in content]
    if isinstance(content, str) and ("<" in content or ":" in content):
        return _text(content)
    return content


def _text(text: str) -> str:
    if re.match(r"\s*(javascript|data|vbscript)\s*:", text, re.IGNORECASE):
        return "#invalid"
    if "<" not in text:
        return text
    return nh3.clean(
        text, tags=TAGS, attributes=ATTRIBUTES, url_schemes=URL_SCHEMES, link_rel="noopener noreferrer"
    )


def words(content: Any) -> str:
    """The text of all blocks, without markup."""
    return " ".join(filter(None, (_plain(text) for text in _texts(content))))


def _texts(content: Any) -> Iterator[str]:
    if isinstance(content, dict):
        for key, value in content.items():
            if key not in ("id", "type", "time", "version", "style", "level"):
                yield from _texts(value)
    elif isinstance(content, list):
        for value in content:
            yield from _texts(value)
    elif isinstance(content, str):
        yield content


def _plain(text: str) -> str:
    return html.unescape(_TAG.sub(" ", text)).strip()
