from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import CheckoutLines, DeliveryOffer


class CartPage(BaseModel):
    checkout: Optional["CartPageCheckout"]
    shop: "CartPageShop"


CartPageCheckout = CheckoutLines


class CartPageShop(BaseModel):
    available_shipping_methods: Optional[
        list["CartPageShopAvailableShippingMethods"]
    ] = Field(alias="availableShippingMethods")


CartPageShopAvailableShippingMethods = DeliveryOffer
CartPage.model_rebuild()
CartPageShop.model_rebuild()
