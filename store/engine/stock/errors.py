"""How stock says no."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Shortage:
    """Less of a variant is there than wanted; `line_ids` are the order or checkout lines that want it."""

    variant_id: int
    wanted: int
    available: int
    sku: str = ""
    warehouse_id: UUID | None = None
    line_ids: tuple[UUID, ...] = ()


class InsufficientStock(Exception):
    """Carries every shortage, not only the first."""

    def __init__(self, shortages: Sequence[Shortage]) -> None:
        self.shortages = tuple(shortages)
        said = ", ".join(
            f"{one.sku or one.variant_id} ({one.available} of {one.wanted})" for one in shortages
        )
        super().__init__(f"Insufficient stock: {said}")
