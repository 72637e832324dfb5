"""Delivery of recorded events to webhooks and listeners. The rows are the queue; any number of workers may run all of
this at once.

plan     create one delivery row for each subscribed listener and webhook of an unplanned event
claim    take a delivery by moving its `next_attempt_at` forward, which is the lease of the worker that took it
attempt  render, send and log it; a failure is retried 10, 20, 40 … seconds later
"""

import logging
import time
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from store.engine.events import listeners, payload_rendering, sync_response_handlers, webhook_transport
from store.engine.events.event_permissions import SYNC_EVENTS, permission_for
from store.engine.events.models import AppRequestor, Event, EventDelivery, EventDeliveryAttempt, Webhook
from store.engine.events.webhook_transport import Outcome

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)  # longer than the longest call
FIRST_RETRY_DELAY = timedelta(seconds=10)
MAX_RETRIES = 5  # of webhooks
BATCH_SIZE = 1000  # rows that one statement deletes
MAX_RETRY_DELAY = timedelta(minutes=10)  # for in-process listeners, which are retried without end
Status = EventDelivery.Status


def plan(*, limit: int = 200) -> int:
    """Create the deliveries of events that have none yet, each event in its own transaction; returns how many.

    An event one of whose webhooks is deleted at that moment stays for the next call.
    """
    planned = 0
    pks = Event.objects.filter(planned_at=None).order_by("pk").values_list("pk", flat=True)[:limit]
    for pk in list(pks):
        try:
            planned += _plan_one(pk)
        except IntegrityError:
            log.info("a webhook of event %s was deleted meanwhile", pk)
    return planned


def _plan_one(pk: int) -> bool:
    with transaction.atomic(durable=True):
        # Only the worker whose update matches a row continues; a crash rolls back both writes.
        if not Event.objects.filter(pk=pk, planned_at=None).update(planned_at=timezone.now()):
            return False
        _write_deliveries(Event.objects.get(pk=pk))
    return True


def undelivered_to_listeners(*object_kinds: str) -> int:
    """How many events about objects of these kinds an in-process listener has not got yet."""
    unplanned = Event.objects.filter(planned_at=None, object_kind__in=object_kinds)
    unplanned = unplanned.filter(type__in=listeners.subscribed_event_types())
    pending = EventDelivery.objects.filter(
        status=Status.PENDING, webhook=None, event__object_kind__in=object_kinds
    )
    return unplanned.count() + pending.count()


def _write_deliveries(event: Event) -> None:
    to_listeners = [
        EventDelivery(event=event, listener=listener.name) for listener in listeners.subscribed_to(event.type)
    ]
    to_webhooks = [EventDelivery(event=event, webhook=webhook) for webhook in _subscribed_webhooks(event)]
    EventDelivery.objects.bulk_create(to_listeners + to_webhooks)


def _subscribed_webhooks(event: Event) -> list[Webhook]:
    """A synchronous event goes to the first webhook of the app it addresses, others to all subscribed webhooks."""
    webhooks = webhooks_for(event.type)
    if event.type in SYNC_EVENTS:
        return [webhook for webhook in webhooks if webhook.app_id == event.extra.get("app")][:1]
    return webhooks


def webhooks_for(event_type: str, *, identifier: str | None = None) -> list[Webhook]:
    """Active webhooks of active apps that subscribe to this event and may receive it; of one app if `identifier`."""
    names = (event_type,) if event_type in SYNC_EVENTS else (event_type, "ANY_EVENTS")
    webhooks = Webhook.objects.filter(is_active=True, app__is_active=True, events__event_type__in=names)
    if identifier is not None:
        webhooks = webhooks.filter(app__identifier=identifier)
    webhooks = webhooks.select_related("app").order_by("pk").distinct()
    permission = permission_for(event_type)
    return [
        webhook for webhook in webhooks if permission is None or permission in webhook.app.permission_codes()
    ]


def due(*, to_listeners: bool) -> list[int]:
    """Pks of up to 500 deliveries that are due now, oldest first: to in-process listeners, or to webhooks."""
    pending = EventDelivery.objects.filter(status=Status.PENDING, next_attempt_at__lte=timezone.now())
    pending = pending.filter(webhook__isnull=to_listeners).order_by("pk")
    return list(pending.values_list("pk", flat=True)[:500])


def claim(delivery: EventDelivery) -> bool:
    """Take the delivery until its lease ends. True for exactly one of concurrent workers: the update is conditional."""
    lease_end = timezone.now() + LEASE
    claimed = EventDelivery.objects.filter(
        pk=delivery.pk, status=Status.PENDING, next_attempt_at=delivery.next_attempt_at
    ).update(next_attempt_at=lease_end, tries=delivery.tries + 1)
    if claimed:
        delivery.tries += 1
        delivery.next_attempt_at = lease_end
    return bool(claimed)


def attempt(delivery_id: int, *, task_id: str = "") -> bool:
    """Deliver it if it is due and not claimed by another worker. True when it succeeded; failures are logged."""
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
        outcome = _post_to_webhook(delivery) if delivery.webhook else _call_listener(delivery)
    except Exception as error:  # a renderer or listener may raise anything: log it, retry later
        log.exception("delivery %s of %s failed", delivery.pk, delivery.event)
        message = f"{type(error).__name__}: {error}"[: webhook_transport.MAX_LOGGED_CHARACTERS]
        outcome = Outcome(False, False, None, message, time.monotonic() - started)
    _log_attempt(delivery, outcome, task_id)
    return outcome.ok


