from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class DeliveryPrices(BaseModel):
    shipping_zones: Optional["DeliveryPricesShippingZones"] = Field(
        alias="shippingZones"
    )


class DeliveryPricesShippingZones(BaseModel):
    edges: list["DeliveryPricesShippingZonesEdges"]


class DeliveryPricesShippingZonesEdges(BaseModel):
    node: "DeliveryPricesShippingZonesEdgesNode"


class DeliveryPricesShippingZonesEdgesNode(BaseModel):
    id: str
    name: str
    shipping_methods: Optional[
        list["DeliveryPricesShippingZonesEdgesNodeShippingMethods"]
    ] = Field(alias="shippingMethods")


class DeliveryPricesShippingZonesEdgesNodeShippingMethods(BaseModel):
    id: str
    name: str
    channel_listings: Optional[
        list["DeliveryPricesShippingZonesEdgesNodeShippingMethodsChannelListings"]
    ] = Field(alias="channelListings")


class DeliveryPricesShippingZonesEdgesNodeShippingMethodsChannelListings(BaseModel):
    channel: "DeliveryPricesShippingZonesEdgesNodeShippingMethodsChannelListingsChannel"
    price: Optional[
        "DeliveryPricesShippingZonesEdgesNodeShippingMethodsChannelListingsPrice"
    ]


class DeliveryPricesShippingZonesEdgesNodeShippingMethodsChannelListingsChannel(
    BaseModel
):
    slug: str


class DeliveryPricesShippingZonesEdgesNodeShippingMethodsChannelListingsPrice(
    BaseModel
):
    amount: float


DeliveryPrices.model_rebuild()
DeliveryPricesShippingZones.model_rebuild()
DeliveryPricesShippingZonesEdges.model_rebuild()
DeliveryPricesShippingZonesEdgesNode.model_rebuild()
DeliveryPricesShippingZonesEdgesNodeShippingMethods.model_rebuild()
DeliveryPricesShippingZonesEdgesNodeShippingMethodsChannelListings.model_rebuild()
