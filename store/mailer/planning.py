"""Writes the mails that an event causes. Each plan has a UNIQUE key, so a repeated event causes no second mail."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, Protocol

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from store import guidebook
from store.mailer import enqueue, gift_cards, mail_texts, plan_rules
from store.mailer.mail_classes import HOWTO_FALLBACK_DELAY, Kind
from store.mailer.mail_kinds import MailKind, all_kinds, mail_kind
from store.mailer.message import bare_address
from store.mailer.models import OPEN, MailPlan, OrderEvent, State
from store.mailer.orders import Order
from store.mailer.plan_rules import AWAITING_DELIVERY, PlannedMail, area_plan_key, shipped_plan_key
from store.mailer.shops import of_current_shop
from store.saleor import events

PLAN_BATCH = 1000
CLOSED_ORDER_STATUSES = ("CANCELED", "EXPIRED")
AWAITING_SAFETY = "awaiting the safety mail"
HELD_BY_A_PERSON = "held by a person"


def plan_mails(event: events.Event, *, stored: OrderEvent) -> list[MailPlan]:
    """Write the plans of an event, stored as this row; returns those that are new or rescheduled.

    Runs in the inbox's transaction.
    """
    if isinstance(event, events.AccountEvent):
        return list(_plan_account_mail(event, stored))
    if isinstance(event, events.GiftCardSent):
        return list(_plan_gift_card(event))
    return _plan_order_mails(event)


def _plan_account_mail(event: events.AccountEvent, stored: OrderEvent) -> Iterator[MailPlan]:
    for kind in all_kinds():
        for planned in kind.plan(event) if isinstance(event, kind.events) else ():
            row = MailPlan(
                plan_key=planned.key,
                kind=kind.kind,
                event=stored,
                recipient=event.recipient.strip(),
                locale=mail_locale(event.user.language_code),
                due_at=planned.due_at,
            )
            if _write(row):
                yield row


def _plan_gift_card(event: events.GiftCardSent) -> Iterator[MailPlan]:
    for planned in plan_rules.gift_card(event):
        row = MailPlan(
            plan_key=planned.key,
            kind=Kind.GIFT_CARD,
            about=planned.about,
            recipient=event.sent_to_email.strip(),
            locale=gift_cards.language_of(event.sent_to_email.strip()),
            due_at=planned.due_at,
        )
        if _write(row):
            yield row


def _plan_order_mails(event: events.AnyEvent) -> list[MailPlan]:
    is_closed = _is_closed(event)
    if is_closed:
        cancel_open(order_id=event.order.id, reason="the order was cancelled")
    return [
        row
        for kind, planned in _mails_of(event, is_closed=is_closed)
        for row in _write_planned(event.order, kind, planned)
    ]


def plan_keys(event: events.AnyEvent) -> list[str]:
    """The keys of the mails that an event about the order as it is now causes; nothing is read or written."""
    return [row.plan_key for row in planned_rows(event)]


def _mails_of(event: events.AnyEvent, *, is_closed: bool) -> Iterator[tuple[MailKind[Any, Any], PlannedMail]]:
    for kind in all_kinds():
        if isinstance(event, kind.events) and (kind.survives_cancellation or not is_closed):
            for planned in kind.plan(event):
                yield kind, planned


def _is_closed(event: events.AnyEvent) -> bool:
    """Also when a "paid" event is late and tells of the order before it was cancelled."""
    order = event.order
    if isinstance(event, events.OrderCancelled) or order.status in CLOSED_ORDER_STATUSES:
        return True
    return OrderEvent.objects.filter(of_current_shop(), order_id=order.id, kind="OrderCancelled").exists()


def _write_planned(
    order: events.EventOrder, kind: MailKind[Any, Any], planned: PlannedMail
) -> Iterator[MailPlan]:
    row = _row(order, kind, planned)
    if _write(row):
        yield row
    elif not planned.hold_reason:
        yield from _bring_forward(planned)


def planned_rows(event: events.AnyEvent) -> Iterator[MailPlan]:
    """The mails that an event about the order as it is now causes, not written."""
    is_closed = event.order.status in CLOSED_ORDER_STATUSES
    for kind, planned in _mails_of(event, is_closed=is_closed):
        yield _row(event.order, kind, planned)


def _row(order: events.EventOrder, kind: MailKind[Any, Any], planned: PlannedMail) -> MailPlan:
    return MailPlan(
        plan_key=planned.key,
        kind=kind.kind,
        order_id=order.id,
        order_number=order.number,
        fulfillment_id=planned.fulfillment_id,
        about=planned.about,
        recipient=(order.user_email or "").strip(),
        locale=mail_locale(order.language_code_enum),
        due_at=planned.due_at,
        waits_for=planned.waits_for,
        hold_reason=planned.hold_reason,
        cancel_reason=planned.cancel_reason,
    )


def _bring_forward(planned: PlannedMail) -> Iterator[MailPlan]:
    """What a mail waited for has happened, or it is due earlier now. Only a row that no worker holds is changed.

    A mail that is due later by now is held back right before sending.
    """
    rows = MailPlan.objects.select_for_update().filter(
        of_current_shop(), plan_key=planned.key, state__in=OPEN
    )
    row = rows.first()
    if row is None or row.hold_reason == HELD_BY_A_PERSON:
        return
    if row.hold_reason != AWAITING_DELIVERY and row.due_at <= planned.due_at:
        return
    row.due_at = row.next_attempt_at = planned.due_at
    row.expires_at = _expiry(mail_kind(Kind(row.kind)), planned.due_at)
    row.hold_reason = ""
    row.state = ready_state(row)
    row.save()
    yield row


def ready_state(row: MailPlan) -> State:
    """The state of a row that no worker holds, by due time and by what it waits for. Sets hold_reason."""
    if row.hold_reason == HELD_BY_A_PERSON:
        return State.HELD
    is_early = row.due_at > timezone.now()
    if row.hold_reason == AWAITING_DELIVERY and is_early:
        return State.HELD
    row.hold_reason = ""
    if is_early:
        return State.PLANNED
    if row.waits_for and not _is_sent(row.shop, row.waits_for):
        row.hold_reason = AWAITING_SAFETY
        return State.HELD
    return State.DUE


def _is_sent(shop: str, plan_key: str) -> bool:
    return MailPlan.objects.filter(shop=shop, plan_key=plan_key, state=State.SENT).exists()


def promote(row: MailPlan) -> None:
    """Update the state of a row that no worker holds and enqueue it if due; no-op if the state changed meanwhile."""
    old_state = row.state
    row.state = ready_state(row)
    updated = MailPlan.objects.filter(pk=row.pk, state=old_state).update(
        state=row.state, hold_reason=row.hold_reason
    )
    if updated and row.state != old_state:
        enqueue.enqueue_on_commit(row)


def promote_waiting(sent: Sequence[MailPlan]) -> None:
    """Promote the mails that waited for one of these."""
    keys = {(plan.shop, plan.plan_key) for plan in sent}
    waiting = MailPlan.objects.filter(waits_for__in={key for _, key in keys}, state=State.HELD)
    for row in waiting:
        if (row.shop, row.waits_for) in keys:
            promote(row)


def cancel_open(*, order_id: str, reason: str) -> int:
    """Cancel the order's mails that no worker holds and that make no sense any more; returns how many."""
    surviving = [kind.kind for kind in all_kinds() if kind.survives_cancellation]
    rows = MailPlan.objects.filter(order_id=order_id, state__in=OPEN).exclude(kind__in=surviving)
    return rows.update(state=State.CANCELLED, cancel_reason=reason)


