import json
from typing import Any

import pytest
from graphql import parse

from store.engine.graphql.query_limits import QueryLimitExceeded, depth_of
from store.engine.graphql.serve import serve


def nested(levels: int) -> str:
    return "{" + "a{" * (levels - 1) + "b" + "}" * (levels - 1) + "}"


def test_the_depth_is_counted_through_fragments() -> None:
    assert depth_of(parse("{a{...F}} fragment F on T {b{c}}")) == 3


def test_a_document_deeper_than_allowed_is_refused(settings: Any) -> None:
    settings.GRAPHQL_MAX_DEPTH = 10
    assert depth_of(parse(nested(10))) == 10
    with pytest.raises(QueryLimitExceeded, match="more than 10 levels"):
        depth_of(parse(nested(11)))


def test_circular_fragments_end() -> None:
    depth_of(parse("{...A} fragment A on T {x{...B}} fragment B on T {y{...A}}"))


def post(query: str, **variables: Any) -> tuple[int, str]:
    body = json.dumps({"query": query, "variables": variables}).encode()
    answer = serve(body, {"content-type": "application/json"})
    return answer.status, answer.body.decode()


def test_a_document_with_too_many_tokens_is_not_parsed(settings: Any) -> None:
    settings.GRAPHQL_MAX_TOKENS = 100
    status, response = post("{" + " ".join(f"a{n}: __typename" for n in range(50)) + "}")
    assert (status, "tokens" in response) == (400, True)


def test_the_same_expensive_field_under_many_names_costs_as_often() -> None:
    expensive = (
        "products(first: 100) { edges { node { productVariants(first: 100) { edges { node { id } } } } } }"
    )
    status, response = post("{" + " ".join(f"a{n}: {expensive}" for n in range(10)) + "}")
    assert status == 400
    assert "maximum cost of 50000. Actual cost is 101000" in response


@pytest.mark.django_db
@pytest.mark.parametrize("size", [0, -1, 101, 2_000_000_000])
def test_a_page_has_between_one_and_a_hundred_rows(size: int) -> None:
    """The size of a variable is refused before a row is read."""
    for query in ("query($n: Int) { categories(first: $n) { edges { node { id } } } }",):
        status, response = post(query, n=size)
        assert status in (200, 400)
        assert json.loads(response).get("errors"), response


@pytest.mark.django_db
def test_a_page_without_a_size_is_refused() -> None:
    _, response = post("{ categories { edges { node { id } } } }")
    assert json.loads(response)["errors"][0]["message"].startswith(
        "You must provide a `first` or `last` value"
    )


def test_a_batch_is_refused() -> None:
    answer = serve(
        b'[{"query": "{__typename}"}, {"query": "{__typename}"}]', {"content-type": "application/json"}
    )
    assert (answer.status, b"batch" in answer.body) == (400, True)


def test_a_body_that_is_too_large_is_refused_unread(settings: Any) -> None:
    settings.GRAPHQL_MAX_BODY = 1000
    assert post("{ __typename " + " " * 1000 + "}")[0] == 413


def test_a_document_of_absurd_nesting_is_refused_quickly() -> None:
    status, _ = post("{" + "a{" * 5000 + "b" + "}" * 5000 + "}")
    assert status == 400
    status, _ = post("query($x: [[[[Int]]]]) { __typename(a: " + "[" * 3000 + "]" * 3000 + ") }")
    assert status == 400


def test_introspection_is_refused_in_production(settings: Any) -> None:
    settings.GRAPHQL_INTROSPECTION = False
    status, response = post("{ __schema { queryType { name description } } }")
    assert (status, "ntrospection" in response) == (400, True)
