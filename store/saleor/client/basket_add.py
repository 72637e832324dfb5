from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import CheckoutErrorCode


class BasketAdd(BaseModel):
    checkout_lines_add: Optional["BasketAddCheckoutLinesAdd"] = Field(
        alias="checkoutLinesAdd"
    )


class BasketAddCheckoutLinesAdd(BaseModel):
    checkout: Optional["BasketAddCheckoutLinesAddCheckout"]
    errors: list["BasketAddCheckoutLinesAddErrors"]


class BasketAddCheckoutLinesAddCheckout(BaseModel):
    id: str
    quantity: int


class BasketAddCheckoutLinesAddErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: CheckoutErrorCode


BasketAdd.model_rebuild()
BasketAddCheckoutLinesAdd.model_rebuild()
