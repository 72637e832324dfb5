"""The buyer confirmed an insert: which, in which version, when. Nothing else is kept.

It is metadata on the checkout and on each of its lines, because Saleor copies a line's metadata to the order
line: so an order tells by itself what its buyer was given, here and at a real Saleor.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from store.saleor.client.client import Client
from store.saleor.client.input_types import MetadataInput
from store.saleor.errors import check


@dataclass(frozen=True, slots=True)
class LineInsert:
    """A checkout line and the insert that goes with it, such as `silicone-cups@1.0`."""

    line_id: str
    insert: str


def acknowledge(
    client: Client, *, checkout_id: str, lines: Sequence[LineInsert], at: datetime | None = None
) -> None:
    """Lines first: if the shop fails half-way, the checkout does not yet say that all was acknowledged."""
    when = (at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
    for line in lines:
        _write(client, line.line_id, line.insert, when)
    if lines:
        _write(client, checkout_id, " ".join(dict.fromkeys(line.insert for line in lines)), when)


def _write(client: Client, object_id: str, insert: str, when: str) -> None:
    metadata = [MetadataInput(key="insert", value=insert), MetadataInput(key="acknowledged_at", value=when)]
    check(client.acknowledge_insert(id=object_id, input=metadata).update_metadata)
