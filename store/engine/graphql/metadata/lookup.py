"""From the global id of anything with metadata to its row."""

from functools import cache

from store.engine.errors import NotFound
from store.engine.events.metadata import WithMetadata
from store.engine.graphql import ids
from store.engine.graphql.metadata.permissions import known
from store.engine.graphql.registry import SaleorType

_more: dict[str, type[WithMetadata]] = {}


def also(type_name: str, model: type[WithMetadata]) -> None:
    """A second Saleor type for a model, such as ShippingMethodType."""
    _more[type_name] = model


@cache
def models() -> dict[str, type[WithMetadata]]:
    """By Saleor's type name. Asked for when the schema is complete."""
    registered = {
        name: model for model, name in SaleorType.type_by_class.items() if issubclass(model, WithMetadata)
    }
    return registered | _more


def of_id(global_id: str) -> tuple[str, WithMetadata]:
    """The type's name and the row; raises NotFound when there is none, or none with metadata."""
    type_name, _ = ids.from_global_id(global_id)
    model = models().get(type_name)
    if model is None or not known(type_name):
        raise NotFound(f"Couldn't resolve to a item with meta: {global_id}", field="id")
    return type_name, ids.one(global_id, model, type_name)
