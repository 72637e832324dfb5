"""The row of a global id whose type has metadata."""

from functools import cache

from store.engine.errors import NotFound
from store.engine.events.metadata import WithMetadata
from store.engine.graphql import ids
from store.engine.graphql.metadata.permissions import supports_metadata
from store.engine.graphql.registry import SaleorType

_additional: dict[str, type[WithMetadata]] = {}


def register_type(type_name: str, model: type[WithMetadata]) -> None:
    """Add a second Saleor type of a model, such as ShippingMethodType."""
    _additional[type_name] = model


@cache
def models_by_type_name() -> dict[str, type[WithMetadata]]:
    """Models with metadata by Saleor's type name. Cached: call it only after all types are registered."""
    registered = {
        name: model for model, name in SaleorType.type_by_class.items() if issubclass(model, WithMetadata)
    }
    return registered | _additional


def get_row_by_id(global_id: str) -> tuple[str, WithMetadata]:
    """(type name, row); raises NotFound when there is no such row or its type has no metadata."""
    type_name, _ = ids.from_global_id(global_id)
    model = models_by_type_name().get(type_name)
    if model is None or not supports_metadata(type_name):
        raise NotFound(f"Couldn't resolve to a item with meta: {global_id}", field="id")
    return type_name, ids.get_row(global_id, model, type_name)
