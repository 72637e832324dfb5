"""The state of an order in a shopper's words: what happened, what is with the money, what comes next.

`order_state` decides; here are the sentences only. Amounts and dates are written in the locale of the page.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from store.saleor.carriers import Tracking, tracking
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
    tracking: Tracking


@dataclass(frozen=True, slots=True)
class OrderStatus:
    headline: str
    payment: str
    next: str
    steps: tuple[Step, ...]
    parcels: tuple[Parcel, ...]
    confirms: bool  # nothing was sent yet; a confirmation and the safety insert are on their way by mail


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom the page addresses (the buyer's first name, or empty), and how it writes amounts and dates."""

    first_name: str
    currency: str
    locale: str

    def amount(self, amount: Decimal) -> str:
        return money(Money(amount, self.currency), self.locale)


def order_status(
    state: OrderState,
    reader: Reader,
    *,
    created: datetime,
    refund_dates: tuple[datetime, ...] = (),
    delivery_method: str = "",
) -> OrderStatus:
    """`refund_dates`: when money was sent back, as far as that is known. `delivery_method`: its name as ordered."""
    return OrderStatus(
        headline=_headline(state, reader),
        payment=_payment(state, reader, refund_dates),
        next=_next(state, reader),
        steps=_steps(state, reader, created),
        parcels=_parcels(state.parcels, delivery_method),
        confirms=_confirms(state),
    )


def short_status(state: OrderState) -> str:
    """The state in a word or two, for a list of orders."""
    ended = {Lifecycle.CANCELED: _("Canceled"), Lifecycle.EXPIRED: _("Expired")}
    if state.lifecycle in ended:
        return ended[state.lifecycle]
    if state.payment is Payment.REFUNDED:
        return _("Refunded")
    if state.quantity_sent and state.quantity_to_send:
        return _("Partly sent")
    moved = {
        Delivery.RETURNED: _("Returned"),
        Delivery.DELIVERED: _("Delivered"),
        Delivery.SENT: _("On its way"),
        Delivery.PARTLY_RETURNED: _("Partly returned"),
    }
    return moved.get(state.delivery) or (_("Being packed") if state.settled else _("Not paid yet"))


def is_coming(state: OrderState) -> bool:
    """Whether the order is on its way, or will be soon: what is not paid yet waits for the money."""
    if state.lifecycle is not Lifecycle.OPEN or _is_over(state):
        return False
    waits_for_money = state.payment in (Payment.UNPAID, Payment.PARTLY_PAID)
    return state.delivery is Delivery.SENT or (state.delivery is Delivery.NOT_SENT and not waits_for_money)


def _confirms(state: OrderState) -> bool:
    is_open = state.lifecycle not in (*CLOSED, Lifecycle.DRAFT) and not _is_over(state)
    return is_open and state.delivery is Delivery.NOT_SENT


def _is_over(state: OrderState) -> bool:
    return state.payment is Payment.REFUNDED or state.delivery is Delivery.RETURNED


def _headline(state: OrderState, reader: Reader) -> str:
    if state.lifecycle is Lifecycle.CANCELED:
        return _("This order was canceled.")
    if state.lifecycle is Lifecycle.EXPIRED:
        return _("This order has expired.")
    if state.delivery is Delivery.RETURNED:
        return _("Your order came back to us.")
    if state.payment is Payment.REFUNDED:
        return _("This order was refunded.")
    if state.lifecycle is Lifecycle.DRAFT:
        return _("This order is being prepared.")
    return _("Thank you, {name}.").format(name=reader.first_name) if reader.first_name else _("Thank you.")


def _payment(state: OrderState, reader: Reader, refund_dates: tuple[datetime, ...]) -> str:
    received, refunded = reader.amount(state.received), _refunded(state, reader, refund_dates)
    if state.lifecycle in CLOSED and state.payment in (Payment.UNPAID, Payment.AUTHORIZED):
        return _("Nothing was charged.")
    sentences = {
        Payment.NOTHING_DUE: _("There is nothing to pay."),
        Payment.UNPAID: _("Not paid yet: {amount} is open.").format(amount=reader.amount(state.due)),
        Payment.AUTHORIZED: _("The amount is reserved with your bank and not charged yet."),
        Payment.PARTLY_PAID: _("Partly paid: we received {amount}.").format(amount=received),
        Payment.PAID: _("Paid."),
        Payment.OVERPAID: _("Paid: we received {amount}, more than the total.").format(amount=received),
        Payment.PARTLY_REFUNDED: _("Paid."),
    }
    return " ".join(filter(None, (sentences.get(state.payment), refunded)))


