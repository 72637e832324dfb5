"""The values of attributes that a page, a product or a variant has, read from one shop and written to the other."""

from collections.abc import Callable, Sequence
from typing import Any

from store.move.context import Keys, MoveContext
from store.move.kinds import Fields
from store.move.shop_api import Node

ATTRIBUTE = "attribute "


def read_values(keys: Keys, assigned: Sequence[Node]) -> Fields:
    """A field for each attribute with a value: its kind of input and the value, with keys of `keys` instead of ids."""
    fields = {}
    for one in assigned:
        slug, input_type = one["attribute"]["slug"], one["attribute"]["inputType"]
        if one["values"] and (value := _value(keys, input_type, one["values"])) not in (None, "", []):
            fields[f"{ATTRIBUTE}{slug}"] = {"input": input_type, "value": value}
    return fields


# The field of a value that holds it, by kind of input; a file has none that could be carried over.
_FIELDS = {
    "DROPDOWN": "name",
    "SWATCH": "name",
    "NUMERIC": "name",
    "PLAIN_TEXT": "plainText",
    "RICH_TEXT": "richText",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "DATE_TIME": "dateTime",
}
REFERENCES = ("REFERENCE", "SINGLE_REFERENCE")


def _value(keys: Keys, input_type: str, values: Sequence[Node]) -> Any:
    if input_type == "MULTISELECT":
        return [one["name"] for one in values]
    if input_type in REFERENCES:
        return [list(keys[one["reference"]]) for one in values if one["reference"] in keys]
    return values[0][_FIELDS[input_type]] if input_type in _FIELDS else None


def unread_files(assigned: Sequence[Node]) -> list[str]:
    """Slugs of the attributes whose file is not carried over."""
    return [one["attribute"]["slug"] for one in assigned if one["values"] and one["values"][0]["file"]]


def value_inputs(context: MoveContext, fields: Fields) -> list[Fields]:
    """The API's input of the fields that `read_values` made."""
    return [
        {
            "id": context.id("attribute", name.removeprefix(ATTRIBUTE)),
            **_input(context, field["input"], field["value"]),
        }
        for name, field in fields.items()
        if name.startswith(ATTRIBUTE)
    ]


def _input(context: MoveContext, input_type: str, value: Any) -> Fields:
    """Saleor's input has another field for each kind of input."""
    fields: dict[str, Callable[[], Fields]] = {
        "DROPDOWN": lambda: {"dropdown": {"value": value}},
        "SWATCH": lambda: {"swatch": {"value": value}},
        "MULTISELECT": lambda: {"multiselect": [{"value": one} for one in value]},
        "NUMERIC": lambda: {"numeric": value},
        "PLAIN_TEXT": lambda: {"plainText": value},
        "RICH_TEXT": lambda: {"richText": value},
        "BOOLEAN": lambda: {"boolean": value},
        "DATE": lambda: {"date": value},
        "DATE_TIME": lambda: {"dateTime": value},
        "SINGLE_REFERENCE": lambda: {"reference": context.id(*value[0])},
        "REFERENCE": lambda: {"references": [context.id(*one) for one in value]},
    }
    return fields[input_type]()


def translated_texts(assigned: Sequence[Node]) -> dict[str, Fields]:
    """By attribute, the texts in other languages of a text that belongs to this object alone."""
    found: dict[str, Fields] = {}
    for one in assigned:
        for value in one["values"] if one["attribute"]["inputType"] in ("PLAIN_TEXT", "RICH_TEXT") else ():
            texts = {
                language: {
                    name: text for name in ("plainText", "richText") if (text := value[language][name])
                }
                for language in ("de", "es")
                if value[language]
            }
            if any(texts.values()):
                found[one["attribute"]["slug"]] = {code: text for code, text in texts.items() if text}
    return found
