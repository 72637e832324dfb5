"""Requests in the forms in which Saleor takes them: batches of one, forms, plain queries; CORS; subscriptions refused."""

import json
from typing import Any

import pytest
from django.test import Client

from store.engine.graphql.serve import serve

pytestmark = pytest.mark.django_db
JSON = {"content-type": "application/json"}
TYPENAME = {"data": {"__typename": "Query"}}


def data_of(body: bytes) -> Any:
    content = json.loads(body)
    return (
        [{"data": one["data"]} for one in content] if isinstance(content, list) else {"data": content["data"]}
    )


def test_a_batch_of_one_is_answered_with_a_list_of_one() -> None:
    answer = serve(b'[{"query": "{__typename}"}]', JSON)
    assert (answer.status, data_of(answer.body)) == (200, [TYPENAME])


@pytest.mark.parametrize("body", [b"[]", b"[[]]", b'[[{"query": "{__typename}"}]]', b"[1]", b"["])
def test_no_other_list_is_taken_for_one(body: bytes) -> None:
    assert serve(body, JSON).status == 400


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/graphql", b"query { __typename }"),
        ("application/x-www-form-urlencoded", b"query=query+%7B+__typename+%7D"),
        (
            "application/x-www-form-urlencoded; charset=utf-8",
            b'query=query+A($a:Boolean!)+%7B+__typename+@include(if:$a)+%7D&variables={"a":true}&operationName=A',
        ),
    ],
)
def test_a_query_as_text_or_form(content_type: str, body: bytes) -> None:
    answer = serve(body, {"content-type": content_type})
    assert (answer.status, data_of(answer.body)) == (200, TYPENAME)


FORM = 'multipart/form-data; boundary="x"'


def form(**parts: str) -> bytes:
    rows = (
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'
        for name, text in parts.items()
    )
    return ("".join(rows) + "--x--\r\n").encode()


def test_operations_without_files_need_no_map() -> None:
    answer = serve(form(operations='{"query": "{ __typename }"}'), {"content-type": FORM})
    assert (answer.status, data_of(answer.body)) == (200, TYPENAME)


def test_a_multipart_query_outside_operations_is_none() -> None:
    answer = serve(form(query="{ __typename }"), {"content-type": FORM})
    assert (answer.status, b"Must provide a query string." in answer.body) == (400, True)


@pytest.mark.parametrize("filename", ["", '; filename="a.png"'])
def test_a_request_of_too_many_parts_is_refused_in_json(filename: str) -> None:
    """The parser's own limits would leave as an exception, after the parts have been read."""
    part = f'--x\r\nContent-Disposition: form-data; name="p"{filename}\r\n\r\n1\r\n'
    whole = form(operations='{"query": "{ __typename }"}')
    taken = serve(part.encode() * 99 + whole, {"content-type": FORM})
    assert (taken.status, data_of(taken.body)) == (200, TYPENAME)
    for number in (100, 12_000):
        refused = serve(part.encode() * number + whole, {"content-type": FORM})
        assert (refused.status, "at most 100 parts" in json.loads(refused.body)["errors"][0]["message"]) == (
            400,
            True,
        )


def test_a_form_says_null_for_no_operation_name() -> None:
    body = b"query=%7B__typename%7D&operationName=null"
    answer = serve(body, {"content-type": "application/x-www-form-urlencoded"})
    assert (answer.status, data_of(answer.body)) == (200, TYPENAME)


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/graphql", b"\xff"),
        ("application/x-www-form-urlencoded", b"query=%7B__typename%7D&variables=%7B"),
        ("application/x-www-form-urlencoded", b"other=1"),
    ],
)
def test_a_form_that_cant_be_read_is_refused(content_type: str, body: bytes) -> None:
    assert serve(body, {"content-type": content_type}).status == 400


def test_a_subscription_is_refused_by_name() -> None:
    answer = serve(b'{"query": "subscription { event { __typename } }"}', JSON)
    [error] = json.loads(answer.body)["errors"]
    assert (answer.status, error["extensions"]["code"]) == (400, "GraphQLError")
    assert error["message"].startswith("Subscriptions are not answered over HTTP.")


def preflight(client: Client) -> Any:
    return client.options("/graphql/", headers={"Origin": "https://dashboard.example.com"})


def test_a_dashboard_of_any_origin_may_ask_with_credentials(client: Client) -> None:
    answer = preflight(client)
    assert answer["Access-Control-Allow-Origin"] == "https://dashboard.example.com"
    assert answer["Access-Control-Allow-Credentials"] == "true"
    assert "Source-Service-Name" in answer["Access-Control-Allow-Headers"]


def test_an_origin_that_is_not_listed_is_told_nothing(client: Client, settings: Any) -> None:
    settings.GRAPHQL_ALLOWED_ORIGINS = ["https://other.example.com"]
    assert "Access-Control-Allow-Origin" not in preflight(client)
