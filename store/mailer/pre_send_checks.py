"""What to do with a mail right before it is sent, by kind: is it still correct for the current order?"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from store import guidebook
from store.mailer.accounts import Account
from store.mailer.gift_cards import GiftCard
from store.mailer.mail_classes import (
    AREA_DELAY,
    CARE_DELAY,
    CHECK_IN_DELAY,
    REPEAT_BUYER_PERIOD,
    SHIPPED_STALE_AFTER,
)
from store.mailer.models import MailPlan, State
from store.mailer.orders import Fulfillment, Order
from store.mailer.plan_rules import (
    AWAITING_DELIVERY,
    SHIPPED_STATUS,
    area_plan_key,
    arrived_at,
    cup_inserts,
    cup_parcels,
    howto_due_at,
    howto_inserts,
    howto_parcels,
)
from store.mailer.recalls import RecallNotice
from store.mailer.timing import is_leaving_first
from store.saleor.order_state import Delivery, Lifecycle, Payment


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
class Unreachable:
    """An earlier mail to this address came back, so this one would too."""

    reason: str


@dataclass(frozen=True, slots=True)
class Retry:
    """It must be sent, but can't be until an error on our side is corrected."""

    reason: str


Decision = Send | Cancel | Hold | Supersede | Fail | Unreachable | Retry
WAIT_FOR_OUTCOME = timedelta(minutes=10)  # of the same mail for another order, which is being sent
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
    if decided := _repeated(plan, order):
        return decided
    due = min(howto_due_at(shipped_at=p.created, delivered_at=p.delivered_at) for p in parcels)
    if due > timezone.now():
        has_arrived = any(parcel.delivered_at for parcel in parcels)
        return Hold("" if has_arrived else AWAITING_DELIVERY, until=due)
    return None


def check_area(plan: MailPlan, order: Order) -> Decision | None:
    return _check_after_arrival(
        order, AREA_DELAY if plan.plan_key == area_plan_key(order.id) else timedelta()
    )


def check_care(plan: MailPlan, order: Order) -> Decision | None:
    if decided := _repeated(plan, order):
        return decided
    return _check_after_arrival(order, CARE_DELAY)


def check_check_in(plan: MailPlan, order: Order) -> Decision | None:
    return _check_after_arrival(order, CHECK_IN_DELAY)


def _check_after_arrival(order: Order, delay: timedelta) -> Decision | None:
    """After the last parcel with cups has arrived; not when all came back or was paid back."""
    if order.state.payment is Payment.REFUNDED:
        return Cancel(_REFUNDED)
    parcels = cup_parcels(order)
    if not parcels:
        return Cancel("no cups are with the buyer")
    due = max(arrived_at(shipped_at=one.created, delivered_at=one.delivered_at) for one in parcels) + delay
    if due > timezone.now():
        return Hold("" if all(one.delivered_at for one in parcels) else AWAITING_DELIVERY, until=due)
    return None


def _repeated(plan: MailPlan, order: Order) -> Decision | None:
    """If the same mail went to this address for another order, unless one of the inserts is newer than that."""
    same = MailPlan.objects.filter(
        kind=plan.kind, about=plan.about, recipient__iexact=order.email.strip()
    ).exclude(order_id=order.id)
    if is_leaving_first(plan, same):
        return Hold("", until=timezone.now() + WAIT_FOR_OUTCOME)
    sent = same.filter(state=State.SENT, sent_at__gt=timezone.now() - REPEAT_BUYER_PERIOD)
    earlier = sent.order_by("-sent_at").values_list("sent_at", flat=True).first()
    slugs = [plan.about] if plan.about else cup_inserts(order.insert_slugs)
    newest = max(guidebook.library().inserts[slug].date for slug in slugs)
    if earlier is None or newest > earlier.date().isoformat():
        return None
    return Cancel(f"this buyer got the same on {earlier:%Y-%m-%d}")


def check_insert_change(plan: MailPlan, order: Order) -> Decision | None:
    if order.state.delivery is Delivery.RETURNED:
        return Cancel("all of it was returned")
    slug = plan.about.partition("@")[0]
    return (
        None if slug in guidebook.library().inserts else Retry(f"there is no insert {slug} in guides/inserts")
    )


def check_cancelled(plan: MailPlan, order: Order) -> Decision | None:
    return None if order.state.lifecycle is Lifecycle.CANCELED else Cancel("the order is not cancelled")


def check_refunded(plan: MailPlan, order: Order) -> Decision | None:
    return None if order.state.refunded >= Decimal(plan.about) else Cancel("the refund did not go through")


def check_recall_reminder(plan: MailPlan, notice: RecallNotice) -> Decision | None:
    return None if notice.needs_answer else Cancel("the buyer has answered, or the recall has ended")


def check_nothing(plan: MailPlan, about: object) -> Decision | None:
    """Somebody asked for it just now."""
    return None


def check_gift_card(plan: MailPlan, card: GiftCard) -> Decision | None:
    if not card.is_active:
        return Cancel("the gift card is not active")
    if card.has_expired:
        return Cancel("the gift card has expired")
    return None if card.balance > 0 else Cancel("the gift card is spent")


def check_account(plan: MailPlan, account: Account) -> Decision | None:
    return None if account.link else Cancel("whoever asked for it named no page that the link leads to")


def _not_shipped_reason(fulfillment: Fulfillment | None) -> str:
    return f"the shipment is {fulfillment.status.lower()}" if fulfillment else "the shipment is gone"
