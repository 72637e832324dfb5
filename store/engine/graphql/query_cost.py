"""What a request costs, counted as Saleor counts it: a client sees the same `requestedQueryCost` here and there.

`saleor/query_costs-3.23.json` says what a field costs and which of its arguments are page sizes; a field costs that
once for each row that the pages around it may hold. Of fragments on several types only the dearest counts, since a row
is of one. Variables that are left out count with the default that their operation gives them, which Saleor forgets.

Beside it the items of the lists in arguments are counted, which Saleor takes for nothing.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLArgument,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_input_object_type,
    is_list_type,
)

from store import saleor

Values = Mapping[str, Any]


class Cost(NamedTuple):
    """`query`: Saleor's number. `list_items`: of the lists in arguments, each as often as its field is worked out."""

    query: int
    list_items: int


@dataclass(frozen=True, slots=True)
class _PageSize:
    """An argument of a field that says how many rows follow. Absent, it is the schema's `default`."""

    given: ValueNode | None
    default: int

    def read(self, values: Values) -> int:
        return max(_whole(_plain(self.given, values) if self.given else None, self.default), 0)


@dataclass(frozen=True, slots=True)
class _Field:
    complexity: int
    page_sizes: tuple[_PageSize, ...]
    lists: tuple[ValueNode, ...]
    below: "_Selections"

    @property
    def is_free(self) -> bool:
        return not (self.complexity or self.lists) and self.below.is_free

    @property
    def given(self) -> Iterator[ValueNode]:
        """The values in the document that its cost depends on."""
        yield from self.lists
        yield from (one.given for one in self.page_sizes if one.given)


@dataclass(frozen=True, slots=True)
class _Selections:
    """`by_type`: the selections of the fragments on each type, those on its interfaces among them. `constant`: the cost
    where no variable changes it, None elsewhere.
    """

    fields: tuple[_Field, ...]
    by_type: tuple[tuple["_Selections", ...], ...]
    constant: Cost | None = None

    @property
    def is_free(self) -> bool:
        return not (self.fields or self.by_type)

    @property
    def is_constant(self) -> bool:
        parts = (*(one.below for one in self.fields), *chain.from_iterable(self.by_type))
        given = (node for one in self.fields for node in one.given)
        return all(one.constant is not None for one in parts) and not any(map(_has_variable, given))


@dataclass(frozen=True, slots=True)
class DocumentCosts:
    """The operations of a valid document, each with the defaults of its variables."""

    operations: tuple[tuple[Values, _Selections], ...] = ()

    def of(self, variables: Values) -> Cost:
        """Of all operations together, as Saleor counts a document that holds several."""
        costs = [_Sum({**defaults, **variables}).of(below) for defaults, below in self.operations]
        return _total(costs)


NO_COSTS = DocumentCosts()


def document_costs(document: DocumentNode, schema: GraphQLSchema) -> DocumentCosts:
    """`document`: valid, so that no fragment spreads itself."""
    reader = _Reader(schema, document)
    return DocumentCosts(tuple(reader.operations()))


@cache
def field_costs() -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    """By type and field: `complexity`, and `multipliers` that name arguments."""
    costs: Mapping[str, Mapping[str, Mapping[str, Any]]] = json.loads(
        (Path(saleor.__file__).parent / "query_costs-3.23.json").read_text()
    )
    return costs


