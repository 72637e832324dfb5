"""Errors of checkout operations. `graphql.checkout` turns the primary keys they name into Saleor's global ids."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from store.engine.errors import OperationError


class CheckoutError(OperationError):
    """An error about some variants or lines of a checkout; `variants` and `lines` are their primary keys."""

    def __init__(
        self,
        message: str,
        *,
        code: str,
        field: str | None = "lines",
        variants: Iterable[int] = (),
        lines: Iterable[UUID] = (),
    ) -> None:
        extras: dict[str, Any] = {}
        if variants := list(variants):
            extras["variants"] = variants
        if lines := list(lines):
            extras["lines"] = lines
        super().__init__(message, field=field, code=code, **extras)
