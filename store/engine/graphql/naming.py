"""camelCase outside, snake_case inside."""

import re
from functools import cache

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@cache
def to_snake(name: str) -> str:
    """`streetAddress1` → `street_address_1`; `AND` stays, so that filters can't clash with keywords."""
    return name if name.isupper() else _HUMP.sub("_", name).lower()


@cache
def to_camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in tail)
