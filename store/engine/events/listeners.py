"""Listeners inside the house, such as the mailer. Wiring registers them when the program starts.

A listener gives the same subscription document that it would register at a real Saleor, and gets what the
document's `event` selects. It may be told a fact twice (a crash between its commit and ours), never zero
times.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from store.engine.events.subscription_queries import events_of

Receive = Callable[[dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Listener:
    name: str
    document: str
    receive: Receive
    event_types: frozenset[str]


_listeners: dict[str, Listener] = {}


def register(name: str, document: str, receive: Receive) -> None:
    """Registering a name again replaces it."""
    _listeners[name] = Listener(name, document, receive, events_of(document))


def forget(name: str) -> None:
    _listeners.pop(name, None)


def named(name: str) -> Listener | None:
    return _listeners.get(name)


def wanting(event_type: str) -> Iterable[Listener]:
    return [listener for listener in _listeners.values() if event_type in listener.event_types]


def event_types() -> set[str]:
    """Everything that anybody in the house wants to hear of."""
    return {one for listener in _listeners.values() for one in listener.event_types}
