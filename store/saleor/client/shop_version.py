from .base_model import BaseModel


class ShopVersion(BaseModel):
    shop: "ShopVersionShop"


class ShopVersionShop(BaseModel):
    name: str
    version: str


ShopVersion.model_rebuild()
