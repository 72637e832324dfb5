"""Builds the graphene schema from Saleor's SDL and the resolvers that the subjects registered (see `registry`)."""

import threading
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from inspect import signature
from operator import attrgetter
from typing import Any

import graphene
from graphene.types.schema import TypeMap
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
    get_named_type,
    get_nullable_type,
    is_composite_type,
)
from graphql.language import EnumValueNode

from store.engine.graphql import deadline, registry, related_rows, scalars
from store.engine.graphql.address_inputs import check_skipped_validation, takes_address
from store.engine.graphql.batching import foreign_key_resolver
from store.engine.graphql.channel_access import within_reach
from store.engine.graphql.connections import Connection, Edge, bound_edges, connect
from store.engine.graphql.errors import payload_resolver
from store.engine.graphql.ids import to_global_id
from store.engine.graphql.metadata.fields import RESOLVERS as METADATA_RESOLVERS
from store.engine.graphql.naming import to_snake
from store.engine.graphql.older_ids import older_arguments, with_older_ids
from store.engine.graphql.plain_values import BulkResult, PayloadError
from store.engine.graphql.sdl import saleor_schema
from store.saleor.scope import read_scope

scope = read_scope()
SUBJECTS = (
    "channels",
    "shipping",
    "taxes",
    "catalog",
    "stock",
    "accounts",
    "webhooks",
    "metadata",
    "events",
    "discounts",
    "payments",
    "orders",
    "translations",
    "checkout",
    "shop",
)


_building = threading.Lock()


def schema() -> GraphQLSchema:
    """The schema that is served. Built once per process, in about a second. Raises TypeError for a wrong resolver.

    A second thread waits for the first: types register themselves while they are built, and refuse to do so twice.
    """
    with _building:
        return _built_schema()


@cache
def _built_schema() -> GraphQLSchema:
    for subject in SUBJECTS:
        import_module(f"store.engine.graphql.{subject}")
    return SchemaBuilder(saleor_schema()).build()


class StringEnum(GraphQLEnumType):
    """An enum whose values are plain strings inside, so that resolvers don't depend on graphene's enum members."""

    def serialize(self, output_value: Any) -> str:
        if output_value in self.values:
            return str(output_value)
        if self.name.endswith("ErrorCode"):  # each mutation has only some of the codes
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


class StringEnumTypeMap(TypeMap):  # type: ignore[misc]
    """What graphene.Schema makes its types with, but with enums of plain strings."""

    @staticmethod
    def create_enum(graphene_type: Any) -> GraphQLEnumType:
        return StringEnum(
            graphene_type._meta.name, {name: name for name in graphene_type._meta.enum.__members__}
        )


