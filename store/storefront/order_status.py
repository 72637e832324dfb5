"""The state of an order in a shopper's words: what happened, what is with the money, what comes next.

`order_state` decides; here are the sentences only. Amounts and dates are written in the locale of the page.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from store.saleor.order_state import Delivery, FulfillmentFacts, Lifecycle, OrderState, Payment
from store.storefront.templatetags.shop_format import long_date, money
from store.storefront.values import Money

CLOSED = (Lifecycle.CANCELED, Lifecycle.EXPIRED)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the order on its way to the shopper; `note` says what is known of it."""

    name: str
    done: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Parcel:
    """`title` such as "Parcel 1 of 2", `quantity` in pieces."""

    title: str
    quantity: int
    sent: datetime
    arrived: datetime | None
    tracking_number: str


@dataclass(frozen=True, slots=True)
class OrderStatus:
    headline: str
    payment: str
    next: str
    steps: tuple[Step, ...]
    parcels: tuple[Parcel, ...]
    confirms: bool  # a confirmation and the safety insert are on their way, so the page may say it


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom the page addresses (the buyer's first name, or empty), and how it writes amounts and dates."""

    first_name: str
    currency: str
    locale: str

    def amount(self, amount: Decimal) -> str:
        return money(Money(amount, self.currency), self.locale)


def order_status(
    state: OrderState, reader: Reader, *, created: datetime, refund_dates: tuple[datetime, ...] = ()
) -> OrderStatus:
    """`refund_dates`: when money was sent back, as far as that is known."""
    return OrderStatus(
        headline=_headline(state, reader),
        payment=_payment(state, reader, refund_dates),
        next=_next(state, reader),
        steps=_steps(state, reader, created),
        parcels=_parcels(state.parcels),
        confirms=state.lifecycle not in (*CLOSED, Lifecycle.DRAFT) and state.payment is not Payment.REFUNDED,
    )


def _headline(state: OrderState, reader: Reader) -> str:
    if state.lifecycle is Lifecycle.CANCELED:
        return "This order was canceled."
    if state.lifecycle is Lifecycle.EXPIRED:
        return "This order has expired."
    if state.delivery is Delivery.RETURNED:
        return "Your order came back to us."
    if state.payment is Payment.REFUNDED:
        return "This order was refunded."
    if state.lifecycle is Lifecycle.DRAFT:
        return "This order is being prepared."
    return f"Thank you, {reader.first_name}." if reader.first_name else "Thank you."


def _payment(state: OrderState, reader: Reader, refund_dates: tuple[datetime, ...]) -> str:
    received, refunded = reader.amount(state.received), _refunded(state, reader, refund_dates)
    if state.lifecycle in CLOSED and state.payment in (Payment.UNPAID, Payment.AUTHORIZED):
        return "Nothing was charged."
    sentences = {
        Payment.NOTHING_DUE: "There is nothing to pay.",
        Payment.UNPAID: f"Not paid yet: {reader.amount(state.due)} is open.",
        Payment.AUTHORIZED: "The amount is reserved with your bank and not charged yet.",
        Payment.PARTLY_PAID: f"Partly paid: we received {received}.",
        Payment.PAID: "Paid.",
        Payment.OVERPAID: f"Paid: we received {received}, more than the total.",
        Payment.PARTLY_REFUNDED: "Paid.",
    }
    return " ".join(filter(None, (sentences.get(state.payment), refunded)))


def _refunded(state: OrderState, reader: Reader, dates: tuple[datetime, ...]) -> str:
    if not state.refunded:
        return ""
    days = list(dict.fromkeys(long_date(date, reader.locale) for date in dates))
    when = f" on {' and '.join(days)}" if len(days) in (1, 2) else ""
    return f"{reader.amount(state.refunded)} refunded{when}."


def _next(state: OrderState, reader: Reader) -> str:
    """What the shopper can expect now; empty when nothing is left to happen."""
    if state.refund_due:
        return f"{reader.amount(state.refund_due)} of what you paid is still with us and goes back to you."
    if state.lifecycle in CLOSED or state.delivery is Delivery.RETURNED:
        return ""
    if state.lifecycle in (Lifecycle.DRAFT, Lifecycle.UNCONFIRMED):
        return "We look through your order and confirm it."
    return _next_parcel(state)


def _next_parcel(state: OrderState) -> str:
    if state.delivery is Delivery.SENT:
        return "Everything is on its way."
    if not state.quantity_to_send or state.payment is Payment.REFUNDED:
        return ""
    if state.quantity_sent:
        return f"{_pieces(state.quantity_to_send)} still to be sent."
    if not state.settled:
        return "We send it as soon as it is paid."
    return "Next, we pack your parcel. You get an email when it leaves."


def _steps(state: OrderState, reader: Reader, created: datetime) -> tuple[Step, ...]:
    ordered = Step("Ordered", True, long_date(created, reader.locale))
    if state.lifecycle in CLOSED:
        name = "Canceled" if state.lifecycle is Lifecycle.CANCELED else "Expired"
        return ordered, Step(name, True), *_refund_step(state, reader)
    paid = Step("Paid", state.settled, "" if state.settled else f"{reader.amount(state.due)} open")
    if state.delivery is Delivery.RETURNED:
        return ordered, paid, Step("Returned", True), *_refund_step(state, reader)
    if state.payment is Payment.REFUNDED and not state.quantity_sent:
        return ordered, paid, *_refund_step(state, reader)
    return (
        ordered,
        paid,
        Step(
            "Sent", state.delivery is not Delivery.NOT_SENT and not state.quantity_to_send, _sent_note(state)
        ),
        Step("Delivered", _everything_arrived(state), _arrived_note(state, reader)),
    )


def _refund_step(state: OrderState, reader: Reader) -> tuple[Step, ...]:
    if not state.received:
        return ()
    note = reader.amount(state.refunded) if state.refunded else ""
    return (Step("Refunded", not state.held, note),)


def _sent_note(state: OrderState) -> str:
    if state.quantity_returned and not state.quantity_to_send:
        return f"{_pieces(state.quantity_returned)} returned"
    if state.parcels and state.quantity_to_send:
        return f"{state.quantity_sent} of {state.quantity_sent + state.quantity_to_send} pieces"
    return ""


def _everything_arrived(state: OrderState) -> bool:
    sent_out = bool(state.parcels) and not state.quantity_to_send
    return sent_out and all(parcel.delivered_at for parcel in state.parcels)


def _arrived_note(state: OrderState, reader: Reader) -> str:
    arrived = [parcel.delivered_at for parcel in state.parcels if parcel.delivered_at]
    if _everything_arrived(state):
        return long_date(max(arrived), reader.locale)
    return f"{len(arrived)} of {len(state.parcels)} parcels" if arrived else ""


def _parcels(sent: tuple[FulfillmentFacts, ...]) -> tuple[Parcel, ...]:
    return tuple(
        Parcel(
            f"Parcel {number} of {len(sent)}" if len(sent) > 1 else "Your parcel",
            parcel.quantity,
            parcel.created,
            parcel.delivered_at,
            parcel.tracking_number,
        )
        for number, parcel in enumerate(sent, 1)
    )


def _pieces(quantity: int) -> str:
    return f"{quantity} piece{'' if quantity == 1 else 's'}"
