"""Records that the buyer acknowledged an insert: slug, version and time, nothing else.

Stored as metadata of the checkout and of each line, because Saleor copies a checkout line's metadata to the order line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from store.saleor.client.client import Client
from store.saleor.client.input_types import MetadataInput
from store.saleor.errors import check


@dataclass(frozen=True, slots=True)
class LineInsert:
    """A checkout line (global id) and its insert as `slug@version`, such as `silicone-cups@1.0`."""

    line_id: str
    insert: str


def acknowledge(
    client: Client, *, checkout_id: str, lines: Sequence[LineInsert], at: datetime | None = None
) -> None:
    """Write the acknowledgement of these lines, at `at` (default: now), in UTC. No lines: writes nothing.

    Lines are written before the checkout, so that after a failure half-way the checkout is not yet marked.
    Raises store.saleor.errors.SaleorError.
    """
    when = (at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
    for line in lines:
        _write(client, line.line_id, line.insert, when)
    if lines:
        _write(client, checkout_id, " ".join(dict.fromkeys(line.insert for line in lines)), when)


def _write(client: Client, object_id: str, insert: str, when: str) -> None:
    metadata = [MetadataInput(key="insert", value=insert), MetadataInput(key="acknowledged_at", value=when)]
    check(client.acknowledge_insert(id=object_id, input=metadata).update_metadata)
