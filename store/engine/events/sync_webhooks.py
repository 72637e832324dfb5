"""Asking an app and waiting for its answer: Saleor's synchronous webhooks, such as those of payment apps.

    [webhook, *_] = listening("TRANSACTION_INITIALIZE_SESSION", identifier="my.payments")
    answer = ask(webhook, "TRANSACTION_INITIALIZE_SESSION", {"transaction": …, "source_object": …})

Nothing is retried: somebody waits. Inside a transaction it refuses to run, so that no lock is held meanwhile.
"""

import logging
from typing import Any

from django.db import transaction
from django.utils import timezone
from graphql import GraphQLError

from store.engine.events import current_actor, payload_rendering, webhook_deliveries, webhook_transport
from store.engine.events.models import App, AppAsker, Event, Webhook

log = logging.getLogger(__name__)


class NoAnswer(Exception):
    """The app is not listening, did not answer in time, or answered something that is no JSON."""


class InsideTransaction(RuntimeError):
    """A slow app would hold the rows of everybody else: commit first, ask, then write the answer down."""


def app_named(identifier: str) -> App | None:
    """The active app of this identifier."""
    if not identifier:
        return None
    return App.objects.filter(identifier=identifier, is_active=True).order_by("pk").first()


def listening(event_type: str, *, identifier: str | None = None) -> list[Webhook]:
    """The webhooks that would be asked, one for each app: an app with two for the same event is asked by its first."""
    found: dict[int, Webhook] = {}
    for webhook in webhook_deliveries.webhooks_for(event_type, identifier=identifier):
        if webhook.app.identifier:
            found.setdefault(webhook.app_id, webhook)
    return list(found.values())


def ask(webhook: Webhook, event_type: str, values: dict[str, Any]) -> Any:
    """What the app's JSON says. `values` are the fields of the event, by their snake_case names."""
    if transaction.get_connection().in_atomic_block:
        raise InsideTransaction(f"{event_type} would be asked inside a transaction")
    outcome = webhook_transport.post(
        webhook, event_type=event_type, payload=_payload(webhook, event_type, values)
    )
    answer = webhook_transport.as_json(outcome.body) if outcome.ok else None
    if answer is None:
        said = f"{outcome.status_code or ''} {outcome.text}".strip()
        log.warning("%s did not answer %s: %s", webhook.app.name, event_type, said)
        raise NoAnswer(f"{webhook.app.name} did not answer {event_type}.")
    return answer


def _payload(webhook: Webhook, event_type: str, values: dict[str, Any]) -> str:
    by = current_actor.current()
    event = Event(type=event_type, created_at=timezone.now(), principal_kind=by.kind, principal_pk=by.pk)
    event.recipient, event.requestor, event.values = webhook.app, AppAsker(webhook.app), values
    try:
        payload = payload_rendering.render(webhook.subscription_query, event)
    except GraphQLError as error:  # it selects something that is not to be had, or not for this app
        log.warning("%s can't be told of %s: %s", webhook.app.name, event_type, error.message)
        payload = None
    if not payload:
        raise NoAnswer(f"The subscription of {webhook.app.name} selects nothing of {event_type}.")
    return webhook_transport.as_text(payload)
