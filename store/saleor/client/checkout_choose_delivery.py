from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import CheckoutErrorCode


class CheckoutChooseDelivery(BaseModel):
    checkout_delivery_method_update: Optional[
        "CheckoutChooseDeliveryCheckoutDeliveryMethodUpdate"
    ] = Field(alias="checkoutDeliveryMethodUpdate")


class CheckoutChooseDeliveryCheckoutDeliveryMethodUpdate(BaseModel):
    errors: list["CheckoutChooseDeliveryCheckoutDeliveryMethodUpdateErrors"]


class CheckoutChooseDeliveryCheckoutDeliveryMethodUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: CheckoutErrorCode


CheckoutChooseDelivery.model_rebuild()
CheckoutChooseDeliveryCheckoutDeliveryMethodUpdate.model_rebuild()
