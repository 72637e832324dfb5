from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ShopErrorCode


class ShopSettingsUpdate(BaseModel):
    shop_settings_update: Optional["ShopSettingsUpdateShopSettingsUpdate"] = Field(
        alias="shopSettingsUpdate"
    )


class ShopSettingsUpdateShopSettingsUpdate(BaseModel):
    shop: Optional["ShopSettingsUpdateShopSettingsUpdateShop"]
    errors: list["ShopSettingsUpdateShopSettingsUpdateErrors"]


class ShopSettingsUpdateShopSettingsUpdateShop(BaseModel):
    name: str


class ShopSettingsUpdateShopSettingsUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: ShopErrorCode


ShopSettingsUpdate.model_rebuild()
ShopSettingsUpdateShopSettingsUpdate.model_rebuild()