def _batches(rows: Iterable[MailPlan]) -> Iterator[list[MailPlan]]:
    left = iter(rows)
    while batch := list(islice(left, PLAN_BATCH)):
        yield batch


def plan_many(rows: Iterable[MailPlan]) -> int:
    """Write many plans, PLAN_BATCH in a transaction; returns how many are new. One whose plan_key exists is left alone.

    The rows are not enqueued: the sweep sends them, the most urgent first.
    """
    written = 0
    for batch in _batches(rows):
        with transaction.atomic(durable=True):
            written += write_plans(batch)
    return written


def write_plans(batch: Sequence[MailPlan]) -> int:
    """As `plan_many`, for at most PLAN_BATCH rows, in the caller's transaction."""
    for row in batch:
        _complete(row)
    keys = {(row.shop, row.plan_key) for row in batch}
    same_keys = MailPlan.objects.filter(plan_key__in=[key for _, key in keys])
    known = keys & set(same_keys.values_list("shop", "plan_key"))
    MailPlan.objects.bulk_create(batch, ignore_conflicts=True)
    return len(keys - known)


def plan_area(order: Order, area: str, *, lang: str, key: str) -> MailPlan | None:
    """Plan the technique guide of the area that the buyer has chosen; None if `key` exists already.

    key: of a further choice, which is sent at once; "" for the first, which waits for the parcel.
    """
    return _write(
        MailPlan(
            plan_key=key or area_plan_key(order.id),
            kind=Kind.AREA,
            order_id=order.id,
            order_number=order.number,
            about=area,
            recipient=order.email.strip(),
            locale=lang,
            due_at=timezone.now() if key else timezone.now() + HOWTO_FALLBACK_DELAY,
            hold_reason="" if key else AWAITING_DELIVERY,
        )
    )


