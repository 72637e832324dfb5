"""`Channel.availableShippingMethodsPerCountry`."""

from dataclasses import dataclass

from store.engine.channels.models import Channel
from store.engine.graphql.batching import bind_siblings
from store.engine.graphql.checkout.types import ShippingMethodData
from store.engine.graphql.registry import Info, declare_values, extend
from store.engine.shipping import available_methods


@dataclass(frozen=True, slots=True)
class ShippingMethodsPerCountry:
    country_code: str
    shipping_methods: list[ShippingMethodData]


declare_values("ShippingMethodsPerCountry", ShippingMethodsPerCountry)


def available_shipping_methods_per_country(
    root: Channel, info: Info, *, countries: list[str] | None = None
) -> list[ShippingMethodsPerCountry]:
    """Of the countries asked for, or all, those that a method of the channel serves, for any value and weight, by code.
    An empty list asks for all, as in Saleor.
    """
    offers = available_methods.in_channel(root)
    served = {code for offer in offers for code in offer.method.shipping_zone.countries}
    asked = sorted(code for code in countries or served if code in served)
    found = []
    for code in asked:
        methods = [
            ShippingMethodData.from_offer(offer, root.currency_code)
            for offer in offers
            if code in offer.method.shipping_zone.countries
        ]
        bind_siblings(info, methods)
        found.append(ShippingMethodsPerCountry(code, methods))
    return found


extend("Channel", available_shipping_methods_per_country=available_shipping_methods_per_country)
