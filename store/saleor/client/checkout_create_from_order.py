from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import (
    CheckoutCreateFromOrderErrorCode,
    CheckoutCreateFromOrderUnavailableVariantErrorCode,
)


class CheckoutCreateFromOrder(BaseModel):
    checkout_create_from_order: Optional[
        "CheckoutCreateFromOrderCheckoutCreateFromOrder"
    ] = Field(alias="checkoutCreateFromOrder")


class CheckoutCreateFromOrderCheckoutCreateFromOrder(BaseModel):
    unavailable_variants: Optional[
        list["CheckoutCreateFromOrderCheckoutCreateFromOrderUnavailableVariants"]
    ] = Field(alias="unavailableVariants")
    checkout: Optional["CheckoutCreateFromOrderCheckoutCreateFromOrderCheckout"]
    errors: list["CheckoutCreateFromOrderCheckoutCreateFromOrderErrors"]


class CheckoutCreateFromOrderCheckoutCreateFromOrderUnavailableVariants(BaseModel):
    line_id: str = Field(alias="lineId")
    code: CheckoutCreateFromOrderUnavailableVariantErrorCode


class CheckoutCreateFromOrderCheckoutCreateFromOrderCheckout(BaseModel):
    id: str
    quantity: int
    channel: "CheckoutCreateFromOrderCheckoutCreateFromOrderCheckoutChannel"


class CheckoutCreateFromOrderCheckoutCreateFromOrderCheckoutChannel(BaseModel):
    slug: str


class CheckoutCreateFromOrderCheckoutCreateFromOrderErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: CheckoutCreateFromOrderErrorCode


CheckoutCreateFromOrder.model_rebuild()
CheckoutCreateFromOrderCheckoutCreateFromOrder.model_rebuild()
CheckoutCreateFromOrderCheckoutCreateFromOrderCheckout.model_rebuild()
