"""When each kind of mail is planned: from an event to the mails it causes. Nothing is read or written here.

Every event carries the state of the order and the fulfillment, so any one of them is enough to plan all mails due by
then: after a lost "paid" event, the "shipped" event plans its mails too.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.utils import timezone

from store import guidebook
from store.guidebook.mechanisms import CUP_MECHANISMS, Mechanism
from store.mailer.mail_classes import AREA_DELAY, CARE_DELAY, CHECK_IN_DELAY, HOWTO_FALLBACK_DELAY
from store.mailer.orders import Fulfillment, Order
from store.saleor import events

AWAITING_DELIVERY = "awaiting delivery"
HOWTO_MECHANISMS = (*CUP_MECHANISMS, Mechanism.SPARE_PART)
SHIPPED_STATUS = "FULFILLED"  # the only status of a fulfillment that is on its way or delivered


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedMail:
    """A mail that an event causes; `key` is unique for ever.

    about: what else the mail must know: the tracking number, the insert, the amount refunded so far
    waits_for: key of the mail that must be sent first
    hold_reason: the event that it waits for until `due_at`
    cancel_reason: why it is recorded and never sent
    """

    key: str
    due_at: datetime
    fulfillment_id: str = ""
    about: str = ""
    waits_for: str = ""
    hold_reason: str = ""
    cancel_reason: str = ""


def order_confirmation(event: events.AnyEvent) -> Iterator[PlannedMail]:
    if _is_paid(event):
        yield PlannedMail(key=f"order:{event.order.id}", due_at=timezone.now())


def safety_first(event: events.AnyEvent) -> Iterator[PlannedMail]:
    """With the payment; at the latest with a parcel, paid or not."""
    if _is_paid(event) or _shipped_fulfillment(event):
        yield PlannedMail(key=safety_plan_key(event.order.id), due_at=timezone.now())


def shipped(event: events.FulfillmentEvent) -> Iterator[PlannedMail]:
    """Once per fulfillment and tracking number."""
    if fulfillment := _shipped_fulfillment(event):
        tracking = fulfillment.tracking_number.strip()
        notify_customer = getattr(event, "notify_customer", True)
        yield PlannedMail(
            key=shipped_plan_key(fulfillment.id, tracking),
            due_at=timezone.now(),
            fulfillment_id=fulfillment.id,
            about=tracking[:300],
            cancel_reason="" if notify_customer else "the merchant chose not to tell the customer",
        )


def howto(event: events.FulfillmentEvent) -> Iterator[PlannedMail]:
    """Once per order and insert, however many parcels bring it; due after the first of them has arrived."""
    fulfillment = _shipped_fulfillment(event)
    if fulfillment is None:
        return
    for insert in howto_inserts(fulfillment.insert_slugs):
        yield PlannedMail(
            key=f"howto:{event.order.id}:{insert}",
            due_at=howto_due_at(shipped_at=fulfillment.sent_at, delivered_at=fulfillment.delivered_at),
            fulfillment_id=fulfillment.id,
            about=insert,
            waits_for=safety_plan_key(event.order.id),
            hold_reason="" if fulfillment.delivered_at else AWAITING_DELIVERY,
        )


def area(event: events.FulfillmentEvent) -> Iterator[PlannedMail]:
    """`about`: the area, "" as long as the buyer has chosen none."""
    return _after_arrival(event, key=area_plan_key(event.order.id), delay=AREA_DELAY)


def care(event: events.FulfillmentEvent) -> Iterator[PlannedMail]:
    return _after_arrival(event, key=f"care14:{event.order.id}", delay=CARE_DELAY)


def check_in(event: events.FulfillmentEvent) -> Iterator[PlannedMail]:
    return _after_arrival(event, key=f"checkin:{event.order.id}", delay=CHECK_IN_DELAY)


def no_event(event: events.AnyEvent) -> Iterator[PlannedMail]:
    """For a mail that a person orders, not an event."""
    return iter(())


def _after_arrival(event: events.FulfillmentEvent, *, key: str, delay: timedelta) -> Iterator[PlannedMail]:
    """Once per order with cups; a later parcel with cups moves it back right before sending."""
    fulfillment = _shipped_fulfillment(event)
    if fulfillment is None or not cup_inserts(fulfillment.insert_slugs):
        return
    yield PlannedMail(
        key=key,
        due_at=arrived_at(shipped_at=fulfillment.sent_at, delivered_at=fulfillment.delivered_at) + delay,
        fulfillment_id=fulfillment.id,
        waits_for=safety_plan_key(event.order.id),
        hold_reason="" if fulfillment.delivered_at else AWAITING_DELIVERY,
    )


def arrived_at(*, shipped_at: datetime, delivered_at: datetime | None) -> datetime:
    """When a parcel arrived; a while after shipping if nobody reported it."""
    return delivered_at or shipped_at + HOWTO_FALLBACK_DELAY


def area_plan_key(order_id: str) -> str:
    return f"area:{order_id}"


def order_cancelled(event: events.OrderCancelled) -> Iterator[PlannedMail]:
    yield PlannedMail(key=f"cancelled:{event.order.id}", due_at=timezone.now())


def order_refunded(event: events.RefundEvent) -> Iterator[PlannedMail]:
    """Once per refund, which is told from the next one by how much was sent back by then."""
    refunded = event.order.refunded
    if refunded > 0:
        yield PlannedMail(
            key=f"refunded:{event.order.id}:{amount_text(refunded)}",
            due_at=timezone.now(),
            about=amount_text(refunded),
        )


def account_mail(event: events.AccountEvent) -> Iterator[PlannedMail]:
    """Once per request."""
    yield PlannedMail(key=_request_key(event.kind, event), due_at=timezone.now())


def _request_key(name: str, event: events.AccountEvent) -> str:
    """The link tells one request from the next."""
    link = hashlib.sha256((event.redirect_url or "").encode()).hexdigest()[:24]
    return f"account:{name}:{event.user.id}:{link}"


def staff_password(event: events.StaffSetPasswordRequested) -> Iterator[PlannedMail]:
    if not event.is_invitation:
        yield from account_mail(event)


def staff_invitation(event: events.StaffSetPasswordRequested) -> Iterator[PlannedMail]:
    if event.is_invitation:
        yield PlannedMail(key=_request_key("invitation", event), due_at=timezone.now())


def gift_card(event: events.GiftCardSent) -> Iterator[PlannedMail]:
    """Each time that it is sent: the address may be another one, or the first mail lost."""
    to = key_part(event.sent_to_email.strip().lower())
    at = event.issued_at.isoformat() if event.issued_at else "-"
    yield PlannedMail(
        key=f"gift-card:{event.gift_card.id}:{at}:{to}", due_at=timezone.now(), about=event.gift_card.id
    )


def amount_text(amount: Decimal) -> str:
    """The same text for 10, 10.0 and 10.00."""
    return f"{amount.normalize():f}"


def safety_plan_key(order_id: str) -> str:
    return f"safety1:{order_id}"


def shipped_plan_key(fulfillment_id: str, tracking: str) -> str:
    return f"shipped:{fulfillment_id}:{key_part(tracking)}"


def key_part(text: str) -> str:
    """The text if it is short enough for a plan key, else a hash of it; "-" if blank."""
    text = text.strip()
    return text if 0 < len(text) <= 60 else hashlib.sha256(text.encode()).hexdigest()[:24] if text else "-"


def howto_due_at(*, shipped_at: datetime, delivered_at: datetime | None) -> datetime:
    """When the how-to mail is due: some hours after delivery, or a fallback delay after shipping."""
    if delivered_at is None:
        return shipped_at + HOWTO_FALLBACK_DELAY
    delay: int = settings.MAIL_HOWTO_DELAY_SECONDS
    return delivered_at + timedelta(seconds=delay)


def howto_inserts(insert_slugs: Iterable[str]) -> list[str]:
    """Those of these inserts for which there is a how-to mail: cups and spare parts. Unknown ones are ignored."""
    mechanism_of = guidebook.library().mechanism_of
    return sorted({slug for slug in insert_slugs if mechanism_of(slug) in HOWTO_MECHANISMS})


def cup_inserts(insert_slugs: Iterable[str]) -> list[str]:
    mechanism_of = guidebook.library().mechanism_of
    return sorted({slug for slug in insert_slugs if mechanism_of(slug) in CUP_MECHANISMS})


def cup_parcels(order: Order) -> list[Fulfillment]:
    """The parcels of this order with cups that are on their way or delivered."""
    return [
        one for one in order.fulfillments if one.status == SHIPPED_STATUS and cup_inserts(one.insert_slugs)
    ]


def howto_parcels(order: Order, insert: str) -> list[Fulfillment]:
    """The parcels of this order with this insert that are on their way or delivered."""
    return [one for one in order.fulfillments if one.status == SHIPPED_STATUS and insert in one.insert_slugs]


def _is_paid(event: events.AnyEvent) -> bool:
    return event.order.is_paid or isinstance(event, events.OrderFullyPaid)


def _shipped_fulfillment(event: events.AnyEvent) -> events.EventFulfillment | None:
    """The fulfillment of the event, if it has left."""
    if isinstance(event, events.FulfillmentEvent) and event.fulfillment.status == SHIPPED_STATUS:
        return event.fulfillment
    return None
