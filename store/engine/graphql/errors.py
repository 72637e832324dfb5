"""From a refusal of the domain to Saleor's words: payload `errors`, and top-level errors with their codes."""

import logging
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError
from django.db.models import Model
from graphql import GraphQLError, GraphQLSyntaxError

from store.engine.errors import PermissionDenied, Refusal, Refusals
from store.engine.graphql.deadline import SAID, is_timeout
from store.engine.graphql.ids import to_global_id
from store.engine.graphql.registry import type_name_of

log = logging.getLogger(__name__)

Translator = Callable[[Any], Iterator[Refusal]]
_translators: dict[type[Exception], Translator] = {}


def says(error: type[Exception]) -> Callable[[Translator], Translator]:
    """Teach how a domain exception is said in Saleor's words:

    @says(InsufficientStock)
    def insufficient_stock(error): yield Refusal("…", code="INSUFFICIENT_STOCK", field="lines", variants=[…])
    """

    def register(translate: Translator) -> Translator:
        _translators[error] = translate
        return translate

    return register


@says(Refusal)
def _refusal(error: Refusal) -> Iterator[Refusal]:
    yield error


@says(Refusals)
def _refusals(error: Refusals) -> Iterator[Refusal]:
    for problem in error.problems:
        yield from translated(problem) or ()


@says(ValidationError)
def _validation(error: ValidationError) -> Iterator[Refusal]:
    for message in error.messages:
        yield Refusal(message, code="INVALID")


@says(DataError)
def _data(error: DataError) -> Iterator[Refusal]:
    """The database keeps no such value; its operation was rolled back."""
    yield Refusal("A value is too large, or of a form that can't be kept.", code="INVALID")


def translated(error: Exception) -> list[Refusal] | None:
    """The refusals that an exception stands for, or None when it is none of ours."""
    for kind in type(error).__mro__:
        if kind in _translators:
            return list(_translators[kind](error))
    return None


def as_payload(refusal: Refusal) -> dict[str, Any]:
    """Rows among the extras are told by their global ids: `channels=[channel]`."""
    extras = {name: _with_ids(value) for name, value in refusal.extras.items()}
    return {"field": refusal.field, "code": refusal.code, "message": refusal.message, **extras}


def _with_ids(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_with_ids(one) for one in value]
    return to_global_id(type_name_of(value), value.pk) if isinstance(value, Model) else value


def payload_resolver(
    resolve: Callable[..., Any],
    error_fields: tuple[str, ...],
    blanks: Mapping[str, Any] = MappingProxyType({}),
) -> Callable[..., Any]:
    """Run a mutation; what it refuses goes into the payload's error lists, which are there even when empty.

    `blanks`: what a refusal says in the payload's other fields that can't be null (`count: 0`).
    """
    errors_of: dict[str, Any] = {name: [] for name in error_fields}

    def run(_root: Any, info: Any, **arguments: Any) -> Any:
        try:
            payload = resolve(info, **arguments)
        except Exception as error:
            refusals = translated(error)
            if refusals is None:
                raise
            said = [as_payload(refusal) for refusal in refusals]
            return {**blanks, **dict.fromkeys(error_fields, said)}
        return errors_of | payload if isinstance(payload, dict) else payload

    return run


def formatted(error: GraphQLError) -> dict[str, Any]:
    """A top-level error. Codes under both names, since core and its storefront read different ones."""
    original = error.original_error
    while isinstance(original, GraphQLError):  # A scalar's own no, wrapped by the variable it came in.
        original = original.original_error
    answer = dict(error.formatted)
    if original is None:
        code = "GraphQLSyntaxError" if isinstance(error, GraphQLSyntaxError) else "GraphQLError"
    elif isinstance(original, PermissionDenied):
        code = "PermissionDenied"
    elif (refusals := translated(original)) is not None:
        code = refusals[0].code if refusals else "GraphQLError"
        code = "GraphQLError" if code == "GRAPHQL_ERROR" else code  # the same, in a payload and outside one
    elif is_timeout(original):
        code, answer["message"] = "RequestTimeout", SAID
    else:
        code = getattr(original, "graphql_code", "InternalServerError")
        if code == "InternalServerError":
            log.error("%s failed", ".".join(map(str, error.path or ["request"])), exc_info=original)
            answer["message"] = "Internal Server Error"
    answer["extensions"] = {"code": code, "exception": {"code": code}}
    return answer
