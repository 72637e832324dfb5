"""updateMetadata, deleteMetadata and their private counterparts."""

from typing import Any

from store.engine.catalog import media
from store.engine.catalog.models import ProductMedia
from store.engine.errors import PermissionDenied
from store.engine.events import metadata_operations
from store.engine.events.metadata import as_mapping
from store.engine.graphql.metadata import lookup
from store.engine.graphql.metadata.permissions import may_change
from store.engine.graphql.registry import Info, mutation


@mutation
def update_metadata(info: Info, *, id: str, input: list[dict[str, str]]) -> dict[str, Any]:
    return _change(info, id, put=input)


@mutation
def delete_metadata(info: Info, *, id: str, keys: list[str]) -> dict[str, Any]:
    return _change(info, id, remove=keys)


@mutation
def update_private_metadata(info: Info, *, id: str, input: list[dict[str, str]]) -> dict[str, Any]:
    return _change(info, id, put=input, private=True)


@mutation
def delete_private_metadata(info: Info, *, id: str, keys: list[str]) -> dict[str, Any]:
    return _change(info, id, remove=keys, private=True)


def _change(
    info: Info,
    global_id: str,
    *,
    put: list[dict[str, str]] | None = None,
    remove: list[str] | None = None,
    private: bool = False,
) -> dict[str, Any]:
    type_name, row = lookup.get_row_by_id(global_id)
    allowed, codes = may_change(type_name, row, private=private, context=info.context)
    if not allowed:
        raise PermissionDenied(*codes)
    given = as_mapping(put)
    if isinstance(row, ProductMedia) and not private:
        media.check_metadata(row, given)
    metadata_operations.update_metadata(
        row=row, kind=type_name, put=given, remove=remove or [], private=private
    )
    info.context.rows.of(row).type_name = type_name  # ShippingMethodType and ShippingMethod share a model
    return {"item": row}
