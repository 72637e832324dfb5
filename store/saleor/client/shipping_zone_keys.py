from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class ShippingZoneKeys(BaseModel):
    shipping_zones: Optional["ShippingZoneKeysShippingZones"] = Field(
        alias="shippingZones"
    )


class ShippingZoneKeysShippingZones(BaseModel):
    page_info: "ShippingZoneKeysShippingZonesPageInfo" = Field(alias="pageInfo")
    edges: list["ShippingZoneKeysShippingZonesEdges"]


class ShippingZoneKeysShippingZonesPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class ShippingZoneKeysShippingZonesEdges(BaseModel):
    node: "ShippingZoneKeysShippingZonesEdgesNode"


class ShippingZoneKeysShippingZonesEdgesNode(BaseModel):
    id: str
    name: str
    shipping_methods: Optional[
        list["ShippingZoneKeysShippingZonesEdgesNodeShippingMethods"]
    ] = Field(alias="shippingMethods")


class ShippingZoneKeysShippingZonesEdgesNodeShippingMethods(BaseModel):
    id: str
    name: str
    de: Optional["ShippingZoneKeysShippingZonesEdgesNodeShippingMethodsDe"]
    es: Optional["ShippingZoneKeysShippingZonesEdgesNodeShippingMethodsEs"]


class ShippingZoneKeysShippingZonesEdgesNodeShippingMethodsDe(BaseModel):
    name: Optional[str]


class ShippingZoneKeysShippingZonesEdgesNodeShippingMethodsEs(BaseModel):
    name: Optional[str]


ShippingZoneKeys.model_rebuild()
ShippingZoneKeysShippingZones.model_rebuild()
ShippingZoneKeysShippingZonesEdges.model_rebuild()
ShippingZoneKeysShippingZonesEdgesNode.model_rebuild()
ShippingZoneKeysShippingZonesEdgesNodeShippingMethods.model_rebuild()
