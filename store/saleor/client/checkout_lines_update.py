from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import CheckoutErrorCode


class CheckoutLinesUpdate(BaseModel):
    checkout_lines_update: Optional["CheckoutLinesUpdateCheckoutLinesUpdate"] = Field(
        alias="checkoutLinesUpdate"
    )


class CheckoutLinesUpdateCheckoutLinesUpdate(BaseModel):
    checkout: Optional["CheckoutLinesUpdateCheckoutLinesUpdateCheckout"]
    errors: list["CheckoutLinesUpdateCheckoutLinesUpdateErrors"]


class CheckoutLinesUpdateCheckoutLinesUpdateCheckout(BaseModel):
    id: str
    quantity: int


class CheckoutLinesUpdateCheckoutLinesUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: CheckoutErrorCode
    lines: Optional[list[str]]
    variants: Optional[list[str]]


CheckoutLinesUpdate.model_rebuild()
CheckoutLinesUpdateCheckoutLinesUpdate.model_rebuild()
