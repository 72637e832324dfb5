"""The webhook by which Saleor tells the mailer of events: one, with the mailer's own subscription."""

import re

from django.conf import settings

from store.mailer.inbox import SUBSCRIPTION
from store.saleor import events
from store.saleor.client.enums import WebhookEventTypeAsyncEnum as AsyncEvent
from store.saleor.client.input_types import WebhookCreateInput, WebhookUpdateInput

NAME = "Cupwell mails"
PATH = "/hooks/saleor/"
# An invitation to Saleor's own Dashboard is Saleor's to send, and would need the permission to manage staff.
_OF_THE_DASHBOARD = ("StaffSetPasswordRequested",)


def target_url() -> str:
    return f"{settings.PUBLIC_URL}{PATH}"


def event_types() -> list[AsyncEvent]:
    """The subscription's events by their names as an enum: OrderFullyPaid is ORDER_FULLY_PAID."""
    names = (name for name in events.EVENT_TYPES if name not in _OF_THE_DASHBOARD)
    return [AsyncEvent(re.sub(r"(?<!^)(?=[A-Z])", "_", name).upper()) for name in names]


def create_input(app_id: str | None) -> WebhookCreateInput:
    """`app_id`: None for the app that asks."""
    values = _values()
    return WebhookCreateInput(**values) if app_id is None else WebhookCreateInput(app=app_id, **values)


def update_input() -> WebhookUpdateInput:
    return WebhookUpdateInput(**_values())


def _values() -> dict[str, object]:
    return {
        "name": NAME,
        "targetUrl": target_url(),
        "asyncEvents": event_types(),
        "syncEvents": [],
        "isActive": True,
        "query": SUBSCRIPTION,
    }
