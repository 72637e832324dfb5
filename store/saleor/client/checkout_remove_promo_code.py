from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import CheckoutErrorCode


class CheckoutRemovePromoCode(BaseModel):
    checkout_remove_promo_code: Optional[
        "CheckoutRemovePromoCodeCheckoutRemovePromoCode"
    ] = Field(alias="checkoutRemovePromoCode")


class CheckoutRemovePromoCodeCheckoutRemovePromoCode(BaseModel):
    errors: list["CheckoutRemovePromoCodeCheckoutRemovePromoCodeErrors"]


class CheckoutRemovePromoCodeCheckoutRemovePromoCodeErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: CheckoutErrorCode


CheckoutRemovePromoCode.model_rebuild()
CheckoutRemovePromoCodeCheckoutRemovePromoCode.model_rebuild()
