"""Lots that an order line was sent from: metadata `lot:<code>` holds the quantity, as text (`saleor.lot_codes`).

The counts sum the sent parcels; a canceled parcel takes its own back. What came back as a return stays counted: the
customer had it. The pieces themselves are taken from, and put back into, the record of lots (`ports.Lots`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from store.engine import events, ports
from store.engine.accounts import actor_names
from store.engine.errors import OperationError
from store.engine.orders import order_events, queries, request_keys
from store.engine.orders.models import Fulfillment, FulfillmentLine, Order, OrderLine
from store.engine.stock.models import Warehouse
from store.saleor.lot_codes import CODE, CODE_RULE, PREFIX
from store.saleor.whole_numbers import whole_number


def check(lots: Mapping[str, int], quantity: int) -> None:
    """Raises OperationError for a malformed code, a count below 1, or more pieces than `quantity`."""
    for code, count in lots.items():
        if not CODE.fullmatch(code):
            raise _error(f"{CODE_RULE} Not: {code[:60]!r}.")
        if count < 1:
            raise _error(f"Lot {code} needs a quantity of at least 1.")
    if sum(lots.values()) > quantity:
        raise _error(f"{sum(lots.values())} pieces are in lots, but only {quantity} are sent.")


def orders_sent_without() -> QuerySet[Order]:
    """Orders with a sent piece that has a safety insert and no lot: a recall by lot would not find their buyers."""
    lines = FulfillmentLine.objects.filter(
        fulfillment__status=Fulfillment.Status.FULFILLED,
        quantity__gt=0,
        lots={},
        order_line__metadata__has_key="insert",
    )
    return Order.objects.filter(pk__in=lines.values("fulfillment__order"))


def take(order: Order, lines: Sequence[FulfillmentLine], *, already_sent: bool = False) -> None:
    """Take the pieces of fulfillment lines from the recorded lots, and write on each line from which ones.

    Runs inside the caller's transaction before it locks stock rows. The line's own `lots` are wanted; the rest is what
    expires first. `already_sent`: of a parcel whose record is corrected. Raises OperationError.
    """
    with _refusals():
        for line, sku, warehouse in _places(lines):
            line.lots = ports.connected().lots.take(
                sku=sku,
                warehouse=warehouse,
                quantity=line.quantity,
                wanted=line.lots,
                order=str(order.number),
                who=actor_names.current_name(),
                already_sent=already_sent,
            )
    FulfillmentLine.objects.bulk_update(lines, ["lots"])


def put_back(
    order: Order, lines: Sequence[FulfillmentLine], *, warehouse_id: UUID, returned: bool = False
) -> None:
    """Put the pieces of a canceled parcel or of a return into the recorded lots of a warehouse, which the caller has
    locked; as `take`, before it locks stock rows.
    """
    slug = Warehouse.objects.values_list("slug", flat=True).get(pk=warehouse_id)
    with _refusals():
        for line, sku, _ in _places(lines):
            if line.lots:
                ports.connected().lots.put_back(
                    sku=sku,
                    warehouse=slug,
                    lots=line.lots,
                    returned=returned,
                    order=str(order.number),
                    who=actor_names.current_name(),
                )


def correct(
    *,
    fulfillment_id: int,
    lots: Mapping[int, Mapping[str, int]],
    reason: str,
    request_key: str | None = None,
) -> Fulfillment:
    """Write other lots on a sent parcel: `lots` by fulfillment line pk; the former ones are put back.

    Raises OperationError for a parcel that was not sent, an unknown line, or what `check` and `take` refuse.
    """
    if not reason.strip():
        raise OperationError("Write the reason.", field="reason", code="REQUIRED")
    with transaction.atomic(durable=True):
        order_id = Fulfillment.objects.values_list("order_id", flat=True).get(pk=fulfillment_id)
        order = queries.lock(order_id)
        fulfillment = Fulfillment.objects.get(pk=fulfillment_id)
        if (
            request_keys.first_result(request_key, operation="correct_lots", target=fulfillment_id)
            is not None
        ):
            return fulfillment
        if fulfillment.status != Fulfillment.Status.FULFILLED:
            raise OperationError("Only the lots of a sent parcel can be corrected.", field="fulfillment")
        rows = fulfillment.lines.select_related("order_line__variant", "warehouse")
        lines = [line for line in rows if line.pk in lots and line.warehouse_id]
        for line in lines:
            check(lots[line.pk], line.quantity)
        remove(lines)
        before = {line.pk: dict(line.lots) for line in lines}
        for line, _, _ in _places(lines):
            assert line.warehouse_id
            put_back(order, [line], warehouse_id=line.warehouse_id)
        for line in lines:
            line.lots = dict(lots[line.pk])
        take(order, lines, already_sent=True)
        add(lines)
        order_events.record(
            order_events.build(order, "OTHER", message=_correction(fulfillment, lines, before, reason))
        )
        request_keys.record(request_key, operation="correct_lots", target=fulfillment_id)
        events.record_event("ORDER_UPDATED", kind="Order", pk=order.pk)
    return fulfillment


def add(lines: Iterable[FulfillmentLine]) -> None:
    """Add the lots of fulfillment lines to their order lines, inside the caller's transaction."""
    _change(lines, sign=1)


