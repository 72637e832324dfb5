"""Completion is idempotent by checkout: repeated or simultaneous calls make one order."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.contract import checkout_flow
from tests.contract.fixture_data import ShopSetup

COUNT = "query($where:OrderWhereInput!){orders(first:5,where:$where){totalCount edges{node{id}}}}"


def create_paid(shop: ShopSetup) -> dict[str, Any]:
    checkout = checkout_flow.create_payable(shop, (shop.ids["variant"], 1))
    checkout_flow.pay(shop, checkout)
    return checkout


def test_a_second_complete_returns_the_same_order(shop: ShopSetup) -> None:
    checkout = create_paid(shop)
    first, second = (checkout_flow.complete(shop, checkout["id"]) for _ in range(2))
    assert (first["id"], first["number"]) == (second["id"], second["number"])


def test_two_completes_at_once_make_one_order(shop: ShopSetup) -> None:
    checkout = create_paid(shop)
    with ThreadPoolExecutor(2) as pool:
        responses = list(
            pool.map(lambda _: shop.api.post(checkout_flow.COMPLETE, {"id": checkout["id"]}), range(2))
        )
    orders = {response.data["checkoutComplete"]["order"]["id"] for response in responses}
    assert len(orders) == 1


def test_an_order_has_the_id_of_its_checkout(shop: ShopSetup) -> None:
    checkout = create_paid(shop)
    assert checkout_flow.complete(shop, checkout["id"])["checkoutId"] == checkout["id"]


def test_a_completed_checkout_is_null(shop: ShopSetup) -> None:
    checkout = create_paid(shop)
    checkout_flow.complete(shop, checkout["id"])
    assert shop.api.execute("query($id:ID!){checkout(id:$id){id}}", {"id": checkout["id"]}) == {
        "checkout": None
    }
