"""How a call to Saleor can fail.

SaleorError
├── NetworkError    no response: try again later
├── HttpError       a response that is not a GraphQL response (502, 413, HTML …)
├── MalformedAnswer a GraphQL response without data, or with other data than our document asks for
├── GraphQLError    top-level `errors`: a bug in our document, a missing permission, or an outage inside Saleor
└── Refused         the mutation's own `errors`: what a person can act on (INSUFFICIENT_STOCK …)
"""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")


class SaleorError(Exception):
    """Base of all; `is_retryable` says whether the same call may go through later."""

    is_retryable = False


class NetworkError(SaleorError):
    is_retryable = True

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url} did not answer: {reason}")
        self.url, self.reason = url, reason


class HttpError(SaleorError):
    def __init__(self, status: int, body: bytes) -> None:
        super().__init__(f"HTTP {status}: {body[:300].decode('utf-8', 'replace')}")
        self.status, self.body = status, body
        # A page with status 200 or a temporary redirect is that of a proxy or of maintenance; another redirect or a 404
        # is a wrong address.
        self.is_retryable = status >= 500 or status in (200, 302, 303, 307, 429)


class MalformedAnswer(SaleorError):
    """Not what Saleor's schema says: half an outage, or a Saleor of another version."""

    is_retryable = True

    def __init__(self, reason: str) -> None:
        super().__init__(f"the answer is not what was asked for: {reason}")
        self.reason = reason


# Codes that the embedded engine gives to what may go through later, and names of exceptions by which Saleor tells, with
# status 200 or 400, that its database or cache is away.
RETRYABLE_CODES = frozenset(
    {"RequestTimeout", "ServiceUnavailable"}
    | {"OperationalError", "InterfaceError", "DatabaseError", "ConnectionError", "TimeoutError"}
)


class GraphQLError(SaleorError):
    """`problems` is the response's `errors` list as Saleor sent it."""

    def __init__(self, problems: Sequence[dict[str, Any]], operation: str | None = None) -> None:
        messages = "; ".join(str(p.get("message", "")) for p in problems)
        super().__init__(f"{operation or 'GraphQL'}: {messages}")
        self.problems, self.operation = problems, operation
        self.is_retryable = not RETRYABLE_CODES.isdisjoint(self.codes)

    @property
    def codes(self) -> list[str]:
        """The exception codes, such as PermissionDenied or ExpiredSignatureError."""
        return [
            extensions.get("code") or extensions.get("exception", {}).get("code", "")
            for p in self.problems
            if (extensions := p.get("extensions") or {}) is not None
        ]


@dataclass(frozen=True, slots=True)
class Problem:
    """One entry of a mutation's `errors`. `extras` holds what the type adds (variants, lines, attributes …)."""

    code: str
    field: str | None
    message: str
    extras: dict[str, Any] = dataclasses.field(default_factory=dict)


class Refused(SaleorError):
    """A mutation was refused; `problems` are the entries of its `errors`."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{p.field or '-'} {p.code}: {p.message}" for p in problems))
        self.problems = tuple(problems)

    @property
    def codes(self) -> set[str]:
        return {problem.code for problem in self.problems}


def check(payload: T | None) -> T:
    """Return a mutation's payload; raise Refused with every entry of its `errors`, GraphQLError when it is null."""
    if payload is None:
        raise GraphQLError([{"message": "the mutation answered null"}])
    if problems := list(_problems(getattr(payload, "errors", None) or ())):
        raise Refused(problems)
    return payload


def _problems(errors: Iterable[Any]) -> Iterable[Problem]:
    for error in errors:
        extras = error.model_dump(exclude={"code", "field", "message", "typename__"})
        code = getattr(error.code, "value", error.code)
        yield Problem(str(code), getattr(error, "field", None), error.message or "", extras)
