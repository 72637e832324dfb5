"""Counts of several querysets in one statement, for pages that show many of them."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def count_rows(querysets: Sequence[QuerySet[Any]]) -> list[int]:
    """How many rows each has, in the same order. One statement for all; none if they are empty by construction."""
    counts = [0] * len(querysets)
    positions: list[int] = []
    selects: list[str] = []
    params: list[Any] = []
    for position, rows in enumerate(querysets):
        try:
            sql, own = rows.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
        positions.append(position)
        # Django wrote the SQL; values stay parameters.
        selects.append(f"(SELECT COUNT(*) FROM ({sql}) AS counted)")  # noqa: S608
        params.extend(own)
    if not selects:
        return counts
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(selects)}", params)
        for position, count in zip(positions, cursor.fetchone(), strict=True):
            counts[position] = count
    return counts
