from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import CheckoutErrorCode


class CheckoutLinesDelete(BaseModel):
    checkout_lines_delete: Optional["CheckoutLinesDeleteCheckoutLinesDelete"] = Field(
        alias="checkoutLinesDelete"
    )


class CheckoutLinesDeleteCheckoutLinesDelete(BaseModel):
    checkout: Optional["CheckoutLinesDeleteCheckoutLinesDeleteCheckout"]
    errors: list["CheckoutLinesDeleteCheckoutLinesDeleteErrors"]


class CheckoutLinesDeleteCheckoutLinesDeleteCheckout(BaseModel):
    id: str
    quantity: int


class CheckoutLinesDeleteCheckoutLinesDeleteErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: CheckoutErrorCode


CheckoutLinesDelete.model_rebuild()
CheckoutLinesDeleteCheckoutLinesDelete.model_rebuild()