def remove(lines: Iterable[FulfillmentLine]) -> None:
    """Take the lots of fulfillment lines off their order lines, inside the caller's transaction."""
    _change(lines, sign=-1)


def split(lots: Mapping[str, int], quantity: int) -> tuple[dict[str, int], dict[str, int]]:
    """The lots of the first `quantity` pieces, in the order of the mapping, and those of the rest."""
    taken: dict[str, int] = {}
    rest: dict[str, int] = {}
    for code, count in lots.items():
        part = min(count, quantity - sum(taken.values()))
        if part:
            taken[code] = part
        if count > part:
            rest[code] = count - part
    return taken, rest


def in_words(lots: Mapping[str, int]) -> str:
    """`L1 × 2, L2 × 1`, or `no lot`."""
    return ", ".join(f"{code} × {count}" for code, count in lots.items()) or "no lot"


def _correction(
    fulfillment: Fulfillment,
    lines: Iterable[FulfillmentLine],
    before: Mapping[int, Mapping[str, int]],
    reason: str,
) -> str:
    changes = "; ".join(
        f"{line.order_line.product_sku or line.order_line.product_name}: {in_words(before[line.pk])} is now"
        f" {in_words(line.lots)}"
        for line in lines
    )
    parcel = f"{fulfillment.order.number}-{fulfillment.fulfillment_order}"
    return f"Lots of parcel {parcel} corrected: {changes}. Reason: {reason.strip()}"


def _places(lines: Iterable[FulfillmentLine]) -> Iterator[tuple[FulfillmentLine, str, str]]:
    """Each line that has a SKU and a warehouse, with both, in the order in which lots are locked."""
    slugs = dict(
        Warehouse.objects.filter(pk__in={line.warehouse_id for line in lines}).values_list("pk", "slug")
    )
    places = [
        (line, _sku(line), slugs[line.warehouse_id]) for line in lines if line.warehouse_id and _sku(line)
    ]
    yield from sorted(places, key=lambda place: (place[1], place[2], place[0].pk))


def _sku(line: FulfillmentLine) -> str:
    variant = line.order_line.variant
    return (variant.sku if variant else line.order_line.product_sku) or ""


@contextmanager
def _refusals() -> Iterator[None]:
    """What the record of lots refuses, as an OperationError."""
    try:
        yield
    except ValueError as error:
        raise _error(str(error)) from None


def _change(lines: Iterable[FulfillmentLine], *, sign: int) -> None:
    changes: dict[UUID, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in lines:
        for code, count in line.lots.items():
            changes[line.order_line_id][code] += sign * count
    # Metadata is written by other operations, too: the row itself is locked.
    for row in OrderLine.objects.select_for_update().filter(pk__in=changes).order_by("pk"):
        for code, change in changes[row.pk].items():
            _set(row, code, _count(row, code) + change)
        row.save(update_fields=["metadata"])


def _count(line: OrderLine, code: str) -> int:
    value = line.metadata.get(PREFIX + code, "0")
    if (count := whole_number(value)) is None:
        raise _error(
            f"Lot {code} of {line.product_name} holds {value[:40]!r}, which is no quantity. Correct it first."
        )
    return count


def _set(line: OrderLine, code: str, count: int) -> None:
    if count > 0:
        line.metadata[PREFIX + code] = str(count)
    else:
        line.metadata.pop(PREFIX + code, None)


def _error(message: str) -> OperationError:
    return OperationError(message, field="lots", code="INVALID")
