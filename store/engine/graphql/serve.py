"""Executes GraphQL requests: headers and body as bytes in, status, headers and body out.

The HTTP view and the in-process transport of the storefront both call `serve`, so that no model instance can reach a
page template. Webhooks and mail render their subscription documents with `render_subscription`.
"""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings
from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    execute_sync,
)

from store.engine.accounts.requestor import SYSTEM, acting_as, authenticate
from store.engine.caching.dependencies import DependencyRecorder, recording
from store.engine.caching.invalidation import single_token_read
from store.engine.channels import refused_sentences
from store.engine.graphql import deadline, rate_limits
from store.engine.graphql.context import Context, Requestor
from store.engine.graphql.deadline import DeadlineExceeded
from store.engine.graphql.document_cache import DOCUMENTS, CheckedDocument
from store.engine.graphql.errors import OUTAGE_CODE, OUTAGE_MESSAGE, format_error
from store.engine.graphql.multipart import MalformedRequest, read_multipart
from store.engine.graphql.query_limits import QueryCostError, QueryLimitExceeded, ResultTooLarge, check_cost
from store.engine.graphql.response_cache import RESPONSE_CACHE, Validity, is_cacheable
from store.engine.graphql.schema import schema
from store.outages import is_outage
from store.rate_limits import TooManyRequests
from store.saleor.text import InvalidText, load_json
from store.saleor.transports import Response

log = logging.getLogger(__name__)

NO_SUBSCRIPTIONS = (
    "Subscriptions are not answered over HTTP. Create a webhook with this document as its query: "
    "it is sent each event."
)
JSON_HEADERS = {"content-type": "application/json"}


def serve(body: bytes, headers: Mapping[str, str]) -> Response:
    """Execute one GraphQL request. `headers` have lower-case names; `remote-addr` is the client's address.

    Status 400 for an invalid request or document, 413 for a body that is too large, 429 for a client that asks
    too often, 503 for a query that takes too long and while the database or the disk can't be used. 200 for everything
    that was executed, operation errors and missing permissions included, as Saleor does. A batch of one operation is
    answered with a list of one.
    """
    if (only := _only_operation(body, headers.get("content-type", ""))) is not None:
        answer = _serve_or_unavailable(only, headers)
        return replace(answer, body=b"[%b]" % answer.body)
    return _serve_or_unavailable(body, headers)


def _serve_or_unavailable(body: bytes, headers: Mapping[str, str]) -> Response:
    try:
        return _serve(body, headers)
    except Exception as error:  # before or after the execution, such as while the token's owner is looked up
        if not is_outage(error):
            raise
        log.error("the request failed: %s", error)
        return _json_answer(503, {"errors": [{"message": OUTAGE_MESSAGE, "extensions": _code(OUTAGE_CODE)}]})


def _serve(body: bytes, headers: Mapping[str, str]) -> Response:
    with single_token_read():
        cacheable = is_cacheable(headers)
        if cacheable and (cached := RESPONSE_CACHE.get(body)) is not None:
            return Response(200, cached.body, JSON_HEADERS, cached.validity)
        try:
            operation, files = _read(body, headers.get("content-type", ""))
            query, variables, name = _parse_operation(operation)
        except MalformedRequest as error:
            formatted = {"message": str(error), "extensions": _code("GraphQLError")}
            return _json_answer(error.status, {"errors": [formatted]})
        checked = DOCUMENTS.get(query)
        document, errors = checked.document, checked.errors
        if document is not None and not errors and _has(document, OperationType.SUBSCRIPTION):
            errors = (GraphQLError(NO_SUBSCRIPTIONS),)
        if errors or document is None:
            return _json_answer(400, {"errors": [format_error(error) for error in errors]})
        context = Context(authenticate(headers), headers, files)
        try:
            cost = checked.costs.of(variables)
            check_cost(cost)
            rate_limits.spend_request(document, cost, headers, context.requestor)
        except (QueryLimitExceeded, TooManyRequests) as error:
            return _refused(error)
        execute = partial(_execute, checked, document, name, context, variables)
        if not _has(document, OperationType.MUTATION):
            return _serve_query(body, execute, cost.query, context, cacheable)
        answer = _serve_mutation(execute, cost.query, context)
        return replace(answer, headers={**answer.headers, **context.response_headers})


