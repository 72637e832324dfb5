"""Ids are Relay's: base64 of `Type:key`; the keys of checkouts, lines and orders are UUIDs."""

import base64
import re

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import ShopSetup

UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def decode_id(global_id: str) -> tuple[str, str]:
    name, _, key = base64.b64decode(global_id).decode().partition(":")
    return name, key


def test_a_product_has_an_id_of_type_and_number(shop: ShopSetup) -> None:
    name, key = decode_id(shop.ids["product"])
    assert (name, key.isdigit()) == ("Product", True)


def test_checkouts_orders_and_their_lines_have_uuid_ids(shop: ShopSetup) -> None:
    checkout = checkout_flow.create_payable(shop, (shop.ids["variant"], 1))
    checkout_flow.pay(shop, checkout)
    order = checkout_flow.complete(shop, checkout["id"])
    rows = [checkout, checkout["lines"][0], order, order["lines"][0]]
    found = [decode_id(row["id"]) for row in rows]
    assert [name for name, _ in found] == ["Checkout", "CheckoutLine", "Order", "OrderLine"]
    assert all(re.fullmatch(UUID, key) for _, key in found)


def test_an_id_of_another_type_is_refused(shop: ShopSetup) -> None:
    query = "query($id:ID!){checkout(id:$id){id}}"
    response = shop.api.post(query, {"id": shop.ids["product"]})
    assert "Checkout" in response.body["errors"][0]["message"]


@pytest.mark.parametrize("malformed", ["nonsense", "Q2hlY2tvdXQ6", "Q2hlY2tvdXQ6bm9uc2Vuc2U="])
def test_a_malformed_id_is_no_server_error(shop: ShopSetup, malformed: str) -> None:
    response = shop.api.post("query($id:ID!){checkout(id:$id){id}}", {"id": malformed})
    assert response.status == 200
    assert response.codes in ([], ["GraphQLError"])
