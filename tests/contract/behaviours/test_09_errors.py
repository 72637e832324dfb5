"""9. Errors: core's clients read `extensions.exception.code`, the storefront's `extensions.code`; a refusal of a
mutation is no error of the request but `errors` in its payload."""

import json

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import World
from tests.contract.targets import Answer, Api


def codes(answer: Answer) -> list[tuple[str, str]]:
    """What clients of both kinds read. Saleor says only the first, and its storefront falls back on the text."""
    return [
        (e["extensions"]["exception"]["code"], e["extensions"].get("code", "")) for e in answer.body["errors"]
    ]


@pytest.mark.parametrize(
    ("status", "query", "code"),
    [
        (400, "{", "GraphQLSyntaxError"),
        (400, "{nonsense}", "GraphQLError"),
        (200, "{orders(first:1){totalCount}}", "PermissionDenied"),
        (200, '{checkout(id:"x"){id}}', "GraphQLError"),
    ],
)
def test_the_code_is_said_under_both_names(api: Api, status: int, query: str, code: str) -> None:
    answer = api.post(query)
    assert (answer.status, codes(answer)) == (status, [(code, code if api.is_ours else "")])


def test_an_error_names_its_place_and_its_path(api: Api) -> None:
    (error,) = api.post("{ orders(first: 1) { totalCount } }").body["errors"]
    assert (error["path"], error["locations"]) == (["orders"], [{"line": 1, "column": 3}])


def test_a_denied_field_leaves_the_others_readable(world: World) -> None:
    query = "query($c:String!,$id:ID!){product(id:$id,channel:$c){slug channelListings{id}}}"
    answer = world.api.post(query, {"c": world.channel, "id": world.ids["product"]})
    assert answer.body["data"] == {"product": {"slug": f"glass-{world.mark}", "channelListings": None}}
    assert answer.codes == ["PermissionDenied"]


def test_a_refusal_is_no_error_of_the_request(world: World) -> None:
    checkout = checkout_flow.ready(world, (world.ids["variant"], 1))
    answer = world.api.post(checkout_flow.COMPLETE, {"id": checkout["id"]})
    assert "errors" not in answer.body
    (refused,) = answer.data["checkoutComplete"]["errors"]
    assert (refused["field"], refused["code"], bool(refused["message"])) == (
        None,
        "CHECKOUT_NOT_FULLY_PAID",
        True,
    )


def test_no_trace_reaches_the_client(api: Api) -> None:
    """A Saleor in debug mode shows its trace; ours never does."""
    answer = api.post("{orders(first:1){totalCount}}")
    assert not api.is_ours or "Traceback" not in json.dumps(answer.body)
