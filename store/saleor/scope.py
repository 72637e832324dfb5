"""What of Saleor's schema the engine serves: all of it, but for the features listed in `out_of_scope.toml`.

Each feature has a `reason` and any of

    types    types that belong to it. A member that refers to one is refused, unless it is in `empty`.
    refused  members that are not served: `Type.field`, `Type.field(argument)`, `Input.field`, `Enum.VALUE`.
    empty    fields that are served in spite of `refused`, but whose answer is always null, an empty list, 0 or false.
    fixed    settings that are served with one value, `Input.field = value`; another is refused by name.

All but `fixed` are patterns in which `*` stands for any characters.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import translate
from functools import cache
from pathlib import Path
from typing import Any

SCOPE_PATH = Path(__file__).with_name("out_of_scope.toml")


@dataclass(frozen=True)
class Feature:
    """A feature of Saleor that is not served whole, and why."""

    name: str
    reason: str
    types: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    fixed: Mapping[str, Any] = field(default_factory=dict)


class Scope:
    """Answers whether a type or member is served."""

    def __init__(self, features: Iterable[Feature]) -> None:
        self.features = tuple(features)
        self._types = _pattern(name for feature in self.features for name in feature.types)
        self._refused = _pattern(name for feature in self.features for name in feature.refused)
        self._empty = _pattern(name for feature in self.features for name in feature.empty)

    def has_type(self, name: str) -> bool:
        """Whether the type belongs to no feature that is out of scope."""
        return not self._types.match(name)

    def is_empty(self, member: str) -> bool:
        """Whether the field is served, and never has a value."""
        return bool(self._empty.match(member))

    def fixed(self, input_type: str) -> dict[str, tuple[Any, str]]:
        """The settings of an input that have one value here: the value and the reason, by the field's name."""
        return {
            name.removeprefix(f"{input_type}."): (value, feature.reason)
            for feature in self.features
            for name, value in feature.fixed.items()
            if name.startswith(f"{input_type}.")
        }

    def serves(self, member: str, type_name: str) -> bool:
        """Whether a field, argument or input field, which is of this type, is served."""
        if self.is_empty(member):
            return True
        if self._refused.match(member):
            return False
        return self.has_type(type_name) or not self.has_type(member.split(".", maxsplit=1)[0])


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(translate(name) for name in names) or r"(?!)")


@cache
def read_scope(path: Path = SCOPE_PATH) -> Scope:
    """Raises ValueError for a feature without a reason, and tomllib's errors."""
    features = []
    for given in tomllib.loads(path.read_text())["feature"]:
        if not given.get("reason"):
            raise ValueError(f"{path.name}: {given.get('name')!r} has no reason")
        lists = {name: tuple(given.get(name, ())) for name in ("types", "refused", "empty")}
        features.append(Feature(given["name"], given["reason"], **lists, fixed=given.get("fixed", {})))
    return Scope(features)
