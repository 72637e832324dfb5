from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import CheckoutErrorCode


class CheckoutDeliveryMethodUpdate(BaseModel):
    checkout_delivery_method_update: Optional[
        "CheckoutDeliveryMethodUpdateCheckoutDeliveryMethodUpdate"
    ] = Field(alias="checkoutDeliveryMethodUpdate")


class CheckoutDeliveryMethodUpdateCheckoutDeliveryMethodUpdate(BaseModel):
    errors: list["CheckoutDeliveryMethodUpdateCheckoutDeliveryMethodUpdateErrors"]


class CheckoutDeliveryMethodUpdateCheckoutDeliveryMethodUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: CheckoutErrorCode


CheckoutDeliveryMethodUpdate.model_rebuild()
CheckoutDeliveryMethodUpdateCheckoutDeliveryMethodUpdate.model_rebuild()
