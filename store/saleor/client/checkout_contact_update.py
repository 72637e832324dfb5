from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import CheckoutErrorCode


class CheckoutContactUpdate(BaseModel):
    checkout_email_update: Optional["CheckoutContactUpdateCheckoutEmailUpdate"] = Field(
        alias="checkoutEmailUpdate"
    )
    checkout_shipping_address_update: Optional[
        "CheckoutContactUpdateCheckoutShippingAddressUpdate"
    ] = Field(alias="checkoutShippingAddressUpdate")
    checkout_billing_address_update: Optional[
        "CheckoutContactUpdateCheckoutBillingAddressUpdate"
    ] = Field(alias="checkoutBillingAddressUpdate")


class CheckoutContactUpdateCheckoutEmailUpdate(BaseModel):
    errors: list["CheckoutContactUpdateCheckoutEmailUpdateErrors"]


class CheckoutContactUpdateCheckoutEmailUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: CheckoutErrorCode


class CheckoutContactUpdateCheckoutShippingAddressUpdate(BaseModel):
    errors: list["CheckoutContactUpdateCheckoutShippingAddressUpdateErrors"]


class CheckoutContactUpdateCheckoutShippingAddressUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: CheckoutErrorCode


class CheckoutContactUpdateCheckoutBillingAddressUpdate(BaseModel):
    errors: list["CheckoutContactUpdateCheckoutBillingAddressUpdateErrors"]


class CheckoutContactUpdateCheckoutBillingAddressUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: CheckoutErrorCode


CheckoutContactUpdate.model_rebuild()
CheckoutContactUpdateCheckoutEmailUpdate.model_rebuild()
CheckoutContactUpdateCheckoutShippingAddressUpdate.model_rebuild()
CheckoutContactUpdateCheckoutBillingAddressUpdate.model_rebuild()
