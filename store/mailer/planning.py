"""Which mails an event makes. Every plan has a UNIQUE key, so saying the same thing twice makes one mail.

Each event carries the order's and the shipment's state, so any one of them is enough to plan all that is
due by then: a lost "paid" is made good by the "shipped" after it.
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
from store.mailer.mail_kinds import HOWTO_FALLBACK, RULES, Kind
from store.mailer.models import OPEN, MailPlan, OrderEvent, State
from store.saleor import events

DEAD_ORDERS = ("CANCELED", "EXPIRED")
AWAITING_DELIVERY = "awaiting delivery"
AWAITING_SAFETY = "awaiting the safety mail"


def plan(event: events.Event) -> list[MailPlan]:
    """Write the plans; gives those that are new or have a new time. Runs inside the inbox's transaction."""
    order = event.order
    if isinstance(event, events.OrderCancelled) or order.status in DEAD_ORDERS:
        cancel_open(order_id=order.id, reason="the order was cancelled")
        return []
    if OrderEvent.objects.filter(order_id=order.id, kind="OrderCancelled").exists():
        return []
    return list(_plans(event))


def _plans(event: events.Event) -> Iterator[MailPlan]:
    order = event.order
    if order.is_paid or isinstance(event, events.OrderFullyPaid):
        yield from _ensure(order, Kind.ORDER_CONFIRMATION, key=f"order:{order.id}")
        yield from _ensure(order, Kind.SAFETY_FIRST, key=safety_key(order.id))
    fulfillment = getattr(event, "fulfillment", None)
    if fulfillment and fulfillment.status == "FULFILLED":
        # Goods never travel without their warnings, paid or not.
        yield from _ensure(order, Kind.SAFETY_FIRST, key=safety_key(order.id))
        yield from _shipment(order, fulfillment, is_wanted=getattr(event, "notify_customer", True))


def _shipment(
    order: events.EventOrder, shipment: events.EventFulfillment, *, is_wanted: bool
) -> Iterator[MailPlan]:
    tracking = shipment.tracking_number.strip()
    yield from _ensure(
        order,
        Kind.SHIPPED,
        key=shipped_key(shipment.id, tracking),
        shipment_id=shipment.id,
        about=tracking[:300],
        cancel_reason="" if is_wanted else "the merchant chose not to tell the customer",
    )
    for material in _materials(shipment.insert_slugs):
        yield from _howto(order, shipment, material)


def _howto(order: events.EventOrder, shipment: events.EventFulfillment, material: str) -> Iterator[MailPlan]:
    due_at = howto_due(shipped_at=shipment.created, delivered_at=shipment.delivered_at)
    key = f"howto:{shipment.id}:{material}"
    new = list(
        _ensure(
            order,
            Kind.HOWTO,
            key=key,
            shipment_id=shipment.id,
            about=material,
            due_at=due_at,
            waits_for=safety_key(order.id),
            hold_reason="" if shipment.delivered_at else AWAITING_DELIVERY,
        )
    )
    if not new and shipment.delivered_at:
        new = _reschedule(key=key, due_at=due_at)
    yield from new


def _reschedule(*, key: str, due_at: datetime) -> list[MailPlan]:
    """It has arrived (or arrived at another time than we thought): only what nobody works on may move."""
    row = MailPlan.objects.select_for_update().filter(plan_key=key, state__in=OPEN).first()
    if row is None or (row.due_at == due_at and row.hold_reason != AWAITING_DELIVERY):
        return []
    row.due_at = row.next_attempt_at = due_at
    row.expires_at = _expiry(Kind.HOWTO, due_at)
    row.hold_reason = ""
    row.state = readiness(row)
    row.save()
    return [row]


def howto_due(*, shipped_at: datetime, delivered_at: datetime | None) -> datetime:
    if delivered_at is None:
        return shipped_at + HOWTO_FALLBACK
    delay: int = settings.MAIL_HOWTO_DELAY_SECONDS
    return delivered_at + timedelta(seconds=delay)


def readiness(row: MailPlan) -> State:
    """The state of a row that nobody works on, from its time and from what it waits for. Sets hold_reason."""
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
    """Move a row that nobody works on to where it belongs by now, unless somebody was quicker."""
    before = row.state
    row.state = readiness(row)
    moved = MailPlan.objects.filter(pk=row.pk, state=before).update(
        state=row.state, hold_reason=row.hold_reason
    )
    if moved and row.state != before:
        enqueue.send_later(row)


def cancel_open(*, order_id: str, reason: str) -> int:
    return MailPlan.objects.filter(order_id=order_id, state__in=OPEN).update(
        state=State.CANCELLED, cancel_reason=reason
    )


def safety_key(order_id: str) -> str:
    return f"safety1:{order_id}"


def shipped_key(shipment_id: str, tracking: str) -> str:
    return f"shipped:{shipment_id}:{short(tracking)}"


def short(text: str) -> str:
    """Short enough for a key, and never two texts with one key."""
    text = text.strip()
    return text if 0 < len(text) <= 60 else hashlib.sha256(text.encode()).hexdigest()[:24] if text else "-"


def follow_up(row: MailPlan, *, tracking: str) -> MailPlan | None:
    """The "shipped" mail for another tracking number than `row` is about; None if there is one."""
    return _write(
        MailPlan(
            plan_key=shipped_key(row.shipment_id, tracking),
            kind=row.kind,
            order_id=row.order_id,
            order_number=row.order_number,
            shipment_id=row.shipment_id,
            about=tracking[:300],
            recipient=row.recipient,
            locale=row.locale,
            due_at=timezone.now(),
        )
    )


def _ensure(
    order: events.EventOrder, kind: Kind, *, key: str, due_at: datetime | None = None, **more: str
) -> Iterator[MailPlan]:
    row = MailPlan(
        plan_key=key,
        kind=kind,
        order_id=order.id,
        order_number=order.number,
        recipient=(order.user_email or "").strip(),
        locale=locale(order.language_code_enum),
        due_at=due_at or timezone.now(),
        **more,
    )
    if _write(row):
        yield row


def _write(row: MailPlan) -> MailPlan | None:
    """The row, or None when there is one with this key already; then that one stays as it is."""
    rule = RULES[Kind(row.kind)]
    row.mail_class, row.priority = rule.mail_class, rule.priority
    row.message_id = new_message_id()
    row.next_attempt_at, row.expires_at = row.due_at, _expiry(Kind(row.kind), row.due_at)
    row.state = State.CANCELLED if row.cancel_reason else readiness(row)
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
    """Made once, when the mail is planned; the same on every try, so that a second copy can be recognised."""
    domain = parseaddr(settings.MAIL_FROM)[1].rpartition("@")[2] or "localhost"
    return f"<{uuid.uuid4()}@{domain}>"


def locale(language_code: str) -> str:
    language = language_code.lower().partition("_")[0]
    return language if language in guidebook.library().languages else "en"


def _materials(insert_slugs: list[str]) -> list[str]:
    """The materials that have a how-to. An insert that is no longer in the library has none."""
    inserts = guidebook.library().inserts
    found = {inserts[slug].material for slug in insert_slugs if slug in inserts}
    return sorted(material for material in found if mail_texts.exists(f"how-to-{material}"))
