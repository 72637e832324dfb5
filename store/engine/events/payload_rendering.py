"""Renders an event through a subscription document. The renderer belongs to `store.engine.graphql`, which this package
may not import; it is handed in when the program starts.
"""

from collections.abc import Callable
from typing import Any

from store.engine.events.models import Event

Render = Callable[[str, Event], dict[str, Any] | None]
_renderer: Render | None = None


class RendererNotSet(RuntimeError):
    """`set_renderer` was not called at program start."""


def set_renderer(render: Render) -> None:
    global _renderer  # noqa: PLW0603 - set once at start
    _renderer = render


def render(document: str, event: Event) -> dict[str, Any] | None:
    """The document's selection of `event`; None or empty when its object no longer exists. Raises RendererNotSet."""
    if _renderer is None:
        raise RendererNotSet(
            "no renderer is set: payload_rendering.set_renderer(...) must be called at start"
        )
    return _renderer(document, event)
