"""Shipping zones and methods through the API."""

from store.engine.shipping.models import PostalCodeRule, ShippingMethod, ShippingZone
from tests.engine.merchant import Merchant

LISTING = "shippingMethod { channelListings { channel { slug } price { amount currency } minimumOrderPrice { amount } maximumOrderPrice { amount } } }"


def create_method(merchant: Merchant, **more: object) -> str:
    given = {"name": "Standard", "shippingZone": merchant.ids["zone us"], "type": "PRICE"} | more
    return merchant.create("method", "shippingPriceCreate", "shippingMethod", "ShippingPriceInput!", given)


def update_listing(merchant: Merchant, **row: object) -> dict:
    rows = [{"channelId": merchant.ids["channel us"]} | row]
    return merchant.mutate(
        "shippingMethodChannelListingUpdate",
        LISTING,
        id=("ID!", merchant.ids["method"]),
        input=("ShippingMethodChannelListingInput!", {"addChannels": rows}),
    )


def test_a_zone_names_its_countries_channels_and_warehouses(merchant_with_shop: Merchant) -> None:
    found = merchant_with_shop.execute(
        "query($id: ID!) { shippingZone(id: $id) { countries { code } channels { slug } warehouses { slug } } }",
        id=merchant_with_shop.ids["zone us"],
    )
    assert found == {
        "countries": [{"code": "US"}],
        "channels": [{"slug": "us"}],
        "warehouses": [{"slug": "main"}],
    }


def test_a_warehouse_without_a_common_channel_cant_serve_a_zone(merchant: Merchant) -> None:
    merchant.channel()
    merchant.warehouse()
    given = {
        "name": "US",
        "countries": ["US"],
        "addWarehouses": [merchant.ids["warehouse main"]],
        "addChannels": [merchant.ids["channel us"]],
    }
    refused = merchant.mutate(
        "shippingZoneCreate",
        "shippingZone { id }",
        errors="field message code warehouses",
        input=("ShippingZoneCreateInput!", given),
    )
    assert refused["errors"] == [
        {
            "field": "addWarehouses",
            "message": "Only warehouses that have common channel with shipping zone can be assigned.",
            "code": "INVALID",
            "warehouses": [merchant.ids["warehouse main"]],
        }
    ]
    assert ShippingZone.objects.count() == 0


def test_a_country_that_doesnt_exist_is_refused(merchant_with_shop: Merchant) -> None:
    given = {"name": "X", "countries": ["XX"]}
    refused = merchant_with_shop.mutate(
        "shippingZoneCreate", "shippingZone { id }", input=("ShippingZoneCreateInput!", given)
    )
    assert refused["errors"][0]["field"] == "countries"
    assert ShippingZone.objects.count() == 1


def test_a_method_costs_what_its_listing_says(merchant_with_shop: Merchant) -> None:
    create_method(merchant_with_shop)
    assert update_listing(merchant_with_shop, price="4.90", minimumOrderPrice="0")["shippingMethod"][
        "channelListings"
    ] == [
        {
            "channel": {"slug": "us"},
            "price": {"amount": 4.9, "currency": "USD"},
            "minimumOrderPrice": {"amount": 0.0},
            "maximumOrderPrice": None,
        }
    ]


def test_a_minimum_above_the_maximum_is_refused(merchant_with_shop: Merchant) -> None:
    create_method(merchant_with_shop)
    refused = update_listing(merchant_with_shop, price="4.90", minimumOrderPrice="50", maximumOrderPrice="10")
    assert [(error["field"], error["code"]) for error in refused["errors"]] == [
        ("maximumOrderPrice", "MAX_LESS_THAN_MIN")
    ]
    assert ShippingMethod.objects.get().channel_listings.count() == 0


def test_a_tenth_of_a_cent_is_no_price(merchant_with_shop: Merchant) -> None:
    create_method(merchant_with_shop)
    refused = update_listing(merchant_with_shop, price="4.901")
    assert refused["errors"][0]["message"] == "Value cannot have more than 2 decimal places."


def test_a_range_of_postal_codes_is_added_once(merchant_with_shop: Merchant) -> None:
    rule = {"addPostalCodeRules": [{"start": "94000", "end": "94999"}], "inclusionType": "INCLUDE"}
    create_method(merchant_with_shop, **rule)
    refused = merchant_with_shop.mutate(
        "shippingPriceUpdate",
        "shippingMethod { id }",
        id=("ID!", merchant_with_shop.ids["method"]),
        input=("ShippingPriceInput!", rule),
    )
    assert [error["code"] for error in refused["errors"]] == ["ALREADY_EXISTS"]
    assert PostalCodeRule.objects.count() == 1


def test_weights_are_in_the_shops_unit(merchant_with_shop: Merchant) -> None:
    merchant_with_shop.mutate(
        "shopSettingsUpdate", "shop { name }", input=("ShopSettingsInput!", {"defaultWeightUnit": "G"})
    )
    create_method(merchant_with_shop, maximumOrderWeight=2000)
    assert ShippingMethod.objects.get().maximum_order_weight == 2.0
    found = merchant_with_shop.execute(
        "query($id: ID!) { shippingZone(id: $id) { shippingMethods { maximumOrderWeight { unit value } } } }",
        id=merchant_with_shop.ids["zone us"],
    )
    assert found["shippingMethods"] == [{"maximumOrderWeight": {"unit": "G", "value": 2000.0}}]