def _serve_mutation(execute: Callable[[], ExecutionResult], cost: int, context: Context) -> Response:
    try:
        with (
            acting_as(context.requestor),
            refused_sentences.recording(),
            deadline.mutation_time_limit(settings.GRAPHQL_SECONDS),
        ):
            return _result_answer(execute(), cost)
    except ResultTooLarge as error:  # the mutations are done; only their result is not sent
        return _too_large(error)


def _serve_query(
    body: bytes, execute: Callable[[], ExecutionResult], cost: int, context: Context, cacheable: bool
) -> Response:
    validity, dependencies = (Validity.now(), DependencyRecorder()) if cacheable else (None, None)
    try:
        with acting_as(context.requestor), recording(dependencies):
            result = _execute_within_deadline(execute)
    except DeadlineExceeded:
        return _json_answer(
            503, {"errors": [{"message": deadline.TIMEOUT_MESSAGE, "extensions": _code("RequestTimeout")}]}
        )
    except ResultTooLarge as error:
        return _too_large(error)
    answer = _result_answer(result, cost)
    if validity and dependencies and not result.errors:
        return replace(answer, validity=RESPONSE_CACHE.put(body, answer.body, validity, dependencies))
    return answer


def render_subscription(query: str, event: Any) -> dict[str, Any]:
    """The payload of a webhook or subscriber: its subscription document, executed with `event` (a row of the outbox).

    Returns the `event` selection only; raises GraphQLError when the document is invalid or a resolver failed.
    """
    checked = DOCUMENTS.get(query)
    if checked.errors or checked.document is None:
        raise checked.errors[0]
    result = execute_sync(schema(), checked.document, event, Context(_recipient(event)))
    if result.errors:
        raise result.errors[0]
    payload: dict[str, Any] = (result.data or {}).get("event") or {}
    return payload


def check_document(query: str) -> list[GraphQLError]:
    """The validation errors of a document; empty when it is valid."""
    return list(DOCUMENTS.get(query).errors)


def _recipient(event: Any) -> Requestor:
    return getattr(event, "requestor", None) or SYSTEM


def _execute_within_deadline(execute: Callable[[], ExecutionResult]) -> ExecutionResult:
    """The result of a query; raises DeadlineExceeded, also when the database interrupted a statement."""
    with deadline.time_limit(settings.GRAPHQL_SECONDS):
        result = execute()
    if any(deadline.is_timeout(error.original_error) for error in result.errors or ()):
        raise DeadlineExceeded
    return result


def _execute(
    checked: CheckedDocument, document: DocumentNode, name: str | None, context: Context, variables: Any
) -> ExecutionResult:
    plan = checked.plan(name)
    if plan is None:
        return execute_sync(
            schema(), document, None, context, variables, name, middleware=[deadline.deadline_middleware]
        )
    return plan.run(None, context, variables)


def _has(document: DocumentNode, operation: OperationType) -> bool:
    return any(
        definition.operation is operation
        for definition in document.definitions
        if isinstance(definition, OperationDefinitionNode)
    )


def _only_operation(body: bytes, content_type: str) -> bytes | None:
    """The operation of a batch of one as a body of its own; None for every other body."""
    if body.lstrip()[:1] != b"[" or not content_type.startswith("application/json"):
        return None
    try:
        batch = load_json(body) if len(body) <= settings.GRAPHQL_MAX_BODY else None
    except ValueError:
        return None
    operation = batch[0] if isinstance(batch, list) and len(batch) == 1 else None
    return json.dumps(operation).encode() if isinstance(operation, dict) else None


