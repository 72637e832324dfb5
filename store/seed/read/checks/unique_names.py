"""Names that must exist, and names that must not occur twice."""

from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches

from store.seed.read.problems import Problem
from store.seed.read.toml import Place, Sheet


def missing(sheet: Sheet, place: Place, kind: str, name: str, known: Collection[str]) -> Iterator[Problem]:
    """A problem when nobody has defined `name`."""
    if name in known:
        return
    close = get_close_matches(name, known, n=1)
    advice = (
        f"Did you mean `{close[0]}`?" if close else f"Choose one of: {', '.join(sorted(known)) or 'none yet'}"
    )
    yield sheet.problem(place, f"there is no {kind} `{name}`", advice)


def repeated(sheet: Sheet, key: str, kind: str, names: Iterable[str]) -> Iterator[Problem]:
    """A problem for each name that stands a second time in the list at `key`."""
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            yield sheet.problem(
                (key, index), f"the {kind} `{name}` stands twice", "Rename or remove one of them"
            )
        seen.add(name)
