"""How the basket says no. The pks it names are put into Saleor's global ids by `graphql.checkout`."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from store.engine.errors import Refusal


class BasketRefusal(Refusal):
    """About some variants or lines of the basket; `variants` and `lines` hold their primary keys."""

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
