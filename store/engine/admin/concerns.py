"""What needs a person: shown on the home page with what to do, each with a link to its list.

Packages that the engine does not know, such as the mailer, add theirs through `register`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from store.engine.admin.base import permission_codes_of
from store.row_counts import count_rows


@dataclass(frozen=True, slots=True)
class Concern:
    """`rows` under `url`, which a page of the desk lists, or how many they are, of no channel; `permission`: the code
    that their list asks for.
    """

    title: str
    advice: str
    rows: QuerySet[Any] | int
    url: str
    permission: str


@dataclass(frozen=True, slots=True)
class CountedConcern:
    """A concern that the home page shows; `count` is above zero."""

    title: str
    advice: str
    count: int
    url: str


Provider = Callable[[], Sequence[Concern]]
_providers: dict[str, Provider] = {}


def register(name: str, provider: Provider) -> None:
    """Add a provider, which is asked for each view of the home page; the same name replaces the former one."""
    _providers[name] = provider


def all_concerns(
    request: HttpRequest, *, beside: Sequence[QuerySet[Any]] = ()
) -> tuple[list[CountedConcern], list[int]]:
    """Those that are not empty and whose list the requestor may open, and how many rows each of `beside` has.

    All are counted in one statement, the rows as their list shows them to the requestor.
    """
    permissions = permission_codes_of(request)
    concerns = [
        _in_reach(request, concern)
        for provider in _providers.values()
        for concern in provider()
        if concern.permission in permissions
    ]
    numbers = count_rows([*beside, *(one.rows for one in concerns if not isinstance(one.rows, int))])
    counted = iter(numbers[len(beside) :])
    counts = [one.rows if isinstance(one.rows, int) else next(counted) for one in concerns]
    shown = [
        CountedConcern(one.title, one.advice, count, one.url)
        for one, count in zip(concerns, counts, strict=True)
        if count
    ]
    return shown, numbers[: len(beside)]


def _in_reach(request: HttpRequest, concern: Concern) -> Concern:
    if isinstance(concern.rows, int):
        return concern
    pages: Any = admin.site.get_model_admin(concern.rows.model)
    return replace(concern, rows=pages.in_reach(request, concern.rows))
