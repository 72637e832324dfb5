"""Which rows an operation locks. SQLite locks the whole database, so a lock that is left out shows there only so."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.db.models import QuerySet


@contextmanager
def recorded_locks() -> Iterator[list[str]]:
    """The names of the models whose rows are read FOR UPDATE meanwhile, in order."""
    locked: list[str] = []
    select_for_update = QuerySet.select_for_update

    def record(rows: QuerySet[Any], *given: Any, **options: Any) -> QuerySet[Any]:
        locked.append(rows.model.__name__)
        return select_for_update(rows, *given, **options)

    with patch.object(QuerySet, "select_for_update", record):
        yield locked
