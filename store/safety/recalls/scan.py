"""Whom a recall concerns: reads the shop's orders page by page, keeps the buyers, and plans their mails.

A page, its buyers, their mails and the place in the list are written in one transaction, so that a process that dies
goes on where it was, and two that run at once do no page twice. Buyers are only ever added. While a recall is open the
orders are read again each day: a lot that is recorded late, or a parcel that left late, is found too.
"""

import hashlib
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from store.mailer import planning
from store.mailer.mail_classes import Kind
from store.mailer.models import MailPlan
from store.safety.models import Recall, RecalledLine, RecallRecipient
from store.saleor import clients
from store.saleor.lot_codes import lots_of

if TYPE_CHECKING:
    from store.saleor.client.recall_orders import RecallOrdersOrders as Page
    from store.saleor.client.recall_orders import RecallOrdersOrdersEdgesNode as Order

AGAIN_AFTER = timedelta(days=1)
BEFORE_ANY_ORDER = datetime(2000, 1, 1, tzinfo=UTC)
# The pieces of these fulfillments are with the buyer; returned and cancelled ones are not.
WITH_BUYER = ("FULFILLED", "REFUNDED", "REPLACED")
ALL_LOTS = ""


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Recalled pieces of an order line; `lot`: "" where none was recorded."""

    line_id: str
    sku: str
    lot: str
    quantity: int


def scan(recall: Recall, *, ends_at: float) -> bool:
    """Read on until the last order or until `ends_at` (time.monotonic()). True if all orders have been read.

    Raises store.saleor.errors.SaleorError.
    """
    while needs_scan(recall):
        if time.monotonic() > ends_at:
            return False
        page = _fetch(recall)
        if page is None:
            return False
        _write_page(recall, page)
        recall.refresh_from_db(fields=["scan_cursor", "scanned_at", "state"])
    return True


def needs_scan(recall: Recall) -> bool:
    if recall.state != Recall.State.OPEN:
        return False
    started_again = recall.scanned_at is None or recall.scanned_at < timezone.now() - AGAIN_AFTER
    return bool(recall.scan_cursor) or started_again


def recalled_pieces(order: "Order", wanted: Mapping[str, set[str]]) -> Iterator[_Pieces]:
    """The recalled pieces that are with the buyer. wanted: SKU -> lot codes, with ALL_LOTS for every one.

    Pieces without a recorded lot count as recalled: nobody can say that they are not.
    """
    with_buyer = _pieces_with_buyer(order)
    for line in order.lines:
        codes, count = wanted.get(line.product_sku or ""), with_buyer.get(line.id, 0)
        if not codes or not count:
            continue
        recorded = lots_of({item.key: item.value for item in line.metadata})
        unknown = count - sum(recorded.values())
        if unknown > 0:
            recorded[""] = unknown
        for lot, quantity in recorded.items():
            if quantity and (not lot or lot in codes or ALL_LOTS in codes):
                yield _Pieces(line.id, line.product_sku or "", lot, min(quantity, count))


def wanted_lots(recall: Recall) -> dict[str, set[str]]:
    """SKU -> recalled lot codes."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for sku, code in recall.items.values_list("sku", "lot_code"):
        wanted[sku].add(code)
    return wanted


def contact_key(order: "Order") -> str:
    """One for an address, however it is written; one for an order without address."""
    address = (order.user_email or "").strip().casefold()
    return _hashed(address) if address else key_without_address(order.id)


def key_without_address(order_id: str) -> str:
    return _hashed(f"order:{order_id}")


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def plan_key(recall: Recall, key: str) -> str:
    return f"recall:{recall.pk}:{key}"


def _fetch(recall: Recall) -> "Page | None":
    zone = timezone.get_default_timezone()
    first, last = recall.sold_from, recall.sold_until
    return (
        clients.staff()
        .recall_orders(
            from_=datetime.combine(first, time_of_day.min, zone) if first else BEFORE_ANY_ORDER,
            until=datetime.combine(last, time_of_day.max, zone) if last else timezone.now(),
            after=recall.scan_cursor or None,
        )
        .orders
    )


def _write_page(recall: Recall, page: "Page") -> None:
    wanted = wanted_lots(recall)
    found = [
        (order, pieces)
        for order in (edge.node for edge in page.edges)
        if (pieces := list(recalled_pieces(order, wanted)))
    ]
    has_more = page.page_info.has_next_page and page.page_info.end_cursor
    with transaction.atomic(durable=True):
        current = Recall.objects.select_for_update().get(pk=recall.pk)
        if current.scan_cursor != recall.scan_cursor or current.scanned_at != recall.scanned_at:
            return  # another process has written this page
        recipients = _write_recipients(recall, [order for order, _ in found])
        _write_lines(recipients, found)
        current.scan_cursor = page.page_info.end_cursor or "" if has_more else ""
        current.scanned_at = current.scanned_at if has_more else timezone.now()
        current.save(update_fields=["scan_cursor", "scanned_at"])


def _write_recipients(recall: Recall, orders: Iterable["Order"]) -> dict[str, RecallRecipient]:
    """The buyers of these orders by key, new ones with their mail. The newest order comes first and names them."""
    first_by_key = {contact_key(order): order for order in reversed(list(orders))}
    known = RecallRecipient.objects.filter(recall=recall, key__in=first_by_key)
    new = {key: order for key, order in first_by_key.items() if key not in {one.key for one in known}}
    RecallRecipient.objects.bulk_create(_recipient(recall, key, order) for key, order in new.items())
    planning.write_plans([_plan(recall, key, order) for key, order in new.items()])
    return {one.key: one for one in RecallRecipient.objects.filter(recall=recall, key__in=first_by_key)}


def _recipient(recall: Recall, key: str, order: "Order") -> RecallRecipient:
    name = order.billing_address
    return RecallRecipient(
        recall=recall,
        key=key,
        email=(order.user_email or "").strip()[:320],
        name=f"{name.first_name} {name.last_name}".strip()[:300] if name else "",
        language=planning.mail_locale(order.language_code_enum.value),
        order_id=order.id,
        order_number=order.number,
        plan_key=plan_key(recall, key),
    )


def _plan(recall: Recall, key: str, order: "Order") -> MailPlan:
    return MailPlan(
        plan_key=plan_key(recall, key),
        kind=Kind.RECALL,
        order_id=order.id,
        order_number=order.number,
        about=f"{recall.pk}:{key}",
        recipient=(order.user_email or "").strip()[:320],
        locale=planning.mail_locale(order.language_code_enum.value),
        due_at=timezone.now(),
    )


def _write_lines(
    recipients: Mapping[str, RecallRecipient], found: Iterable[tuple["Order", list[_Pieces]]]
) -> None:
    RecalledLine.objects.bulk_create(
        (
            RecalledLine(
                recipient=recipients[contact_key(order)],
                order_id=order.id,
                order_number=order.number,
                line_id=one.line_id,
                sku=one.sku,
                lot_code=one.lot,
                quantity=one.quantity,
            )
            for order, pieces in found
            for one in pieces
        ),
        ignore_conflicts=True,
    )


def _pieces_with_buyer(order: "Order") -> dict[str, int]:
    """Order line id -> pieces that were sent and did not come back."""
    counts: dict[str, int] = defaultdict(int)
    for parcel in order.fulfillments:
        if parcel.status.value in WITH_BUYER:
            for part in parcel.lines or ():
                if part.order_line:
                    counts[part.order_line.id] += part.quantity
    return counts
