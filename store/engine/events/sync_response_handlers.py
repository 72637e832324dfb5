"""Handlers of an app's response to an event that asked it for something, such as a refund.

    sync_response_handlers.register("TRANSACTION_REFUND_REQUESTED", payment.handle_app_response)

The package that records the event registers its handler when the program starts. A handler runs in the transaction
that logs the delivery attempt, so that both are committed or neither.
"""

from collections.abc import Callable
from typing import Any

from store.engine.events.models import Event

ResponseHandler = Callable[[Event, Any], None]
_handlers: dict[str, ResponseHandler] = {}


def register(event_type: str, handler: ResponseHandler) -> None:
    """`handler(event, response)`; the response is decoded JSON, or None when there was none."""
    _handlers[event_type] = handler


def handle(event: Event, response: Any) -> None:
    if handler := _handlers.get(event.type):
        handler(event, response)