class SchemaBuilder:
    """Makes graphene types from the types of an SDL, on demand and once each."""

    def __init__(self, sdl: GraphQLSchema) -> None:
        self.sdl = sdl
        self.types: dict[str, Any] = {}
        fields = sdl.mutation_type.fields if sdl.mutation_type else {}
        self.payloads = {get_named_type(field.type).name for field in fields.values()}
        _declare_repeated_types(sdl)

    def build(self) -> GraphQLSchema:
        subscription = self.sdl.subscription_type if "Subscription" in registry.SaleorType.registry else None
        types = StringEnumTypeMap(
            query=self._root("Query", registry.queries),
            mutation=self._root("Mutation", registry.mutations) if registry.mutations else None,
            subscription=self.type("Subscription") if subscription else None,
            types=[self.type(name) for name in self._interface_only_types()],
            auto_camelcase=False,
        )
        return GraphQLSchema(types.query, types.mutation, types.subscription, types.types)

    def _interface_only_types(self) -> Iterator[str]:
        """Object types that fields return only by their interface: the schema has to be given them explicitly."""
        for name, type_ in self.sdl.type_map.items():
            if isinstance(type_, GraphQLObjectType) and type_.interfaces:
                yield name

    def _root(self, name: str, resolvers: dict[str, registry.Resolver]) -> Any:
        root = self.sdl.type_map[name]
        assert isinstance(root, GraphQLObjectType)
        fields = root.fields
        if unknown := set(resolvers) - set(fields):
            raise TypeError(f"not in the SDL of Saleor's schema: {name}.{', '.join(sorted(unknown))}")
        if unanswered := set(fields) - set(resolvers):
            raise TypeError(f"without a resolver: {name}.{', '.join(sorted(unanswered))}")
        for field, resolve in resolvers.items():
            check_arguments(f"{name}.{field}", resolve, fields[field])
        wrap, prepare = (
            (_mutation_resolver, within_reach) if name == "Mutation" else (_root_resolver, _unchanged)
        )
        members = {
            to_snake(field): self._field(
                field,
                fields[field],
                wrap(
                    with_older_ids(field, fields[field], prepare(resolve)),
                    self._error_fields(fields[field]),
                    _empty_values(fields[field]),
                    takes_address(fields[field]),
                ),
            )
            for field, resolve in resolvers.items()
        }
        return type(name, (graphene.ObjectType,), members)

    def _error_fields(self, field: GraphQLField) -> tuple[str, ...]:
        """Names of the lists of errors in a payload, the deprecated ones included."""
        payload = getattr(field.type, "fields", {})
        return tuple(to_snake(name) for name in payload if name.lower().endswith("errors"))

    def type(self, name: str) -> Any:
        if name not in self.types:
            self.types[name] = scalars.BY_NAME.get(name) or self._make(name)
        return self.types[name]

    def _make(self, name: str) -> Any:
        type_ = self.sdl.type_map[name]
        match type_:
            case GraphQLObjectType():
                return self._object(type_)
            case GraphQLInterfaceType():
                return self._interface(type_)
            case GraphQLUnionType():
                members = [self.type(member.name) for member in type_.types]
                meta = type("Meta", (), {"types": members})
                return type(
                    name, (graphene.Union,), {"Meta": meta, "resolve_type": classmethod(self._resolve_type)}
                )
            case GraphQLInputObjectType():
                return self._input(type_)
            case GraphQLEnumType():
                return graphene.Enum(name, [(value, value) for value in type_.values])
        raise TypeError(f"no graphene type for {type_!r}")

    def _resolve_type(self, _cls: Any, value: Any, info: Any) -> Any:
        return self.type(registry.type_name_of(value, info.context))

    def _object(self, type_: GraphQLObjectType) -> Any:
        resolvers = registry.SaleorType.registry.get(type_.name)
        interfaces = [self.type(interface.name) for interface in type_.interfaces]
        members: dict[str, Any] = {"Meta": type("Meta", (), {"interfaces": interfaces})}
        for name, field in type_.fields.items():
            members[to_snake(name)] = self._field(name, field, self._resolver(type_.name, resolvers, name))
        return type(type_.name, (graphene.ObjectType,), members)

    def _interface(self, type_: GraphQLInterfaceType) -> Any:
        members: dict[str, Any] = {"resolve_type": classmethod(self._resolve_type)}
        members |= {to_snake(name): self._field(name, field, None) for name, field in type_.fields.items()}
        return type(type_.name, (graphene.Interface,), members)

    def _resolver(self, type_name: str, resolvers: Any, field_name: str) -> Callable[..., Any]:
        snake = to_snake(field_name)
        registered: registry.Resolver | None = getattr(resolvers, snake, None) if resolvers else None
        if registered is not None and not getattr(registered, "reads_attribute", False):
            return registered
        field = self.sdl.type_map[type_name].fields[field_name]  # type: ignore[attr-defined]
        if registered is None and (standard := _standard_resolver(type_name, field_name, field)):
            return standard
        self._check_value(type_name, field_name, snake)
        if type_name.endswith("Error") and _is_required_list(field.type):
            return _list_resolver(snake)
        return registered or _attribute_resolver(snake)

    def _check_value(self, type_name: str, field_name: str, snake: str) -> None:
        """Raise TypeError when the values of a type lack a field that has no resolver. Payloads hold what their
        mutation returns."""
        if type_name in self.payloads:
            return
        if lacking := registry.classes_without(type_name, snake):
            raise TypeError(
                f"{type_name}.{field_name} has no resolver, and {lacking[0].__name__} no {snake!r}"
            )
        field = self.sdl.type_map[type_name].fields[field_name]  # type: ignore[attr-defined]
        if is_composite_type(get_named_type(field.type)) and registry.is_column(type_name, snake):
            raise TypeError(
                f"{type_name}.{field_name} is an object, and {snake!r} only a column: add a resolver"
            )
        if not registry.classes_of(type_name):
            raise TypeError(
                f"{type_name}.{field_name} has no resolver, and nothing says of which class a {type_name} is: "
                "give the type a model, or declare_values"
            )

    def _field(self, name: str, field: GraphQLField, resolver: Callable[..., Any] | None) -> Any:
        arguments = {to_snake(key): self._argument(key, argument) for key, argument in field.args.items()}
        return graphene.Field(
            self._graphene_type(field.type),
            args=arguments,
            name=name,
            resolver=resolver,
            deprecation_reason=field.deprecation_reason,
        )

    def _argument(self, name: str, argument: GraphQLArgument) -> Any:
        default = {} if argument.default_value is Undefined else {"default_value": argument.default_value}
        return graphene.Argument(self._graphene_type(argument.type), name=name, **default)

    def _input(self, type_: GraphQLInputObjectType) -> Any:
        members: dict[str, Any] = {"Meta": type("Meta", (), {"container": dict})}
        for name, field in type_.fields.items():
            default = {} if field.default_value is Undefined else {"default_value": field.default_value}
            members[to_snake(name)] = graphene.InputField(
                self._graphene_type(field.type), name=name, **default
            )
        return type(type_.name, (graphene.InputObjectType,), members)

    def _graphene_type(self, type_: Any) -> Any:
        if isinstance(type_, GraphQLNonNull):
            return graphene.NonNull(self._graphene_type(type_.of_type))
        if isinstance(type_, GraphQLList):
            return graphene.List(self._graphene_type(type_.of_type))
        return lambda: self.type(type_.name)


