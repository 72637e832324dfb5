from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import CheckoutErrorCode


class CheckoutCustomerAttach(BaseModel):
    checkout_customer_attach: Optional[
        "CheckoutCustomerAttachCheckoutCustomerAttach"
    ] = Field(alias="checkoutCustomerAttach")


class CheckoutCustomerAttachCheckoutCustomerAttach(BaseModel):
    errors: list["CheckoutCustomerAttachCheckoutCustomerAttachErrors"]


class CheckoutCustomerAttachCheckoutCustomerAttachErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: CheckoutErrorCode


CheckoutCustomerAttach.model_rebuild()
CheckoutCustomerAttachCheckoutCustomerAttach.model_rebuild()
