"""One-time keys of requests: an operation that is requested twice with the same key acts once.

A form that is sent twice (a double click, a reload, a repeated request after a lost response) carries the key it was
rendered with. The operation looks the key up under the order's lock, and returns the first result instead of acting
again. A failed operation records nothing, so that the corrected form may be sent with the same key.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from store.engine.errors import OperationError
from store.engine.orders.models import RequestKey

KEEP = timedelta(days=30)
MAX_LENGTH = 128


def first_result(key: str | None, *, operation: str, target: Any) -> list[str] | None:
    """What `record` stored for the key, or None for a new key or no key.

    `operation`: its name; `target`: primary key of the locked row it acts on. Raises OperationError when the key was
    used for another operation or row.
    """
    if not key:
        return None
    if len(key) > MAX_LENGTH:
        raise _error(f"A request key may have at most {MAX_LENGTH} characters.")
    used = RequestKey.objects.filter(key=key).first()
    if used is None:
        return None
    if (used.operation, used.target) != (operation, str(target)):
        raise _used_elsewhere()
    return list(used.result)


def was_used(key: str) -> bool:
    """Whether an operation was done with the key, so that the form it came with need not be read again."""
    return bool(key) and RequestKey.objects.filter(key=key).exists()


def record(key: str | None, *, operation: str, target: Any, result: Iterable[Any] = ()) -> None:
    """Store the key with the primary keys of the result, inside the operation's transaction. No key: nothing."""
    if not key:
        return
    pks = [str(pk) for pk in result]
    try:
        with transaction.atomic():
            RequestKey.objects.create(key=key, operation=operation, target=str(target), result=pks)
    except IntegrityError:  # the same key at the same moment, for another row
        raise _used_elsewhere() from None


def prune() -> int:
    """Delete keys older than `KEEP`; return how many."""
    with transaction.atomic(durable=True):
        deleted, _ = RequestKey.objects.filter(created_at__lt=timezone.now() - KEEP).delete()
    return deleted


def _used_elsewhere() -> OperationError:
    return _error("This request key was used for something else. Reload the page and try again.")


def _error(message: str) -> OperationError:
    return OperationError(message, field="requestKey", code="INVALID")
