"""Resolvers of `metadata`, `metafield(key)`, `metafields(keys)` and their private counterparts, for every type."""

from collections.abc import Callable, Mapping
from typing import Any

from store.engine.errors import PermissionDenied
from store.engine.graphql.metadata.permissions import private_codes
from store.engine.graphql.plain_values import MetadataItem

Resolver = Callable[..., Any]


def items(values: Mapping[str, str]) -> list[MetadataItem]:
    return [{"key": key, "value": value} for key, value in sorted(values.items())]


def _public(_type_name: str) -> Resolver:
    return lambda root, info: items(_values(root, "metadata"))


def _metafield(_type_name: str) -> Resolver:
    return lambda root, info, *, key: _values(root, "metadata").get(key)


def _metafields(_type_name: str) -> Resolver:
    return lambda root, info, *, keys=None: _select(_values(root, "metadata"), keys)


def _private(type_name: str) -> Resolver:
    return lambda root, info: items(_private_values(root, info, type_name))


def _private_metafield(type_name: str) -> Resolver:
    return lambda root, info, *, key: _private_values(root, info, type_name).get(key)


def _private_metafields(type_name: str) -> Resolver:
    return lambda root, info, *, keys=None: _select(_private_values(root, info, type_name), keys)


def _private_values(root: Any, info: Any, type_name: str) -> Mapping[str, str]:
    codes = private_codes(type_name, root)
    if not info.context.has_permission(*codes):
        raise PermissionDenied(*codes)
    return _values(root, "private_metadata")


def _values(root: Any, name: str) -> Mapping[str, str]:
    values: Mapping[str, str] = root.get(name, {}) if isinstance(root, dict) else getattr(root, name)
    return values


def _select(values: Mapping[str, str], keys: list[str] | None) -> dict[str, str]:
    return {key: values[key] for key in (values if keys is None else keys) if key in values}


RESOLVERS: dict[str, Callable[[str], Resolver]] = {
    "metadata": _public,
    "metafield": _metafield,
    "metafields": _metafields,
    "private_metadata": _private,
    "private_metafield": _private_metafield,
    "private_metafields": _private_metafields,
}
