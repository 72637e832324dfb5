"""Lots in the metadata of order lines: the key `lot:<code>` holds the quantity, as text.

A key for each lot keeps the question of a recall answerable by a metadata filter, on a real Saleor too.
"""

import re
from collections.abc import Mapping

from store.saleor.whole_numbers import whole_number

PREFIX = "lot:"
CODE = re.compile(r"[A-Za-z0-9._/-]{1,40}")
CODE_RULE = "A lot code has 1 to 40 letters, digits, dots, dashes, slashes or underscores."


def lots_of(metadata: Mapping[str, str]) -> dict[str, int]:
    """Quantity by lot code in an order line's metadata; what is no number is left out."""
    return {
        key.removeprefix(PREFIX): quantity
        for key, value in metadata.items()
        if key.startswith(PREFIX) and (quantity := whole_number(value)) is not None
    }


def without_lots(metadata: Mapping[str, str]) -> dict[str, str]:
    """The metadata of a line that is ordered once more: which lots it was sent from holds for the first order alone."""
    return {key: value for key, value in metadata.items() if not key.startswith(PREFIX)}
