"""Deleting a row and returning it in the payload of the mutation, as Saleor does."""

from collections.abc import Callable
from typing import TypeVar

from django.db.models import Model

M = TypeVar("M", bound=Model)


def delete_and_return(row: M, operation: Callable[[], object]) -> M:
    """Run a deletion and return the row with the primary key that Django sets to None.

    Its columns answer as before. Its lists are empty, since nothing belongs to it any more.
    """
    pk = row.pk
    operation()
    row.pk = pk
    return row
