"""What the merchant says lies where, and what the API shows of it."""

from typing import Any

import pytest

from store.engine.events.models import Event
from store.engine.stock.models import Stock, StockMovement, Warehouse
from tests.engine.api_client import Failed, ask_one
from tests.engine.merchant import ADDRESS, Merchant

ROWS = "productVariant { stocks { quantity warehouse { slug } } }"


@pytest.fixture
def stocked(open_shop: Merchant) -> Merchant:
    open_shop.sell("cup", "9.00", stock=10)
    return open_shop


def row(merchant: Merchant, quantity: int, warehouse: str = "main") -> dict[str, Any]:
    return {"warehouse": merchant.made[f"warehouse {warehouse}"], "quantity": quantity}


def set_stock(merchant: Merchant, *rows: dict[str, Any]) -> Any:
    return merchant.call(
        "productVariantStocksUpdate",
        ROWS,
        errors="field code index",
        variantId=("ID", merchant.made["cup-1"]),
        stocks=("[StockInput!]!", list(rows)),
    )


def test_counting_again_sets_the_quantity_and_writes_the_ledger(stocked: Merchant) -> None:
    assert set_stock(stocked, row(stocked, 7))["productVariant"]["stocks"] == [
        {"quantity": 7, "warehouse": {"slug": "main"}}
    ]
    movements = StockMovement.objects.values_list("reason", "quantity_change", "quantity_after", "sku")
    assert list(movements) == [("created", 10, 10, "cup-1"), ("set", -3, 7, "cup-1")]
    assert Event.objects.filter(type="PRODUCT_VARIANT_STOCK_UPDATED").count() == 1


def test_the_same_count_leaves_no_trace(stocked: Merchant) -> None:
    set_stock(stocked, row(stocked, 10))
    assert StockMovement.objects.count() == 1


def test_a_warehouse_named_twice_is_refused(stocked: Merchant) -> None:
    refused = set_stock(stocked, row(stocked, 1), row(stocked, 2))
    assert refused["errors"] == [{"field": "warehouse", "code": "UNIQUE", "index": 1}]
    assert Stock.objects.get().quantity == 10


def test_less_than_nothing_is_refused(stocked: Merchant) -> None:
    refused = set_stock(stocked, row(stocked, -1))
    assert [(one["field"], one["code"]) for one in refused["errors"]] == [("quantity", "INVALID")]
    assert Stock.objects.get().quantity == 10


def test_a_stock_row_is_created_once(stocked: Merchant) -> None:
    refused = stocked.call(
        "productVariantStocksCreate",
        ROWS,
        errors="field code index",
        variantId=("ID!", stocked.made["cup-1"]),
        stocks=("[StockInput!]!", [row(stocked, 5)]),
    )
    assert refused["errors"] == [{"field": "warehouse", "code": "UNIQUE", "index": 0}]
    assert Stock.objects.get().quantity == 10


def test_a_stock_row_can_be_removed(stocked: Merchant) -> None:
    gone = stocked.call(
        "productVariantStocksDelete",
        ROWS,
        variantId=("ID", stocked.made["cup-1"]),
        warehouseIds=("[ID!]", [stocked.made["warehouse main"]]),
    )
    assert gone["productVariant"]["stocks"] == []
    assert list(StockMovement.objects.values_list("reason", "quantity_change")) == [
        ("created", 10),
        ("deleted", -10),
    ]


def test_many_rows_are_set_at_once_and_bad_ones_told(stocked: Merchant) -> None:
    rows = [
        {"variantId": stocked.made["cup-1"], "warehouseId": stocked.made["warehouse main"], "quantity": 4},
        {"variantExternalReference": "gone", "warehouseId": stocked.made["warehouse main"], "quantity": 4},
    ]
    answer = """mutation($s: [StockBulkUpdateInput!]!, $policy: ErrorPolicyEnum) { stockBulkUpdate(stocks: $s, errorPolicy: $policy)
      { count results { stock { quantity } errors { field code } } } }"""
    assert stocked.ask(answer, s=rows)["count"] == 0
    assert Stock.objects.get().quantity == 10
    assert stocked.ask(answer, s=rows, policy="REJECT_FAILED_ROWS") == {
        "count": 1,
        "results": [
            {"stock": {"quantity": 4}, "errors": None},
            {"stock": None, "errors": [{"field": None, "code": "NOT_FOUND"}]},
        ],
    }


