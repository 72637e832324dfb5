"""Random GraphQL requests made from the schema: mostly valid, with hostile values in the arguments."""

from collections.abc import Sequence
from random import Random
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
)

from tests.fuzz import hostile_values

HOSTILE = 0.04  # of the values
MAX_INPUT_DEPTH, MAX_SELECTION_DEPTH = 3, 4


class RequestMaker:
    """`ids` are global ids of rows that exist."""

    def __init__(self, schema: GraphQLSchema, ids: Sequence[str], random: Random) -> None:
        self.schema, self.ids, self.random = schema, ids, random
        self.roots = {
            kind: [(name, field) for name, field in root.fields.items() if not name.startswith("_")]
            for kind, root in (("query", schema.query_type), ("mutation", schema.mutation_type))
            if root
        }

    def request(self) -> dict[str, Any]:
        """`query` and `variables`: one or two root fields."""
        kind = self.random.choice(("query", "mutation", "mutation"))
        declared: dict[str, str] = {}
        values: dict[str, Any] = {}
        parts = [
            f"r{number}: " + self._field(*self.random.choice(self.roots[kind]), declared, values, 0)
            for number in range(self.random.choice((1, 1, 1, 2)))
        ]
        head = f"({', '.join(f'${name}: {type_}' for name, type_ in declared.items())})" if declared else ""
        return {"query": f"{kind} Q{head} {{ {' '.join(parts)} }}", "variables": values}

    def _field(
        self, name: str, field: GraphQLField, declared: dict[str, str], values: dict[str, Any], depth: int
    ) -> str:
        given = []
        for key, argument in field.args.items():
            wanted = isinstance(argument.type, GraphQLNonNull) or key in ("first", "channel", "id", "input")
            if wanted or self.random.random() < 0.3:
                variable = f"v{len(declared)}"
                declared[variable] = str(argument.type)
                values[variable] = (
                    self._page_size() if key in ("first", "last") else self._value(argument.type)
                )
                given.append(f"{key}: ${variable}")
        arguments = f"({', '.join(given)})" if given else ""
        return f"{name}{arguments}{self._selection(get_named_type(field.type), declared, values, depth)}"

    def _selection(self, type_: Any, declared: dict[str, str], values: dict[str, Any], depth: int) -> str:
        if isinstance(type_, GraphQLUnionType | GraphQLInterfaceType):
            possible = self.schema.get_possible_types(type_)
            if not possible:
                return " { __typename }"
            shown = self.random.choice(possible)
            return f" {{ __typename ... on {shown.name}{self._selection(shown, declared, values, depth)} }}"
        if not isinstance(type_, GraphQLObjectType):
            return ""
        names = list(type_.fields)
        chosen = set(self.random.sample(names, min(len(names), self.random.randint(1, 6))))
        chosen |= {name for name in ("edges", "node", "errors", "code") if name in type_.fields}
        parts = []
        for number, name in enumerate(sorted(chosen)):
            field = type_.fields[name]
            is_leaf = not isinstance(
                get_named_type(field.type), GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType
            )
            if is_leaf or depth < MAX_SELECTION_DEPTH:
                parts.append(f"f{number}: " + self._field(name, field, declared, values, depth + 1))
        return f" {{ {' '.join(parts) or '__typename'} }}"

    def _page_size(self) -> Any:
        if self.random.random() < HOSTILE:
            return hostile_values.anything(self.random)
        return self.random.choice((1, 2, 3))

    def _value(self, type_: Any, depth: int = 0) -> Any:
        if self.random.random() < HOSTILE:
            return hostile_values.anything(self.random)
        if isinstance(type_, GraphQLNonNull):
            return self._value(type_.of_type, depth)
        if isinstance(type_, GraphQLList):
            return [self._value(type_.of_type, depth) for _ in range(self.random.choice((0, 1, 1, 2)))]
        if isinstance(type_, GraphQLEnumType):
            return self.random.choice(sorted(type_.values))
        if isinstance(type_, GraphQLInputObjectType):
            return self._object(type_, depth)
        return self._scalar(type_)

    def _object(self, type_: GraphQLInputObjectType, depth: int) -> dict[str, Any]:
        chance = 0.5 if depth == 0 else 0.35
        return {
            name: self._value(field.type, depth + 1)
            for name, field in type_.fields.items()
            if isinstance(field.type, GraphQLNonNull)
            or (depth < MAX_INPUT_DEPTH and self.random.random() < chance)
        }

    def _scalar(self, type_: GraphQLScalarType) -> Any:
        if type_.name == "ID":
            return self.random.choice(self.ids)
        if type_.name == "Boolean":
            return self.random.choice((True, False))
        if type_.name in ("Int", "Float", "Decimal", "PositiveDecimal", "PositiveInt", "WeightScalar", "Day"):
            return self.random.choice((0, 1, 2, 5, 30, 100, *hostile_values.NUMBERS))
        if type_.name in ("Date", "DateTime"):
            return self.random.choice(
                ("2026-11-28", "2026-11-28T12:00:00Z", hostile_values.text(self.random))
            )
        return self.random.choice(
            ("default-channel", "us", "name", "ada@example.com", hostile_values.text(self.random))
        )
