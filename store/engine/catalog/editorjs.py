"""Rich text (EditorJS): sanitizing it, and extracting its plain text."""

import html
import re
from collections.abc import Iterator
from typing import Any

import nh3

from store.engine.errors import OperationError
from store.saleor.editorjs import InvalidRichText, check_document

ALLOWED_TAGS = {"a", "b", "i", "strong", "em", "u", "s", "br", "code", "mark", "sub", "sup", "span", "del"}
ALLOWED_ATTRIBUTES = {"a": {"href", "title", "target"}}
URL_SCHEMES = {"http", "https", "mailto", "tel"}
_TAG = re.compile(r"<[^>]+>")


def clean_rich_text(content: Any, *, field: str) -> Any:
    """The document as it is stored. Raises OperationError on `field`, with the part that is wrong and why.

    Markup that a page may not have is taken out of the texts; what it marked stays.
    """
    try:
        check_document(content)
    except InvalidRichText as error:
        raise OperationError(str(error), field=field, code="INVALID") from None
    return sanitize(content)


def sanitize(content: Any) -> Any:
    """The content with every string sanitized: allowed HTML tags and URL schemes only. Any JSON value is accepted."""
    if isinstance(content, dict):
        return {key: sanitize(value) for key, value in content.items()}
    if isinstance(content, list):
        return [sanitize(value) for value in content]
    if isinstance(content, str) and ("<" in content or ":" in content):
        return _sanitize_text(content)
    return content


def _sanitize_text(text: str) -> str:
    if re.match(r"\s*(javascript|data|vbscript)\s*:", text, re.IGNORECASE):
        return "#invalid"
    if "<" not in text:
        return text
    return nh3.clean(
        text,
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes=URL_SCHEMES,
        link_rel="noopener noreferrer",
    )


def plain_text(content: Any) -> str:
    """The text of all blocks, without markup."""
    return " ".join(filter(None, (_strip_tags(text) for text in _texts(content))))


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


def _strip_tags(text: str) -> str:
    return html.unescape(_TAG.sub(" ", text)).strip()