def _standard_resolver(type_name: str, field_name: str, field: GraphQLField) -> registry.Resolver | None:
    """The resolver of a field that is resolved alike in every type."""
    snake = to_snake(field_name)
    is_connection = type_name.endswith("Connection")  # one without nodes has a count and a page all the same
    if scope.is_empty(f"{type_name}.{field_name}") or not (is_connection or scope.has_type(type_name)):
        return _empty_resolver(field.type)
    if snake in METADATA_RESOLVERS:
        return METADATA_RESOLVERS[snake](type_name)
    if field_name == "id":
        return _id_resolver(type_name)
    if snake == "edges" and is_connection:
        return bound_edges
    return _relation_resolver(type_name, snake, field)


def _relation_resolver(type_name: str, name: str, field: GraphQLField) -> registry.Resolver | None:
    if registry.is_foreign_key(type_name, name):
        return foreign_key_resolver(name)
    if not related_rows.is_relation(type_name, name):
        return None
    if get_named_type(field.type).name.endswith("Connection"):
        return related_rows.connection_resolver(name)
    return related_rows.list_resolver(name)


def _empty_resolver(type_: Any) -> registry.Resolver:
    """Of a field that never has a value: null, or what the type allows instead."""
    required = type_.of_type if isinstance(type_, GraphQLNonNull) else None
    name = get_named_type(type_).name
    if name.endswith("Connection"):
        return lambda _root, _info, **paging: connect([], **paging)
    if isinstance(get_nullable_type(type_), GraphQLList):
        return lambda _root, _info, **_arguments: []
    values: dict[str, Any] = {"Int": 0, "Float": 0, "Boolean": False, "String": ""}
    empty: Any = {} if isinstance(required, GraphQLObjectType) else None  # its fields are empty in turn
    value = values.get(name, empty) if required else None
    return lambda _root, _info, **_arguments: value


