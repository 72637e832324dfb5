"""Decides which mails an event causes. Each plan has a UNIQUE key, so a repeated event causes no second mail.

Every event carries the state of the order and the fulfillment, so any one of them is enough to plan all mails due by
then: after a lost "paid" event, the "shipped" event plans its mails too.
"""

import hashlib
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone

from store import guidebook
from store.mailer import enqueue, mail_texts
from store.mailer.mail_kinds import HOWTO_FALLBACK_DELAY, RULES, Kind
from store.mailer.models import OPEN, MailPlan, OrderEvent, State
from store.saleor import events

CLOSED_ORDER_STATUSES = ("CANCELED", "EXPIRED")
AWAITING_DELIVERY = "awaiting delivery"
AWAITING_SAFETY = "awaiting the safety mail"


def plan_mails(event: events.Event) -> list[MailPlan]:
    """Write the plans of an event; returns those that are new or rescheduled. Runs in the inbox's transaction."""
    order = event.order
    if isinstance(event, events.OrderCancelled) or order.status in CLOSED_ORDER_STATUSES:
        cancel_open(order_id=order.id, reason="the order was cancelled")
        return []
    if OrderEvent.objects.filter(order_id=order.id, kind="OrderCancelled").exists():
        return []
    return list(_plans(event))


def _plans(event: events.Event) -> Iterator[MailPlan]:
    order = event.order
    if order.is_paid or isinstance(event, events.OrderFullyPaid):
        yield from _plan_once(order, Kind.ORDER_CONFIRMATION, key=f"order:{order.id}")
        yield from _plan_once(order, Kind.SAFETY_FIRST, key=safety_plan_key(order.id))
    fulfillment = getattr(event, "fulfillment", None)
    if fulfillment and fulfillment.status == "FULFILLED":
        # The safety mail goes out with every fulfillment, paid or not.
        yield from _plan_once(order, Kind.SAFETY_FIRST, key=safety_plan_key(order.id))
        yield from _fulfillment(order, fulfillment, notify_customer=getattr(event, "notify_customer", True))


def _fulfillment(
    order: events.EventOrder, fulfillment: events.EventFulfillment, *, notify_customer: bool
) -> Iterator[MailPlan]:
    tracking = fulfillment.tracking_number.strip()
    yield from _plan_once(
        order,
        Kind.SHIPPED,
        key=shipped_plan_key(fulfillment.id, tracking),
        fulfillment_id=fulfillment.id,
        about=tracking[:300],
        cancel_reason="" if notify_customer else "the merchant chose not to tell the customer",
    )
    for material in _howto_materials(fulfillment.insert_slugs):
        yield from _howto(order, fulfillment, material)


def _howto(
    order: events.EventOrder, fulfillment: events.EventFulfillment, material: str
) -> Iterator[MailPlan]:
    due_at = howto_due_at(shipped_at=fulfillment.created, delivered_at=fulfillment.delivered_at)
    key = f"howto:{fulfillment.id}:{material}"
    new = list(
        _plan_once(
            order,
            Kind.HOWTO,
            key=key,
            fulfillment_id=fulfillment.id,
            about=material,
            due_at=due_at,
            waits_for=safety_plan_key(order.id),
            hold_reason="" if fulfillment.delivered_at else AWAITING_DELIVERY,
        )
    )
    if not new and fulfillment.delivered_at:
        new = _reschedule(key=key, due_at=due_at)
    yield from new


def _reschedule(*, key: str, due_at: datetime) -> list[MailPlan]:
    """Set a new due time after a (changed) delivery date, only on a row that no worker holds."""
    row = MailPlan.objects.select_for_update().filter(plan_key=key, state__in=OPEN).first()
    if row is None or (row.due_at == due_at and row.hold_reason != AWAITING_DELIVERY):
        return []
    row.due_at = row.next_attempt_at = due_at
    row.expires_at = _expiry(Kind.HOWTO, due_at)
    row.hold_reason = ""
    row.state = ready_state(row)
    row.save()
    return [row]


def howto_due_at(*, shipped_at: datetime, delivered_at: datetime | None) -> datetime:
    """When the how-to mail is due: some hours after delivery, or a fallback delay after shipping."""
    if delivered_at is None:
        return shipped_at + HOWTO_FALLBACK_DELAY
    delay: int = settings.MAIL_HOWTO_DELAY_SECONDS
    return delivered_at + timedelta(seconds=delay)