def send_once(event: Event, webhook: Webhook) -> EventDelivery:
    """Record the event for this webhook alone, on a person's request; the delivery is due at once."""
    with transaction.atomic(durable=True):
        event.planned_at = timezone.now()
        event.save(update_fields=["planned_at"])
        return EventDelivery.objects.create(event=event, webhook=webhook)


def retry(delivery: EventDelivery) -> None:
    """Make the delivery due now with all its retries again, on a person's request."""
    EventDelivery.objects.filter(pk=delivery.pk).update(
        status=Status.PENDING, tries=0, next_attempt_at=timezone.now()
    )
    delivery.refresh_from_db()


def prune() -> int:
    """Delete events that were delivered EVENT_RETENTION_DAYS ago. Returns how many.

    With a delivery that failed an event stays for FAILED_DELIVERY_RETENTION_DAYS, to be looked at and sent again; what
    is still to be sent stays. What people did stays in the audit log for AUDIT_RETENTION_DAYS, without payloads.
    """
    now = timezone.now()
    audited = Q(principal_kind="User", created_at__gte=now - timedelta(days=settings.AUDIT_RETENTION_DAYS))
    old = Event.objects.exclude(deliveries__status=Status.PENDING)
    delivered = old.filter(planned_at__lt=now - timedelta(days=settings.EVENT_RETENTION_DAYS))
    delivered = delivered.exclude(deliveries__status=Status.FAILED)
    failed = old.filter(planned_at__lt=now - timedelta(days=settings.FAILED_DELIVERY_RETENTION_DAYS))
    failed = failed.filter(Exists(EventDelivery.objects.filter(event=OuterRef("pk"), status=Status.FAILED)))
    deleted = 0
    for done in (delivered, failed):
        _delete_in_batches(EventDelivery.objects.filter(event__in=done.filter(audited)))
        deleted += _delete_in_batches(done.exclude(audited))
    return deleted


def _delete_in_batches(rows: QuerySet[Any]) -> int:
    deleted = 0
    while pks := list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH_SIZE]):
        rows.model._default_manager.filter(pk__in=pks).delete()
        deleted += len(pks)
    return deleted


def _call_listener(delivery: EventDelivery) -> Outcome:
    started = time.monotonic()
    listener = listeners.get(delivery.listener)
    if listener is None:
        return Outcome(False, False, None, f"nobody is registered as {delivery.listener!r}", 0.0)
    payload = payload_rendering.render(listener.document, delivery.event)
    if not payload:
        return Outcome(True, True, None, "the object is gone; nothing to tell", time.monotonic() - started)
    listener.receive(payload)
    return Outcome(True, True, None, "", time.monotonic() - started)


def _post_to_webhook(delivery: EventDelivery) -> Outcome:
    webhook = delivery.webhook
    assert webhook is not None
    if not (webhook.is_active and webhook.app.is_active):
        return Outcome(False, True, None, "the webhook or its app has been switched off", 0.0)
    if not delivery.payload:
        delivery.event.recipient, delivery.event.requestor = webhook.app, AppRequestor(webhook.app)
        payload = payload_rendering.render(webhook.subscription_query, delivery.event)
        if not payload:
            return Outcome(False, True, None, "the object is gone; nothing to send", 0.0)
        delivery.payload = webhook_transport.encode_json(payload)
        EventDelivery.objects.filter(pk=delivery.pk).update(payload=delivery.payload)
    return webhook_transport.post(
        webhook, event_type=delivery.event.type, payload=delivery.payload, number=str(delivery.number)
    )


def _log_attempt(delivery: EventDelivery, outcome: Outcome, task_id: str) -> None:
    status = _status_after(delivery, outcome)
    changes = {"status": status, "next_attempt_at": timezone.now() + _retry_delay(delivery.tries)}
    if status == Status.SUCCESS and delivery.event.type.startswith(("ACCOUNT_", "STAFF_")):
        changes["payload"] = ""  # contains a token that grants access to the account
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
        if status != Status.PENDING and delivery.event.type in SYNC_EVENTS:
            _handle_response(delivery, webhook_transport.decode_json(outcome.body) if outcome.ok else None)


def _handle_response(delivery: EventDelivery, response: Any) -> None:
    try:
        with transaction.atomic():
            sync_response_handlers.handle(delivery.event, response)
    except Exception:  # the app has responded; sending the request again would not fix a fault of ours
        log.exception("the answer to delivery %s of %s was not understood", delivery.pk, delivery.event)
        EventDelivery.objects.filter(pk=delivery.pk).update(status=Status.FAILED)


def _status_after(delivery: EventDelivery, outcome: Outcome) -> str:
    if outcome.ok:
        return Status.SUCCESS
    if outcome.final or (delivery.webhook_id and delivery.tries > MAX_RETRIES):
        return Status.FAILED
    if delivery.event.type in SYNC_EVENTS and (outcome.status_code or 0) < 500:
        # The app may have moved money although no response arrived: only a clear 5xx is retried
        return Status.FAILED
    return Status.PENDING


def _retry_delay(tries: int) -> timedelta:
    return min(FIRST_RETRY_DELAY * int(2 ** (tries - 1)), MAX_RETRY_DELAY)
