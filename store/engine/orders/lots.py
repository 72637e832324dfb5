"""Lots that an order line was sent from: metadata `lot:<code>` holds the quantity, as text.

A key for each lot keeps the question of a recall answerable by a metadata filter, on a real Saleor too. The counts sum
the sent parcels; a canceled parcel takes its own back. What came back as a return stays counted: the customer had it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from store.engine.errors import OperationError
from store.engine.orders.models import FulfillmentLine, OrderLine

PREFIX = "lot:"
CODE = re.compile(r"[A-Za-z0-9._/-]{1,40}")
CODE_RULE = "A lot code has 1 to 40 letters, digits, dots, dashes, slashes or underscores."


def check(lots: Mapping[str, int], quantity: int) -> None:
    """Raises OperationError for a malformed code, a count below 1, or more pieces than `quantity`."""
    for code, count in lots.items():
        if not CODE.fullmatch(code):
            raise _error(f"{CODE_RULE} Not: {code[:60]!r}.")
        if count < 1:
            raise _error(f"Lot {code} needs a quantity of at least 1.")
    if sum(lots.values()) > quantity:
        raise _error(f"{sum(lots.values())} pieces are in lots, but only {quantity} are sent.")


def add(lines: Iterable[FulfillmentLine]) -> None:
    """Add the lots of fulfillment lines to their order lines, inside the caller's transaction."""
    _change(lines, sign=1)


def remove(lines: Iterable[FulfillmentLine]) -> None:
    """Take the lots of fulfillment lines back, inside the caller's transaction."""
    _change(lines, sign=-1)


def split(lots: Mapping[str, int], quantity: int) -> tuple[dict[str, int], dict[str, int]]:
    """The lots of the first `quantity` pieces, in the order of the mapping, and those of the rest."""
    taken: dict[str, int] = {}
    rest: dict[str, int] = {}
    for code, count in lots.items():
        part = min(count, quantity - sum(taken.values()))
        if part:
            taken[code] = part
        if count > part:
            rest[code] = count - part
    return taken, rest


def _change(lines: Iterable[FulfillmentLine], *, sign: int) -> None:
    changes: dict[UUID, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in lines:
        for code, count in line.lots.items():
            changes[line.order_line_id][code] += sign * count
    # Metadata is written by other operations, too: the row itself is locked.
    for row in OrderLine.objects.select_for_update().filter(pk__in=changes).order_by("pk"):
        for code, change in changes[row.pk].items():
            _set(row, code, _count(row, code) + change)
        row.save(update_fields=["metadata"])


def _count(line: OrderLine, code: str) -> int:
    value = line.metadata.get(PREFIX + code, "0")
    if not (value.isascii() and value.isdigit()):
        raise _error(
            f"Lot {code} of {line.product_name} holds {value!r}, which is no quantity. Correct it first."
        )
    return int(value)


def _set(line: OrderLine, code: str, count: int) -> None:
    if count > 0:
        line.metadata[PREFIX + code] = str(count)
    else:
        line.metadata.pop(PREFIX + code, None)


def _error(message: str) -> OperationError:
    return OperationError(message, field="lots", code="INVALID")
