"""The compiled executor returns the same data and the same errors with the same paths as graphql-core."""

from pathlib import Path
from typing import Any

import pytest
from graphql import ExecutionResult, execute_sync, parse
from graphql.utilities import separate_operations

import store.saleor
from store.engine.accounts.requestor import SYSTEM, Requestor
from store.engine.graphql.compiled_executor import compile_operation
from store.engine.graphql.context import Context
from store.engine.graphql.schema import schema
from tests.engine.merchant import Merchant

DOCUMENTS = Path(store.saleor.__file__).with_name("documents")


def execute_both(
    query: str, *, staff: bool = False, **variables: Any
) -> tuple[ExecutionResult, ExecutionResult]:
    document = parse(query)
    plan = compile_operation(schema(), document)
    assert plan is not None, "left to graphql-core"
    requestor = SYSTEM if staff else Requestor()
    compiled = plan.run(None, Context(requestor), variables)
    return compiled, execute_sync(schema(), document, None, Context(requestor), variables)


def data_and_errors(result: ExecutionResult) -> Any:
    return result.data, [(error.message, error.path, error.locations) for error in result.errors or ()]


QUERIES = [
    '{ products(first: 5, channel: "us") { totalCount edges { node { __typename id ...Named pricing { priceRange { start { gross { amount } } } }'
    " assignedAttributes { attribute { slug } __typename ... on AssignedNumericAttribute { number: value }"
    " ... on AssignedMultiPageReferenceAttribute { pages: value { slug } } } } } } }"
    " fragment Named on Product { name id created metadata { key } category { name } category { slug } }",
    '{ product(slug: "gone", channel: "us") { id } shop { name } }',
    '{ shop { name version } products(first: 1, channel: "us") { totalCount } }',
    '{ products(first: 5, channel: "us") { edges { node { slug channelListings { isPublished } } } } }',
    '{ products(first: 5, channel: "us") { edges { node { slug variants { sku stocks { quantity } } } } } }',
    '{ products(first: 500, channel: "us") { totalCount } }',
    '{ a: product(id: "nonsense", channel: "us") { id } b: product(slug: "x", id: "y", channel: "us") { id } }',
    'mutation { productDelete(id: "UHJvZHVjdDox") { errors { code } } }',
]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("staff", [False, True])
def test_the_same_answer_with_the_same_errors(merchant_with_shop: Merchant, query: str, staff: bool) -> None:
    merchant_with_shop.page("care", "Care")
    merchant_with_shop.attribute("cups", "NUMERIC")
    merchant_with_shop.attribute("guides", "REFERENCE", entityType="PAGE")
    merchant_with_shop.product_type("cups", attributes=("cups", "guides"))
    values = [
        {"id": merchant_with_shop.ids["cups"], "numeric": "4"},
        {"id": merchant_with_shop.ids["guides"], "references": [merchant_with_shop.ids["page care"]]},
    ]
    merchant_with_shop.create_listed_product("bulb", "9.00", attributes=values)
    merchant_with_shop.create_listed_product("pump", "9.00")
    if "mutation" in query and staff:
        pytest.skip("would delete twice")
    compiled, core = execute_both(query, staff=staff)
    assert data_and_errors(compiled) == data_and_errors(core)


@pytest.mark.django_db
def test_the_same_errors_for_wrong_variables() -> None:
    query = "query($n: Int!, $c: String) { products(first: $n, channel: $c) { totalCount } }"
    for variables in ({}, {"n": "many"}, {"n": None}):
        compiled, core = execute_both(query, **variables)
        assert compiled.errors
        assert data_and_errors(compiled) == data_and_errors(core)


def test_what_is_unusual_is_left_to_graphql_core() -> None:
    for query in (
        "{ __schema { types { name } } }",
        "query($x: Boolean!) { shop { name @include(if: $x) } }",
        "query A { shop { name } } query B { shop { name } }",
    ):
        assert compile_operation(schema(), parse(query)) is None
    assert (
        compile_operation(schema(), parse("query A { shop { name } } query B { shop { name } }"), "B")
        is not None
    )


def test_every_document_of_the_clients_is_compiled() -> None:
    text = "".join(file.read_text() for file in DOCUMENTS.rglob("*.graphql"))
    operations = separate_operations(parse(text))
    assert len(operations) > 20
    for name, document in operations.items():
        assert compile_operation(schema(), document) is not None, name
