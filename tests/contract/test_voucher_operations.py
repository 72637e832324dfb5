"""Managing vouchers: updating, assigning products, deleting vouchers and single codes."""

from typing import Any

import pytest

from tests.contract.fixture_data import ShopSetup
from tests.contract.test_vouchers import ADD, checkout_with_code, create_checkout, create_voucher

FIND = "query($s:String!){vouchers(first:3,filter:{search:$s}){edges{node{id name used usageLimit codes(first:5){edges{node{id code used isActive}}}}}}}"
UPDATE = "mutation($id:ID!,$i:VoucherInput!){voucherUpdate(id:$id,input:$i){voucher{name usageLimit codes(first:5){totalCount}} errors{field message code}}}"
CREATE = "mutation($i:VoucherInput!){voucherCreate(input:$i){voucher{id} errors{field message code}}}"
ADD_TO_CATALOGUE = "mutation($id:ID!,$i:CatalogueInput!){voucherCataloguesAdd(id:$id,input:$i){voucher{id} errors{field message code}}}"
DELETE = "mutation($id:ID!){voucherDelete(id:$id){voucher{id} errors{field message code}}}"
DELETE_MANY = "mutation($ids:[ID!]!){voucherBulkDelete(ids:$ids){count errors{field message code}}}"
DELETE_CODES = "mutation($ids:[ID!]!){voucherCodeBulkDelete(ids:$ids){count errors{path code}}}"


def find_voucher(shop: ShopSetup, code: str) -> dict[str, Any]:
    (edge,) = shop.api.execute(FIND, {"s": code}, shop.app_token)["vouchers"]["edges"]
    node: dict[str, Any] = edge["node"]
    return node


def test_a_voucher_is_updated_and_gets_more_codes(shop: ShopSetup) -> None:
    code = create_voucher(shop, "10")
    second_code = f"{code}-MORE"
    done = shop.mutate(
        UPDATE,
        id=find_voucher(shop, code)["id"],
        i={"name": f"{code} changed", "usageLimit": 9, "addCodes": [second_code]},
    )
    assert done["voucher"] == {"name": f"{code} changed", "usageLimit": 9, "codes": {"totalCount": 2}}
    assert checkout_with_code(shop, second_code)["discount"]["amount"] == 6.0


def test_a_code_is_unique(shop: ShopSetup) -> None:
    code = create_voucher(shop, "10")
    assert shop.api.mutation_errors(
        CREATE, {"i": {"addCodes": [code], "discountValueType": "FIXED"}}, shop.app_token
    ) == [("codes", "ALREADY_EXISTS")]
    doubled = {"addCodes": [f"{code}D", f"{code}D"], "discountValueType": "FIXED"}
    assert shop.api.mutation_errors(CREATE, {"i": doubled}, shop.app_token) == [
        ("codes", "DUPLICATED_INPUT_ITEM")
    ]


def test_a_voucher_that_ends_before_it_starts_is_refused(shop: ShopSetup) -> None:
    given = {
        "addCodes": [f"E{shop.suffix}"],
        "discountValueType": "FIXED",
        "startDate": "2030-01-02T00:00:00Z",
        "endDate": "2030-01-01T00:00:00Z",
    }
    assert shop.api.mutation_errors(CREATE, {"i": given}, shop.app_token) == [("endDate", "INVALID")]


def test_products_are_assigned_to_a_voucher_later(shop: ShopSetup) -> None:
    code = create_voucher(shop, "50", type="SPECIFIC_PRODUCT")
    assert [f for f, _ in shop.api.mutation_errors(ADD, {"id": create_checkout(shop)["id"], "c": code})] in (
        ["promoCode"],
        [],
    )
    shop.mutate(ADD_TO_CATALOGUE, id=find_voucher(shop, code)["id"], i={"products": [shop.ids["product"]]})
    assert checkout_with_code(shop, code)["subtotalPrice"]["gross"]["amount"] == 32.55


def test_a_deleted_voucher_is_no_promo_code(shop: ShopSetup) -> None:
    code = create_voucher(shop, "10")
    shop.mutate(DELETE, id=find_voucher(shop, code)["id"])
    assert shop.api.mutation_errors(ADD, {"id": create_checkout(shop)["id"], "c": code}) == [
        ("promoCode", "INVALID")
    ]


def test_several_vouchers_are_deleted_at_once(shop: ShopSetup) -> None:
    codes = [create_voucher(shop, "10") for _ in range(2)]
    assert shop.mutate(DELETE_MANY, ids=[find_voucher(shop, code)["id"] for code in codes])["count"] == 2


def test_a_code_is_deleted_and_the_voucher_stays(shop: ShopSetup) -> None:
    code = create_voucher(shop, "10")
    second_code = f"{code}-GONE"
    shop.mutate(UPDATE, id=find_voucher(shop, code)["id"], i={"addCodes": [second_code]})
    (code_id,) = [
        edge["node"]["id"]
        for edge in find_voucher(shop, code)["codes"]["edges"]
        if edge["node"]["code"] == second_code
    ]
    (payload,) = shop.api.execute(DELETE_CODES, {"ids": [code_id]}, shop.app_token).values()
    assert payload == {"count": 1, "errors": []}
    assert shop.api.mutation_errors(ADD, {"id": create_checkout(shop)["id"], "c": second_code}) == [
        ("promoCode", "INVALID")
    ]
    assert checkout_with_code(shop, code)["voucherCode"] == code


@pytest.mark.parametrize(
    ("value", "kind", "codes"), [("101", "PERCENTAGE", ["INVALID"]), ("-1", "FIXED", [])]
)
def test_an_invalid_value_is_refused(shop: ShopSetup, value: str, kind: str, codes: list[str]) -> None:
    made = shop.mutate(CREATE, i={"addCodes": [f"W{shop.suffix}{kind}"], "discountValueType": kind})[
        "voucher"
    ]["id"]
    query = "mutation($id:ID!,$l:VoucherChannelListingAddInput!){voucherChannelListingUpdate(id:$id,input:{addChannels:[$l]}){voucher{id} errors{field message code}}}"
    response = shop.api.post(
        query, {"id": made, "l": {"channelId": shop.ids["channel"], "discountValue": value}}, shop.app_token
    )
    if value.startswith("-"):
        assert response.status == 400
    else:
        assert [e["code"] for e in response.data["voucherChannelListingUpdate"]["errors"]] == codes
