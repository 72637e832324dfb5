"""The shape of rich text: an EditorJS document, as editors write it and as the pages can show it.

`{"time": 1700000000000, "version": "2.24.3", "blocks": [{"id": "p1", "type": "paragraph", "data": {"text": "…"}}]}`
"""

from collections.abc import Callable, Mapping
from typing import Any

MAX_LIST_DEPTH = 8

Check = Callable[[Any, str], None]


class InvalidRichText(ValueError):
    """`path` names the wrong part, as in `blocks[2].data.level`; `reason` says what it must be."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path or 'The rich text'}: {reason}")
        self.path, self.reason = path, reason


def check_document(content: Any) -> None:
    """Raises InvalidRichText for the first part that no page could show. None and {} are empty texts."""
    if content is None:
        return
    _object(content, "")
    for name, check in (("time", _number), ("version", _text), ("blocks", _blocks)):
        if name in content:
            check(content[name], name)


def _blocks(value: Any, path: str) -> None:
    _each(value, path, _block)


def _block(value: Any, path: str) -> None:
    _object(value, path)
    _required(value, path, {"type": _text, "data": _object})
    kind = value["type"]
    if kind not in BLOCK_TYPES:
        known = ", ".join(sorted(BLOCK_TYPES))
        raise InvalidRichText(
            f"{path}.type", f"{kind[:40]!r} is no block that the shop shows; it shows {known}."
        )
    required, optional = BLOCK_TYPES[kind]
    _required(value["data"], f"{path}.data", required)
    for name, check in optional.items():
        if name in value["data"]:
            check(value["data"][name], f"{path}.data.{name}")


def _required(value: Mapping[str, Any], path: str, checks: Mapping[str, Check]) -> None:
    for name, check in checks.items():
        if name not in value:
            raise InvalidRichText(f"{path}.{name}", "is missing.")
        check(value[name], f"{path}.{name}")


def _object(value: Any, path: str) -> None:
    if not isinstance(value, dict):
        raise InvalidRichText(path, "must be an object.")


def _text(value: Any, path: str) -> None:
    if not isinstance(value, str):
        raise InvalidRichText(path, "must be a text.")


def _flag(value: Any, path: str) -> None:
    if not isinstance(value, bool):
        raise InvalidRichText(path, "must be true or false.")


def _number(value: Any, path: str) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidRichText(path, "must be a number.")


def _level(value: Any, path: str) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 6:
        raise InvalidRichText(path, "must be a whole number from 1 to 6.")


def _list_style(value: Any, path: str) -> None:
    if value not in ("ordered", "unordered", "checklist"):
        raise InvalidRichText(path, "must be ordered, unordered or checklist.")


def _each(value: Any, path: str, check: Check) -> None:
    if not isinstance(value, list):
        raise InvalidRichText(path, "must be a list.")
    for number, item in enumerate(value):
        check(item, f"{path}[{number}]")


def _items(value: Any, path: str) -> None:
    """Texts, or objects with a text (`content`; in a checklist `text`) and items of their own."""
    if path.count("items") > MAX_LIST_DEPTH:
        raise InvalidRichText(path, f"is a list more than {MAX_LIST_DEPTH} levels deep.")
    _each(value, path, _item)


def _item(value: Any, path: str) -> None:
    if isinstance(value, str):
        return
    if not isinstance(value, dict):
        raise InvalidRichText(path, "must be a text or an object.")
    _required(value, path, {"text" if "text" in value else "content": _text})
    if "items" in value:
        _items(value["items"], f"{path}.items")


def _rows(value: Any, path: str) -> None:
    _each(value, path, lambda row, row_path: _each(row, row_path, _text))


def _file(value: Any, path: str) -> None:
    _object(value, path)
    _required(value, path, {"url": _text})


# By type: the fields that `data` must have, and those that it may have. Other fields are kept and not looked at.
BLOCK_TYPES: dict[str, tuple[Mapping[str, Check], Mapping[str, Check]]] = {
    "paragraph": ({"text": _text}, {}),
    "header": ({"text": _text}, {"level": _level}),
    "list": ({"items": _items}, {"style": _list_style}),
    "checklist": ({"items": _items}, {}),
    "quote": ({"text": _text}, {"caption": _text}),
    "table": ({"content": _rows}, {"withHeadings": _flag}),
    "warning": ({}, {"title": _text, "message": _text}),
    "image": ({}, {"file": _file, "url": _text, "caption": _text}),
    "simpleImage": ({"url": _text}, {"caption": _text}),
    "code": ({"code": _text}, {}),
    "delimiter": ({}, {}),
    "linkTool": ({"link": _text}, {"meta": _object}),
    "embed": ({"source": _text}, {"caption": _text}),
}
