"""Queries stop at the time limit; mutations and their statements do so safely."""

import json
import time
from typing import Any

import pytest
from django.db import OperationalError, connection

from store.engine.catalog.models import Category
from store.engine.events import app_tokens
from store.engine.events.models import App
from store.engine.graphql import deadline
from store.engine.graphql.schema import schema
from store.engine.graphql.serve import serve
from store.saleor.transports import Response

pytestmark = pytest.mark.django_db(transaction=True)
ENDLESS = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT max(n) FROM c"


def post(query: str, token: str = "") -> Response:
    headers = {"content-type": "application/json", "authorization": f"Bearer {token}" if token else ""}
    return serve(json.dumps({"query": query}).encode(), headers)


@pytest.mark.parametrize(
    "query",
    [
        "{ categories(first: 10) { edges { node { name } } } }",
        "query { categories(first: 10) { edges { node @include(if: true) { name } } } }",
        "{ __schema { types { name fields { name } } } }",
    ],
)
def test_a_question_that_is_out_of_time_is_dropped_as_a_whole(settings: Any, query: str) -> None:
    Category.objects.create(name="Sets", slug="sets")
    settings.GRAPHQL_SECONDS = 0
    answer = post(query)
    assert (answer.status, json.loads(answer.body)) == (
        503,
        {
            "errors": [
                {
                    "message": deadline.TIMEOUT_MESSAGE,
                    "extensions": {"code": "RequestTimeout", "exception": {"code": "RequestTimeout"}},
                }
            ]
        },
    )
    settings.GRAPHQL_SECONDS = 15
    assert post(query).status == 200


def test_a_mutation_is_carried_out_to_its_end(settings: Any) -> None:
    settings.GRAPHQL_SECONDS = 0
    _, token = app_tokens.issue_token(App.objects.create(name="Boss", permissions=["MANAGE_PRODUCTS"]))
    answer = post('mutation { a: categoryCreate(input: {name: "A"}) { category { slug } } }', token)
    assert (answer.status, json.loads(answer.body)["data"]) == (200, {"a": {"category": {"slug": "a"}}})


def test_the_next_mutation_of_a_request_does_not_begin_when_the_time_is_over(settings: Any) -> None:
    settings.GRAPHQL_SECONDS = 0
    _, token = app_tokens.issue_token(App.objects.create(name="Boss", permissions=["MANAGE_PRODUCTS"]))
    two_mutations = 'mutation { a: categoryCreate(input: {name: "A"}) { category { slug } } b: categoryCreate(input: {name: "B"}) { category { slug } } }'
    answer = json.loads(post(two_mutations, token).body)
    assert answer["data"] == {"a": {"category": {"slug": "a"}}, "b": None}
    assert [(error["path"], error["message"]) for error in answer["errors"]] == [
        (["b"], deadline.TIMEOUT_MESSAGE)
    ]
    assert list(Category.objects.values_list("slug", flat=True)) == ["a"]


def test_the_database_gives_up_by_itself() -> None:
    started = time.monotonic()
    with deadline.time_limit(0.2), connection.cursor() as cursor, pytest.raises(OperationalError) as raised:
        cursor.execute(ENDLESS)
    assert deadline.is_timeout(raised.value)
    assert time.monotonic() - started < 5
    assert not Category.objects.exists()  # the connection is still usable


def test_a_statement_that_takes_too_long_ends_the_question(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.GRAPHQL_SECONDS = 1

    def endless(*_: Any, **__: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(ENDLESS)

    root = schema().query_type
    assert root is not None
    monkeypatch.setattr(root.fields["category"], "resolve", endless)
    answer = post('{ slow: category(slug: "x") { name } }')
    assert (answer.status, "Internal" in answer.body.decode()) == (503, False)
