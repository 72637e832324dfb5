"""What a change replaced, by field, for the audit log: noted where a row is saved, stored with the event about it.

A note counts in its own transaction only: what a rolled back one noted is never stored.
"""

import os
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
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
Key = tuple[str, str]  # type name and primary key


@dataclass(slots=True)
class _Notes:
    """What is known in a transaction: `noted` by object; `stored` already: the first event about it, and the fields."""

    transaction: object
    noted: dict[Key, Changes] = field(default_factory=dict)
    stored: dict[Key, tuple[int, set[str]]] = field(default_factory=dict)


_notes: ContextVar[_Notes | None] = ContextVar("changes", default=None)


def note(kind: str, pk: object, changes: Mapping[str, tuple[Any, Any]]) -> None:
    """Note (before, after) by field of the object `kind` (Saleor's type name), inside the transaction that saves it.

    Data about persons and secrets are left out: the log outlives their deletion.
    """
    if kind in PERSONAL:
        return
    texts = {name: (_text(old), _text(new)) for name, (old, new) in changes.items() if name not in SECRET}
    different = {name: _around_difference(*pair) for name, pair in texts.items() if pair[0] != pair[1]}
    if different:
        _of_transaction().noted.setdefault(_key(kind, pk), {}).update(different)


def take(kind: str, pk: object) -> Changes:
    """The noted changes of the object, which are then no longer noted."""
    return _of_transaction().noted.pop(_key(kind, pk), {})


def is_noted(kind: str, pk: object) -> bool:
    """Whether there are noted changes of the object."""
    return _key(kind, pk) in _of_transaction().noted


def note_stored(kind: str, pk: object, *, event_id: int, fields: Iterable[str]) -> None:
    """Remember that an event about the object with changes of these fields is stored in this transaction."""
    stored = _of_transaction().stored
    _first_event, known = stored.setdefault(_key(kind, pk), (event_id, set()))
    known.update(fields)


def stored_event(kind: str, pk: object) -> tuple[int | None, frozenset[str]]:
    """The first event about the object of this transaction, and the fields that its events have changes of."""
    event_id, fields = _of_transaction().stored.get(_key(kind, pk), (None, set()))
    return event_id, frozenset(fields)


def _key(kind: str, pk: object) -> Key:
    return TYPE_NAMES.get(kind, kind), str(pk)


def _of_transaction() -> _Notes:
    """The notes of the current outermost transaction."""
    blocks = transaction.get_connection().atomic_blocks
    outermost = blocks[0] if blocks else None
    known = _notes.get()
    if known is None or known.transaction is not outermost:
        known = _Notes(outermost)
        _notes.set(known)
    return known


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _around_difference(before: str, after: str) -> list[str]:
    """Both texts, of long ones the part in which they differ."""
    start = 0
    if max(len(before), len(after)) > MAX_LENGTH:
        start = max(len(os.path.commonprefix([before, after])) - MAX_LENGTH // 4, 0)
    return [_part(before, start), _part(after, start)]


def _part(text: str, start: int) -> str:
    return ("…" if start else "") + text[start : start + MAX_LENGTH]
