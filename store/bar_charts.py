"""Bar charts of the desk; the template `shop_admin/bars.html` draws them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: what it is of, its number as it is shown, and its length in percent of the longest."""

    label: str
    value: str | int
    percent: int


def bars(values: Sequence[tuple[str, str | int, Any]]) -> list[Bar]:
    """Of labels, each with its number as it is shown, and as one that is not negative."""
    longest = max((value for _, _, value in values), default=0)
    return [Bar(label, shown, int(value * 100 / longest) if longest else 0) for label, shown, value in values]
