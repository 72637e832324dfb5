"""Shipping methods by zone and order price; flat-rate tax with net and gross price entry."""

from typing import Any

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import ADDRESS, ShopSetup

OPTIONS = "mutation($id:ID!){deliveryOptionsCalculate(id:$id){deliveries{id shippingMethod{name price{amount}}} errors{field message code}}}"
CHOOSE = "mutation($id:ID!,$m:ID!){checkoutDeliveryMethodUpdate(id:$id,deliveryMethodId:$m){checkout{id} errors{field message code}}}"


@pytest.fixture(scope="module")
def isolated_shop(shop: ShopSetup) -> ShopSetup:
    """A separate channel, so that shipping methods added here don't appear in other tests."""
    return ShopSetup(shop.api).set_up()


def offered_methods(shop: ShopSetup, checkout: dict[str, Any]) -> list[str]:
    deliveries = shop.api.mutate(OPTIONS, {"id": checkout["id"]})["deliveries"]
    return sorted(delivery["shippingMethod"]["name"] for delivery in deliveries)


def test_a_method_without_a_channel_price_is_not_offered(isolated_shop: ShopSetup) -> None:
    isolated_shop.mutate(
        "mutation($i:ShippingPriceInput!){shippingPriceCreate(input:$i){shippingMethod{id} errors{field message code}}}",
        i={"name": "Unlisted", "shippingZone": isolated_shop.ids["zone"], "type": "PRICE"},
    )
    checkout = checkout_flow.create(isolated_shop, (isolated_shop.ids["variant"], 1), shippingAddress=ADDRESS)
    assert offered_methods(isolated_shop, checkout) == ["Standard"]


def test_a_method_with_a_minimum_price_is_offered_above_it(isolated_shop: ShopSetup) -> None:
    isolated_shop.create_shipping_method("Large orders", price="0", minimumOrderPrice="50")
    small = checkout_flow.create(isolated_shop, (isolated_shop.ids["variant"], 1), shippingAddress=ADDRESS)
    large = checkout_flow.create(isolated_shop, (isolated_shop.ids["variant"], 2), shippingAddress=ADDRESS)
    assert (offered_methods(isolated_shop, small), offered_methods(isolated_shop, large)) == (
        ["Standard"],
        ["Large orders", "Standard"],
    )


def test_a_country_without_a_zone_has_no_stock(isolated_shop: ShopSetup) -> None:
    address = {
        "firstName": "A",
        "lastName": "B",
        "streetAddress1": "Weg 1",
        "city": "Berlin",
        "postalCode": "10115",
        "country": "DE",
    }
    input_data = {
        "channel": isolated_shop.channel,
        "lines": [{"variantId": isolated_shop.ids["variant"], "quantity": 1}],
        "shippingAddress": address,
    }
    query = (
        "mutation($i:CheckoutCreateInput!){checkoutCreate(input:$i){checkout{id} errors{field message code}}}"
    )
    assert isolated_shop.api.mutation_errors(query, {"i": input_data}) == [("quantity", "INSUFFICIENT_STOCK")]


def test_without_an_address_nothing_is_offered(isolated_shop: ShopSetup) -> None:
    assert (
        offered_methods(isolated_shop, checkout_flow.create(isolated_shop, (isolated_shop.ids["variant"], 1)))
        == []
    )


def test_an_unknown_delivery_is_refused(isolated_shop: ShopSetup) -> None:
    checkout = checkout_flow.create(isolated_shop, (isolated_shop.ids["variant"], 1), shippingAddress=ADDRESS)
    unknown = "Q2hlY2tvdXREZWxpdmVyeTowMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDA="
    errors = isolated_shop.api.mutation_errors(CHOOSE, {"id": checkout["id"], "m": unknown})
    assert errors[0][0] == "deliveryMethodId"


def test_prices_entered_with_tax_contain_the_tax(shop: ShopSetup) -> None:
    shop_with_gross_prices = ShopSetup(shop.api)
    shop_with_gross_prices.set_up()
    configuration = shop_with_gross_prices.api.execute(
        "query($s:String!){channel(slug:$s){taxConfiguration{id}}}",
        {"s": shop_with_gross_prices.channel},
        shop_with_gross_prices.app_token,
    )
    shop_with_gross_prices.mutate(
        "mutation($id:ID!){taxConfigurationUpdate(id:$id,input:{pricesEnteredWithTax:true,displayGrossPrices:true}){taxConfiguration{id} errors{field message code}}}",
        id=configuration["channel"]["taxConfiguration"]["id"],
    )
    checkout = checkout_flow.create_payable(
        shop_with_gross_prices, (shop_with_gross_prices.ids["variant"], 2)
    )
    assert checkout["totalPrice"] == {
        "gross": {"amount": 64.9, "currency": "USD"},
        "net": {"amount": 59.82},
        "tax": {"amount": 5.08},
    }


def test_a_region_without_tax_rate_pays_none(shop: ShopSetup) -> None:
    """Rates are per country; a country that the tax class doesn't name is not taxed."""
    second_shop = ShopSetup(shop.api).set_up()
    zone = {
        "name": f"CA {second_shop.suffix}",
        "countries": ["CA"],
        "addWarehouses": [second_shop.ids["warehouse"]],
        "addChannels": [second_shop.ids["channel"]],
    }
    second_shop.mutate(
        "mutation($i:ShippingZoneCreateInput!){shippingZoneCreate(input:$i){shippingZone{id} errors{field message code}}}",
        i=zone,
    )
    address = {
        "firstName": "A",
        "lastName": "B",
        "streetAddress1": "1 Main St",
        "city": "Toronto",
        "countryArea": "ON",
        "postalCode": "M5V 2T6",
        "country": "CA",
    }
    checkout = checkout_flow.create(second_shop, (second_shop.ids["variant"], 2), shippingAddress=address)
    assert checkout["subtotalPrice"]["gross"]["amount"] == 60.0