# --- what shoppers see --------------------------------------------------------------------------------
def shown(sku: str = "cup-1", arguments: str = "") -> int:
    found = ask_one(f'{{ productVariant(sku: "{sku}", channel: "us") {{ quantityAvailable{arguments} }} }}')
    return int(found["quantityAvailable"])


def test_shoppers_see_at_most_what_one_checkout_may_hold(stocked: Merchant) -> None:
    set_stock(stocked, row(stocked, 100_000))
    assert shown() == 50


def test_without_a_link_to_the_channel_stock_is_out_of_reach(merchant: Merchant) -> None:
    merchant.channel()
    merchant.warehouse()
    merchant.product_type()
    merchant.category()
    merchant.sell("cup", "9.00")
    assert shown() == 0
    merchant.supply()
    assert shown() == 10
    assert shown(arguments="(countryCode: DE)") == 0


def test_shipping_zones_dont_matter_when_the_shop_says_so(stocked: Merchant) -> None:
    given = {"useLegacyShippingZoneStockAvailability": False}
    stocked.call("shopSettingsUpdate", "shop { name }", input=("ShopSettingsInput!", given))
    assert shown(arguments="(countryCode: DE)") == 10


def test_stock_rows_are_found_by_words(stocked: Merchant) -> None:
    found = stocked.ask(
        '{ stocks(first: 5, filter: {search: "cup"}) { totalCount edges { node { quantity quantityAllocated'
        " quantityReserved warehouse { slug } productVariant { sku product { name } } } } } }"
    )
    assert found["edges"][0]["node"] == {
        "quantity": 10,
        "quantityAllocated": 0,
        "quantityReserved": 0,
        "warehouse": {"slug": "main"},
        "productVariant": {"sku": "cup-1", "product": {"name": "Cup"}},
    }
    with pytest.raises(Failed) as refused:
        ask_one("{ stocks(first: 5) { totalCount } }")
    assert refused.value.codes == ["PermissionDenied"]


# --- warehouses ---------------------------------------------------------------------------------------
def test_a_warehouse_starts_private_and_without_collection(merchant: Merchant) -> None:
    given = {"name": "Main", "slug": "main", "email": "wh@example.com", "address": ADDRESS}
    answer = "warehouse { slug clickAndCollectOption isPrivate address { city country { code } } }"
    made = merchant.call("createWarehouse", answer, input=("WarehouseCreateInput!", given))["warehouse"]
    assert made == {
        "slug": "main",
        "clickAndCollectOption": "DISABLED",
        "isPrivate": True,
        "address": {"city": "SAN FRANCISCO", "country": {"code": "US"}},
    }


def test_a_warehouse_has_a_whole_address(merchant: Merchant) -> None:
    given = {"name": "Main", "address": {"streetAddress1": "1 Dock Street", "city": "X", "country": "US"}}
    refused = merchant.call("createWarehouse", "warehouse { id }", input=("WarehouseCreateInput!", given))
    fields = {(one["field"], one["code"]) for one in refused["errors"]}
    assert fields == {("countryArea", "REQUIRED"), ("postalCode", "REQUIRED")}
    assert Warehouse.objects.count() == 0


def test_shipping_zones_arent_taken_with_a_new_warehouse(merchant: Merchant) -> None:
    given = {"name": "Main", "address": ADDRESS, "shippingZones": ["U2hpcHBpbmdab25lOjE="]}
    refused = merchant.call("createWarehouse", "warehouse { id }", input=("WarehouseCreateInput!", given))
    assert [one["field"] for one in refused["errors"]] == ["shippingZones"]


def test_a_private_warehouse_cant_hand_out_locally(open_shop: Merchant) -> None:
    refused = open_shop.call(
        "updateWarehouse",
        "warehouse { id }",
        id=("ID", open_shop.made["warehouse main"]),
        input=("WarehouseUpdateInput!", {"clickAndCollectOption": "LOCAL"}),
    )
    assert [one["field"] for one in refused["errors"]] == ["clickAndCollectOption"]
    assert Warehouse.objects.get().click_and_collect_option == "DISABLED"
