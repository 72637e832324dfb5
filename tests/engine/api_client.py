"""Sends GraphQL requests to the engine as a client does, through `serve`."""

import json
from typing import Any

from store.engine.accounts import jwt_tokens
from store.engine.accounts.models import User
from store.engine.events import app_tokens
from store.engine.events.models import App
from store.engine.graphql.ids import to_global_id
from store.engine.graphql.serve import serve


class GraphQLErrors(AssertionError):
    """The response has top-level errors; `codes` and `messages` are theirs."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__(errors)
        self.codes = [error["extensions"]["exception"]["code"] for error in errors]
        self.messages = [error["message"] for error in errors]


def execute(query: str, *, as_: User | App | str | None = None, **variables: Any) -> dict[str, Any]:
    """`data` of the response; raises GraphQLErrors. `as_`: a user, an app, a token or None for an anonymous client."""
    headers = {"content-type": "application/json"}
    if token := _token(as_):
        headers["authorization"] = f"Bearer {token}"
    answer = serve(json.dumps({"query": query, "variables": variables}).encode(), headers)
    content = json.loads(answer.body)
    if content.get("errors"):
        raise GraphQLErrors(content["errors"])
    data: dict[str, Any] = content["data"]
    return data


def execute_field(query: str, **options: Any) -> Any:
    """The value of the only root field."""
    [value] = execute(query, **options).values()
    return value


def gid(row: Any, name: str = "") -> str:
    """The global id of a row; `name`: Saleor's type if it differs from the model's name."""
    return to_global_id(name or type(row).__name__, row.pk)


def _token(as_: User | App | str | None) -> str:
    if isinstance(as_, User):
        return jwt_tokens.access_token(as_)
    if isinstance(as_, App):
        return app_tokens.issue_token(as_)[1]
    return as_ or ""
