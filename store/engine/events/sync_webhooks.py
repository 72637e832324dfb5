"""Saleor's synchronous webhooks: call an app, such as a payment app, and wait for its response.

    [webhook, *_] = first_webhook_per_app("TRANSACTION_INITIALIZE_SESSION", identifier="my.payments")
    response = trigger(webhook, "TRANSACTION_INITIALIZE_SESSION", {"transaction": …, "source_object": …})

Nothing is retried, because a request waits for the response. Refuses to run in a transaction, which would hold locks.
"""

import logging
from typing import Any

from django.db import transaction
from django.utils import timezone
from graphql import GraphQLError

from store.engine.events import current_actor, payload_rendering, webhook_deliveries, webhook_transport
from store.engine.events.models import App, AppRequestor, Event, Webhook

log = logging.getLogger(__name__)


class NoResponse(Exception):
    """The app did not respond in time or with JSON, or its subscription selects nothing of the event."""


class NotSent(NoResponse):
    """Nothing reached the app: no connection was made, or there was nothing to send."""


class InsideTransaction(RuntimeError):
    """`trigger` was called in a transaction. Commit first: a slow app would hold the locks."""


def find_app(identifier: str) -> App | None:
    """The active app with this identifier; None also for an empty identifier."""
    if not identifier:
        return None
    return App.objects.filter(identifier=identifier, is_active=True).order_by("pk").first()


def first_webhook_per_app(event_type: str, *, identifier: str | None = None) -> list[Webhook]:
    """The webhooks to call for this event, one for each app (the first one where an app has several)."""
    by_app: dict[int, Webhook] = {}
    for webhook in webhook_deliveries.webhooks_for(event_type, identifier=identifier):
        if webhook.app.identifier:
            by_app.setdefault(webhook.app_id, webhook)
    return list(by_app.values())


def trigger(webhook: Webhook, event_type: str, values: dict[str, Any]) -> Any:
    """The app's decoded JSON response. `values` are the fields of the event, by their snake_case names.

    Raises NoResponse (NotSent where the app knows nothing of it), InsideTransaction.
    """
    if transaction.get_connection().in_atomic_block:
        raise InsideTransaction(f"{event_type} would be sent inside a transaction")
    outcome = webhook_transport.post(
        webhook, event_type=event_type, payload=_payload(webhook, event_type, values)
    )
    response = webhook_transport.decode_json(outcome.body) if outcome.ok else None
    if response is None:
        detail = f"{outcome.status_code or ''} {outcome.text}".strip()
        log.warning("%s did not answer %s: %s", webhook.app.name, event_type, detail)
        kind = NoResponse if outcome.was_sent else NotSent
        raise kind(f"{webhook.app.name} did not answer {event_type}.")
    return response


def _payload(webhook: Webhook, event_type: str, values: dict[str, Any]) -> str:
    actor = current_actor.current()
    event = Event(
        type=event_type, created_at=timezone.now(), principal_kind=actor.kind, principal_pk=actor.pk
    )
    event.recipient, event.requestor, event.values = webhook.app, AppRequestor(webhook.app), values
    try:
        payload = payload_rendering.render(webhook.subscription_query, event)
    except GraphQLError as error:  # it selects a field that failed, or that this app may not read
        log.warning("%s can't be sent %s: %s", webhook.app.name, event_type, error.message)
        payload = None
    if not payload:
        raise NotSent(f"The subscription of {webhook.app.name} selects nothing of {event_type}.")
    return webhook_transport.encode_json(payload)
