from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import CheckoutErrorCode


class BasketUpdate(BaseModel):
    checkout_lines_update: Optional["BasketUpdateCheckoutLinesUpdate"] = Field(
        alias="checkoutLinesUpdate"
    )


class BasketUpdateCheckoutLinesUpdate(BaseModel):
    checkout: Optional["BasketUpdateCheckoutLinesUpdateCheckout"]
    errors: list["BasketUpdateCheckoutLinesUpdateErrors"]


class BasketUpdateCheckoutLinesUpdateCheckout(BaseModel):
    id: str
    quantity: int


class BasketUpdateCheckoutLinesUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: CheckoutErrorCode
    lines: Optional[list[str]]


BasketUpdate.model_rebuild()
BasketUpdateCheckoutLinesUpdate.model_rebuild()
