from pydantic import Field

from .base_model import BaseModel


class ShopPrivateMetadata(BaseModel):
    shop: "ShopPrivateMetadataShop"


class ShopPrivateMetadataShop(BaseModel):
    name: str
    private_metadata: list["ShopPrivateMetadataShopPrivateMetadata"] = Field(
        alias="privateMetadata"
    )


class ShopPrivateMetadataShopPrivateMetadata(BaseModel):
    key: str
    value: str


ShopPrivateMetadata.model_rebuild()
ShopPrivateMetadataShop.model_rebuild()
