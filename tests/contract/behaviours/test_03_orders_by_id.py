"""3. An order's id is a bearer capability: whoever has the UUID reads the order, and no more than a buyer may."""

from typing import Any

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import World


@pytest.fixture(scope="module")
def order(world: World) -> dict[str, Any]:
    return checkout_flow.buy(world, (world.ids["variant"], 1))


def test_nobody_reads_lines_totals_email_and_address(world: World, order: dict[str, Any]) -> None:
    query = "query($id:ID!){order(id:$id){number userEmail shippingAddress{firstName streetAddress1 postalCode} billingAddress{city} lines{productName quantity} total{gross{amount}} shippingMethodName}}"
    seen = world.api.ask(query, {"id": order["id"]})["order"]
    assert seen == {
        "number": order["number"], "userEmail": "ada@example.com", "shippingMethodName": "Standard",
        "shippingAddress": {"firstName": "Ada", "streetAddress1": "1600 Amphitheatre Pkwy", "postalCode": "94043"},
        "billingAddress": {"city": "MOUNTAIN VIEW"},
        "lines": [{"productName": f"glass {world.mark}", "quantity": 1}],
        "total": {"gross": {"amount": 37.87}},
    }  # fmt: skip


@pytest.mark.parametrize(
    "private", ["events{id}", "privateMetadata{key}", "transactions{id}", "grantedRefunds{id}"]
)
def test_what_is_for_staff_is_denied(world: World, order: dict[str, Any], private: str) -> None:
    answer = world.api.post(f"query($id:ID!){{order(id:$id){{{private}}}}}", {"id": order["id"]})
    assert answer.codes == ["PermissionDenied"]


def test_nobody_lists_or_looks_up_orders(world: World, order: dict[str, Any]) -> None:
    query = "query($n:[String!]){orders(first:1,filter:{numbers:$n}){edges{node{id}}}}"
    assert world.api.post(query, {"n": [order["number"]]}).codes == ["PermissionDenied"]


def test_an_app_that_manages_orders_looks_up_by_number(world: World, order: dict[str, Any]) -> None:
    query = "query($n:[String!]){orders(first:2,filter:{numbers:$n}){edges{node{id userEmail}}}}"
    found = world.api.ask(query, {"n": [order["number"]]}, world.app)["orders"]["edges"]
    assert [edge["node"] for edge in found] == [{"id": order["id"], "userEmail": "ada@example.com"}]


def test_an_unknown_order_is_null(world: World) -> None:
    unknown = "T3JkZXI6MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw"
    assert world.api.ask("query($id:ID!){order(id:$id){id}}", {"id": unknown}) == {"order": None}