class _Reader:
    def __init__(self, schema: GraphQLSchema, document: DocumentNode) -> None:
        self.schema, self.document = schema, document
        self.fragments = {
            one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)
        }
        self.read: dict[str, _Selections] = {}

    def operations(self) -> Iterator[tuple[Values, _Selections]]:
        for node in self.document.definitions:
            if isinstance(node, OperationDefinitionNode):
                defaults = {
                    one.variable.name.value: _plain(one.default_value, {})
                    for one in node.variable_definitions
                    if one.default_value
                }
                yield (
                    defaults,
                    self._selections(node.selection_set, self.schema.get_root_type(node.operation)),
                )

    def _selections(self, selections: SelectionSetNode | None, type_: GraphQLNamedType | None) -> _Selections:
        fields: list[_Field] = []
        by_type = defaultdict[str, list[_Selections]](list)
        for node in selections.selections if selections else ():
            if isinstance(node, FieldNode):
                fields += self._field(node, type_)
            elif isinstance(node, FragmentSpreadNode):
                fragment = self.fragments[node.name.value]
                by_type[fragment.type_condition.name.value].append(self._fragment(fragment))
            elif isinstance(node, InlineFragmentNode):
                on = self.schema.get_type(node.type_condition.name.value) if node.type_condition else type_
                by_type[on.name if on else ""].append(self._selections(node.selection_set, on))
        groups = [self._with_interfaces(name, by_type) for name in by_type]
        found = _Selections(tuple(fields), tuple(filter(None, groups)))
        return replace(found, constant=_Sum({}).of(found)) if found.is_constant else found

    def _with_interfaces(
        self, name: str, by_type: Mapping[str, list[_Selections]]
    ) -> tuple[_Selections, ...]:
        type_ = self.schema.get_type(name)
        interfaces = type_.interfaces if isinstance(type_, GraphQLObjectType) else ()
        names = [name, *(one.name for one in interfaces)]
        return tuple(one for each in names for one in by_type.get(each, ()) if not one.is_free)

    def _fragment(self, fragment: FragmentDefinitionNode) -> _Selections:
        name = fragment.name.value
        if name not in self.read:
            on = self.schema.get_type(fragment.type_condition.name.value)
            self.read[name] = self._selections(fragment.selection_set, on)
        return self.read[name]

    def _field(self, node: FieldNode, type_: GraphQLNamedType | None) -> Iterator[_Field]:
        """The field, if it or anything below it costs something."""
        fields = type_.fields if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType) else {}
        if type_ is None or (field := fields.get(node.name.value)) is None:  # __typename, introspection
            return
        cost = field_costs().get(type_.name, {}).get(node.name.value)
        one = _Field(
            cost.get("complexity", 1) if cost else 0,
            tuple(_page_sizes(node, field, cost.get("multipliers", ()) if cost else ())),
            tuple(_lists(node, field)),
            self._selections(node.selection_set, get_named_type(field.type)),
        )
        if not one.is_free:
            yield one


class _Sum:
    """Of one request; what a fragment costs is worked out once, however often it is spread."""

    def __init__(self, values: Values) -> None:
        self.values = values
        self.known: dict[int, Cost] = {}

    def of(self, selections: _Selections) -> Cost:
        if selections.constant is not None:
            return selections.constant
        if (known := self.known.get(id(selections))) is None:
            known = self.known[id(selections)] = self._of(selections)
        return known

    def _of(self, selections: _Selections) -> Cost:
        own = _total(map(self._of_field, selections.fields))
        of_types = [_total(map(self.of, parts)) for parts in selections.by_type]
        return Cost(
            own.query + max((one.query for one in of_types), default=0),
            own.list_items + sum(one.list_items for one in of_types),
        )

    def _of_field(self, field: _Field) -> Cost:
        rows = sum(size.read(self.values) for size in field.page_sizes) or 1
        below = self.of(field.below)
        given = sum(_list_items(_plain(one, self.values)) for one in field.lists)
        return Cost(rows * (field.complexity + below.query), given + rows * below.list_items)


def _total(costs: Iterable[Cost]) -> Cost:
    query = list_items = 0
    for one in costs:
        query += one.query
        list_items += one.list_items
    return Cost(query, list_items)


def _page_sizes(node: FieldNode, field: GraphQLField, names: Iterable[str]) -> Iterator[_PageSize]:
    given = {one.name.value: one.value for one in node.arguments}
    for name in names:
        if name in field.args:
            yield _PageSize(given.get(name), _whole(field.args[name].default_value, 0))


def _lists(node: FieldNode, field: GraphQLField) -> Iterator[ValueNode]:
    """The values of the arguments that are or may hold lists."""
    return (
        one.value for one in node.arguments if (known := field.args.get(one.name.value)) and _may_hold(known)
    )


def _may_hold(argument: GraphQLArgument) -> bool:
    type_: Any = argument.type
    return is_list_type(get_nullable_type(type_)) or is_input_object_type(get_named_type(type_))


def _has_variable(node: ValueNode) -> bool:
    if isinstance(node, ListValueNode):
        return any(map(_has_variable, node.values))
    if isinstance(node, ObjectValueNode):
        return any(_has_variable(field.value) for field in node.fields)
    return isinstance(node, VariableNode)


def _whole(value: Any, default: int) -> int:
    """A page size of a variable may be a text: `"20"` is taken for 20."""
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError):
        return default


def _list_items(value: Any) -> int:
    """Items of all lists in an argument, nested ones included."""
    if isinstance(value, list):
        return len(value) + sum(_list_items(item) for item in value)
    if isinstance(value, dict):
        return sum(_list_items(item) for item in value.values())
    return 0


def _plain(node: ValueNode, values: Values) -> Any:
    """A literal as plain lists, dicts and integers, variables put in; anything else is of no concern here."""
    if isinstance(node, VariableNode):
        return values.get(node.name.value)
    if isinstance(node, IntValueNode):
        return int(node.value) if len(node.value) < 12 else 0  # a longer one is refused by the scalar
    if isinstance(node, ListValueNode):
        return [_plain(item, values) for item in node.values]
    if isinstance(node, ObjectValueNode):
        return {field.name.value: _plain(field.value, values) for field in node.fields}
    return None