def _refunded(state: OrderState, reader: Reader, dates: tuple[datetime, ...]) -> str:
    if not state.refunded:
        return ""
    days = list(dict.fromkeys(long_date(date, reader.locale) for date in dates))
    amount = reader.amount(state.refunded)
    match days:
        case [day]:
            return _("{amount} refunded on {day}.").format(amount=amount, day=day)
        case [first, second]:
            return _("{amount} refunded on {first} and {second}.").format(
                amount=amount, first=first, second=second
            )
        case _others:
            return _("{amount} refunded.").format(amount=amount)


def _next(state: OrderState, reader: Reader) -> str:
    """What the shopper can expect now; empty when nothing is left to happen."""
    if state.refund_due:
        return _("{amount} of what you paid is still with us and goes back to you.").format(
            amount=reader.amount(state.refund_due)
        )
    if state.lifecycle in CLOSED or state.delivery is Delivery.RETURNED:
        return ""
    if state.lifecycle in (Lifecycle.DRAFT, Lifecycle.UNCONFIRMED):
        return _("We look through your order and confirm it.")
    return _next_parcel(state)


def _next_parcel(state: OrderState) -> str:
    if state.delivery is Delivery.SENT:
        return _("Everything is on its way.")
    if state.delivery is Delivery.DELIVERED:
        return _("Everything has arrived.")
    if not state.quantity_to_send or state.payment is Payment.REFUNDED:
        return ""
    if state.quantity_sent:
        return ngettext(
            "{number} piece still to be sent.", "{number} pieces still to be sent.", state.quantity_to_send
        ).format(number=state.quantity_to_send)
    if not state.settled:
        return _("We send it as soon as it is paid.")
    return _("Next, we pack your parcel. You get an email when it leaves.")


def _steps(state: OrderState, reader: Reader, created: datetime) -> tuple[Step, ...]:
    ordered = Step(_("Ordered"), True, long_date(created, reader.locale))
    if state.lifecycle in CLOSED:
        name = _("Canceled") if state.lifecycle is Lifecycle.CANCELED else _("Expired")
        return ordered, Step(name, True), *_refund_step(state, reader)
    is_open = _("{amount} open").format(amount=reader.amount(state.due))
    paid = Step(pgettext("step of an order", "Paid"), state.settled, "" if state.settled else is_open)
    if state.delivery is Delivery.RETURNED:
        return ordered, paid, Step(_("Returned"), True), *_refund_step(state, reader)
    if state.payment is Payment.REFUNDED and not state.quantity_sent:
        return ordered, paid, *_refund_step(state, reader)
    return (
        ordered,
        paid,
        Step(
            _("Sent"),
            state.delivery is not Delivery.NOT_SENT and not state.quantity_to_send,
            _sent_note(state, reader),
        ),
        Step(_("Delivered"), _everything_arrived(state), _arrived_note(state, reader)),
    )


def _refund_step(state: OrderState, reader: Reader) -> tuple[Step, ...]:
    if not state.received:
        return ()
    note = reader.amount(state.refunded) if state.refunded else ""
    return (Step(_("Refunded"), bool(state.refunded) and not state.refund_due, note),)


def _sent_note(state: OrderState, reader: Reader) -> str:
    if state.quantity_returned and not state.quantity_to_send:
        return ngettext(
            "{number} piece returned", "{number} pieces returned", state.quantity_returned
        ).format(number=state.quantity_returned)
    if state.parcels and state.quantity_to_send:
        return _("{sent} of {all} pieces").format(
            sent=state.quantity_sent, all=state.quantity_sent + state.quantity_to_send
        )
    return long_date(state.parcels[-1].created, reader.locale) if state.parcels else ""


def _everything_arrived(state: OrderState) -> bool:
    sent_out = bool(state.parcels) and not state.quantity_to_send
    return sent_out and all(parcel.delivered_at for parcel in state.parcels)


def _arrived_note(state: OrderState, reader: Reader) -> str:
    arrived = [parcel.delivered_at for parcel in state.parcels if parcel.delivered_at]
    if _everything_arrived(state):
        return long_date(max(arrived), reader.locale)
    if not arrived:
        return ""
    return _("{arrived} of {all} parcels").format(arrived=len(arrived), all=len(state.parcels))


def _parcels(sent: tuple[FulfillmentFacts, ...], delivery_method: str) -> tuple[Parcel, ...]:
    return tuple(
        Parcel(
            _("Parcel {number} of {all}").format(number=number, all=len(sent))
            if len(sent) > 1
            else _("Your parcel"),
            parcel.quantity,
            parcel.created,
            parcel.delivered_at,
            tracking(parcel.tracking_number, carrier=parcel.carrier, delivery_method=delivery_method),
        )
        for number, parcel in enumerate(sent, 1)
    )
