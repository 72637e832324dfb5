"""Numbers and cursors of any size and shape: stored, or refused with a clear error."""

import base64
import json

import pytest
from graphql import GraphQLError

from store.engine.graphql import scalars
from tests.engine.api_client import GraphQLErrors


@pytest.mark.parametrize(
    "number",
    ["Infinity", "-Infinity", "NaN", 1e300, "1e400", "9" * 5000, -1, 2**31, 2.5e9, "x", [1], {}, True],
)
@pytest.mark.parametrize("scalar", [scalars.PositiveInt, scalars.Minute, scalars.Hour, scalars.Day])
def test_an_integer_is_a_number_of_32_bits_or_a_clear_error(scalar, number):
    if number is True or (number == -1 and scalar is not scalars.PositiveInt):
        assert scalar.parse_value(number) == int(number)  # as Saleor coerces it
        return
    with pytest.raises(GraphQLError) as refused:
        scalar.parse_value(number)
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(
    "number", ["Infinity", "NaN", "1e400", "1e-400", 10**100, "9" * 5000, "1" * 65, "x", True, [1], {}, None]
)
@pytest.mark.parametrize("scalar", [scalars.Decimal, scalars.PositiveDecimal, scalars.WeightScalar])
def test_a_decimal_is_a_number_of_a_shop_or_a_clear_error(scalar, number):
    with pytest.raises(GraphQLError) as refused:
        scalar.parse_value(number)
    assert len(str(refused.value)) < 200


def weigh(shop, **variables):
    """The product's weight after the update, in kilograms."""
    mutation = """mutation($id: ID!, $weight: WeightScalar) { productUpdate(id: $id, input: {weight: $weight}) {
        product { weight { unit value } } errors { field } } }"""
    weight = shop.execute(mutation, id=shop.ids["starter"], **variables)["product"]["weight"]
    assert weight["unit"] == "KG"
    return weight["value"]


@pytest.mark.parametrize("given", ["1.5", {"unit": "G", "value": 1500}, {"unit": "kg", "value": "1.5"}])
def test_a_weight_may_name_its_unit(shop, given):
    assert weigh(shop, weight=given) == 1.5


def test_a_weight_in_a_literal_may_name_its_unit(shop):
    mutation = """mutation($id: ID!) { productUpdate(id: $id, input: {weight: {unit: OZ, value: 35.27396195}}) {
        product { weight { value } } errors { field } } }"""
    answer = shop.execute(mutation, id=shop.ids["starter"])
    assert answer["product"]["weight"] == {"value": 1.0}


@pytest.mark.parametrize(
    "given", [{"unit": "STONE", "value": 1}, {"unit": "KG", "value": -1}, {"value": 1}, []]
)
def test_a_weight_in_no_unit_is_a_clear_error(shop, given):
    with pytest.raises(GraphQLErrors):
        weigh(shop, weight=given)


def test_a_decimal_of_zero_is_zero_however_it_is_written():
    assert str(scalars.Decimal.parse_value("0e-999999")) == "0"


HUGE = ("1e30", "999999999999999", "1e13")
NUMBERS = {
    "balance": lambda shop, n: (
        "giftCardCreate",
        {"input": ("GiftCardCreateInput!", {"balance": {"amount": n, "currency": "USD"}, "isActive": True})},
    ),
    "minimum of a voucher": lambda shop, n: (
        "voucherChannelListingUpdate",
        {
            "id": ("ID!", shop.ids["voucher"]),
            "input": (
                "VoucherChannelListingInput!",
                {
                    "addChannels": [
                        {"channelId": shop.ids["channel us"], "discountValue": "5", "minAmountSpent": n}
                    ]
                },
            ),
        },
    ),
    "price": lambda shop, n: (
        "productVariantChannelListingUpdate",
        {
            "id": ("ID!", shop.ids["cup"]),
            "input": (
                "[ProductVariantChannelListingAddInput!]!",
                [{"channelId": shop.ids["channel us"], "price": n}],
            ),
        },
    ),
    "weight": lambda shop, n: (
        "productUpdate",
        {"id": ("ID!", shop.ids["starter"]), "input": ("ProductInput!", {"weight": n})},
    ),
}


@pytest.fixture
def shop(merchant_with_shop):
    shop = merchant_with_shop
    shop.product()
    shop.variant("cup")
    shop.create(
        "voucher",
        "voucherCreate",
        "voucher",
        "VoucherInput!",
        {"addCodes": ["TEN"], "discountValueType": "FIXED"},
    )
    return shop


@pytest.mark.parametrize("what", NUMBERS)
@pytest.mark.parametrize("number", HUGE)
def test_an_amount_that_no_column_holds_is_refused(shop, what, number):
    mutation, arguments = NUMBERS[what](shop, number)
    with pytest.raises(GraphQLErrors, match="Decimal cannot represent value") as refused:
        shop.mutate(mutation, "__typename", **arguments)
    assert refused.value.codes == ["GraphQLError"]


@pytest.mark.parametrize("limit", [-1, -(2**31), 2**31 - 1])
def test_a_negative_usage_limit_is_refused_with_its_field(shop, limit):
    given = {
        "input": (
            "VoucherInput!",
            {"addCodes": [f"L{abs(limit)}"], "usageLimit": limit, "discountValueType": "FIXED"},
        )
    }
    errors = shop.mutate("voucherCreate", "__typename", **given)["errors"]
    expected = [] if limit > 0 else [("usageLimit", "INVALID")]
    assert [(error["field"], error["code"]) for error in errors] == expected


CURSORS = ["x", "", "e30=", "W10=", *(base64.b64encode(json.dumps(value).encode()).decode() for value in (
    None, 1, "x", {}, [], [None], [[]], [{}], ["x"], [1e300], [10**30], ["9" * 50], [True], ["\0"], [None, None], ["x", "y"],
    [1, 2, 3], ["2020-01-01", 1], ["\ud83d", 1], [1e308 * 10, 1], [-1, -1], ["x" * 5000, 1], ["1", "1"], [10**18, 10**19],
))]  # fmt: skip
LISTS = (
    "products",
    "orders",
    "customers",
    "productTypes",
    "categories",
    "attributes",
    "vouchers",
    "giftCards",
    "warehouses",
    "pages",
)


@pytest.mark.parametrize("field", LISTS)
def test_a_cursor_of_any_shape_is_a_page_or_a_clear_error(shop, field):
    argument = ', channel: "us"' if field == "products" else ""
    codes = set()
    for cursor in CURSORS:
        for paging in ("first: 2, after", "last: 2, before"):
            query = f"query($cursor: String) {{ {field}({paging}: $cursor{argument}) {{ edges {{ node {{ id }} }} }} }}"
            codes |= {(code, cursor) for code in error_codes(shop, query, cursor=cursor)}
    assert {code for code, _ in codes} == {"GraphQLError"}, codes


def error_codes(shop, query, **variables):
    try:
        shop.execute(query, **variables)
    except GraphQLErrors as refused:
        return refused.codes
    return []
