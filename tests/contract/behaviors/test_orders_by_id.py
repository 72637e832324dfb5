"""An order's UUID gives read access without a login. Who bought it is for the buyer and staff in the engine."""

from typing import Any

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import ShopSetup


@pytest.fixture(scope="module")
def order(shop: ShopSetup) -> dict[str, Any]:
    return checkout_flow.buy(shop, (shop.ids["variant"], 1))


PERSON = {
    "userEmail": "ada@example.com",
    "shippingAddress": {
        "firstName": "Ada",
        "streetAddress1": "1600 Amphitheatre Pkwy",
        "postalCode": "94043",
    },
    "billingAddress": {"city": "MOUNTAIN VIEW"},
}


def test_a_guest_reads_lines_and_totals_but_not_the_buyer(shop: ShopSetup, order: dict[str, Any]) -> None:
    query = "query($id:ID!){order(id:$id){number userEmail shippingAddress{firstName streetAddress1 postalCode} billingAddress{city} lines{productName quantity} total{gross{amount}} shippingMethodName}}"
    bought = {
        "number": order["number"],
        "shippingMethodName": "Standard",
        "lines": [{"productName": f"glass {shop.suffix}", "quantity": 1}],
        "total": {"gross": {"amount": 37.87}},
    }
    hidden = (
        dict.fromkeys(PERSON) if shop.api.is_embedded else PERSON
    )  # Saleor shows it to whoever knows the id
    assert shop.api.execute(query, {"id": order["id"]})["order"] == bought | hidden
    assert shop.api.execute(query, {"id": order["id"]}, shop.app_token)["order"] == bought | PERSON


@pytest.mark.parametrize(
    "private", ["events{id}", "privateMetadata{key}", "transactions{id}", "grantedRefunds{id}"]
)
def test_staff_fields_are_denied(shop: ShopSetup, order: dict[str, Any], private: str) -> None:
    response = shop.api.post(f"query($id:ID!){{order(id:$id){{{private}}}}}", {"id": order["id"]})
    assert response.codes == ["PermissionDenied"]


def test_a_guest_can_not_list_or_search_orders(shop: ShopSetup, order: dict[str, Any]) -> None:
    query = "query($n:[String!]){orders(first:1,filter:{numbers:$n}){edges{node{id}}}}"
    assert shop.api.post(query, {"n": [order["number"]]}).codes == ["PermissionDenied"]


def test_an_app_that_manages_orders_finds_them_by_number(shop: ShopSetup, order: dict[str, Any]) -> None:
    query = "query($n:[String!]){orders(first:2,filter:{numbers:$n}){edges{node{id userEmail}}}}"
    found = shop.api.execute(query, {"n": [order["number"]]}, shop.app_token)["orders"]["edges"]
    assert [edge["node"] for edge in found] == [{"id": order["id"], "userEmail": "ada@example.com"}]


def test_an_unknown_order_is_null(shop: ShopSetup) -> None:
    unknown = "T3JkZXI6MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw"
    assert shop.api.execute("query($id:ID!){order(id:$id){id}}", {"id": unknown}) == {"order": None}
