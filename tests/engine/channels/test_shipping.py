"""Zones and methods as a merchant sets them up."""

from store.engine.shipping.models import PostalCodeRule, ShippingMethod, ShippingZone
from tests.engine.merchant import Merchant

LISTING = "shippingMethod { channelListings { channel { slug } price { amount currency } minimumOrderPrice { amount } maximumOrderPrice { amount } } }"


def method(merchant: Merchant, **more: object) -> str:
    given = {"name": "Standard", "shippingZone": merchant.made["zone us"], "type": "PRICE"} | more
    return merchant.make("method", "shippingPriceCreate", "shippingMethod", "ShippingPriceInput!", given)


def listed(merchant: Merchant, **row: object) -> dict:
    rows = [{"channelId": merchant.made["channel us"]} | row]
    return merchant.call(
        "shippingMethodChannelListingUpdate",
        LISTING,
        id=("ID!", merchant.made["method"]),
        input=("ShippingMethodChannelListingInput!", {"addChannels": rows}),
    )


def test_a_zone_names_its_countries_channels_and_warehouses(open_shop: Merchant) -> None:
    found = open_shop.ask(
        "query($id: ID!) { shippingZone(id: $id) { countries { code } channels { slug } warehouses { slug } } }",
        id=open_shop.made["zone us"],
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
        "addWarehouses": [merchant.made["warehouse main"]],
        "addChannels": [merchant.made["channel us"]],
    }
    refused = merchant.call(
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
            "warehouses": [merchant.made["warehouse main"]],
        }
    ]
    assert ShippingZone.objects.count() == 0


def test_a_country_that_doesnt_exist_is_refused(open_shop: Merchant) -> None:
    given = {"name": "X", "countries": ["XX"]}
    refused = open_shop.call(
        "shippingZoneCreate", "shippingZone { id }", input=("ShippingZoneCreateInput!", given)
    )
    assert refused["errors"][0]["field"] == "countries"
    assert ShippingZone.objects.count() == 1


def test_a_method_costs_what_its_listing_says(open_shop: Merchant) -> None:
    method(open_shop)
    assert listed(open_shop, price="4.90", minimumOrderPrice="0")["shippingMethod"]["channelListings"] == [
        {
            "channel": {"slug": "us"},
            "price": {"amount": 4.9, "currency": "USD"},
            "minimumOrderPrice": {"amount": 0.0},
            "maximumOrderPrice": None,
        }
    ]


def test_a_minimum_above_the_maximum_is_refused(open_shop: Merchant) -> None:
    method(open_shop)
    refused = listed(open_shop, price="4.90", minimumOrderPrice="50", maximumOrderPrice="10")
    assert [(one["field"], one["code"]) for one in refused["errors"]] == [
        ("maximumOrderPrice", "MAX_LESS_THAN_MIN")
    ]
    assert ShippingMethod.objects.get().channel_listings.count() == 0


def test_a_tenth_of_a_cent_is_no_price(open_shop: Merchant) -> None:
    method(open_shop)
    refused = listed(open_shop, price="4.901")
    assert refused["errors"][0]["message"] == "Value cannot have more than 2 decimal places."


def test_postal_codes_are_told_once(open_shop: Merchant) -> None:
    rule = {"addPostalCodeRules": [{"start": "94000", "end": "94999"}], "inclusionType": "INCLUDE"}
    method(open_shop, **rule)
    refused = open_shop.call(
        "shippingPriceUpdate",
        "shippingMethod { id }",
        id=("ID!", open_shop.made["method"]),
        input=("ShippingPriceInput!", rule),
    )
    assert [one["code"] for one in refused["errors"]] == ["ALREADY_EXISTS"]
    assert PostalCodeRule.objects.count() == 1


def test_weights_are_in_the_shops_unit(open_shop: Merchant) -> None:
    open_shop.call(
        "shopSettingsUpdate", "shop { name }", input=("ShopSettingsInput!", {"defaultWeightUnit": "G"})
    )
    method(open_shop, maximumOrderWeight=2000)
    assert ShippingMethod.objects.get().maximum_order_weight == 2.0
    found = open_shop.ask(
        "query($id: ID!) { shippingZone(id: $id) { shippingMethods { maximumOrderWeight { unit value } } } }",
        id=open_shop.made["zone us"],
    )
    assert found["shippingMethods"] == [{"maximumOrderWeight": {"unit": "G", "value": 2000.0}}]