def _read(body: bytes, content_type: str) -> tuple[Any, Mapping[str, Any]]:
    if content_type.startswith("multipart/form-data"):
        if len(body) > settings.GRAPHQL_MAX_UPLOAD:
            raise MalformedRequest(
                f"The upload is larger than {settings.GRAPHQL_MAX_UPLOAD} bytes.", status=413
            )
        return read_multipart(body, content_type)
    if len(body) > settings.GRAPHQL_MAX_BODY:
        raise MalformedRequest(f"The request is larger than {settings.GRAPHQL_MAX_BODY} bytes.", status=413)
    try:
        return _parse_body(body, content_type), {}
    except InvalidText as error:
        raise MalformedRequest(str(error)) from None
    except ValueError:
        raise MalformedRequest("Unable to parse query: the body must be JSON with `query`.") from None


def _parse_body(body: bytes, content_type: str) -> Any:
    """The operation: of JSON, of a form or, as `application/graphql`, the query alone. Raises ValueError."""
    if content_type.startswith("application/graphql"):
        return {"query": body.decode()}
    if content_type.startswith("application/x-www-form-urlencoded"):
        form = {name: values[-1] for name, values in parse_qs(body.decode()).items()}
        return form | {"variables": load_json(form["variables"]) if form.get("variables") else None}
    return load_json(body)


def _parse_operation(operation: Any) -> tuple[str, dict[str, Any], str | None]:
    """(query, variables, operation name) of the request's JSON; raises MalformedRequest."""
    if isinstance(operation, list):
        raise MalformedRequest("Number of batch queries exceeded: send one operation a request.")
    if not isinstance(operation, dict) or not isinstance(operation.get("query"), str):
        raise MalformedRequest("Must provide a query string.")
    variables, name = operation.get("variables") or {}, operation.get("operationName")
    name = None if name in ("", "null") else name  # as forms write that there is none
    if not isinstance(variables, dict):
        raise MalformedRequest("`variables` must be an object.")
    if name is not None and not isinstance(name, str):
        raise MalformedRequest("`operationName` must be a string.")
    return operation["query"], variables, name


def _status(result: ExecutionResult) -> int:
    """400 when execution never began (unknown operation, wrong variable): no data, errors without a path. 503 when a
    field failed because of the database or the disk."""
    if any(is_outage(error.original_error) for error in result.errors or ()):
        return 503
    if result.data is None and result.errors and all(error.path is None for error in result.errors):
        return 400
    return 200


def _result_answer(result: ExecutionResult, cost: int) -> Response:
    return _json_answer(_status(result), _content(result, cost))


def _content(result: ExecutionResult, cost: int) -> dict[str, Any]:
    content: dict[str, Any] = {"data": result.data}
    if result.errors:
        content["errors"] = [format_error(error) for error in result.errors]
    content["extensions"] = _cost(cost)
    return content


def _cost(cost: int) -> dict[str, Any]:
    return {"cost": {"requestedQueryCost": cost, "maximumAvailable": settings.GRAPHQL_MAX_COST}}


def _json_answer(status: int, content: dict[str, Any]) -> Response:
    return Response(status, json.dumps(content, separators=(",", ":")).encode(), JSON_HEADERS)


def _too_large(error: ResultTooLarge) -> Response:
    return _json_answer(400, {"errors": [{"message": str(error), "extensions": _code("QueryCostError")}]})


def _refused(error: QueryLimitExceeded | TooManyRequests) -> Response:
    if isinstance(error, QueryCostError):
        extensions = _cost(error.cost)
        formatted = {"message": str(error), "extensions": {**extensions, **_code("QueryCostError")}}
        return _json_answer(400, {"errors": [formatted], "extensions": extensions})
    if isinstance(error, QueryLimitExceeded):
        return _json_answer(400, {"errors": [format_error(error)]})
    content = {"errors": [{"message": str(error), "extensions": _code("TooManyRequests")}]}
    answer = _json_answer(429, content)
    return replace(answer, headers={**answer.headers, "retry-after": str(error.seconds)})


def _code(code: str) -> dict[str, Any]:
    return {"code": code, "exception": {"code": code}}
