"""The messages of order events, one sentence for each."""

from collections.abc import Callable
from typing import Any

from store.engine.admin.status_labels import status_label
from store.engine.orders.models import OrderEvent

Parameters = dict[str, Any]
MESSAGES: dict[str, Callable[[Parameters], str]] = {
    "PLACED": lambda _: "The order was placed.",
    "PLACED_FROM_DRAFT": lambda _: "The order was placed by staff.",
    "PLACED_AUTOMATICALLY_FROM_PAID_CHECKOUT": lambda _: "The order was made from a paid basket.",
    "CONFIRMED": lambda _: "The order was confirmed.",
    "CANCELED": lambda _: "The order was cancelled.",
    "EXPIRED": lambda _: "The order expired unpaid.",
    "ORDER_MARKED_AS_PAID": lambda p: _with_detail("Marked as paid", p.get("transaction_reference")),
    "ORDER_FULLY_PAID": lambda _: "Paid in full.",
    "FULFILLMENT_FULFILLED_ITEMS": lambda p: f"Sent {_pieces(p.get('fulfilled_items'))}.",
    "FULFILLMENT_AWAITS_APPROVAL": lambda _: "A parcel waits for approval.",
    "FULFILLMENT_CANCELED": lambda p: _with_detail("Parcel cancelled", p.get("composed_id")),
    "FULFILLMENT_RESTOCKED_ITEMS": lambda p: f"{p.get('quantity', '')} back on the shelf.".strip(),
    "TRACKING_UPDATED": lambda p: _with_detail("Tracking number", p.get("tracking_number") or "removed"),
    "NOTE_ADDED": lambda p: f"Note: {p.get('message', '')}",
    "EMAIL_SENT": lambda p: _with_detail("Mail sent", p.get("email_type")),
    "TRANSACTION_EVENT": lambda p: _with_detail("Payment", p.get("message") or p.get("status")),
}


def event_message(event: OrderEvent) -> str:
    message = MESSAGES.get(event.type)
    return message(event.parameters or {}) if message else f"{status_label(event.type)}."


def _with_detail(text: str, detail: object) -> str:
    return f"{text}: {detail}." if detail else f"{text}."


def _pieces(lines: object) -> str:
    count = len(lines) if isinstance(lines, list) else 0
    return f"{count} {'line' if count == 1 else 'lines'} of the order"