REPEATED_TYPES = (
    ("Connection", Connection),
    ("Edge", Edge),
    ("Result", BulkResult),
    ("Error", PayloadError),
)


def _declare_repeated_types(sdl: GraphQLSchema) -> None:
    """Declare the values of the types that Saleor has once per kind of row or mutation, known by their endings."""
    for name, type_ in sdl.type_map.items():
        for ending, class_ in REPEATED_TYPES:
            if (
                isinstance(type_, GraphQLObjectType)
                and name.endswith(ending)
                and not registry.classes_of(name)
            ):
                registry.declare_values(name, class_)


def check_arguments(name: str, resolve: registry.Resolver, field: GraphQLField) -> None:
    """Raise TypeError unless every call that the schema allows can be made: with all of its arguments, and with the
    required ones only."""
    older = older_arguments(name.partition(".")[2], field)
    required = {to_snake(key): None for key, argument in field.args.items() if is_always_given(argument)}
    for arguments in (required, {to_snake(key): None for key in field.args if key not in older}):
        try:
            signature(resolve).bind(None, **arguments)
        except TypeError as error:
            raise TypeError(f"the resolver of {name} can't be called as the schema allows: {error}") from None


def is_always_given(argument: GraphQLArgument) -> bool:
    return isinstance(argument.type, GraphQLNonNull) or argument.default_value is not Undefined


def _empty_values(field: GraphQLField) -> dict[str, Any]:
    """Values of a payload's non-null fields after an error: an empty list or 0."""
    values: dict[str, Any] = {}
    for name, payload_field in getattr(field.type, "fields", {}).items():
        if isinstance(payload_field.type, GraphQLNonNull):
            inner = payload_field.type.of_type
            values[to_snake(name)] = (
                [] if isinstance(inner, GraphQLList) else 0 if inner.name == "Int" else None
            )
    return {name: value for name, value in values.items() if value is not None}


def _mutation_resolver(
    resolve: registry.Resolver,
    error_fields: tuple[str, ...],
    empty_values: dict[str, Any],
    has_address: bool,
) -> Callable[..., Any]:
    payload = payload_resolver(resolve, error_fields, empty_values)

    def resolve_in_time(root: Any, info: Any, **arguments: Any) -> Any:
        if not deadline.may_begin_mutation():
            raise GraphQLError(deadline.TIMEOUT_MESSAGE)
        if has_address:
            check_skipped_validation(info, arguments)
        return payload(root, info, **arguments)

    return resolve_in_time


def _unchanged(resolve: registry.Resolver) -> registry.Resolver:
    return resolve


def _root_resolver(resolve: registry.Resolver, *_payload: Any) -> Callable[..., Any]:
    return lambda _root, info, **arguments: resolve(info, **arguments)


def _attribute_resolver(name: str) -> Callable[..., Any]:
    read = attrgetter(name)

    def resolve(root: Any, _info: Any, **_arguments: Any) -> Any:
        return root.get(name) if type(root) is dict else read(root)

    resolve.is_default = True  # type: ignore[attr-defined]
    return resolve


def _is_required_list(type_: Any) -> bool:
    return isinstance(type_, GraphQLNonNull) and isinstance(type_.of_type, GraphQLList)


def _list_resolver(name: str) -> Callable[..., Any]:
    """Of an error: most don't set the list, which is never null."""
    return lambda root, _info: root.get(name) or []


def _id_resolver(type_name: str) -> Callable[..., Any]:
    def resolve(root: Any, _info: Any) -> str:
        return root["id"] if type(root) is dict else to_global_id(type_name, root.pk)

    return resolve
