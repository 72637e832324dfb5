"""Errors of order operations. `graphql.orders` turns the primary keys they name into Saleor's global ids."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from store.engine.errors import OperationError


class OrderLineError(OperationError):
    """An error about some lines of the order, or a warehouse; named by their primary keys."""

    def __init__(
        self,
        message: str,
        *,
        field: str,
        code: str,
        order_lines: Iterable[UUID] = (),
        warehouse: UUID | None = None,
    ) -> None:
        extras: dict[str, Any] = {}
        if lines := list(order_lines):
            extras["order_lines"] = lines
        if warehouse:
            extras["warehouse"] = warehouse
        super().__init__(message, field=field, code=code, **extras)


@dataclass(frozen=True, slots=True)
class RefundLineProblem:
    """What is wrong with a line of a refund. `line_id`: of an order line, or of a granted refund's line that is to be
    removed. `field`: of the line's input, in camelCase. `line_name`: as people know it, empty for an unknown line.
    """

    line_id: UUID | int
    field: str
    code: str
    message: str
    line_name: str = ""

    def __str__(self) -> str:
        return f"{self.line_name or self.line_id}: {self.message}"


class RefundLinesError(OperationError):
    """Lines that can't be refunded as asked; `field` names the list of the input, and holds a problem for each. The
    message names them, too, for whoever reads nothing else.
    """

    def __init__(self, problems: Iterable[RefundLineProblem], *, field: str) -> None:
        name = {"addLines": "add_lines", "removeLines": "remove_lines"}.get(field, "lines")
        found = list(problems)
        message = " ".join(["Provided input for lines is invalid.", *map(str, found)])
        super().__init__(message, field=field, code="INVALID", **{name: found})


class VariantError(OperationError):
    """An error about some variants, named by their primary keys."""

    def __init__(self, message: str, *, field: str, code: str, variants: Iterable[int]) -> None:
        super().__init__(message, field=field, code=code, variants=list(variants))
