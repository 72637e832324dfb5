"""Operations on many rows at once, under Saleor's error policies."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from store.engine.errors import OperationError, OperationErrors

REJECT_EVERYTHING = "REJECT_EVERYTHING"


@dataclass(slots=True)
class RowResult:
    """The result of one row of a bulk operation: the model instance, or errors."""

    row: Any = None
    errors: list[OperationError] = field(default_factory=list)


class _Rejected(Exception):
    """Rolls back an operation of which a row failed."""


def run(
    steps: Sequence[Callable[[], Any]],
    *,
    policy: str,
    lock: Callable[[], object] | None = None,
    finish: Callable[[list[Any]], object] | None = None,
) -> list[RowResult]:
    """Run one step a row in a transaction; one result for each, in their order.

    `policy`: Saleor's ErrorPolicyEnum. REJECT_EVERYTHING rolls back all rows if one fails, the others the failed rows
    only. `lock` runs first and locks at once what the steps would lock row by row, such as by `lock_in_order`.
    `finish` gets the rows that were written, inside the transaction.
    """
    savepoints = [partial(run_in_savepoint, step) for step in steps]
    return run_results(savepoints, policy=policy, lock=lock, finish=finish)


def run_results(
    steps: Sequence[Callable[[], RowResult]],
    *,
    policy: str,
    lock: Callable[[], object] | None = None,
    finish: Callable[[list[Any]], object] | None = None,
) -> list[RowResult]:
    """As `run`, for steps that return their results, each from a savepoint of its own."""
    results: list[RowResult] = []
    try:
        with transaction.atomic(durable=True):
            if lock is not None:
                lock()
            results = [step() for step in steps]
            if policy == REJECT_EVERYTHING and any(result.errors for result in results):
                raise _Rejected
            if finish is not None:
                finish([result.row for result in results if result.row is not None])
    except _Rejected:
        return [RowResult(errors=result.errors) for result in results]
    return results


def run_in_savepoint(step: Callable[[], Any]) -> RowResult:
    """Run one row's operation in a savepoint, which is rolled back if it raises OperationError or OperationErrors."""
    try:
        with transaction.atomic():
            return RowResult(row=step())
    except OperationError as error:
        return RowResult(errors=[error])
    except OperationErrors as group:
        return RowResult(errors=group.errors)


def lock_in_order(rows: QuerySet[Any], *, no_key: bool = True) -> list[Any]:
    """Lock the rows in primary-key order until commit, in whichever order a client names them; returns those keys.

    So two operations that name the same rows in opposite orders don't wait for each other in a circle. `no_key`: rows
    that refer to these may still be written.
    """
    locked = rows.order_by("pk").select_for_update(of=("self",), no_key=no_key)
    return list(locked.values_list("pk", flat=True))
