"""Where GraphQL libraries differ and clients rely on it: enums by name, nulls in input, unknown input fields, scalars."""

from typing import Any

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import ShopSetup


def test_enums_are_returned_by_name(shop: ShopSetup) -> None:
    query = "query($id:ID!){attribute(id:$id){inputType type entityType unit}}"
    assert shop.api.execute(query, {"id": shop.ids["colour"]})["attribute"] == {
        "inputType": "SWATCH", "type": "PRODUCT_TYPE", "entityType": None, "unit": None,
    }  # fmt: skip


def test_a_string_is_refused_for_an_enum(shop: ShopSetup) -> None:
    query = '{products(first:1,channel:"x",sortBy:{field:"NAME",direction:ASC}){totalCount}}'
    assert shop.api.post(query).status == 400


def test_an_unknown_enum_value_is_refused(shop: ShopSetup) -> None:
    query = 'query($s:ProductOrder){products(first:1,channel:"x",sortBy:$s){totalCount}}'
    assert shop.api.post(query, {"s": {"field": "NONSENSE", "direction": "ASC"}}).status == 400


@pytest.mark.parametrize("given", [{}, {"where": None}, {"filter": None, "sortBy": None, "search": None}])
def test_a_null_argument_equals_an_absent_one(shop: ShopSetup, given: dict[str, Any]) -> None:
    query = "query($c:String!,$where:ProductWhereInput,$filter:ProductFilterInput,$sortBy:ProductOrder,$search:String){products(first:1,channel:$c,where:$where,filter:$filter,sortBy:$sortBy,search:$search){totalCount}}"
    assert shop.api.execute(query, {"c": shop.channel, **given})["products"]["totalCount"] >= 1


def test_a_null_input_field_equals_an_absent_one(shop: ShopSetup) -> None:
    made = checkout_flow.create(
        shop, (shop.ids["variant"], 1), email=None, shippingAddress=None, languageCode=None
    )
    assert made["email"] is None


def test_a_null_for_a_required_field_is_refused(shop: ShopSetup) -> None:
    query = "mutation($i:CheckoutCreateInput!){checkoutCreate(input:$i){checkout{id} errors{code}}}"
    assert shop.api.post(query, {"i": {"lines": None}}).status == 400


def test_an_unknown_input_field_is_refused(shop: ShopSetup) -> None:
    query = "mutation($i:CheckoutCreateInput!){checkoutCreate(input:$i){checkout{id} errors{code}}}"
    assert shop.api.post(query, {"i": {"lines": [], "nonsense": 1}}).status == 400


def test_decimals_are_returned_as_numbers_and_taken_as_strings_or_numbers(shop: ShopSetup) -> None:
    query = "mutation($id:ID!,$i:[ProductVariantChannelListingAddInput!]!){productVariantChannelListingUpdate(id:$id,input:$i){variant{channelListings{price{amount}}} errors{field message code}}}"
    for price in ("12.50", 12.5):
        given = [{"channelId": shop.ids["channel"], "price": price}]
        made = shop.mutate(
            query,
            id=shop.create_product(f"decimal-{type(price).__name__}", price="1.00", stock=1)[1],
            i=given,
        )
        assert made["variant"]["channelListings"] == [{"price": {"amount": 12.5}}]


def test_datetimes_have_their_utc_offset(shop: ShopSetup) -> None:
    order = checkout_flow.buy(shop, (shop.ids["variant"], 1))
    created = shop.api.execute("query($id:ID!){order(id:$id){created}}", {"id": order["id"]})["order"][
        "created"
    ]
    assert created.endswith("+00:00")
