"""Renders an event through a subscription document. The renderer belongs to `store.engine.graphql`, which this package
may not import; it is handed in when the program starts (`ports`).
"""

from typing import Any

from store.engine import ports
from store.engine.events.models import Event


def render(document: str, event: Event) -> dict[str, Any] | None:
    """The document's selection of `event`; None or empty when its object no longer exists."""
    return ports.connected().render_subscription(document, event)
