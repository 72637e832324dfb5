"""Settings: warehouses, shipping methods, shop settings, tax classes and configurations."""

from typing import Any

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import ADDRESS, ShopSetup

WAREHOUSE = "mutation($id:ID!,$i:WarehouseUpdateInput!){updateWarehouse(id:$id,input:$i){warehouse{name email address{city} isPrivate clickAndCollectOption} errors{field message code}}}"
SHIPPING = "mutation($id:ID!,$i:ShippingPriceInput!){shippingPriceUpdate(id:$id,input:$i){shippingMethod{name minimumDeliveryDays maximumDeliveryDays} errors{field message code}}}"
SHOP = "mutation($i:ShopSettingsInput!){shopSettingsUpdate(input:$i){shop{limitQuantityPerCheckout trackInventoryByDefault defaultWeightUnit} errors{field message code}}}"
TAX_CLASS = "mutation($id:ID!,$i:TaxClassUpdateInput!){taxClassUpdate(id:$id,input:$i){taxClass{name countries{country{code} rate}} errors{field message code}}}"
COUNTRY = "mutation($c:CountryCode!,$r:[TaxClassRateInput!]!){taxCountryConfigurationUpdate(countryCode:$c,updateTaxClassRates:$r){taxCountryConfiguration{country{code} taxClassCountryRates{rate taxClass{id}}} errors{field message code}}}"
CONFIGURE = "mutation($id:ID!,$i:TaxConfigurationUpdateInput!){taxConfigurationUpdate(id:$id,input:$i){taxConfiguration{taxCalculationStrategy taxAppId} errors{field message code}}}"


def test_a_warehouse_is_updated(shop: ShopSetup) -> None:
    done = shop.mutate(
        WAREHOUSE, id=shop.ids["warehouse"], i={"email": "dock@example.com", "isPrivate": True}
    )
    assert (done["warehouse"]["email"], done["warehouse"]["isPrivate"]) == ("dock@example.com", True)


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [({"email": "nobody"}, "email", "INVALID"), ({"name": ""}, "name", "REQUIRED"), ({"slug": ""}, "slug", "REQUIRED"),
     ({"isPrivate": True, "clickAndCollectOption": "LOCAL"}, "clickAndCollectOption", "INVALID")],
)  # fmt: skip
def test_an_invalid_warehouse_is_refused(
    shop: ShopSetup, given: dict[str, Any], field: str, code: str
) -> None:
    assert shop.api.mutation_errors(WAREHOUSE, {"id": shop.ids["warehouse"], "i": given}, shop.app_token) == [
        (field, code)
    ]


def test_a_shipping_method_is_updated(shop: ShopSetup) -> None:
    method = shop.create_shipping_method("Slow", price="1")
    done = shop.mutate(
        SHIPPING, id=method, i={"name": "Slower", "minimumDeliveryDays": 9, "maximumDeliveryDays": 12}
    )
    assert done["shippingMethod"] == {"name": "Slower", "minimumDeliveryDays": 9, "maximumDeliveryDays": 12}
    shop.mutate(
        "mutation($id:ID!){shippingPriceDelete(id:$id){shippingMethod{id} errors{field message code}}}",
        id=method,
    )


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [({"minimumDeliveryDays": 9, "maximumDeliveryDays": 2}, "minimumDeliveryDays", "INVALID"),
     ({"minimumOrderWeight": 9, "maximumOrderWeight": 2}, "maximumOrderWeight", "MAX_LESS_THAN_MIN"),
     ({"minimumDeliveryDays": -1}, "minimumDeliveryDays", "INVALID"),
     ({"addPostalCodeRules": [{"start": "1", "end": "2"}]}, "inclusionType", "REQUIRED")],
)  # fmt: skip
def test_an_invalid_shipping_method_is_refused(
    shop: ShopSetup, given: dict[str, Any], field: str, code: str
) -> None:
    assert (field, code) in shop.api.mutation_errors(
        SHIPPING, {"id": shop.ids["method"], "i": given}, shop.app_token
    )


def test_the_shop_settings_are_updated_and_restored(shop: ShopSetup) -> None:
    done = shop.mutate(SHOP, i={"limitQuantityPerCheckout": 7})["shop"]
    assert done["limitQuantityPerCheckout"] == 7
    assert shop.mutate(SHOP, i={"limitQuantityPerCheckout": 50})["shop"]["limitQuantityPerCheckout"] == 50


def test_a_limit_below_one_is_refused(shop: ShopSetup) -> None:
    assert shop.api.mutation_errors(SHOP, {"i": {"limitQuantityPerCheckout": 0}}, shop.app_token) == [
        ("limitQuantityPerCheckout", "INVALID")
    ]


def test_a_tax_rate_changes_the_price(shop: ShopSetup) -> None:
    second_shop = ShopSetup(shop.api).set_up()
    done = second_shop.mutate(
        TAX_CLASS,
        id=second_shop.ids["tax_class"],
        i={"updateCountryRates": [{"countryCode": "US", "rate": 10}]},
    )
    assert done["taxClass"]["countries"] == [{"country": {"code": "US"}, "rate": 10.0}]
    checkout = checkout_flow.create(second_shop, (second_shop.ids["variant"], 1), shippingAddress=ADDRESS)
    assert checkout["subtotalPrice"]["gross"]["amount"] == 33.0


