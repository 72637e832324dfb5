"""Fields of an event in a row's history that are kept in its JSON column `parameters`, each under its own name."""

from typing import Any

from store.engine.graphql.registry import Resolver


def parameter(name: str) -> Resolver:
    """The resolver of the field: the stored value, None when this event has none."""
    return staticmethod(lambda root, _info: root.parameters.get(name))


def parameters(*names: str) -> dict[str, Any]:
    """A resolver for each name."""
    return {name: parameter(name) for name in names}
