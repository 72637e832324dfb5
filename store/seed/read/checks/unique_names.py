"""Checks that a name is defined, and that no name is defined twice."""

from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches

from store.seed.read.problems import Problem
from store.seed.read.toml import KeyPath, SourceFile


def check_exists(
    source: SourceFile, key_path: KeyPath, kind: str, name: str, known: Collection[str]
) -> Iterator[Problem]:
    """A problem when `name` is not among the `known` names of this `kind`."""
    if name in known:
        return
    close = get_close_matches(name, known, n=1)
    advice = (
        f"Did you mean `{close[0]}`?" if close else f"Choose one of: {', '.join(sorted(known)) or 'none yet'}"
    )
    yield source.problem(key_path, f"there is no {kind} `{name}`", advice)


def check_unique(source: SourceFile, key: str, kind: str, names: Iterable[str]) -> Iterator[Problem]:
    """A problem for each repetition of a name in the list at `key`."""
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            yield source.problem(
                (key, index), f"the {kind} `{name}` stands twice", "Rename or remove one of them"
            )
        seen.add(name)
