"""Settings that have one value here, by `saleor/out_of_scope.toml`; a request for another is refused by name."""

from collections.abc import Mapping
from typing import Any

from store.engine.errors import OperationError, camel_case
from store.saleor.scope import read_scope


def check_fixed(given: Mapping[str, Any], *, of: str) -> None:
    """`given`: fields of the input type `of`, in snake_case. Raises OperationError."""
    fixed = read_scope().fixed(of)
    for name, value in given.items():
        field = camel_case(name)
        if field in fixed and value not in (None, fixed[field][0]):
            only, reason = fixed[field]
            raise OperationError(f"{field} is always {only}. {reason}", field=field, code="INVALID")
