"""Cuts the slice of Saleor's schema that our documents speak: types, fields, arguments, input fields.

    python -m store.saleor.schema_slice SCHEMA DOCUMENT_OR_FOLDER… > store/saleor/schema.graphql

The slice is the whole contract: the typed client is generated from it and the embedded engine builds its
types from it, so nothing can be served or asked under a name, a type or a nullability that Saleor has not.
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


class Used(Visitor):
    """Collects what a document touches, by type name."""

    def __init__(self, schema: GraphQLSchema, info: TypeInfo) -> None:
        super().__init__()
        self.schema, self.info = schema, info
        self.fields: dict[str, set[str]] = defaultdict(set)
        self.arguments: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.inputs: dict[str, set[str]] = defaultdict(set)
        self.named: set[str] = set()

    def enter_field(self, node: FieldNode, *_: object) -> None:
        parent = self.info.get_parent_type()
        if parent is None or node.name.value.startswith("__"):
            return
        self.fields[parent.name].add(node.name.value)
        for argument in node.arguments:
            self.arguments[parent.name, node.name.value].add(argument.name.value)

    def enter_argument(self, node: ArgumentNode, *_: object) -> None:
        if input_type := self.info.get_input_type():
            self.named.add(get_named_type(input_type).name)

    def enter_object_field(self, node: ObjectFieldNode, *_: object) -> None:
        if parent := self.info.get_parent_input_type():
            self.inputs[get_named_type(parent).name].add(node.name.value)

    def enter_variable_definition(self, node: VariableDefinitionNode, *_: object) -> None:
        if input_type := type_from_ast(self.schema, node.type):
            self.named.add(get_named_type(input_type).name)

    def enter_inline_fragment(self, node: Node, *_: object) -> None:
        if current := self.info.get_type():
            self.named.add(get_named_type(current).name)

    enter_fragment_definition = enter_inline_fragment


def slice_schema(schema: GraphQLSchema, documents: Iterable[DocumentNode]) -> str:
    """The slice as SDL text; raises ValueError when a document asks what the schema has not."""
    info = TypeInfo(schema)
    used = Used(schema, info)
    for document in documents:
        if errors := [e for e in validate(schema, document) if "never used" not in e.message]:
            raise ValueError("\n".join(str(error) for error in errors))
        visit(document, TypeInfoVisitor(info, used))
    kept = _closure(schema, used)
    return "\n\n".join(_print(kept[name]) for name in sorted(kept, key=_roots_first)) + "\n"


def _roots_first(name: str) -> tuple[int, str]:
    return (ROOTS.index(name) if name in ROOTS else len(ROOTS), name)


def _closure(schema: GraphQLSchema, used: Used) -> dict[str, GraphQLNamedType]:
    """Follow every kept field to the types it names until nothing new turns up."""
    names = set(used.fields) | set(used.inputs) | used.named
    while True:
        _spread_interface_fields(schema, used, names)
        reached = names | {n for name in names for n in _neighbours(schema.type_map[name], used, names)}
        if reached == names:
            break
        names = reached
    return {
        name: _cut(schema.type_map[name], used, names)
        for name in names
        if not name.startswith("__") and name not in ("String", "Int", "Float", "Boolean", "ID")
    }


def _spread_interface_fields(schema: GraphQLSchema, used: Used, names: set[str]) -> None:
    """What is asked of an interface must be on each kept type that implements it."""
    for name in list(names):
        one = schema.type_map[name]
        if not isinstance(one, GraphQLObjectType):
            continue
        for interface in one.interfaces:
            if interface.name in names:
                used.fields[name] |= used.fields[interface.name]
                for field in used.fields[interface.name]:
                    used.arguments[name, field] |= used.arguments[interface.name, field]
        if any(interface.name == "Node" for interface in one.interfaces):
            used.fields[name].add("id")
        if name == "PageInfo":
            used.fields[name] |= set(one.fields)
        if name.endswith("Connection"):
            used.fields[name] |= {"edges", "pageInfo", "totalCount"} & set(one.fields)
        if name.endswith("CountableEdge"):
            used.fields[name] |= {"node", "cursor"} & set(one.fields)


def _neighbours(one: GraphQLNamedType, used: Used, names: set[str]) -> Iterable[str]:
    if isinstance(one, GraphQLObjectType | GraphQLInterfaceType):
        for field_name, field in _kept_fields(one, used).items():
            yield get_named_type(field.type).name
            for argument in _kept_arguments(one.name, field_name, field, used).values():
                yield get_named_type(argument.type).name
    elif isinstance(one, GraphQLInputObjectType):
        for input_field in _kept_inputs(one, used).values():
            yield get_named_type(input_field.type).name


def _kept_fields(one: GraphQLObjectType | GraphQLInterfaceType, used: Used) -> dict[str, GraphQLField]:
    return {name: field for name, field in one.fields.items() if name in used.fields[one.name]}


def _kept_arguments(
    type_name: str, field_name: str, field: GraphQLField, used: Used
) -> dict[str, GraphQLArgument]:
    wanted = used.arguments[type_name, field_name]
    if wanted & PAGING:
        wanted = wanted | PAGING
    return {
        name: argument
        for name, argument in field.args.items()
        if name in wanted or str(argument.type).endswith("!")
    }


def _kept_inputs(one: GraphQLInputObjectType, used: Used) -> dict[str, GraphQLInputField]:
    wanted = used.inputs[one.name]
    return {
        name: field for name, field in one.fields.items() if name in wanted or str(field.type).endswith("!")
    }


def _cut(one: GraphQLNamedType, used: Used, names: set[str]) -> GraphQLNamedType:
    if isinstance(one, GraphQLInputObjectType):
        return GraphQLInputObjectType(one.name, _kept_inputs(one, used))
    if isinstance(one, GraphQLUnionType):
        return GraphQLUnionType(one.name, [member for member in one.types if member.name in names])
    if isinstance(one, GraphQLInterfaceType):
        return GraphQLInterfaceType(one.name, _cut_fields(one, used))
    if isinstance(one, GraphQLObjectType):
        interfaces = [i for i in one.interfaces if i.name in names]
        return GraphQLObjectType(one.name, _cut_fields(one, used), interfaces=interfaces)
    return one


def _cut_fields(one: GraphQLObjectType | GraphQLInterfaceType, used: Used) -> dict[str, GraphQLField]:
    return {
        name: GraphQLField(
            field.type,
            args=_kept_arguments(one.name, name, field, used),
            deprecation_reason=field.deprecation_reason,
        )
        for name, field in _kept_fields(one, used).items()
    }


def _print(one: GraphQLNamedType) -> str:
    if isinstance(one, GraphQLEnumType):
        values = {
            name: (value.deprecation_reason and f"  {name} @deprecated") or f"  {name}"
            for name, value in one.values.items()
        }
        return f"enum {one.name} {{\n" + "\n".join(values.values()) + "\n}"
    one.description = None
    return print_type(one)


def read_documents(paths: Iterable[Path]) -> list[DocumentNode]:
    """Each contract file whole; the files below a folder joined, since they share fragments."""
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
