"""1. Ids are Relay's: base64 of `Type:key`; the keys of checkouts, lines and orders are UUIDs."""

import base64
import re

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import World

UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def said(global_id: str) -> tuple[str, str]:
    name, _, key = base64.b64decode(global_id).decode().partition(":")
    return name, key


def test_a_product_is_known_by_type_and_number(world: World) -> None:
    name, key = said(world.ids["product"])
    assert (name, key.isdigit()) == ("Product", True)


def test_checkouts_orders_and_their_lines_are_known_by_uuid(world: World) -> None:
    checkout = checkout_flow.ready(world, (world.ids["variant"], 1))
    checkout_flow.pay(world, checkout)
    order = checkout_flow.complete(world, checkout["id"])
    rows = [checkout, checkout["lines"][0], order, order["lines"][0]]
    found = [said(row["id"]) for row in rows]
    assert [name for name, _ in found] == ["Checkout", "CheckoutLine", "Order", "OrderLine"]
    assert all(re.fullmatch(UUID, key) for _, key in found)


def test_an_id_of_another_type_is_refused(world: World) -> None:
    query = "query($id:ID!){checkout(id:$id){id}}"
    answer = world.api.post(query, {"id": world.ids["product"]})
    assert "Checkout" in answer.body["errors"][0]["message"]


@pytest.mark.parametrize("broken", ["nonsense", "Q2hlY2tvdXQ6", "Q2hlY2tvdXQ6bm9uc2Vuc2U="])
def test_a_broken_id_is_no_server_error(world: World, broken: str) -> None:
    answer = world.api.post("query($id:ID!){checkout(id:$id){id}}", {"id": broken})
    assert answer.status == 200
    assert answer.codes in ([], ["GraphQLError"])
