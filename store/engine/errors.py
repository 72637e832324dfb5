"""How an operation says no. Knows nothing of GraphQL or HTTP; `engine.graphql.errors` puts it into Saleor's words."""

from collections.abc import Iterable
from typing import Any


class Refusal(Exception):
    """A wish that can't be granted, with the data a person needs to act on it.

    `code` is Saleor's word (`UNIQUE`, `NOT_FOUND` …), `field` the input it is about (camelCase, None for
    all of it), `extras` what the subject's error type adds (`variants`, `lines`, `attributes` …).
    """

    code = "INVALID"

    def __init__(
        self, message: str, *, field: str | None = None, code: str | None = None, **extras: Any
    ) -> None:
        super().__init__(message)
        self.message, self.field, self.extras = message, field, extras
        if code:
            self.code = code


class Refusals(Exception):
    """Several at once, so that a person sees all that is wrong in one go."""

    def __init__(self, problems: Iterable[Refusal]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(problem.message for problem in self.problems))


class NotFound(Refusal):
    code = "NOT_FOUND"


class Required(Refusal):
    code = "REQUIRED"


class NotUnique(Refusal):
    code = "UNIQUE"


class PermissionDenied(Exception):
    """The asker lacks a right. `needed` are the permission codes of which one would do."""

    def __init__(self, *needed: str) -> None:
        self.needed = needed
        wanted = ", ".join(needed) or "to be signed in"
        super().__init__(f"To access this path, you need one of the following permissions: {wanted}")
