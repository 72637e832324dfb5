"""Errors of the stock package."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Shortage:
    """A variant of which less is available than requested; `line_ids` are the order or checkout lines concerned."""

    variant_id: int
    requested: int
    available: int
    sku: str = ""
    warehouse_id: UUID | None = None
    line_ids: tuple[UUID, ...] = ()


class InsufficientStock(Exception):
    """Not enough stock; `shortages` has all of them, not only the first."""

    def __init__(self, shortages: Sequence[Shortage]) -> None:
        self.shortages = tuple(shortages)
        details = ", ".join(
            f"{shortage.sku or shortage.variant_id} ({shortage.available} of {shortage.requested})"
            for shortage in shortages
        )
        super().__init__(f"Insufficient stock: {details}")
