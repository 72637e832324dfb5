"""Three-way merge of one object: the file before, the file now, and the shop as the merchant has made it since.

Values are compared by their fingerprints. A field that has not changed in the file is left to the merchant.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Merged:
    """Fields to send, and those that file and merchant have both changed, which stay as the merchant has them."""

    send: frozenset[str]
    kept: frozenset[str]


def merge(
    before: Mapping[str, str] | None, now: Mapping[str, str], in_shop: Mapping[str, str], *, overwrite: bool
) -> Merged:
    """`before`: None where no seed has noted it yet; then all fields are sent. `in_shop`: the fields that can be read.

    With `overwrite` what the file says is sent wherever the shop says something else.
    """
    if before is None:
        return Merged(frozenset(now), frozenset())
    send: set[str] = set()
    kept: set[str] = set()
    for field, value in now.items():
        in_file = before.get(field)
        shop_value = in_shop.get(field, in_file)  # what can't be read is taken to be as the last seed left it
        if overwrite:
            if shop_value != value:
                send.add(field)
        elif in_file != value:
            is_edited = field in in_shop and shop_value not in (in_file, value)
            (kept if is_edited else send).add(field)
    return Merged(frozenset(send), frozenset(kept))


def marks(fields: Mapping[str, str]) -> str:
    """The fingerprints of an object's fields as one text, which `read_marks` reads."""
    return json.dumps(dict(sorted(fields.items())), separators=(",", ":"))


def read_marks(text: str | None) -> dict[str, str] | None:
    """None for none. No fields for what an older seed has noted: one fingerprint for the whole object does not say who
    has changed what, so `merge` keeps each field in which the shop differs from the file.
    """
    if text is None:
        return None
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def amount(value: Any) -> str:
    """15.00 and 15.0 are the same price."""
    return format(Decimal(str(value)).normalize(), "f")


def rich_text(text: str | None) -> list[Any]:
    """The blocks of an EditorJS document without ids, times and versions."""
    try:
        blocks = json.loads(text or "{}").get("blocks", [])
    except (ValueError, AttributeError):
        return [text]
    return [[block.get("type"), block.get("data")] for block in blocks if isinstance(block, dict)]


RICH_TEXTS = ("description", "content")


def comparable_texts(texts: Mapping[str, Any]) -> dict[str, Any]:
    """Texts by field as they are compared: rich text by its blocks, no text as an empty one."""
    return {name: rich_text(text) if name in RICH_TEXTS else text or "" for name, text in texts.items()}


def changed_values(
    fields: Mapping[str, Any], attribute_inputs: Mapping[str, Any], changed: Collection[str]
) -> dict[str, Any]:
    """The values to send of a product or variant; `changed` names fields and, as `attribute <slug>`, attributes."""
    chosen = {name: value for name, value in fields.items() if name in changed}
    given = [one for slug, one in attribute_inputs.items() if f"attribute {slug}" in changed]
    return chosen | ({"attributes": given} if given else {})
