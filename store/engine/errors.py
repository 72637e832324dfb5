"""Errors that operations raise. They know nothing of GraphQL or HTTP; `engine.graphql.errors` translates them."""

from collections.abc import Iterable
from typing import Any


class OperationError(Exception):
    """One thing that is wrong with the input of an operation.

    `code`: Saleor's error code (`UNIQUE`, `NOT_FOUND` …). `field`: the input field in camelCase, None when the error
    is about the whole input. `extras`: additional fields of the mutation's error type (`variants`, `lines`,
    `attributes` …).
    """

    code = "INVALID"

    def __init__(
        self, message: str, *, field: str | None = None, code: str | None = None, **extras: Any
    ) -> None:
        super().__init__(message)
        self.message, self.field, self.extras = message, field, extras
        if code:
            self.code = code


class OperationErrors(Exception):
    """Several errors raised together, so that a form can show all of them at once."""

    def __init__(self, errors: Iterable[OperationError]) -> None:
        self.errors = list(errors)
        super().__init__("; ".join(error.message for error in self.errors))


class NotFound(OperationError):
    code = "NOT_FOUND"


class Required(OperationError):
    code = "REQUIRED"


class NotUnique(OperationError):
    code = "UNIQUE"


class PermissionDenied(Exception):
    """The requestor has none of `permissions` (codes; any one of them would do; empty: being signed in)."""

    def __init__(self, *permissions: str) -> None:
        self.permissions = permissions
        listed = ", ".join(permissions) or "to be signed in"
        super().__init__(f"To access this path, you need one of the following permissions: {listed}")
