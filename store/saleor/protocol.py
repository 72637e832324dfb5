"""GraphQL requests as bytes: JSON, or a multipart form when there are files."""

import inspect
import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, Self, TypeVar

from pydantic import ValidationError
from pydantic_core import to_jsonable_python

from store.saleor import validity
from store.saleor.errors import GraphQLError, HttpError, MalformedAnswer
from store.saleor.transports import Response, Transport

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class File:
    """A file to upload, taken out of the variables."""

    name: str
    content_type: str
    content: bytes


class GraphQLClient:
    """Base of the generated client.

    `token`: the app or user token to authenticate with. `client_address`: whom the call is made for, by IP address.
    """

    def __init__(self, transport: Transport, *, token: str | None = None, client_address: str = "") -> None:
        self.transport, self.token = transport, token
        self._headers = {"content-type": "application/json", "accept": "application/json"}
        if token:
            self._headers["authorization"] = f"Bearer {token}"
        if client_address:
            self._headers["client-address"] = client_address

    def with_token(self, token: str | None) -> Self:
        """A client of the same shop that acts for another app or user."""
        return type(self)(self.transport, token=token)

    def execute(
        self, query: str, operation_name: str | None = None, variables: dict[str, Any] | None = None, **_: Any
    ) -> Response:
        files: dict[str, File] = {}
        variables_json = _plain(variables or {}, "variables", files)
        operation = {"query": query, "operationName": operation_name, "variables": variables_json}
        if files:
            content_type, body = _multipart(operation, files)
            return self._post(body, self._headers | {"content-type": content_type})
        return self._post(json.dumps(operation).encode(), self._headers)

    def _post(self, body: bytes, headers: Mapping[str, str]) -> Response:
        try:
            response = self.transport.post(body, headers)
        except Exception:
            validity.record(None)  # what is made without this response must not be kept
            raise
        validity.record(response.validity)
        return response

    def get_data(self, response: Response) -> dict[str, Any]:
        """`data` of the response. Raises HttpError or GraphQLError."""
        try:
            content = json.loads(response.body)
        except ValueError:
            raise HttpError(response.status, response.body) from None
        if not isinstance(content, dict) or ("data" not in content and "errors" not in content):
            raise HttpError(response.status, response.body)
        if errors := content.get("errors"):
            raise GraphQLError(errors)
        data = content["data"]
        if not isinstance(data, dict):
            raise MalformedAnswer("no data")
        return data

    def __init_subclass__(cls) -> None:
        """The generated methods validate the data: what does not fit is an error of the shop like the others."""
        super().__init_subclass__()
        for name, method in inspect.getmembers(cls, inspect.isfunction):
            if not hasattr(GraphQLClient, name):
                setattr(cls, name, _translating_validation_errors(method))


def _translating_validation_errors(method: Callable[P, R]) -> Callable[P, R]:
    @wraps(method)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return method(*args, **kwargs)
        except ValidationError as error:
            validity.record(None)
            first = error.errors(include_url=False, include_input=False)[0]
            path = ".".join(str(part) for part in first["loc"])
            raise MalformedAnswer(f"{error.title} {path}: {first['msg']}") from error

    return call


def _plain(value: Any, path: str, files: dict[str, File]) -> Any:
    """The value as JSON types. Unset arguments are left out; files become null and go into `files` by their path."""
    if type(value).__name__ == "Upload":  # the generated client's class for files
        files[path] = File(value.filename, value.content_type, value.content.read())
        return None
    if hasattr(value, "model_fields_set"):
        return _plain(
            {(f.alias or name): getattr(value, name) for name, f in type(value).model_fields.items()
             if name in value.model_fields_set},
            path,
            files,
        )  # fmt: skip
    if isinstance(value, Mapping):
        return {k: _plain(v, f"{path}.{k}", files) for k, v in value.items() if not _is_unset(v)}
    if isinstance(value, list | tuple):
        return [_plain(v, f"{path}.{i}", files) for i, v in enumerate(value)]
    return to_jsonable_python(value)


def _is_unset(value: object) -> bool:
    """Is it the generated client's UNSET? Compared by name, since that client imports this module."""
    return type(value).__name__ == "UnsetType"


def _multipart(operation: dict[str, Any], files: Mapping[str, File]) -> tuple[str, bytes]:
    """The GraphQL multipart request spec: operations, map, then the files."""
    boundary = uuid.uuid4().hex
    file_map = {str(i): [path] for i, path in enumerate(files)}
    parts = [_part(boundary, "operations", json.dumps(operation).encode())]
    parts.append(_part(boundary, "map", json.dumps(file_map).encode()))
    parts += [_part(boundary, str(i), file.content, file) for i, file in enumerate(files.values())]
    return f"multipart/form-data; boundary={boundary}", b"".join(parts) + f"--{boundary}--\r\n".encode()


def _part(boundary: str, name: str, content: bytes, file: File | None = None) -> bytes:
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"'
    if file:
        head += f'; filename="{file.name}"\r\nContent-Type: {file.content_type}'
    return head.encode() + b"\r\n\r\n" + content + b"\r\n"
