"""Which of many patterns can match a text at all: a pattern runs only if the text holds letters that it needs.

Of each pattern the regular expression parser tells strings of which every match contains at least one ("spine",
"vertebra"). The first letters of these strings are looked up among the letters of the text, once for all patterns; then
the whole strings are.
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from functools import lru_cache
from typing import Any, Final, Generic, TypeVar

try:
    from re import _constants as opcodes  # type: ignore[attr-defined]
    from re import _parser as parser  # type: ignore[attr-defined]
except (
    ImportError
):  # a Python that names them otherwise: every pattern runs, which is slower and finds the same
    opcodes = parser = None

_KEY_LENGTHS: Final = (4, 3, 2)
Key = TypeVar("Key", bound=Hashable)


class Prefilter(Generic[Key]):
    """Index of patterns by the letters they need; `candidates` returns the keys of those that may match a text."""

    def __init__(self, patterns: Mapping[Key, re.Pattern[str]]) -> None:
        self._always: set[Key] = set()
        by_string: dict[str, set[Key]] = defaultdict(set)
        for key, pattern in patterns.items():
            needed = needed_strings(pattern)
            if not needed:
                self._always.add(key)
            for string in needed:
                by_string[string].add(key)
        self._by_letters: dict[str, list[tuple[str, set[Key]]]] = defaultdict(list)
        for string, keys in by_string.items():
            self._by_letters[string[: _KEY_LENGTHS[0]]].append((string, keys))

    def candidates(self, text: str) -> set[Key]:
        found = set(self._always)
        for letters in _letter_groups(text) & self._by_letters.keys():
            for string, keys in self._by_letters[letters]:
                if string in text:
                    found |= keys
        return found


@lru_cache(maxsize=64)
def _letter_groups(text: str) -> frozenset[str]:
    return frozenset(
        text[start : start + length] for length in _KEY_LENGTHS for start in range(len(text) - length + 1)
    )


def needed_strings(pattern: re.Pattern[str]) -> frozenset[str]:
    """Strings of two or more letters of which each match contains one; empty if there are no such strings."""
    if parser is None or pattern.flags & re.IGNORECASE:
        return frozenset()
    return _needed(parser.parse(pattern.pattern)) or frozenset()


def _needed(sequence: Iterable[Any]) -> frozenset[str] | None:
    """The most telling choice among the parts of a sequence, all of which a match contains."""
    choices: list[frozenset[str]] = []
    literal = ""
    for opcode, argument in [*sequence, (None, None)]:
        if opcode is opcodes.LITERAL:
            literal += chr(argument)
            continue
        if len(literal) >= _KEY_LENGTHS[-1]:
            choices.append(frozenset({literal}))
        literal = ""
        if (part := _needed_in_part(opcode, argument)) is not None:
            choices.append(part)
    return max(choices, key=_selectivity, default=None)


def _needed_in_part(opcode: Any, argument: Any) -> frozenset[str] | None:
    if opcode is opcodes.SUBPATTERN:
        return _needed(argument[-1])
    if opcode is opcodes.BRANCH:
        branches = [_needed(branch) for branch in argument[1]]
        return None if None in branches else frozenset().union(*filter(None, branches))
    if opcode in {opcodes.MAX_REPEAT, opcodes.MIN_REPEAT} and argument[0] >= 1:
        return _needed(argument[2])
    return None


def _selectivity(strings: frozenset[str]) -> tuple[int, int]:
    """Long strings first, then few."""
    return min(_KEY_LENGTHS[0], *map(len, strings)), -len(strings)