def ready_state(row: MailPlan) -> State:
    """The state of a row that no worker holds, by due time and by what it waits for. Sets hold_reason."""
    is_early = row.due_at > timezone.now()
    if row.hold_reason == AWAITING_DELIVERY and is_early:
        return State.HELD
    row.hold_reason = ""
    if is_early:
        return State.PLANNED
    if row.waits_for and not MailPlan.objects.filter(plan_key=row.waits_for, state=State.SENT).exists():
        row.hold_reason = AWAITING_SAFETY
        return State.HELD
    return State.DUE


def promote(row: MailPlan) -> None:
    """Update the state of a row that no worker holds and enqueue it if due; no-op if the state changed meanwhile."""
    old_state = row.state
    row.state = ready_state(row)
    updated = MailPlan.objects.filter(pk=row.pk, state=old_state).update(
        state=row.state, hold_reason=row.hold_reason
    )
    if updated and row.state != old_state:
        enqueue.enqueue_on_commit(row)


def cancel_open(*, order_id: str, reason: str) -> int:
    """Cancel the order's mails that no worker holds; returns how many."""
    return MailPlan.objects.filter(order_id=order_id, state__in=OPEN).update(
        state=State.CANCELLED, cancel_reason=reason
    )


def safety_plan_key(order_id: str) -> str:
    return f"safety1:{order_id}"


def shipped_plan_key(fulfillment_id: str, tracking: str) -> str:
    return f"shipped:{fulfillment_id}:{key_part(tracking)}"


def key_part(text: str) -> str:
    """The text if it is short enough for a plan key, else a hash of it; "-" if blank."""
    text = text.strip()
    return text if 0 < len(text) <= 60 else hashlib.sha256(text.encode()).hexdigest()[:24] if text else "-"


def plan_shipped_again(row: MailPlan, *, tracking: str) -> MailPlan | None:
    """Plan the "shipped" mail for another tracking number than that of `row`; None if it exists already."""
    return _write(
        MailPlan(
            plan_key=shipped_plan_key(row.fulfillment_id, tracking),
            kind=row.kind,
            order_id=row.order_id,
            order_number=row.order_number,
            fulfillment_id=row.fulfillment_id,
            about=tracking[:300],
            recipient=row.recipient,
            locale=row.locale,
            due_at=timezone.now(),
        )
    )


def _plan_once(
    order: events.EventOrder, kind: Kind, *, key: str, due_at: datetime | None = None, **fields: str
) -> Iterator[MailPlan]:
    row = MailPlan(
        plan_key=key,
        kind=kind,
        order_id=order.id,
        order_number=order.number,
        recipient=(order.user_email or "").strip(),
        locale=mail_locale(order.language_code_enum),
        due_at=due_at or timezone.now(),
        **fields,
    )
    if _write(row):
        yield row


def _write(row: MailPlan) -> MailPlan | None:
    """Insert the row; None, with nothing changed, if its plan_key exists."""
    rule = RULES[Kind(row.kind)]
    row.mail_class, row.priority = rule.mail_class, rule.priority
    row.message_id = new_message_id()
    row.next_attempt_at, row.expires_at = row.due_at, _expiry(Kind(row.kind), row.due_at)
    row.state = State.CANCELLED if row.cancel_reason else ready_state(row)
    found, is_new = MailPlan.objects.get_or_create(plan_key=row.plan_key, defaults=_values(row))
    row.pk = found.pk
    return row if is_new else None


def _values(row: MailPlan) -> dict[str, object]:
    names = [f.attname for f in MailPlan._meta.concrete_fields if f.attname not in ("id", "plan_key")]
    return {name: getattr(row, name) for name in names}


def _expiry(kind: Kind, due_at: datetime) -> datetime | None:
    limit = RULES[kind].expires_after
    return due_at + limit if limit else None


def new_message_id() -> str:
    """A new Message-ID. It is set when the mail is planned and reused on every try, so that copies are recognizable."""
    domain = parseaddr(settings.MAIL_FROM)[1].rpartition("@")[2] or "localhost"
    return f"<{uuid.uuid4()}@{domain}>"


def mail_locale(language_code: str) -> str:
    """The mail language for a Saleor LanguageCodeEnum value such as "DE_AT"; "en" if unsupported."""
    language = language_code.lower().partition("_")[0]
    return language if language in guidebook.library().languages else "en"


def _howto_materials(insert_slugs: list[str]) -> list[str]:
    """The materials of these inserts for which there is a how-to mail; unknown inserts are ignored."""
    inserts = guidebook.library().inserts
    found = {inserts[slug].material for slug in insert_slugs if slug in inserts}
    return sorted(material for material in found if mail_texts.exists(f"how-to-{material}"))
