"""Vouchers, looked after: changed, tied to goods, deleted, and codes one by one."""

from typing import Any

import pytest

from tests.contract.fixture_data import World
from tests.contract.test_vouchers import ADD, basket, voucher, with_code

FIND = "query($s:String!){vouchers(first:3,filter:{search:$s}){edges{node{id name used usageLimit codes(first:5){edges{node{id code used isActive}}}}}}}"
UPDATE = "mutation($id:ID!,$i:VoucherInput!){voucherUpdate(id:$id,input:$i){voucher{name usageLimit codes(first:5){totalCount}} errors{field message code}}}"
CREATE = "mutation($i:VoucherInput!){voucherCreate(input:$i){voucher{id} errors{field message code}}}"
TIE = "mutation($id:ID!,$i:CatalogueInput!){voucherCataloguesAdd(id:$id,input:$i){voucher{id} errors{field message code}}}"
DELETE = "mutation($id:ID!){voucherDelete(id:$id){voucher{id} errors{field message code}}}"
DELETE_MANY = "mutation($ids:[ID!]!){voucherBulkDelete(ids:$ids){count errors{field message code}}}"
DELETE_CODES = "mutation($ids:[ID!]!){voucherCodeBulkDelete(ids:$ids){count errors{path code}}}"


def found(world: World, code: str) -> dict[str, Any]:
    (edge,) = world.api.ask(FIND, {"s": code}, world.app)["vouchers"]["edges"]
    node: dict[str, Any] = edge["node"]
    return node


def test_a_voucher_changes_and_gets_more_codes(world: World) -> None:
    code = voucher(world, "10")
    more = f"{code}-MORE"
    done = world.do(
        UPDATE,
        id=found(world, code)["id"],
        i={"name": f"{code} changed", "usageLimit": 9, "addCodes": [more]},
    )
    assert done["voucher"] == {"name": f"{code} changed", "usageLimit": 9, "codes": {"totalCount": 2}}
    assert with_code(world, more)["discount"]["amount"] == 6.0


def test_a_code_exists_once(world: World) -> None:
    code = voucher(world, "10")
    assert world.api.refused(
        CREATE, {"i": {"addCodes": [code], "discountValueType": "FIXED"}}, world.app
    ) == [("codes", "ALREADY_EXISTS")]
    doubled = {"addCodes": [f"{code}D", f"{code}D"], "discountValueType": "FIXED"}
    assert world.api.refused(CREATE, {"i": doubled}, world.app) == [("codes", "DUPLICATED_INPUT_ITEM")]


def test_a_voucher_that_ends_before_it_starts_is_refused(world: World) -> None:
    given = {
        "addCodes": [f"E{world.mark}"],
        "discountValueType": "FIXED",
        "startDate": "2030-01-02T00:00:00Z",
        "endDate": "2030-01-01T00:00:00Z",
    }
    assert world.api.refused(CREATE, {"i": given}, world.app) == [("endDate", "INVALID")]


def test_a_voucher_for_goods_is_tied_to_them_later(world: World) -> None:
    code = voucher(world, "50", type="SPECIFIC_PRODUCT")
    assert [f for f, _ in world.api.refused(ADD, {"id": basket(world)["id"], "c": code})] in (
        ["promoCode"],
        [],
    )
    world.do(TIE, id=found(world, code)["id"], i={"products": [world.ids["product"]]})
    assert with_code(world, code)["subtotalPrice"]["gross"]["amount"] == 32.55


def test_a_deleted_voucher_is_no_promo_code(world: World) -> None:
    code = voucher(world, "10")
    world.do(DELETE, id=found(world, code)["id"])
    assert world.api.refused(ADD, {"id": basket(world)["id"], "c": code}) == [("promoCode", "INVALID")]


def test_several_are_deleted_at_once(world: World) -> None:
    codes = [voucher(world, "10") for _ in range(2)]
    assert world.do(DELETE_MANY, ids=[found(world, code)["id"] for code in codes])["count"] == 2


def test_a_code_is_deleted_and_the_voucher_stays(world: World) -> None:
    code = voucher(world, "10")
    more = f"{code}-GONE"
    world.do(UPDATE, id=found(world, code)["id"], i={"addCodes": [more]})
    (gone,) = [
        edge["node"]["id"] for edge in found(world, code)["codes"]["edges"] if edge["node"]["code"] == more
    ]
    (payload,) = world.api.ask(DELETE_CODES, {"ids": [gone]}, world.app).values()
    assert payload == {"count": 1, "errors": []}
    assert world.api.refused(ADD, {"id": basket(world)["id"], "c": more}) == [("promoCode", "INVALID")]
    assert with_code(world, code)["voucherCode"] == code


@pytest.mark.parametrize(
    ("value", "kind", "codes"), [("101", "PERCENTAGE", ["INVALID"]), ("-1", "FIXED", [])]
)
def test_a_value_that_can_not_be_is_refused(world: World, value: str, kind: str, codes: list[str]) -> None:
    made = world.do(CREATE, i={"addCodes": [f"W{world.mark}{kind}"], "discountValueType": kind})["voucher"][
        "id"
    ]
    query = "mutation($id:ID!,$l:VoucherChannelListingAddInput!){voucherChannelListingUpdate(id:$id,input:{addChannels:[$l]}){voucher{id} errors{field message code}}}"
    answer = world.api.post(
        query, {"id": made, "l": {"channelId": world.ids["channel"], "discountValue": value}}, world.app
    )
    if value.startswith("-"):
        assert answer.status == 400
    else:
        assert [e["code"] for e in answer.data["voucherChannelListingUpdate"]["errors"]] == codes
