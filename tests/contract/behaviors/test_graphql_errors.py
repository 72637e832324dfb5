"""Errors: Saleor's clients read `extensions.exception.code`, its storefront `extensions.code`; a failed mutation
reports `errors` in its payload, not among the errors of the request."""

import json

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import ShopSetup
from tests.contract.targets import Api, Response


def error_codes(response: Response) -> list[tuple[str, str]]:
    """Both codes of each error. Saleor itself sends only the first, and its storefront falls back on the message."""
    return [
        (error["extensions"]["exception"]["code"], error["extensions"].get("code", ""))
        for error in response.body["errors"]
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
def test_the_code_is_sent_under_both_keys(api: Api, status: int, query: str, code: str) -> None:
    response = api.post(query)
    assert (response.status, error_codes(response)) == (status, [(code, code if api.is_embedded else "")])


def test_an_error_has_its_location_and_path(api: Api) -> None:
    (error,) = api.post("{ orders(first: 1) { totalCount } }").body["errors"]
    assert (error["path"], error["locations"]) == (["orders"], [{"line": 1, "column": 3}])


def test_a_denied_field_is_null_and_the_others_are_returned(shop: ShopSetup) -> None:
    query = "query($c:String!,$id:ID!){product(id:$id,channel:$c){slug channelListings{id}}}"
    response = shop.api.post(query, {"c": shop.channel, "id": shop.ids["product"]})
    assert response.body["data"] == {"product": {"slug": f"glass-{shop.suffix}", "channelListings": None}}
    assert response.codes == ["PermissionDenied"]


def test_a_mutation_error_is_not_a_request_error(shop: ShopSetup) -> None:
    checkout = checkout_flow.create_payable(shop, (shop.ids["variant"], 1))
    response = shop.api.post(checkout_flow.COMPLETE, {"id": checkout["id"]})
    assert "errors" not in response.body
    (error,) = response.data["checkoutComplete"]["errors"]
    assert (error["field"], error["code"], bool(error["message"])) == (
        None,
        "CHECKOUT_NOT_FULLY_PAID",
        True,
    )


def test_no_stack_trace_is_sent(api: Api) -> None:
    """Saleor sends a stack trace in debug mode; the engine never does."""
    response = api.post("{orders(first:1){totalCount}}")
    assert not api.is_embedded or "Traceback" not in json.dumps(response.body)