class AddressedOrder(Protocol):
    """What a mail needs to know of its order before it is written."""

    @property
    def id(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def email(self) -> str: ...


def plan_for_order(
    order: AddressedOrder, kind: Kind, *, key: str, lang: str, about: str = ""
) -> MailPlan | None:
    """Plan a mail that its buyer or the merchant asked for, due now; None if `key` exists already."""
    return _write(
        MailPlan(
            plan_key=key,
            kind=kind,
            order_id=order.id,
            order_number=order.number,
            about=about,
            recipient=order.email.strip(),
            locale=lang,
            due_at=timezone.now(),
        )
    )


def plan_for_merchant(*, key: str, about: str, recipient: str) -> MailPlan | None:
    """Plan a mail to the merchant, in the language of the desk; None if `key` exists already."""
    kind, lang = Kind.MERCHANT_MESSAGE, mail_texts.FALLBACK
    return plan_for_address(kind, key=key, about=about, recipient=recipient, lang=lang)


def plan_for_address(kind: Kind, *, key: str, about: str, recipient: str, lang: str) -> MailPlan | None:
    """Plan a mail to an address that asked for it, about no order, due now; None if `key` exists already."""
    return _write(
        MailPlan(
            plan_key=key, kind=kind, about=about, recipient=recipient, locale=lang, due_at=timezone.now()
        )
    )


def plan_from_event(
    kind: Kind,
    *,
    key: str,
    event: OrderEvent,
    about: str,
    recipient: str,
    lang: str,
    due_at: datetime | None = None,
) -> MailPlan | None:
    """Plan the mail that says what `event` holds, about no order, due now or at `due_at`; None if `key` exists."""
    return _write(
        MailPlan(
            plan_key=key,
            kind=kind,
            event=event,
            about=about,
            recipient=recipient,
            locale=lang,
            due_at=due_at or timezone.now(),
        )
    )


def plan_shipped_again(row: MailPlan, *, tracking: str) -> MailPlan | None:
    """Plan the "shipped" mail for another tracking number than that of `row`; None if it exists already."""
    return _write(
        MailPlan(
            shop=row.shop,
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


def _write(row: MailPlan) -> MailPlan | None:
    """Insert the row; None, with nothing changed, if its plan_key exists."""
    _complete(row)
    found, is_new = MailPlan.objects.get_or_create(
        shop=row.shop, plan_key=row.plan_key, defaults=_values(row)
    )
    row.pk = found.pk
    return row if is_new else None


def _complete(row: MailPlan) -> None:
    """What follows from the kind."""
    kind = mail_kind(Kind(row.kind))
    row.mail_class, row.priority = kind.mail_class, kind.priority
    row.message_id = new_message_id()
    row.next_attempt_at, row.expires_at = row.due_at, _expiry(kind, row.due_at)
    row.state = State.CANCELLED if row.cancel_reason else ready_state(row)


def _values(row: MailPlan) -> dict[str, object]:
    names = [f.attname for f in MailPlan._meta.concrete_fields if f.attname not in ("id", "shop", "plan_key")]
    return {name: getattr(row, name) for name in names}


def _expiry(kind: MailKind[Any, Any], due_at: datetime) -> datetime | None:
    return due_at + kind.expires_after if kind.expires_after else None


def new_message_id() -> str:
    """A new Message-ID. It is set when the mail is planned and reused on every try, so that copies are recognizable."""
    domain = bare_address(settings.MAIL_FROM).rpartition("@")[2] or "localhost"
    return f"<{uuid.uuid4()}@{domain}>"


def mail_locale(language_code: str) -> str:
    """The mail language for a Saleor LanguageCodeEnum value such as "DE_AT"; "en" if unsupported."""
    language = language_code.lower().partition("_")[0]
    return language if language in guidebook.library().languages else "en"
