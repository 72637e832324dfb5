"""What a change replaced, by field, for the audit log: noted where a row is saved, stored with the event about it.

A note counts in its own transaction only: what a rolled back one noted is never stored.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

from django.db import transaction

MAX_LENGTH = 200  # characters of a value
PERSONAL = frozenset({"User", "Address", "Order", "Checkout", "App", "Webhook"})
SECRET = frozenset(
    {"metadata", "private_metadata", "secret_key", "password", "token"}
    | {"code", "codes", "unwanted"}  # of vouchers
)
TYPE_NAMES = {
    "ShippingMethod": "ShippingMethodType"
}  # Saleor's name of a type whose model is called otherwise
Changes = dict[str, list[str]]  # by field: [before, after]
_noted: ContextVar[tuple[object, dict[tuple[str, str], Changes]] | None] = ContextVar("changes", default=None)


def note(kind: str, pk: object, changes: Mapping[str, tuple[Any, Any]]) -> None:
    """Note (before, after) by field of the object `kind` (Saleor's type name), inside the transaction that saves it.

    Data about persons and secrets are left out: the log outlives their deletion.
    """
    if kind in PERSONAL:
        return
    texts = {name: [_text(old), _text(new)] for name, (old, new) in changes.items() if name not in SECRET}
    different = {name: pair for name, pair in texts.items() if pair[0] != pair[1]}
    if different:
        _of_transaction().setdefault(_key(kind, pk), {}).update(different)


def take(kind: str, pk: object) -> Changes:
    """The noted changes of the object, which are then no longer noted."""
    return _of_transaction().pop(_key(kind, pk), {})


def is_noted(kind: str, pk: object) -> bool:
    """Whether there are noted changes of the object."""
    return _key(kind, pk) in _of_transaction()


def _key(kind: str, pk: object) -> tuple[str, str]:
    return TYPE_NAMES.get(kind, kind), str(pk)


def _of_transaction() -> dict[tuple[str, str], Changes]:
    """The notes of the current outermost transaction."""
    blocks = transaction.get_connection().atomic_blocks
    outermost = blocks[0] if blocks else None
    known = _noted.get()
    if known is None or known[0] is not outermost:
        known = (outermost, {})
        _noted.set(known)
    return known[1]


def _text(value: Any) -> str:
    return "" if value is None else str(value)[:MAX_LENGTH]
