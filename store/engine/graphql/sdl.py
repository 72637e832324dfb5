"""The SDL of the part of Saleor's schema that the store uses."""

from functools import cache
from pathlib import Path
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    build_ast_schema,
    parse,
)

import store.saleor

SDL_PATH = Path(store.saleor.__file__).with_name("schema.graphql")


@cache
def saleor_schema() -> GraphQLSchema:
    """The SDL's types, without resolvers. Shared: treat it as read-only."""
    schema = build_ast_schema(parse(SDL_PATH.read_text(), no_location=True), assume_valid=True)
    _forget_syntax_tree(schema)
    return schema


def _forget_syntax_tree(schema: GraphQLSchema) -> None:
    """Nobody asks where in the file a type was defined, and the tree would take 15 MB of every process.

    It is held by each definition, and by the functions that a type's fields and interfaces were made with.
    """
    schema.ast_node = None
    for type_ in schema.type_map.values():
        type_.ast_node = None
        if isinstance(type_, GraphQLEnumType):
            _forget_nodes(type_.values)
        elif isinstance(type_, GraphQLUnionType):
            type_._types = type_.types
        elif isinstance(type_, GraphQLInputObjectType):
            _forget_nodes(type_.fields)
            type_._fields = type_.fields
        elif isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
            _forget_nodes(type_.fields)
            for field in type_.fields.values():
                _forget_nodes(field.args)
            type_._fields, type_._interfaces = type_.fields, type_.interfaces


def _forget_nodes(definitions: dict[str, Any]) -> None:
    for definition in definitions.values():
        definition.ast_node = None
