"""What a guest may send costs time and memory in proportion to its size: each test is an attack that used to work."""

import json
from typing import Any

import pytest
from graphql import parse

from store.engine.graphql import deadline
from store.engine.graphql.document_cache import CheckedDocument, DocumentCache
from store.engine.graphql.query_limits import count_fields
from store.engine.graphql.serve import serve

JSON = {"content-type": "application/json"}
pytestmark = pytest.mark.timeout(60)  # what is not bounded would never end


def post(query: str, variables: dict[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
    answer = serve(json.dumps({"query": query, "variables": variables or {}}).encode(), JSON)
    return answer.status, json.loads(answer.body)


def doubling(levels: int, body: str = "name") -> str:
    """Fragments that spread the next one twice: 2^levels fields in a few lines."""
    fragments = [f"fragment F{n} on Shop {{ ...F{n + 1} ...F{n + 1} }}" for n in range(levels)]
    return "{ shop { ...F0 } } " + " ".join(fragments) + f" fragment F{levels} on Shop {{ {body} }}"


def doubling_below(levels: int) -> str:
    """The same with a field at each level, so that no fragment is met twice in one selection set."""
    inner = "children(first: 1) { edges { node { %s } } } again: children(first: 1) { edges { node { %s } } }"
    fragments = [
        f"fragment F{n} on Category {{ {inner.replace('%s', f'...F{n + 1}')} }}" for n in range(levels)
    ]
    query = '{ category(slug: "x") { ...F0 } } '
    return query + " ".join(fragments) + f" fragment F{levels} on Category {{ id }}"


@pytest.mark.django_db
def test_fragments_that_spread_each_other_twice_are_expanded_once() -> None:
    status, answer = post(doubling(60))
    assert (status, list(answer)) == (200, ["data", "extensions"])


def test_fragments_that_multiply_along_a_path_are_refused(settings: Any) -> None:
    settings.GRAPHQL_MAX_DEPTH = 100
    status, answer = post(doubling_below(20))
    assert (status, "fields" in answer["errors"][0]["message"]) == (400, True)


def test_a_field_that_is_repeated_under_one_name_is_refused() -> None:
    status, answer = post("{ shop { " + "name " * 4000 + "} }")
    assert (status, "fields" in answer["errors"][0]["message"]) == (400, True)


def test_fields_are_counted_as_execution_meets_them() -> None:
    assert count_fields(parse("{ a { b c } d }")) == 4
    assert (
        count_fields(parse("{ a { ...F } } fragment F on T { b c }")) == 1 + 1 + 2 + 2
    )  # spread, and F by itself
    assert count_fields(parse("{ a a a }")) == 3 + (1 + 2)  # each pair of one name is compared once


def test_several_password_mutations_are_refused_before_one_is_tried(django_assert_num_queries: Any) -> None:
    logins = " ".join(
        f'a{n}: tokenCreate(email: "a@b.example", password: "x{n}") {{ token }}' for n in range(100)
    )
    for document in (
        f"mutation {{ {logins} }}",
        f"mutation {{ ...F }} fragment F on Mutation {{ {logins} }}",
    ):
        status, answer = post(document)
        assert (status, answer["errors"][0]["message"]) == (
            400, "A request may hold at most 50 mutations."
        )  # fmt: skip
    two = 'mutation { a: tokenCreate(email: "a", password: "b") { token } b: tokenCreate(email: "a", password: "c") { token } }'
    status, answer = post(two)
    assert (status, "only one mutation" in answer["errors"][0]["message"]) == (400, True)


@pytest.mark.django_db
def test_mutations_that_would_begin_too_late_are_refused(settings: Any) -> None:
    settings.GRAPHQL_SECONDS = 0
    line = 'deleteMetadata(id: "none", keys: ["a"]) { errors { code } }'
    status, answer = post(f"mutation {{ a: {line} b: {line} c: {line} }}")
    assert status == 200
    assert answer["data"]["b"] is None
    assert answer["data"]["c"] is None
    late = [error for error in answer["errors"] if error["message"] == deadline.TIMEOUT_MESSAGE]
    assert [error["path"] for error in late] == [["b"], ["c"]]


def test_a_result_of_too_many_items_is_given_up_before_they_are_worked_out(
    empty_shop: None, settings: Any
) -> None:
    settings.GRAPHQL_MAX_ITEMS = 5
    status, answer = post("{ shop { countries { code } } }")
    assert (status, "more than 5 list items" in answer["errors"][0]["message"]) == (400, True)


@pytest.fixture
def empty_shop(transactional_db: None) -> None:
    """A shop without anything: its list of countries is long enough."""


def test_documents_are_kept_by_what_they_cost() -> None:
    cache = DocumentCache(lambda text: CheckedDocument(None, (), fields=int(text)), max_fields=1_000)
    for text in ("400", "500", "300"):
        cache.get(text)
    assert (len(cache), cache.used_fields) == (2, 800)  # the oldest went
    cache.get("2501")  # larger than one document may be
    assert (len(cache), cache.used_fields) == (2, 800)
