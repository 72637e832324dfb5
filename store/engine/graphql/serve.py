"""The one door of the engine: bytes and headers in, bytes out. HTTP and the in-process transport both come
here, so no live model object can slip into a page.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

from django.conf import settings
from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    execute_sync,
)

from store.engine.accounts.requestor import SYSTEM, acting, authenticate
from store.engine.caching.dependencies import Witness, watching
from store.engine.caching.invalidation import steady
from store.engine.graphql import deadline
from store.engine.graphql.compiled_executor import Plan, prepare
from store.engine.graphql.context import Context, Requestor
from store.engine.graphql.deadline import TooSlow
from store.engine.graphql.errors import formatted
from store.engine.graphql.multipart import Malformed, read_multipart
from store.engine.graphql.query_limits import TooCostly, cost_of, parsed
from store.engine.graphql.response_cache import ANSWERS, Basis, may_be_kept
from store.engine.graphql.schema import schema
from store.saleor.transports import Answer

JSON_HEADERS = {"content-type": "application/json"}


def serve(body: bytes, headers: Mapping[str, str]) -> Answer:
    """Answer one GraphQL request. `headers` have lower-case names.

    400 for what is no valid request or document, 413 for a body that is too large, 503 for a question that takes
    too long; 200 for everything that was executed, refusals and missing rights included, as Saleor does.
    """
    with steady():
        keeps = may_be_kept(headers)
        if keeps and (kept := ANSWERS.find(body)) is not None:
            return Answer(200, kept, JSON_HEADERS)
        try:
            operation, files = _read(body, headers.get("content-type", ""))
            query, variables, name = _checked(operation)
        except Malformed as error:
            said = {"message": str(error), "extensions": _code("GraphQLError")}
            return _answer(error.status, {"errors": [said]})
        document, problems = _prepared(query)
        if problems or document is None:
            return _answer(400, {"errors": [formatted(problem) for problem in problems]})
        try:
            cost = cost_of(document, variables)
        except TooCostly as error:
            return _answer(400, {"errors": [formatted(error)]})
        context = Context(authenticate(headers), headers, files)
        run = partial(_run, query, document, name, context, variables)
        if _only_asks(document):
            return _question(body, run, cost, context, keeps)
        with acting(context.requestor):
            answer = _said(run(), cost)
        return replace(answer, headers={**answer.headers, **context.sent}) if context.sent else answer


def _question(
    body: bytes, run: Callable[[], ExecutionResult], cost: int, context: Context, keeps: bool
) -> Answer:
    basis, witness = (Basis.now(), Witness()) if keeps else (None, None)
    try:
        with acting(context.requestor), watching(witness):
            result = _in_time(run)
    except TooSlow:
        return _answer(503, {"errors": [{"message": deadline.SAID, "extensions": _code("RequestTimeout")}]})
    answer = _said(result, cost)
    if basis and witness and not result.errors:
        ANSWERS.keep(body, answer.body, basis, witness)
    return answer


def render_subscription(query: str, event: Any) -> dict[str, Any]:
    """The payload of a webhook or listener: its subscription document, run against our schema with `event`.

    Returns the `event` selection only; raises GraphQLError when the document doesn't fit the schema.
    """
    document, problems = _prepared(query)
    if problems or document is None:
        raise problems[0]
    result = execute_sync(schema(), document, event, Context(_recipient(event)))
    if result.errors:
        raise result.errors[0]
    payload: dict[str, Any] = (result.data or {}).get("event") or {}
    return payload


def check_document(query: str) -> list[GraphQLError]:
    """What is wrong with a document (nothing: an empty list)."""
    return list(_prepared(query)[1])


def _recipient(event: Any) -> Requestor:
    return getattr(event, "requestor", None) or SYSTEM


def _in_time(run: Callable[[], ExecutionResult]) -> ExecutionResult:
    """A question's result; raises TooSlow."""
    with deadline.within(settings.GRAPHQL_SECONDS):
        result = run()
    if any(deadline.is_timeout(error.original_error) for error in result.errors or ()):
        raise TooSlow
    return result


def _run(
    query: str, document: DocumentNode, name: str | None, context: Context, variables: Any
) -> ExecutionResult:
    plan = _plan(query, name)
    if plan is None:
        return execute_sync(schema(), document, None, context, variables, name, middleware=[deadline.checked])
    return plan.run(None, context, variables)


@lru_cache(maxsize=512)
def _plan(query: str, name: str | None) -> Plan | None:
    document, _ = _prepared(query)
    return prepare(schema(), document, name) if document else None


@lru_cache(maxsize=512)
def _prepared(query: str) -> tuple[DocumentNode | None, tuple[GraphQLError, ...]]:
    """Parsed and validated once: storefront and seed send the same few documents again and again."""
    document, problems = parsed(query, schema())
    return document, tuple(problems)


def _only_asks(document: DocumentNode) -> bool:
    return all(
        one.operation is OperationType.QUERY
        for one in document.definitions
        if isinstance(one, OperationDefinitionNode)
    )


def _read(body: bytes, content_type: str) -> tuple[Any, Mapping[str, Any]]:
    if content_type.startswith("multipart/form-data"):
        if len(body) > settings.GRAPHQL_MAX_UPLOAD:
            raise Malformed(f"The upload is larger than {settings.GRAPHQL_MAX_UPLOAD} bytes.", status=413)
        return read_multipart(body, content_type)
    if len(body) > settings.GRAPHQL_MAX_BODY:
        raise Malformed(f"The request is larger than {settings.GRAPHQL_MAX_BODY} bytes.", status=413)
    if b"\\u0000" in body or b"\x00" in body:  # PostgreSQL keeps no such text
        raise Malformed("The request holds a NUL character; leave it out.")
    try:
        return json.loads(body), {}
    except (ValueError, RecursionError):
        raise Malformed("Unable to parse query: the body must be JSON with `query`.") from None


def _checked(operation: Any) -> tuple[str, dict[str, Any], str | None]:
    if isinstance(operation, list):
        raise Malformed("Number of batch queries exceeded: send one operation a request.")
    if not isinstance(operation, dict) or not isinstance(operation.get("query"), str):
        raise Malformed("Must provide a query string.")
    variables, name = operation.get("variables") or {}, operation.get("operationName") or None
    if not isinstance(variables, dict):
        raise Malformed("`variables` must be an object.")
    if name is not None and not isinstance(name, str):
        raise Malformed("`operationName` must be a string.")
    return operation["query"], variables, name


def _status(result: ExecutionResult) -> int:
    """No data and an error without a path: the request never began (unknown operation, wrong variable)."""
    if result.data is None and result.errors and all(e.path is None for e in result.errors):
        return 400
    return 200


def _said(result: ExecutionResult, cost: int) -> Answer:
    return _answer(_status(result), _content(result, cost))


def _content(result: ExecutionResult, cost: int) -> dict[str, Any]:
    content: dict[str, Any] = {"data": result.data}
    if result.errors:
        content["errors"] = [formatted(error) for error in result.errors]
    content["extensions"] = {
        "cost": {"requestedQueryCost": cost, "maximumAvailable": settings.GRAPHQL_MAX_COST}
    }
    return content


def _answer(status: int, content: dict[str, Any]) -> Answer:
    return Answer(status, json.dumps(content, separators=(",", ":")).encode(), JSON_HEADERS)


def _code(code: str) -> dict[str, Any]:
    return {"code": code, "exception": {"code": code}}
