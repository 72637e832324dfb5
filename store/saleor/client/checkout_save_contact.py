from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import CheckoutErrorCode


class CheckoutSaveContact(BaseModel):
    checkout_email_update: Optional["CheckoutSaveContactCheckoutEmailUpdate"] = Field(
        alias="checkoutEmailUpdate"
    )
    checkout_shipping_address_update: Optional[
        "CheckoutSaveContactCheckoutShippingAddressUpdate"
    ] = Field(alias="checkoutShippingAddressUpdate")
    checkout_billing_address_update: Optional[
        "CheckoutSaveContactCheckoutBillingAddressUpdate"
    ] = Field(alias="checkoutBillingAddressUpdate")


class CheckoutSaveContactCheckoutEmailUpdate(BaseModel):
    errors: list["CheckoutSaveContactCheckoutEmailUpdateErrors"]


class CheckoutSaveContactCheckoutEmailUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: CheckoutErrorCode


class CheckoutSaveContactCheckoutShippingAddressUpdate(BaseModel):
    errors: list["CheckoutSaveContactCheckoutShippingAddressUpdateErrors"]


class CheckoutSaveContactCheckoutShippingAddressUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: CheckoutErrorCode


class CheckoutSaveContactCheckoutBillingAddressUpdate(BaseModel):
    errors: list["CheckoutSaveContactCheckoutBillingAddressUpdateErrors"]


class CheckoutSaveContactCheckoutBillingAddressUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: CheckoutErrorCode


CheckoutSaveContact.model_rebuild()
CheckoutSaveContactCheckoutEmailUpdate.model_rebuild()
CheckoutSaveContactCheckoutShippingAddressUpdate.model_rebuild()
CheckoutSaveContactCheckoutBillingAddressUpdate.model_rebuild()
