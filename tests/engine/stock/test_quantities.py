"""Stock mutations of staff, and the availability that the API returns."""

from typing import Any

import pytest

from store.engine.events.models import Event
from store.engine.stock.models import Stock, StockMovement, Warehouse
from tests.engine.api_client import GraphQLErrors, execute_field
from tests.engine.merchant import ADDRESS, Merchant

ROWS = "productVariant { stocks { quantity warehouse { slug } } }"


@pytest.fixture
def merchant_with_stock(merchant_with_shop: Merchant) -> Merchant:
    merchant_with_shop.create_listed_product("cup", "9.00", stock=10)
    return merchant_with_shop


def row(merchant: Merchant, quantity: int, warehouse: str = "main") -> dict[str, Any]:
    return {"warehouse": merchant.ids[f"warehouse {warehouse}"], "quantity": quantity}


def set_stock(merchant: Merchant, *rows: dict[str, Any]) -> Any:
    return merchant.mutate(
        "productVariantStocksUpdate",
        ROWS,
        errors="field code index",
        variantId=("ID", merchant.ids["cup-1"]),
        stocks=("[StockInput!]!", list(rows)),
    )


def test_updating_stock_sets_the_quantity_and_logs_a_movement(merchant_with_stock: Merchant) -> None:
    assert set_stock(merchant_with_stock, row(merchant_with_stock, 7))["productVariant"]["stocks"] == [
        {"quantity": 7, "warehouse": {"slug": "main"}}
    ]
    movements = StockMovement.objects.values_list("reason", "quantity_change", "quantity_after", "sku")
    assert list(movements) == [("created", 10, 10, "cup-1"), ("set", -3, 7, "cup-1")]
    assert Event.objects.filter(type="PRODUCT_VARIANT_STOCK_UPDATED").count() == 1


def test_an_unchanged_quantity_logs_no_movement(merchant_with_stock: Merchant) -> None:
    set_stock(merchant_with_stock, row(merchant_with_stock, 10))
    assert StockMovement.objects.count() == 1


def test_a_warehouse_named_twice_is_refused(merchant_with_stock: Merchant) -> None:
    refused = set_stock(merchant_with_stock, row(merchant_with_stock, 1), row(merchant_with_stock, 2))
    assert refused["errors"] == [{"field": "warehouse", "code": "UNIQUE", "index": 1}]
    assert Stock.objects.get().quantity == 10


def test_a_negative_quantity_is_refused(merchant_with_stock: Merchant) -> None:
    refused = set_stock(merchant_with_stock, row(merchant_with_stock, -1))
    assert [(error["field"], error["code"]) for error in refused["errors"]] == [("quantity", "INVALID")]
    assert Stock.objects.get().quantity == 10


def test_a_stock_row_is_created_once(merchant_with_stock: Merchant) -> None:
    refused = merchant_with_stock.mutate(
        "productVariantStocksCreate",
        ROWS,
        errors="field code index",
        variantId=("ID!", merchant_with_stock.ids["cup-1"]),
        stocks=("[StockInput!]!", [row(merchant_with_stock, 5)]),
    )
    assert refused["errors"] == [{"field": "warehouse", "code": "UNIQUE", "index": 0}]
    assert Stock.objects.get().quantity == 10


def test_a_stock_row_can_be_removed(merchant_with_stock: Merchant) -> None:
    answer = merchant_with_stock.mutate(
        "productVariantStocksDelete",
        ROWS,
        variantId=("ID", merchant_with_stock.ids["cup-1"]),
        warehouseIds=("[ID!]", [merchant_with_stock.ids["warehouse main"]]),
    )
    assert answer["productVariant"]["stocks"] == []
    assert list(StockMovement.objects.values_list("reason", "quantity_change")) == [
        ("created", 10),
        ("deleted", -10),
    ]


def test_many_rows_are_set_at_once_and_invalid_ones_reported(merchant_with_stock: Merchant) -> None:
    rows = [
        {
            "variantId": merchant_with_stock.ids["cup-1"],
            "warehouseId": merchant_with_stock.ids["warehouse main"],
            "quantity": 4,
        },
        {
            "variantExternalReference": "gone",
            "warehouseId": merchant_with_stock.ids["warehouse main"],
            "quantity": 4,
        },
    ]
    answer = """mutation($s: [StockBulkUpdateInput!]!, $policy: ErrorPolicyEnum) { stockBulkUpdate(stocks: $s, errorPolicy: $policy)
      { count results { stock { quantity } errors { field code } } } }"""
    assert merchant_with_stock.execute(answer, s=rows)["count"] == 0
    assert Stock.objects.get().quantity == 10
    assert merchant_with_stock.execute(answer, s=rows, policy="REJECT_FAILED_ROWS") == {
        "count": 1,
        "results": [
            {"stock": {"quantity": 4}, "errors": []},
            {"stock": None, "errors": [{"field": None, "code": "NOT_FOUND"}]},
        ],
    }


