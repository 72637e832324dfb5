"""Is this mail still right? Asked with the order as it is at the moment the mail is about to leave."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from store import guidebook
from store.mailer import planning, unsubscribe
from store.mailer.email_addresses import BadAddress, deliverable
from store.mailer.mail_kinds import SHIPPED_STALE, Kind, MailClass
from store.mailer.models import MailPlan
from store.mailer.orders import Order, Shipment

MOVING = "FULFILLED"  # the only shipment state in which goods are on their way or there


@dataclass(frozen=True, slots=True)
class Send:
    recipient: str


@dataclass(frozen=True, slots=True)
class Cancel:
    reason: str


@dataclass(frozen=True, slots=True)
class Hold:
    """Not yet after all: at `until`, or when what the reason names has come."""

    reason: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Supersede:
    """Another tracking number by now: the mail for that one goes out instead."""

    tracking: str


@dataclass(frozen=True, slots=True)
class Refuse:
    """It can't go to this person as things are; trying again by itself would not help."""

    reason: str


@dataclass(frozen=True, slots=True)
class Broken:
    """It has to go, but can't until something of ours is mended."""

    reason: str


Decision = Send | Cancel | Hold | Supersede | Refuse | Broken


def decide(plan: MailPlan, order: Order) -> Decision:
    if order.status in planning.DEAD_ORDERS:
        return Cancel("the order was cancelled")
    try:
        recipient = deliverable(_recipient(plan, order))
    except BadAddress as error:
        return Refuse(f"{error}; correct the order's email address, then send again")
    if unsubscribe.is_suppressed(recipient, MailClass(plan.mail_class)):
        return Cancel("unsubscribed")
    return _CHECKS[Kind(plan.kind)](plan, order) or Send(recipient)


def _recipient(plan: MailPlan, order: Order) -> str:
    """Safety goes to the newest address we know of; the rest to the one given when it was planned."""
    if plan.mail_class == MailClass.SAFETY:
        return order.email.strip() or plan.recipient
    return plan.recipient or order.email.strip()


def _confirmation(plan: MailPlan, order: Order) -> Decision | None:
    return None


def _safety(plan: MailPlan, order: Order) -> Decision | None:
    if not order.insert_slugs:
        return Cancel("nothing in this order has a safety insert")
    unknown = [slug for slug in order.insert_slugs if slug not in guidebook.library().inserts]
    if unknown:
        return Broken(f"there is no insert {', '.join(unknown)} in guides/inserts; restore it")
    return None


def _shipped(plan: MailPlan, order: Order) -> Decision | None:
    shipment = order.shipment(plan.shipment_id)
    if shipment is None or shipment.status != MOVING:
        return Cancel(_gone(shipment))
    if shipment.delivered_at and shipment.delivered_at + SHIPPED_STALE < timezone.now():
        return Cancel("it has been delivered already")
    if shipment.tracking_number != plan.about:
        return Supersede(shipment.tracking_number)
    return None


def _howto(plan: MailPlan, order: Order) -> Decision | None:
    shipment = order.shipment(plan.shipment_id)
    if shipment is None or shipment.status != MOVING:
        return Cancel(_gone(shipment))
    due = planning.howto_due(shipped_at=shipment.created, delivered_at=shipment.delivered_at)
    if due > timezone.now():
        return Hold("" if shipment.delivered_at else planning.AWAITING_DELIVERY, until=due)
    return None


def _gone(shipment: Shipment | None) -> str:
    return f"the shipment is {shipment.status.lower()}" if shipment else "the shipment is gone"


_CHECKS = {
    Kind.ORDER_CONFIRMATION: _confirmation,
    Kind.SAFETY_FIRST: _safety,
    Kind.SHIPPED: _shipped,
    Kind.HOWTO: _howto,
}
