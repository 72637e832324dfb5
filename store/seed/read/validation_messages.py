"""pydantic's findings in the words of the person who edits the file."""

from collections.abc import Iterator
from difflib import get_close_matches

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from store.seed.read.file_models import Shape
from store.seed.read.problems import Problem
from store.seed.read.toml import Place, Sheet


def complaints(sheet: Sheet, shape: type[Shape], error: ValidationError) -> Iterator[Problem]:
    known = sorted(_keys(shape))
    for detail in error.errors():
        place = _place(detail["loc"])
        what, advice = _words(detail, place, known)
        yield sheet.problem(place, what, advice)


def _place(loc: tuple[str | int, ...]) -> Place:
    """Without pydantic's own marks, such as `[key]` or the name of a union's member."""
    return tuple(part for part in loc if isinstance(part, int) or ("[" not in part and part != "Swatch"))


def _words(detail: ErrorDetails, place: Place, known: list[str]) -> tuple[str, str]:
    name = _dotted(place)
    if detail["type"] == "extra_forbidden":
        close = get_close_matches(str(place[-1]), known, n=1)
        advice = f"Did you mean `{close[0]}`?" if close else "Remove it or correct its spelling"
        return f"unknown key `{name}`", advice
    if detail["type"] == "missing":
        return f"`{name}` is missing", "Add it"
    message = detail["msg"].removeprefix("Value error, ")
    return f"`{name}` = {detail['input']!r}: {message[:1].lower()}{message[1:]}", "Correct the value"


def _dotted(place: Place) -> str:
    text = ""
    for part in place:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return text.removeprefix(".")


def _keys(shape: type[Shape]) -> set[str]:
    """Every key that a file of this shape may hold, at any depth."""
    seen: set[type[Shape]] = set()
    keys: set[str] = set()

    def walk(one: object) -> None:
        if isinstance(one, type) and issubclass(one, Shape):
            if one not in seen:
                seen.add(one)
                for name, info in one.model_fields.items():
                    keys.add(info.alias or name)
                    walk(info.annotation)
            return
        for part in getattr(one, "__args__", ()):
            walk(part)

    walk(shape)
    return keys
