"""Asking the engine as a client does: bytes and headers through the one door."""

import json
from typing import Any

from store.engine.accounts import jwt_tokens
from store.engine.accounts.models import User
from store.engine.events import app_tokens
from store.engine.events.models import App
from store.engine.graphql.ids import to_global_id
from store.engine.graphql.serve import serve


class Failed(AssertionError):
    """The answer has top-level errors; `codes` are their codes."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__(errors)
        self.codes = [error["extensions"]["exception"]["code"] for error in errors]
        self.messages = [error["message"] for error in errors]


def ask(query: str, *, as_: User | App | str | None = None, **variables: Any) -> dict[str, Any]:
    """`data` of the answer; raises Failed. `as_`: a user, an app, a raw token or nobody."""
    headers = {"content-type": "application/json"}
    if token := _token(as_):
        headers["authorization"] = f"Bearer {token}"
    answer = serve(json.dumps({"query": query, "variables": variables}).encode(), headers)
    content = json.loads(answer.body)
    if content.get("errors"):
        raise Failed(content["errors"])
    data: dict[str, Any] = content["data"]
    return data


def ask_one(query: str, **more: Any) -> Any:
    """The value of the only root field."""
    [value] = ask(query, **more).values()
    return value


def gid(row: Any, name: str = "") -> str:
    return to_global_id(name or type(row).__name__, row.pk)


def _token(as_: User | App | str | None) -> str:
    if isinstance(as_, User):
        return jwt_tokens.access_token(as_)
    if isinstance(as_, App):
        return app_tokens.new_token(as_)[1]
    return as_ or ""
