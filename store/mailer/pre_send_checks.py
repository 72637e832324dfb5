"""Decides right before sending whether a mail is still correct for the current order."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from store import guidebook
from store.mailer import planning, unsubscribe
from store.mailer.mail_kinds import SHIPPED_STALE_AFTER, Kind, MailClass
from store.mailer.models import MailPlan
from store.mailer.orders import Fulfillment, Order
from store.saleor.email_addresses import InvalidEmailAddress, to_smtp_address

SHIPPED_STATUS = "FULFILLED"  # the only fulfillment status of a fulfillment that is on its way or delivered


@dataclass(frozen=True, slots=True)
class Send:
    recipient: str


@dataclass(frozen=True, slots=True)
class Cancel:
    reason: str


@dataclass(frozen=True, slots=True)
class Hold:
    """Not due yet: wait until `until`, or for the event that `reason` names."""

    reason: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Supersede:
    """The tracking number changed: the mail for the new one is sent instead."""

    tracking: str


@dataclass(frozen=True, slots=True)
class Fail:
    """It can't be sent to this recipient; a retry would not help."""

    reason: str


@dataclass(frozen=True, slots=True)
class Retry:
    """It must be sent, but can't be until an error on our side is corrected."""

    reason: str


Decision = Send | Cancel | Hold | Supersede | Fail | Retry


def decide(plan: MailPlan, order: Order) -> Decision:
    """What to do with a claimed mail: send it, or why not. It goes to the order's current address."""
    if order.status in planning.CLOSED_ORDER_STATUSES:
        return Cancel("the order was cancelled")
    try:
        recipient = to_smtp_address(order.email.strip() or plan.recipient)
    except InvalidEmailAddress as error:
        return Fail(f"{error}; correct the order's email address, then send again")
    if unsubscribe.is_suppressed(recipient, MailClass(plan.mail_class)):
        return Cancel("unsubscribed")
    return _CHECKS[Kind(plan.kind)](plan, order) or Send(recipient)


def _check_confirmation(plan: MailPlan, order: Order) -> Decision | None:
    return None


def _check_safety(plan: MailPlan, order: Order) -> Decision | None:
    if not order.insert_slugs:
        return Cancel("nothing in this order has a safety insert")
    unknown = [slug for slug in order.insert_slugs if slug not in guidebook.library().inserts]
    if unknown:
        return Retry(f"there is no insert {', '.join(unknown)} in guides/inserts; restore it")
    return None


def _check_shipped(plan: MailPlan, order: Order) -> Decision | None:
    fulfillment = order.fulfillment(plan.fulfillment_id)
    if fulfillment is None or fulfillment.status != SHIPPED_STATUS:
        return Cancel(_not_shipped_reason(fulfillment))
    if fulfillment.delivered_at and fulfillment.delivered_at + SHIPPED_STALE_AFTER < timezone.now():
        return Cancel("it has been delivered already")
    if fulfillment.tracking_number != plan.about:
        return Supersede(fulfillment.tracking_number)
    return None


def _check_howto(plan: MailPlan, order: Order) -> Decision | None:
    fulfillment = order.fulfillment(plan.fulfillment_id)
    if fulfillment is None or fulfillment.status != SHIPPED_STATUS:
        return Cancel(_not_shipped_reason(fulfillment))
    due = planning.howto_due_at(shipped_at=fulfillment.created, delivered_at=fulfillment.delivered_at)
    if due > timezone.now():
        return Hold("" if fulfillment.delivered_at else planning.AWAITING_DELIVERY, until=due)
    return None


def _not_shipped_reason(fulfillment: Fulfillment | None) -> str:
    return f"the shipment is {fulfillment.status.lower()}" if fulfillment else "the shipment is gone"


_CHECKS = {
    Kind.ORDER_CONFIRMATION: _check_confirmation,
    Kind.SAFETY_FIRST: _check_safety,
    Kind.SHIPPED: _check_shipped,
    Kind.HOWTO: _check_howto,
}
