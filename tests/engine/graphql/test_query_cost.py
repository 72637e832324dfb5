"""The cost of a request is Saleor's number; beside it the items of the lists that are given are counted."""

import json
from typing import Any

import pytest
from graphql import parse

from store.engine.graphql.query_cost import Cost, document_costs
from store.engine.graphql.schema import schema
from store.engine.graphql.serve import serve


def cost_of(text: str, **variables: Any) -> Cost:
    return document_costs(parse(text), schema()).of(variables)


def test_a_field_costs_once_for_each_row_around_it() -> None:
    rows = "products(first:20){edges{node{productVariants(first:50){edges{node{id}}}}}}"
    assert cost_of(f"{{{rows}}}").query == 20 + 20 * 50


def test_first_and_last_together_are_added_as_saleor_adds_them() -> None:
    assert cost_of("{products(first:20, last:5){edges{node{id}}}}").query == 25


@pytest.mark.parametrize(("given", "cost"), [(30, 30), ("30", 30), (None, 1), (-4, 1), ([1, 2], 1), ({}, 1)])
def test_a_page_size_of_a_variable_counts_as_saleor_reads_it(given: Any, cost: int) -> None:
    assert cost_of("query($n:Int){products(first:$n){edges{node{id}}}}", n=given).query == cost


def test_the_default_of_a_variable_counts() -> None:
    text = "query($n: Int = 100) { products(first: $n) { edges { node { id } } } }"
    assert (cost_of(text).query, cost_of(text, n=2).query) == (100, 2)


def test_a_size_that_is_not_given_is_that_of_the_schema() -> None:
    one, hundred = "{node{id}}", "productVariants(first:1){edges{node{product{media{id}}}}}"
    assert cost_of(f"{{products(first:3){{edges{one}}}}}").query == 3
    assert cost_of(f"{{{hundred}}}").query == 1 + 1 + 1


def test_of_fragments_on_several_types_the_dearest_counts_with_those_on_its_interfaces() -> None:
    on_interface, on_number = "attribute{id}", "attribute{id} value"
    both = f"... on AssignedAttribute{{{on_interface}}} ... on AssignedNumericAttribute{{{on_number}}}"
    page = 'page(slug:"x"){assignedAttributes(limit:5){%s ... on AssignedFileAttribute{value{url}}}}'
    assert cost_of(f"{{{page % both}}}").query == cost_of(f"{{{page % ''}}}").query - 5 + 5 * (1 + 2)


def test_all_operations_of_a_document_count() -> None:
    both = "query A{products(first:3){edges{node{id}}}} query B{products(first:4){edges{node{id}}}}"
    assert cost_of(both).query == 7


def test_lists_in_arguments_are_counted_beside_the_cost_wherever_they_stand() -> None:
    text = "query($w: ProductWhereInput) { products(first: 10, where: $w) { edges { node { id } } } }"
    assert cost_of(text, w={"attributes": [{"slug": "a"}] * 300}) == Cost(10, 300)
    literal = (
        "{ products(first: 10, where: {AND: [" + "{ids: [1, 2]} " * 20 + "]}) { edges { node { id } } } }"
    )
    assert cost_of(literal) == Cost(10, 20 * 3)
    below = "query($w: ProductWhereInput) { categories(first: 10) { edges { node { products(first: 2, where: $w) { edges { node { id } } } } } } }"
    assert cost_of(below, w={"ids": ["a", "b"]}) == Cost(10 + 20, 20)


def test_fragments_that_spread_each_other_twice_are_added_up_quickly() -> None:
    parts = [f"fragment F{n} on Category {{ ...F{n + 1} ...F{n + 1} }}" for n in range(200)]
    last = "fragment F200 on Category { ancestors(first: 1) { edges { node { id } } } }"
    assert cost_of('{ category(slug: "x") { ...F0 } } ' + " ".join(parts) + last).query == 1 + 2**200


def post(query: str, **variables: Any) -> tuple[int, dict[str, Any]]:
    answer = serve(
        json.dumps({"query": query, "variables": variables}).encode(), {"content-type": "application/json"}
    )
    return answer.status, json.loads(answer.body)


def test_what_is_too_dear_is_refused_in_saleors_words_with_the_numbers() -> None:
    text = "query($n:Int){products(first:$n){edges{node{collections{products(first:$n){edges{node{id productVariants(first:$n){edges{node{id}}}}}}}}}}}"
    status, answer = post(text, n=100)
    cost = {"requestedQueryCost": 1_010_200, "maximumAvailable": 50_000}
    assert (status, answer["extensions"]) == (400, {"cost": cost})
    (error,) = answer["errors"]
    assert error["message"] == "The query exceeds the maximum cost of 50000. Actual cost is 1010200"
    assert (error["extensions"]["cost"], error["extensions"]["exception"]) == (
        cost,
        {"code": "QueryCostError"},
    )


def test_lists_that_stand_for_too_many_items_are_refused(settings: Any) -> None:
    settings.GRAPHQL_MAX_ITEMS = 1_000
    text = "query($w:ProductWhereInput){products(first:1, where:$w){edges{node{id}}}}"
    status, answer = post(text, w={"ids": ["x"] * 1_001})
    assert (status, "more than 1000 items" in answer["errors"][0]["message"]) == (400, True)
