"""The prepared executor answers as graphql-core's does: the same data, the same errors at the same places."""

import re
from pathlib import Path
from typing import Any

import pytest
from graphql import ExecutionResult, execute_sync, parse

import store.saleor
from store.engine.accounts.requestor import SYSTEM, Requestor
from store.engine.graphql.compiled_executor import prepare
from store.engine.graphql.context import Context
from store.engine.graphql.schema import schema
from tests.engine.merchant import Merchant

DOCUMENTS = Path(store.saleor.__file__).with_name("documents")


def both(query: str, *, staff: bool = False, **variables: Any) -> tuple[ExecutionResult, ExecutionResult]:
    document = parse(query)
    plan = prepare(schema(), document)
    assert plan is not None, "left to graphql-core"
    asker = SYSTEM if staff else Requestor()
    mine = plan.run(None, Context(asker), variables)
    return mine, execute_sync(schema(), document, None, Context(asker), variables)


def said(result: ExecutionResult) -> Any:
    return result.data, [(error.message, error.path, error.locations) for error in result.errors or ()]


ASKED = [
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


@pytest.mark.parametrize("query", ASKED)
@pytest.mark.parametrize("staff", [False, True])
def test_the_same_answer_with_the_same_errors(open_shop: Merchant, query: str, staff: bool) -> None:
    open_shop.page("care", "Care")
    open_shop.attribute("cups", "NUMERIC")
    open_shop.attribute("guides", "REFERENCE", entityType="PAGE")
    open_shop.product_type("cups", attributes=("cups", "guides"))
    values = [
        {"id": open_shop.made["cups"], "numeric": "4"},
        {"id": open_shop.made["guides"], "references": [open_shop.made["page care"]]},
    ]
    open_shop.sell("bulb", "9.00", attributes=values)
    open_shop.sell("pump", "9.00")
    if "mutation" in query and staff:
        pytest.skip("would delete twice")
    mine, theirs = both(query, staff=staff)
    assert said(mine) == said(theirs)


@pytest.mark.django_db
def test_the_same_errors_for_wrong_variables() -> None:
    query = "query($n: Int!, $c: String) { products(first: $n, channel: $c) { totalCount } }"
    for variables in ({}, {"n": "many"}, {"n": None}):
        mine, theirs = both(query, **variables)
        assert mine.errors
        assert said(mine) == said(theirs)


def test_what_is_unusual_is_left_to_graphql_core() -> None:
    for query in (
        "{ __schema { types { name } } }",
        "query($x: Boolean!) { shop { name @include(if: $x) } }",
        "query A { shop { name } } query B { shop { name } }",
    ):
        assert prepare(schema(), parse(query)) is None
    assert prepare(schema(), parse("query A { shop { name } } query B { shop { name } }"), "B") is not None


def test_every_document_of_ours_is_prepared() -> None:
    fragments = {file.stem: file.read_text() for file in (DOCUMENTS / "fragments").glob("*.graphql")}
    for file in DOCUMENTS.glob("*.graphql"):
        text, known = file.read_text(), set[str]()
        while missing := set(re.findall(r"\.\.\.(\w+)", text)) & fragments.keys() - known:
            known |= missing
            text += "".join(fragments[one] for one in missing)
        assert prepare(schema(), parse(text)) is not None, file.name
