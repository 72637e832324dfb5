from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import CheckoutErrorCode


class CheckoutCreate(BaseModel):
    checkout_create: Optional["CheckoutCreateCheckoutCreate"] = Field(
        alias="checkoutCreate"
    )


class CheckoutCreateCheckoutCreate(BaseModel):
    checkout: Optional["CheckoutCreateCheckoutCreateCheckout"]
    errors: list["CheckoutCreateCheckoutCreateErrors"]


class CheckoutCreateCheckoutCreateCheckout(BaseModel):
    id: str
    quantity: int


class CheckoutCreateCheckoutCreateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: CheckoutErrorCode


CheckoutCreate.model_rebuild()
CheckoutCreateCheckoutCreate.model_rebuild()
