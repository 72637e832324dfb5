"""Where facts get their shape. The stair above (store.engine.graphql) runs a subscription document against
our schema; this room may not import it, so wiring hands the function in."""

from collections.abc import Callable
from typing import Any

from store.engine.events.models import Event

Render = Callable[[str, Event], dict[str, Any] | None]
_render: Render | None = None


class NobodyRenders(RuntimeError):
    """`hooks.rendering.use` was never called; store.wiring does it when the program starts."""


def use(render: Render) -> None:
    global _render  # noqa: PLW0603 - set once at start
    _render = render


def render(document: str, event: Event) -> dict[str, Any] | None:
    """The `event` selection; nothing (None or empty) when the thing it was about is gone."""
    if _render is None:
        raise NobodyRenders("no renderer is set: store.wiring must call hooks.rendering.use(...)")
    return _render(document, event)
