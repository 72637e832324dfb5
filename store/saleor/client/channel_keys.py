from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class ChannelKeys(BaseModel):
    channels: Optional[list["ChannelKeysChannels"]]


class ChannelKeysChannels(BaseModel):
    id: str
    slug: str
    currency_code: str = Field(alias="currencyCode")
    warehouses: list["ChannelKeysChannelsWarehouses"]
    tax_configuration: "ChannelKeysChannelsTaxConfiguration" = Field(
        alias="taxConfiguration"
    )


class ChannelKeysChannelsWarehouses(BaseModel):
    id: str
    slug: str


class ChannelKeysChannelsTaxConfiguration(BaseModel):
    id: str


ChannelKeys.model_rebuild()
ChannelKeysChannels.model_rebuild()
