"""What needs a person: shown on the home page with what to do, each with a link to its list.

Packages that the engine does not know, such as the mailer, add theirs through `register`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Concern:
    """`count` rows under `url`; `permission`: the code that its list asks for."""

    title: str
    advice: str
    count: int
    url: str
    permission: str


Provider = Callable[[], Sequence[Concern]]
_providers: dict[str, Provider] = {}


def register(name: str, provider: Provider) -> None:
    """Add a provider, which is asked for each view of the home page; the same name replaces the former one."""
    _providers[name] = provider


def all_concerns(permissions: frozenset[str]) -> list[Concern]:
    """Those that are not empty and whose list the user may open."""
    return [
        concern
        for provider in _providers.values()
        for concern in provider()
        if concern.count and concern.permission in permissions
    ]
