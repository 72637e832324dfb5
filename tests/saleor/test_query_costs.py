"""A Saleor refuses what costs more than 50,000, as it is delivered; every request of ours costs less.

The sum is the engine's (`engine/graphql/query_cost.py`), which is Saleor's.
"""

import json
from pathlib import Path

import pytest
from graphql import DocumentNode, GraphQLSchema, OperationDefinitionNode, build_schema

from store.engine.graphql.query_cost import document_costs
from store.storefront import catalog_index, product_feed
from tests.saleor.operations import SALEOR, digest_of, documents

MAXIMUM = 50_000
LARGEST_PAGE = 100
PAGE_SIZES = {
    "CatalogIndex": catalog_index.PER_CALL,
    "SearchIndex": catalog_index.PER_CALL,
    "ProductFeed": product_feed.PER_CALL,
}


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    return build_schema((SALEOR / "schema-3.23.graphql").read_text(), assume_valid=True)


def cost_of(schema: GraphQLSchema, document: DocumentNode, name: str, size: int) -> int:
    """Of one operation with the fragments of its document. `size`: of every page that is a variable."""
    (operation,) = [
        one
        for one in document.definitions
        if isinstance(one, OperationDefinitionNode) and one.name and one.name.value == name
    ]
    others = [one for one in document.definitions if not isinstance(one, OperationDefinitionNode)]
    variables = {one.variable.name.value: size for one in operation.variable_definitions}
    return document_costs(DocumentNode(definitions=(operation, *others)), schema).of(variables).query


def test_no_request_of_ours_is_too_dear_for_a_saleor(schema: GraphQLSchema) -> None:
    found = {
        name: cost_of(schema, document, name, PAGE_SIZES.get(name, LARGEST_PAGE))
        for name, document in documents()
    }
    assert len(found) > 100
    assert {name: cost for name, cost in found.items() if cost > MAXIMUM} == {}


def test_the_sum_is_that_of_saleor(schema: GraphQLSchema) -> None:
    """What Saleor 3.23.28 itself counted for pages of ten, of the documents that are as they were then."""
    said = json.loads(Path(__file__).with_name("query_costs_of_saleor.json").read_text())
    counted, expected = {}, {}
    for name, document in documents():
        digest, cost = said.get(name, ("", 0))
        if digest and digest_of(document, name) == digest:
            counted[name], expected[name] = cost_of(schema, document, name, 10), cost
    assert len(expected) > 80
    assert counted == expected
