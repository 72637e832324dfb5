"""Exceptions of the engine as Saleor's errors: `errors` of a mutation's payload, and top-level ones with codes."""

import logging
from collections.abc import Callable, Iterator, Mapping
from decimal import InvalidOperation
from types import MappingProxyType
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError
from django.db.models import Model, ProtectedError
from graphql import GraphQLError, GraphQLSyntaxError

from store.engine.errors import OperationError, OperationErrors, PermissionDenied
from store.engine.graphql.deadline import TIMEOUT_MESSAGE, is_timeout
from store.engine.graphql.ids import to_global_id
from store.engine.graphql.registry import type_name_of
from store.outages import is_outage

log = logging.getLogger(__name__)

OUTAGE_CODE = "ServiceUnavailable"
OUTAGE_MESSAGE = "The shop can't reach or save its data at the moment. Please try again in a minute."
UNSTORABLE = "A value is too large, or of a form that can't be stored."

Translator = Callable[[Any], Iterator[OperationError]]
_translators: dict[type[Exception], Translator] = {}


def error_translator(error: type[Exception]) -> Callable[[Translator], Translator]:
    """Register how an exception class (and its subclasses) becomes OperationErrors:

    @error_translator(InsufficientStock)
    def insufficient_stock(error): yield OperationError("…", code="INSUFFICIENT_STOCK", field="lines", variants=[…])
    """

    def register(translate: Translator) -> Translator:
        if error in _translators:
            raise TypeError(f"{error.__name__} has a translator already: {_translators[error].__qualname__}")
        _translators[error] = translate
        return translate

    return register


@error_translator(OperationError)
def _operation_error(error: OperationError) -> Iterator[OperationError]:
    yield error


@error_translator(OperationErrors)
def _operation_errors(error: OperationErrors) -> Iterator[OperationError]:
    for nested in error.errors:
        yield from to_operation_errors(nested) or ()


@error_translator(ValidationError)
def _validation_error(error: ValidationError) -> Iterator[OperationError]:
    for message in error.messages:
        yield OperationError(message, code="INVALID")


@error_translator(DataError)
def _data_error(error: DataError) -> Iterator[OperationError]:
    """The database can't store the value; the operation was rolled back."""
    yield OperationError(UNSTORABLE, code="INVALID")


@error_translator(ProtectedError)
def _protected_error(error: ProtectedError) -> Iterator[OperationError]:
    """Deleting a row that another one can't be without; the operation was rolled back."""
    users = sorted({str(row._meta.verbose_name) for row in error.protected_objects})
    yield OperationError(f"This is in use by a {' and a '.join(users)}.", field="id", code="INVALID")


@error_translator(IntegrityError)
def _integrity_error(error: IntegrityError) -> Iterator[OperationError]:
    """A constraint of the database that no operation checked; the operation was rolled back."""
    log.warning("a constraint of the database refused a change", exc_info=error)
    yield OperationError("This contradicts what is stored already. Load it again and try once more.")


@error_translator(InvalidOperation)
@error_translator(OverflowError)
def _number_too_large(error: Exception) -> Iterator[OperationError]:
    """SQLite and decimal arithmetic say so where PostgreSQL raises DataError."""
    yield OperationError(UNSTORABLE, code="INVALID")


def to_operation_errors(error: Exception) -> list[OperationError] | None:
    """The errors that an exception stands for; None when no translator is registered for its class."""
    for class_ in type(error).__mro__:
        if class_ in _translators:
            return list(_translators[class_](error))
    return None


def to_payload_error(error: OperationError) -> dict[str, Any]:
    """An item of the payload's `errors`. Rows in the extras, as in `channels=[channel]`, become global ids."""
    extras = {name: _with_ids(value) for name, value in error.extras.items()}
    return {"field": error.field, "code": error.code, "message": error.message, **extras}


def _with_ids(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_with_ids(item) for item in value]
    return to_global_id(type_name_of(value), value.pk) if isinstance(value, Model) else value


def payload_resolver(
    resolve: Callable[..., Any],
    error_fields: tuple[str, ...],
    empty_values: Mapping[str, Any] = MappingProxyType({}),
) -> Callable[..., Any]:
    """The resolver of a mutation: puts the errors that `resolve` raises into all `error_fields` of the payload.

    The lists are there even when empty; `errors` that `resolve` returns are in all of them. `empty_values`: what the
    payload's other non-null fields hold after an error (`count: 0`). Exceptions without a translator are raised.
    """
    no_errors: dict[str, Any] = {name: [] for name in error_fields}

    def resolve_payload(_root: Any, info: Any, **arguments: Any) -> Any:
        try:
            payload = resolve(info, **arguments)
        except Exception as error:
            operation_errors = to_operation_errors(error)
            if operation_errors is None:
                raise
            payload_errors = [to_payload_error(operation_error) for operation_error in operation_errors]
            return {**empty_values, **dict.fromkeys(error_fields, payload_errors)}
        if not isinstance(payload, dict):
            return payload
        return no_errors | dict.fromkeys(error_fields, payload.get("errors") or []) | payload

    return resolve_payload


def format_error(error: GraphQLError) -> dict[str, Any]:
    """A top-level error. The code is given under both names that clients read: Saleor core's and its storefront's."""
    original = error.original_error
    while isinstance(original, GraphQLError):  # a scalar's error, wrapped by that of the variable
        original = original.original_error
    formatted = dict(error.formatted)
    if original is None:
        code = "GraphQLSyntaxError" if isinstance(error, GraphQLSyntaxError) else "GraphQLError"
    elif isinstance(original, PermissionDenied):
        code = "PermissionDenied"
    elif (operation_errors := to_operation_errors(original)) is not None:
        code = operation_errors[0].code if operation_errors else "GraphQLError"
        code = "GraphQLError" if code == "GRAPHQL_ERROR" else code  # Saleor spells it differently here
    elif is_timeout(original):
        code, formatted["message"] = "RequestTimeout", TIMEOUT_MESSAGE
    elif is_outage(original):
        log.error("%s failed: %s", ".".join(map(str, error.path or ["request"])), original)
        code, formatted["message"] = OUTAGE_CODE, OUTAGE_MESSAGE
    else:
        code = getattr(original, "graphql_code", "InternalServerError")
        if code == "InternalServerError":
            log.error("%s failed", ".".join(map(str, error.path or ["request"])), exc_info=original)
            formatted["message"] = "Internal Server Error"
    formatted["extensions"] = {"code": code, "exception": {"code": code}}
    return formatted
