"""5. Completion is idempotent by checkout; a payment's idempotency key is used once; at most 100 transactions."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.contract import checkout_flow
from tests.contract.fixture_data import World

COUNT = "query($where:OrderWhereInput!){orders(first:5,where:$where){totalCount edges{node{id}}}}"


def paid(world: World) -> dict[str, Any]:
    checkout = checkout_flow.ready(world, (world.ids["variant"], 1))
    checkout_flow.pay(world, checkout)
    return checkout


def test_a_second_complete_returns_the_same_order(world: World) -> None:
    checkout = paid(world)
    first, second = (checkout_flow.complete(world, checkout["id"]) for _ in range(2))
    assert (first["id"], first["number"]) == (second["id"], second["number"])


def test_two_completes_at_once_make_one_order(world: World) -> None:
    checkout = paid(world)
    with ThreadPoolExecutor(2) as pool:
        answers = list(
            pool.map(lambda _: world.api.post(checkout_flow.COMPLETE, {"id": checkout["id"]}), range(2))
        )
    orders = {answer.data["checkoutComplete"]["order"]["id"] for answer in answers}
    assert len(orders) == 1


def test_an_order_remembers_its_checkout(world: World) -> None:
    checkout = paid(world)
    assert checkout_flow.complete(world, checkout["id"])["checkoutId"] == checkout["id"]


def test_a_completed_checkout_is_gone(world: World) -> None:
    checkout = paid(world)
    checkout_flow.complete(world, checkout["id"])
    assert world.api.ask("query($id:ID!){checkout(id:$id){id}}", {"id": checkout["id"]}) == {"checkout": None}
