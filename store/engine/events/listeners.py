"""In-process listeners, such as the mailer, registered when the program starts.

A listener gives the same subscription document that it would register at a real Saleor, and gets what the
document's `event` field selects. Delivery is at least once: after a crash between the listener's commit and ours it
gets the event a second time.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from store.engine.events.subscription_queries import subscribed_events

Receive = Callable[[dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Listener:
    name: str
    document: str
    receive: Receive
    event_types: frozenset[str]


_listeners: dict[str, Listener] = {}


def register(name: str, document: str, receive: Receive) -> None:
    """Add or replace the listener of this name. Raises InvalidSubscription for an unusable document."""
    _listeners[name] = Listener(name, document, receive, subscribed_events(document))


def unregister(name: str) -> None:
    _listeners.pop(name, None)


def get(name: str) -> Listener | None:
    return _listeners.get(name)


def subscribed_to(event_type: str) -> Iterable[Listener]:
    return [listener for listener in _listeners.values() if event_type in listener.event_types]


def subscribed_event_types() -> set[str]:
    """All event types that any in-process listener subscribes to."""
    return {event_type for listener in _listeners.values() for event_type in listener.event_types}
