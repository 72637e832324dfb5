"""From a fact to those who want to know. Rows are the queue: any number of workers may run all of this at
once.

plan     unplanned facts become one delivery for each listener and webhook that wants them
claim    a delivery is taken by moving its `next_attempt_at` on; that is the lease of whoever took it
attempt  rendered, handed over, logged; a failure is tried again 10, 20, 40 … seconds later
"""

import logging
import time
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from store.engine.events import listeners, payload_rendering, sync_response_handlers, webhook_transport
from store.engine.events.event_permissions import SYNC, permission_for
from store.engine.events.models import AppAsker, Event, EventDelivery, EventDeliveryAttempt, Webhook
from store.engine.events.webhook_transport import Outcome

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)  # more than the longest call
FIRST_WAIT = timedelta(seconds=10)
RETRIES = 5
LONGEST_WAIT = timedelta(minutes=10)  # for listeners in the house, which are never given up
KEPT = timedelta(days=14)
Status = EventDelivery.Status


def plan(*, limit: int = 200) -> int:
    """Write the deliveries of facts that have none yet. Each fact by one worker, in its own transaction."""
    planned = 0
    pks = Event.objects.filter(planned_at=None).order_by("pk").values_list("pk", flat=True)[:limit]
    for pk in list(pks):
        with transaction.atomic(durable=True):
            # Only the worker whose update counts goes on; a crash undoes both and the next one plans it.
            if not Event.objects.filter(pk=pk, planned_at=None).update(planned_at=timezone.now()):
                continue
            _write_deliveries(Event.objects.get(pk=pk))
            planned += 1
    return planned


def _write_deliveries(event: Event) -> None:
    inside = [EventDelivery(event=event, listener=one.name) for one in listeners.wanting(event.type)]
    outside = [EventDelivery(event=event, webhook=webhook) for webhook in _hearing(event)]
    EventDelivery.objects.bulk_create(inside + outside)


def _hearing(event: Event) -> list[Webhook]:
    """A request is put to the one app it is for, by the first of its webhooks; other facts go to whoever listens."""
    found = webhooks_for(event.type)
    if event.type in SYNC:
        return [one for one in found if one.app_id == event.extra.get("app")][:1]
    return found


def webhooks_for(event_type: str, *, identifier: str | None = None) -> list[Webhook]:
    """Active webhooks of active apps (or of the one of this identifier) that want this and are allowed to know."""
    names = (event_type,) if event_type in SYNC else (event_type, "ANY_EVENTS")
    wanted = Webhook.objects.filter(is_active=True, app__is_active=True, events__event_type__in=names)
    if identifier is not None:
        wanted = wanted.filter(app__identifier=identifier)
    needed = permission_for(event_type)
    found = wanted.select_related("app").order_by("pk").distinct()
    return [hook for hook in found if needed is None or needed in hook.app.permission_codes()]


def due(*, inside: bool) -> list[int]:
    """Pks of what waits now for listeners in the house, or for webhooks; oldest first."""
    waiting = EventDelivery.objects.filter(status=Status.PENDING, next_attempt_at__lte=timezone.now())
    waiting = waiting.filter(webhook__isnull=inside).order_by("pk")
    return list(waiting.values_list("pk", flat=True)[:500])


def claim(delivery: EventDelivery) -> bool:
    """True for exactly one of those who try; the others see that the row has moved on."""
    lease = timezone.now() + LEASE
    mine = EventDelivery.objects.filter(
        pk=delivery.pk, status=Status.PENDING, next_attempt_at=delivery.next_attempt_at
    ).update(next_attempt_at=lease, tries=delivery.tries + 1)
    if mine:
        delivery.tries += 1
        delivery.next_attempt_at = lease
    return bool(mine)


def attempt(delivery_id: int, *, task_id: str = "") -> bool:
    """Deliver this one if it is due and nobody else is at it. True when it has arrived."""
    delivery = (
        EventDelivery.objects.filter(
            pk=delivery_id, status=Status.PENDING, next_attempt_at__lte=timezone.now()
        )
        .select_related("event", "webhook__app")
        .first()
    )
    if delivery is None or not claim(delivery):
        return False
    started = time.monotonic()
    try:
        outcome = _post(delivery) if delivery.webhook else _tell(delivery)
    except Exception as error:  # whatever a renderer or a listener throws: log it, try again later
        log.exception("delivery %s of %s failed", delivery.pk, delivery.event)
        said = f"{type(error).__name__}: {error}"[: webhook_transport.KEPT_CHARACTERS]
        outcome = Outcome(False, False, None, said, time.monotonic() - started)
    _note(delivery, outcome, task_id)
    return outcome.ok


