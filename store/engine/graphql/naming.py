"""Conversion between the API's camelCase and Python's snake_case."""

import re
from functools import cache

_WORD_BOUNDARY = re.compile(r"(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@cache
def to_snake(name: str) -> str:
    """`streetAddress1` → `street_address_1`; `AND` stays, since `and` is a keyword of Python."""
    return name if name.isupper() else _WORD_BOUNDARY.sub("_", name).lower()


@cache
def to_camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in tail)