# --- availability for customers -----------------------------------------------------------------------
def quantity_available(sku: str = "cup-1", arguments: str = "") -> int:
    found = execute_field(
        f'{{ productVariant(sku: "{sku}", channel: "us") {{ quantityAvailable{arguments} }} }}'
    )
    return int(found["quantityAvailable"])


def test_shoppers_see_at_most_what_one_checkout_may_hold(merchant_with_stock: Merchant) -> None:
    set_stock(merchant_with_stock, row(merchant_with_stock, 100_000))
    assert quantity_available() == 50


def test_without_a_link_to_the_channel_no_stock_is_available(merchant: Merchant) -> None:
    merchant.channel()
    merchant.warehouse()
    merchant.product_type()
    merchant.category()
    merchant.create_listed_product("cup", "9.00")
    assert quantity_available() == 0
    merchant.link_warehouse()
    assert quantity_available() == 10
    assert quantity_available(arguments="(countryCode: DE)") == 0


def test_shipping_zones_dont_matter_when_that_setting_is_off(merchant_with_stock: Merchant) -> None:
    given = {"useLegacyShippingZoneStockAvailability": False}
    merchant_with_stock.mutate("shopSettingsUpdate", "shop { name }", input=("ShopSettingsInput!", given))
    assert quantity_available(arguments="(countryCode: DE)") == 10


def test_stock_rows_are_found_by_search(merchant_with_stock: Merchant) -> None:
    found = merchant_with_stock.execute(
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
    with pytest.raises(GraphQLErrors) as refused:
        execute_field("{ stocks(first: 5) { totalCount } }")
    assert refused.value.codes == ["PermissionDenied"]


# --- warehouses ---------------------------------------------------------------------------------------
def test_a_warehouse_starts_private_and_without_collection(merchant: Merchant) -> None:
    given = {"name": "Main", "slug": "main", "email": "wh@example.com", "address": ADDRESS}
    answer = "warehouse { slug clickAndCollectOption isPrivate address { city country { code } } }"
    created = merchant.mutate("createWarehouse", answer, input=("WarehouseCreateInput!", given))["warehouse"]
    assert created == {
        "slug": "main",
        "clickAndCollectOption": "DISABLED",
        "isPrivate": True,
        "address": {"city": "SAN FRANCISCO", "country": {"code": "US"}},
    }


def test_a_warehouse_has_a_whole_address(merchant: Merchant) -> None:
    given = {"name": "Main", "address": {"streetAddress1": "1 Dock Street", "city": "X", "country": "US"}}
    refused = merchant.mutate("createWarehouse", "warehouse { id }", input=("WarehouseCreateInput!", given))
    fields = {(error["field"], error["code"]) for error in refused["errors"]}
    assert fields == {("countryArea", "REQUIRED"), ("postalCode", "REQUIRED")}
    assert Warehouse.objects.count() == 0


def test_shipping_zones_arent_taken_with_a_new_warehouse(merchant: Merchant) -> None:
    given = {"name": "Main", "address": ADDRESS, "shippingZones": ["U2hpcHBpbmdab25lOjE="]}
    refused = merchant.mutate("createWarehouse", "warehouse { id }", input=("WarehouseCreateInput!", given))
    assert [error["field"] for error in refused["errors"]] == ["shippingZones"]


def test_a_private_warehouse_cant_offer_local_collection(merchant_with_shop: Merchant) -> None:
    refused = merchant_with_shop.mutate(
        "updateWarehouse",
        "warehouse { id }",
        id=("ID", merchant_with_shop.ids["warehouse main"]),
        input=("WarehouseUpdateInput!", {"clickAndCollectOption": "LOCAL"}),
    )
    assert [error["field"] for error in refused["errors"]] == ["clickAndCollectOption"]
    assert Warehouse.objects.get().click_and_collect_option == "DISABLED"
