"""What to do with a mail right before it is sent, by kind: is it still correct for the current order?"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from store import guidebook
from store.mailer.accounts import Account
from store.mailer.mail_classes import SHIPPED_STALE_AFTER
from store.mailer.models import MailPlan
from store.mailer.orders import Fulfillment, Order
from store.mailer.plan_rules import (
    AWAITING_DELIVERY,
    SHIPPED_STATUS,
    howto_due_at,
    howto_inserts,
    howto_parcels,
)
from store.saleor.order_state import Lifecycle, Payment


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
_REFUNDED = "the order was refunded in full"


def check_confirmation(plan: MailPlan, order: Order) -> Decision | None:
    return Cancel(_REFUNDED) if order.state.payment is Payment.REFUNDED else None


def check_safety(plan: MailPlan, order: Order) -> Decision | None:
    if not order.insert_slugs:
        return Cancel("nothing in this order has a safety insert")
    unknown = [slug for slug in order.insert_slugs if slug not in guidebook.library().inserts]
    if unknown:
        return Retry(f"there is no insert {', '.join(unknown)} in guides/inserts; restore it")
    return None


def check_shipped(plan: MailPlan, order: Order) -> Decision | None:
    fulfillment = order.fulfillment(plan.fulfillment_id)
    if fulfillment is None or fulfillment.status != SHIPPED_STATUS:
        return Cancel(_not_shipped_reason(fulfillment))
    if fulfillment.delivered_at and fulfillment.delivered_at + SHIPPED_STALE_AFTER < timezone.now():
        return Cancel("it has been delivered already")
    if fulfillment.tracking_number != plan.about:
        return Supersede(fulfillment.tracking_number)
    return None


def check_howto(plan: MailPlan, order: Order) -> Decision | None:
    """Any parcel on its way or delivered that has this insert will do."""
    if order.state.payment is Payment.REFUNDED:
        return Cancel(_REFUNDED)
    parcels = howto_parcels(order, plan.about)
    if not parcels or not howto_inserts([plan.about]):
        return Cancel(_not_shipped_reason(order.fulfillment(plan.fulfillment_id)))
    due = min(howto_due_at(shipped_at=p.created, delivered_at=p.delivered_at) for p in parcels)
    if due > timezone.now():
        has_arrived = any(parcel.delivered_at for parcel in parcels)
        return Hold("" if has_arrived else AWAITING_DELIVERY, until=due)
    return None


def check_cancelled(plan: MailPlan, order: Order) -> Decision | None:
    return None if order.state.lifecycle is Lifecycle.CANCELED else Cancel("the order is not cancelled")


def check_refunded(plan: MailPlan, order: Order) -> Decision | None:
    return None if order.state.refunded >= Decimal(plan.about) else Cancel("the refund did not go through")


def check_account(plan: MailPlan, account: Account) -> Decision | None:
    return None if account.link else Cancel("whoever asked for it named no page that the link leads to")


def _not_shipped_reason(fulfillment: Fulfillment | None) -> str:
    return f"the shipment is {fulfillment.status.lower()}" if fulfillment else "the shipment is gone"
