"""Parses file uploads by the GraphQL multipart request specification: `operations`, `map`, then the files."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.utils.http import parse_header_parameters

from store.saleor.text import InvalidText, load_json

MAX_PARTS = 100  # `operations`, `map` and files


class MalformedRequest(ValueError):
    """The request is no valid GraphQL request. `status` is the HTTP status of the response."""

    def __init__(self, message: str, *, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


class _InMemoryUploadHandler(MemoryFileUploadHandler):
    """Holds every file in memory: the body, whose size is limited, is there already."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True


def read_multipart(body: bytes, content_type: str) -> tuple[Any, Mapping[str, UploadedFile[Any]]]:
    """(operation with the files in its variables, files by part name). Without files `map` may be left out.

    Raises MalformedRequest.
    """
    fields, files = _parts(body, content_type)
    try:
        operation = load_json(fields.get("operations", "{}"))
        file_map: dict[str, list[str]] = load_json(fields.get("map", "{}"))
        for part, paths in file_map.items():
            for path in paths:
                _set_at_path(operation, path.split("."), files[part])
    except InvalidText as error:
        raise MalformedRequest(str(error)) from None
    except (KeyError, ValueError, TypeError, IndexError, AttributeError, RecursionError):
        raise MalformedRequest(
            "The parts `operations` and `map` must be JSON, with each file that `map` names."
        ) from None
    return operation, {name: files[name] for name in files}


def _parts(body: bytes, content_type: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    if _count_parts(body, content_type) > MAX_PARTS:  # counted first: each costs more than its bytes
        raise MalformedRequest(f"A multipart request may have at most {MAX_PARTS} parts.")
    meta = {"CONTENT_TYPE": content_type, "CONTENT_LENGTH": len(body)}
    try:
        fields, files = MultiPartParser(meta, BytesIO(body), [_InMemoryUploadHandler()], "utf-8").parse()
    except MultiPartParserError as error:
        raise MalformedRequest(f"The multipart body can't be read: {error}") from None
    return fields, files


def _count_parts(body: bytes, content_type: str) -> int:
    """As Django's parser counts them, which looks for the delimiter anywhere, not at the beginning of lines alone.

    Raises MalformedRequest.
    """
    try:
        boundary = parse_header_parameters(content_type)[1].get("boundary", "")
    except ValueError as error:
        raise MalformedRequest(f"The header Content-Type can't be read: {error}") from None
    return body.count(f"--{boundary}".encode()) - 1


def _set_at_path(target: Any, path: list[str], file: UploadedFile[Any]) -> None:
    for key in path[:-1]:
        target = target[int(key)] if isinstance(target, list) else target[key]
    if isinstance(target, list):
        target[int(path[-1])] = file
    else:
        target[path[-1]] = file
