"""The messages of order events, one sentence for each."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from store.engine.admin.currency_format import format_money
from store.engine.admin.status_labels import status_label
from store.engine.orders.models import FulfillmentLine, Order, OrderEvent
from store.engine.payments.models import TransactionEvent


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history. `who`: the member of staff, or empty."""

    message: str
    date: datetime
    who: str


@dataclass(frozen=True, slots=True)
class _Context:
    """What the sentences name: parameters of the event, currency, pieces by fulfillment line."""

    parameters: Mapping[str, Any]
    currency: str
    pieces: Mapping[int, int]

    def get(self, name: str) -> Any:
        return self.parameters.get(name)

    def amount(self) -> str:
        try:
            return format_money(Decimal(str(self.get("amount"))), self.currency)
        except InvalidOperation:
            return ""

    def discount(self) -> str:
        """`10 %` or `5.00 USD`, with its reason."""
        told: dict[str, Any] = self.get("discount") or next(
            iter((self.get("line_discounts") or {}).values()), {}
        )
        try:
            value = Decimal(str(told.get("value"))).normalize()
        except InvalidOperation:
            return "A discount"
        percent = told.get("value_type") == "PERCENTAGE"
        words = f"{value:f} %" if percent else format_money(value, self.currency)
        return f"{words} ({told['reason']})" if told.get("reason") else words

    def sent(self, name: str) -> str:
        """`3 pieces`; of an event that has no number, by the parcel's lines, of which a return takes some away."""
        keys = self.get(name)
        now = sum(self.pieces.get(key, 0) for key in keys) if isinstance(keys, list) else 0
        count = int(self.get("pieces") or now)
        return f"{count} piece{'' if count == 1 else 's'}" if count else "Pieces"


MESSAGES: dict[str, Callable[[_Context], str]] = {
    "PLACED": lambda _: "The order was placed.",
    "PLACED_FROM_DRAFT": lambda _: "The order was placed by staff.",
    "PLACED_AUTOMATICALLY_FROM_PAID_CHECKOUT": lambda _: "The order was made from a paid basket.",
    "CONFIRMED": lambda _: "The order was confirmed.",
    "CANCELED": lambda _: "The order was cancelled.",
    "EXPIRED": lambda _: "The order expired unpaid.",
    "ORDER_MARKED_AS_PAID": lambda c: _with_detail("Marked as paid", c.get("transaction_reference")),
    "ORDER_FULLY_PAID": lambda _: "Paid in full.",
    "FULFILLMENT_FULFILLED_ITEMS": lambda c: f"{c.sent('fulfilled_items')} sent.",
    "FULFILLMENT_AWAITS_APPROVAL": lambda _: "A parcel waits for approval.",
    "FULFILLMENT_CANCELED": lambda c: _with_detail("Parcel cancelled", c.get("composed_id")),
    "FULFILLMENT_RESTOCKED_ITEMS": lambda c: f"{c.get('quantity') or 'Pieces'} back on the shelf.",
    "FULFILLMENT_RETURNED": lambda c: _with_detail(
        f"{c.get('quantity') or 'Pieces'} came back", c.get("return_reason")
    ),
    "TRACKING_UPDATED": lambda c: _with_detail("Tracking number", c.get("tracking_number") or "removed"),
    "NOTE_ADDED": lambda c: f"Note: {c.get('message') or ''}",
    "OTHER": lambda c: c.get("message") or "Something else happened.",
    "EMAIL_SENT": lambda c: _with_detail("Mail sent", c.get("email_type")),
    "TRANSACTION_EVENT": lambda c: _with_detail("Payment", c.get("message") or c.get("status")),
    "TRANSACTION_REFUND_REQUESTED": lambda c: _with_detail(
        f"{c.amount() or 'Money'} to go back", c.get("message")
    ),
    "TRANSACTION_CHARGE_REQUESTED": lambda c: f"{c.amount() or 'Money'} to be charged.",
    "PAYMENT_REFUNDED": lambda c: f"{c.amount() or 'Money'} sent back.",
    "PAYMENT_CAPTURED": lambda c: f"{c.amount() or 'Money'} charged.",
    "ORDER_DISCOUNT_ADDED": lambda c: f"Taken off the order by hand: {c.discount()}.",
    "ORDER_DISCOUNT_UPDATED": lambda c: f"Taken off the order by hand, changed: {c.discount()}.",
    "ORDER_DISCOUNT_DELETED": lambda c: f"No longer taken off the order: {c.discount()}.",
    "ORDER_LINE_DISCOUNT_UPDATED": lambda c: f"Taken off each piece of a line by hand: {c.discount()}.",
    "ORDER_LINE_DISCOUNT_REMOVED": lambda c: f"No longer taken off the pieces of a line: {c.discount()}.",
    "UPDATED_ADDRESS": lambda _: "The shipping address was corrected.",
}


def history(
    order: Order,
    events: Iterable[OrderEvent],
    *,
    sent: Iterable[FulfillmentLine],
    declined: Iterable[TransactionEvent] = (),
) -> list[Entry]:
    """The events in words, newest first. `sent`: the lines of all parcels of the order; `declined`: failed payments."""
    pieces = {line.pk: line.quantity for line in sent}
    entries = [
        Entry(
            _message(event.type, _Context(event.parameters or {}, order.currency, pieces)),
            event.date,
            str(event.user or ""),
        )
        for event in events
    ]
    entries += [
        Entry(_with_detail("A payment was declined", event.message), event.created_at, "")
        for event in declined
    ]
    return sorted(entries, key=lambda entry: entry.date, reverse=True)  # stable: of one moment as they came


def _message(type_: str, context: _Context) -> str:
    message = MESSAGES.get(type_)
    return message(context) if message else f"{status_label(type_)}."


def _with_detail(text: str, detail: object) -> str:
    return f"{text}: {detail}." if detail else f"{text}."
