"""The state of an order in the merchant's words. `order_state` decides; here are labels and their colors only."""

from dataclasses import dataclass

from store.engine.admin.currency_format import format_money
from store.saleor.order_state import Delivery, Lifecycle, OrderState, Payment

PAYMENT_LABELS = {
    Payment.NOTHING_DUE: ("Nothing to pay", "success"),
    Payment.UNPAID: ("Unpaid", "danger"),
    Payment.AUTHORIZED: ("Reserved, not charged", "warning"),
    Payment.PARTLY_PAID: ("Partly paid", "warning"),
    Payment.PAID: ("Paid", "success"),
    Payment.OVERPAID: ("Paid too much", "info"),
    Payment.PARTLY_REFUNDED: ("Partly refunded", "info"),
    Payment.REFUNDED: ("Refunded", "info"),
}
DELIVERY_LABELS = {
    Delivery.NOT_SENT: ("Not sent", "warning"),
    Delivery.PARTLY_SENT: ("Partly sent", "warning"),
    Delivery.SENT: ("Sent", "success"),
    Delivery.DELIVERED: ("Delivered", "success"),
    Delivery.PARTLY_RETURNED: ("Partly returned", "info"),
    Delivery.RETURNED: ("Returned", "info"),
}


@dataclass(frozen=True, slots=True)
class Label:
    """`tone`: success, warning, danger, info or empty."""

    text: str
    tone: str


def delivery_label(state: OrderState) -> Label:
    """Where the order stands: canceled, to confirm, to send, sent, returned."""
    if state.lifecycle is Lifecycle.CANCELED:
        return Label("Cancelled", "danger")
    if state.lifecycle is Lifecycle.EXPIRED:
        return Label("Expired", "danger")
    if state.lifecycle is Lifecycle.UNCONFIRMED:
        return Label("To confirm", "info")
    if state.delivery is Delivery.NOT_SENT and state.waits_for_parcel:
        return Label("To send", "warning")
    return Label(*DELIVERY_LABELS[state.delivery])


def payment_label(state: OrderState, currency: str) -> Label:
    """What happened to the money, with amounts where some of it went back, is missing or still has to go back."""
    received, refunded = format_money(state.received, currency), format_money(state.refunded, currency)
    if state.refund_due:
        return Label(f"{format_money(state.refund_due, currency)} still to be refunded", "danger")
    if state.lifecycle in (Lifecycle.CANCELED, Lifecycle.EXPIRED) and not state.received:
        return Label("Nothing was paid", "")
    if state.refunded:
        text = f"Refunded {refunded} of {received}"
        return (
            Label(text, "info")
            if not state.due
            else Label(f"{text}, {format_money(state.due, currency)} due", "warning")
        )
    text, tone = PAYMENT_LABELS[state.payment]
    if state.payment is Payment.PARTLY_PAID:
        return Label(f"Paid {received}, {format_money(state.due, currency)} due", tone)
    return Label(text, tone)


def remaining_work(state: OrderState) -> str:
    """One sentence: what is left to do, or empty."""
    if state.waits_for_parcel and state.quantity_sent:
        return f"{_pieces(state.quantity_to_send)} of {state.quantity_to_send + state.quantity_sent} still to be sent."
    if state.waits_for_parcel:
        return f"{_pieces(state.quantity_to_send)} to be sent."
    if state.quantity_to_send and not state.settled and state.lifecycle is Lifecycle.OPEN:
        return "It can be sent once it is paid."
    return ""


def _pieces(quantity: int) -> str:
    return f"{quantity} piece{'' if quantity == 1 else 's'}"
