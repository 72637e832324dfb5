from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import CheckoutErrorCode


class CheckoutAddPromoCode(BaseModel):
    checkout_add_promo_code: Optional["CheckoutAddPromoCodeCheckoutAddPromoCode"] = (
        Field(alias="checkoutAddPromoCode")
    )


class CheckoutAddPromoCodeCheckoutAddPromoCode(BaseModel):
    errors: list["CheckoutAddPromoCodeCheckoutAddPromoCodeErrors"]


class CheckoutAddPromoCodeCheckoutAddPromoCodeErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: CheckoutErrorCode


CheckoutAddPromoCode.model_rebuild()
CheckoutAddPromoCodeCheckoutAddPromoCode.model_rebuild()
