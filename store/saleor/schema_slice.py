"""Reduces Saleor's schema to what our documents use: types, fields, arguments, input fields.

    python -m store.saleor.schema_slice SCHEMA DOCUMENT_OR_FOLDER… > store/saleor/schema.graphql

The slice is the contract: the typed client is generated from it and the embedded engine builds its types from it,
so that every name, type and nullability is Saleor's.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from graphql import (
    DocumentNode,
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    build_schema,
    get_named_type,
    parse,
    print_type,
    validate,
    visit,
)
from graphql.language import ArgumentNode, FieldNode, Node, ObjectFieldNode, VariableDefinitionNode
from graphql.utilities import type_from_ast

ROOTS = ("Query", "Mutation", "Subscription")
PAGING = {"first", "last", "after", "before"}


class UsedFields(Visitor):
    """Collects what documents use: fields, arguments and input fields by type name, and types named without fields."""

    def __init__(self, schema: GraphQLSchema, info: TypeInfo) -> None:
        super().__init__()
        self.schema, self.info = schema, info
        self.fields: dict[str, set[str]] = defaultdict(set)
        self.arguments: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.inputs: dict[str, set[str]] = defaultdict(set)
        self.named_types: set[str] = set()

    def enter_field(self, node: FieldNode, *_: object) -> None:
        parent = self.info.get_parent_type()
        if parent is None or node.name.value.startswith("__"):
            return
        self.fields[parent.name].add(node.name.value)
        for argument in node.arguments:
            self.arguments[parent.name, node.name.value].add(argument.name.value)

    def enter_argument(self, node: ArgumentNode, *_: object) -> None:
        if input_type := self.info.get_input_type():
            self.named_types.add(get_named_type(input_type).name)

    def enter_object_field(self, node: ObjectFieldNode, *_: object) -> None:
        if parent := self.info.get_parent_input_type():
            self.inputs[get_named_type(parent).name].add(node.name.value)

    def enter_variable_definition(self, node: VariableDefinitionNode, *_: object) -> None:
        if input_type := type_from_ast(self.schema, node.type):
            self.named_types.add(get_named_type(input_type).name)

    def enter_inline_fragment(self, node: Node, *_: object) -> None:
        if current := self.info.get_type():
            self.named_types.add(get_named_type(current).name)

    enter_fragment_definition = enter_inline_fragment


def slice_schema(schema: GraphQLSchema, documents: Iterable[DocumentNode]) -> str:
    """The slice as SDL text. Raises ValueError when a document does not fit the schema."""
    info = TypeInfo(schema)
    used = UsedFields(schema, info)
    for document in documents:
        if errors := [e for e in validate(schema, document) if "never used" not in e.message]:
            raise ValueError("\n".join(str(error) for error in errors))
        visit(document, TypeInfoVisitor(info, used))
    included = _reachable_types(schema, used)
    return "\n\n".join(_print(included[name]) for name in sorted(included, key=_sort_key)) + "\n"


def _sort_key(name: str) -> tuple[int, str]:
    return (ROOTS.index(name) if name in ROOTS else len(ROOTS), name)


def _reachable_types(schema: GraphQLSchema, used: UsedFields) -> dict[str, GraphQLNamedType]:
    """The used types and all types that they refer to, reduced."""
    names = set(used.fields) | set(used.inputs) | used.named_types
    while True:
        _add_interface_fields(schema, used, names)
        extended = names | {
            n for name in names for n in _referenced_types(schema.type_map[name], used, names)
        }
        if extended == names:
            break
        names = extended
    return {
        name: _reduce_type(schema.type_map[name], used, names)
        for name in names
        if not name.startswith("__") and name not in ("String", "Int", "Float", "Boolean", "ID")
    }


def _add_interface_fields(schema: GraphQLSchema, used: UsedFields, names: set[str]) -> None:
    """Add fields used on an interface to its implementations, and the fields that every connection type needs."""
    for name in list(names):
        type_ = schema.type_map[name]
        if not isinstance(type_, GraphQLObjectType):
            continue
        for interface in type_.interfaces:
            if interface.name in names:
                used.fields[name] |= used.fields[interface.name]
                for field in used.fields[interface.name]:
                    used.arguments[name, field] |= used.arguments[interface.name, field]
        if any(interface.name == "Node" for interface in type_.interfaces):
            used.fields[name].add("id")
        if name == "PageInfo":
            used.fields[name] |= set(type_.fields)
        if name.endswith("Connection"):
            used.fields[name] |= {"edges", "pageInfo", "totalCount"} & set(type_.fields)
        if name.endswith("CountableEdge"):
            used.fields[name] |= {"node", "cursor"} & set(type_.fields)


def _referenced_types(type_: GraphQLNamedType, used: UsedFields, names: set[str]) -> Iterable[str]:
    if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
        for field_name, field in _used_fields(type_, used).items():
            yield get_named_type(field.type).name
            for argument in _used_arguments(type_.name, field_name, field, used).values():
                yield get_named_type(argument.type).name
    elif isinstance(type_, GraphQLInputObjectType):
        for input_field in _used_input_fields(type_, used).values():
            yield get_named_type(input_field.type).name


def _used_fields(
    type_: GraphQLObjectType | GraphQLInterfaceType, used: UsedFields
) -> dict[str, GraphQLField]:
    return {name: field for name, field in type_.fields.items() if name in used.fields[type_.name]}


def _used_arguments(
    type_name: str, field_name: str, field: GraphQLField, used: UsedFields
) -> dict[str, GraphQLArgument]:
    used_names = used.arguments[type_name, field_name]
    if used_names & PAGING:
        used_names = used_names | PAGING
    return {
        name: argument
        for name, argument in field.args.items()
        if name in used_names or str(argument.type).endswith("!")
    }


def _used_input_fields(type_: GraphQLInputObjectType, used: UsedFields) -> dict[str, GraphQLInputField]:
    used_names = used.inputs[type_.name]
    return {
        name: field
        for name, field in type_.fields.items()
        if name in used_names or str(field.type).endswith("!")
    }


def _reduce_type(type_: GraphQLNamedType, used: UsedFields, names: set[str]) -> GraphQLNamedType:
    if isinstance(type_, GraphQLInputObjectType):
        return GraphQLInputObjectType(type_.name, _used_input_fields(type_, used))
    if isinstance(type_, GraphQLUnionType):
        return GraphQLUnionType(type_.name, [member for member in type_.types if member.name in names])
    if isinstance(type_, GraphQLInterfaceType):
        return GraphQLInterfaceType(type_.name, _reduce_fields(type_, used))
    if isinstance(type_, GraphQLObjectType):
        interfaces = [i for i in type_.interfaces if i.name in names]
        return GraphQLObjectType(type_.name, _reduce_fields(type_, used), interfaces=interfaces)
    return type_


def _reduce_fields(
    type_: GraphQLObjectType | GraphQLInterfaceType, used: UsedFields
) -> dict[str, GraphQLField]:
    return {
        name: GraphQLField(
            field.type,
            args=_used_arguments(type_.name, name, field, used),
            deprecation_reason=field.deprecation_reason,
        )
        for name, field in _used_fields(type_, used).items()
    }


def _print(type_: GraphQLNamedType) -> str:
    if isinstance(type_, GraphQLEnumType):
        values = {
            name: (value.deprecation_reason and f"  {name} @deprecated") or f"  {name}"
            for name, value in type_.values.items()
        }
        return f"enum {type_.name} {{\n" + "\n".join(values.values()) + "\n}"
    type_.description = None
    return print_type(type_)


def read_documents(paths: Iterable[Path]) -> list[DocumentNode]:
    """One document per file; the files below a folder form one document, since they share fragments."""
    texts: list[str] = []
    for path in paths:
        if path.is_dir():
            texts.append("\n".join(file.read_text() for file in sorted(path.rglob("*.graphql"))))
        else:
            texts.append(path.read_text())
    return [parse(text) for text in texts if text.strip()]


if __name__ == "__main__":
    saleor = build_schema(Path(sys.argv[1]).read_text())
    sys.stdout.write(slice_schema(saleor, read_documents(map(Path, sys.argv[2:]))))
