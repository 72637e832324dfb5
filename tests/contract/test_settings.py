"""What a merchant sets: warehouses, shipping, shop, taxes."""

from typing import Any

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import ADDRESS, World

WAREHOUSE = "mutation($id:ID!,$i:WarehouseUpdateInput!){updateWarehouse(id:$id,input:$i){warehouse{name email address{city} isPrivate clickAndCollectOption} errors{field message code}}}"
SHIPPING = "mutation($id:ID!,$i:ShippingPriceInput!){shippingPriceUpdate(id:$id,input:$i){shippingMethod{name minimumDeliveryDays maximumDeliveryDays} errors{field message code}}}"
SHOP = "mutation($i:ShopSettingsInput!){shopSettingsUpdate(input:$i){shop{limitQuantityPerCheckout trackInventoryByDefault defaultWeightUnit} errors{field message code}}}"
TAX_CLASS = "mutation($id:ID!,$i:TaxClassUpdateInput!){taxClassUpdate(id:$id,input:$i){taxClass{name countries{country{code} rate}} errors{field message code}}}"
COUNTRY = "mutation($c:CountryCode!,$r:[TaxClassRateInput!]!){taxCountryConfigurationUpdate(countryCode:$c,updateTaxClassRates:$r){taxCountryConfiguration{country{code} taxClassCountryRates{rate taxClass{id}}} errors{field message code}}}"
CONFIGURE = "mutation($id:ID!,$i:TaxConfigurationUpdateInput!){taxConfigurationUpdate(id:$id,input:$i){taxConfiguration{taxCalculationStrategy taxAppId} errors{field message code}}}"


def test_a_warehouse_changes(world: World) -> None:
    done = world.do(WAREHOUSE, id=world.ids["warehouse"], i={"email": "dock@example.com", "isPrivate": True})
    assert (done["warehouse"]["email"], done["warehouse"]["isPrivate"]) == ("dock@example.com", True)


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [({"email": "nobody"}, "email", "INVALID"), ({"name": ""}, "name", "REQUIRED"), ({"slug": ""}, "slug", "REQUIRED"),
     ({"isPrivate": True, "clickAndCollectOption": "LOCAL"}, "clickAndCollectOption", "INVALID")],
)  # fmt: skip
def test_a_warehouse_that_can_not_be_is_refused(
    world: World, given: dict[str, Any], field: str, code: str
) -> None:
    assert world.api.refused(WAREHOUSE, {"id": world.ids["warehouse"], "i": given}, world.app) == [
        (field, code)
    ]


def test_a_way_of_delivery_changes(world: World) -> None:
    method = world.shipping_method("Slow", price="1")
    done = world.do(
        SHIPPING, id=method, i={"name": "Slower", "minimumDeliveryDays": 9, "maximumDeliveryDays": 12}
    )
    assert done["shippingMethod"] == {"name": "Slower", "minimumDeliveryDays": 9, "maximumDeliveryDays": 12}
    world.do(
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
def test_a_way_that_can_not_be_is_refused(world: World, given: dict[str, Any], field: str, code: str) -> None:
    assert (field, code) in world.api.refused(SHIPPING, {"id": world.ids["method"], "i": given}, world.app)


def test_the_shops_settings_change_and_go_back(world: World) -> None:
    done = world.do(SHOP, i={"limitQuantityPerCheckout": 7})["shop"]
    assert done["limitQuantityPerCheckout"] == 7
    assert world.do(SHOP, i={"limitQuantityPerCheckout": 50})["shop"]["limitQuantityPerCheckout"] == 50


def test_a_limit_below_one_is_refused(world: World) -> None:
    assert world.api.refused(SHOP, {"i": {"limitQuantityPerCheckout": 0}}, world.app) == [
        ("limitQuantityPerCheckout", "INVALID")
    ]


def test_a_rate_changes_the_price(world: World) -> None:
    other = World(world.api).set_up()
    done = other.do(
        TAX_CLASS, id=other.ids["tax_class"], i={"updateCountryRates": [{"countryCode": "US", "rate": 10}]}
    )
    assert done["taxClass"]["countries"] == [{"country": {"code": "US"}, "rate": 10.0}]
    checkout = checkout_flow.create(other, (other.ids["variant"], 1), shippingAddress=ADDRESS)
    assert checkout["subtotalPrice"]["gross"]["amount"] == 33.0


def test_the_rates_of_a_country_are_set_by_country_too(world: World) -> None:
    other = World(world.api).set_up()
    done = other.do(COUNTRY, c="US", r=[{"taxClassId": other.ids["tax_class"], "rate": 21}])[
        "taxCountryConfiguration"
    ]
    mine = [
        one["rate"]
        for one in done["taxClassCountryRates"]
        if one["taxClass"] and one["taxClass"]["id"] == other.ids["tax_class"]
    ]
    assert (done["country"], mine) == ({"code": "US"}, [21.0])


@pytest.mark.parametrize(
    ("rates", "code"),
    [
        ([{"rate": -1}], "CANNOT_CREATE_NEGATIVE_RATE"),
        ([{"rate": 5}, {"rate": 6}], "ONLY_ONE_DEFAULT_COUNTRY_RATE_ALLOWED"),
    ],
)
def test_a_rate_that_can_not_be_is_refused(world: World, rates: list[Any], code: str) -> None:
    assert world.api.refused(COUNTRY, {"c": "US", "r": rates}, world.app) == [("updateTaxClassRates", code)]


def test_a_tax_app_that_is_not_there_is_refused(world: World) -> None:
    found = world.api.ask(
        "query($s:String!){channel(slug:$s){taxConfiguration{id}}}", {"s": world.channel}, world.app
    )
    given = {"taxCalculationStrategy": "TAX_APP", "taxAppId": "no.such.app"}
    refused = world.api.refused(
        CONFIGURE, {"id": found["channel"]["taxConfiguration"]["id"], "i": given}, world.app
    )
    assert refused == [(None, "NOT_FOUND")]
