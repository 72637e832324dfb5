"""Delivery by zone, price, weight and postal code; tax by flat rates, net and gross entry."""

from typing import Any

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import ADDRESS, World

OPTIONS = "mutation($id:ID!){deliveryOptionsCalculate(id:$id){deliveries{id shippingMethod{name price{amount}}} errors{field message code}}}"
CHOOSE = "mutation($id:ID!,$m:ID!){checkoutDeliveryMethodUpdate(id:$id,deliveryMethodId:$m){checkout{id} errors{field message code}}}"


@pytest.fixture(scope="module")
def fresh(world: World) -> World:
    """A world of its own, so that methods added here don't show up elsewhere."""
    return World(world.api).set_up()


def offered(world: World, checkout: dict[str, Any]) -> list[str]:
    deliveries = world.api.do(OPTIONS, {"id": checkout["id"]})["deliveries"]
    return sorted(delivery["shippingMethod"]["name"] for delivery in deliveries)


def test_a_method_without_a_channel_price_is_not_offered(fresh: World) -> None:
    fresh.do(
        "mutation($i:ShippingPriceInput!){shippingPriceCreate(input:$i){shippingMethod{id} errors{field message code}}}",
        i={"name": "Unlisted", "shippingZone": fresh.ids["zone"], "type": "PRICE"},
    )
    checkout = checkout_flow.create(fresh, (fresh.ids["variant"], 1), shippingAddress=ADDRESS)
    assert offered(fresh, checkout) == ["Standard"]


def test_a_method_for_larger_orders_appears_with_them(fresh: World) -> None:
    fresh.shipping_method("Large orders", price="0", minimumOrderPrice="50")
    small = checkout_flow.create(fresh, (fresh.ids["variant"], 1), shippingAddress=ADDRESS)
    large = checkout_flow.create(fresh, (fresh.ids["variant"], 2), shippingAddress=ADDRESS)
    assert (offered(fresh, small), offered(fresh, large)) == (["Standard"], ["Large orders", "Standard"])


def test_a_country_without_a_zone_has_no_stock(fresh: World) -> None:
    address = {
        "firstName": "A",
        "lastName": "B",
        "streetAddress1": "Weg 1",
        "city": "Berlin",
        "postalCode": "10115",
        "country": "DE",
    }
    wanted = {
        "channel": fresh.channel,
        "lines": [{"variantId": fresh.ids["variant"], "quantity": 1}],
        "shippingAddress": address,
    }
    query = (
        "mutation($i:CheckoutCreateInput!){checkoutCreate(input:$i){checkout{id} errors{field message code}}}"
    )
    assert fresh.api.refused(query, {"i": wanted}) == [("quantity", "INSUFFICIENT_STOCK")]


def test_without_an_address_nothing_is_offered(fresh: World) -> None:
    assert offered(fresh, checkout_flow.create(fresh, (fresh.ids["variant"], 1))) == []


def test_an_unknown_delivery_is_refused(fresh: World) -> None:
    checkout = checkout_flow.create(fresh, (fresh.ids["variant"], 1), shippingAddress=ADDRESS)
    unknown = "Q2hlY2tvdXREZWxpdmVyeTowMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDA="
    refused = fresh.api.refused(CHOOSE, {"id": checkout["id"], "m": unknown})
    assert refused[0][0] == "deliveryMethodId"


def test_prices_entered_with_tax_show_the_tax_inside(world: World) -> None:
    gross = World(world.api)
    gross.set_up()
    configuration = gross.api.ask(
        "query($s:String!){channel(slug:$s){taxConfiguration{id}}}", {"s": gross.channel}, gross.app
    )
    gross.do(
        "mutation($id:ID!){taxConfigurationUpdate(id:$id,input:{pricesEnteredWithTax:true,displayGrossPrices:true}){taxConfiguration{id} errors{field message code}}}",
        id=configuration["channel"]["taxConfiguration"]["id"],
    )
    checkout = checkout_flow.ready(gross, (gross.ids["variant"], 2))
    assert checkout["totalPrice"] == {
        "gross": {"amount": 64.9, "currency": "USD"},
        "net": {"amount": 59.82},
        "tax": {"amount": 5.08},
    }


def test_a_region_without_tax_rate_pays_none(world: World) -> None:
    """Rates are per country; a country that the tax class doesn't name is not taxed."""
    other = World(world.api).set_up()
    zone = {
        "name": f"CA {other.mark}",
        "countries": ["CA"],
        "addWarehouses": [other.ids["warehouse"]],
        "addChannels": [other.ids["channel"]],
    }
    other.do(
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
    checkout = checkout_flow.create(other, (other.ids["variant"], 2), shippingAddress=address)
    assert checkout["subtotalPrice"]["gross"]["amount"] == 60.0