def retry(delivery: EventDelivery) -> None:
    """Once more from the start, on a person's wish."""
    EventDelivery.objects.filter(pk=delivery.pk).update(
        status=Status.PENDING, tries=0, next_attempt_at=timezone.now()
    )
    delivery.refresh_from_db()


def prune() -> int:
    """Forget what arrived a fortnight ago; what failed stays for the merchant to see."""
    done = Event.objects.filter(planned_at__lt=timezone.now() - KEPT)
    done = done.exclude(deliveries__status__in=(Status.PENDING, Status.FAILED)).order_by("pk")
    forgotten = 0
    while pks := list(done.values_list("pk", flat=True)[:1000]):
        Event.objects.filter(pk__in=pks).delete()
        forgotten += len(pks)
    return forgotten


def _tell(delivery: EventDelivery) -> Outcome:
    started = time.monotonic()
    listener = listeners.named(delivery.listener)
    if listener is None:
        return Outcome(False, False, None, f"nobody is registered as {delivery.listener!r}", 0.0)
    payload = payload_rendering.render(listener.document, delivery.event)
    if not payload:
        return Outcome(True, True, None, "the object is gone; nothing to tell", time.monotonic() - started)
    listener.receive(payload)
    return Outcome(True, True, None, "", time.monotonic() - started)


def _post(delivery: EventDelivery) -> Outcome:
    webhook = delivery.webhook
    assert webhook is not None
    if not (webhook.is_active and webhook.app.is_active):
        return Outcome(False, True, None, "the webhook or its app has been switched off", 0.0)
    if not delivery.payload:
        delivery.event.recipient, delivery.event.requestor = webhook.app, AppAsker(webhook.app)
        payload = payload_rendering.render(webhook.subscription_query, delivery.event)
        if not payload:
            return Outcome(False, True, None, "the object is gone; nothing to send", 0.0)
        delivery.payload = webhook_transport.as_text(payload)
        EventDelivery.objects.filter(pk=delivery.pk).update(payload=delivery.payload)
    return webhook_transport.post(
        webhook, event_type=delivery.event.type, payload=delivery.payload, number=str(delivery.number)
    )


def _note(delivery: EventDelivery, outcome: Outcome, task_id: str) -> None:
    status = _status_after(delivery, outcome)
    changes = {"status": status, "next_attempt_at": timezone.now() + _wait(delivery.tries)}
    if status == Status.SUCCESS and delivery.event.type.startswith(("ACCOUNT_", "STAFF_")):
        changes["payload"] = ""  # holds a token that lets its reader in
    with transaction.atomic(durable=True):
        EventDelivery.objects.filter(pk=delivery.pk).update(**changes)
        EventDeliveryAttempt.objects.create(
            delivery=delivery,
            task_id=task_id,
            duration=outcome.seconds,
            response=outcome.text,
            response_status_code=outcome.status_code,
            status=Status.SUCCESS if outcome.ok else Status.FAILED,
        )
        if status != Status.PENDING and delivery.event.type in SYNC:
            _take_answer(delivery, webhook_transport.as_json(outcome.body) if outcome.ok else None)


def _take_answer(delivery: EventDelivery, answer: Any) -> None:
    try:
        with transaction.atomic():
            sync_response_handlers.tell(delivery.event, answer)
    except Exception:  # the app has spoken; asking it once more for each of our own faults would help nobody
        log.exception("the answer to delivery %s of %s was not understood", delivery.pk, delivery.event)
        EventDelivery.objects.filter(pk=delivery.pk).update(status=Status.FAILED)


def _status_after(delivery: EventDelivery, outcome: Outcome) -> str:
    if outcome.ok:
        return Status.SUCCESS
    if outcome.final or (delivery.webhook_id and delivery.tries > RETRIES):
        return Status.FAILED
    if delivery.event.type in SYNC and (outcome.status_code or 0) < 500:
        # Nobody knows whether the app has moved money: only a plain "not now" is asked again
        return Status.FAILED
    return Status.PENDING


def _wait(tries: int) -> timedelta:
    return min(FIRST_WAIT * int(2 ** (tries - 1)), LONGEST_WAIT)
