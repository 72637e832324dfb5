"""15. What differs between GraphQL libraries and clients rely on: enums by name, nulls as answers and as inputs."""

from typing import Any

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import World


def test_enums_are_said_by_name(world: World) -> None:
    query = "query($id:ID!){attribute(id:$id){inputType type entityType unit}}"
    assert world.api.ask(query, {"id": world.ids["colour"]})["attribute"] == {
        "inputType": "SWATCH", "type": "PRODUCT_TYPE", "entityType": None, "unit": None,
    }  # fmt: skip


def test_an_enum_is_no_string(world: World) -> None:
    query = '{products(first:1,channel:"x",sortBy:{field:"NAME",direction:ASC}){totalCount}}'
    assert world.api.post(query).status == 400


def test_an_unknown_enum_value_is_refused(world: World) -> None:
    query = 'query($s:ProductOrder){products(first:1,channel:"x",sortBy:$s){totalCount}}'
    assert world.api.post(query, {"s": {"field": "NONSENSE", "direction": "ASC"}}).status == 400


@pytest.mark.parametrize("given", [{}, {"where": None}, {"filter": None, "sortBy": None, "search": None}])
def test_a_null_argument_is_as_good_as_none(world: World, given: dict[str, Any]) -> None:
    query = "query($c:String!,$where:ProductWhereInput,$filter:ProductFilterInput,$sortBy:ProductOrder,$search:String){products(first:1,channel:$c,where:$where,filter:$filter,sortBy:$sortBy,search:$search){totalCount}}"
    assert world.api.ask(query, {"c": world.channel, **given})["products"]["totalCount"] >= 1


def test_a_null_in_an_input_is_as_good_as_none(world: World) -> None:
    made = checkout_flow.create(
        world, (world.ids["variant"], 1), email=None, shippingAddress=None, languageCode=None
    )
    assert made["email"] is None


def test_a_null_where_a_value_is_needed_is_refused(world: World) -> None:
    query = "mutation($i:CheckoutCreateInput!){checkoutCreate(input:$i){checkout{id} errors{code}}}"
    assert world.api.post(query, {"i": {"lines": None}}).status == 400


def test_an_unknown_input_field_is_refused(world: World) -> None:
    query = "mutation($i:CheckoutCreateInput!){checkoutCreate(input:$i){checkout{id} errors{code}}}"
    assert world.api.post(query, {"i": {"lines": [], "nonsense": 1}}).status == 400


def test_decimals_leave_as_numbers_and_come_as_text_or_numbers(world: World) -> None:
    query = "mutation($id:ID!,$i:[ProductVariantChannelListingAddInput!]!){productVariantChannelListingUpdate(id:$id,input:$i){variant{channelListings{price{amount}}} errors{field message code}}}"
    for price in ("12.50", 12.5):
        given = [{"channelId": world.ids["channel"], "price": price}]
        made = world.do(
            query, id=world.product(f"decimal-{type(price).__name__}", price="1.00", stock=1)[1], i=given
        )
        assert made["variant"]["channelListings"] == [{"price": {"amount": 12.5}}]


def test_moments_carry_their_zone(world: World) -> None:
    order = checkout_flow.buy(world, (world.ids["variant"], 1))
    created = world.api.ask("query($id:ID!){order(id:$id){created}}", {"id": order["id"]})["order"]["created"]
    assert created.endswith("+00:00")
