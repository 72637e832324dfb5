"""GraphQL over bytes: one request body, one answer, and the multipart form for files."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic_core import to_jsonable_python

from store.saleor.errors import GraphQLError, HttpError
from store.saleor.transports import Answer, Transport


@dataclass(frozen=True, slots=True)
class File:
    """A file on its way up, taken out of the variables."""

    name: str
    content_type: str
    content: bytes


class Speaker:
    """Base of the generated client: knows a transport and who is asking (`token`), nothing of the shop."""

    def __init__(self, transport: Transport, *, token: str | None = None) -> None:
        self._transport = transport
        self._headers = {"content-type": "application/json", "accept": "application/json"}
        if token:
            self._headers["authorization"] = f"Bearer {token}"

    def execute(
        self, query: str, operation_name: str | None = None, variables: dict[str, Any] | None = None, **_: Any
    ) -> Answer:
        files: dict[str, File] = {}
        values = _plain(variables or {}, "variables", files)
        operation = {"query": query, "operationName": operation_name, "variables": values}
        if files:
            content_type, body = _multipart(operation, files)
            return self._transport.post(body, self._headers | {"content-type": content_type})
        return self._transport.post(json.dumps(operation).encode(), self._headers)

    def get_data(self, answer: Answer) -> dict[str, Any]:
        """`data` of the answer; raises HttpError or GraphQLError."""
        try:
            content = json.loads(answer.body)
        except ValueError:
            raise HttpError(answer.status, answer.body) from None
        if not isinstance(content, dict) or ("data" not in content and "errors" not in content):
            raise HttpError(answer.status, answer.body)
        if problems := content.get("errors"):
            raise GraphQLError(problems)
        data: dict[str, Any] = content["data"]
        return data


def _plain(value: Any, path: str, files: dict[str, File]) -> Any:
    """JSON-ready; unset arguments fall away, files are taken out and remembered by their path."""
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
    """The generated client marks "not given" by its own class; by name, since importing it would go in a circle."""
    return type(value).__name__ == "UnsetType"


def _multipart(operation: dict[str, Any], files: Mapping[str, File]) -> tuple[str, bytes]:
    """The GraphQL multipart request spec: operations, map, then the files."""
    boundary = uuid.uuid4().hex
    where = {str(i): [path] for i, path in enumerate(files)}
    parts = [_part(boundary, "operations", json.dumps(operation).encode())]
    parts.append(_part(boundary, "map", json.dumps(where).encode()))
    parts += [_part(boundary, str(i), file.content, file) for i, file in enumerate(files.values())]
    return f"multipart/form-data; boundary={boundary}", b"".join(parts) + f"--{boundary}--\r\n".encode()


def _part(boundary: str, name: str, content: bytes, file: File | None = None) -> bytes:
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"'
    if file:
        head += f'; filename="{file.name}"\r\nContent-Type: {file.content_type}'
    return head.encode() + b"\r\n\r\n" + content + b"\r\n"
