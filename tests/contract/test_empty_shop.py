"""A shop that nobody has seeded answers every list with nothing, and takes its first rows through the API."""

from collections.abc import Iterator

import pytest

from tests.contract.fixture_data import World
from tests.contract.targets import Api, embedded

LISTS = ["products", "categories", "collections", "pages", "productTypes", "attributes", "menus", "warehouses", "shippingZones", "orders", "vouchers", "giftCards", "customers", "taxClasses", "apps"]  # fmt: skip


@pytest.fixture(scope="module")
def empty() -> Iterator[Api]:
    """A second shop of ours, untouched; a real Saleor has been used by others, so it isn't asked here."""
    with embedded() as shop:
        yield shop


def test_every_list_is_there_and_empty(empty: Api) -> None:
    staff = World(empty).staff
    for name in LISTS:
        where = '(first:1,channel:"none")' if name in ("products", "collections") else "(first:1)"
        found = empty.ask(f"{{{name}{where}{{totalCount}}}}", token=staff)[name]
        assert (name, found["totalCount"]) == (name, 0)


def test_it_knows_its_staff_and_nobody_else(empty: Api) -> None:
    staff = World(empty).staff
    found = empty.ask(
        "{staffUsers(first:5){edges{node{email isStaff}}} channels{id} shop{name}}", token=staff
    )
    assert [edge["node"] for edge in found["staffUsers"]["edges"]] == [
        {"email": "admin@example.com", "isStaff": True}
    ]


def test_it_is_set_up_through_the_api(empty: Api) -> None:
    world = World(empty).set_up()
    query = "query($c:String!){products(first:5,channel:$c){totalCount}}"
    assert empty.ask(query, {"c": world.channel})["products"]["totalCount"] == 1
