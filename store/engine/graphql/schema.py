"""Builds the graphene schema from the SDL slice and what the subjects registered (see `base`)."""

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from typing import Any

import graphene
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLError,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    Undefined,
    ValueNode,
    build_schema,
)
from graphql.language import EnumValueNode

import store.saleor
from store.engine.graphql import registry, scalars
from store.engine.graphql.batching import follow
from store.engine.graphql.errors import payload_resolver
from store.engine.graphql.ids import to_global_id
from store.engine.graphql.metadata.fields import RESOLVERS as METADATA
from store.engine.graphql.naming import to_snake

SLICE = Path(store.saleor.__file__).with_name("schema.graphql")
SUBJECTS = (
    "channels",
    "catalog",
    "stock",
    "accounts",
    "webhooks",
    "metadata",
    "events",
    "discounts",
    "payments",
    "orders",
    "checkout",
)


@cache
def schema() -> GraphQLSchema:
    """The schema we serve. Built once per process, in about a second."""
    for subject in SUBJECTS:
        import_module(f"store.engine.graphql.{subject}")
    return Builder(build_schema(SLICE.read_text(), assume_valid=True)).build()


class NamesEnum(GraphQLEnumType):
    """Inside, an enum value is the string of its name: graphene's own members would leak into the subjects."""

    def serialize(self, output_value: Any) -> str:
        if output_value in self.values:
            return str(output_value)
        if self.name.endswith("ErrorCode"):  # each mutation knows only some of the codes
            return "INVALID" if "INVALID" in self.values else "GRAPHQL_ERROR"
        raise GraphQLError(f"Enum {self.name!r} cannot represent value: {output_value!r}")

    def parse_value(self, input_value: Any, *_: Any) -> str:
        if isinstance(input_value, str) and input_value in self.values:
            return input_value
        raise GraphQLError(f"Value {input_value!r} does not exist in {self.name!r} enum.")

    def parse_literal(self, value_node: ValueNode, *_: Any) -> str:
        if isinstance(value_node, EnumValueNode):
            return self.parse_value(value_node.value)
        raise GraphQLError(f"Enum {self.name!r} cannot represent this literal.")


