"""A Saleor refuses what costs more than 50,000, as it is delivered; every request of ours costs less.

`query_costs-3.23.json` is what Saleor 3.23.28 takes for each field (saleor/graphql/query_cost_map.py), and the sum is
made as it makes it: each field once for each row that the pages around it may hold.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLArgument,
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    build_schema,
    get_named_type,
    parse,
)

from store.move import shop_api
from store.storefront import catalog_index, product_feed

SALEOR = Path(catalog_index.__file__).parents[1] / "saleor"
COSTS = json.loads((Path(__file__).parent / "query_costs-3.23.json").read_text())
MAXIMUM = 50_000
LARGEST_PAGE = 100
PAGE_SIZES = {
    "CatalogIndex": catalog_index.PER_CALL,
    "SearchIndex": catalog_index.PER_CALL,
    "ProductFeed": product_feed.PER_CALL,
}


class Cost:
    """Of the operations of a document. `page_size`: of a page whose size is a variable."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode, page_size: int) -> None:
        self.schema, self.page_size = schema, page_size
        self.fragments = {
            one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)
        }

    def of(self, operation: OperationDefinitionNode) -> int:
        root = self.schema.get_root_type(operation.operation)
        return self._of(operation.selection_set, root, 1)

    def _of(self, selections: SelectionSetNode | None, type_: GraphQLNamedType | None, rows: int) -> int:
        """Of fragments on several types only the dearest counts, since a row is of one."""
        total, by_type = 0, defaultdict[str, int](int)
        for node in selections.selections if selections else ():
            if isinstance(node, FieldNode):
                total += self._of_field(node, type_, rows)
            elif isinstance(node, FragmentSpreadNode):
                fragment = self.fragments[node.name.value]
                name = fragment.type_condition.name.value
                by_type[name] += self._of(fragment.selection_set, self.schema.get_type(name), rows)
            elif isinstance(node, InlineFragmentNode) and node.type_condition:
                name = node.type_condition.name.value
                by_type[name] += self._of(node.selection_set, self.schema.get_type(name), rows)
        return total + max(by_type.values(), default=0)

    def _of_field(self, node: FieldNode, type_: Any, rows: int) -> int:
        field = getattr(type_, "fields", {}).get(node.name.value)
        if field is None:  # __typename
            return 0
        cost = COSTS.get(type_.name, {}).get(node.name.value)
        own = 0
        if cost:
            rows *= self._multiplier(node, field, cost.get("multipliers", ())) or 1
            own = cost.get("complexity", 1) * rows
        return int(own + self._of(node.selection_set, get_named_type(field.type), rows))

    def _multiplier(self, node: FieldNode, field: GraphQLField, names: Any) -> int:
        """Sizes that are not given are those of the schema, such as a hundred values of an attribute."""
        given = {one.name.value: one.value for one in node.arguments}
        return sum(self._size(given.get(name), field.args[name]) for name in names if name in field.args)

    def _size(self, value: ValueNode | None, argument: GraphQLArgument) -> int:
        if isinstance(value, VariableNode):
            return self.page_size
        default = argument.default_value
        return (
            int(value.value)
            if isinstance(value, IntValueNode)
            else default
            if isinstance(default, int)
            else 0
        )


def documents() -> Iterator[tuple[str, DocumentNode]]:
    """Our operations by name, each with the fragments beside it."""
    texts = [file.read_text() for file in sorted((SALEOR / "documents").rglob("*.graphql"))]
    of_store = parse("\n".join(texts))
    for one in of_store.definitions:
        if isinstance(one, OperationDefinitionNode) and one.name:
            yield one.name.value, of_store
    for file in sorted(shop_api.FOLDER.glob("*.graphql")):
        if file.stem != shop_api.SHARED:
            yield file.stem, parse(shop_api.read_document(file.stem))


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    return build_schema((SALEOR / "schema-3.23.graphql").read_text(), assume_valid=True)


def costs(schema: GraphQLSchema) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, document in documents():
        cost = Cost(schema, document, PAGE_SIZES.get(name, LARGEST_PAGE))
        for one in document.definitions:
            if isinstance(one, OperationDefinitionNode) and one.name and one.name.value == name:
                found[name] = cost.of(one)
    return found


def test_no_request_of_ours_is_too_dear_for_a_saleor(schema: GraphQLSchema) -> None:
    found = costs(schema)
    assert len(found) > 100
    assert {name: cost for name, cost in found.items() if cost > MAXIMUM} == {}


def test_the_sum_is_that_of_a_running_saleor(schema: GraphQLSchema) -> None:
    """Saleor 3.23.28 said so of pages of a hundred."""
    of_store = next(documents())[1]
    whole = Cost(schema, of_store, LARGEST_PAGE)
    names = {"CatalogIndex": 80_800, "SearchIndex": 111_300, "ProductFeed": 40_501, "ProductKeys": 30_300}
    found = {
        one.name.value: whole.of(one)
        for one in of_store.definitions
        if isinstance(one, OperationDefinitionNode) and one.name and one.name.value in names
    }
    assert found == names
