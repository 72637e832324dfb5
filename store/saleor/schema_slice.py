"""Cuts the part of Saleor's schema that is served: every type that can be reached, with all of its members, without
what `out_of_scope.toml` lists.

    python -m store.saleor.schema_slice SCHEMA > store/saleor/schema.graphql

The typed client is generated from the slice and the embedded engine builds its types from it, so that every name, type
and nullability is Saleor's.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
    get_named_type,
    is_required_argument,
    is_required_input_field,
    print_type,
)

from store.saleor.scope import Scope, read_scope

ROOTS = ("Query", "Mutation", "Subscription")
STANDARD_SCALARS = ("String", "Int", "Float", "Boolean", "ID")
# Their implementations are served only where something else leads to them.
MARKERS = ("Node", "ObjectWithMetadata", "ObjectWithAttributes", "Job")


def slice_schema(schema: GraphQLSchema, scope: Scope) -> str:
    """The slice as SDL text. Raises ValueError when a required argument or input field is out of scope."""
    cut = SchemaCut(schema, scope)
    names = [name for name in cut.reachable() if name not in STANDARD_SCALARS]
    return "\n\n".join(_print(cut.reduced(name)) for name in sorted(names, key=_sort_key)) + "\n"


def _sort_key(name: str) -> tuple[int, str]:
    return (ROOTS.index(name) if name in ROOTS else len(ROOTS), name)


class SchemaCut:
    """A schema seen through a scope."""

    def __init__(self, schema: GraphQLSchema, scope: Scope) -> None:
        self.schema, self.scope = schema, scope
        self.names: set[str] = set()

    def reachable(self) -> set[str]:
        """The names of the types that the roots lead to."""
        pending = [name for name in ROOTS if name in self.schema.type_map]
        while pending:
            name = pending.pop()
            if name not in self.names:
                self.names.add(name)
                pending += self._referenced(self.schema.type_map[name])
        return self.names

    def _referenced(self, type_: GraphQLNamedType) -> Iterator[str]:
        for member in self._members(type_):
            yield get_named_type(member.type).name
            for argument in getattr(member, "args", {}).values():
                yield get_named_type(argument.type).name
        if isinstance(type_, GraphQLObjectType):
            yield from (interface.name for interface in type_.interfaces)
        elif isinstance(type_, GraphQLUnionType):
            yield from (member.name for member in self._union_members(type_))
        elif isinstance(type_, GraphQLInterfaceType) and type_.name not in MARKERS:
            for possible in self.schema.get_possible_types(type_):
                if self.scope.has_type(possible.name) or not self.scope.has_type(type_.name):
                    yield possible.name

    def _members(self, type_: GraphQLNamedType) -> list[Any]:
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
            return list(self._fields(type_).values())
        return list(self._input_fields(type_).values()) if isinstance(type_, GraphQLInputObjectType) else []

    def _union_members(self, type_: GraphQLUnionType) -> list[GraphQLObjectType]:
        is_in_scope = self.scope.has_type(type_.name)
        return [member for member in type_.types if self.scope.has_type(member.name) or not is_in_scope]

    def _fields(self, type_: GraphQLObjectType | GraphQLInterfaceType) -> dict[str, GraphQLField]:
        return {
            name: GraphQLField(
                field.type,
                args=self._arguments(f"{type_.name}.{name}", field),
                deprecation_reason=field.deprecation_reason,
            )
            for name, field in type_.fields.items()
            if self.scope.serves(f"{type_.name}.{name}", get_named_type(field.type).name)
        }

    def _arguments(self, field_name: str, field: GraphQLField) -> dict[str, GraphQLArgument]:
        served = {}
        for name, argument in field.args.items():
            if self.scope.serves(f"{field_name}({name})", get_named_type(argument.type).name):
                served[name] = argument
            elif is_required_argument(argument):
                raise ValueError(f"{field_name}({name}) is out of scope, but has to be given")
        return served

    def _input_fields(self, type_: GraphQLInputObjectType) -> dict[str, GraphQLInputField]:
        served = {}
        for name, field in type_.fields.items():
            if self.scope.serves(f"{type_.name}.{name}", get_named_type(field.type).name):
                served[name] = field
            elif is_required_input_field(field):
                raise ValueError(f"{type_.name}.{name} is out of scope, but has to be given")
        return served

    def _values(self, type_: GraphQLEnumType) -> dict[str, GraphQLEnumValue]:
        return {
            name: value
            for name, value in type_.values.items()
            if self.scope.serves(f"{type_.name}.{name}", type_.name)
        }

    def reduced(self, name: str) -> GraphQLNamedType:
        """The type with what is served of it. Call `reachable` before."""
        type_ = self.schema.type_map[name]
        match type_:
            case GraphQLInputObjectType():
                return GraphQLInputObjectType(name, self._input_fields(type_))
            case GraphQLUnionType():
                return GraphQLUnionType(name, self._union_members(type_))
            case GraphQLInterfaceType():
                return GraphQLInterfaceType(name, self._fields(type_))
            case GraphQLObjectType():
                interfaces = [interface for interface in type_.interfaces if interface.name in self.names]
                return GraphQLObjectType(name, self._fields(type_), interfaces=interfaces)
            case GraphQLEnumType():
                return GraphQLEnumType(name, self._values(type_))
            case _:
                return GraphQLScalarType(name)


def _print(type_: GraphQLNamedType) -> str:
    if isinstance(type_, GraphQLEnumType):
        values = (f"\n  {name}{_deprecated(value)}" for name, value in type_.values.items())
        return f"enum {type_.name} {{{''.join(values)}\n}}"
    type_.description = None
    return print_type(type_)


def _deprecated(value: GraphQLEnumValue) -> str:
    return " @deprecated" if value.deprecation_reason else ""


if __name__ == "__main__":
    saleor = build_schema(Path(sys.argv[1]).read_text())
    sys.stdout.write(slice_schema(saleor, read_scope()))
