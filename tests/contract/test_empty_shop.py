"""An unseeded engine: every list is empty, and it can be set up through the API."""

from collections.abc import Iterator

import pytest

from tests.contract.fixture_data import ShopSetup
from tests.contract.targets import Api, run_embedded

LISTS = ["products", "categories", "collections", "pages", "productTypes", "attributes", "menus", "warehouses", "shippingZones", "orders", "vouchers", "giftCards", "customers", "taxClasses", "apps"]  # fmt: skip


@pytest.fixture(scope="module")
def empty_api() -> Iterator[Api]:
    """A second, unused engine; a real Saleor holds data of others, so it isn't tested here."""
    with run_embedded() as api:
        yield api


def test_every_list_is_served_and_empty(empty_api: Api) -> None:
    staff_token = ShopSetup(empty_api).staff_token
    for name in LISTS:
        where = '(first:1,channel:"none")' if name in ("products", "collections") else "(first:1)"
        found = empty_api.execute(f"{{{name}{where}{{totalCount}}}}", token=staff_token)[name]
        assert (name, found["totalCount"]) == (name, 0)


def test_its_only_user_is_the_superuser(empty_api: Api) -> None:
    staff_token = ShopSetup(empty_api).staff_token
    found = empty_api.execute(
        "{staffUsers(first:5){edges{node{email isStaff}}} channels{id} shop{name}}", token=staff_token
    )
    assert [edge["node"] for edge in found["staffUsers"]["edges"]] == [
        {"email": "admin@example.com", "isStaff": True}
    ]


def test_it_is_set_up_through_the_api(empty_api: Api) -> None:
    shop = ShopSetup(empty_api).set_up()
    query = "query($c:String!){products(first:5,channel:$c){totalCount}}"
    assert empty_api.execute(query, {"c": shop.channel})["products"]["totalCount"] == 1
