from pydantic import Field

from .base_model import BaseModel


class ShopLedger(BaseModel):
    shop: "ShopLedgerShop"


class ShopLedgerShop(BaseModel):
    name: str
    private_metadata: list["ShopLedgerShopPrivateMetadata"] = Field(
        alias="privateMetadata"
    )


class ShopLedgerShopPrivateMetadata(BaseModel):
    key: str
    value: str


ShopLedger.model_rebuild()
ShopLedgerShop.model_rebuild()