class Builder:
    """Turns SDL types into graphene types, on demand and once each."""

    def __init__(self, sdl: GraphQLSchema) -> None:
        self.sdl = sdl
        self.made: dict[str, Any] = {}

    def build(self) -> GraphQLSchema:
        subscription = self.sdl.subscription_type if "Subscription" in registry.SaleorType.registry else None
        made: GraphQLSchema = graphene.Schema(
            query=self._root("Query", registry.queries),
            mutation=self._root("Mutation", registry.mutations) if registry.mutations else None,
            subscription=self.type("Subscription") if subscription else None,
            types=[self.type(name) for name in self._only_behind_interfaces()],
            auto_camelcase=False,
        ).graphql_schema
        for one in made.type_map.values():
            if isinstance(one, GraphQLEnumType) and not one.name.startswith("__"):
                one.__class__ = NamesEnum
        return made

    def _only_behind_interfaces(self) -> Iterator[str]:
        """Types that are reached through an interface alone still have to be known to the schema."""
        for name in registry.SaleorType.registry:
            one = self.sdl.type_map.get(name)
            if isinstance(one, GraphQLObjectType) and one.interfaces:
                yield name

    def _root(self, name: str, resolvers: dict[str, registry.Resolver]) -> Any:
        root = self.sdl.type_map[name]
        assert isinstance(root, GraphQLObjectType)
        fields = root.fields
        if strangers := set(resolvers) - set(fields):
            raise TypeError(f"not in the slice of Saleor's schema: {name}.{', '.join(sorted(strangers))}")
        wrap = payload_resolver if name == "Mutation" else _root_resolver
        members = {
            to_snake(field): self._field(
                field, fields[field], wrap(resolve, self._error_fields(fields[field]), _blanks(fields[field]))
            )
            for field, resolve in resolvers.items()
        }
        return type(name, (graphene.ObjectType,), members)

    def _error_fields(self, field: GraphQLField) -> tuple[str, ...]:
        """Names of the lists of errors in a payload (the deprecated twins, too)."""
        payload = getattr(field.type, "fields", {})
        return tuple(to_snake(name) for name in payload if name.lower().endswith("errors"))

    def type(self, name: str) -> Any:
        if name not in self.made:
            self.made[name] = scalars.BY_NAME.get(name) or self._make(name)
        return self.made[name]

    def _make(self, name: str) -> Any:
        one = self.sdl.type_map[name]
        match one:
            case GraphQLObjectType():
                return self._object(one)
            case GraphQLInterfaceType():
                return self._interface(one)
            case GraphQLUnionType():
                members = [self.type(member.name) for member in one.types]
                meta = type("Meta", (), {"types": members})
                return type(
                    name, (graphene.Union,), {"Meta": meta, "resolve_type": classmethod(self._resolve)}
                )
            case GraphQLInputObjectType():
                return self._input(one)
            case GraphQLEnumType():
                return graphene.Enum(name, [(value, value) for value in one.values])
        raise TypeError(f"no graphene twin for {one!r}")

    def _resolve(self, _cls: Any, value: Any, _info: Any) -> Any:
        return self.type(registry.type_name_of(value))

    def _object(self, one: GraphQLObjectType) -> Any:
        resolvers = registry.SaleorType.registry.get(one.name)
        interfaces = [self.type(interface.name) for interface in one.interfaces]
        members: dict[str, Any] = {"Meta": type("Meta", (), {"interfaces": interfaces})}
        for name, field in one.fields.items():
            members[to_snake(name)] = self._field(name, field, self._resolver(one.name, resolvers, name))
        return type(one.name, (graphene.ObjectType,), members)

    def _interface(self, one: GraphQLInterfaceType) -> Any:
        members: dict[str, Any] = {"resolve_type": classmethod(self._resolve)}
        members |= {to_snake(name): self._field(name, field, None) for name, field in one.fields.items()}
        return type(one.name, (graphene.Interface,), members)

    def _resolver(self, type_name: str, resolvers: Any, field_name: str) -> Callable[..., Any]:
        snake = to_snake(field_name)
        if written := getattr(resolvers, snake, None) if resolvers else None:
            return written  # type: ignore[no-any-return]
        if snake in METADATA:
            return METADATA[snake](type_name)
        if field_name == "id":
            return _global_id(type_name)
        return _link(snake) if registry.is_link(type_name, snake) else _attribute(snake)

    def _field(self, name: str, field: GraphQLField, resolver: Callable[..., Any] | None) -> Any:
        arguments = {to_snake(key): self._argument(key, argument) for key, argument in field.args.items()}
        return graphene.Field(
            self._wrapped(field.type),
            args=arguments,
            name=name,
            resolver=resolver,
            deprecation_reason=field.deprecation_reason,
        )

    def _argument(self, name: str, argument: GraphQLArgument) -> Any:
        default = {} if argument.default_value is Undefined else {"default_value": argument.default_value}
        return graphene.Argument(self._wrapped(argument.type), name=name, **default)

    def _input(self, one: GraphQLInputObjectType) -> Any:
        members: dict[str, Any] = {"Meta": type("Meta", (), {"container": dict})}
        for name, field in one.fields.items():
            default = {} if field.default_value is Undefined else {"default_value": field.default_value}
            members[to_snake(name)] = graphene.InputField(self._wrapped(field.type), name=name, **default)
        return type(one.name, (graphene.InputObjectType,), members)

    def _wrapped(self, one: Any) -> Any:
        if isinstance(one, GraphQLNonNull):
            return graphene.NonNull(self._wrapped(one.of_type))
        if isinstance(one, GraphQLList):
            return graphene.List(self._wrapped(one.of_type))
        return lambda: self.type(one.name)


def _blanks(field: GraphQLField) -> dict[str, Any]:
    """For the fields of a payload that can't be null: what they say when nothing was done."""
    found: dict[str, Any] = {}
    for name, one in getattr(field.type, "fields", {}).items():
        if isinstance(one.type, GraphQLNonNull):
            inner = one.type.of_type
            found[to_snake(name)] = (
                [] if isinstance(inner, GraphQLList) else 0 if inner.name == "Int" else None
            )
    return {name: value for name, value in found.items() if value is not None}


def _root_resolver(resolve: registry.Resolver, _error_fields: Any, _blanks: Any) -> Callable[..., Any]:
    return lambda _root, info, **arguments: resolve(info, **arguments)


def _attribute(name: str) -> Callable[..., Any]:
    read = attrgetter(name)

    def resolve(root: Any, _info: Any, **_arguments: Any) -> Any:
        return root.get(name) if type(root) is dict else read(root)

    resolve.is_default = True  # type: ignore[attr-defined]
    return resolve


def _link(name: str) -> Callable[..., Any]:
    return lambda root, _info: follow(root, name)


def _global_id(type_name: str) -> Callable[..., Any]:
    def resolve(root: Any, _info: Any) -> str:
        return root["id"] if type(root) is dict else to_global_id(type_name, root.pk)

    return resolve
