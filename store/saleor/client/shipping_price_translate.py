from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import TranslationErrorCode


class ShippingPriceTranslate(BaseModel):
    shipping_price_translate: Optional[
        "ShippingPriceTranslateShippingPriceTranslate"
    ] = Field(alias="shippingPriceTranslate")


class ShippingPriceTranslateShippingPriceTranslate(BaseModel):
    shipping_method: Optional[
        "ShippingPriceTranslateShippingPriceTranslateShippingMethod"
    ] = Field(alias="shippingMethod")
    errors: list["ShippingPriceTranslateShippingPriceTranslateErrors"]


class ShippingPriceTranslateShippingPriceTranslateShippingMethod(BaseModel):
    id: str


class ShippingPriceTranslateShippingPriceTranslateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: TranslationErrorCode


ShippingPriceTranslate.model_rebuild()
ShippingPriceTranslateShippingPriceTranslate.model_rebuild()
