"""Errors that operations raise. They know nothing of GraphQL or HTTP; `engine.graphql.errors` translates them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class ChangedValue:
    """A field that somebody else changed while it was being edited: what the editor saw, and what it is now."""

    field: str
    seen: Any
    now: Any


class ValuesChanged(OperationError):
    """The row was changed since the editor read it; `changes` has each field that differs. Nothing was written."""

    def __init__(self, changes: Iterable[ChangedValue]) -> None:
        self.changes = list(changes)
        super().__init__(
            "Somebody else changed this meanwhile. Nothing was written; please look at both versions."
        )


def require_unchanged(row: Any, *, seen: Mapping[str, Any] | None, wanted: Mapping[str, Any]) -> bool:
    """Check a locked row against the values that its editor saw (by attribute name; None: no check).

    Returns whether anything is left to write: False when `seen` is given and the row has the `wanted` values already,
    as after a form that was sent twice. Raises ValuesChanged.
    """
    if seen is None:
        return True
    if all(getattr(row, name) == value for name, value in wanted.items()):
        return False
    changes = [
        ChangedValue(name, value, getattr(row, name))
        for name, value in seen.items()
        if getattr(row, name) not in (value, wanted.get(name, value))
    ]
    if changes:
        raise ValuesChanged(changes)
    return True


class PermissionDenied(Exception):
    """The requestor has none of `permissions` (codes; any one of them would do; empty: being signed in)."""

    def __init__(self, *permissions: str) -> None:
        self.permissions = permissions
        listed = ", ".join(permissions) or "to be signed in"
        super().__init__(f"To access this path, you need one of the following permissions: {listed}")


def camel_case(name: str) -> str:
    """The API's name of a column: `seo_title` → `seoTitle`."""
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() for part in tail)
