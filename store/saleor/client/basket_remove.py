from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import CheckoutErrorCode


class BasketRemove(BaseModel):
    checkout_lines_delete: Optional["BasketRemoveCheckoutLinesDelete"] = Field(
        alias="checkoutLinesDelete"
    )


class BasketRemoveCheckoutLinesDelete(BaseModel):
    checkout: Optional["BasketRemoveCheckoutLinesDeleteCheckout"]
    errors: list["BasketRemoveCheckoutLinesDeleteErrors"]


class BasketRemoveCheckoutLinesDeleteCheckout(BaseModel):
    id: str
    quantity: int


class BasketRemoveCheckoutLinesDeleteErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: CheckoutErrorCode


BasketRemove.model_rebuild()
BasketRemoveCheckoutLinesDelete.model_rebuild()