def test_tax_rates_are_set_by_country(shop: ShopSetup) -> None:
    second_shop = ShopSetup(shop.api).set_up()
    done = second_shop.mutate(COUNTRY, c="US", r=[{"taxClassId": second_shop.ids["tax_class"], "rate": 21}])[
        "taxCountryConfiguration"
    ]
    rates_of_class = [
        row["rate"]
        for row in done["taxClassCountryRates"]
        if row["taxClass"] and row["taxClass"]["id"] == second_shop.ids["tax_class"]
    ]
    assert (done["country"], rates_of_class) == ({"code": "US"}, [21.0])


@pytest.mark.parametrize(
    ("rates", "code"),
    [
        ([{"rate": -1}], "CANNOT_CREATE_NEGATIVE_RATE"),
        ([{"rate": 5}, {"rate": 6}], "ONLY_ONE_DEFAULT_COUNTRY_RATE_ALLOWED"),
    ],
)
def test_invalid_tax_rates_are_refused(shop: ShopSetup, rates: list[Any], code: str) -> None:
    assert shop.api.mutation_errors(COUNTRY, {"c": "US", "r": rates}, shop.app_token) == [
        ("updateTaxClassRates", code)
    ]


def test_an_unknown_tax_app_is_refused(shop: ShopSetup) -> None:
    found = shop.api.execute(
        "query($s:String!){channel(slug:$s){taxConfiguration{id}}}", {"s": shop.channel}, shop.app_token
    )
    given = {"taxCalculationStrategy": "TAX_APP", "taxAppId": "no.such.app"}
    errors = shop.api.mutation_errors(
        CONFIGURE, {"id": found["channel"]["taxConfiguration"]["id"], "i": given}, shop.app_token
    )
    assert errors == [(None, "NOT_FOUND")]


@pytest.mark.parametrize(
    ("group", "setting", "value"),
    [
        ("orderSettings", "markAsPaidStrategy", "PAYMENT_FLOW"),
        ("orderSettings", "includeDraftOrderInVoucherUsage", True),
        ("orderSettings", "useLegacyLineDiscountPropagation", True),
    ],
)
def test_a_setting_that_is_not_obeyed_is_refused_by_name(
    shop: ShopSetup, group: str, setting: str, value: Any
) -> None:
    if not shop.api.is_embedded:
        pytest.skip("Saleor obeys it")
    query = "mutation($id:ID!,$i:ChannelUpdateInput!){channelUpdate(id:$id,input:$i){channel{id} errors{field message code}}}"
    given = {"id": shop.ids["channel"], "i": {group: {setting: value}}}
    assert shop.api.mutation_errors(query, given, shop.app_token) == [(setting, "INVALID")]


def test_stock_counts_in_a_country_without_a_zone_where_the_shop_says_so(shop: ShopSetup) -> None:
    change = "mutation($v:Boolean!){shopSettingsUpdate(input:{useLegacyShippingZoneStockAvailability:$v}){errors{field message code}}}"
    query = "query($v:ID!,$c:String!,$a:AddressInput){productVariant(id:$v,channel:$c){quantityAvailable(address:$a)}}"
    given = {"v": shop.ids["variant"], "c": shop.channel, "a": {"country": "NO"}}
    found = {}
    for by_zone in (False, True):
        shop.mutate(change, v=by_zone)
        found[by_zone] = shop.api.execute(query, given)["productVariant"]["quantityAvailable"]
    assert (found[False] > 0, found[True]) == (True, 0)


def test_gift_cards_are_no_promo_codes_where_the_channel_says_so(shop: ShopSetup) -> None:
    allow = "mutation($id:ID!,$a:Boolean!){channelUpdate(id:$id,input:{checkoutSettings:{allowLegacyGiftCardUse:$a}}){channel{id} errors{field message code}}}"
    card = 'mutation{giftCardCreate(input:{isActive:true,balance:{amount:5,currency:"USD"}}){giftCard{code} errors{field message code}}}'
    add = "mutation($id:ID!,$c:String!){checkoutAddPromoCode(id:$id,promoCode:$c){checkout{id} errors{field message code}}}"
    code = shop.mutate(card)["giftCard"]["code"]
    checkout = checkout_flow.create(shop, (shop.ids["variant"], 1), email="ada@example.com")
    shop.mutate(allow, id=shop.ids["channel"], a=False)
    try:
        refused = shop.api.mutation_errors(add, {"id": checkout["id"], "c": code})
    finally:
        shop.mutate(allow, id=shop.ids["channel"], a=True)
    assert refused == [("promoCode", "GIFT_CARD_NOT_APPLICABLE")]
    assert shop.api.mutate(add, {"id": checkout["id"], "c": code})["checkout"]


def test_variants_are_tracked_as_the_shop_says(shop: ShopSetup) -> None:
    default = "mutation($t:Boolean!){shopSettingsUpdate(input:{trackInventoryByDefault:$t}){shop{trackInventoryByDefault} errors{field message code}}}"
    create = "mutation($i:ProductVariantCreateInput!){productVariantCreate(input:$i){productVariant{trackInventory} errors{field message code}}}"
    shop.mutate(default, t=False)
    try:
        made = shop.mutate(create, i={"product": shop.ids["product"], "attributes": []})["productVariant"]
    finally:
        shop.mutate(default, t=True)
    assert made == {"trackInventory": False}
