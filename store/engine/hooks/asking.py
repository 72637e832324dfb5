"""Asking an app and waiting for its answer: Saleor's synchronous webhooks, such as those of payment apps.

    answer = ask("TRANSACTION_INITIALIZE_SESSION", app=app, values={"transaction": …, "source_object": …})

Nothing is retried: somebody waits. Call it outside transactions, so that no lock is held meanwhile.
"""

import json
from typing import Any

from django.utils import timezone

from store.engine.hooks import posting, rendering
from store.engine.hooks.kinds import permission_for
from store.engine.hooks.models import App, AppAsker, Event, Webhook


class NoAnswer(Exception):
    """The app is not listening, did not answer in time, or answered something that is no JSON object."""


def app_named(identifier: str) -> App | None:
    """The active app of this identifier that may handle payments or whatever the event needs."""
    return App.objects.filter(identifier=identifier, is_active=True).order_by("pk").first()


def ask(event_type: str, *, app: App, values: dict[str, Any]) -> dict[str, Any]:
    """The app's answer. `values` are the fields of the event, by their snake_case names."""
    webhook = _webhook(event_type, app)
    event = Event(type=event_type, created_at=timezone.now())
    event.recipient, event.requestor, event.values = app, AppAsker(app), values
    payload = rendering.render(webhook.subscription_query, event)
    outcome = posting.post(webhook, event_type=event_type, payload=posting.as_text(payload))
    if not outcome.ok:
        raise NoAnswer(
            f"{app.name} did not answer {event_type}: {outcome.status_code or ''} {outcome.text}".strip()
        )
    try:
        answer = json.loads(outcome.body)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise NoAnswer(f"{app.name} answered {event_type} with something that is no JSON object")
    return answer


def _webhook(event_type: str, app: App) -> Webhook:
    needed = permission_for(event_type)
    listening = Webhook.objects.filter(app=app, is_active=True, events__event_type=event_type)
    webhook = listening.select_related("app").order_by("pk").first()
    if webhook is None or (needed and needed not in app.permission_codes()):
        raise NoAnswer(f"{app.name} does not listen to {event_type}")
    return webhook
