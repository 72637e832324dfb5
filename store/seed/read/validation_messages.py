"""pydantic's validation errors as problems, in the words of the person who edits the file."""

from collections.abc import Iterator
from difflib import get_close_matches

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from store.seed.read.file_models import FileModel
from store.seed.read.problems import Problem
from store.seed.read.toml import KeyPath, SourceFile


def to_problems(source: SourceFile, model: type[FileModel], error: ValidationError) -> Iterator[Problem]:
    known = sorted(_keys(model))
    for detail in error.errors():
        key_path = _strip_pydantic_parts(detail["loc"])
        what, advice = _message(detail, key_path, known)
        yield source.problem(key_path, what, advice)


def _strip_pydantic_parts(loc: tuple[str | int, ...]) -> KeyPath:
    """Without the parts that pydantic adds, such as `[key]` or the name of a union's member."""
    return tuple(part for part in loc if isinstance(part, int) or ("[" not in part and part != "Swatch"))


def _message(detail: ErrorDetails, key_path: KeyPath, known: list[str]) -> tuple[str, str]:
    name = _dotted_path(key_path)
    if detail["type"] == "extra_forbidden":
        close = get_close_matches(str(key_path[-1]), known, n=1)
        advice = f"Did you mean `{close[0]}`?" if close else "Remove it or correct its spelling"
        return f"unknown key `{name}`", advice
    if detail["type"] == "missing":
        return f"`{name}` is missing", "Add it"
    message = detail["msg"].removeprefix("Value error, ")
    return f"`{name}` = {detail['input']!r}: {message[:1].lower()}{message[1:]}", "Correct the value"


def _dotted_path(key_path: KeyPath) -> str:
    text = ""
    for part in key_path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return text.removeprefix(".")


def _keys(model: type[FileModel]) -> set[str]:
    """All keys that a file of this model may have, at any depth."""
    visited: set[type[FileModel]] = set()
    keys: set[str] = set()

    def collect(annotation: object) -> None:
        if isinstance(annotation, type) and issubclass(annotation, FileModel):
            if annotation not in visited:
                visited.add(annotation)
                for name, info in annotation.model_fields.items():
                    keys.add(info.alias or name)
                    collect(info.annotation)
            return
        for part in getattr(annotation, "__args__", ()):
            collect(part)

    collect(model)
    return keys
