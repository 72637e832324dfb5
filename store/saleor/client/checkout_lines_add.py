from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import CheckoutErrorCode


class CheckoutLinesAdd(BaseModel):
    checkout_lines_add: Optional["CheckoutLinesAddCheckoutLinesAdd"] = Field(
        alias="checkoutLinesAdd"
    )


class CheckoutLinesAddCheckoutLinesAdd(BaseModel):
    checkout: Optional["CheckoutLinesAddCheckoutLinesAddCheckout"]
    errors: list["CheckoutLinesAddCheckoutLinesAddErrors"]


class CheckoutLinesAddCheckoutLinesAddCheckout(BaseModel):
    id: str
    quantity: int


class CheckoutLinesAddCheckoutLinesAddErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: CheckoutErrorCode


CheckoutLinesAdd.model_rebuild()
CheckoutLinesAddCheckoutLinesAdd.model_rebuild()
